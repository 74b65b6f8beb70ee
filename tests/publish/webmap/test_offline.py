"""One file, no network, the same bytes, and a clear refusal of what needs more."""

from __future__ import annotations

import re

import folium
import geopandas as gpd
import pytest
from folium import plugins

from resourcemap.errors import InputError, ReleaseError
from resourcemap.publish.webmap import write_webmap


def test_the_same_tables_give_the_same_bytes(town, resources, file, tmp_path):
    assert town.write(resources, tmp_path / "again.html").read_bytes() == file.read_bytes()


def test_writing_twice_gives_the_same_bytes(town, resources, file, tmp_path):
    page = town.page(resources)
    write_webmap(page, tmp_path / "one.html")
    assert write_webmap(page, tmp_path / "two.html").read_bytes() == file.read_bytes()


def test_no_element_and_no_style_loads_anything(text, read):
    for tag, attributes in read(text).tags:
        loading = {name for name in ("src", "srcset", "poster", "data", "action") if name in attributes}
        assert not loading, (tag, attributes)
        assert tag not in ("link", "iframe", "object", "embed", "base")
    styles = "".join(re.findall(r"<style>(.*?)</style>", text, re.DOTALL))
    assert "@import" not in styles
    assert all(url.strip("'\"").startswith("data:") for url in re.findall(r"url\((.*?)\)", styles))
    assert "sourceMappingURL" not in text


def test_the_head_says_language_title_and_lets_people_zoom(text, read):
    tags = read(text).tags
    assert ("html", {"lang": "ja"}) in tags
    assert "<title>みほん市 地域資源マップ</title>" in text
    viewports = [attributes["content"] for tag, attributes in tags if attributes.get("name") == "viewport"]
    assert viewports == ["width=device-width, initial-scale=1"]


def test_the_policy_allows_only_the_scripts_of_the_page(text, read):
    policy = next(a["content"] for t, a in read(text).tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_file_needs_neither_jquery_nor_bootstrap(text):
    assert not re.search(r"jquery|bootstrap|awesome-markers|glyphicon", text, re.IGNORECASE)


def test_a_map_made_by_folium_alone_is_refused(tmp_path):
    with pytest.raises(ReleaseError, match="made by webmap"):
        write_webmap(folium.Map(), tmp_path / "x.html")


@pytest.mark.parametrize(
    ("addition", "message"),
    [
        (folium.TileLayer("OpenStreetMap"), "TileLayer.* load images or data"),
        (plugins.MarkerCluster(), "needs files from the network .*markercluster"),
        (folium.Marker([34.95, 139.7], icon=folium.Icon("red")), "awesome-markers"),
        (folium.Element('<img src="https://example.org/a.png">'), "loads outside files .https://example.org/a.png"),
    ],
    ids=["tiles", "cluster", "icon", "image"],
)
def test_what_needs_the_network_is_refused_and_nothing_is_written(town, resources, tmp_path, addition, message):
    page = town.page(resources)
    if type(addition) is folium.Element:
        page.get_root().html.add_child(addition)
    else:
        page.add_child(addition)
    with pytest.raises(InputError, match=message):
        write_webmap(page, tmp_path / "x.html")
    assert list(tmp_path.iterdir()) == []


def test_an_analyst_can_add_layers_of_folium(town, resources, tmp_path):
    page = town.page(resources)
    folium.CircleMarker([34.955, 139.71], radius=30, popup="500m").add_to(page)
    folium.GeoJson(gpd.GeoSeries.from_xy([139.705], [34.955], crs="EPSG:4326")).add_to(page)
    once = write_webmap(page, tmp_path / "a.html").read_bytes()
    assert write_webmap(page, tmp_path / "b.html").read_bytes() == once
    assert b"unsafe-inline" in once
    assert not re.search(rb"_[0-9a-f]{32}\b", once)


def test_images_of_leaflet_come_only_where_something_may_show_them(town, resources, text, tmp_path):
    assert "data:image/png" not in text
    page = town.page(resources)
    folium.Marker([34.955, 139.71]).add_to(page)
    assert "data:image/png" in write_webmap(page, tmp_path / "x.html").read_text(encoding="utf-8")


@pytest.fixture
def complaints(chromium, file):
    """Run a script in the page and gather what the browser says; unlike elsewhere, it should complain."""
    said, asked = [], []
    context = chromium.new_context(offline=False)
    context.route(re.compile("^https?:"), lambda route: (asked.append(route.request.url), route.abort()))
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    page.locator("#rm-count").wait_for()
    assert said == []

    def run(code):
        page.evaluate(code)
        page.wait_for_timeout(200)
        assert asked == []
        assert page.title() == "みほん市 地域資源マップ"
        return said

    yield run
    context.close()


MAKE = "const add = (tag, values) => document.body.append(Object.assign(document.createElement(tag), values));"
TRIES = {
    "script": ("add('script', {text: 'document.title = 1'})", "script-src"),
    "attribute": (
        "add('p', {}); document.body.lastChild.outerHTML = '<b onclick=\"document.title = 1\">x</b>'",
        "script-src",
    ),
    "text": ("setTimeout('document.title = 1')", "script-src"),
    "fetch": ("fetch('https://example.org/a').catch(() => null)", "connect-src"),
    "image": ("new Image().src = 'https://example.org/a.png'", "img-src"),
    "sheet": ("add('link', {rel: 'stylesheet', href: 'https://example.org/a.css'})", "style-src"),
    "style": ("add('style', {textContent: 'p { color: red }'})", "style-src"),
    "frame": ("add('iframe', {src: 'https://example.org/'})", "frame-src"),
    "font": ("new FontFace('a', 'url(https://example.org/a.woff2)').load().catch(() => null)", "font-src"),
}


@pytest.mark.browser
@pytest.mark.parametrize(("code", "rule"), TRIES.values(), ids=TRIES)
def test_the_browser_holds_the_policy(complaints, code, rule):
    said = complaints(f"{MAKE} {code};")
    assert any("Content Security Policy" in each and rule in each for each in said), said
