"""How long checks last in a project, and what `check` says of those that are due."""

from __future__ import annotations

import pytest

from resourcemap.errors import ProjectError
from resourcemap.language import speaking
from resourcemap.project.freshness import freshness_notes
from resourcemap.project.project import open_project
from resourcemap.project.steps import run

HEAD = "名称,種類,会場,最終確認日,連絡先の確認日,状態\n"


def project_of(folder, *rows, settings=""):
    (folder / "list.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    text = f'[project]\ndate = 2026-11-01\n{settings}\n[[resources]]\nfile = "list.csv"\n'
    (folder / "resourcemap.toml").write_text(text, encoding="utf-8")
    return open_project(folder)


def test_those_never_checked_come_first_then_the_longest_overdue(tmp_path):
    project = project_of(
        tmp_path,
        "a,サロン,A,2026-10-01,,",
        "b,サロン,B,2025-10-01,,",
        "c,サロン,C,2024-10-01,,",
        "d,サロン,D,,,",
        "e,サロン,E,,,終了",
    )
    [note] = freshness_notes(project)
    assert note == (
        "3 of 4 resources have to be checked, 1 of them for the first time (list.csv 5, list.csv 4, list.csv 3). "
        "Their sheets: resourcemap worksheet."
    )
    with speaking("ja"):
        assert freshness_notes(project)[0].startswith(
            "4件のうち3件が、確認の期限を過ぎています（うち確認日のないもの1件。list.csv 5、list.csv 4、list.csv 3）。"
        )
    [check] = run(project, ["check"])
    assert freshness_notes(project)[0] in check.notes


def test_nothing_is_said_where_all_is_fresh(tmp_path):
    assert freshness_notes(project_of(tmp_path, "a,サロン,A,2026-10-01,,")) == []


def test_days_that_cannot_be_are_named_with_their_row(tmp_path):
    project = project_of(tmp_path, "a,サロン,A,2026-11-05,2062-05-01,", "b,サロン,B,2026-10-01,2026-11-09,")
    ahead, impossible = freshness_notes(project)
    assert ahead.startswith(
        "2 days of checks are after 2026-11-01 "
        "(list.csv 2 verified on 2026-11-05, list.csv 3 contact verified on 2026-11-09). They count as that day."
    )
    assert impossible.startswith("1 days of checks cannot be (list.csv 2 contact verified on 2062-05-01).")
    with speaking("ja"):
        assert "list.csv 2「最終確認日」2026-11-05" in freshness_notes(project)[0]


def test_a_project_says_how_long_a_check_lasts(tmp_path):
    settings = '[freshness.months]\n"サロン" = 3\npantry = 24\n'
    project = project_of(tmp_path, "a,サロン,A,2026-06-01,,", "b,フードパントリー,B,2025-01-01,,", settings=settings)
    assert {kind: project.catalog.kinds[kind].check_months for kind in ("salon", "pantry", "hiroba")} == {
        "salon": 3,
        "pantry": 24,
        "hiroba": 12,
    }
    assert "1 of 2 resources have to be checked (list.csv 2)" in freshness_notes(project)[0]


def test_a_kind_that_is_not_known_is_refused(tmp_path):
    project = project_of(tmp_path, "a,サロン,A,,,", settings='[freshness.months]\n"サロソ" = 3\n')
    with pytest.raises(ProjectError, match=r"\[freshness\] months: there is no サロソ. Did you mean サロン\?"):
        _ = project.catalog


@pytest.mark.parametrize("months", ["0", "true", '"半年"', "6.5", "999"])
def test_months_are_whole(tmp_path, months):
    with pytest.raises(ProjectError, match=r"\[freshness\] months: .* whole months from 1 to 120"):
        project_of(tmp_path, "a,サロン,A,,,", settings=f"[freshness.months]\nsalon = {months}\n")
