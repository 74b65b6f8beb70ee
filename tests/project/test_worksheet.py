"""The worksheets of a project: every resource in exactly one, in order, and nobody's answers written over."""

from __future__ import annotations

import openpyxl
import pytest

from resourcemap.errors import InputError, ProjectError, QuestionError
from resourcemap.language import speaking
from resourcemap.model import worksheet as form
from resourcemap.project.merge.merging import plan_merge, take_merge
from resourcemap.project.merge.worksheet import read_worksheet
from resourcemap.project.project import open_project
from resourcemap.project.worksheet import NOBODY, file_names, in_charge, round_of, write_worksheets


def ids_in(path):
    return [row.resource_id for row in read_worksheet(path).rows]


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def sample_round(sample_project, tmp_path_factory):
    """The worksheets of the sample, and what was said of them."""
    return write_worksheets(sample_project.project, folder=tmp_path_factory.mktemp("round"))


def test_every_resource_of_the_sample_is_in_exactly_one_worksheet_ended_ones_apart(sample_project, sample_round):
    resources = sample_project.project.resources
    there = [id_ for path in sample_round.files for id_ in ids_in(path)]
    assert sorted(there) == sorted(resources.loc[resources["status"] != "ended", "resource_id"])
    assert len(sample_round.left_aside) == (resources["status"] == "ended").sum()
    assert len(there) == sample_round.came_out["resources in them"] == sum(row["rows"] for row in sample_round.data)
    assert sample_round.went_in["resources"] == len(there) + len(sample_round.left_aside)


def test_what_the_terminal_says_is_what_the_sheets_hold(sample_round):
    for row, path in zip(sample_round.data, sample_round.files, strict=True):
        sheet = openpyxl.load_workbook(path)[form.SHEET]
        whys = [sheet.cell(at, 3).value for at in range(form.HEADING_ROW + 1, sheet.max_row + 1)]
        assert len(whys) == row["rows"]
        assert [why.startswith("！") for why in whys] == [True] * row["overdue"] + [False] * (
            row["rows"] - row["overdue"]
        )
        assert sum("確認の記録なし" in why for why in whys) == row["never_checked"]


def test_a_round_without_edits_changes_nothing(sample_project, sample_round):
    plan = plan_merge(sample_project.project, sample_round.files)
    assert not plan.takes
    assert not plan.refused


def test_cells_are_as_the_source_has_them(sample_project, sample_round):
    assert plan_merge(sample_project.project, sample_round.files).worksheets
    first = read_worksheet(sample_round.files[0]).rows[0]
    resource = sample_project.project.resources.set_index("resource_id").loc[first.resource_id]
    assert (first.sheet, first.row) == (resource["source_sheet"], resource["source_row"])
    assert "".join(first.was["name"].split()) == "".join(resource["name"].split())


def test_the_same_project_gives_the_same_bytes(city, tmp_path):
    made = [write_worksheets(open_project(city), folder=tmp_path / name).files for name in ("a", "b")]
    assert [path.read_bytes() for path in made[0]] == [path.read_bytes() for path in made[1]]


def test_nothing_is_written_but_below_internal(city):
    before = tree(city)
    report = write_worksheets(open_project(city))
    new = {path: content for path, content in tree(city).items() if before.get(path) != content}
    assert sorted(new) == sorted(path.relative_to(city).as_posix() for path in report.files)
    assert all(path.startswith("internal/worksheets/2026-11-01_確認表_") for path in new)


def with_csw(city, lines, column=None):
    with (city / "resourcemap.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{lines}\n")
    if column:
        book = openpyxl.load_workbook(city / "data" / "資源.xlsx")
        sheet = book.active
        sheet.cell(3, 13, "担当CSW")
        for at, name in column.items():
            sheet.cell(at, 13, name)
        book.save(city / "data" / "資源.xlsx")
    return open_project(city)


def test_the_row_says_who_is_in_charge_then_the_settings_then_the_area(city):
    project = with_csw(city, '[worksheet.csw]\n"東圏域" = "佐藤　花子"\n', {4: "鈴木", 8: "  "})
    names = dict(zip(project.located["name"], in_charge(project), strict=True))
    assert names == {
        "きんぎょサロン": "鈴木",
        "にじ食堂": "佐藤 花子",
        "西のサロン": "西圏域",
        "見守り便": "佐藤 花子",
        "ないしょの会": "西圏域",
        "でんわ相談": NOBODY,
    }


