"""The town blocks (町丁目): the land between river, railway and main roads, cut into 丁目."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely import Point, Polygon

from resourcemap.sample.plane import faces, halves, noded
from resourcemap.sample.terrain import terrain

if TYPE_CHECKING:
    import numpy as np

# The first digits of a code: there is no prefecture 99.
CITY_CODE = "99201"


@dataclass(frozen=True)
class Town:
    """A named piece of the city between main roads.

    Parameters
    ----------
    name
        大字 or town name.
    inside
        A point inside it.
    count
        How many 丁目 it is cut into.
    character
        What kind of place it is: sets house blocks, density and ages.
    """

    name: str
    inside: tuple[float, float]
    count: int
    character: str


@dataclass(frozen=True)
class Block:
    """One 町丁目.

    Parameters
    ----------
    code
        Its code, eleven digits.
    name
        Such as みほん1丁目.
    character
        The character of its town.
    shape
        Its polygon, in metres.
    """

    code: str
    name: str
    character: str
    shape: Polygon


TOWNS = (
    Town("みほん", (-997, 913), 5, "suburb"),
    Town("本町", (140, 277), 3, "old"),
    Town("仲町", (-150, -150), 2, "centre"),
    Town("駅前", (-672, -189), 1, "tower"),
    Town("駅南", (-164, -877), 4, "tower"),
    Town("渡し場", (650, -60), 1, "old"),
    Town("栄町", (-1189, -49), 3, "centre"),
    Town("南町", (-858, -898), 4, "old"),
    Town("昭和町", (-1528, -910), 2, "old"),
    Town("柳町", (518, -751), 3, "suburb"),
    Town("公園町", (209, 954), 3, "suburb"),
    Town("北町", (2, 1953), 2, "suburb"),
    Town("緑ヶ丘", (-813, 1842), 4, "hill"),
    Town("さくら台", (-1681, 1825), 4, "hill"),
    Town("西山", (-2510, 1391), 3, "wood"),
    Town("谷戸", (-2461, 679), 2, "hill"),
    Town("梅が丘", (-2327, -225), 3, "suburb"),
    Town("松原", (-2388, -1036), 3, "suburb"),
    Town("新田", (-2311, -1920), 2, "farm"),
    Town("新田", (-1900, -1980), 1, "farm"),
    Town("南団地", (-1171, -1951), 3, "estate"),
    Town("富士見", (-242, -1954), 3, "suburb"),
    Town("泉", (771, -1874), 3, "farm"),
    Town("上川原", (1046, 1951), 2, "suburb"),
    Town("東野", (2107, 1937), 2, "farm"),
    Town("柳沢", (2722, 1761), 1, "farm"),
    Town("川端町", (1280, 1050), 2, "old"),
    Town("若葉", (2035, 1101), 2, "new"),
    Town("東原", (2660, 1104), 1, "suburb"),
    Town("川東", (1116, 460), 2, "old"),
    Town("宮前", (1934, 482), 1, "old"),
    Town("川東駅前", (1408, 79), 2, "centre"),
    Town("東みほん", (2363, 225), 3, "suburb"),
    Town("あさひ", (1334, -710), 3, "new"),
    Town("ひので", (2362, -649), 3, "suburb"),
    Town("大島", (1656, -1825), 2, "suburb"),
    Town("川南", (2321, -1658), 2, "farm"),
)


def draw_blocks(rng: np.random.Generator) -> list[Block]:
    """Cut the city into town blocks, in the order of their codes.

    Examples
    --------
    >>> import numpy as np
    >>> blocks = draw_blocks(np.random.default_rng(1))
    >>> blocks[0].code, blocks[0].name, len(blocks)
    ('99201001001', 'みほん1丁目', 92)
    """
    land = terrain()
    lines = [land.city.boundary, land.river_line, land.rail, *land.roads.values()]
    wholes = _towns_in(faces(noded(lines)))
    pieces = [_cut(whole, town.count, rng) for town, whole in zip(TOWNS, wholes, strict=True)]
    lines += [part.boundary for parts in pieces for part in parts]
    return _named(pieces, faces(noded(lines)))


def _towns_in(wholes: list[Polygon]) -> list[Polygon]:
    return [next(whole for whole in wholes if whole.covers(Point(town.inside))) for town in TOWNS]


def _cut(whole: Polygon, count: int, rng: np.random.Generator) -> list[Polygon]:
    """Cut into `count` parts of about the same size."""
    if count == 1:
        return [whole]
    first = count // 2
    share = _share_for_area(first / count)
    parts = halves(whole, rng, share=share, bend=0.25, skew=0.22)
    if len(parts) > 2:
        parts = [parts[0], shapely.unary_union(parts[1:])]
    smaller, larger = sorted(parts, key=lambda part: part.area)
    return [*_cut(smaller, first, rng), *_cut(larger, count - first, rng)]


def _share_for_area(share: float) -> float:
    """Shift a cut a little to the middle: towns are narrower at their ends."""
    return 0.5 + (share - 0.5) * 0.9


def _named(pieces: list[list[Polygon]], shapes: list[Polygon]) -> list[Block]:
    """Name the faces by the pieces that they came from, counting on where a town has two parts."""
    tree = shapely.STRtree(shapes)
    order = {name: number for number, name in enumerate(dict.fromkeys(town.name for town in TOWNS), start=1)}
    totals = {name: sum(town.count for town in TOWNS if town.name == name) for name in order}
    used = dict.fromkeys(order, 0)
    found: dict[int, tuple[str, str, str]] = {}
    for town, parts in zip(TOWNS, pieces, strict=True):
        for part in parts:
            used[town.name] += 1
            index = int(tree.query(part.representative_point(), predicate="within")[0])
            name = town.name if totals[town.name] == 1 else f"{town.name}{used[town.name]}丁目"
            found[index] = (f"{CITY_CODE}{order[town.name]:03}{used[town.name]:03}", name, town.character)
    whole = _without_slivers(shapes, list(found))
    return sorted((Block(*found[index], whole[index]) for index in found), key=lambda block: block.code)


def _without_slivers(shapes: list[Polygon], kept: list[int]) -> dict[int, Polygon]:
    """Join what lies between the kept faces to the neighbour with the longest common border."""
    whole = {index: shapes[index] for index in kept}
    for index, sliver in enumerate(shapes):
        if index not in whole:
            neighbour = max(kept, key=lambda k: shapely.intersection(shapes[k], sliver).length)
            whole[neighbour] = shapely.union(whole[neighbour], sliver)
    return whole
