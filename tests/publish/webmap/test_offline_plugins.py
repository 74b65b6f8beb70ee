"""Whatever Folium offers stands in the one file: alone, or with local copies of what it would load."""

from __future__ import annotations

import base64
import re
import shutil
from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd
import pytest
from folium import plugins

from resourcemap.errors import InputError
from resourcemap.publish.webmap import write_webmap

ROOT = Path(__file__).parents[3]
SPOT = [34.955, 139.71]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SEEN = "[...document.querySelectorAll('.seen')].map((each) => each.textContent)"

# What stands in for the real libraries: each only shows that it was run, with what it was given.
CONTROL = "L.Control.{name} = L.Control.extend({{onAdd: () => L.DomUtil.create('p', 'seen')}});"
FAKE = {
    "heat": "L.heatLayer = (points) => L.layerGroup(points.map(([lat, lon]) => L.circleMarker([lat, lon])));",
    "fullscreen": CONTROL.format(name="FullScreen") + "L.control.fullscreen = () => new L.Control.FullScreen();",
    "measure": CONTROL.format(name="Measure"),
    "cluster": "L.markerClusterGroup = () => L.featureGroup();",
    "draw": CONTROL.format(name="Draw") + "L.Draw = {Event: {CREATED: 'draw:created'}};",
    "minimap": CONTROL.format(name="MiniMap"),
    "d3": "",
}


def areas_json(areas):
    return areas[["area_id", "area", "geometry"]].to_json()


def add_geojson(page, areas):
    folium.GeoJson(areas_json(areas), tooltip=folium.GeoJsonTooltip(["area"])).add_to(page)


def add_group(page, _areas):
    group = folium.FeatureGroup("集まり", show=True).add_to(page)
    folium.CircleMarker(SPOT, radius=30, popup=folium.Popup("<b>500m</b>"), tooltip="円").add_to(group)
    folium.PolyLine([SPOT, [34.956, 139.711]], tooltip="道").add_to(group)
    folium.LayerControl().add_to(page)


def add_markers(page, _areas):
    folium.Marker(SPOT, popup="ここ").add_to(page)
    folium.Marker(SPOT, icon=folium.DivIcon(html="<b>印</b>")).add_to(page)
    folium.Circle(SPOT, 500).add_to(page)


def add_choropleth(page, areas):
    figures = pd.DataFrame({"area_id": ["w", "e"], "share": [0.2, 0.7]})
    layer = folium.Choropleth(
        areas_json(areas), data=figures, columns=["area_id", "share"], key_on="feature.properties.area_id"
    )
    for key in [name for name in layer._children if name.startswith("color_map")]:
        del layer._children[key]  # its legend draws with d3
    layer.add_to(page)


def add_image(page, _areas):
    plugins.FloatImage(f"data:image/png;base64,{base64.b64encode(PIXEL).decode()}", bottom=40).add_to(page)


@pytest.mark.parametrize(
    "add", [add_geojson, add_group, add_markers, add_choropleth, add_image], ids=lambda add: add.__name__[4:]
)
def test_what_needs_no_files_is_written_and_works(town, resources, areas, tmp_path, open_map, add):
    page = town.page(resources)
    add(page, areas)
    once = write_webmap(page, tmp_path / "a.html")
    assert write_webmap(page, tmp_path / "b.html").read_bytes() == once.read_bytes()
    assert not re.search(rb"_[0-9a-f]{32}\b", once.read_bytes())
    open_map(once)


def links_of(*classes):
    return [url for each in classes for _, url in (*each.default_js, *each.default_css)]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("make", "fake"),
    [
        (lambda: plugins.HeatMap([SPOT]), "heat"),
        (plugins.Fullscreen, "fullscreen"),
        (plugins.MeasureControl, "measure"),
        (lambda: plugins.MarkerCluster([SPOT]), "cluster"),
        (lambda: plugins.Draw(show_geometry_on_click=False), "draw"),
    ],
    ids=["HeatMap", "Fullscreen", "MeasureControl", "MarkerCluster", "Draw"],
)
def test_a_plugin_is_written_with_local_copies(town, resources, tmp_path, open_map, make, fake):
    plugin = make()
    urls = links_of(type(plugin))
    (tmp_path / "lib.js").write_text(f"{FAKE[fake]}\n//# sourceMappingURL=lib.js.map", encoding="utf-8")
    (tmp_path / "lib.css").write_text(".seen { background: url('images/dot.png?v=1') }", encoding="utf-8")
    (tmp_path / "dot.png").write_bytes(PIXEL)
    files = {url: tmp_path / ("lib.css" if url.endswith("css") else "lib.js") for url in urls}
    files |= {re.sub(r"[^/]+$", "images/dot.png", url): tmp_path / "dot.png" for url in urls}
    page = town.page(resources)
    page.add_child(plugin)
    with pytest.raises(InputError, match=r"needs files from the network .* files=\{address: path\}"):
        write_webmap(page, tmp_path / "no.html")
    path = write_webmap(page, tmp_path / "a.html", files=files)
    opened = open_map(path)
    assert opened.locator("#rm-count").inner_text() == "9件"
    text = path.read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert not re.search(r"<(link|script)[^>]+(src|href)=", text)


