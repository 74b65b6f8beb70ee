"""The map as a sheet of paper: with its title, and the list of its numbers below, beside or behind it."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from resourcemap.errors import InputError, unknown
from resourcemap.files import together, write_bytes
from resourcemap.language import either
from resourcemap.model.catalog import load_catalog
from resourcemap.publish.paper.marks import marks
from resourcemap.publish.paper.typeset import Document
from resourcemap.publish.papermap.canvas import POINT, plain, width_of
from resourcemap.publish.papermap.maps import natural_height, paper_map
from resourcemap.publish.papermap.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    import geopandas as gpd

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.paper.places import Places
    from resourcemap.publish.papermap.ground import Ground

# Width and height in millimetres, and the margins: as style.typ has them.
SIZES = {"a4": (210.0, 297.0), "a3": (297.0, 420.0), "postcard": (100.0, 148.0)}
_MARGINS = {"a4": (12.0, 15.0), "a3": (14.0, 17.0), "postcard": (5.0, 5.0)}
_TITLES = {"a4": 17.0, "a3": 20.0, "postcard": 12.0}
SUFFIXES = (".pdf", ".svg", ".png")
_PPI = 300
_LIST = 9.5 * POINT
_LINE, _BETWEEN = 1.62, 1.9
# Beside a text: its number, and room for the cell of the map.
_NUMBER, _CELL = 10.0, 10.0
_GUTTER = 4.0
_COLUMN = 58.0
# A label of up to this is kept on one line.
_WHOLE = 34.0
# Texts are a little longer than they are thought to be, now and then.
_SURE = 1.07
# Of the page, at most so much for the list below the map; of its width, at least so much for a map beside the list.
_MOST_BELOW, _LEAST_MAP = 0.5, 0.48
# A map may be so much higher than it need be, and is at least so high.
_ROOMY, _LEAST = 1.3, 100.0


@dataclass(frozen=True)
class Page:
    """The room on a page, in millimetres.

    Parameters
    ----------
    size
        One of `SIZES`.
    across
        Whether it lies on its long side.
    head
        The height of its title.
    """

    size: str
    across: bool
    head: float

    @property
    def width(self) -> float:
        """How wide it is inside the margins."""
        return SIZES[self.size][self.across] - 2 * _MARGINS[self.size][0]

    @property
    def height(self) -> float:
        """How high it is inside the margins, below the title."""
        side, below = _MARGINS[self.size]
        return SIZES[self.size][not self.across] - side - below - self.head - 1.0


@dataclass(frozen=True)
class Layout:
    """Where the list stands, ``below``, ``side`` or ``after``; the size of the map; the list in its columns."""

    place: str
    width: float
    height: float
    groups: list[list[dict[str, Any]]] = field(repr=False)
    columns: int = 1


def write_papermap(
    released: Released,
    path: Path,
    *,
    places: Places,
    title: str,
    publisher: str = "",
    area: gpd.GeoDataFrame | None = None,
    areas: gpd.GeoDataFrame | None = None,
    background: Mapping[str, gpd.GeoDataFrame] | Ground | None = None,
    neighbours: gpd.GeoDataFrame | None = None,
    catalog: Catalog | None = None,
    language: str = "ja",
    credit: str = "",
    as_of: date | None = None,
    size: str = "a4",
    across: bool = False,
) -> list[Path]:
    """Write a map with its list as PDF, SVG or PNG (300 dots per inch), by the suffix of the file.

    Of SVG and PNG there is a file for each page: ``map.png``, ``map-2.png``. Text in SVG is drawn as shapes.

    Parameters
    ----------
    released
        What the gate let through.
    path
        The file.
    places
        The numbered places of the rows.
    title, publisher
        What stands at the head and at the foot.
    area, areas, background, neighbours, language, credit, as_of
        As for `resourcemap.publish.papermap.paper_map`.
    size, across
        One of `SIZES`, and whether it lies on its long side.

    Returns
    -------
    list
        The files.

    Raises
    ------
    InputError
        For a suffix or a size that is not known.
    """
    require_known(path, size)
    known = load_catalog() if catalog is None else catalog
    words = words_of(language)
    heading = plain(title) if area is None else f"{plain(title)}　{plain(area['area'].iloc[0])}"
    page = Page(size, across, _head(heading, size, across))
    natural = natural_height(places, area, page.width)
    layout = _layout(page, _entries(released, places, known, language), natural)
    drawn = paper_map(
        released,
        places,
        catalog=known,
        width_mm=layout.width,
        height_mm=layout.height,
        area=area,
        areas=areas,
        background=background,
        language=language,
        neighbours=neighbours,
        credit=credit,
        as_of=as_of,
    )
    for item in (item for group in layout.groups for item in group):
        item["cell"] = drawn.cells[item["number"]]
    outlined = path.suffix.lower() == ".svg"
    document = Document(
        (files("resourcemap.publish.papermap") / "sheet.typ").read_text(encoding="utf-8"),
        {
            **_page_data(page, layout),
            "heading": heading,
            "foot": plain(publisher),
            "beside": "" if size == "postcard" else plain(publisher),
            "key": words["key"],
            "notes": _notes(places, words),
            "map": {"width": drawn.width_mm, "height": drawn.height_mm, "alt": drawn.alt},
            "texts": [asdict(text) for text in drawn.texts] if outlined else [],
        },
        title=heading,
        author=plain(publisher),
        as_of=as_of,
        language=language,
        files={
            "map.svg": drawn.shapes if outlined else drawn.svg,
            **marks(known, [kind for kinds in places.table["kinds"] for kind in kinds]),
        },
        name="sheet.typ",
    )
    return _written(document, path)


def require_known(path: Path, size: str) -> None:
    """Raise `InputError` where a suffix or a size is not known.

    Examples
    --------
    >>> from pathlib import Path
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     require_known(Path("map.doc"), "a4")
    Traceback (most recent call last):
    resourcemap.errors.InputError: map.doc: the map is written as .pdf, .svg, .png. Give the file one of these endings.
    """
    if path.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise InputError(
            either(
                ja=f"{path.name}: 地図は {known} で書き出します。ファイル名の終わりをどれかにしてください。",
                en=f"{path.name}: the map is written as {known}. Give the file one of these endings.",
            )
        )
    if size not in SIZES:
        raise InputError(unknown("--size", size, SIZES))


def _written(document: Document, path: Path) -> list[Path]:
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        return [write_bytes(path, document.pdf())]
    pages = document.png(_PPI) if suffix == ".png" else document.svg()
    with together():
        return [
            write_bytes(path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}"), page)
            for number, page in enumerate(pages, start=1)
        ]


def _head(heading: str, size: str, across: bool) -> float:
    """Return how high the title is, in millimetres."""
    points = _TITLES[size]
    room = Page(size, across, 0).width * (1.0 if size == "postcard" else 0.7)
    return math.ceil(width_of(heading, points * POINT) * 1.05 / room) * points * POINT * 1.5 + 2.0


def _entries(released: Released, places: Places, catalog: Catalog, language: str) -> list[dict[str, Any]]:
    """Return what the list says of each place, still without its cell."""
    words, names = words_of(language), _names(released, places)
    return [
        {
            "number": int(number),
            "name": names[number],
            "kinds": [_kind(catalog, kind, language) for kind in kinds],
            "note": "・".join(words[sign] for sign, on in (("rough_short", rough), ("suspended", suspended)) if on),
        }
        for number, kinds, rough, suspended in places.table[["kinds", "rough", "suspended"]].itertuples()
    ]


def _names(released: Released, places: Places) -> dict[int, str]:
    """Return the name of every place: where only its address is known, the names of what happens there."""
    rows = released.table.loc[places.numbers.index, "name"]
    there = {
        int(number): plain("、".join(dict.fromkeys(map(str, names.dropna()))))
        for number, names in rows.groupby(places.numbers)
    }
    return {
        int(number): there.get(number, "") if name is None or name == address else plain(name)
        for number, name, address in places.table[["name", "address"]].itertuples()
    }


def _kind(catalog: Catalog, kind: str, language: str) -> dict[str, Any]:
    label = catalog.kinds[kind].label(language) if kind in catalog.kinds else kind
    return {"id": kind, "label": label, "whole": width_of(label, _LIST) < _WHOLE}


def _notes(places: Places, words: Mapping[str, str]) -> list[str]:
    without = int(places.numbers.isna().sum())
    return [words["without"].format(count=without)] if without else []


def _layout(page: Page, entries: list[dict[str, Any]], natural: float) -> Layout:
    """Choose where the list stands so that the map is as large as can be."""
    if not entries:
        return Layout("after", page.width, page.height - 6.0, [])
    fitting = max(1, round(page.width / _COLUMN))
    if not page.across and page.size != "postcard":
        wide = (page.width - _GUTTER * (fitting - 1)) / fitting
        groups = _shared(entries, fitting, wide)
        needed = max(_height(group, wide) for group in groups) * _SURE + 6.0
        if needed <= max(page.height * _MOST_BELOW, page.height - natural):
            return Layout("below", page.width, min(page.height - needed, max(natural * _ROOMY, _LEAST)), groups)
    for count in range(1, fitting) if page.across else ():
        wide = _COLUMN
        groups = _shared(entries, count, wide)
        room = page.width - count * (wide + _GUTTER)
        if room >= page.width * _LEAST_MAP and max(_height(group, wide) for group in groups) * _SURE <= page.height - 8:
            return Layout("side", room, page.height, groups)
    return Layout("after", page.width, page.height, [entries], fitting)


def _shared(entries: list[dict[str, Any]], count: int, wide: float) -> list[list[dict[str, Any]]]:
    """Share entries out among columns of about the same height, in order."""
    heights = [_height([entry], wide) for entry in entries]
    each = sum(heights) / count
    groups: list[list[dict[str, Any]]] = [[] for _ in range(count)]
    done = 0.0
    for entry, height in zip(entries, heights, strict=True):
        groups[min(int((done + height / 2) / each), count - 1)].append(entry)
        done += height
    return groups


def _height(entries: list[dict[str, Any]], wide: float) -> float:
    """Return about how high entries are in a column, in millimetres."""
    room = wide - _NUMBER
    lines = 0
    for entry in entries:
        kinds = sum(width_of(kind["label"], _LIST) + 1.6 * _LIST for kind in entry["kinds"])
        lines += math.ceil((width_of(entry["name"], _LIST) + _CELL) / room) + math.ceil(kinds / room)
        lines += math.ceil(width_of(entry["note"], _LIST) / room)
    return lines * _LIST * _LINE + len(entries) * _BETWEEN


def _page_data(page: Page, layout: Layout) -> dict[str, Any]:
    side, below = _MARGINS[page.size]
    return {
        "size": page.size,
        "across": page.across,
        "margin": side,
        "bottom": below,
        "numbered": page.size != "postcard",
        "head": page.head,
        "title_size": _TITLES[page.size],
        "place": layout.place,
        "groups": layout.groups,
        "columns": layout.columns,
    }
