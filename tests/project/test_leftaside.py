"""Nobody drops out: every row and cell that is not in a result is in a list, with its value for the office alone."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from resourcemap.language import speaking
from resourcemap.project.leftaside import INTERNAL, LEFT_ASIDE, balances
from resourcemap.project.project import open_project
from resourcemap.project.steps import STEPS
from resourcemap.read.cells import clean
from resourcemap.read.formats import read_grids
from tests.conftest import ROOT
from tests.nasty.town import LIST, put_rows, row, write_town

HIDDEN = "（公開しません）"


def built(folder):
    with speaking("ja"):
        project = open_project(folder)
        return project, project.build()


def lines(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def town(tmp_path):
    return write_town(tmp_path)


@pytest.fixture(scope="module")
def unclear(tmp_path_factory):
    """A town with two capacities that are not understood, one of them without consent, and its reports."""
    town = write_town(tmp_path_factory.mktemp("unclear"))
    put_rows(town, [row(定員="10名と5名"), row(名称="別の会", 承諾="", 定員="山ほど")])
    return town, built(town)[1]


def test_both_files_have_every_row_and_cell_in_the_same_order(unclear):
    town, reports = unclear
    told, whole = lines(town / LEFT_ASIDE), lines(town / INTERNAL)
    assert len(told) == len(whole) == sum(len(report.left_aside) for report in reports)
    for one, other in zip(told, whole, strict=True):
        assert {**one, "値": ""} == {**other, "値": ""}


def test_a_value_is_told_only_where_its_row_and_column_are_public(unclear):
    town, _ = unclear
    cells = {line["行"]: line["値"] for line in lines(town / LEFT_ASIDE) if line["列"] == "定員"}
    assert cells == {"2": "10名と5名", "3": HIDDEN}
    cells = {line["行"]: line["値"] for line in lines(town / INTERNAL) if line["列"] == "定員"}
    assert cells == {"2": "10名と5名", "3": "山ほど"}


PERSONAL = ["090-1234-5678", "山田さんへ 20人か30人", "a@example.jp", "鈴木様方 2名 3名", "山田 花子", "あ" * 31]


@pytest.fixture(scope="module")
def personal(tmp_path_factory):
    """What is told to all and to the office of a list with all personal values, a row each, built once."""
    town = write_town(tmp_path_factory.mktemp("personal"))
    put_rows(town, [row(名称=f"会{number}", 定員=value) for number, value in enumerate(PERSONAL)])
    built(town)
    return [(town / name).read_text(encoding="utf-8-sig") for name in (LEFT_ASIDE, INTERNAL)]


@pytest.mark.parametrize("value", PERSONAL)
def test_a_value_that_may_tell_of_a_person_is_not_told(personal, value):
    told, whole = personal
    assert value not in told
    assert value in whole


def test_a_column_that_is_not_public_is_not_told(town):
    put_rows(town, [row(承諾="たぶん", 備考="#REF!")])
    built(town)
    told = [line for line in lines(town / LEFT_ASIDE) if line["列"]]
    assert {line["列"] for line in told} >= {"承諾", "備考"}
    assert {line["値"] for line in told} == {HIDDEN}


def test_the_office_reads_the_name_of_each_row(town):
    built(town)
    names = {line["値"] for line in lines(town / INTERNAL) if line["手順"] == "地図"}
    assert names == {"ないしょの会"}
    assert "ないしょの会" not in (town / LEFT_ASIDE).read_text(encoding="utf-8-sig")


def test_a_formula_is_text_in_both_files(town):
    put_rows(town, [row(定員="=1+1"), row(名称="=2+2", 承諾="")])
    built(town)
    for name in (LEFT_ASIDE, INTERNAL):
        cells = [cell for line in lines(town / name) for cell in line.values()]
        assert not [cell for cell in cells if cell.startswith("=")]
    assert "'=1+1" in (town / INTERNAL).read_text(encoding="utf-8-sig")


def require_balance(project, reports):
    for balance in balances(reports):
        assert balance.adds_up, balance
    check = next(report for report in reports if report.step == "check")
    assert next(iter(check.came_out.values())) == len(project.resources)
    # Counted from the files: every row that says anything is a resource, the row of headings, or told.
    for asked in project.settings.resources:
        for path in project.paths(asked["file"]):
            for grid in read_grids(path, sheet=asked.get("sheet")):
                rest = rows_unaccounted(grid, project.resources, check)
                assert rest is None or len(rest) == 1, (grid.where, rest)


def rows_unaccounted(grid, resources, check):
    """The filled rows of a sheet that are neither used nor told; nothing for a sheet that is told as a whole."""
    told = [each for each in check.left_aside if (each.file, each.sheet or None) == (grid.file, grid.sheet)]
    if any(each.row is None and not each.column for each in told):
        return None
    filled = {at + grid.first for at, cells in enumerate(grid.rows) if any(clean(cell) for cell in cells)}
    here = (resources["source_file"] == grid.file) & (resources["source_sheet"].fillna("") == (grid.sheet or ""))
    used = {int(number) for number in resources.loc[here, "source_row"]}
    return filled - used - {each.row for each in told} if filled else None


def test_in_is_used_plus_left_aside_in_a_town(town):
    rows = [
        row(),
        row(名称="休みの会", 承諾="休止"),
        ["合計", "1件", *[""] * 9],
        [],
        row(名称="x", 住所="どこか", 緯度="", 経度=""),
    ]
    put_rows(town, [each if each else [""] * 11 for each in rows])
    require_balance(*built(town))


def test_in_is_used_plus_left_aside_in_the_sample(sample_project):
    require_balance(sample_project.project, list(sample_project.reports.values()))
    steps = Counter(balance.step for balance in balances(sample_project.reports.values()))
    assert steps == {"locate": 1, "coverage": 1, "map": 1, "list": 1}


@pytest.mark.real
@pytest.mark.parametrize("name", ["sapporo", "toshima", "takamatsu", "komae"])
def test_in_is_used_plus_left_aside_in_real_cities(real, name):
    with speaking("ja"):
        project = open_project(real.parents[1] / ROOT.name / "tests" / "real" / name)
        require_balance(project, [STEPS[step](project) for step in ("check", "locate", "map", "list")])


def test_the_list_itself_is_never_changed(town):
    before = (town / LIST).read_bytes()
    built(town)
    assert (town / LIST).read_bytes() == before
