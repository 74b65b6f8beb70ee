import json

import geopandas as gpd
import pytest

from resourcemap.errors import ReleaseError
from resourcemap.model.consent import release
from resourcemap.publish.opendata.geojson import write_geojson
from resourcemap.read.resources import read_resources


def test_reading_gives_back_the_same_table(hard, catalog, about, same, tmp_path):
    path = write_geojson(hard, tmp_path / "a.geojson", catalog=catalog, about=about)
    same(hard, read_resources(path))


def test_it_is_geojson_as_the_standard_has_it(hard, catalog, about, tmp_path):
    path = write_geojson(hard, tmp_path / "a.geojson", catalog=catalog, about=about)
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert {name: whole[name] for name in whole if name != "features"} == {
        "type": "FeatureCollection",
        "title": "みほん市の地域資源",
        "publisher": "みほん市社協",
        "date": "2026-11-01",
        "license": "CC BY 4.0",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
        "attribution": "みほん市社協",
    }
    first = whole["features"][0]
    assert (first["type"], first["id"]) == ("Feature", "S-plain")
    assert first["geometry"] == {"type": "Point", "coordinates": [139.7, 35.712346]}
    assert sum(feature["geometry"] is None for feature in whole["features"]) == 7
    points = gpd.read_file(path).geometry
    assert points.crs.to_epsg() == 4326
    assert points.iloc[0].equals(gpd.points_from_xy([139.7], [35.712346])[0])


def test_rows_for_another_output_are_refused(catalog, about, tmp_path):
    salons = gpd.GeoDataFrame(
        {"resource_id": ["a"], "name": "A", "status": "active", "channels": "map"}, geometry=[None], crs=4326
    )
    with pytest.raises(ReleaseError, match="open_data"):
        write_geojson(release(salons, "map"), tmp_path / "a.geojson", catalog=catalog, about=about)
