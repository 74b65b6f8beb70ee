"""A new project: an empty one with a template sheet, or the sample city."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import xlsxwriter

from resourcemap.errors import InputError
from resourcemap.files import make_folder, replacing, together, write_bytes
from resourcemap.files.desk import NAME as DESK
from resourcemap.language import either
from resourcemap.model.catalog import load_catalog
from resourcemap.model.tables import RESOURCES
from resourcemap.project.settings import NAME
from resourcemap.sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

SHEET = "data/地域資源一覧.xlsx"
ROWS = 500

# The columns a CSW fills in, in the order of a form, with their width.
_WIDTHS = {
    "kind": 18, "name": 26, "kana": 22, "provider": 22, "venue": 22, "address": 34, "place": 10, "serves": 18,
    "schedule": 30, "audience": 16, "capacity": 7, "cost": 14, "how_to_join": 18, "phone": 16, "url": 22,
    "description": 30, "facilities": 18, "languages": 14, "status": 9, "consent": 12,
    "consent_on": 12, "consent_until": 12, "consent_by": 14, "consent_form": 14, "consent_fields": 20,
    "verified_on": 13, "verified_by": 12, "csw": 12, "contact": 14, "notes": 24, "latitude": 11, "longitude": 11,
}  # fmt: skip
_HEADINGS = {column.name: column.ja for column in RESOURCES} | {"latitude": "緯度", "longitude": "経度"}


def start_project(folder: Path, *, sample: bool = False) -> list[Path]:
    """Write a new project into `folder`.

    Parameters
    ----------
    folder
        A folder without a resourcemap.toml; it is made when it does not exist.
    sample
        Write the fictional city みほん市 with all its data instead of an empty project.

    Returns
    -------
    list
        The files written: resourcemap.toml first.

    Raises
    ------
    InputError
        When there is a project, or a file of the same name, already: nothing is overwritten.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> [path.name for path in start_project(Path(tempfile.mkdtemp()))]
    ['resourcemap.toml', '地域資源一覧.xlsx']
    """
    _refuse_to_overwrite(folder)
    source = files("resourcemap.sample" if sample else "resourcemap.project")
    content = source.joinpath(NAME if sample else "start.toml").read_bytes()
    with together():
        data = write_sample(folder) if sample else [_template(folder / SHEET)]
        settings = write_bytes(folder / NAME, content)
    for name in ("layers", "data", "maps"):
        make_folder(folder / name)
    return [settings, *data]


def _refuse_to_overwrite(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(
            either(
                ja=f"{folder}: 同じ名前のファイルがあります。別のフォルダー名にしてください。",
                en=f"{folder}: is a file. Choose another folder.",
            )
        )
    taken = [name for name in (NAME, "layers", "data") if _is_taken(folder / name)]
    if taken:
        raise InputError(
            either(
                ja=f"{folder}: すでに {'、'.join(taken)} があります。上書きしないため、何も書きませんでした。"
                "別のフォルダー名にしてください。",
                en=f"{folder}: {', '.join(taken)} exists already. Nothing was written; choose another folder.",
            )
        )


def _is_taken(path: Path) -> bool:
    """Tell whether something is there; a folder is nothing while it holds only what a killed run left."""
    return path.exists() and not (path.is_dir() and all(each.name == DESK for each in path.iterdir()))


def _template(path: Path) -> Path:
    """Write the empty sheet: headings, drop-downs for the columns with fixed words, ready to print."""
    with replacing(path) as beside:
        book = xlsxwriter.Workbook(beside)
        head = book.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("一覧")
        for column, (name, width) in enumerate(_WIDTHS.items()):
            sheet.set_column(column, column, width, cell)
            sheet.write_string(0, column, _HEADINGS[name], head)
        _add_choices(sheet, book.add_worksheet("選択肢"))
        sheet.set_row(0, 30)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, ROWS, len(_WIDTHS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        book.close()
    return path


def _add_choices(sheet: Worksheet, choices: Worksheet) -> None:
    words = {
        "kind": [kind.label("ja") for kind in load_catalog().kinds.values()],
        "place": ["会場", "停留所", "訪問", "電話"],
        "status": ["活動中", "休止中", "終了"],
        "consent": ["有", "一覧・地図", "紙面のみ", "無", "確認中"],
    }
    for column, (name, allowed) in enumerate(words.items()):
        choices.write_string(0, column, _HEADINGS[name])
        choices.write_column(1, column, allowed)
        letter = chr(ord("A") + column)
        where = list(_WIDTHS).index(name)
        source = f"=選択肢!${letter}$2:${letter}${len(allowed) + 1}"
        sheet.data_validation(1, where, ROWS, where, {"validate": "list", "source": source})
    choices.set_column(0, len(words) - 1, 20)
