"""Two dates are figures as others are, in people."""

from __future__ import annotations

from datetime import date

import pandas as pd

from resourcemap.publish.webmap.planning import Planning
from resourcemap.publish.webmap.planning.compared import CHANGES, as_rows


def test_two_dates_are_figures_in_people(written):
    table = pd.DataFrame(
        {
            "system": "圏域",
            "area_id": ["w", "e"],
            "kind": "salon",
            "audience": "older",
            "audience_basis": "audience",
            "difference": [40, -15],
            "by_real": [40, 0],
        }
    )
    data = written(Planning(comparison=table, since=date(2025, 11, 1)))
    assert data["since"] == "2025-11-01"
    figures = data["figures"]
    assert [each["id"] for each in figures["measures"]] == ["difference", "by_real"]
    assert figures["systems"][0]["values"] == [[40, -15, None], [40, 0, None]]
    assert all(each["both"] == 1 for each in figures["measures"])
    assert set(as_rows(table, 500)["measure"]) <= set(CHANGES)
    assert figures["systems"][0]["sure"] == [None, None]


def test_differences_are_as_sure_as_it_is_said_and_never_sure_by_themselves(written):
    table = pd.DataFrame(
        {
            "system": "圏域",
            "area_id": ["w", "e", None],
            "kind": ["salon", "salon", "salon"],
            "audience": "older",
            "audience_basis": "audience",
            "difference": [40, -15, 2],
        }
    )
    rough = written(Planning(comparison=table.assign(sureness=["rough", "sure", None])))
    assert rough["figures"]["systems"][0]["sure"][0][:2] == "34"
    partly = written(Planning(comparison=table.assign(sureness=["rough", None, None])))
    assert partly["figures"]["systems"][0]["sure"] == [None]
