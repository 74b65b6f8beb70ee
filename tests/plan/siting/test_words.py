"""Sentences about what is not proven, and about nothing."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from resourcemap.plan.siting import words


def answer(**changes):
    plain = {
        "chosen": np.array([0, 1]),
        "totals": np.array([100.0, 150.0]),
        "before": 20.0,
        "bound": 163.0,
        "proven": False,
    }
    return SimpleNamespace(**plain | changes)


def test_what_is_not_proven_says_how_much_better_it_may_be():
    assert words.proof_people(answer()) == "いちばん良いことは証明できていません（最大でもあと13人）。"
    assert "少なくとも1か所は必要です" in words.proof_places(answer(bound=1.0))
    assert words.proof_metres(answer(bound=148.0), 10.0).endswith("（最大でもあと1人平均0.2m）。")
    assert words.proof_fairest(answer()).endswith("証明できていません。")


def test_no_site_that_helps_is_said_so():
    nothing = answer(chosen=np.array([]), totals=np.array([]))
    said = words.summary_within(nothing, people=50.0, who="75歳以上", metres=500.0, way="直線で")
    assert said == "どの候補で開いても、新たに直線で500m以内になる75歳以上の人はいません。"
    assert "短くなりません" in words.summary_metres(nothing, people=50.0, who="75歳以上", way="直線で", far=False)


def test_people_without_a_block_are_told_too():
    import pandas as pd

    said = words.impossible_sentence(
        np.array([3.0, 4.0]), pd.Series([None, "1丁目"]), candidates=2, who="住民", metres=300.0, way="道のりで"
    )
    assert said.endswith("1丁目（4人）、町丁目の分からない所（3人）です。")
