import json

import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.read.areas import read_layer
from resourcemap.read.resources import read_resources


def feature(name, **properties):
    geometry = {"type": "Point", "coordinates": [139.7, 35.7, 5]}
    return {"type": "Feature", "properties": {"name": name, **properties}, "geometry": geometry}


def layer(name, *features, **more):
    return {"type": "FeatureCollection", "features": list(features), "_umap_options": {"name": name}, **more}


@pytest.fixture
def umap(tmp_path):
    def write(*layers, name="a.umap"):
        path = tmp_path / name
        content = {"type": "umap", "uri": "https://x.example", "properties": {"name": "地図"}, "layers": layers}
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("name", ["a.umap", "a.json"])
def test_layers_become_kinds_and_marks_go(umap, name):
    text = "# 毎週水曜\n**だれでも**\n[[https://x.example|くわしく]]\n{{https://x.example/a.png}}"
    salons = layer("サロン", feature("A", description=text, _umap_options={"color": "red"}))
    read = read_resources(umap(salons, layer("フードパントリー", feature("B", 電話="1")), name=name))
    assert read["kind"].tolist() == ["salon", "pantry"]
    assert read["description"][0] == "毎週水曜\nだれでも\nくわしく https://x.example"
    assert read["phone"].tolist() == [None, "1"]
    assert "_umap_options" not in read
    assert read.geometry[0] == shapely.Point(139.7, 35.7)


def test_layers_inside_layers_are_read(umap):
    path = umap(layer("外", layers=[layer("サロン", feature("A"))]))
    assert read_resources(path)["kind"].tolist() == ["salon"]
    assert len(read_layer(path)) == 1


def test_one_layer_can_be_chosen(umap):
    path = umap(layer("サロン", feature("A")), layer("食堂", feature("B")))
    assert read_resources(path, sheet="サロン")["name"].tolist() == ["A"]


def test_a_layer_from_elsewhere_is_listed(umap):
    away = {"features": [], "_umap_options": {"name": "外部", "remoteData": {"url": "https://x.example"}}}
    read = read_resources(umap(layer("サロン", feature("A")), away))
    assert [entry["sheet"] for entry in read.attrs["left_aside"]] == ["外部"]


def test_a_map_whose_layers_are_elsewhere_is_told(umap):
    with pytest.raises(InputError, match=r"has no places\. Import the data"):
        read_resources(umap(layer("外部")), kind="salon")


@pytest.mark.parametrize("content", ['{"type": "x"}', "[1]", "{", "[" * 100_000])
def test_what_is_no_umap_is_told(tmp_path, content):
    path = tmp_path / "a.umap"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(
        InputError, match=r"a\.umap: (is no export of uMap|cannot be read as JSON|is nested too deeply)"
    ):
        read_resources(path, kind="salon")


@pytest.mark.parametrize("geometry", [None, {}, {"type": "Point"}, {"type": "Polygon", "coordinates": [[[1]]]}, 3])
def test_a_broken_shape_does_not_lose_the_row(umap, geometry):
    broken = feature("A") | {"geometry": geometry}
    assert len(read_resources(umap(layer("サロン", broken)))) == 1
