"""Rows that an office has hidden in a workbook, by hand or by a filter, of which calamine does not tell."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from resourcemap.read.guard import member_chunks, parse_xml, read_member

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER = re.compile(rb"""\sr=["'](\d{1,7})["']""")
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MOST_ROWS = 1 << 20


def hidden_rows(archive: ZipFile, where: str) -> dict[str, frozenset[int]]:
    """Return the numbers of the hidden rows of each sheet of an .xlsx that has any.

    Examples
    --------
    >>> import tempfile, zipfile, openpyxl
    >>> from pathlib import Path
    >>> book = openpyxl.Workbook()
    >>> for name in ("A", "B", "C"):
    ...     book.active.append([name])
    >>> book.active.row_dimensions[2].hidden = True
    >>> path = Path(tempfile.mkdtemp()) / "a.xlsx"
    >>> book.save(path)
    >>> hidden_rows(zipfile.ZipFile(path), "a.xlsx")
    {'Sheet': frozenset({2})}
    """
    found = {}
    for sheet, member in sheet_members(archive, where).items():
        if rows := frozenset(_hidden_in(archive, member, where)):
            found[sheet] = rows
    return found


def sheet_members(archive: ZipFile, where: str) -> dict[str, str]:
    """Return the name of each sheet of an .xlsx with the member of the ZIP that holds it; nothing for other files.

    Examples
    --------
    >>> import tempfile, zipfile, openpyxl
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.xlsx"
    >>> openpyxl.Workbook().save(path)
    >>> sheet_members(zipfile.ZipFile(path), "a.xlsx")
    {'Sheet': 'xl/worksheets/sheet1.xml'}
    """
    members = {name.lower(): name for name in archive.namelist()}
    if _BOOK not in members or _LINKS not in members:
        return {}
    links = {
        link.get("Id", ""): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/").lower()
        for link in _parsed(archive, members[_LINKS], where)
    }
    found: dict[str, str] = {}
    for sheet in _parsed(archive, members[_BOOK], where).iter():
        if _bare(sheet.tag) != "sheet":
            continue
        link = next((value for key, value in sheet.attrib.items() if _bare(key) == "id" and key != "id"), "")
        if member := members.get(links.get(link, "")):
            found[sheet.get("name", "")] = member
    return found


def hidden_in_table(table: Element) -> frozenset[int]:
    """Return the numbers of the hidden rows of a sheet of an .ods.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> text = '<t xmlns:a="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><a:table-row/>'
    >>> hidden_in_table(fromstring(text + '<a:table-row a:visibility="filter"/></t>'))
    frozenset({2})
    """
    hidden: set[int] = set()
    number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        text = row.get(f"{_TABLE}number-rows-repeated", "1")
        count = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else _MOST_ROWS
        if row.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            hidden.update(range(number + 1, min(number + count, _MOST_ROWS) + 1))
        number += count
    return frozenset(hidden)


def _hidden_in(archive: ZipFile, member: str, where: str) -> Iterator[int]:
    number = 0
    for tag in _row_tags(archive, member, where):
        named = _NUMBER.search(tag)
        number = int(named[1]) if named else number + 1
        if _HIDDEN.search(tag):
            yield number


def _row_tags(archive: ZipFile, member: str, where: str) -> Iterator[bytes]:
    """Give the opening tags of rows; a tag that a piece cuts goes on in the next."""
    tail = b""
    for chunk in member_chunks(archive, member, where=where):
        text = tail + chunk
        yield from _ROW.findall(text)
        cut = text.rfind(b"<")
        tail = text[cut:] if cut >= 0 and b">" not in text[cut:] else b""


def _parsed(archive: ZipFile, member: str, where: str) -> Element:
    return parse_xml(read_member(archive, member, where=where), where=where)


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
