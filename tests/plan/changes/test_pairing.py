"""Pairs of rows: moved in the sheet, spelled otherwise, numbered anew; several that fit are told, not guessed."""

import geopandas as gpd
import pytest

from resourcemap.plan.changes.pairing import pair_rows


def table(*rows):
    """Make resources of ``id kind name address provider``; a dash is a blank."""
    names = ("resource_id", "kind", "name", "address", "provider", "phone", "schedule", "place", "venue")
    cells = [[None if cell == "-" else cell for cell in row.split()] for row in rows]
    filled = [[*row, *([None] * (len(names) - len(row)))] for row in cells]
    data = {name: [row[at] for row in filled] for at, name in enumerate(names)}
    return gpd.GeoDataFrame(data, geometry=[None] * len(rows), crs="EPSG:4326").astype(dict.fromkeys(names, object))


def pairs(old, new):
    found = pair_rows(old, new)
    assert sorted(row for row in found["old"] if row >= 0) == list(range(len(old)))
    assert sorted(row for row in found["new"] if row >= 0) == list(range(len(new)))
    return [tuple(row) for row in found[["old", "new", "by"]].itertuples(index=False)]


def test_rows_that_changed_their_order_are_the_same_rows():
    old = table("S-1 salon 輪の会 本町1-1", "S-2 salon 碁の会 本町2-2")
    assert pairs(old, old.iloc[::-1]) == [(1, 0, "id"), (0, 1, "id")]


def test_a_row_without_id_is_found_by_name_and_place_however_spelled():
    old = table("ra111111111 salon ひだまりサロン みほん市本町1-1", "ra111111112 salon ひだまりサロン 南町1-1")
    new = table("ra111111113 salon ヒダマリ・サロン 南町一丁目1番", "ra111111114 salon ひだまりサロン 本町1丁目1番")
    assert pairs(old, new) == [(1, 0, "place"), (0, 1, "place")]


def test_an_id_that_stands_for_something_else_now_is_no_proof():
    old = table("1 salon 輪の会 本町1-1", "2 salon 碁の会 本町2-2")
    new = table("1 salon 新しい会 本町3-3", "2 salon 輪の会 本町1-1", "3 salon 碁の会 本町2-2")
    assert pairs(old, new) == [(-1, 0, ""), (0, 1, "place"), (1, 2, "place")]


def test_an_id_holds_when_name_and_place_both_changed():
    assert pairs(table("S-1 salon 輪の会 本町1-1"), table("S-1 salon 和み 南町5-5")) == [(0, 0, "id")]


def test_an_id_of_another_kind_with_another_name_is_unclear():
    found = pair_rows(table("S-1 salon 輪の会 本町1-1"), table("S-1 pantry 配食 南町5-5"))
    assert found["by"].tolist() == ["unclear", "unclear"]
    assert found["candidates"].tolist() == [(0,), (0,)]


def test_the_only_one_of_its_name_has_moved():
    assert pairs(table("- salon 輪の会 本町1-1"), table("- salon 輪の会 南町5-5")) == [(0, 0, "name")]


def test_of_several_namesakes_nobody_knows_which_moved():
    old = table("- salon ふれあい 本町1-1", "- salon ふれあい 本町2-2")
    new = table("- salon ふれあい 本町1-1", "- salon ふれあい 南町5-5")
    assert pairs(old, new) == [(0, 0, "place"), (-1, 1, "unclear"), (1, -1, "unclear")]


def test_of_several_namesakes_the_provider_tells_which_moved():
    old = table("- salon ふれあい 本町1-1 甲会", "- salon ふれあい 本町2-2 乙会")
    new = table("- salon ふれあい 本町1-1 甲会", "- salon ふれあい 南町5-5 乙会")
    assert pairs(old, new) == [(0, 0, "place"), (1, 1, "provider")]


def test_namesakes_of_other_providers_elsewhere_are_two():
    old = table("- salon ふれあい 本町1-1 甲会", "- salon ふれあい 本町2-2 乙会")
    new = table("- salon ふれあい 本町1-1 甲会", "- salon ふれあい 南町5-5 丙会")
    assert pairs(old, new) == [(0, 0, "place"), (-1, 1, ""), (1, -1, "")]


def test_stops_of_a_van_do_not_move():
    old = table("- mobile_vendor 便 本町1-1 甲会 - - stop", "- mobile_vendor 便 本町2-2 甲会 - - stop")
    new = table("- mobile_vendor 便 本町1-1 甲会 - - stop", "- mobile_vendor 便 南町5-5 甲会 - - stop")
    assert pairs(old, new) == [(0, 0, "place"), (-1, 1, ""), (1, -1, "")]


def test_another_kind_and_another_name_at_one_place():
    old = table("- salon 輪の会 本町1-1", "- salon 碁の会 本町2-2 甲会 03-0000-0001")
    new = table("- cafe 輪の会 本町1-1", "- salon いこい 本町2-2 乙会 03(0000)0001")
    assert pairs(old, new) == [(0, 0, "without kind"), (1, 1, "without name")]


def test_names_that_are_nearly_alike():
    old, new = table("- salon ひだまりサロン本町 本町1-1"), table("- salon ひだまりサロン本町会 本町1-1")
    assert pairs(old, new)[0][:2] == (0, 0)


def test_equal_rows_are_paired_one_by_one_and_the_third_is_gone():
    one = "- salon 輪の会 本町1-1 甲会 - 毎週水曜"
    assert pairs(table(one, one, one), table(one, one)) == [(0, 0, "place"), (1, 1, "place"), (2, -1, "")]


@pytest.mark.parametrize("sides", [(0, 1), (1, 0), (0, 0)])
def test_tables_without_rows(sides):
    one = table("- salon 輪の会 本町1-1")
    old, new = (one.iloc[:count] for count in sides)
    assert len(pairs(old, new)) == sum(sides)
