"""The list as a Word document, to go on editing: a heading and a table per area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from resourcemap.files import write_bytes
from resourcemap.publish.lists.listing import Asked, Chapter, Listing, listed, place_of
from resourcemap.publish.lists.words import words_in
from resourcemap.publish.paper.word import (
    add_heading,
    add_row,
    add_table,
    blank_document,
    document_bytes,
    number_pages,
    shade,
    write,
)

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from docx.document import Document
    from docx.table import _Cell

    from resourcemap.model.consent import Released
    from resourcemap.publish.paper.entries import Entry

CHANNELS = ("paper",)
# A page lies on its long side: 297 mm less the margins.
COLUMNS = {"kind": 26, "name": 52, "place": 55, "when": 50, "whom": 45, "contact": 39}
_POINTS = 10


def write_word_list(released: Released, path: str | os.PathLike[str], **asked: Unpack[Asked]) -> Path:
    """Write the list as a Word document (DOCX): A4 across, headings repeated on every page, the same bytes each time.

    Parameters
    ----------
    released
        What the gate let through for ``"paper"``.
    path
        The file to write; it is replaced whole.
    asked
        See `Asked`.

    Raises
    ------
    ReleaseError
        When `released` did not come from the gate, or was released for another channel.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import docx
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> rows = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["みほんサロン"], "kind": "salon", "place": "venue",
    ...     "status": "active", "channels": "paper"}, geometry=[None], crs="EPSG:4326")
    >>> path = Path(tempfile.mkdtemp()) / "list.docx"
    >>> _ = write_word_list(release(rows, "paper"), path, catalog=load_catalog(), title="一覧")
    >>> docx.Document(str(path)).tables[0].rows[1].cells[1].text
    'みほんサロン'
    """
    return write_bytes(path, document_bytes(_document(listed(released, CHANNELS, asked))))


def _document(listing: Listing) -> Document:
    words = words_in(listing.language)
    document = blank_document(
        title=listing.title,
        author=listing.publisher,
        as_of=listing.as_of,
        language=listing.language,
        points=_POINTS,
        landscape=True,
    )
    add_heading(document, listing.title, 0)
    for text in ("　".join(filter(None, (listing.publisher, listing.day))), listing.note, words["advice"]):
        if text:
            write(document.add_paragraph(), text)
    for chapter in listing.chapters:
        _add_chapter(document, chapter, listing)
    number_pages(document.sections[0], listing.title)
    return document


def _add_chapter(document: Document, chapter: Chapter, listing: Listing) -> None:
    words = words_in(listing.language)
    add_heading(document, chapter.name, 1)
    suspended = sum(entry.suspended for entry in chapter.entries)
    count = "count_suspended" if suspended else "count" if chapter.entries else "nothing"
    about = [words[count].format(n=len(chapter.entries), m=suspended)]
    about += [words["approximate"]] if chapter.approximate else []
    about += [words["stale_note"]] if any(entry.stale for entry in chapter.entries) else []
    line = document.add_paragraph()
    line.paragraph_format.keep_with_next = bool(chapter.entries)
    write(line, "　".join(about))
    if not chapter.entries:
        return
    table = add_table(document, list(COLUMNS.values()), [words[name] for name in COLUMNS])
    for entry in chapter.entries:
        cells = add_row(table)
        for cell, name in zip(cells, COLUMNS, strict=True):
            _fill(cell, _CELLS[name](entry, listing.language), bold=name == "name", grey=entry.suspended)


def _fill(cell: _Cell, lines: list[str], *, bold: bool, grey: bool) -> None:
    """Write the first line large, the others below it."""
    text = [line for line in lines if line]
    if text:
        write(cell.paragraphs[0], text[0], bold=bold)
    if len(text) > 1:
        write(cell.paragraphs[0], "\n" + "\n".join(text[1:]))
    if grey:
        shade(cell, "F2F2F2")


def _name(entry: Entry, language: str) -> list[str]:
    return [entry.name, words_in(language)["suspended"] if entry.suspended else "", entry.provider]


def _whom(entry: Entry, language: str) -> list[str]:
    words = words_in(language)
    named = ("audience", "capacity", "cost", "how_to_join", "languages")
    return ["　".join(f"{words[name]}: {text}" for name in named if (text := getattr(entry, name)))]


def _contact(entry: Entry, language: str) -> list[str]:
    words = words_in(language)
    checked = f"{words['checked']} {entry.checked}" if entry.checked else words["unchecked"]
    sign = "！" if entry.stale else ""
    return [entry.phone, entry.url, f"{sign}{checked}" if entry.checked or entry.stale else ""]


_CELLS = {
    "kind": lambda entry, _: [entry.kind_label],
    "name": _name,
    "place": lambda entry, language: [place_of(entry, language), entry.address],
    "when": lambda entry, _: [entry.when],
    "whom": _whom,
    "contact": _contact,
}
