"""The list as CSV, for spreadsheets and other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from resourcemap.files import write_bytes
from resourcemap.plain import csv_text
from resourcemap.publish.lists.cp932 import Lost, rows_for_windows
from resourcemap.publish.lists.listing import Asked, Listing, listed, place_of
from resourcemap.publish.lists.words import words_in
from resourcemap.publish.workbook import as_text

if TYPE_CHECKING:
    import os

    from resourcemap.model.consent import Released
    from resourcemap.publish.paper.entries import Entry

CHANNELS = ("list", "paper")
ENCODINGS = ("utf-8", "cp932")
_NAME = 2
_HEADINGS = (
    *("area", "kind", "name", "kana", "venue", "address", "when", "audience", "capacity", "cost", "how_to_join"),
    *("phone", "url", "provider", "languages", "facilities", "description", "status", "checked"),
)


def write_csv_list(
    released: Released, path: str | os.PathLike[str], *, encoding: str = "utf-8", **asked: Unpack[Asked]
) -> list[Lost]:
    r"""Write the list as CSV: a row per activity at one place, the area in the first column, CRLF.

    UTF-8 begins with the mark by which Excel knows it. Text that a spreadsheet would run as a formula gets an
    apostrophe before it.

    Parameters
    ----------
    released
        What the gate let through for ``"list"`` or ``"paper"``.
    path
        The file to write; it is replaced whole.
    encoding
        ``"utf-8"``, or ``"cp932"`` for old Windows software.
    asked
        See `Asked`; there is no room for a title and a note.

    Returns
    -------
    list
        What CP932 could not write: it became ``〓``.

    Raises
    ------
    ReleaseError
        When `released` did not come from the gate, or was released for another channel.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> rows = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["=1+1 ♡"], "kind": "salon", "place": "venue",
    ...     "status": "active", "channels": "list"}, geometry=[None], crs="EPSG:4326")
    >>> path = Path(tempfile.mkdtemp()) / "list.csv"
    >>> lost = write_csv_list(release(rows, "list"), path, encoding="cp932", catalog=load_catalog(), title="一覧")
    >>> path.read_text(encoding="cp932").splitlines()[1].split(",")[:3], [each.character for each in lost]
    (['一覧', 'サロン', "'=1+1 〓"], ['♡'])
    """
    listing = listed(released, CHANNELS, asked)
    rows = _rows(listing)
    lost: list[Lost] = []
    if encoding == "cp932":
        rows, lost = rows_for_windows(rows, named_by=_NAME)
    text = csv_text(rows)
    write_bytes(path, text.encode("cp932" if encoding == "cp932" else "utf-8-sig"))
    return lost


def _rows(listing: Listing) -> list[list[str]]:
    words = words_in(listing.language)
    headings = [words[name] for name in _HEADINGS]
    cells = [
        [chapter.name, *_cells(entry, listing.language)] for chapter in listing.chapters for entry in chapter.entries
    ]
    return [headings, *([as_text(text) for text in row] for row in cells)]


def _cells(entry: Entry, language: str) -> list[str]:
    return [
        *(entry.kind_label, entry.name, entry.kana, place_of(entry, language), entry.address, entry.when),
        *(entry.audience, entry.capacity, entry.cost, entry.how_to_join, entry.phone, entry.url, entry.provider),
        *(entry.languages, entry.facilities, entry.description),
        *(words_in(language)["suspended"] if entry.suspended else "", entry.checked),
    ]
