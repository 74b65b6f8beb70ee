"""The map of the sample city holds together as a map of a real town would."""

import shapely
from shapely import STRtree


def test_ninety_blocks_tile_the_city_without_gap_or_overlap(layer):
    blocks = layer("blocks")
    city = blocks.union_all()
    assert 85 <= len(blocks) <= 95
    assert blocks["block_id"].is_unique
    assert blocks["block"].is_unique
    assert blocks.is_valid.all()
    assert city.geom_type == "Polygon"
    assert len(city.interiors) == 0
    assert abs(blocks.area.sum() - city.area) < 1
    assert 20e6 < city.area < 32e6


def test_blocks_have_many_sizes_and_crooked_borders(layer):
    blocks = layer("blocks")
    assert blocks.area.max() > 5 * blocks.area.min()
    assert (blocks.area / blocks.convex_hull.area < 0.95).mean() > 0.3


def test_school_districts_tile_the_city_and_cut_through_blocks(layer):
    districts, blocks = layer("school_districts"), layer("blocks")
    assert len(districts) == 12
    assert set(districts.geom_type) == {"Polygon"}
    assert abs(districts.area.sum() - districts.union_all().area) < 1
    assert abs(districts.union_all().area - blocks.area.sum()) < 5_000
    shares = shapely.area(shapely.intersection(blocks.geometry.to_numpy()[:, None], districts.geometry.to_numpy()))
    assert ((shares > 0.1 * blocks.area.to_numpy()[:, None]).sum(axis=1) > 1).sum() > 15


def test_streets_hang_together(layer):
    streets = layer("streets")
    parent = {}

    def root(node):
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for line in streets.geometry:
        ends = line.boundary.geoms
        first, second = ((round(end.x, 2), round(end.y, 2)) for end in ends)
        parent[root(first)] = root(second)
    assert len({root(node) for node in list(parent)}) == 1
    assert 3_000 < len(streets) < 6_000


def test_lengths_are_those_of_the_lines(layer):
    streets = layer("streets")
    assert ((streets["length_m"] - streets.length).abs() < 0.25 + streets.length * 0.002).all()


def test_the_river_is_crossed_on_four_bridges_and_nowhere_else(layer):
    streets, water = layer("streets"), layer("water")
    river = water[water["name"] == "みほん川"].union_all()
    over = streets[streets.intersects(river)]
    assert set(over["name"]) == {"北大橋", "みほん大橋", "街道橋", "南大橋"}
    assert over["bridge"].all()


def test_the_railway_has_two_stations_and_few_crossings(layer):
    streets, rail, stations = layer("streets"), layer("rail"), layer("stations")
    over = streets[streets.intersects(rail.union_all())]
    assert over["bridge"].all()
    assert 3 <= over["name"].nunique() <= 6
    assert stations["name"].tolist() == ["みほん駅", "川東駅"]
    assert (stations.distance(rail.union_all()) < 1).all()


def test_slopes_and_steps_are_on_the_hills_in_the_north_west(layer):
    streets, hills = layer("streets"), layer("hills")
    steep = streets[streets["slope"] > 0.06]
    steps = streets[streets["steps"]]
    assert len(steep) > 100
    assert len(steps) > 20
    assert streets["slope"].between(0, 0.3).all()
    west, south, east, north = streets.total_bounds
    for found in (steep.union_all(), hills.union_all()):
        assert found.centroid.x < (west + east) / 2
        assert found.centroid.y > (south + north) / 2


def test_there_is_one_large_park_and_many_small_ones(layer):
    parks = layer("parks")
    assert parks["name"].is_unique
    assert parks.area.max() > 200_000
    assert (parks.area < 30_000).sum() > 50


def test_every_address_lies_in_its_block(layer, addresses):
    blocks = layer("blocks").to_crs("EPSG:4326")
    numerals = "〇一二三四五六七八九"
    names = [name.translate(str.maketrans(numerals, "0123456789")) for name in addresses["大字・丁目名"]]
    points = shapely.points(addresses["経度"], addresses["緯度"])
    rows, found = STRtree(blocks.geometry.to_numpy()).query(points, predicate="within")
    assert len(rows) == len(addresses)
    at = dict(zip(rows.tolist(), blocks["block"].to_numpy()[found], strict=True))
    assert [names[row] for row in sorted(at)] == [at[row] for row in sorted(at)]
    assert not addresses.duplicated(["大字・丁目名", "街区符号・地番"]).any()
    assert set(names) == set(blocks["block"])
