"""Tiles in the browser: from one host, with their credit in sight, and none where there is no network."""

from __future__ import annotations

import base64
import re

import pytest

from resourcemap.errors import InputError

pytestmark = pytest.mark.browser

TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
OF_GSI = re.compile(r"^https://cyberjapandata\.gsi\.go\.jp/xyz/pale/(\d+)/\d+/\d+\.png$")
LINK = "https://maps.gsi.go.jp/development/ichiran.html"
# Whether the middle of an element can be seen and pressed, whatever lies around it.
IN_SIGHT = """(element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return width > 0 && element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


@pytest.fixture(scope="module")
def tiled(town, resources, tmp_path_factory):
    return town.write(resources, tmp_path_factory.mktemp("tiled") / "index.html", tiles="pale")


@pytest.fixture
def online(chromium, tiled):
    """Open the page with a stand-in for the host, which answers or does not."""
    contexts = []

    def _open(*, answers=True, width=1280, height=800, address="", tiles=tiled):
        context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        contexts.append(context)
        asked, said = [], []

        def answer(route):
            asked.append(route.request.url)
            if answers:
                route.fulfill(body=TILE, content_type="image/png")
            else:
                route.abort()

        context.route(re.compile("^https?:"), answer)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.goto(tiles.as_uri() + address)
        page.locator("html[data-ready]").wait_for()
        return page, asked, said

    yield _open
    for context in contexts:
        context.close()


def loaded(page):
    return page.locator(".leaflet-tiles-pane img, .leaflet-tile-loaded")


def test_tiles_come_from_one_host_and_nothing_is_said(online):
    page, asked, said = online()
    loaded(page).first.wait_for()
    assert asked
    assert all(OF_GSI.match(url) for url in asked)
    assert all(9 <= int(OF_GSI.match(url)[1]) <= 18 for url in asked)
    assert said == []


def test_tiles_go_and_come_with_the_network(online):
    page, _, said = online()
    loaded(page).first.wait_for()
    page.context.set_offline(True)
    page.wait_for_function("document.querySelectorAll('.leaflet-tile').length === 0")
    page.context.set_offline(False)
    loaded(page).first.wait_for()
    assert said == []


def test_a_host_that_does_not_answer_is_asked_once(online):
    page, asked, _ = online(answers=False)
    page.wait_for_timeout(300)
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(300)
    assert len(asked) == 1
    assert page.locator(".leaflet-tile").count() == 0
    assert page.locator("#rm-count").inner_text() == "9件"


def test_without_a_network_the_own_background_stays(open_map, tiled, file):
    ground = "document.querySelector('.leaflet-ground-pane canvas').toDataURL()"
    first, second = open_map(tiled), open_map(file)
    for page in (first, second):
        page.locator("html[data-ready]").wait_for()
    assert first.evaluate(ground) == second.evaluate(ground)
    assert first.locator(".leaflet-tile").count() == 0


@pytest.mark.parametrize(
    ("width", "height", "address"),
    [
        (1280, 800, ""),
        (320, 640, "#view=map"),
        (320, 300, "#view=map&embed=1"),
        (640, 300, "#view=map&embed=1"),
        (800, 300, "#embed=1"),
        (1280, 480, "#embed=1&lang=en"),
    ],
)
def test_the_credit_and_its_link_are_in_sight(online, width, height, address):
    page, _, _ = online(width=width, height=height, address=address)
    credit = page.get_by_role("link", name="地理院タイル")
    assert credit.get_attribute("href") == LINK
    assert credit.evaluate(IN_SIGHT)
    box = credit.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height


def test_the_policy_names_the_host_for_images_alone(tiled, read):
    policy = next(
        a["content"] for _, a in read(tiled.read_text("utf-8")).tags if "content" in a and "default-src" in a["content"]
    )
    assert [rule for rule in policy.split("; ") if "http" in rule] == ["img-src data: https://cyberjapandata.gsi.go.jp"]


def test_tiles_that_nobody_knows_are_refused(town, resources):
    with pytest.raises(InputError, match="There are no tiles called 'osm'"):
        town.page(resources, tiles="osm")
