"""Whether each resource lies in the area that its sheet says, and in any at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.model.names import fold_name
from resourcemap.model.tables import AT_A_PLACE, OWN, RESOURCES

if TYPE_CHECKING:
    import geopandas as gpd

_OURS = frozenset(column.name for column in RESOURCES)
_HEADING = re.compile(r"圏域|地区|区域|学区|校区|エリア|ブロック|area|district", re.IGNORECASE)


def contradicted_areas(resources: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, placed: pd.DataFrame) -> pd.DataFrame:
    """List the resources that lie outside all areas of a system, or in another area than their sheet says.

    A column of the sheet claims areas when it is headed like a system of areas (圏域, 地区, ...) and holds names of
    its areas; names that no area has are not compared.

    Parameters
    ----------
    resources
        Located resources, with the columns of their sheets.
    areas
        Areas of one or several systems.
    placed
        The areas of the resources, from `placements`.

    Returns
    -------
    pandas.DataFrame
        ``resource_id``, ``system``, ``claimed`` (missing where the sheet says nothing) and ``found`` (missing
        outside all areas).

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> areas = gpd.GeoDataFrame({"system": "圏域", "area_id": ["西", "東"], "area": ["西", "東"]},
    ...     geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs="EPSG:4326")
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a"], "place": "venue", "圏域": ["東"]},
    ...     geometry=[shapely.Point(0.5, 0.5)], crs="EPSG:4326")
    >>> placed = pd.DataFrame({"resource_id": ["a"], "system": ["圏域"], "area_id": ["西"], "area": ["西"]})
    >>> contradicted_areas(salons, areas, placed).values.tolist()
    [['a', '圏域', '東', '西']]
    """
    there = resources[resources["place"].isin(AT_A_PLACE) & resources.geometry.notna()]
    found: list[tuple[str, str, str | None, str | None]] = []
    for system in pd.unique(areas["system"]):
        names = {fold_name(str(name)): str(name) for name in areas.loc[areas["system"] == system, "area"]}
        claims = _claims(there, str(system), names)
        rows = placed[placed["system"] == system]
        area_of = rows.groupby("resource_id")["area"].agg(set).to_dict()
        for resource in there["resource_id"]:
            inside = {str(area) for area in area_of.get(resource, set()) if isinstance(area, str)}
            claimed = claims.get(resource)
            if not inside or (claimed is not None and claimed not in inside):
                found.append((resource, str(system), claimed, min(inside, default=None)))
    return pd.DataFrame(found, columns=["resource_id", "system", "claimed", "found"], dtype=object)


def _claims(resources: gpd.GeoDataFrame, system: str, names: dict[str, str]) -> dict[str, str]:
    """Read the areas that sheets claim, under the names that the areas have."""
    claims: dict[str, str] = {}
    for column in resources.columns:
        heading = str(column).removeprefix(OWN)
        if column in _OURS or not (heading == system or _HEADING.search(heading)):
            continue
        cells = [_known(text, names) if isinstance(text, str) else None for text in resources[column]]
        claims |= {
            str(resource): name
            for resource, name in zip(resources["resource_id"], cells, strict=True)
            if name is not None
        }
    return claims


def _known(text: str, names: dict[str, str]) -> str | None:
    """Return the area of this name; 菊かおる園 and 菊かおる園圏域 are one."""
    key = fold_name(text)
    near = (key, f"{key}圏域", f"{key}地区", key.removesuffix("圏域"), key.removesuffix("地区"))
    return next((names[each] for each in near if each in names), None)
