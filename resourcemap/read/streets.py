"""Streets to walk along, from files of lines, osmnx's GraphML and extracts of OpenStreetMap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import LONLAT, metre_crs, to_metres
from resourcemap.model.tables import STREETS, check
from resourcemap.read.areas import as_paths
from resourcemap.read.cells import as_text, fold
from resourcemap.read.cutting import cut_at_corners
from resourcemap.read.entries import left_aside
from resourcemap.read.formats import VECTOR, known_file
from resourcemap.read.graphml import graphml_layers
from resourcemap.read.grid import Grid
from resourcemap.read.headings import check_column_names, heading_faults, match_headings
from resourcemap.read.osm import pbf_layers
from resourcemap.read.vector import only_layer
from resourcemap.read.walkable import TAGS, Walk, slope_of, walk_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from resourcemap.read.areas import Paths
    from resourcemap.read.formats import Shapes

READERS: Final[Mapping[str, Shapes]] = {**VECTOR, ".graphml": graphml_layers, ".pbf": pbf_layers}
_COLUMNS = [column.name for column in STREETS]
_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING)
_MULTI = shapely.GeometryType.MULTILINESTRING
# A length is believed when it is about that of the drawn line; else its unit is another, or the line was cut off.
_BELIEVED = (0.8, 1.25)
_SHORTEST = 1e-3
_DECIMALS = 7  # of degrees, about a centimetre
_TRUE = {"1", "true", "yes", "y", "t", "有", "あり", "○", "〇"}
_WAYS = {**dict.fromkeys(("forward", *_TRUE), "forward"), **dict.fromkeys(("backward", "-1", "reverse"), "backward")}
_CLOSED = {"everyone": "everyone", "wheels": "wheels", **dict.fromkeys(_TRUE, "everyone")}
_FALSE = {"", "0", "false", "no", "n", "f", "無", "なし", "×", "-", "both", "open"}
_UNDERSTOOD = {"oneway_foot": {*_WAYS, *_FALSE}, "closed": {*_CLOSED, *_FALSE}, "steps": _TRUE | _FALSE}
_PERCENT_BEYOND = 1.0


def read_streets(path: Paths, *, columns: Mapping[str, str] | None = None) -> gpd.GeoDataFrame:
    r"""Read the streets that people walk, with their lengths, slopes, steps, directions and closures.

    Lines meet where they have a corner or an end in common (to about 1 cm), and are cut there where they run through;
    where they only cross, one of them is a bridge. Read are GeoPackage, Shapefile (also in a ZIP), GeoJSON, FlatGeobuf
    and all other files of shapes that resourcemap knows, GraphML of osmnx, and .osm.pbf extracts (with the extra
    ``resourcemap[streets]``).

    The one-way rule of cars does not bind walkers, and lines there and back are one street. Where columns have the
    names of OpenStreetMap's tags (``highway``, ``foot``, ``access`` ...), motorways and ways closed to people on foot
    are left aside, and steps are recognised. A slope above 1 or below -1 anywhere in a column says that it is in
    percent. It holds along the line as it is drawn.

    Parameters
    ----------
    path
        One file, or several.
    columns
        The headings of the columns with ``length_m``, ``slope``, ``steps``, ``bridge``, ``oneway_foot`` (yes: only
        along the line; -1: only against it) and ``closed`` (yes: to everyone); guessed when not given.

    Returns
    -------
    geopandas.GeoDataFrame
        One line per row, in longitude and latitude, in the order of the files, the pieces of a line that was cut one
        after the other, with the columns of `STREETS`. The length is that of the file, or of the drawn line where the
        file has none above 0 or one that cannot be (more than a quarter longer, or a fifth shorter); pieces share it
        as they are drawn. What was left aside, measured or cut is listed in ``attrs["left_aside"]``.

    Raises
    ------
    InputError
        When a file does not say its CRS, has no lines or none that may be walked, or cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "streets.geojson"
    >>> lines = gpd.GeoSeries.from_wkt(["LINESTRING (139.7 35.7, 139.701 35.7)"] * 2, crs=LONLAT)
    >>> gpd.GeoDataFrame({"highway": ["steps", "motorway"]}, geometry=lines).to_file(path)
    >>> streets = read_streets(path)
    >>> streets[["length_m", "steps", "oneway_foot"]].round(1).values.tolist()
    [[90.5, True, 'both']]
    """
    check_column_names(columns, "streets")
    faults: list[str] = []
    tables: list[gpd.GeoDataFrame] = []
    aside: list[dict[str, Any]] = []
    for each in as_paths(path):
        try:
            table = _streets_of(known_file(each, READERS), columns, aside)
        except InputError as error:
            faults += error.faults
            continue
        tables.append(table)
    if faults:
        raise InputError(faults)
    names = first_five(each.name for each in as_paths(path))
    streets = _without_twins(pd.concat(tables, ignore_index=True), names, aside)
    streets = _cut(streets, names, aside)
    check(streets, STREETS, where=either(ja="道路", en="streets"))
    streets.attrs = {"left_aside": aside}
    return streets


def _streets_of(path: Path, columns: Mapping[str, str] | None, aside: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Read one file; what is left aside is added to `aside`."""
    shapes = _with_lines(path)
    shapes["number"] = np.arange(1, len(shapes) + 1)
    headings = [str(name) for name in shapes.columns if name not in (shapes.geometry.name, "number")]
    if wrong := heading_faults(Grid(path.name, None, []), headings, columns):
        raise InputError(wrong)
    found = {name: headings[place] for name, place in match_headings(headings, "streets", columns).items()}

    def tell(which: np.ndarray, column: str | None, reason: str) -> None:
        if which.any():
            numbers = shapes["number"].to_numpy()[which]
            aside.append(left_aside(path.name, None, None, column, _how_many(numbers), reason))

    lines = np.isin(shapely.get_type_id(shapes.geometry.to_numpy()), (*_LINES, _MULTI))
    lines &= ~shapely.is_empty(shapes.geometry.to_numpy())
    tell(~lines, None, either(ja="線でない図形", en="no line"))
    walks, walked = _walks(shapes, found)
    reason = either(
        ja="歩けない道（自動車専用道路、歩行者通行止めなど）", en="not to be walked (motorways, foot=no ...)"
    )
    tell(lines & ~walked, found.get("highway", "highway"), reason)
    drawn_lines = to_metres(shapes, metre_crs(shapes)).geometry.to_numpy()
    whole = shapely.length(drawn_lines)
    for name, words in _UNDERSTOOD.items():
        if name in found:
            strange = np.array([text not in words for text in _words(shapes, found[name])])
            tell(
                strange,
                found[name],
                either(ja="読めない言葉（なしとして扱います）", en="a word not known, taken for no"),
            )
    drawn = whole >= _SHORTEST
    tell(lines & walked & ~drawn, None, either(ja="長さのない線", en="a line without length"))
    kept = lines & walked & drawn
    if not kept.any():
        raise InputError(_no_streets(path.name))
    metres = _metres(
        shapes, found.get("length_m"), whole, lambda which, why: tell(which & kept, found["length_m"], why)
    )
    table = gpd.GeoDataFrame({"length_m": metres, **walks}, geometry=shapes.geometry.to_numpy(), crs=LONLAT)
    return _single(table[kept], drawn_lines[kept])


