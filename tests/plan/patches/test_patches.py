"""Patches: found, counted, drawn and named as a person with a map and a pencil would."""

from __future__ import annotations

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.measure.audience import people_of
from resourcemap.measure.reached import reached_by_kind
from resourcemap.measure.supply import supply_of
from resourcemap.plan.patches.ground import ground_of
from resourcemap.plan.patches.patches import patch_sentence, patches

METRES = "EPSG:6677"
SIZE = 100


def squares(columns, rows, per_block=2):
    """Make a town of square cells of 100 m with one person point each, `per_block` by `per_block` of them a block."""
    at = [(x, y) for y in range(rows) for x in range(columns)]
    of = [f"{x // per_block}-{y // per_block}" for x, y in at]
    side = SIZE * per_block
    corners = {name: [int(part) * side for part in name.split("-")] for name in dict.fromkeys(of)}
    blocks = gpd.GeoDataFrame(
        {"block_id": list(corners), "block": [f"{name}丁目" for name in corners], "approximate": False},
        geometry=[shapely.box(x, y, x + side, y + side) for x, y in corners.values()],
        crs=METRES,
    )
    centres = (np.array(at) + 0.5) * SIZE
    people = gpd.GeoDataFrame(
        {"block_id": of, "total": 10, "age_0_64": 6, "age_65_over": 4},
        geometry=gpd.points_from_xy(*centres.T),
        crs=METRES,
    )
    return people, blocks


def drawn(*lines):
    """Turn a drawing, north above, into one truth per person point: x is beyond."""
    return np.array([mark == "x" for line in reversed(lines) for mark in line])


PEOPLE, BLOCKS = squares(6, 4)
GROUND = ground_of(PEOPLE, BLOCKS)
ONE_BLOCK = BLOCKS.dissolve().assign(block_id=["1"], block=["町"], approximate=False)


def test_a_drawing_counted_by_hand():
    found = patches(GROUND, drawn("xx...x", "xx..x.", "......", ".x.xxx"))
    assert found["name"].tolist() == ["0-1丁目", "2-0丁目の南側・1-0丁目の南東側", *EDGES]
    assert found["people"].tolist() == [40, 30, 10, 10, 10]
    assert found["square_metres"].tolist() == pytest.approx([40_000, 30_000, 10_000, 10_000, 10_000])
    assert found["age_65_over"].tolist() == [16, 12, 4, 4, 4]
    assert found["rank"].tolist() == [1, 2, 3, 4, 5]
    assert found["blocks"].tolist()[:2] == ["0-1丁目", "2-0丁目、1-0丁目"]


# One point at the south-east of 0-0, and two that meet at a corner in the block 2-1.
EDGES = ["0-0丁目の南東側", "2-1丁目の北東側", "2-1丁目の南西側"]


def test_a_reached_point_between_parts_two():
    assert patches(GROUND, drawn("......", "xxxxxx", "......", "......"))["people"].tolist() == [60]
    assert patches(GROUND, drawn("......", "xx.xxx", "......", "......"))["people"].tolist() == [30, 20]


def test_nobody_beyond_is_no_patch():
    found = patches(GROUND, np.zeros(24, dtype=bool))
    assert len(found) == 0
    assert found.crs == PEOPLE.crs
    assert found.attrs == {"fewer": {"patches": 0, "people": 0}, "nobody": 0, "nowhere": 0}


def test_everybody_beyond_is_one_patch():
    found = patches(GROUND, np.ones(24, dtype=bool))
    assert found["name"].tolist() == ["0-0丁目・1-0丁目・2-0丁目ほか3町丁目"]
    assert found.geometry[0].equals(shapely.box(0, 0, 600, 400))


def test_only_those_who_count_are_counted_and_ranked():
    counted = np.zeros(24, dtype=int)
    counted[[0, 5]] = 2, 3
    found = patches(GROUND, drawn("......", "......", "......", "xxx..x"), counted)
    # 1-0 is empty of them, so that its cell is in no patch.
    assert found[["name", "people", "total"]].to_numpy().tolist() == [
        ["2-0丁目の南東側", 3, 10],
        ["0-0丁目の南側", 2, 20],
    ]


def test_a_patch_of_nobody_who_counts_is_left_out_and_told():
    counted = np.zeros(24, dtype=int)
    counted[0] = 2
    found = patches(GROUND, drawn("......", "......", ".x....", "......"), counted)
    assert len(found) == 0
    assert found.attrs["nobody"] == 1


def test_ground_where_nobody_lives_joins_nothing():
    people = PEOPLE.copy()
    people.loc[people["block_id"].str.startswith("1-"), ["total", "age_0_64", "age_65_over"]] = 0
    found = patches(ground_of(people, BLOCKS), drawn("......", "......", "xxxxxx", "xxxxxx"))
    assert found["name"].tolist() == ["0-0丁目", "2-0丁目"]


