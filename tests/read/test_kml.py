import zipfile

import geopandas as gpd
import pyogrio
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.read.areas import read_areas, read_layer
from resourcemap.read.resources import read_resources

HEAD = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
TAIL = "</Document></kml>"
MY_MAP = (
    HEAD
    + """<name>わがまち</name>
<Folder><name>サロン</name>
<Placemark><name>ひだまり</name>
<description><![CDATA[<img src="https://x.example/a.png"/><b>だれでも</b>どうぞ<br>住所: 本町1-2<br>
担当者: 山田 花子]]></description>
<ExtendedData><Data name="住所"><value>本町1-2</value></Data><Data name="担当者"><value>山田 花子</value></Data>
<Data name="定員"><displayName>定員</displayName><value>20名</value></Data></ExtendedData>
<Point><coordinates>
 139.7,35.7,0
</coordinates></Point></Placemark>
</Folder>
<Folder><name>子ども食堂</name>
<Placemark><name>にじ &amp; ほし</name><address>本町3</address></Placemark>
</Folder>"""
    + TAIL
)


@pytest.fixture
def kml(tmp_path):
    def write(text, name="a.kml", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def placemarks(*inner):
    return HEAD + "".join(f"<Placemark>{each}</Placemark>" for each in inner) + TAIL


def test_the_layers_of_a_my_map_become_kinds_and_its_data_columns(kml):
    read = read_resources(kml(MY_MAP))
    assert read["kind"].tolist() == ["salon", "kids_cafeteria"]
    assert read["name"].tolist() == ["ひだまり", "にじ & ほし"]
    assert read["address"].tolist() == ["本町1-2", None]
    assert "本町3" in read.iloc[1].tolist()
    assert (read["capacity"][0], read["contact"][0]) == (20, "山田 花子")
    assert read.geometry[0] == shapely.Point(139.7, 35.7)
    assert read.geometry[1] is None


def test_internal_data_that_my_maps_repeats_in_the_description_do_not_stay_there(kml):
    assert read_resources(kml(MY_MAP))["description"].tolist() == ["だれでもどうぞ", None]


def test_a_column_of_kinds_goes_before_the_layer(kml):
    data = '<name>A</name><ExtendedData><Data name="種別"><value>フードパントリー</value></Data></ExtendedData>'
    read = read_resources(kml(placemarks(data).replace("<Document>", "<Document><name>サロン</name>")))
    assert read["kind"].tolist() == ["pantry"]
    assert "サロン" in read.iloc[0].tolist()


def test_a_layer_without_name_is_no_kind(kml):
    folder = "<Folder><name>無題のレイヤ</name><Placemark><name>A</name></Placemark></Folder>"
    text = f"{HEAD}<name>サロン地図</name>{folder}{TAIL}"
    with pytest.raises(InputError, match="there is no column of kinds"):
        read_resources(kml(text))


def test_one_layer_can_be_chosen(kml):
    assert read_resources(kml(MY_MAP), sheet="子ども食堂")["kind"].tolist() == ["kids_cafeteria"]
    with pytest.raises(InputError, match=r"there is no layer '居場所'"):
        read_resources(kml(MY_MAP), sheet="居場所")


def test_kmz_and_old_encodings_are_read(kml, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("doc.kml", MY_MAP)
    assert len(read_resources(tmp_path / "a.kmz")) == 2
    text = MY_MAP.replace("UTF-8", "Shift_JIS")
    assert read_resources(kml(text, encoding="cp932"))["name"][0] == "ひだまり"
    assert read_resources(kml(MY_MAP.replace("UTF-8", "UTF-16"), encoding="utf-16"))["name"][0] == "ひだまり"


def test_shapes_are_those_that_gdal_reads(tmp_path):
    """Checked against GDAL's writer, and its reader."""
    hole = shapely.box(139, 35, 140, 36).difference(shapely.box(139.4, 35.4, 139.6, 35.6))
    shapes = [hole, shapely.box(141, 35, 142, 36), shapely.Point(139.7, 35.7)]
    shapes.append(shapely.LineString([(139, 35), (140, 36)]))
    shapes.append(shapely.MultiPolygon([shapely.box(139, 35, 139.1, 35.1), shapely.box(140, 35, 140.1, 35.1)]))
    table = gpd.GeoDataFrame({"Name": list("ABCDE")}, geometry=shapes, crs=4326)
    path = tmp_path / "a.kml"
    table.to_file(path, driver="KML")
    ours, theirs = read_layer(path), pyogrio.read_dataframe(path)
    assert ours["name"].tolist() == theirs["Name"].tolist() == list("ABCDE")
    assert shapely.equals(ours.geometry.to_numpy(), shapely.force_2d(theirs.geometry.to_numpy())).all()


def test_drawn_areas_are_areas(tmp_path):
    table = gpd.GeoDataFrame({"Name": ["東圏域"]}, geometry=[shapely.box(139, 35, 140, 36)], crs=4326)
    table.to_file(tmp_path / "a.kml", driver="KML")
    assert read_areas(tmp_path / "a.kml", system="圏域")["area"].tolist() == ["東圏域"]


@pytest.mark.parametrize("coordinates", ["", "x,y", "139.7", "nan,35", "139.7,35.7,0,0 "])
def test_odd_coordinates_do_not_lose_the_row(kml, coordinates):
    text = placemarks(f"<name>A</name><Point><coordinates>{coordinates}</coordinates></Point>")
    assert len(read_resources(kml(text), kind="salon")) == 1


def test_what_is_no_list_of_places_is_told(kml):
    with pytest.raises(InputError, match="has no placemarks"):
        read_resources(kml(HEAD + TAIL), kind="salon")
    link = f"{HEAD}<NetworkLink><Link><href>https://x.example</href></Link></NetworkLink>{TAIL}"
    with pytest.raises(InputError, match="only a link to the internet"):
        read_resources(kml(link), kind="salon")
    with pytest.raises(InputError, match=r"is no KML \(gpx\)"):
        read_resources(kml("<gpx/>"), kind="salon")


def test_links_to_other_files_are_listed_and_not_followed(kml):
    link = "<NetworkLink><name>外</name><Link><href>https://x.example</href></Link></NetworkLink>"
    read = read_resources(kml(placemarks("<name>A</name>").replace("<Placemark>", link + "<Placemark>")), kind="salon")
    assert [(entry["value"], entry["reason"]) for entry in read.attrs["left_aside"]] == [
        ("外", "a link to another file, which is not followed")
    ]


def test_entities_are_refused(kml):
    laughs = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    outside = '<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for doctype in (laughs, outside):
        text = doctype + placemarks("<name>&a;</name>").partition("?>")[2]
        with pytest.raises(InputError, match="has entities or a document type of its own"):
            read_resources(kml(text), kind="salon")


def test_endless_nesting_is_refused(kml):
    with pytest.raises(InputError, match="nested too deeply"):
        read_resources(kml("<kml>" + "<Folder>" * 100_000), kind="salon")
