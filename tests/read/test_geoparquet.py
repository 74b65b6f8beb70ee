import builtins

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.read.areas import read_areas
from resourcemap.read.resources import read_resources

SHAPES = gpd.GeoDataFrame(
    {"名称": ["A", "B"], "定員": [20, None]}, geometry=gpd.points_from_xy([139.7, 139.8], [35.7, 35.6])
)


@pytest.mark.parametrize(("crs", "to"), [("EPSG:4326", None), ("OGC:CRS84", None), ("EPSG:6668", 6677)])
def test_geoparquet_is_read_in_longitude_and_latitude(tmp_path, crs, to):
    shapes = SHAPES.set_crs(crs)
    (shapes.to_crs(to) if to else shapes).to_parquet(tmp_path / "a.parquet")
    read = read_resources(tmp_path / "a.parquet", kind="salon")
    assert read["capacity"].tolist() == [20, None]
    assert shapely.distance(read.geometry[1], shapely.Point(139.8, 35.6)) < 1e-8


def test_areas_come_from_geoparquet(tmp_path):
    shapes = gpd.GeoDataFrame({"name": ["東"]}, geometry=[shapely.box(139, 35, 140, 36)], crs=4326)
    shapes.to_parquet(tmp_path / "a.geoparquet", geometry_encoding="geoarrow")
    assert read_areas(tmp_path / "a.geoparquet", system="圏域")["area"].tolist() == ["東"]


def test_a_table_without_shapes_is_a_table(tmp_path):
    pd.DataFrame({"種類": ["サロン"], "名称": ["A"], "住所": ["本町1"]}).to_parquet(tmp_path / "a.parquet")
    assert read_resources(tmp_path / "a.parquet")["address"].tolist() == ["本町1"]


def test_an_undefined_crs_is_told(tmp_path):
    SHAPES.to_parquet(tmp_path / "a.parquet")
    with pytest.raises(InputError, match=r"has no CRS.*look like longitude and latitude in Japan"):
        read_resources(tmp_path / "a.parquet", kind="salon")


def test_a_broken_file_is_told(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + b"x" * 100)
    with pytest.raises(InputError, match=r"a\.parquet: cannot be read as Parquet"):
        read_resources(tmp_path / "a.parquet", kind="salon")


def test_without_the_extra_its_name_is_told(tmp_path, monkeypatch):
    SHAPES.set_crs(4326).to_parquet(tmp_path / "a.parquet")
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"pip install 'resourcemap\[parquet\]'"):
        read_resources(tmp_path / "a.parquet", kind="salon")
