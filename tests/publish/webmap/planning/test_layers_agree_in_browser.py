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


@pytest.fixture
def two(look, coverage):
    """Open a map of salons and cafés, both with figures of everyone and of 500 m."""
    everyone = coverage.assign(audience="everyone", audience_basis="everyone")
    return lambda address="", **more: look(address, coverage=everyone, **more)


@pytest.mark.parametrize("address", ["", "#lang=en", "#view=map"])
def test_an_address_without_kind_and_layer_begins_with_the_kind_of_the_figure(two, address):
    page = two(address)
    assert count(page) in ("9件のうち2件", "2 of 9")
    assert "サロン" in title(page) or "Salon" in title(page) or "salon" in title(page)


def test_what_was_cleared_stays_cleared_when_the_page_is_opened_again(two):
    page = two("#view=map")
    page.locator("#rm-clear").click()
    assert count(page) == "9件"
    assert fragment(page) == "#view=map&layer=share_beyond.salon.everyone.-.500"
    page.reload()
    page.locator("#rm-count").wait_for()
    assert count(page) == "9件"


def test_a_single_kind_in_the_list_takes_the_figure_with_it(two):
    page = two()
    page.locator("#rm-clear").click()
    chips = page.locator("#rm-kinds")
    chips.get_by_role("button", name="コミュニティカフェ").click()
    assert title(page).startswith("コミュニティカフェについて")
    assert "kind=cafe&layer=share_beyond.cafe.everyone.-.500" in fragment(page)
    chips.get_by_role("button", name="サロン").click()
    assert title(page).startswith("コミュニティカフェについて")
    chips.get_by_role("button", name="コミュニティカフェ").click()
    assert title(page).startswith("サロンについて")


def test_a_kind_without_such_a_figure_leaves_the_figure_and_its_name(two):
    page = two("#layer=nearest_median_m.salon.everyone.-.-")
    page.locator("#rm-kinds").get_by_role("button", name="コミュニティカフェ").click()
    assert count(page) == "9件のうち1件"
    assert title(page).startswith("サロンについて")


def test_a_kind_in_the_address_alone_brings_its_figure_and_with_a_layer_does_not(two):
    assert title(two("#kind=cafe")).startswith("コミュニティカフェについて")
    page = two("#kind=cafe&layer=share_beyond.salon.everyone.-.500")
    assert title(page).startswith("サロンについて")
    assert count(page) == "9件のうち1件"


def test_the_list_goes_along_with_the_figure_only_while_it_is_of_its_kind(two):
    page = two()
    kind = page.locator('[data-keep="kind"]')
    kind.select_option(label="コミュニティカフェ")
    assert count(page) == "9件のうち1件"
    page.locator("#rm-clear").click()
    kind.select_option(label="サロン")
    assert count(page) == "9件"


def test_a_layer_that_does_not_exist_is_written_anew(two):
    page = two("#kind=salon&layer=nothing.salon.older.-.5+sites+standing")
    assert fragment(page) == "#kind=salon&layer=share_beyond.salon.everyone.-.500+sites"
    go(page, "kind=salon&layer=standard.7")
    assert fragment(page) == "#kind=salon&layer=share_beyond.salon.everyone.-.500"


def test_figures_closed_come_back_as_they_were(two):
    page = two("#kind=cafe&layer=share_within.cafe.everyone.-.500")
    page.get_by_role("button", name="閉じる", exact=True).click()
    assert fragment(page) == "#kind=cafe&layer=off"
    page.get_by_role("button", name="数字を見る").click()
    assert fragment(page) == "#kind=cafe&layer=share_within.cafe.everyone.-.500"


def test_an_open_card_follows_and_the_list_keeps_the_focus(two):
    page = two("#view=map")
    page.locator(".rm-planning-table").click()
    cafe = page.locator("#rm-kinds").get_by_role("button", name="コミュニティカフェ")
    cafe.click()
    page.locator("#rm-kinds").get_by_role("button", name="サロン").click()
    assert "コミュニティカフェ" in page.locator("#rm-card .rm-sentence").inner_text()
    assert page.evaluate("document.activeElement.closest('#rm-kinds') !== null")