def test_another_system_of_areas_may_divide_the_work(city):
    project = with_csw(city, '[worksheet]\nsystem = "学区"\n')
    assert set(in_charge(project)) == {"南小学校", "北小学校", NOBODY}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('[worksheet]\nsystem = "学校"', r"\[worksheet\] system: there is no 学校. Known: 圏域, 学区"),
        ('[worksheet.csw]\n"東圈域" = "佐藤"', r"\[worksheet.csw\]: there is no 東圈域. Did you mean 東圏域\?"),
        ('[worksheet.csw]\n"東圏域" = 3', r"\[worksheet\] csw: .* areas with who is in charge"),
        ('[worksheet]\ncws = "x"', r"\[worksheet\] cws is not a setting. Did you mean csw\?"),
    ],
)
def test_what_the_settings_cannot_mean_is_named(city, lines, message):
    with pytest.raises(ProjectError, match=message):
        in_charge(with_csw(city, lines))


def test_one_person_alone(city):
    project = open_project(city)
    report = write_worksheets(project, csw="西圏域")
    assert [path.name for path in report.files] == ["2026-11-01_確認表_西圏域.xlsx"]
    assert report.came_out == {"worksheets": 1, "resources in them": 2, "those of others": 4}
    with pytest.raises(QuestionError, match=r"--csw: there is no 西圏. Did you mean 西圏域\?"):
        write_worksheets(project, csw="西圏")


@pytest.mark.parametrize("folder", ["maps", "maps/internal", "internal/../maps"])
def test_never_among_what_is_published(city, folder):
    with pytest.raises(QuestionError, match=r"for the office alone\. Name a folder outside maps"):
        write_worksheets(open_project(city), folder=city / folder)


def test_never_where_they_would_be_read_as_lists(city):
    settings = (city / "resourcemap.toml").read_text(encoding="utf-8")
    (city / "resourcemap.toml").write_text(settings.replace("data/資源.xlsx", "*/*.xlsx"), encoding="utf-8")
    assert write_worksheets(open_project(city)).files
    with pytest.raises(QuestionError, match=r"match \*/\*.xlsx of the settings and would be read as resources"):
        write_worksheets(open_project(city), folder=city / "data")


def test_a_folder_is_a_folder(city):
    with pytest.raises(QuestionError, match="is a file"):
        write_worksheets(open_project(city), folder=city / "resourcemap.toml")


def test_answers_are_not_written_over(city):
    project = open_project(city)
    [path] = write_worksheets(project, csw="西圏域").files
    assert write_worksheets(project, csw="西圏域").files == (path,)
    book = openpyxl.load_workbook(path)
    place = [cell.value for cell in book[form.SHEET][form.HEADING_ROW]].index("最終確認日") + 1
    book[form.SHEET].cell(form.HEADING_ROW + 1, place, "2026/11/5")
    book.save(path)
    before = tree(city)
    with pytest.raises(InputError, match="a worksheet of this name was filled in and not merged"):
        write_worksheets(project)
    assert tree(city) == before
    take_merge(project, plan_merge(project, [path]))
    merged = open_project(city)
    assert write_worksheets(merged, csw="西圏域").files == (path,)
    assert [row.was["verified_on"] for row in read_worksheet(path).rows if row.was["verified_on"]]


def test_a_file_that_is_no_worksheet_is_not_written_over(city):
    path = city / "internal" / "worksheets" / "2026-11-01_確認表_西圏域.xlsx"
    path.parent.mkdir(parents=True)
    path.write_text("notes of somebody", encoding="utf-8")
    with pytest.raises(InputError, match="was filled in"):
        write_worksheets(open_project(city))
    assert path.read_text(encoding="utf-8") == "notes of somebody"


def test_who_would_miss_what_in_a_small_city(city):
    found = round_of(open_project(city))
    names = open_project(city).located.loc[found.index, "name"]
    people = dict(zip(names, found["people"], strict=True))
    assert people["西のサロン"] == 0  # suspended
    assert people["でんわ相談"] == 0
    # 東圏域 has 300 people, 70 of them of 65 and over; the visit is the only one of its kind.
    assert people["見守り便"] == 70


