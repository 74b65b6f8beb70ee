"""Metres: the zone that fits, and never degrees."""

from __future__ import annotations

import geopandas as gpd
import pytest
from pyproj import Geod

from resourcemap.errors import CRSError
from resourcemap.metres import crs_name, metre_crs, to_lonlat, to_metres


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (139.70, 35.73, 6677),  # 豊島区, zone IX
        (141.35, 43.06, 6680),  # 札幌市, zone XII
        (134.05, 34.34, 6672),  # 高松市, zone IV
        (127.68, 26.21, 6683),  # 那覇市, zone XV
        (131.42, 31.91, 6670),  # 宮崎市, zone II
    ],
)
def test_the_zone_is_near_and_lengths_in_it_are_true(lon, lat, code):
    here = gpd.GeoSeries.from_xy([lon, lon + 0.01], [lat, lat + 0.01], crs=4326)
    chosen = metre_crs(here)
    metres = to_metres(here, chosen)
    truth = Geod(ellps="GRS80").inv(lon, lat, lon + 0.01, lat + 0.01)[2]
    assert metres.iloc[0].distance(metres.iloc[1]) == pytest.approx(truth, rel=1.5e-4)
    assert abs(chosen.to_epsg() - code) <= 2


def test_what_no_zone_covers_gets_an_equidistant_system():
    japan = gpd.GeoSeries.from_xy([127.7, 141.3], [26.2, 43.1], crs=4326)
    assert "Azimuthal equidistant" in crs_name(metre_crs(japan))


def test_degrees_are_refused():
    here = gpd.GeoSeries.from_xy([139.7], [35.7], crs=4326)
    with pytest.raises(CRSError, match="not in metres"):
        to_metres(here, "EPSG:4326")


def test_a_table_without_crs_is_refused():
    with pytest.raises(CRSError, match="no CRS"):
        to_lonlat(gpd.GeoSeries.from_xy([139.7], [35.7]))


def test_nothing_with_a_position_is_an_error_not_a_guess():
    with pytest.raises(CRSError, match="No row has a position"):
        metre_crs(gpd.GeoSeries([None], crs=4326))
