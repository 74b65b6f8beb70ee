"""Every sort of change, real or of knowledge; every row has one fate."""

from datetime import date

import geopandas as gpd
import pytest

from resourcemap.plan.changes.changes import FATES, SORTS, changes, compare_rows
from resourcemap.plan.changes.row_changes import state_on

DAYS = {"old_on": date(2025, 11, 1), "new_on": date(2026, 11, 1)}
SALON = {
    "resource_id": "S-1",
    "kind": "salon",
    "name": "輪の会",
    "address": "本町1-1",
    "venue": None,
    "place": "venue",
    "serves": None,
    "schedule": "毎週水曜 10:00-12:00",
    "status": "active",
    "audience": "older",
    "capacity": 10,
    "valid_from": None,
    "valid_to": None,
    "verified_on": date(2025, 5, 1),
    "level": "exact",
    "bound_m": None,
}


def table(*rows):
    """Make located resources of what differs from one salon; ``x`` is metres to the east, ``None`` for no point."""
    filled = [{**SALON, "x": 0, **row} for row in rows]
    xs = [row.pop("x") for row in filled]
    points = [None if x is None else gpd.points_from_xy([x], [0])[0] for x in xs]
    data = {name: [row[name] for row in filled] for name in SALON}
    return gpd.GeoDataFrame(data, geometry=points, crs=6677).astype(dict.fromkeys(SALON, object)).to_crs(4326)


def found(old, new):
    rows = compare_rows(table(*old), table(*new), **DAYS)
    return [tuple(row) for row in rows.changes[["change", "nature", "why"]].itertuples(index=False)], rows


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {}, []),
        ({}, {"status": "ended"}, [("closed", "real", "")]),
        ({"status": "ended"}, {}, [("opened", "real", "again")]),
        ({}, {"valid_to": date(2026, 3, 31)}, [("closed", "real", "")]),
        ({}, {"valid_to": date(2025, 3, 31)}, [("closed", "knowledge", "was_over")]),
        ({"valid_from": date(2026, 4, 1)}, {"valid_from": date(2026, 4, 1)}, [("opened", "real", "")]),
        ({"valid_from": date(2027, 4, 1)}, {"valid_from": date(2025, 4, 1)}, [("opened", "knowledge", "was_there")]),
        ({}, {"status": "suspended"}, [("suspended", "real", "")]),
        ({"status": "suspended"}, {}, [("resumed", "real", "")]),
        ({"status": "suspended"}, {"status": "ended"}, [("closed", "real", "")]),
        ({}, {"address": "南町5-5", "x": 700}, [("moved", "real", "")]),
        ({}, {"address": "南町5-5", "x": None}, [("moved", "real", "")]),
        ({"address": None}, {"address": None, "x": 700}, [("moved", "real", "points")]),
        ({"address": None}, {"address": None, "x": 10}, [("located", "knowledge", "corrected")]),
        ({}, {"x": 150}, [("located", "knowledge", "corrected")]),
        ({}, {"x": 0.5}, []),
        ({"address": "本町1"}, {"x": 150}, [("located", "knowledge", "finer"), ("spelling", "knowledge", "")]),
        ({"x": None}, {}, [("located", "knowledge", "found")]),
        ({}, {"x": None}, [("located", "knowledge", "lost")]),
        (
            {"level": "town", "bound_m": 900.0},
            {"level": "town", "bound_m": 90.0},
            [("located", "knowledge", "corrected")],
        ),
        ({}, {"address": "みほん市本町一丁目1番"}, [("spelling", "knowledge", "")]),
        ({}, {"schedule": "毎週木曜 10:00-12:00"}, [("schedule", "real", "other")]),
        ({}, {"schedule": "毎週水曜日 10時～12時"}, [("spelling", "knowledge", "")]),
        ({"schedule": None}, {}, [("schedule", "knowledge", "now_known")]),
        ({}, {"name": "和みの会"}, [("renamed", "real", "")]),
        ({}, {"name": "ワの会"}, [("renamed", "real", "")]),
        ({}, {"name": "輪のカイ"}, [("renamed", "real", "")]),
        ({}, {"name": "輪の会 "}, [("spelling", "knowledge", "")]),
        (
            {},
            {"name": "輪の会（休止中）", "status": "suspended"},
            [("suspended", "real", ""), ("spelling", "knowledge", "")],
        ),
        ({}, {"kind": "cafe"}, [("kind", "real", "")]),
        ({}, {"audience": "everyone"}, [("audience", "real", "")]),
        ({"audience": None}, {}, [("audience", "knowledge", "")]),
        ({}, {"capacity": 12}, [("capacity", "real", "")]),
        ({"capacity": float("nan")}, {}, [("capacity", "knowledge", "")]),
        ({}, {"capacity": 10.0}, []),
        ({}, {"verified_on": date(2026, 5, 1)}, [("verified", "knowledge", "")]),
        ({"verified_on": None}, {}, [("verified", "knowledge", "")]),
        ({}, {"verified_on": None}, [("verified", "knowledge", "back")]),
        (
            {"place": "served_area", "serves": "本町"},
            {"place": "served_area", "serves": "本町、南町"},
            [("serves", "real", "")],
        ),
        ({"place": "served_area", "serves": "本町、南町"}, {"place": "served_area", "serves": "南町・本町"}, []),
        ({"place": "served_area", "serves": "本町"}, {"serves": "本町"}, [("place", "real", "")]),
    ],
)
def test_what_becomes_of_a_row(before, after, said):
    assert found([before], [after])[0] == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, ("listed", "knowledge", "was_checked")),
        ({"verified_on": None}, ("opened", "real", "new_on_list")),
        ({"verified_on": date(2026, 5, 1)}, ("opened", "real", "new_on_list")),
        ({"valid_from": date(2026, 4, 1)}, ("opened", "real", "dates")),
        ({"valid_from": date(2025, 11, 1), "verified_on": None}, ("listed", "knowledge", "was_there")),
        ({"valid_from": date(2027, 4, 1)}, ("listed", "knowledge", "not_yet")),
        ({"status": "ended"}, ("listed", "knowledge", "is_over")),
        ({"valid_to": date(2026, 3, 31)}, ("listed", "knowledge", "is_over")),
        ({"status": "suspended", "verified_on": None}, ("listed", "knowledge", "is_paused")),
    ],
)
def test_what_is_new_on_the_list(row, said):
    assert found([], [row])[0] == [said]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, ("gone", "knowledge", "no_word")),
        ({"valid_to": date(2026, 3, 31)}, ("closed", "real", "dates")),
        ({"status": "suspended"}, ("gone", "knowledge", "was_paused")),
        ({"status": "ended"}, ("gone", "knowledge", "was_over")),
        ({"valid_to": date(2025, 3, 31)}, ("gone", "knowledge", "was_over")),
    ],
)
def test_what_is_gone_from_the_list(row, said):
    assert found([row], [])[0] == [said]


