"""What changed may be told only where consent covers it on both days; a row that is gone is never named."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from resourcemap.language import speaking
from resourcemap.project.news import changes_since
from resourcemap.project.project import open_project

HEADINGS = (
    *("番号", "種類", "名称", "会場", "所在地", "開催日時", "状態", "承諾", "承諾期限", "公開する項目"),
    *("開始日", "終了日", "緯度", "経度"),
)
TIME = {"開催日時": "毎週金曜 10:00〜12:00"}
PLACE = {"会場": "南会館", "所在地": "南町5-5", "緯度": "35.8"}
RESTS, ENDED, OVER = {"状態": "休止中"}, {"状態": "終了"}, {"終了日": "2026-10-20"}
CHANGES = {"schedule": TIME, "moved": PLACE, "suspended": RESTS, "closed": ENDED, "closed by date": OVER}
TAKEN_BACK = [
    {"承諾": "無"},
    {"承諾": ""},
    {"承諾": "確認中"},
    {"承諾": "HPのみ"},
    {"承諾期限": "2026-10-15"},
    {"公開する項目": "日時のみ"},
    {"公開する項目": "要相談"},
]
# Name of a case -> the row before, the row today (nothing where there is none), and the sort that is told, if any.
CASES = {f"told {what}": ({}, after, what.split()[0]) for what, after in CHANGES.items()}
CASES |= {
    f"taken back {at} {what}": ({}, after | consent, None)
    for (at, consent), (what, after) in product(enumerate(TAKEN_BACK), CHANGES.items())
}
CASES |= {f"not released then {what}": ({"承諾": "無"}, after, None) for what, after in CHANGES.items()}
CASES |= {
    "goes on again": (RESTS, {}, "resumed"),
    "is new": (None, {"開始日": "2026-10-10"}, "opened"),
    "is new without consent": (None, {"開始日": "2026-10-10", "承諾": "無"}, None),
    "was there before": (None, {"開始日": "2026-01-10"}, None),
    "is gone": ({}, None, None),
    "is gone by its own dates": (OVER, None, None),
    "consent was given": ({"承諾": "無"}, {}, None),
    "time hidden then": ({"公開する項目": "名称・場所のみ"}, TIME, None),
    "time hidden now": ({}, TIME | {"公開する項目": "名称・場所のみ"}, None),
    "place hidden then": ({"公開する項目": "名称・日時のみ"}, PLACE, None),
    "place hidden now": ({}, PLACE | {"公開する項目": "名称・日時のみ"}, None),
    "consent ends before the paper": ({}, ENDED | {"承諾期限": "2026-11-20"}, "closed"),
    "nothing changed": ({}, {}, None),
}


def line(number, name, cells):
    usual = {"番号": f"n{number}", "種類": "サロン", "名称": name, "会場": f"会館{number}", "所在地": f"本町{number}-1"}
    usual |= {"開催日時": "毎週水曜 14:00〜16:00", "状態": "活動中", "承諾": "有"}
    usual |= {"緯度": f"35.{700 + number}", "経度": "139.7"}
    return ",".join((usual | cells).get(heading, "") for heading in HEADINGS)


def project(folder, day, side):
    folder.mkdir()
    policy = '[consent]\nlacking = "町丁目"\nplaces = "町丁目"\n'
    settings = f'[project]\ndate = {day}\n{policy}[[resources]]\nfile = "list.csv"\n'
    rows = [line(at, name, case[side]) for at, (name, case) in enumerate(CASES.items()) if case[side] is not None]
    (folder / "resourcemap.toml").write_text(settings, encoding="utf-8")
    (folder / "list.csv").write_text("\n".join([",".join(HEADINGS), *rows, ""]), encoding="utf-8")
    return open_project(folder)


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    folder = tmp_path_factory.mktemp("news")
    return project(folder / "old", "2026-10-01", 0), project(folder / "new", "2026-11-01", 1)


@pytest.fixture(scope="module")
def changes(projects):
    with speaking("en"):
        return changes_since(*projects)


@pytest.fixture(scope="module")
def told(projects, changes):
    """Give the sorts told, by the name that may be read."""
    names = {**changes.ended.table["name"], **projects[1].released("paper").table["name"]}
    found = {}
    for each in changes.found:
        found.setdefault(names[each.row], []).append(each.what)
    return found


@pytest.mark.parametrize("name", CASES)
def test_only_what_consent_covers_on_both_days_is_told(told, name):
    expected = CASES[name][2]
    assert told.get(name, []) == ([] if expected is None else [expected])


def test_what_may_not_be_told_is_in_no_table_of_what_has_ended(changes):
    told = {name for name, case in CASES.items() if case[2] == "closed"}
    assert set(changes.ended.table["name"]) == told
    assert changes.untold > 0


def test_consent_to_name_what_has_ended_must_hold_on_the_day_of_the_paper(projects):
    later = changes_since(*projects, on=date(2026, 12, 1))
    assert "consent ends before the paper" not in set(later.ended.table["name"])
    assert "told closed" in set(later.ended.table["name"])