def _with_lines(path: Path) -> gpd.GeoDataFrame:
    """Return a copy of the one layer of a file that has lines (osmnx saves its crossings as another)."""
    layers = READERS[path.suffix.lower()](path)
    with_lines = [
        (name, shapes)
        for name, shapes in layers
        if np.isin(shapely.get_type_id(shapes.geometry.to_numpy()), (*_LINES, _MULTI)).any()
    ]
    if not with_lines:
        raise InputError(
            either(
                ja=f"{path.name}: 線がひとつもありません。道路の中心線のファイルを渡してください。",
                en=f"{path.name}: has no lines. Give a file with the lines of streets.",
            )
        )
    return only_layer(with_lines, path.name).reset_index(drop=True)


def _walks(shapes: gpd.GeoDataFrame, found: Mapping[str, str]) -> tuple[dict[str, Any], np.ndarray]:
    """Return the columns that say how streets are walked, and which are walked at all."""
    by_fold = {fold(str(name)): str(name) for name in reversed(shapes.columns.tolist())}
    tags = {tag: by_fold[fold(tag)] for tag in TAGS if fold(tag) in by_fold}
    if "highway" not in tags and "fclass" in by_fold:
        tags["highway"] = by_fold["fclass"]
    known: dict[tuple[str, ...], Walk | None] = {}
    said = zip(*([as_text(value) for value in shapes[name].tolist()] for name in tags.values()), strict=True)
    walks = [_walk(row, tuple(tags), known) for row in said] if "highway" in tags else [Walk()] * len(shapes)
    walked = np.array([walk is not None for walk in walks])
    each = [walk or Walk() for walk in walks]
    steps = np.array([walk.steps for walk in each])
    slope = np.array([walk.slope for walk in each])
    ways = [walk.oneway_foot for walk in each]
    closed = [walk.closed for walk in each]
    if "steps" in found:
        steps |= np.array([text in _TRUE for text in _words(shapes, found["steps"])])
    if "slope" in found:
        slope = _slopes(shapes[found["slope"]])
    if "oneway_foot" in found:
        ways = [_WAYS.get(text, "both") for text in _words(shapes, found["oneway_foot"])]
    if "closed" in found:
        said_closed = [_CLOSED.get(text) for text in _words(shapes, found["closed"])]
        closed = [
            one if "everyone" in (one, other) else one or other for one, other in zip(said_closed, closed, strict=True)
        ]
    bridge = [text in _TRUE for text in _words(shapes, found["bridge"])] if "bridge" in found else False
    columns = {"slope": slope, "steps": steps, "bridge": bridge, "oneway_foot": ways}
    return {**columns, "closed": np.array(closed, dtype=object)}, walked


def _walk(row: tuple[str, ...], tags: tuple[str, ...], known: dict[tuple[str, ...], Walk | None]) -> Walk | None:
    if row not in known:
        known[row] = walk_of(dict(zip(tags, row, strict=True)))
    return known[row]