def test_people_far_apart_make_a_patch_of_their_block():
    people = PEOPLE.copy()
    mountain = people["block_id"].str.startswith("1-")
    people.loc[mountain, ["total", "age_0_64", "age_65_over"]] = [2, 1, 1]
    ground, south = ground_of(people, BLOCKS), drawn("......", "......", "xxxxxx", "xxxxxx")
    found = patches(ground, south)
    assert found[["name", "people"]].to_numpy().tolist() == [["0-0丁目", 40], ["2-0丁目", 40], ["1-0丁目", 8]]
    assert len(patches(ground, south, sparse=0)) == 1


def test_patches_end_at_the_areas_given():
    area = np.where(shapely.get_x(PEOPLE.geometry) < 300, "西", "東")
    found = patches(GROUND, drawn("......", "xxxxxx", "......", "......"), apart=area)
    assert found["people"].tolist() == [30, 30]
    assert found["name"].tolist() == ["0-1丁目の南側・1-1丁目の南西側", "2-1丁目の南側・1-1丁目の南東側"]


def test_small_patches_are_told_in_one_number():
    found = patches(GROUND, drawn("x.x.xx", "......", "......", "......"), least=15)
    assert found["people"].tolist() == [20]
    assert found.attrs["fewer"] == {"patches": 2, "people": 20}


def test_patches_of_one_name_have_a_number():
    people, blocks = squares(6, 6, per_block=6)
    found = patches(
        ground_of(people, blocks), drawn("......", ".....x", "......", "......", ".....x", "......"), sparse=0
    )
    assert found["name"].tolist() == ["0-0丁目の北東側", "0-0丁目の南東側"]
    found = patches(
        ground_of(people, blocks), drawn("......", "......", ".....x", "....x.", "......", "......"), sparse=0
    )
    assert found["name"].tolist() == ["0-0丁目の東側（1）", "0-0丁目の東側（2）"]


def test_people_without_a_place_are_told():
    people = PEOPLE.copy()
    people.loc[0, "geometry"] = None
    found = patches(ground_of(people, BLOCKS), np.ones(24, dtype=bool))
    assert (found["people"].sum(), found.attrs["nowhere"]) == (230, 10)


def test_people_outside_of_the_blocks_are_near_one():
    outside = PEOPLE.iloc[:1].assign(block_id=None).set_geometry(gpd.points_from_xy([300], [460]), crs=METRES)
    people = pd.concat([PEOPLE, outside], ignore_index=True)
    found = patches(ground_of(people, BLOCKS), np.arange(25) == 24)
    assert found[["name", "blocks", "people"]].to_numpy().tolist() == [["1-1丁目の近く", "", 10]]


def test_meshes_need_no_blocks():
    found = patches(ground_of(PEOPLE.to_crs("EPSG:4326")), drawn("xx....", "xx....", "......", "....xx"))
    assert found["people"].tolist() == [40, 20]
    assert found["name"][0].startswith("北緯36.00")
    assert found["name"][0].endswith("のあたり")


def test_points_in_one_place_are_one_cell_and_count_by_themselves():
    people = pd.concat([PEOPLE, PEOPLE.iloc[:1]], ignore_index=True)
    found = patches(ground_of(people, BLOCKS), np.arange(25) == 24)
    assert found[["people", "square_metres"]].to_numpy().tolist() == [[10, 10_000]]


def test_borders_drawn_twice_make_one_polygon():
    apart = BLOCKS.set_geometry(shapely.buffer(BLOCKS.geometry.to_numpy(), -0.4, join_style="mitre"), crs=METRES)
    found = patches(ground_of(PEOPLE, apart), np.ones(24, dtype=bool))
    assert len(found) == 1
    assert found.geom_type.tolist() == ["Polygon"]
    assert len(found.geometry[0].interiors) == 0


def test_the_label_lies_inside_and_the_crs_is_that_of_the_people():
    found = patches(ground_of(PEOPLE.to_crs("EPSG:4326"), BLOCKS), drawn("xxxxxx", "x....x", "x....x", "xxxxxx"))
    assert found.crs.to_epsg() == 4326
    assert shapely.contains_xy(found.geometry[0], found["label_x"][0], found["label_y"][0])


def test_nothing_given_is_changed():
    people, blocks = PEOPLE.copy(), BLOCKS.copy()
    patches(ground_of(people, blocks), np.ones(24, dtype=bool))
    pd.testing.assert_frame_equal(people, PEOPLE)
    pd.testing.assert_frame_equal(blocks, BLOCKS)


