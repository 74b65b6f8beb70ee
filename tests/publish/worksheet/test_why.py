"""The order of the worksheet, and the words that say why."""

from __future__ import annotations

import pandas as pd
import pytest

from resourcemap.model.catalog import load_catalog
from resourcemap.publish.worksheet.why import importance_order, why_listed

CATALOG = load_catalog()
USUAL = {
    "kind": "salon",
    "place": "venue",
    "state": "due",
    "oldest": "",
    "months": 27,
    "every": 12,
    "due_on": pd.Timestamp("2025-08-01"),
    "people": 312,
    "basis": "audience",
    "reason": "",
}


def why(metres=500.0, **cells):
    return why_listed(pd.DataFrame([USUAL | cells]), CATALOG, metres=metres)[0]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, "！2年3か月確認なし（12か月ごと）。なくなると、65歳以上312人が500m以内のサロンを失います。"),
        ({"people": 1312, "kind": "hiroba"}, "なくなると、住民1,312人が500m以内のひろばを失います。"),
        ({"basis": "everyone"}, "なくなると、住民312人が500m以内のサロンを失います。"),
        ({"people": 0}, "500m以内のサロンがここだけの人はいません。"),
        ({"kind": "visit", "place": "served_area"}, "65歳以上312人に訪問支援が来なくなります。"),
        ({"kind": "visit", "place": "served_area", "people": 0}, "この訪問支援だけが来ている人はいません。"),
        ({"people": 0, "reason": "suspended"}, "休止中のため、いまは届いている人を数えていません。"),
        ({"people": pd.NA, "reason": "not_found"}, "位置が分からないため、困る人の数は分かりません。"),
        ({"people": pd.NA, "reason": "serves_nowhere"}, "訪問先が書かれていないため、困る人の数は分かりません。"),
        ({"people": 0, "reason": "no_place"}, "電話・オンラインなので、困る人の数は数えられません。"),
        ({"state": "never", "months": pd.NA}, "！確認の記録なし。"),
        ({"months": pd.NA, "oldest": "contact"}, "！連絡先は確認の記録なし。"),
        ({"oldest": "schedule"}, "！日時は2年3か月確認なし（12か月ごと）。"),
        (
            {"state": "fresh", "months": 3, "due_on": pd.Timestamp("2027-08-01")},
            "3か月前に確認。次は2027年8月1日まで。",
        ),
    ],
)
def test_what_is_said(cells, said):
    assert said in why(**cells)


def test_nothing_is_said_of_people_where_there_are_none_to_count():
    assert why(metres=None) == "！2年3か月確認なし（12か月ごと）。"


def test_due_ones_first_then_those_whom_most_would_miss_then_the_oldest_then_as_they_were():
    rows = [
        ("fresh", 900, "2026-09-01"),
        ("due", 3, "2025-01-01"),
        ("due", 30, "2025-09-01"),
        ("due", 3, "2024-01-01"),
        ("never", 3, None),
        ("due", None, "2020-01-01"),
        ("due", 0, "2021-01-01"),
        ("fresh", 900, "2026-09-01"),
    ]
    table = pd.DataFrame(rows, columns=["state", "people", "checked_on"], index=list("abcdefgh"))
    table["people"] = table["people"].astype("Int64")
    table["checked_on"] = pd.to_datetime(table["checked_on"])
    assert "".join(importance_order(table)) == "cedbfgah"


def test_without_people_the_order_is_by_age_alone():
    table = pd.DataFrame({"state": ["due", "due", "never"], "people": pd.array([None] * 3, dtype="Int64")})
    table["checked_on"] = pd.to_datetime(["2025-01-01", "2024-01-01", None])
    assert importance_order(table).tolist() == [2, 1, 0]


def test_no_rows():
    assert why_listed(pd.DataFrame([USUAL]).iloc[:0], CATALOG, metres=500).empty