def _words(shapes: gpd.GeoDataFrame, heading: str) -> list[str]:
    return [fold(as_text(value)) for value in shapes[heading].tolist()]


def _slopes(values: pd.Series) -> np.ndarray:
    texts = [as_text(value) for value in values.tolist()]
    slopes = np.array([slope_of(text) for text in texts], dtype=float)
    bare = np.array(["%" not in text and "％" not in text and "°" not in text for text in texts])
    if (np.abs(slopes[bare]) > _PERCENT_BEYOND).any():
        slopes[bare] /= 100
    return slopes


def _metres(
    shapes: gpd.GeoDataFrame, heading: str | None, whole: np.ndarray, tell: Callable[[np.ndarray, str], None]
) -> np.ndarray:
    """Return the lengths of the file, and those of the lines where it has none that can be."""
    if heading is None:
        return whole
    said = pd.to_numeric(shapes[heading], errors="coerce").to_numpy(dtype=float)
    missing = ~(np.isfinite(said) & (said > 0))
    least, most = _BELIEVED
    wrong = ~missing & ((said < least * whole) | (said > most * whole))
    measured = either(ja="図の線を測った長さを使います", en="the drawn line was measured instead")
    tell(missing, either(ja=f"長さがないか0以下（{measured}）", en=f"no length above 0: {measured}"))
    tell(
        wrong,
        either(ja=f"長さが図の線と大きく違う（{measured}）", en=f"a length far from that of the line: {measured}"),
    )
    return np.where(missing | wrong, whole, said)


def _single(table: gpd.GeoDataFrame, drawn: np.ndarray) -> gpd.GeoDataFrame:
    """Take lines of several parts apart, each with its share of the length; `drawn` are the lines in metres."""
    parts, row = shapely.get_parts(table.geometry.to_numpy(), return_index=True)
    length = shapely.length(shapely.get_parts(drawn))
    made = table.iloc[row].reset_index(drop=True)
    made["length_m"] *= length / shapely.length(drawn)[row]
    made = made.set_geometry(gpd.GeoSeries(shapely.force_2d(parts), crs=LONLAT))
    return made.loc[length >= _SHORTEST, [*_COLUMNS, made.geometry.name]]


def _without_twins(streets: gpd.GeoDataFrame, file: str, aside: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Keep the first of lines that are the same, there and back included, and may be walked the same way."""
    lines = shapely.transform(streets.geometry.to_numpy(), lambda xy: np.round(xy, _DECIMALS))
    back = _runs_back(lines)
    turned = np.where(back, shapely.reverse(lines), lines)
    ways = streets["oneway_foot"].map({"both": 0, "forward": 1, "backward": -1}).to_numpy() * np.where(back, -1, 1)
    keys = {"line": shapely.to_wkb(turned), "way": ways, "steps": streets["steps"], "closed": streets["closed"]}
    twin = pd.DataFrame(keys).assign(metres=streets["length_m"].round(1)).duplicated().to_numpy()
    if twin.any():
        reason = either(
            ja="同じ線がもう一度ある（往復や重複。1本にしました）",
            en="the same line again, there and back: one was kept",
        )
        aside.append(left_aside(file, None, None, None, _how_many(np.flatnonzero(twin) + 1), reason))
    return streets[~twin]


def _cut(streets: gpd.GeoDataFrame, file: str, aside: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    pieces, cut = cut_at_corners(streets)
    if len(cut):
        reason = either(
            ja="途中に交差点がある線（交差点で分けました。失ったものはありません）",
            en="cut at the crossings they run through (nothing is lost)",
        )
        aside.append(left_aside(file, None, None, None, _how_many(streets.index.to_numpy()[cut] + 1), reason))
    return pieces


def _runs_back(lines: np.ndarray) -> np.ndarray:
    """Tell which lines run from their eastern end to their western one; of rings, which turn that way."""
    firsts, lasts = (
        np.column_stack([shapely.get_x(points), shapely.get_y(points)])
        for points in (shapely.get_point(lines, 0), shapely.get_point(lines, -1))
    )
    rings = (firsts == lasts).all(axis=1)
    for ends, place in ((firsts, 1), (lasts, -2)):
        points = shapely.get_point(lines[rings], place)
        ends[rings] = np.column_stack([shapely.get_x(points), shapely.get_y(points)])
    back: np.ndarray = (firsts[:, 0] > lasts[:, 0]) | ((firsts[:, 0] == lasts[:, 0]) & (firsts[:, 1] > lasts[:, 1]))
    return back


def _how_many(numbers: np.ndarray) -> str:
    return either(
        ja=f"{len(numbers)}本（{first_five(numbers)}番目）", en=f"{len(numbers)} lines (number {first_five(numbers)})"
    )


def _no_streets(name: str) -> str:
    return either(
        ja=f"{name}: 歩ける道がひとつもありません。図形と highway・foot・access の列を確かめてください。",
        en=f"{name}: has no street that may be walked. Check its lines and the columns highway, foot and access.",
    )
