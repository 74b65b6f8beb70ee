"""The ground and the areas as the page gets them: what is written, how much of it, and what is refused."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from benchmarks.tessellation import tessellation
from resourcemap.errors import InputError
from resourcemap.publish.webmap.ground import areas_by_system, bare_ground, bounds, ground
from tests.publish.webmap.reading import numbers, polygons, rings

# On the disk, 5,000 areas with names, ids, borders and points may be as large as this.
MEGABYTES = 3


def areas_of(*geometries, crs="EPSG:4326"):
    rows = {"system": "圏域", "area_id": [str(at) for at in range(len(geometries))], "approximate": False}
    rows["area"] = [f"区域{at}" for at in range(len(geometries))]
    return gpd.GeoDataFrame(rows, geometry=list(geometries), crs=crs)


@pytest.fixture(scope="module")
def prefecture():
    """5,000 areas with crooked borders on 70 km."""
    rng = np.random.default_rng(8)
    table = tessellation(rng.uniform(0, 70_000, (5_000, 2)), 70_000.0, seed=8, name="ground")
    return table.assign(area_id=table["area_id"].astype(str), approximate=False)


def test_5000_areas_are_small_and_leave_no_gap(prefecture):
    written = areas_by_system(prefecture)
    assert len(json.dumps(written, ensure_ascii=False).encode()) < MEGABYTES * 1e6
    layer = {name: written[0][name] for name in ("arcs", "rings")}
    used = rings(layer)[1]
    assert max(used.values()) == 2
    assert sum(times == 2 for times in used.values()) > 0.9 * len(used)
    read = polygons(layer)
    whole = shapely.union_all(shapely.make_valid(read))
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    square_metres = gpd.GeoSeries(read, crs="EPSG:4326").to_crs(prefecture.crs).area.to_numpy()
    given = prefecture.area.to_numpy()
    # A border may move by the tolerance (70 km / 20,000) and the rounding: at most that times its length.
    assert (np.abs(square_metres - given) < 5 * prefecture.length.to_numpy()).all()
    assert np.median(np.abs(square_metres / given - 1)) < 0.001


def test_systems_keep_their_order_their_ids_and_their_names():
    two = [
        areas_of(shapely.box(0, 0, 1, 1)).assign(system=name, approximate=name == "学区") for name in ("学区", "圏域")
    ]
    made = areas_by_system(pd.concat(two, ignore_index=True))
    said = [(each["name"], each["ids"], each["areas"], each["approximate"]) for each in made]
    assert said == [("学区", ["0"], ["区域0"], True), ("圏域", ["0"], ["区域0"], False)]
    assert set(made[0]) == {"name", "ids", "areas", "approximate", "arcs", "rings", "points"}


def test_every_area_has_a_point_inside_for_its_name():
    ring = shapely.box(0, 0, 1, 1).difference(shapely.box(0.1, 0.1, 0.9, 0.9))
    written = areas_by_system(areas_of(ring, shapely.box(2, 2, 3, 3)))[0]
    spots = np.cumsum(np.array(numbers(written["points"])).reshape(-1, 2), axis=0) * 1e-5
    assert shapely.contains_xy(ring, *spots[0])
    assert spots[1].tolist() == pytest.approx([2.5, 2.5])


def test_layers_are_written_as_they_are_drawn_and_unknown_ones_are_refused():
    box = gpd.GeoDataFrame({"name": ["みほん"]}, geometry=[shapely.box(139, 35, 139.01, 35.01)], crs="EPSG:4326")
    street = gpd.GeoDataFrame({"road": ["main"]}, geometry=[shapely.LineString([(139, 35), (140, 35)])], crs=box.crs)
    made = ground({"streets": street, "blocks": box, "hills": box.assign(height=[12.0]), "water": box.iloc[:0]})
    assert list(made) == ["hills", "blocks", "streets", "outline"]
    assert set(made["blocks"]) == {"arcs", "rings", "names", "points"}
    assert made["hills"]["heights"] == [12.0]
    assert made["streets"]["other"] == ""
    assert made["streets"]["main"] != ""
    with pytest.raises(InputError, match="harbours"):
        ground({"harbours": box})


def test_without_a_background_the_areas_give_the_outline():
    outline = bare_ground(gpd.GeoDataFrame(), areas_of(shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)))["outline"]
    assert len(rings(outline)[0]) == 1
    assert shapely.area(polygons(outline)[0]) == pytest.approx(2, rel=1e-3)


def test_bounds_hold_all_tables_in_degrees():
    far = gpd.GeoDataFrame(geometry=[shapely.Point(0, 0)], crs="EPSG:6677")
    near = gpd.GeoDataFrame(geometry=[shapely.Point(139, 35), None], crs="EPSG:4326")
    assert bounds(None, far, near, far.iloc[:0]) == pytest.approx([139, 35, 139.83333, 36], abs=1e-5)
    assert bounds(None) is None
