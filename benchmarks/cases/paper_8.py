"""All paper of a month for the eight areas of the sample city, from the files of the project to those on the disk."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pypdfium2

from benchmarks.case import Case
from resourcemap.project.paper import write_paper
from resourcemap.project.project import open_project

_ROOT = Path(__file__).parents[2]
_MONTH = (date(2026, 12, 1), date(2026, 12, 31))


def prepare() -> Path:
    folder = Path(tempfile.mkdtemp())
    for name in ("layers", "data"):
        shutil.copytree(_ROOT / name, folder / name)
    shutil.copy(_ROOT / "resourcemap.toml", folder)
    return folder


def write(folder: Path) -> list[Path]:
    reports = write_paper(open_project(folder), _MONTH, folder / "paper")
    return [file for report in reports for file in report.files]


def names_are_all_there(folder: Path, files: list[Path]) -> bool:
    """Read the newsletters of all areas back: who may be on paper and is in an area stands in one of them."""
    paper = open_project(folder).on_paper(_MONTH[0])
    placements = pd.DataFrame(paper.placements)
    in_areas = placements.loc[placements["area_id"].notna(), "resource_id"]
    table = paper.released.table
    wanted = set(table.loc[table["resource_id"].isin(in_areas), "name"].map(_plain))
    told = "".join(_text(file) for file in files if file.name.startswith("newsletter-") and file.suffix == ".pdf")
    return len(wanted) > 100 and all(name in told for name in wanted)


def _text(file: Path) -> str:
    return _plain("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)))


def _plain(text: Any) -> str:
    return "".join(str(text).split())


CASE = Case(
    work="8 areas of the sample city: newsletters (PDF, Word), dates, lists, booklet, map, portraits, committee sheets",
    peer=None,
    prepare=prepare,
    run_peer=None,
    run_ours=write,
    agree=names_are_all_there,
    rounds=3,
)
