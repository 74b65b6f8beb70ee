"""The sentences under the figures."""

from __future__ import annotations

import pandas as pd

from resourcemap.language import speaking
from resourcemap.model.catalog import load_catalog
from resourcemap.project.answers import answers


def test_a_number_that_is_not_known_has_a_share_that_is_not_known():
    rows = pd.DataFrame(
        {
            "system": "全体",
            "kind": "salon",
            "audience": "older",
            "audience_basis": "audience",
            "other": "",
            "slot": ["", "土 10:00-12:00", "土 10:00-12:00"],
            "measure": ["people", "within", "within_or_unknown"],
            "distance_m": [float("nan"), 500.0, 500.0],
            "value": [400.0, 0.0, 330.0],
        }
    )
    with speaking("ja"):
        [said] = answers(rows, 500, load_catalog())
    assert said.endswith("65歳以上400人のうち0〜330人（0％〜83％）が500m以内")
