import sqlite3
from dataclasses import replace
from datetime import date

import geopandas as gpd
import pyogrio

from resourcemap.publish.opendata.geopackage import write_geopackage
from resourcemap.read.resources import read_resources


def test_reading_gives_back_the_same_table(hard, catalog, about, same, tmp_path):
    path = write_geopackage(hard, tmp_path / "a.gpkg", catalog=catalog, about=about)
    same(hard, read_resources(path))
    assert gpd.read_file(path).crs.to_epsg() == 4326


def test_the_same_rows_give_the_same_bytes_of_the_day_they_tell_of(hard, catalog, about, tmp_path):
    first = write_geopackage(hard, tmp_path / "a.gpkg", catalog=catalog, about=about)
    again = write_geopackage(hard, tmp_path / "b.gpkg", catalog=catalog, about=about)
    other = write_geopackage(hard, tmp_path / "c.gpkg", catalog=catalog, about=replace(about, as_of=date(2026, 12, 1)))
    assert first.read_bytes() == again.read_bytes() != other.read_bytes()
    with sqlite3.connect(first) as content:
        rows = content.execute("SELECT table_name, identifier, last_change FROM gpkg_contents").fetchall()
    assert rows == [("resources", "みほん市の地域資源", "2026-11-01T00:00:00.000Z")]
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None
    assert pyogrio.read_info(first)["layer_metadata"]["LICENSE"] == "CC BY 4.0"


def test_a_layer_without_rows_is_a_layer(hard, catalog, about, tmp_path):
    path = write_geopackage(hard.only(hard.table.index[:0]), tmp_path / "a.gpkg", catalog=catalog, about=about)
    assert len(pyogrio.read_dataframe(path)) == 0
    assert pyogrio.read_info(path)["geometry_type"] == "Point"
