"""The outputs of the sample project in a browser without a network, from the disk, at a desk and on a phone."""

from __future__ import annotations

from collections import Counter

import pytest

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "360"])


@SIZES
def test_every_released_resource_is_listed_and_the_page_fits(open_map, sample_project, size):
    page = open_map(sample_project.folder / "maps" / "index.html", **size)
    page.evaluate("() => { for (let more; (more = document.querySelector('.rm-more-results')); ) more.click(); }")
    names = page.locator(".rm-entry .rm-name").all_text_contents()
    released = sample_project.project.released("map").table
    assert len(names) == len(released) == 159
    assert Counter(names) == Counter(released["name"])
    assert page.locator("#rm-count").inner_text() == "159件"
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@SIZES
def test_places_are_drawn_on_the_map(open_map, sample_project, size):
    page = open_map(sample_project.folder / "maps" / "index.html", **size)
    if size is PHONE:
        page.get_by_role("button", name="地図", exact=True).click()
    page.locator("canvas").first.wait_for(state="visible")
    painted = page.evaluate(
        """["places", "ground"].map((pane) => {
            const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            let painted = 0;
            for (let at = 3; at < data.length; at += 4) painted += data[at] > 0;
            return painted;
        })"""
    )
    # About a hundred symbols over a whole town.
    assert painted[0] > 3000
    assert painted[1] > 50_000


def test_a_theme_chooses_all_of_its_kinds(open_map, sample_project):
    page = open_map(sample_project.folder / "maps" / "index.html", **DESK)
    page.locator(".rm-more-kinds").click()
    theme = page.locator(".rm-theme-chip").first
    theme.click()
    assert theme.get_attribute("aria-pressed") == "true"
    assert page.evaluate("location.hash").startswith("#kind=salon,hiroba")
    page.locator(".rm-theme .rm-chip:not(.rm-theme-chip)").first.click()
    assert theme.get_attribute("aria-pressed") == "mixed"


def test_the_symbol_of_a_venue_opens_its_card(open_map, sample_project):
    page = open_map(sample_project.folder / "maps" / "index.html", **DESK)
    released = sample_project.project.released("map").table
    hall = released[(released["place"] == "venue") & released.geometry.notna()].iloc[0]
    entry = page.locator(".rm-entry", has_text=hall["name"]).first
    entry.click()
    assert hall["name"] in page.locator("#rm-card").inner_text()


@SIZES
def test_the_sheet_of_gaps_fits_and_asks_for_nothing(chromium, sample_project, size):
    more = {key: value for key, value in size.items() if key not in ("width", "height")}
    viewport = {"width": size["width"], "height": size["height"]}
    context = chromium.new_context(viewport=viewport, offline=True, **more)
    page = context.new_page()
    complaints, requests = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((sample_project.folder / "maps" / "gaps.html").as_uri())
    text = page.locator("body").inner_text()
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert complaints == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert width <= size["width"]
    assert sample_project.project.gaps["sentence"].iloc[0] in text