def test_two_dates_claim_nothing_that_is_not_said(look):
    rows = {"system": "圏域", "area_id": ["w", "e"], "kind": "salon", "audience": "older", "audience_basis": "audience"}
    page = look("#layer=difference.salon.older.-.500", comparison=pd.DataFrame(rows | {"difference": [-40, 0]}))
    page.locator(".rm-planning-table").click()
    card = page.locator("#rm-card")
    assert [text.strip("▼ ") for text in card.locator("thead th").all_inner_texts()] == [
        "区域",
        "届く人の増減",
        "数えた人",
    ]
    card.get_by_role("button", name="西圏域").click()
    assert "確か" not in card.inner_text()


def test_a_share_is_in_the_class_of_the_percent_that_is_written(look, coverage):
    """59.67 % is written 60 %, and 20.4 % stays 20 %: number, colour and legend say the same."""
    parts = {"people": [10_000, 1000, 0], "within": [4033, 796, 0]}
    values = {measure: coverage["measure"] == measure for measure in parts}
    table = coverage[(coverage["kind"] == "salon") & (values["people"] | values["within"])].copy()
    for measure, numbers in parts.items():
        table.loc[table["measure"] == measure, "value"] = numbers
    page = look("#layer=share_beyond.salon.older.-.500", coverage=table)
    classes = [" ".join(row.split()) for row in page.locator(".rm-classes li").all_inner_texts()]
    assert classes == ["20％未満 0区域", "20〜40％ 1区域", "40〜60％ 0区域", "60〜80％ 1区域", "80％以上 0区域"]
    page.locator(".rm-planning-table").click()
    cells = page.locator("#rm-card tbody td:nth-child(2)").all_inner_texts()
    assert cells == ["60％", "20％"]


def test_the_page_says_that_it_is_the_planning_map(look):
    page = look()
    assert page.title() == "みほん市 地域資源マップ　計画の地図"
    assert page.locator(".rm-head").get_by_text("計画の地図", exact=True).is_visible()
    page.locator("#rm-language").select_option("en")
    assert page.title() == "みほん市 地域資源マップ – planning map"
    assert page.locator(".rm-head").get_by_text("Planning map", exact=True).is_visible()


def test_the_file_says_so_before_anything_runs(town, resources, coverage, tmp_path):
    made = Planning(coverage=coverage, measures=load_measures())
    planned = town.write(resources, tmp_path / "p.html", planning=made).read_text(encoding="utf-8")
    assert "<title>みほん市 地域資源マップ　計画の地図</title>" in planned
    public = town.write(resources, tmp_path / "i.html").read_text(encoding="utf-8")
    assert "<title>みほん市 地域資源マップ</title>" in public


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["All ages", "aged 0 to 14", "75 and over"]),
        ("zh", ["全体居民", "0至14岁", "75岁以上"]),
        ("ko", ["전 세대", "0~14세", "75세 이상"]),
        ("ja", ["全世代", "子ども（0〜14歳）", "75歳以上"]),
    ],
)
def test_generations_are_named_in_the_language_and_names_of_the_project_are_marked(look, judged, language, said):
    groups = {"everyone": "全世代", "children": "子ども（0〜14歳）", "age_75_over": "75歳以上"}
    people = [{"group": g, "label": text, "people": 9, "share": 0.5, "share_whole": 0.5} for g, text in groups.items()]
    page = look("#view=map", None, language, portraits={("圏域", "w"): {"people": people}}, standards=judged)
    page.locator(".rm-planning-table").click()
    page.locator("#rm-card").get_by_role("button", name="西圏域").click()
    assert page.locator("#rm-card tbody th").all_inner_texts() == said
    assert page.locator(".rm-planning-standards [lang=ja]").inner_text() == STANDARD
