"""Metres and coordinate reference systems: the only place that knows either.

Tables travel in longitude and latitude (EPSG:4326). Distances are measured in a metre system chosen
here: the zone of the Japan Plane Rectangular Coordinate System (JGD2011, EPSG:6669 to 6687) whose
meridian is nearest, or an azimuthal equidistant projection around the data when they reach farther
than 200 km from that meridian.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from pyproj import CRS, Geod
from pyproj.crs import ProjectedCRS
from pyproj.crs.coordinate_operation import AzimuthalEquidistantConversion

from resourcemap.errors import CRSError
from resourcemap.language import either

if TYPE_CHECKING:
    import geopandas as gpd

LONLAT = "EPSG:4326"

# Origins (longitude, latitude) of zones I to XIX: 国土交通省告示第9号, 2002.
_ZONES = (
    (129.5, 33.0),
    (131.0, 33.0),
    (132.0 + 10 / 60, 36.0),
    (133.5, 33.0),
    (134.0 + 20 / 60, 36.0),
    (136.0, 36.0),
    (137.0 + 10 / 60, 36.0),
    (138.5, 36.0),
    (139.0 + 50 / 60, 36.0),
    (140.0 + 50 / 60, 40.0),
    (140.25, 44.0),
    (142.25, 44.0),
    (144.25, 44.0),
    (142.0, 26.0),
    (127.5, 26.0),
    (124.0, 26.0),
    (131.0, 26.0),
    (136.0, 20.0),
    (154.0, 26.0),
)
_FIRST_ZONE = 6669
_ZONE_REACH = 200_000.0
_ZONE_DEGREES = 4.0
_METRE_TYPES = ("Projected CRS", "Derived Projected CRS")


def metre_crs(*tables: gpd.GeoDataFrame | gpd.GeoSeries) -> CRS:
    """Choose the system in which distances between `tables` are measured in metres.

    Parameters
    ----------
    tables
        Tables with a CRS; empty tables and missing geometries do not count.

    Returns
    -------
    pyproj.CRS
        A zone of JGD2011, or an azimuthal equidistant system where no zone fits. Lengths in a zone are
        off by at most 1 in 10,000 up to 130 km from its meridian.

    Raises
    ------
    CRSError
        When a table has no CRS, or none has a geometry.

    Examples
    --------
    >>> import geopandas as gpd
    >>> metre_crs(gpd.GeoSeries.from_xy([139.7], [35.7], crs=LONLAT)).to_epsg()
    6677
    """
    bounds = np.array([to_lonlat(table).total_bounds for table in tables if len(table)]).reshape(-1, 4)
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(bounds):
        raise CRSError(
            either(
                ja="位置のある行がひとつもないため、距離を測れません。",
                en="No row has a position, so no distance can be measured.",
            )
        )
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    lon, lat = (west + east) / 2, (south + north) / 2
    zone = _nearest_zone(lon, lat)
    if zone is not None and max(_metres_to_meridian(zone, x, lat) for x in (west, east)) <= _ZONE_REACH:
        return CRS.from_epsg(_FIRST_ZONE + zone)
    return ProjectedCRS(
        AzimuthalEquidistantConversion(latitude_natural_origin=lat, longitude_natural_origin=lon),
        name=f"Azimuthal equidistant around {lat:.4f}N {lon:.4f}E",
        geodetic_crs="EPSG:6668",
    )


def _nearest_zone(lon: float, lat: float) -> int | None:
    """Return the number (from 0) of the zone with the nearest meridian among those not far north or south."""
    candidates = [
        (_metres_to_meridian(zone, lon, lat), zone)
        for zone, (_, origin_lat) in enumerate(_ZONES)
        if abs(origin_lat - lat) <= _ZONE_DEGREES
    ]
    return min(candidates)[1] if candidates else None


def _metres_to_meridian(zone: int, lon: float, lat: float) -> float:
    return float(Geod(ellps="GRS80").inv(_ZONES[zone][0], lat, lon, lat)[2])


def metres_between(lon: Any, lat: Any, lons: Any, lats: Any) -> np.ndarray:
    """Return the metres from points to points along the surface of the Earth; missing where one has no point.

    All four are longitudes and latitudes in degrees, numbers or arrays of one length.

    Examples
    --------
    >>> metres_between(139.7, 35.0, [139.7, 139.71], [35.0, 35.0]).round(1).tolist()
    [0.0, 912.9]
    """
    each = np.broadcast_arrays(*(np.asarray(degrees, dtype=float) for degrees in (lon, lat, lons, lats)))
    return np.asarray(Geod(ellps="GRS80").inv(each[0], each[1], each[2], each[3])[2], dtype=float)


def crs_name(crs: object) -> str:
    """Name a CRS for a person: its EPSG code and name.

    Examples
    --------
    >>> crs_name("EPSG:6677")
    'EPSG:6677 (JGD2011 / Japan Plane Rectangular CS IX)'
    """
    known = CRS.from_user_input(crs)
    code = known.to_epsg()
    return f"EPSG:{code} ({known.name})" if code else known.name


def to_lonlat(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the table in longitude and latitude (EPSG:4326).

    Raises
    ------
    CRSError
        When the table has no CRS.

    Examples
    --------
    >>> import geopandas as gpd
    >>> to_lonlat(gpd.GeoSeries.from_xy([139.7], [35.7], crs="EPSG:6668")).crs.to_epsg()
    4326
    """
    _require_crs(table)
    return table if table.crs == LONLAT else table.to_crs(LONLAT)


def to_metres(table: gpd.GeoDataFrame, crs: object) -> gpd.GeoDataFrame:
    """Return the table in the metre system `crs`; degrees are refused.

    Raises
    ------
    CRSError
        When the table has no CRS, or `crs` is not in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> place = gpd.GeoSeries.from_xy([139 + 50 / 60], [36.0], crs=LONLAT)
    >>> bool(abs(to_metres(place, "EPSG:6677").x[0]) < 0.001)
    True
    """
    _require_crs(table)
    known = CRS.from_user_input(crs)
    if known.type_name not in _METRE_TYPES or known.axis_info[0].unit_name != "metre":
        raise CRSError(
            either(
                ja=f"座標系 {known.name} はメートルではないため、距離を測れません。"
                "平面直角座標系などを指定してください。",
                en=f"CRS {known.name} is not in metres. Give a projected one, such as EPSG:6677.",
            )
        )
    return table.to_crs(known)


def in_crs_of(table: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the table in the system of another one: itself where they have the same.

    Raises
    ------
    CRSError
        When one of them has no CRS.

    Examples
    --------
    >>> import geopandas as gpd
    >>> places = gpd.GeoSeries.from_xy([139.7], [35.7], crs=LONLAT)
    >>> in_crs_of(places, places) is places, in_crs_of(places, places.to_crs("EPSG:6677")).crs.to_epsg()
    (True, 6677)
    """
    _require_crs(table)
    _require_crs(other)
    return table if table.crs == other.crs else table.to_crs(other.crs)


def _require_crs(table: gpd.GeoDataFrame) -> None:
    if table.crs is None:
        raise CRSError(
            either(
                ja="座標系のない表です。set_crs で座標系（緯度経度なら EPSG:4326）を付けてください。",
                en="The table has no CRS. Set one with set_crs (EPSG:4326 for longitude and latitude).",
            )
        )
