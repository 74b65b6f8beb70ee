"""Patches: the places beyond reach themselves, as polygons with the people who live there, named by the block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.model.tables import age_bounds
from resourcemap.model.way import way_of
from resourcemap.plan.patches.side_by_side import GAP
from resourcemap.plan.patches.sides import near, sides, together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resourcemap.plan.patches.ground import Ground

SPARSE = 400.0
FEW = 10  # people who do not live "together"
_GRID = 0.001  # metres: corners of neighbours differ by the last digit, which would make polygons cross themselves
SQUARE_KM = 1_000_000.0


def patches(
    ground: Ground,
    beyond: np.ndarray,
    counted: np.ndarray | None = None,
    *,
    least: float = 1,
    sparse: float = SPARSE,
    apart: np.ndarray | None = None,
) -> gpd.GeoDataFrame:
    """Join the cells of people beyond reach that lie side by side, and rank the patches by people.

    A cell is in a patch when one of its points is beyond and somebody who counts lives in its block: a river or a park
    without anybody joins nothing. The cells of a block where people live far apart, such as a mountain with three
    houses, are joined to each other, but to no other block. Where there are no blocks, the people of one ``block_id``
    (a mesh) take the place of the block. A cell that is reached parts two patches; so does meeting at a corner only.

    A patch is named by the blocks where most of its people live (see `resourcemap.plan.patches.sides.side` for "the
    east of"), three at most. Ground outside of the blocks is "near" the nearest of them. Patches of one name get a
    number.

    Parameters
    ----------
    ground
        The cells of the person points (`resourcemap.plan.patches.ground.ground_of`).
    beyond
        Whether each person point is beyond reach.
    counted
        The people who count at each point, such as those of an audience; everyone when not given.
    least
        Patches with fewer people who count are left out; at least one.
    sparse
        In blocks with fewer people per square kilometre, of all ages, they live far apart; 0 for nowhere. A tenth of
        what makes a densely inhabited district (人口集中地区) when not given.
    apart
        The area of each person point, such as its 圏域; points of two areas are in no patch together.

    Returns
    -------
    geopandas.GeoDataFrame
        One row per patch, most people first, of equals by name, then in the order of their first point: ``rank``,
        ``apart`` (its area, where those were given), ``name``, ``blocks`` (all that people who count live in, most
        first, as text), ``approximate`` (whether borders of those blocks are), ``people`` (who count), ``total`` and
        every age column, ``square_metres``, ``label_x``, ``label_y`` (a point inside), and the polygons, all in the
        CRS of the people. ``attrs`` say what
        is not in a row: ``fewer`` (the patches below `least` and their people), ``nobody`` (the patches where none
        who counts lives), ``nowhere`` (people who count, are beyond and have no point). ``people`` of all rows, of
        ``fewer`` and ``nowhere`` together are those beyond, exactly.

    Raises
    ------
    InputError
        When `beyond`, `counted` or `apart` are not one per person point.

    Examples
    --------
    >>> from resourcemap.plan.patches.ground import ground_of
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1", "2"], "block": ["東町", "西町"], "approximate": False},
    ...     geometry=[shapely.box(100, 0, 200, 100), shapely.box(0, 0, 100, 100)], crs="EPSG:6677")
    >>> homes = gpd.GeoDataFrame({"block_id": ["2", "2", "1", "1"], "total": [4, 5, 6, 7]},
    ...     geometry=gpd.points_from_xy([25, 75, 125, 175], [50] * 4), crs="EPSG:6677")
    >>> found = patches(ground_of(homes, blocks), np.array([False, True, True, True]))
    >>> found[["name", "people", "square_metres"]].values.tolist()
    [['東町・西町の東側', 18, 15000.0]]
    """
    people = ground.people
    numbers = people["total"].to_numpy() if counted is None else np.asarray(counted)
    beyond = np.asarray(beyond, dtype=bool)
    area = np.zeros(len(people)) if apart is None else np.asarray(apart)
    _require_one_each(len(people), beyond=beyond, counted=numbers, apart=area)
    patch = _joined(ground, beyond, numbers, sparse, pd.factorize(area)[0])
    at = np.where(beyond, np.append(patch, -1)[ground.cell], -1)
    inside = at >= 0
    columns = ["total", *(column for column in people if age_bounds(column))]
    points = pd.DataFrame({"people": numbers, **{name: people[name].to_numpy() for name in columns}})
    sums = points[inside].groupby(at[inside]).sum()
    kept = sums.index[sums["people"] >= max(least, 1)].to_numpy()
    left_out = sums["people"][(sums["people"] > 0) & (sums["people"] < max(least, 1))]
    table = _with_shapes(sums.loc[kept].reset_index(drop=True), ground, patch, kept)
    table = table.join(_with_names(ground, patch, at, numbers, kept, table))
    table["apart"] = pd.Series(area)[inside].groupby(at[inside]).first().loc[kept].to_numpy()
    table = table.sort_values(["people", "name"], ascending=[False, True], kind="stable", ignore_index=True)
    table["name"] = _told_apart(table["name"])
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    order = ["rank", *([] if apart is None else ["apart"]), "name", "blocks", "approximate", "people", *columns]
    table = table[[*order, "square_metres", "label_x", "label_y", "geometry"]]
    table.attrs = {
        "fewer": {"patches": len(left_out), "people": left_out.sum().item()},
        "nobody": int((sums["people"] == 0).sum()),
        "nowhere": numbers[beyond & (ground.cell < 0)].sum().item(),
    }
    return table


def patch_sentence(
    row: Mapping[str, Any] | pd.Series, *, who: str, what: str, metres: float, way: object = None
) -> str:
    """Say in Japanese who lives in a patch, for a plan.

    Parameters
    ----------
    row
        A row of `patches`.
    who, what
        The people counted and the kind, as labels.
    metres
        The distance that counts as reach.
    way
        How it was measured, as tables hold it (see `resourcemap.model.way`); straight lines when not given.

    Examples
    --------
    >>> row = {"name": "みほん3丁目の東側", "people": 412, "square_metres": 123_456.0, "approximate": False}
    >>> patch_sentence(row, who="65歳以上", what="サロン", metres=500)
    'みほん3丁目の東側に、サロンから直線で500m以内に入らない65歳以上が412人まとまって住んでいます（0.12平方km）。'
    """
    how, many = way_of(way).sentence_part(), int(row["people"])
    close = "まとまって" if many >= FEW else ""
    square_km = row["square_metres"] / SQUARE_KM
    size = f"{square_km:,.2f}平方km" if square_km >= 0.005 else "0.01平方km未満"
    doubt = "町丁目の境界はおよその形です。" if row["approximate"] else ""
    people = f"{what}から{how}{metres:g}m以内に入らない{who}が{many:,}人"
    return f"{row['name']}に、{people}{close}住んでいます（{size}）。{doubt}"


def _require_one_each(points: int, **given: np.ndarray) -> None:
    faults = [
        either(
            ja=f"人の点は{points}か所、{name} は{len(values)}個です。同じ点の順に、ひとつずつ渡してください。",
            en=f"There are {points} person points and {len(values)} of {name}. Give one each, in the same order.",
        )
        for name, values in given.items()
        if len(values) != points
    ]
    if faults:
        raise InputError(faults)


def _joined(ground: Ground, beyond: np.ndarray, counted: np.ndarray, sparse: float, area: np.ndarray) -> np.ndarray:
    """Return the patch of every cell, numbered by their first cells, or -1."""
    group, placed = _groups(ground), ground.cell >= 0
    peopled = np.bincount(group, weights=counted) > 0
    member = np.zeros(len(ground.shapes), dtype=bool)
    member[ground.cell[beyond & placed & peopled[group]]] = True
    # Of points that share a cell, the first says whose it is.
    first_point = np.full(len(member), -1)
    first_point[ground.cell[placed][::-1]] = np.flatnonzero(placed)[::-1]
    group, area = group[first_point], area[first_point]
    size = np.bincount(group, weights=shapely.area(ground.shapes), minlength=len(peopled))
    total = np.bincount(_groups(ground), weights=ground.people["total"], minlength=len(peopled))
    lonely = total * SQUARE_KM < sparse * size
    one, other = ground.first, ground.second
    joined = member[one] & member[other] & (area[one] == area[other])
    joined &= (group[one] == group[other]) | ~(lonely[group[one]] | lonely[group[other]])
    patch = np.full(len(member), -1)
    patch[member] = pd.factorize(_hanging_together(one[joined], other[joined], len(member))[member])[0]
    return patch


def _hanging_together(one: np.ndarray, other: np.ndarray, cells: int) -> np.ndarray:
    """Return for every cell the first of those that it hangs together with, over any number of pairs."""
    first = np.arange(cells)
    while (first[one] != first[other]).any():
        least = np.minimum(first[one], first[other])
        np.minimum.at(first, first[one], least)
        np.minimum.at(first, first[other], least)
        first = first[first]
    return first


def _groups(ground: Ground) -> np.ndarray:
    """Return the number of the block of every point; where none is known, of its mesh, or else of its cell."""
    people = ground.people
    known = people["block_id"].notna().to_numpy() if "block_id" in people else np.zeros(len(people), dtype=bool)
    mesh = pd.factorize(people["block_id"])[0] if known.any() else np.zeros(len(people), dtype=int)
    kind = np.select([ground.lives >= 0, known], [0, 1], 2)
    number = np.select([ground.lives >= 0, known], [ground.lives, mesh], ground.cell)
    return np.asarray(pd.DataFrame({"kind": kind, "number": number}).groupby(["kind", "number"]).ngroup())


def _with_shapes(sums: pd.DataFrame, ground: Ground, patch: np.ndarray, kept: np.ndarray) -> gpd.GeoDataFrame:
    """Add the polygons, their size and a point inside, in the CRS of the people."""
    shapes = np.array([_union(pieces) for pieces in _pieces(ground, patch, kept)], dtype=object)
    table = gpd.GeoDataFrame(sums, geometry=gpd.GeoSeries(shapes, crs=ground.crs))
    inner = gpd.GeoSeries(shapely.point_on_surface(shapes), crs=ground.crs).to_crs(ground.people.crs)
    table["square_metres"] = shapely.area(shapes)
    table["label_x"], table["label_y"] = inner.x, inner.y
    return table.to_crs(ground.people.crs)


def _pieces(ground: Ground, patch: np.ndarray, kept: np.ndarray) -> list[np.ndarray]:
    """Gather the polygons of each patch: the block itself where all of its cells are in it, else the cells."""
    cells = pd.DataFrame({"patch": patch, "block": ground.block})[patch >= 0]
    size = np.bincount(ground.block[ground.block >= 0], minlength=len(ground.whole))
    parts = cells[cells["block"] >= 0].groupby(["patch", "block"]).size().reset_index(name="cells")
    full = parts[parts["cells"] == size[parts["block"]]]
    drawn = set(zip(full["patch"], full["block"], strict=True))
    single = np.array([pair not in drawn for pair in zip(cells["patch"], cells["block"], strict=True)], dtype=bool)
    of = np.concatenate([full["patch"].to_numpy(), cells["patch"].to_numpy()[single]])
    shapes = np.concatenate([ground.whole[full["block"]], ground.shapes[cells.index[single]]])
    order = np.argsort(of, kind="stable")
    begin = np.searchsorted(of[order], kept)
    end = np.searchsorted(of[order], kept, side="right")
    return [shapes[order[start:stop]] for start, stop in zip(begin, end, strict=True)]


def _union(pieces: np.ndarray) -> shapely.Geometry:
    """Unite polygons, and close what is open between borders that were drawn twice."""
    if len(pieces) == 1:
        return pieces[0]
    union = _without_cracks(shapely.union_all(pieces, grid_size=_GRID))
    if union.geom_type == "Polygon":
        return union
    wider = shapely.buffer(union, GAP / 2, join_style="mitre")
    closed = shapely.buffer(wider, -GAP / 2, join_style="mitre")
    return _without_cracks(shapely.union_all([*pieces, closed], grid_size=_GRID))


def _without_cracks(shape: shapely.Geometry) -> shapely.Geometry:
    """Fill the holes that are nowhere wider than the gap between borders drawn twice."""
    holes = shapely.polygons(shapely.get_rings(shape)) if shapely.get_num_coordinates(shape) else np.array([])
    cracks = holes[shapely.area(holes) < GAP * shapely.length(holes) / 2]
    return shapely.union_all([shape, *cracks], grid_size=_GRID) if len(cracks) else shape


def _with_names(
    ground: Ground, patch: np.ndarray, at: np.ndarray, counted: np.ndarray, kept: np.ndarray, table: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Name the patches, and list their blocks."""
    who = pd.DataFrame({"patch": at, "block": ground.lives, "people": counted})[(at >= 0) & (ground.lives >= 0)]
    who = who.groupby(["patch", "block"], as_index=False)["people"].sum()
    who = who[who["people"] > 0].merge(sides(ground, patch), on=["patch", "block"])
    who = who.sort_values(["patch", "people", "block"], ascending=[True, False, True], kind="stable")
    of = dict(iter(who.groupby("patch")))
    spots = gpd.GeoSeries.from_xy(table["label_x"], table["label_y"], crs=table.crs)
    outside = np.array([number not in of for number in kept], dtype=bool)
    elsewhere = iter(near(ground, spots[outside]) if outside.any() else [])
    rows = []
    for number in kept:
        if number not in of:
            rows.append({"name": next(elsewhere), "blocks": "", "approximate": False})
            continue
        part = of[number]
        blocks = part["block"].to_numpy()
        rows.append(
            {
                "name": together(part["name"].tolist(), part["people"].tolist()),
                "blocks": "、".join(ground.names[blocks]),
                "approximate": bool(ground.approximate[blocks].any()),
            }
        )
    return pd.DataFrame(rows, columns=["name", "blocks", "approximate"])


def _told_apart(names: pd.Series) -> pd.Series:
    """Give patches of one name a number."""
    number = names.groupby(names).cumcount() + 1
    return names.where(~names.duplicated(keep=False), names + "（" + number.astype(str) + "）")
