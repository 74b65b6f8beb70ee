"""Files of streets, right and wrong."""

import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.metres import to_metres
from resourcemap.model.tables import STREETS
from resourcemap.reach.network import network_of
from resourcemap.read.streets import read_streets

FORMATS = ("streets.geojson", "streets.gpkg", "streets.fgb", "streets.shp")


@pytest.fixture
def lines():
    """A street of 100 m, one across it at its end, in metres of zone IX."""
    shapes = gpd.GeoSeries.from_wkt(["LINESTRING (0 0, 100 0)", "LINESTRING (100 0, 100 50)"], crs=6677)
    return gpd.GeoDataFrame({"length": [101.0, 50.0]}, geometry=shapes).to_crs(4326)


@pytest.fixture
def saved(tmp_path, lines):
    """Write the lines with some columns changed, and return the path."""

    def write(name="streets.geojson", **columns):
        lines.assign(**columns).to_file(tmp_path / name)
        return tmp_path / name

    return write


def reasons(streets):
    return [(entry["column"], entry["value"], entry["reason"].split(":")[0]) for entry in streets.attrs["left_aside"]]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_streets(saved, name):
    streets = read_streets(saved(name))
    assert sorted(streets["length_m"]) == [50.0, 101.0]
    assert streets.columns.tolist() == [*(column.name for column in STREETS), "geometry"]
    assert streets.crs == 4326
    assert (streets["oneway_foot"] == "both").all()
    assert not streets["steps"].any()
    assert streets[["slope", "closed"]].isna().all(axis=None)
    assert reasons(streets) == []


def test_a_shapefile_in_a_zip_is_read(saved, tmp_path):
    path = saved("streets.shp")
    with zipfile.ZipFile(tmp_path / "streets.zip", "w") as archive:
        for part in path.parent.glob("streets.*"):
            if part.suffix != ".zip":
                archive.write(part, part.name)
    assert read_streets(tmp_path / "streets.zip")["length_m"].tolist() == [101.0, 50.0]


def test_of_a_geopackage_with_crossings_and_streets_the_streets_are_read(saved, lines):
    path = saved("town.gpkg")
    crossings = lines.set_geometry(gpd.points_from_xy([1, 2], [3, 4]), crs=4326)
    crossings.to_file(path, layer="nodes")
    assert len(read_streets(path)) == 2


def test_several_files_stand_one_below_the_other(saved):
    first, second = saved("a.geojson"), saved("b.geojson", length=[102.0, 51.0])
    streets = read_streets([first, second])
    assert streets["length_m"].tolist() == [101.0, 50.0, 102.0, 51.0]


def test_headings_are_known_in_japanese_or_named(saved):
    path = saved(勾配=["3%", "-1%"], 階段=["有", "無"], のび=[99.0, 49.0])
    streets = read_streets(path, columns={"length_m": "のび"})
    assert streets["length_m"].tolist() == [99.0, 49.0]
    assert streets["slope"].tolist() == [0.03, -0.01]
    assert streets["steps"].tolist() == [True, False]
    with pytest.raises(InputError, match=r"streets.geojson: there is no column 'のぴ' \(wanted as length_m\)"):
        read_streets(path, columns={"length_m": "のぴ"})
    with pytest.raises(InputError, match=r"there is no 'lenght_m'. Did you mean 'length_m'"):
        read_streets(path, columns={"lenght_m": "のび"})


def test_slopes_beyond_1_are_percent(saved):
    assert read_streets(saved(slope=[3.0, -0.5]))["slope"].tolist() == [0.03, -0.005]


def test_who_may_walk_is_read_from_our_own_columns(saved):
    streets = read_streets(saved(oneway_foot=["-1", "yes"], closed=["wheels", "no"]))
    assert streets["oneway_foot"].tolist() == ["backward", "forward"]
    assert streets["closed"].fillna("").tolist() == ["wheels", ""]


def test_words_that_are_not_known_are_told(saved):
    streets = read_streets(saved(closed=["たぶん", "yes"], steps=["0", "12"]))
    assert streets["closed"].fillna("").tolist() == ["", "everyone"]
    assert [(column, value) for column, value, _ in reasons(streets)] == [
        ("closed", "1 lines (number 1)"),
        ("steps", "1 lines (number 2)"),
    ]


def test_words_of_openstreetmap_say_what_is_walked_and_cars_say_nothing(saved):
    streets = read_streets(saved(highway=["footway,steps", "primary"], oneway=["yes", "yes"], foot=[None, None]))
    assert streets["steps"].tolist() == [True, False]
    assert streets["oneway_foot"].tolist() == ["both", "both"]
    streets = read_streets(saved(highway=["motorway", "primary"]))
    assert streets["length_m"].tolist() == [50.0]
    assert reasons(streets) == [("highway", "1 lines (number 1)", "not to be walked (motorways, foot=no ...)")]


@pytest.mark.parametrize("length", [0.0, -5.0, np.nan, None, "?"])
def test_where_the_length_is_none_the_line_is_measured_and_that_is_told(saved, lines, length):
    streets = read_streets(saved(length=np.array([length, 50.0], dtype=object)))
    measured = to_metres(lines, 6677).length[0]
    assert streets["length_m"].tolist() == pytest.approx([measured, 50.0], abs=1e-3)
    assert reasons(streets) == [("length", "1 lines (number 1)", "no length above 0")]


