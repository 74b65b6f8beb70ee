"""Finding the block that a row of a table means, by its id or by its name and city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from resourcemap.model.names import fold_name
from resourcemap.read.cities import city_key, same_city

if TYPE_CHECKING:
    import geopandas as gpd


class BlockIndex:
    """Finds blocks by id (leading zeros may be lost) or by folded name, and knows a point inside each.

    Blocks of one name are told apart by their city, where both the blocks and the row say it.

    Parameters
    ----------
    blocks
        The blocks, as from `read_blocks`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> blocks = gpd.GeoDataFrame({"block_id": ["01", "02"], "block": ["本町", "本町"], "city": ["東区", "西区"]},
    ...     geometry=gpd.points_from_xy([141.3, 141.2], [43.1, 43.1]), crs="EPSG:4326")
    >>> index = BlockIndex(blocks)
    >>> index.find("", "本 町", "札幌市西区"), index.find("", "本町", "北区"), index.find("", "本町")
    (1, None, None)
    """

    def __init__(self, blocks: gpd.GeoDataFrame) -> None:
        shapes = blocks.geometry.to_numpy()
        points = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
        self.points = np.where(points, shapes, shapely.point_on_surface(shapes))
        ids = [str(id_) for id_ in blocks["block_id"]]
        self._ids = {id_.lstrip("0"): place for place, id_ in enumerate(ids)} | {
            id_: place for place, id_ in enumerate(ids)
        }
        cities = blocks["city"] if "city" in blocks else [""] * len(blocks)
        self._cities = [city_key(city) if isinstance(city, str) else "" for city in cities]
        self._named: dict[str, list[int]] = {}
        for place, name in enumerate(blocks["block"]):
            self._named.setdefault(fold_name(str(name)), []).append(place)

    @property
    def cities(self) -> set[str]:
        """The keys of the cities that the blocks lie in."""
        return {city for city in self._cities if city}

    def find(self, id_: str, name: str, city: str = "") -> int | None:
        """Return the place of a block, or nothing where there is none or more than one."""
        found = self._ids.get(id_, self._ids.get(id_.lstrip("0"))) if id_ else None
        if found is not None or not name:
            return found
        places = self._places(name, city)
        return places[0] if len(places) == 1 else None

    def several(self, name: str, city: str = "") -> bool:
        """Tell whether more than one block has this name in this city."""
        return len(self._places(name, city)) > 1

    def _places(self, name: str, city: str) -> list[int]:
        places, wanted = self._named.get(fold_name(name), []), city_key(city)
        return [
            place for place in places if not (wanted and self._cities[place]) or same_city(wanted, self._cities[place])
        ]
