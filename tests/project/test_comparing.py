"""Two dates of a project, by folder and by revision: report, JSON, CSV and the gate."""

import csv
import json
import shutil
import subprocess

import openpyxl
import pytest

from resourcemap.language import speaking
from resourcemap.plan.changes.timetables import REAL
from resourcemap.project.comparing import compare, comparison_of
from resourcemap.project.snapshot import open_snapshot
from tests.conftest import write_city

SHEET = "data/資源.xlsx"


def rewrite(folder, change):
    """Change the rows of the list (by name, as dictionaries) and say that it is a year later."""
    path = folder / SHEET
    book = openpyxl.load_workbook(path)
    sheet = book.active
    headings = [cell.value for cell in sheet[3]]
    rows = [dict(zip(headings, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=4)]
    kept = change({row["名称"]: row for row in rows})
    sheet.delete_rows(4, len(rows))
    for row in kept.values():
        sheet.append([row.get(name) for name in headings])
    book.save(path)
    settings = folder / "resourcemap.toml"
    text = settings.read_text(encoding="utf-8").replace("date = 2026-11-01", "date = 2027-11-01")
    settings.write_text(text, encoding="utf-8")


def everything(rows):
    """One change of every sort that a sheet can show."""
    rows["きんぎょサロン"] |= {"状態": "休止中"}
    rows["西のサロン"] |= {"状態": "活動中", "所在地": "こまち市西町１丁目５番"}
    rows["にじ食堂"] |= {"所在地": "西町1丁目9-9", "定員": "20名"}
    rows["見守り便"] |= {"対象地域": "東圏域、西圏域"}
    rows["ないしょの会"] |= {"名称": "ひみつの会"}
    del rows["でんわ相談"]
    new = {"種類": "サロン", "名称": "＝にせの会", "所在地": "東町2丁目8", "承諾": "有", "状態": "活動中"}
    return rows | {"new": new, "unsaid": new | {"名称": "無断の会", "承諾": None, "所在地": "西町2丁目7"}}


@pytest.fixture
def later(city):
    """The project of the year after, beside the other one."""
    folder = city.parent / "later"
    shutil.copytree(city, folder)
    rewrite(folder, everything)
    return folder


def opened(*folders):
    return [open_snapshot(str(folder)) for folder in folders]


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The year between the project and the one after, compared once for those who only read."""
    city = write_city(tmp_path_factory.mktemp("year") / "city")
    later = city.parent / "later"
    shutil.copytree(city, later)
    rewrite(later, everything)
    with speaking("en"):
        return comparison_of(*opened(city, later))


def test_every_change_is_told_with_its_people(year):
    found = year
    sorts = dict(zip(found.changes["change"], found.changes["nature"], strict=True))
    assert sorts == {
        "opened": "real",
        "suspended": "real",
        "resumed": "real",
        "moved": "real",
        "renamed": "real",
        "capacity": "real",
        "serves": "real",
        "gone": "knowledge",
        "spelling": "knowledge",
    }
    counts = found.compared.counts()
    assert counts["old"].sum() == len(found.old.located) == 6
    assert counts["new"].sum() == len(found.new.located) == 7
    whole = found.reach.table[found.reach.table["system"] == "全体"]
    own = found.changes[found.changes["nature"] == REAL]
    assert own["gained"].sum() == whole["gained_real"].sum()
    assert own["lost"].sum() == whole["lost_real"].sum()


def test_what_is_within_is_what_coverage_says(year):
    reach = year.reach.table
    for project, column in ((year.old, "within_old"), (year.new, "within")):
        said = project.measures[
            (project.measures["measure"] == "within") & (project.measures["distance_m"] == project.distance)
        ]
        for row in said[said["system"] == "全体"].to_dict("records"):
            kind = reach[(reach["system"] == "全体") & (reach["kind"] == row["kind"])]
            assert kind[column].tolist() == [row["value"]]


def test_sentences_are_for_a_committee(city, later):
    with speaking("ja"):
        found = comparison_of(*opened(city, later))
        text = found.report().as_text()
    sentences = found.changes.set_index("change")["sentence"]
    assert sentences["suspended"].startswith("東町1丁目のサロン「きんぎょサロン」が休止し")
    assert "人がサロンから直線で500m以内でなくなりました（実際の変化）。" in sentences["suspended"]
    assert sentences["renamed"] == "サロン1件（西町2丁目）の名称が変わりました（実際の変化）。"
    assert sentences["gone"].endswith("が一覧から消えました（分かったことの変化。終わったのかは分かりません）。")
    assert "実際の変化: 始まった 2、休止した 1、再開した 1、移った 1、名称が変わった 1、定員 1、訪問先 1" in text


def test_json_is_the_table_of_python(year):
    found = year
    data = json.loads(json.dumps(found.report().as_data(), ensure_ascii=False))
    assert [row["sentence"] for row in data["data"]] == found.changes["sentence"].tolist()
    assert [row["gained"] for row in data["data"]] == found.changes["gained"].tolist()
    assert [row["difference"] for row in data["reach"]] == found.reach.table["difference"].tolist()
    assert {row["fate"]: row["new"] for row in data["rows"]} == found.compared.counts()["new"].to_dict()


def test_nothing_of_a_row_without_consent_is_in_the_file(city, later):
    path = later / "maps" / "changes.csv"
    report = compare(*opened(city, later), csv=path)
    assert report.files == (path,)
    text = path.read_text(encoding="utf-8-sig")
    for secret in ("ないしょ", "ひみつ", "無断", "でんわ相談", "090", "000-", "家族のこと", "西町2丁目7", "西町2丁目8"):
        assert secret not in text
        assert secret not in report.as_text()
        assert secret not in json.dumps(report.as_data(), ensure_ascii=False)
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == len(report.data)
    named = {row["名称"] for row in rows}
    assert named == {"きんぎょサロン", "西のサロン", "にじ食堂", "見守り便", "'＝にせの会", ""}


def test_consent_taken_back_hides_the_name_of_before_too(city, later):
    rewrite(later, lambda rows: rows | {"にじ食堂": rows["にじ食堂"] | {"承諾": "無"}})
    report = compare(*opened(city, later), csv=later / "maps" / "changes.csv")
    assert "にじ食堂" not in (later / "maps" / "changes.csv").read_text(encoding="utf-8-sig")
    assert "にじ食堂" not in report.as_text()


def test_what_ended_is_named_since_that_is_the_news(city, later):
    rewrite(later, lambda rows: rows | {"にじ食堂": rows["にじ食堂"] | {"状態": "終了"}})
    found = comparison_of(*opened(city, later))
    assert found.changes.set_index("change").loc["closed", "name"] == "にじ食堂"


def test_a_project_held_against_itself_has_not_changed(city):
    with speaking("ja"):
        report = compare(*opened(city, city))
    assert report.data == []
    assert "変わったところはありません。" in report.as_text()
    assert "どちらも 2026-11-01 の資料です" in report.as_text()


def test_swapped_dates_swap_who_gained_and_lost_and_are_told(year, city, later):
    back = comparison_of(*opened(later, city))
    forth, again = year.reach.table, back.reach.table
    assert (forth["gained_real"] + forth["gained_knowledge"]).tolist() == (
        again["lost_real"] + again["lost_knowledge"]
    ).tolist()
    assert "is later than the second" in back.report().as_text()


def test_a_revision_against_the_folder(city, later):
    def git(*words):
        who = ["-c", "user.name=t", "-c", "user.email=t@example.jp", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(city), *who, *words], check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "one")
    by_folder = compare(*opened(city, later)).as_data()
    shutil.copyfile(later / SHEET, city / SHEET)
    shutil.copyfile(later / "resourcemap.toml", city / "resourcemap.toml")
    by_revision = compare(open_snapshot("HEAD", city), open_snapshot(str(city), city)).as_data()
    assert by_revision == by_folder


def test_without_people_the_changes_are_told_alone(city, later):
    for folder in (city, later):
        settings = folder / "resourcemap.toml"
        text = settings.read_text(encoding="utf-8").replace('[people]\nfile = "data/人口.csv"\n', "")
        settings.write_text(text, encoding="utf-8")
    report = compare(*opened(city, later))
    assert "nobody is counted" in report.as_text()
    assert report.more["reach"] == []
    assert {row["change"] for row in report.data} >= {"opened", "suspended", "gone"}


def test_other_people_and_another_distance_are_told(city, later):
    people = later / "data" / "人口.csv"
    people.write_text(people.read_text(encoding="utf-8").replace("100,10,60,30", "110,10,60,40"), encoding="utf-8")
    settings = later / "resourcemap.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[gaps]\n", "[gaps]\ndistance = 800\n"), "utf-8")
    found = comparison_of(*opened(city, later))
    whole = found.reach.table[found.reach.table["system"] == "全体"].set_index("kind")
    assert whole.loc["salon", "people"] - whole.loc["salon", "people_old"] == 10
    assert "measure distances otherwise" in found.report().as_text()


def test_the_real_stage_is_there_for_judging(year):
    real = year.real
    names = real.resources.set_index("name")
    assert names.loc["きんぎょサロン", "status"] == "suspended"
    assert "でんわ相談" in names.index
    assert names.loc["にじ食堂", "address"] == "西町1丁目9-9"
    assert len(real.schedules) == len(real.resources)


def test_standards_newly_met_are_told(city, later):
    asked = '\n[[standards]]\nname = "サロンが2つ"\nkinds = ["サロン"]\nper = "area"\nthreshold = 2\nsystem = "圏域"\n'
    for folder in (city, later):
        settings = folder / "resourcemap.toml"
        settings.write_text(settings.read_text(encoding="utf-8") + asked, encoding="utf-8")
    with speaking("ja"):
        found = comparison_of(*opened(city, later))
        text = found.report().as_text()
    assert found.standards[["area", "change", "nature"]].values.tolist() == [["西圏域", "newly_met", "real"]]
    assert "◎西圏域では、基準「サロンが2つ」に新たに達しました（実際の変化）。" in text
    assert [row["change"] for row in found.report().more["standards"]] == ["newly_met"]
