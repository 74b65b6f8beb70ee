"""What lies over the areas, what the list shows, and what a standard is called belong to what the colours say."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from resourcemap.measure.catalogue import load_measures
from resourcemap.publish.webmap.planning import Planning

pytestmark = pytest.mark.browser

STANDARD = "75歳以上の8割が、週1回以上ひらく集いの場から500m以内"
PATCHES = "届かない人のまとまり"


def patches_of(**asked):
    usual = {"standard": STANDARD, "kinds": "salon;cafe", "audience": "age_75_over", "audience_basis": "audience"}
    told = {"distance_m": 500.0, "slot": "", "name": "西町", "people": 90, "sentence": "西町に90人。"}
    box = shapely.box(139.701, 34.951, 139.704, 34.954)
    row = usual | told | {"system": "圏域", "area": "西圏域"} | asked
    return gpd.GeoDataFrame(pd.DataFrame([row]), geometry=[box], crs=4326)


@pytest.fixture(scope="session")
def judged():
    rows = pd.DataFrame({"area_id": ["w", "e"], "met": ["unmet", "met"], "value": [0.5, 1], "without": [90, 0]})
    named = {"standard": STANDARD, "theme": "高齢者の居場所", "system": "圏域"}
    return rows.assign(**named, measure="share_within", threshold=0.8, sentence="文。")


@pytest.fixture
def look(open_map, town, resources, coverage, tmp_path):
    """Open a planning map made of some tables, in Japanese unless another language is asked for."""

    def _look(address="#view=map", languages=None, language="ja", width=1280, **tables):
        made = Planning(**{"coverage": coverage, "measures": load_measures()} | tables)
        path = town.write(resources, tmp_path / "p.html", planning=made, languages=languages, language=language)
        return open_map(path, address=address, width=width)

    return _look


def title(page):
    return page.locator(".rm-planning-title").inner_text()


def count(page):
    return page.locator("#rm-count").inner_text()


def fragment(page):
    return page.evaluate("decodeURIComponent(location.hash)")


def go(page, fragment):
    page.evaluate("text => { location.hash = text }", fragment)
    page.wait_for_function("text => decodeURIComponent(location.hash) !== '' || !text", arg=fragment)
    page.wait_for_timeout(50)


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"kinds": "cafe", "audience": "older"},
        {"kinds": "salon"},
        {"kinds": "salon", "audience": "older", "distance_m": 300.0},
        {"kinds": "salon", "audience": "older", "audience_basis": "everyone"},
        {"kinds": "salon", "audience": "older", "slot": "週1回以上"},
    ],
)
def test_patches_of_another_question_are_not_drawn_over_a_figure(look, judged, other):
    page = look("#layer=share_beyond.salon.older.-.500+patches", patches=patches_of(**other), standards=judged)
    assert page.get_by_role("button", name=PATCHES).count() == 0
    assert page.locator(".leaflet-planning-pane path").count() == 0
    assert PATCHES not in page.locator(".rm-classes").inner_text()


def test_patches_of_a_standard_stand_with_it(look, judged):
    page = look("#layer=standard.1+patches", patches=patches_of(), standards=judged)
    assert f"「{STANDARD}」に{PATCHES}（1か所、90人）" in page.locator(".rm-classes").inner_text()
    assert page.locator(".leaflet-planning-pane path").count() == 1


def test_patches_of_a_figure_need_no_japanese(look):
    mine = patches_of(standard="サロン", kinds="salon", audience="older")
    page = look("#layer=beyond.salon.older.-.500+patches", ["en", "zh"], "en", patches=mine)
    assert page.get_by_role("button", name="Patches beyond reach", pressed=True).count() == 1
    assert page.locator(".leaflet-planning-pane path").count() == 1
