"""Cells of a workbook whose value is an error, or a formula that nobody calculated: calamine reads them as blank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resourcemap.read.guard import member_chunks, read_member
from resourcemap.read.hidden import sheet_members

if TYPE_CHECKING:
    from zipfile import ZipFile

# What stands for a formula without a saved value, as Excel writes what is not there.
UNCALCULATED = "#N/A"
_SIGNS = re.compile(rb"""\st=["']e["']|<(?:\w+:)?f[\s>/]""")
_LONGEST_SIGN = 16
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b[^>]*>(.*?)</(?:\w+:)?(?:v|is)>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_ERROR = re.compile(rb"""\bt=["']e["']""")


def failed_cells(archive: ZipFile, where: str) -> dict[str, dict[tuple[int, int], str]]:
    """Return for each sheet of an .xlsx the row and column of such cells, counted from 0, and the error's sign.

    Examples
    --------
    >>> import tempfile, zipfile, openpyxl
    >>> from pathlib import Path
    >>> book = openpyxl.Workbook()
    >>> book.active.append(["名称", "=A1"])
    >>> path = Path(tempfile.mkdtemp()) / "a.xlsx"
    >>> book.save(path)
    >>> failed_cells(zipfile.ZipFile(path), "a.xlsx")
    {'Sheet': {(0, 1): '#N/A'}}
    """
    found = {}
    for sheet, member in sheet_members(archive, where).items():
        if _may_fail(archive, member, where) and (cells := _failed_in(read_member(archive, member, where=where))):
            found[sheet] = cells
    return found


def _may_fail(archive: ZipFile, member: str, where: str) -> bool:
    tail = b""
    for chunk in member_chunks(archive, member, where=where):
        if _SIGNS.search(tail + chunk):
            return True
        tail = chunk[-_LONGEST_SIGN:]
    return False


def _failed_in(sheet: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for attributes, content in _CELL.findall(sheet):
        place, value = _PLACE.search(attributes), _VALUE.search(content)
        if place is None:
            continue
        sign = _sign(attributes, content, value[1] if value else b"")
        if sign:
            found[int(place[2]) - 1, _column(place[1])] = sign
    return found


def _sign(attributes: bytes, content: bytes, value: bytes) -> str:
    if _ERROR.search(attributes):
        return value.decode("utf-8", "replace") or UNCALCULATED
    text = b't="str"' in attributes or b"t='str'" in attributes
    return UNCALCULATED if _FORMULA.search(content) and not value and not text else ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
