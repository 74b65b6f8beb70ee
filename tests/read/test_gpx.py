import geopandas as gpd
import pyogrio
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.read.areas import read_layer
from resourcemap.read.resources import read_resources

WALK = """<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="35.7" lon="139.7"><ele>12</ele><time>2026-05-01T01:00:00Z</time><name>ベンチ</name><cmt>日かげ</cmt>
<desc>3人<![CDATA[<br>]]>座れる</desc><link href="https://x.example"><text>写真</text></link><type>居場所</type></wpt>
<wpt lat="35.71" lon="139.71"><name>坂</name><extensions><color>red</color></extensions></wpt>
<trk><trkseg><trkpt lat="35" lon="139"/></trkseg></trk></gpx>"""


def test_waypoints_become_resources(tmp_path):
    path = tmp_path / "a.gpx"
    path.write_text(WALK, encoding="utf-8")
    with pytest.raises(InputError, match="have no kind"):
        read_resources(path)
    read = read_resources(path, kind="ibasho")
    assert read["name"].tolist() == ["ベンチ", "坂"]
    assert read["description"][0] == "3人\n座れる"
    assert read["url"][0] == "https://x.example"
    assert [entry["reason"] for entry in read.attrs["left_aside"]] == ["a track or route, not a place"]
    assert "日かげ" in read.iloc[0].tolist()
    assert "red" in read.iloc[1].tolist()
    assert read.geometry[1] == shapely.Point(139.71, 35.71)


def test_waypoints_are_those_that_gdal_writes_and_reads(tmp_path):
    points = gpd.GeoDataFrame({"name": ["A", "B"]}, geometry=gpd.points_from_xy([139.7, 140], [35.7, 36]), crs=4326)
    points.to_file(tmp_path / "a.gpx", driver="GPX", layer="waypoints")
    theirs = pyogrio.read_dataframe(tmp_path / "a.gpx", layer="waypoints")
    ours = read_layer(tmp_path / "a.gpx")
    assert ours["name"].tolist() == theirs["name"].tolist()
    assert (ours.geometry == theirs.geometry).all()


@pytest.mark.parametrize("text", ["<gpx><trk/></gpx>", "<kml/>"])
def test_a_file_without_waypoints_is_told(tmp_path, text):
    path = tmp_path / "a.gpx"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="has no waypoints"):
        read_resources(path, kind="ibasho")