def test_one_truth_and_one_number_per_point():
    message = (
        "There are 24 person points and 3 of beyond. Give one each, in the same order.\nThere are 24 person points"
    )
    with pytest.raises(InputError, match=message):
        patches(GROUND, np.ones(3, dtype=bool), np.ones(2))
    with speaking("ja"), pytest.raises(InputError, match="人の点は24か所、apart は1個です"):
        patches(GROUND, np.ones(24, dtype=bool), apart=np.ones(1))


@settings(max_examples=50)
@given(st.lists(st.booleans(), min_size=24, max_size=24))
def test_against_a_graph_and_against_shapely(marks):
    beyond = np.array(marks)
    found = patches(GROUND, beyond)
    grid = nx.grid_2d_graph(4, 6).subgraph([divmod(int(at), 6) for at in np.flatnonzero(beyond)])
    expected = sorted((len(part) * 10 for part in nx.connected_components(grid)), reverse=True)
    assert found["people"].tolist() == expected
    united = shapely.union_all(GROUND.shapes[GROUND.cell[beyond]])
    parts = shapely.get_parts(united)
    assert sorted(shapely.area(parts)) == pytest.approx(sorted(found["square_metres"]))
    assert shapely.union_all(found.geometry.to_numpy()).symmetric_difference(united).area < 1e-3


@settings(max_examples=40)
@given(st.data())
def test_people_are_kept_and_reached_points_never_join(data):
    places = st.tuples(st.integers(1, 599), st.integers(1, 399), st.integers(0, 20), st.booleans())
    rows = data.draw(st.lists(places, min_size=1, max_size=30, unique_by=lambda row: row[:2]))
    more = data.draw(st.lists(places, max_size=10))
    east, north, people, beyond = map(np.array, zip(*rows, *[(*row[:2], 0, False) for row in more], strict=True))
    homes = gpd.GeoDataFrame({"block_id": "1", "total": people}, geometry=gpd.points_from_xy(east, north), crs=METRES)
    first = slice(len(rows))
    before = patches(ground_of(homes[first], ONE_BLOCK), beyond[first], sparse=0)
    after = patches(ground_of(homes, ONE_BLOCK), beyond, sparse=0)
    assert before["people"].sum() == after["people"].sum() == people[beyond].sum()
    points = homes.geometry.to_numpy()[beyond & (people > 0)]
    if not len(points):
        return
    was, is_now = (shapely.STRtree(found.geometry).nearest(points) for found in (before, after))
    assert len(set(zip(is_now, was, strict=True))) == len(set(is_now))


def test_the_sample_city(sample_project):
    project = sample_project.project
    homes, located = project.homes, project.located
    supply = supply_of(located, on=project.as_of)
    beyond = ~reached_by_kind(project.reach, supply, len(homes), ["salon"])["salon"].within(500)
    older, _ = people_of(homes, project.catalog.audiences["older"])
    ground = ground_of(homes, project.blocks)
    found = patches(ground, beyond, older, least=10)
    assert found["people"].sum() + found.attrs["fewer"]["people"] == older[beyond].sum()
    assert found["name"].is_unique
    assert found.geometry.is_valid.all()
    assert (found.geom_type == "Polygon").all()
    shapes = found.to_crs(ground.crs).geometry.to_numpy()
    near = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    assert shapely.area(shapely.intersection(shapes[near[0]], shapes[near[1]]))[near[0] != near[1]].sum() < 1
    again = patches(ground_of(homes, project.blocks), beyond, older, least=10)
    assert again.to_wkt().equals(found.to_wkt())


ROW = {"name": "東町の東側", "people": 412, "square_metres": 123_456.0, "approximate": False}


@pytest.mark.parametrize(
    ("change", "way", "sentence"),
    [
        (
            {},
            None,
            "東町の東側に、サロンから直線で500m以内に入らない65歳以上が412人まとまって住んでいます（0.12平方km）。",
        ),
        (
            {"people": 3},
            None,
            "東町の東側に、サロンから直線で500m以内に入らない65歳以上が3人住んでいます（0.12平方km）。",
        ),
        (
            {"people": 1412, "approximate": True, "square_metres": 4_000},
            "streets older",
            "東町の東側に、サロンから道のりで500m以内に入らない65歳以上が1,412人まとまって住んでいます（0.01平方km未満）。町丁目の境界はおよその形です。",
        ),
    ],
)
def test_the_sentence(change, way, sentence):
    assert patch_sentence(ROW | change, who="65歳以上", what="サロン", metres=500, way=way) == sentence


def test_a_town_without_people_has_no_patch():
    found = patches(ground_of(PEOPLE.iloc[:0], BLOCKS), np.zeros(0, dtype=bool))
    assert (len(found), found.attrs["nowhere"]) == (0, 0)
