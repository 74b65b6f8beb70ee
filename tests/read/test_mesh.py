import geopandas as gpd
import numpy as np
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.reach.spread import spread_people
from resourcemap.read.mesh import is_mesh_code, mesh_areas, mesh_bounds, mesh_points, mesh_polygons
from resourcemap.read.people import read_people

# South-west corners and sizes by hand: 1 degree by 40 minutes, eighths, tenths, halves of halves.
KNOWN = {
    "5339": (139.0, 35 + 20 / 60, 1.0, 40 / 60),
    "533945": (139.625, 35 + 40 / 60, 1 / 8, 5 / 60),
    "53394526": (139.7, 35 + 41 / 60, 45 / 3600, 30 / 3600),
    "533945263": (139.7, 35 + 41 / 60 + 15 / 3600, 22.5 / 3600, 15 / 3600),
    "5339452634": (139.7 + 11.25 / 3600, 35 + 41 / 60 + 22.5 / 3600, 11.25 / 3600, 7.5 / 3600),
}


@pytest.mark.parametrize("code", KNOWN)
def test_a_code_is_a_rectangle(code):
    west, south, width, height = KNOWN[code]
    assert np.allclose(mesh_bounds([code]), [[west, south, west + width, south + height]], atol=1e-12)
    assert mesh_polygons([code])[0].contains(mesh_points([code])[0])


@pytest.mark.parametrize("code", ["5339", "533945", "53394526", "533945263"])
def test_meshes_of_the_next_level_tile_one(code):
    if len(code) == 4:
        inner = [f"{code}{y}{x}" for y in range(8) for x in range(8)]
    elif len(code) == 6:
        inner = [f"{code}{y}{x}" for y in range(10) for x in range(10)]
    else:
        inner = [f"{code}{quarter}" for quarter in "1234"]
    whole = shapely.union_all(mesh_polygons(inner), grid_size=1e-9)
    assert shapely.hausdorff_distance(whole, mesh_polygons([code])[0]) < 1e-8


@pytest.mark.parametrize("code", ["", "533", "53398", "533988", "53394526x", "533945265", "13219005003", "11101002005"])
def test_other_codes_are_no_meshes(code):
    assert not is_mesh_code(code)


def test_people_on_meshes_spread_over_their_rectangles(csv_file):
    people = read_people(
        csv_file("コード,人口,0～14歳,15歳以上\n53394526,70,20,50\n533945263,5,1,4\n"), block_id="コード"
    )
    assert people.attrs["meshes"]
    areas = mesh_areas(people["block_id"])
    spread = spread_people(people, areas, metres=200)
    columns = ["total", "age_0_14", "age_15_over"]
    assert spread.groupby("block_id")[columns].sum().to_numpy().tolist() == [[70, 20, 50], [5, 1, 4]]
    assert len(spread) > 25
    shapes = areas.set_index("block_id").geometry.loc[spread["block_id"]]
    assert shapes.covers(spread.geometry, align=False).all()


def test_codes_without_a_heading_are_town_blocks_where_there_are_blocks(csv_file):
    blocks = gpd.GeoDataFrame(
        {"block_id": ["533945263"], "block": ["本町"]}, geometry=[shapely.box(139, 35, 140, 36)], crs=4326
    )
    people = read_people(csv_file("コード,人口\n533945263,5\n"), blocks=blocks)
    assert not people.attrs["meshes"]
    assert people.geometry.iloc[0].x == 139.5


def test_six_digits_may_be_those_of_a_city(csv_file):
    with pytest.raises(InputError, match="Give the blocks, too"):
        read_people(csv_file("コード,人口\n362018,250000\n"))
