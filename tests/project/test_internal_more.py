"""The list for partners: rows whose consent names them, with what partners may see; nothing else."""

from __future__ import annotations

import openpyxl
import pytest

from resourcemap.project.project import open_project
from resourcemap.project.steps import run

HEAD = "名称,種類,会場,緯度,経度,承諾,担当者,備考,公開する項目\n"
ROWS = (
    "みんなのサロン,サロン,本町会館,35.7,139.7,有,甲野,覚え書き1,\n"
    "仲間のサロン,サロン,南町会館,35.71,139.7,関係機関のみ,乙野,覚え書き2,\n"
    "内輪のサロン,サロン,北町会館,35.72,139.7,,丙野,覚え書き3,\n"
    "近所のサロン,サロン,東町会館,35.73,139.7,一覧・関係機関,丁野,覚え書き4,住所以外\n"
)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    (tmp_path / "list.csv").write_text(HEAD + ROWS, encoding="utf-8")
    return open_project(tmp_path)


def test_partners_get_the_rows_that_name_them_with_contact_persons(project):
    (report,) = run(project, ["partners"])
    path = project.folder / "internal" / "resources_partners.xlsx"
    assert report.files == (path,)
    book = openpyxl.load_workbook(path)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    text = "\n".join(cells)
    assert "仲間のサロン" in text
    assert "乙野" in text
    assert not {"みんなのサロン", "内輪のサロン", "近所のサロン", "甲野", "丙野", "丁野"} & set(cells)
    assert "覚え書き" not in text
    assert all("FOR PARTNERS" in str(sheet["A1"].value) or sheet.title != "Overview" for sheet in book)
    assert [row.row for row in report.left_aside] == [2, 4, 5]


def test_it_is_no_output_that_a_build_makes(project):
    project.build()
    assert not (project.folder / "internal" / "resources_partners.xlsx").exists()
