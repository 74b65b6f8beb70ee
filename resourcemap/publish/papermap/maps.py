"""Draw the map of an area, or of everything, with the numbers of its places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely

from resourcemap.metres import metre_crs, to_metres
from resourcemap.publish.paper.fonts import families
from resourcemap.publish.papermap.arranging import MARGIN
from resourcemap.publish.papermap.canvas import Canvas, plain
from resourcemap.publish.papermap.composing import BAND, BELOW, Subject, composed
from resourcemap.publish.papermap.drawing import draw_map
from resourcemap.publish.papermap.ground import Ground, ground_of
from resourcemap.publish.papermap.legend import draw_legend
from resourcemap.publish.papermap.pins import define_marks
from resourcemap.publish.papermap.words import day_in, words_of
from resourcemap.publish.towns import towns_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import geopandas as gpd

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.paper.places import Places
    from resourcemap.publish.papermap.canvas import Text
    from resourcemap.publish.papermap.names import Named

Bounds = tuple[float, float, float, float]

# A single place is shown with half a kilometre around it.
_ALONE = 250.0
# The whole ground is shown where it is no more than so much wider and higher than the places are.
_LITTLE_MORE = 1.3
_USUAL_LEGEND = 25.0


@dataclass(frozen=True)
class PaperMap:
    """A map ready to be printed.

    Parameters
    ----------
    svg
        All of it; its texts name the fonts of `resourcemap.publish.paper.fonts`.
    shapes, texts
        The same in two: the drawing without texts, and the texts over it.
    width_mm, height_mm
        Its size.
    cells
        Where each number is: a cell of the grid such as ``B3``, of an inset such as ``X`` or ``X-B1``, or words for a
        place that is not on the map.
    outside
        The numbers of places outside of the frame.
    crowded
        The numbers that the map has no room for: their places are on it as rings with a dot, and `cells` has theirs.
    alt
        What it shows, for those who cannot see it.
    credit
        Whose data it is.
    """

    svg: bytes = field(repr=False)
    shapes: bytes = field(repr=False)
    texts: tuple[Text, ...] = field(repr=False)
    width_mm: float
    height_mm: float
    cells: Mapping[int, str]
    outside: tuple[int, ...]
    crowded: tuple[int, ...]
    alt: str
    credit: str


def paper_map(
    released: Released,
    places: Places,
    *,
    catalog: Catalog,
    width_mm: float,
    height_mm: float,
    area: gpd.GeoDataFrame | None = None,
    areas: gpd.GeoDataFrame | None = None,
    background: Mapping[str, gpd.GeoDataFrame] | Ground | None = None,
    language: str = "ja",
    neighbours: gpd.GeoDataFrame | None = None,
    credit: str = "",
    as_of: date | None = None,
) -> PaperMap:
    """Draw a map in black, white and a little grey, with scale, north, legend, credit and day.

    Pins that would lie over each other stand aside with a line to their place; where they crowd, an inset shows them
    larger. What has no room even so is a ring with a dot at its place, counted in the legend. Where more crowd than
    ground could hold, that goes by cells of about 12 mm, each all or none: those with fewest places keep their
    numbers, so that numbers end at the edge of a crowd instead of here and there in it. Every number of `places` is on
    the map once, or among `PaperMap.crowded`, or among `PaperMap.outside`.

    Parameters
    ----------
    released
        What the gate let through.
    places
        The numbered places of the map.
    catalog
        The marks and labels of kinds.
    width_mm, height_mm
        The size of all of it.
    area
        The area that it is about, a row of areas; around it the ground is pale. Without it all places are shown.
    areas
        Other areas, whose borders and names are shown: those of the system of `area`, or else of the first one.
    background
        The layers under the pins, or what `ground_of` made of them: quicker for many maps.
    language
        The language of its words, of `resourcemap.model.catalog.LANGUAGES`.
    neighbours
        Places elsewhere, shown as grey dots.
    credit, as_of
        What stands below it.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.publish.paper.places import number_places
    >>> halls = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["西", "東"], "kind": "salon", "place": "venue",
    ...     "status": "active", "channels": "paper"},
    ...     geometry=gpd.points_from_xy([139.70, 139.71], [35, 35]), crs="EPSG:4326")
    >>> released, catalog = release(halls, "paper"), load_catalog()
    >>> places = number_places(released, catalog=catalog)
    >>> made = paper_map(released, places, catalog=catalog, width_mm=120, height_mm=90)
    >>> made.cells, made.alt
    ({1: 'A1', 2: 'D2'}, '全体の地図。番号のある場所は2か所。')
    """
    words = words_of(language)
    ground = background if isinstance(background, Ground) else _ground(background, places, area, areas)
    spots, of_area = _spots(places.table, ground.crs), _shapes(area, ground.crs)
    others = _others(area, areas, ground.crs)
    subject = Subject(
        places,
        spots,
        _bounds(spots, of_area, others, ground),
        ground,
        of_area,
        others,
        np.empty((0, 2)) if neighbours is None else _spots(neighbours, ground.crs),
        f"{day_in(as_of, language)}　{plain(credit)}".strip(" 　"),
        catalog,
        language,
    )
    made = composed(subject, width_mm, height_mm)
    canvas = Canvas(width_mm, height_mm, language, ", ".join(f"'{family}'" for family in families(language)))
    define_marks(canvas, subject.kinds, catalog)
    towns = _towns(released, ground) if ground.layer("blocks") is None else []
    draw_map(canvas, made, subject, towns=towns, empty=words["none"])
    draw_legend(canvas, made.items, made.lines, (0.0, height_mm - made.below + BELOW, width_mm))
    title = words["whole"] if area is None else plain(area["area"].iloc[0])
    return PaperMap(
        canvas.svg(),
        canvas.svg(texts=False),
        tuple(canvas.texts),
        width_mm,
        height_mm,
        made.cells(spots, words["elsewhere"]),
        made.outside,
        made.crowded,
        words["alt"].format(area=title, count=len(places)),
        plain(credit),
    )


def natural_height(places: Places, area: gpd.GeoDataFrame | None, width_mm: float) -> float:
    """Return how high a map of a width is where it shows what must be seen and no more, in millimetres.

    The legend is thought to have about four rows.
    """
    tables = [places.table] if area is None else [area]
    if not len(tables[0]):
        return width_mm
    crs = metre_crs(*tables)
    west, south, east, north = _bounds(_spots(places.table, crs), _shapes(area, crs), [], Ground(crs, {}))
    around = 2 * (BAND + MARGIN)
    return (width_mm - around) * (north - south) / max(east - west, 1.0) + around + _USUAL_LEGEND


def _ground(
    background: Mapping[str, gpd.GeoDataFrame] | None,
    places: Places,
    area: gpd.GeoDataFrame | None,
    areas: gpd.GeoDataFrame | None,
) -> Ground:
    more = [table for table in (places.table, area, areas) if table is not None]
    return ground_of(background or {}, *more)


def _spots(table: gpd.GeoDataFrame, crs: object) -> np.ndarray:
    """Return the points of a table in metres, a row each; those without a point are left out."""
    there = table[~(table.geometry.isna() | table.geometry.is_empty)]
    return np.asarray(shapely.get_coordinates(shapely.centroid(to_metres(there, crs).geometry.to_numpy())))


def _shapes(area: gpd.GeoDataFrame | None, crs: object) -> np.ndarray | None:
    return None if area is None else to_metres(area, crs).geometry.to_numpy()


def _others(area: gpd.GeoDataFrame | None, areas: gpd.GeoDataFrame | None, crs: object) -> list[Named]:
    """Return the other areas of the system: names and shapes in metres."""
    if areas is None or not len(areas):
        return []
    system = areas["system"].iloc[0] if area is None else area["system"].iloc[0]
    own = set() if area is None else set(area["area_id"])
    here = to_metres(areas[(areas["system"] == system) & ~areas["area_id"].isin(own)], crs)
    named = [(plain(name), shape) for name, shape in zip(here["area"], here.geometry, strict=True) if shape]
    # The name of an area that is all there is says nothing.
    return named if own or len(named) > 1 else [("", shape) for _, shape in named]


def _bounds(spots: np.ndarray, area: np.ndarray | None, others: list[Named], ground: Ground) -> Bounds:
    """Return what must be seen: the area, or all places, with all of the ground where that is little more."""
    if area is not None:
        return _around(area)
    shapes = [shape for _, shape in others] or ([] if ground.outline is None else list(ground.outline.shapes))
    if not len(spots):
        return _around(shapes or [each for layer in ground.layers.values() for each in layer.shapes])
    (west, south), (east, north) = spots.min(axis=0).tolist(), spots.max(axis=0).tolist()
    more = max(_ALONE - max(east - west, north - south), 0.0)
    places = west - more, south - more, east + more, north + more
    whole = _around([*shapely.points(spots), *shapes])
    wider, higher = whole[2] - whole[0], whole[3] - whole[1]
    if wider <= (places[2] - places[0]) * _LITTLE_MORE and higher <= (places[3] - places[1]) * _LITTLE_MORE:
        return whole
    return places


def _around(shapes: Sequence[shapely.Geometry] | np.ndarray) -> Bounds:
    if not len(shapes):
        return 0.0, 0.0, 2 * _ALONE, 2 * _ALONE
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north


def _towns(released: Released, ground: Ground) -> list[tuple[str, float, float]]:
    """Return the names of towns, where the ground has none."""
    found = to_metres(towns_of(released.table), ground.crs)
    return [(plain(name), point.x, point.y) for name, point in zip(found["name"], found.geometry, strict=True)]
