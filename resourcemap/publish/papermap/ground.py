"""What lies under the pins, in metres and indexed, so that every map of a project cuts its part out quickly."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.metres import LONLAT, metre_crs, to_metres

if TYPE_CHECKING:
    from collections.abc import Mapping

LAYERS = ("hills", "water", "parks", "blocks", "streets", "rail", "stations", "outline")
_NAMES = ("name", "block")
# What a block is called without its number: 雑司が谷1丁目, 北1条西5丁目, 扇町（番地）.
_NUMBER = re.compile(r"(?:第?[0-9一二三四五六七八九十]+(?:丁目|番地?|区)?|[(].*[)])+$")


@dataclass(frozen=True)
class Layer:
    """Shapes in metres with their names; blank where one has none."""

    shapes: np.ndarray
    names: np.ndarray
    main: np.ndarray
    heights: np.ndarray

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The index of the shapes."""
        return shapely.STRtree(self.shapes)

    def within(self, bounds: tuple[float, float, float, float]) -> np.ndarray:
        """Return the numbers of the shapes that touch a rectangle, ascending."""
        return np.sort(self.tree.query(shapely.box(*bounds)))

    def cut(self, bounds: tuple[float, float, float, float], which: np.ndarray | None = None) -> np.ndarray:
        """Return what of the shapes lies in a rectangle; blank shapes are left out."""
        here = self.within(bounds)
        if which is not None:
            here = here[which[here]]
        found = shapely.clip_by_rect(self.shapes[here], *bounds)
        return np.asarray(found[~shapely.is_empty(found)])


@dataclass(frozen=True)
class Ground:
    """The layers of a project in one system of metres.

    Parameters
    ----------
    crs
        The system.
    layers
        The layers that are there, by name.
    """

    crs: Any
    layers: Mapping[str, Layer] = field(repr=False)

    def layer(self, name: str) -> Layer | None:
        """Return a layer, if it is there."""
        return self.layers.get(name)

    @cached_property
    def outline(self) -> Layer | None:
        """The outline of it all: that which was given, or that around the blocks."""
        if "outline" in self.layers:
            return self.layers["outline"]
        blocks = self.layers.get("blocks")
        if blocks is None:
            return None
        return _layer_of(np.array([shapely.union_all(shapely.make_valid(blocks.shapes))]))

    @cached_property
    def towns(self) -> Layer | None:
        """The blocks of one name but for their number, together: a name where those of the blocks have no room."""
        blocks = self.layers.get("blocks")
        if blocks is None:
            return None
        number, names = pd.factorize(np.array([town_of(name) for name in blocks.names], dtype=object))
        order = np.argsort(number, kind="stable")
        parts = np.split(blocks.shapes[order], np.cumsum(np.bincount(number))[:-1])
        return _layer_of(np.array([shapely.union_all(shapely.make_valid(part)) for part in parts]), names)


def ground_of(background: Mapping[str, gpd.GeoDataFrame], *more: gpd.GeoDataFrame) -> Ground:
    """Make the ground of a project once, for all of its maps.

    Parameters
    ----------
    background
        Layers by name: ``hills``, ``water``, ``parks``, ``blocks``, ``streets``, ``rail``, ``stations``, ``outline``;
        others are not drawn. Main streets have ``main`` in a column ``road``.
    more
        What else will be on the maps: with it the system of metres is chosen.

    Examples
    --------
    >>> import geopandas as gpd
    >>> station = gpd.GeoDataFrame({"name": ["みほん駅"]}, geometry=[shapely.Point(139.7, 34.95)], crs="EPSG:4326")
    >>> ground = ground_of({"stations": station})
    >>> ground.crs.to_epsg(), ground.layers["stations"].names.tolist()
    (6677, ['みほん駅'])
    """
    tables = {name: background[name] for name in LAYERS if name in background and len(background[name])}
    there = [table for table in (*tables.values(), *more) if not table.geometry.isna().all()]
    # A map of nothing has some metres, too.
    crs = metre_crs(*there) if there else metre_crs(gpd.GeoSeries.from_xy([139.7], [35.7], crs=LONLAT))
    return Ground(crs, {name: _read(to_metres(table, crs)) for name, table in tables.items()})


def town_of(block: str) -> str:
    """Return the name of a block without its number.

    Examples
    --------
    >>> [town_of(name) for name in ("雑司が谷1丁目", "西池袋五丁目", "宮ケ丘（番地）", "扇町")]
    ['雑司が谷', '西池袋', '宮ケ丘', '扇町']
    """
    plain = unicodedata.normalize("NFKC", block).strip()
    return _NUMBER.sub("", plain) or plain


def _read(table: gpd.GeoDataFrame) -> Layer:
    there = table[~(table.geometry.isna() | table.geometry.is_empty)]
    column = next((name for name in _NAMES if name in there), None)
    names = [] if column is None else [name if isinstance(name, str) else "" for name in there[column]]
    main = (there["road"] == "main").to_numpy() if "road" in there else None
    heights = pd.to_numeric(there["height"], errors="coerce").fillna(0).to_numpy() if "height" in there else None
    return _layer_of(there.geometry.to_numpy(), names, main, heights)


def _layer_of(
    shapes: np.ndarray, names: Any = (), main: np.ndarray | None = None, heights: np.ndarray | None = None
) -> Layer:
    given = np.asarray(names, dtype=object) if len(names) else np.full(len(shapes), "", dtype=object)
    none = np.zeros(len(shapes))
    return Layer(
        shapes, given, none.astype(bool) if main is None else main, none if heights is None else np.asarray(heights)
    )
