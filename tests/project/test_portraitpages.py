"""The portraits of a project on paper: the figures of its JSON, a file per area, and what is refused."""

from __future__ import annotations

import math

import pypdfium2
import pytest

from resourcemap.errors import QuestionError
from resourcemap.project.portraitpages import portrait_page, portrait_pages
from resourcemap.project.portraying import portrait_report
from resourcemap.project.project import open_project

STANDARD = '\n[[standards]]\nname = "食堂が近い"\nkinds = "子ども食堂"\nthreshold = 0.8\n'


@pytest.fixture
def project(city):
    with (city / "resourcemap.toml").open("a", encoding="utf-8") as file:
        file.write(STANDARD)
    return open_project(city)


def text_of(path):
    document = pypdfium2.PdfDocument(path)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def whole(share):
    return str(math.floor(share * 100 + 0.5))


def test_the_page_has_the_figures_of_the_json(project, tmp_path):
    report = portrait_page(project, "東圏域", tmp_path / "east.pdf")
    (data,) = portrait_report(project, "東圏域").as_data()["data"]
    assert report.as_data()["data"] == [data]
    text = text_of(report.files[0])
    for row in data["people"]:
        assert f"{row['people']:,}" in text
    ages = [row for row in data["people"] if row["generation"] and row["group"] != "everyone"]
    for row in ages:
        share, of_all = whole(row["share"]), whole(row["share_whole"])
        assert f"{row['label']}{row['people']:,}人{share}%（全体{of_all}%）".replace(" ", "") in text
    for row in data["reach"]:
        share, of_all = whole(row["share_within"]), whole(row["share_within_whole"])
        assert f"{share}%（{of_all}%）{row['within']:,}人{row['beyond']:,}人" in text
    for row in data["resources"]:
        assert all(name in text for name in row["names"])
    everyone = [row for row in data["week"] if row["group"] == "everyone" and row["start"] == 9 * 60]
    sure, most = ([whole(row[name]) for row in everyone] for name in ("share_within", "share_within_or_unknown"))
    cells = "".join(one if one == other else f"{one}+" for one, other in zip(sure, most, strict=True))
    assert f"9〜12時{cells}" in text
    (standard,) = data["standards"]
    assert f"{standard['without']}人" in text
    assert all(doubt.replace(" ", "") in text for doubt in data["doubts"])
    assert "ないしょの会" not in text


def test_people_by_sex_make_a_pyramid(city, tmp_path):
    rows = ["町丁目,男女,0～14歳,15～64歳,65歳以上", "東町1丁目,男,4,30,12", "東町1丁目,女,6,30,18"]
    rows += ["東町2丁目,男,15,70,15", "東町2丁目,女,15,60,25", "西町1丁目,男,20,100,25", "西町1丁目,女,20,100,35"]
    (city / "data" / "人口.csv").write_text("\n".join(rows), encoding="utf-8")
    report = portrait_page(open_project(city), "東圏域", tmp_path / "east.pdf")
    own = {row["group"]: row for row in report.as_data()["data"][0]["people"]}
    assert [own[group][sex] for group in ("everyone", "older") for sex in ("men", "women")] == [146, 154, 27, 43]
    text = text_of(report.files[0])
    assert "男女2765歳以上4310015〜64歳90190〜14歳21" in text


def test_all_areas_of_a_system_have_a_file_each(project, tmp_path):
    said = []
    report = portrait_pages(project, tmp_path / "紙", "学区", progress=lambda *now: said.append(now))
    names = ["portrait-南小学校.pdf", "portrait-北小学校.pdf"]
    assert [path.name for path in report.files] == names
    assert sorted(path.name for path in (tmp_path / "紙").iterdir() if path.suffix) == sorted(names)
    assert [now[1:] for now in said] == [(0, 2), (1, 2)]
    one = portrait_page(project, "南小学校", tmp_path / "south.pdf", "学区").files[0]
    assert one.read_bytes() == report.files[0].read_bytes()


def test_what_has_changed_is_on_the_page(project, city, tmp_path):
    report = portrait_page(project, "東圏域", tmp_path / "east.pdf", since=open_project(city))
    assert report.came_out["changes"] == 0
    assert "変わったこと" not in text_of(report.files[0])


def test_wrong_questions_are_refused(project, city, tmp_path):
    with pytest.raises(QuestionError, match=r"\.pdf"):
        portrait_page(project, "東圏域", tmp_path / "east.docx")
    with pytest.raises(QuestionError, match="北圏域"):
        portrait_page(project, "北圏域", tmp_path / "north.pdf")
    with pytest.raises(QuestionError, match="--system"):
        portrait_pages(project, tmp_path / "all", "県")
    with pytest.raises(QuestionError, match="folder"):
        portrait_pages(project, city / "resourcemap.toml")
    assert not list(tmp_path.glob("*.pdf"))