def test_metres_cells_and_ids_are_told():
    moved = changes(table({}), table({"address": "南町5-5", "x": 700}), **DAYS).iloc[0]
    assert 695 < moved["metres"] < 705
    assert (moved["before"], moved["after"], moved["field"]) == ("本町1-1", "南町5-5", "address")
    assert (moved["old_id"], moved["new_id"], moved["kind"]) == ("S-1", "S-1", "salon")


def test_every_row_has_one_fate_and_they_add_up():
    old = [
        {},
        {"resource_id": "S-2", "name": "碁の会", "address": "本町2-2"},
        {"resource_id": "S-3", "name": "詩の会", "address": "本町3-3"},
        {"resource_id": "S-4", "name": "茶の会", "address": "本町4-4"},
        {"resource_id": "S-5", "name": "謎の会", "address": "本町5-5"},
    ]
    new = [
        {},
        {"resource_id": "S-2", "name": "碁の会", "address": "本町2-2", "capacity": 99},
        {"resource_id": "S-3", "name": "詩の会", "address": "本町3-3", "status": "ended"},
        {"resource_id": "S-6", "name": "絵の会", "address": "本町6-6", "verified_on": None},
        {"resource_id": "S-5", "name": "別の配食", "address": "本町7-7", "kind": "pantry"},
    ]
    sorts, compared = found(old, new)
    assert {sort for sort, _, _ in sorts} == {"opened", "closed", "capacity", "gone", "unclear"}
    counts = compared.counts()
    assert counts["old"].to_dict() == {"unchanged": 1, "changed": 1, "opened": 0, "closed": 2, "unclear": 1}
    assert counts["new"].to_dict() == {"unchanged": 1, "changed": 1, "opened": 1, "closed": 1, "unclear": 1}
    assert list(counts.index) == list(FATES)
    assert [sort for sort, _, _ in sorts] == sorted((sort for sort, _, _ in sorts), key=SORTS.index)


def test_the_tables_of_the_caller_stay_as_they_are():
    old, new = table({}), table({"status": "ended"})
    kept = old.copy(), new.copy()
    compare_rows(old, new, **DAYS)
    assert old.equals(kept[0])
    assert new.equals(kept[1])


def test_a_state_is_of_a_day():
    row = {"status": "suspended", "valid_from": date(2026, 4, 1)}
    assert [state_on(row, day) for day in DAYS.values()] == ["off", "pauses"]
