"""国土数値情報: its columns are codes (P04_002), and what they stand for is in ksj.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from resourcemap.read.cells import as_text, clean, is_blank, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from resourcemap.read.grid import Grid

_CODE = re.compile(r"([A-Z]\d{2}[a-z]?_\d{3})(_ja)?")
_TEXT_SHARE = 0.8


def dress(grid: Grid) -> Grid:
    """Add to the codes of a series the headings they stand for; other grids are returned as they are.

    A column of kinds is added where the series is of one kind, or has a code for it.

    Examples
    --------
    >>> from resourcemap.read.grid import Grid
    >>> dress(Grid("a.shp", None, [["P04_001", "P04_002"], ["2", "本町医院"]])).rows
    [['P04_001', '名称（P04_002）', '種類（国土数値情報）'], ['2', '本町医院', '診療所']]
    """
    if not grid.rows or not any(_CODE.fullmatch(text) for text in grid.rows[0]):
        return grid
    places = {
        match[1]: place for place, text in enumerate(grid.rows[0]) if (match := _CODE.fullmatch(text)) is not None
    }
    series = next((each for each in _content()["series"] if _fits(each, grid.rows[1:], places)), None)
    if series is None:
        return grid
    headings = list(grid.rows[0])
    for code, ours in series["as"].items():
        if code in places:
            headings[places[code]] = f"{ours}（{headings[places[code]]}）"
    rows = [_without_unknown(row, series, places) for row in grid.rows[1:]]
    kinds = [_kind(row, series, places) for row in rows]
    if any(kinds):
        headings.append("種類（国土数値情報）")
        rows = [[*row, kind] for row, kind in zip(rows, kinds, strict=True)]
    return replace(grid, rows=[headings, *rows])


def area_texts(shapes: gpd.GeoDataFrame) -> tuple[list[str], list[str]] | None:
    """Return the names and ids of areas of 国土数値情報, or ``None`` for other files.

    Of 行政区域 the name joins the city and the ward.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> table = {"N03_003": [None], "N03_004": ["札幌市"], "N03_005": ["中央区"], "N03_007": ["01101"]}
    >>> area_texts(gpd.GeoDataFrame(table, geometry=[shapely.box(141, 43, 142, 44)]))
    (['札幌市中央区'], ['01101'])
    """
    for each in _content()["areas"]:
        columns = [name for name in each["area"] if name in shapes]
        if not columns:
            continue
        parts = [[clean(as_text(value)) for value in shapes[name].tolist()] for name in columns]
        names = [_joined(row) for row in zip(*parts, strict=True)]
        if names and sum(bool(re.search(each["last"], name)) for name in names) >= _TEXT_SHARE * len(names):
            ids = (
                [as_text(value) for value in shapes[each["area_id"]].tolist()] if each.get("area_id") in shapes else []
            )
            return names, [id_ or name for id_, name in zip(ids or names, names, strict=True)]
    return None


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(files("resourcemap.read").joinpath("ksj.toml").read_text(encoding="utf-8"))


def _fits(series: dict[str, Any], rows: Sequence[Sequence[str]], places: dict[str, int]) -> bool:
    if not all(code in places for code, ours in series["as"].items() if ours == "名称"):
        return False
    texts = [code for code, ours in series["as"].items() if ours in ("名称", "所在地", "住所") and code in places]
    return all(_is_text([row[places[code]] for row in rows if len(row) > places[code]]) for code in texts)


def _is_text(cells: Sequence[str]) -> bool:
    filled = [text for text in cells if not is_blank(clean(text))]
    return sum(number(clean(text)) is None for text in filled) >= _TEXT_SHARE * len(filled)


def _without_unknown(row: Sequence[str], series: dict[str, Any], places: dict[str, int]) -> list[str]:
    cells = list(row)
    for code, unknown in series.get("unknown", {}).items():
        if code in places and cells[places[code]] == unknown:
            cells[places[code]] = ""
    return cells


def _kind(row: Sequence[str], series: dict[str, Any], places: dict[str, int]) -> str:
    if "kind" in series:
        return str(series["kind"])
    if series["kinds_from"] not in places:
        return ""
    text = clean(row[places[series["kinds_from"]]])
    return str(series["kinds"].get(text, text))


def _joined(parts: Sequence[str]) -> str:
    """Join the parts of a name; 郡 is left out, and a part that is there twice stands once."""
    return "".join(dict.fromkeys(part for part in parts if part and not part.endswith("郡")))
