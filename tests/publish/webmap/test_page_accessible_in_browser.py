"""The page for everybody: no fault that axe-core finds, at any width, in any language."""

from __future__ import annotations

from pathlib import Path

import pytest

from resourcemap.model.catalog import LANGUAGES

pytestmark = pytest.mark.browser

WIDTHS = {320: 640, 360: 740, 768: 1024, 1280: 800}
# Every language on a phone, Japanese at every width.
SEEN = [(width, language) for width in WIDTHS for language in LANGUAGES if language == "ja" or width == 360]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is done, and the part of the page that it changes.
STEPS = {
    "": "html",
    "document.querySelector('#rm-more').open = true; document.querySelector('.rm-more-kinds').click()": ".rm-filters",
    "document.querySelectorAll('.rm-entry')[3].click()": "#rm-card",
    "document.getElementById('rm-ruby')?.click()": ".rm-head",
}


@pytest.fixture(scope="module")
def axe():
    package = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def faults(page, part):
    found = page.evaluate("([part, tags]) => axe.run(part, { runOnly: tags })", [part, RULES])
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def looked_through(page, axe):
    page.evaluate(axe)
    for step, part in STEPS.items():
        page.evaluate(f"() => {{ {step} }}")
        page.wait_for_timeout(100)
        assert faults(page, part) == [], step


@pytest.mark.parametrize(("width", "language"), SEEN)
def test_axe_finds_nothing(open_map, file, axe, width, language):
    looked_through(open_map(file, width=width, height=WIDTHS[width], address=f"#lang={language}"), axe)


def test_axe_finds_nothing_in_the_sample_city(open_map, sample_project, axe):
    page = sample_project.folder / "maps" / "index.html"
    looked_through(open_map(page, width=1280, height=800), axe)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(open_map, sample_project, width):
    page = open_map(sample_project.folder / "maps" / "index.html", width=width, height=WIDTHS[width])
    page.evaluate("document.querySelector('#rm-more').open = true")
    for language in LANGUAGES:
        page.locator("#rm-language").select_option(language, force=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, language
        wider = "panel => panel.scrollWidth - panel.clientWidth"
        assert page.locator(".rm-panel").evaluate(wider) <= 0, language


def test_at_twice_the_size_everything_can_still_be_read(open_map, sample_project):
    # 200 % on a screen of 1280 by 1024 is a page of 640 by 512.
    page = open_map(sample_project.folder / "maps" / "index.html", width=640, height=512)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.locator(".rm-entry").first.is_visible()
    page.locator(".rm-entry").first.click()
    assert page.locator("#rm-card-title").is_visible()


@pytest.mark.parametrize("height", [300, 480])
def test_in_a_frame_title_and_credit_stay(open_map, sample_project, height):
    page = open_map(
        sample_project.folder / "maps" / "index.html", width=480, height=height, address="#embed=1&view=map"
    )
    assert page.get_by_role("heading", level=1).is_visible()
    credit = page.locator(".leaflet-control-attribution")
    assert "見本データ" in credit.inner_text()
    box = credit.bounding_box()
    assert 0 <= box["y"] <= height - box["height"]


def test_the_whole_task_is_done_by_keyboard(open_map, sample_project):
    """Search, choose a kind, open an entry, read its telephone, close it: without a pointer."""
    page = open_map(sample_project.folder / "maps" / "index.html")
    page.keyboard.press("Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == "rm-words":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("サロン")
    page.keyboard.press("Tab")
    while "rm-chip" not in page.evaluate("document.activeElement.className"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    for _ in range(60):
        if page.evaluate("document.activeElement.classList.contains('rm-entry')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "rm-card-title"
    assert page.locator("#rm-card").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#rm-card").is_visible()
    assert page.evaluate("document.activeElement.classList.contains('rm-entry')")