def test_lengths_in_kilometres_are_not_taken_for_metres(saved):
    streets = read_streets(saved(length=[0.1, 0.05]))
    assert streets["length_m"].tolist() == pytest.approx([100, 50], abs=0.1)
    assert reasons(streets) == [("length", "2 lines (number 1, 2)", "a length far from that of the line")]


def test_lines_without_length_and_points_are_left_aside(tmp_path):
    shapes = ["LINESTRING (139.7 35.7, 139.7 35.7)", "POINT (139.7 35.7)", "LINESTRING (139.7 35.7, 139.701 35.7)"]
    gpd.GeoDataFrame(geometry=gpd.GeoSeries.from_wkt(shapes, crs=4326)).to_file(tmp_path / "a.geojson")
    streets = read_streets(tmp_path / "a.geojson")
    assert len(streets) == 1
    assert reasons(streets) == [
        (None, "1 lines (number 2)", "no line"),
        (None, "1 lines (number 1)", "a line without length"),
    ]


def test_lines_there_and_back_are_one_unless_they_are_walked_in_different_ways(tmp_path, lines):
    back = lines.set_geometry(shapely.reverse(lines.geometry.to_numpy()), crs=4326)
    both = gpd.GeoDataFrame({"length": [*lines["length"], *back["length"]]}, geometry=[*lines.geometry, *back.geometry])
    both.set_crs(4326).assign(slope=[0.1, 0, -0.1, 0]).to_file(tmp_path / "a.geojson")
    streets = read_streets(tmp_path / "a.geojson")
    assert streets["slope"].tolist() == [0.1, 0.0]
    assert reasons(streets) == [(None, "2 lines (number 3, 4)", "the same line again, there and back")]
    ways = both.set_crs(4326).assign(oneway_foot=["yes", "yes", "yes", "-1"])
    ways.to_file(tmp_path / "a.geojson")
    assert read_streets(tmp_path / "a.geojson")["oneway_foot"].tolist() == ["forward", "forward", "forward"]


def test_a_line_of_several_parts_is_taken_apart_with_its_length(tmp_path):
    shape = gpd.GeoSeries.from_wkt(["MULTILINESTRING ((0 0, 30 0), (30 0, 30 60))"], crs=6677)
    gpd.GeoDataFrame({"length": [99.0]}, geometry=shape).to_crs(4326).to_file(tmp_path / "a.geojson")
    streets = read_streets(tmp_path / "a.geojson")
    assert streets["length_m"].tolist() == pytest.approx([33.0, 66.0], abs=1e-3)


def test_ends_a_hair_apart_meet_and_lines_that_cross_do_not(tmp_path):
    shapes = ["LINESTRING (0 0, 50 0)", "LINESTRING (50.004 0, 99 0)", "LINESTRING (25 -50, 25 50)"]
    streets = gpd.GeoDataFrame(geometry=gpd.GeoSeries.from_wkt(shapes, crs=6677)).to_crs(4326)
    streets.to_file(tmp_path / "a.gpkg")
    network = network_of(read_streets(tmp_path / "a.gpkg"))
    assert sorted(np.bincount(network.components()).tolist()) == [2, 3]


def test_a_file_without_a_crs_is_refused(lines, tmp_path):
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        lines.to_crs(6677).set_crs(None, allow_override=True).to_file(tmp_path / "a.shp")
    with pytest.raises(InputError, match=r"a.shp: has no CRS"):
        read_streets(tmp_path / "a.shp")


def test_a_file_without_lines_is_refused_in_both_languages(tmp_path):
    square = gpd.GeoDataFrame(geometry=[shapely.box(139, 35, 140, 36)], crs=4326)
    square.to_file(tmp_path / "a.geojson")
    with pytest.raises(InputError, match=r"a.geojson: has no lines. Give a file with the lines of streets"):
        read_streets(tmp_path / "a.geojson")
    with speaking("ja"), pytest.raises(InputError, match="線がひとつもありません"):
        read_streets(tmp_path / "a.geojson")


def test_a_file_of_motorways_alone_is_refused_with_the_other_faults(saved, tmp_path):
    motorways = saved(highway=["motorway", "motorway"])
    with pytest.raises(InputError) as caught:
        read_streets([motorways, tmp_path / "no.gpkg"])
    assert len(caught.value.faults) == 2
    assert caught.value.faults[0].startswith("streets.geojson: has no street that may be walked")


def test_other_kinds_of_files_are_refused(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n")
    with pytest.raises(InputError, match=r"cannot read \.csv"):
        read_streets(tmp_path / "a.csv")


def test_the_streets_of_the_sample_are_read():
    streets = read_streets(Path(__file__).parents[2] / "layers" / "streets.geojson")
    assert streets["steps"].any()
    assert streets["bridge"].any()
    assert streets["slope"].notna().all()
    assert streets.attrs["left_aside"] == []
    assert len(np.bincount(network_of(streets).components())) == 1
