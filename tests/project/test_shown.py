"""What of a project's tables may be shown."""

from __future__ import annotations

import pytest

from resourcemap.project.project import open_project
from resourcemap.project.shown import Shown
from resourcemap.project.tables import Tables

# Row 1 may be shown whole, row 2 without its days, row 3 not at all.
LIST = (
    "名称,種類,会場,場所の形,緯度,経度,開催日,承諾,公開する項目\n"
    "みなの会,サロン,本町会館,会場,35.7,139.7,毎週水曜 10:00-12:00,有,\n"
    "南の会,サロン,南町会館,会場,35.71,139.7,毎週金曜 10:00-12:00,有,日時以外\n"
    "内輪の会,サロン,北町会館,会場,35.72,139.7,毎週月曜 10:00-12:00,,\n"
)


@pytest.fixture
def opened(tmp_path):
    """Open a project of three rows, with more settings."""

    def made(more=""):
        text = f'[project]\ncity = "みほん市"\ndate = 2026-11-01\n{more}[[resources]]\nfile = "list.csv"\n'
        (tmp_path / "resourcemap.toml").write_text(text, encoding="utf-8")
        (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
        return open_project(tmp_path)

    return made


def test_what_is_read_knows_nothing_of_what_is_shown():
    own = {name for name in vars(Shown) if not name.startswith("__")}
    assert {"released", "hidden", "counted", "policy", "masthead", "schedules_of", "placements_of"} <= own
    assert not own & set(dir(Tables))


def test_a_channel_is_released_once_and_each_has_its_own(opened):
    project = opened()
    assert project.released("map") is project.released("map")
    assert project.released("map") is not project.released("list")
    assert project.released("internal").table["name"].tolist() == ["みなの会", "南の会", "内輪の会"]


def test_schedules_are_read_from_what_may_be_shown(opened):
    project = opened()
    released = project.released("list")
    told = project.schedules_of(released)
    assert released.table["name"].tolist() == ["みなの会", "南の会"]
    assert [len(each.rules) for each in told] == [1, 0]
    assert told.index.equals(released.table.index)
    assert [len(each.rules) for each in project.schedules] == [1, 1, 1]


def test_figures_count_the_exact_spots_only_where_that_is_asked(opened):
    project = opened()
    assert project.hidden.tolist() == [False, False, True]
    assert project.counted is not project.located
    exact = opened('[consent]\nfigures = "exact"\n')
    assert exact.counted is exact.located


def test_what_stands_at_the_head_of_outputs(opened):
    project = opened()
    assert project.masthead == {
        "title": "みほん市地域資源マップ",
        "publisher": "",
        "as_of": project.as_of,
        "language": "ja",
    }
    assert (project.policy.lacking, project.policy.places) == ("out", "out")
    assert project.placements_of(project.released("list")) is None
