"""Worksheets written by hand, in the form that `resourcemap.model.worksheet` describes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from resourcemap.model import worksheet as form
from resourcemap.project.project import open_project
from resourcemap.project.sources import source_cells


@pytest.fixture
def worksheet():
    return write_worksheet


def write_worksheet(project, path, changes=(), *, notes=(), only=None, title="みほん市"):
    """Write a worksheet of all resources, or some, with texts changed by id and column as if somebody had filled it."""
    changes, notes = dict(changes), dict(notes)
    rows = [row for id_, row in source_cells(project).rows.items() if only is None or id_ in only]
    fields = [name for name in form.FIELDS if any(name in row.cells for row in rows)]
    names = [form.ID, *fields, *form.ANSWERS]
    headings = [*(form.heading(name) for name in names), form.WHY, form.NOTE]
    book = openpyxl.Workbook()
    shown, hidden = book.active, book.create_sheet(form.ORIGINALS)
    shown.title, hidden.sheet_state = form.SHEET, "veryHidden"
    shown["A1"] = "地域資源の確認"
    _write(hidden, 1, [f"{form.VERSION} {title}"])
    _write(hidden, 2, [*form.WHERE, *headings])
    _write(shown, form.HEADING_ROW, headings)
    for at, row in enumerate(rows):
        cells = {name: form.carried(cell.text) for name, cell in row.cells.items()} | {form.ID: row.resource_id}
        texts = [*(cells.get(name, "") for name in names), "はじめての確認", ""]
        _write(hidden, 3 + at, [row.file, row.sheet or "", str(row.row), *texts])
        now = [*(changes.get(row.resource_id, {}).get(name, cells.get(name, "")) for name in names), texts[-2]]
        _write(shown, form.HEADING_ROW + 1 + at, [*now, notes.get(row.resource_id, "")])
    book.save(path)
    return Path(path)


def _write(sheet, row, texts):
    for place, value in enumerate(texts, start=1):
        if value == "":
            continue
        cell = sheet.cell(row, place, value)
        if isinstance(value, str):
            cell.data_type = "s"  # a text, also where it begins with =


@pytest.fixture
def town(tmp_path):
    """A small project: a workbook with dates and numbers, and a CSV file as Excel saves it in Japan."""
    return small_town(tmp_path)


def small_town(folder):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "一覧"
    sheet.append(["みほん市の一覧"])
    sheet.append(["種類", "名称", "運営", "会場", "所在地", "電話", "定員", "開催日時", "承諾", "最終確認日", "備考"])
    sheet.append(
        ["サロン", "ひだまり", "ひだまりの会", "本町会館", "本町1-2", "03-1", 20, "毎週水曜", "有", _day(1), None]
    )
    sheet.append(["サロン", "きんぎょ", "町会", "東会館", "東町2-3", "03-2", 15, "毎週金曜", "無", _day(2), "靴箱あり"])
    sheet.append(["子ども食堂", "にじ食堂", "にじの会", "西会館", "西町3-4", None, None, "第2土曜", None, None, None])
    for number in range(3, 6):
        sheet.cell(number, 10).number_format = "yyyy/m/d"
    book.save(folder / "a.xlsx")
    rows = ["区分,施設名,住所,電話番号,開催曜日,開始時間,終了時間,承諾書,確認日,備考"]
    rows += ['カフェ,"カフェ 風",本町5-6,03-4,月,10:00,12:00,有,R7.7.9,"二階, 階段のみ"', "カフェ,カフェ波,,,火,,,無,,"]
    (folder / "b.csv").write_bytes(("\r\n".join(rows) + "\r\n").encode("cp932"))
    text = '[project]\ntitle = "みほん市"\ndate = 2026-11-21\n'
    text += "".join(f'[[resources]]\nfile = "{name}"\n' for name in ("a.xlsx", "b.csv"))
    (folder / "resourcemap.toml").write_text(text, encoding="utf-8")
    return open_project(folder)


def _day(number):
    return date(2025, 4, number)


@pytest.fixture
def ids():
    """Give the id of a resource by its name."""
    return lambda project: dict(zip(project.resources["name"], project.resources["resource_id"], strict=True))