def test_without_people_the_order_is_by_age_alone(tmp_path):
    text = (
        "名称,種類,会場,最終確認日\na,サロン,A,2026-10-01\nb,サロン,B,2025-01-01\nc,サロン,C,\nd,サロン,D,2024-01-01\n"
    )
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    settings = '[project]\ndate = 2026-11-01\n[[resources]]\nfile = "list.csv"\n'
    (tmp_path / "resourcemap.toml").write_text(settings, encoding="utf-8")
    project = open_project(tmp_path)
    [path] = write_worksheets(project).files
    assert path.name == f"2026-11-01_確認表_{NOBODY}.xlsx"
    assert [row.was["name"] for row in read_worksheet(path).rows] == ["c", "d", "b", "a"]
    whys = [cell.value for cell in openpyxl.load_workbook(path)[form.SHEET]["C"]][form.HEADING_ROW :]
    assert whys[1] == "！2年10か月確認なし（12か月ごと）。"


def test_cells_that_no_merge_could_write_are_locked(city):
    (city / "data" / "parts.csv").write_text("名称,種類,曜日,開始時間\n夕べの会,サロン,水,18:00\n", encoding="utf-8")
    project = with_csw(city, '[[resources]]\nfile = "data/parts.csv"\n')
    [path] = write_worksheets(project, csw=NOBODY).files
    sheet = openpyxl.load_workbook(path)[form.SHEET]
    headings = [cell.value for cell in sheet[form.HEADING_ROW]]

    def shut(name, heading):
        row = next(row for row in sheet.iter_rows(min_row=form.HEADING_ROW + 1) if row[1].value == name)
        return row[headings.index(heading)].protection.locked

    assert not shut("夕べの会", "開催曜日")
    assert not shut("夕べの会", "最終確認日")  # a merge adds the column
    assert not shut("夕べの会", "電話")
    assert shut("夕べの会", "所在地")
    assert shut("でんわ相談", "開催曜日")
    assert shut("夕べの会", "番号")
    assert shut("夕べの会", form.WHY)


def test_rows_that_cannot_be_written_back_are_named(tmp_path):
    page = "<table><tr><th>名称</th><th>種類</th><th>会場</th></tr><tr><td>a</td><td>サロン</td><td>A</td></tr></table>"
    (tmp_path / "list.html").write_text(page, encoding="utf-8")
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "list.html"\n', encoding="utf-8")
    report = write_worksheets(open_project(tmp_path))
    assert any(note.startswith("1 rows are locked: list.html cannot be written back") for note in report.notes)
    sheet = openpyxl.load_workbook(report.files[0])[form.SHEET]
    free = [cell.value for cell in sheet[form.HEADING_ROW + 1] if not cell.protection.locked]
    assert free == [None]


def test_hostile_cells_come_back_as_they_were(tmp_path):
    names = [
        "=1+1",
        "_x0041_",
        " 前後に空白 ",
        "み\u202eほ\u200bん",
        "a\nb",
        "'",
        "@SUM(A1)",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿👨‍👩‍👧",
        "い" * 40_000,
    ]
    book = openpyxl.Workbook()
    for at, row in enumerate(
        [["名称", "種類", "会場", "備考"], *([name, "サロン", "A", name] for name in names)], start=1
    ):
        for place, text in enumerate(row, start=1):
            book.active.cell(at, place).value = text[: form.LONGEST]
            book.active.cell(at, place).data_type = "s"
    book.save(tmp_path / "list.xlsx")
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "list.xlsx"\n', encoding="utf-8")
    project = open_project(tmp_path)
    [path] = write_worksheets(project).files
    assert len(read_worksheet(path).rows) == len(names)
    plan = plan_merge(project, [path])
    assert not plan.takes
    assert not plan.differences.conflicts


def test_names_of_files_are_legal_and_each_once():
    names = file_names(["佐藤", "佐藤 ", "a/b", "A\\b", "..", "", "\u202eてい", "x" * 300, "か\u3099"], "2026-11-01")
    assert len({name.casefold() for name in names}) == len(names)
    assert all(name.startswith("2026-11-01_確認表_") and name.endswith(".xlsx") for name in names)
    assert not [name for name in names if set(name) & set('/\\:*?"<>|\u202e') or len(name.encode()) > 255]
    assert names[-1] == "2026-11-01_確認表_が.xlsx"


def test_the_summary_in_japanese(city):
    with speaking("ja"):
        text = write_worksheets(open_project(city), csw="西圏域").as_text()
    assert "西圏域: 2件、確認の期限を過ぎたもの2件（うち確認の記録のないもの2件）" in text
    assert "確認表は内部用です" in text