def test_files_of_a_style_sheet_must_be_given_or_left_out_on_purpose(town, resources, tmp_path):
    page = town.page(resources)
    plugins.Fullscreen().add_to(page)
    script, style = links_of(plugins.Fullscreen)
    (tmp_path / "a.js").write_text("", encoding="utf-8")
    (tmp_path / "a.css").write_text("@font-face { src: url(../f/x.woff2#iefix) } p { fill: url(#a) }", encoding="utf-8")
    font = re.sub(r"[^/]+/[^/]+$", "f/x.woff2", style)
    files = {script: tmp_path / "a.js", style: tmp_path / "a.css"}
    with pytest.raises(InputError, match=f"{re.escape(style)} uses more files .{re.escape(font)}"):
        write_webmap(page, tmp_path / "x.html", files=files)
    assert "src: none" in write_webmap(page, tmp_path / "x.html", files=files | {font: None}).read_text("utf-8")
    (tmp_path / "x.woff2").write_bytes(b"font")
    text = write_webmap(page, tmp_path / "x.html", files=files | {font: tmp_path / "x.woff2"}).read_text("utf-8")
    assert 'src: url("data:font/woff2;base64,Zm9udA==")' in text
    assert "; font-src data:" in text


def test_a_file_that_is_not_there_is_named(town, resources, tmp_path):
    page = town.page(resources)
    plugins.HeatMap([SPOT]).add_to(page)
    files = dict.fromkeys(links_of(plugins.HeatMap), tmp_path / "missing.js")
    with pytest.raises(InputError, match=r"missing\.js: cannot be read \(No such file"):
        write_webmap(page, tmp_path / "x.html", files=files)


def test_a_script_given_cannot_end_the_element_it_stands_in(town, resources, tmp_path, open_map):
    page = town.page(resources)
    plugins.HeatMap([SPOT]).add_to(page)
    (tmp_path / "a.js").write_text(FAKE["heat"] + "window.a = '</script><!--<script>';", encoding="utf-8")
    path = write_webmap(page, tmp_path / "x.html", files=dict.fromkeys(links_of(plugins.HeatMap), tmp_path / "a.js"))
    assert open_map(path).evaluate("window.a") == "</script><!--<script>"


def test_icons_of_folium_come_with_their_library(town, resources, tmp_path, open_map):
    page = town.page(resources)
    folium.Marker(SPOT, icon=folium.Icon("red")).add_to(page)
    with pytest.raises(InputError, match="awesome-markers"):
        write_webmap(page, tmp_path / "x.html")
    library = "L.AwesomeMarkers = {icon: () => L.divIcon({className: 'seen'})};"
    (tmp_path / "lib.js").write_text(library, encoding="utf-8")
    (tmp_path / "jquery.js").write_text("window.jQuery = window.$ = (html) => [html];", encoding="utf-8")
    urls = dict(folium.Map.default_js)
    files = {urls["awesome_markers"]: tmp_path / "lib.js", urls["jquery"]: tmp_path / "jquery.js"}
    opened = open_map(write_webmap(page, tmp_path / "x.html", files=files))
    assert opened.locator("div.seen").count() == 1


@pytest.mark.parametrize(
    "addition",
    [
        plugins.MiniMap(),
        plugins.Geocoder(),
        folium.GeoJson({"type": "FeatureCollection", "features": []}, embed=True),
        folium.WmsTileLayer("https://example.org", layers="a"),
    ],
    ids=["MiniMap", "Geocoder", "GeoJson", "Wms"],
)
def test_what_loads_by_nature_is_refused_even_with_files(town, resources, tmp_path, addition):
    page = town.page(resources)
    if isinstance(addition, folium.GeoJson):
        addition.embed, addition.embed_link = False, "https://example.org/a.json"
    page.add_child(addition)
    with pytest.raises(InputError, match="load images or data from the network"):
        write_webmap(page, tmp_path / "x.html", files={})


def test_scripts_in_attributes_are_refused_since_they_would_not_run(town, resources, tmp_path):
    page = town.page(resources)
    page.get_root().html.add_child(folium.Element('<p onclick="alert(1)">x</p>'))
    with pytest.raises(InputError, match=r"works by scripts in attributes .<p onclick>"):
        write_webmap(page, tmp_path / "x.html")


def test_a_minimap_may_show_the_tiles_of_the_page(town, resources, tmp_path):
    page = town.page(resources, tiles="pale")
    url = "https://cyberjapandata.gsi.go.jp/xyz/std/{z}/{x}/{y}.png"
    plugins.MiniMap(folium.TileLayer(url, attr="地理院タイル")).add_to(page)
    (tmp_path / "lib.js").write_text(FAKE["minimap"], encoding="utf-8")
    (tmp_path / "lib.css").write_text("", encoding="utf-8")
    script, style = links_of(plugins.MiniMap)
    files = {script: tmp_path / "lib.js", style: tmp_path / "lib.css"}
    assert write_webmap(page, tmp_path / "x.html", files=files).stat().st_size > 100_000


def test_a_map_can_still_be_saved_online_as_folium_does(town, resources, tmp_path):
    page = town.page(resources)
    plugins.HeatMap([SPOT]).add_to(page)
    page.save(tmp_path / "online.html")
    text = (tmp_path / "online.html").read_text(encoding="utf-8")
    assert all(url in text for url in links_of(plugins.HeatMap))
    assert "rm-app" in text


def test_the_example_of_the_docs_runs(tmp_path, monkeypatch):
    for name in ("data", "layers"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "resourcemap.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    [example] = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs" / "web-map.md").read_text(encoding="utf-8"), re.DOTALL
    )
    exec(compile(example, "web-map.md", "exec"), {})  # noqa: S102
    assert "L.circle(" in (tmp_path / "maps" / "walk.html").read_text(encoding="utf-8")


def test_a_geodataframe_is_added_as_it_is(town, resources, tmp_path):
    page = town.page(resources)
    folium.GeoJson(gpd.GeoSeries.from_xy([139.705], [34.955], crs="EPSG:4326")).add_to(page)
    assert b"unsafe-inline" in write_webmap(page, tmp_path / "a.html").read_bytes()
