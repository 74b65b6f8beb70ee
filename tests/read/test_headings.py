import re

import pytest

from resourcemap.errors import InputError
from resourcemap.model.tables import RESOURCES
from resourcemap.read.grid import Grid
from resourcemap.read.headings import check_column_names, heading_faults, heading_row, known_headings, match_headings
from resourcemap.read.resources import COLUMNS

PARTS = {"row_id", "address_rest", "prefecture", "city", "building", "days", "start", "end", "schedule_note"}
PARTS |= {"latitude", "longitude", "position"}


@pytest.mark.parametrize("name", [name for name in known_headings("resources") if name not in PARTS])
def test_every_listed_column_is_one_of_the_table(name):
    assert name in COLUMNS


@pytest.mark.parametrize(
    "column", [column for column in RESOURCES if column.name in known_headings("resources")], ids=lambda c: c.name
)
def test_our_own_headings_are_read_back(column):
    assert match_headings([column.ja], "resources") == {column.name: 0}


@pytest.mark.parametrize("section", ["resources", "blocks", "people", "membership", "areas"])
@pytest.mark.parametrize("count", [1])
def test_every_listed_heading_alone_finds_a_column(section, count):
    for words in known_headings(section).values():
        for word in words:
            assert len(match_headings([word], section)) == count, word


def test_a_heading_is_used_once_and_the_better_one_wins():
    assert match_headings(["団体名", "施設名", "名称"], "resources") == {"provider": 0, "venue": 1, "name": 2}
    assert match_headings(["団体名", "施設名"], "resources") == {"provider": 0, "name": 1}
    assert match_headings(["団体名", "住所"], "resources") == {"name": 0, "address": 1}


def test_brackets_marks_line_breaks_and_width_do_not_count():
    headings = ["名称※", "ＴＥＬ\n（代表）", "定 員(人)", "【必須】種類"]
    assert match_headings(headings, "resources") == {"name": 0, "phone": 1, "capacity": 2, "kind": 3}


def test_what_the_user_names_comes_first():
    assert match_headings(["名称", "お店"], "resources", {"name": "お店"})["name"] == 1


def test_the_headings_are_found_below_titles_and_above_data_that_resembles_them():
    rows = [["地域資源一覧"], ["基本", "場所"], [], ["No", "名称", "会場"], ["1", "会場", "会場"]]
    assert heading_row(Grid("a", None, rows), "resources", needs=["name"]) == (3, 3)


def test_headings_far_down_are_not_looked_for():
    rows = [["x"]] * 30 + [["名称"]]
    assert heading_row(Grid("a", None, rows), "resources", needs=["name"]) == (None, 0)


def test_a_named_heading_that_is_missing_is_told_with_what_was_meant():
    [fault] = heading_faults(Grid("a.csv", None, []), ["施設の名称", "住所"], {"name": "施設の名前"})
    assert fault.startswith("a.csv: there is no column '施設の名前' (wanted as name). ")
    assert fault.endswith("Did you mean '施設の名称'? It has 施設の名称, 住所.")


def test_an_unknown_column_of_ours_is_told():
    with pytest.raises(InputError, match=re.escape("Did you mean 'latitude'?")):
        check_column_names({"lattitude": "緯度"}, "resources")
