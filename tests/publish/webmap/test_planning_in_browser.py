"""The planning map in a browser: every number shown is that of the table, and a link opens exactly that."""

from __future__ import annotations

import math
import re
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from resourcemap.measure.catalogue import load_measures
from resourcemap.publish.webmap.planning import Planning

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}
FRAME = {"width": 320, "height": 300}


@pytest.fixture(scope="session")
def whole(planning):
    """The figures with all other layers."""
    common = {
        "standard": "サロンが近い",
        "theme": "居場所",
        "system": "圏域",
        "measure": "share_within",
        "threshold": 0.8,
    }
    judged = pd.DataFrame(
        {
            "area_id": ["w", "e"],
            "met": ["unmet", "no_data"],
            "value": [0.75, None],
            "without": [100, 0],
            "sentence": ["西は満たしません。", "東は分かりません。"],
        }
    ).assign(**common)
    patches = gpd.GeoDataFrame(
        {
            "standard": "サロンが近い",
            "kinds": "salon",
            "audience": "older",
            "audience_basis": "audience",
            "distance_m": 500.0,
            "slot": "",
            "name": ["西町"],
            "people": [90],
            "sentence": ["西町に90人。"],
            "system": "圏域",
            "area": ["西圏域"],
        },
        geometry=[shapely.box(139.701, 34.951, 139.704, 34.954)],
        crs=4326,
    )
    outlines = gpd.GeoDataFrame(
        {"kind": ["salon"], "distance_m": [500.0]}, geometry=[shapely.Point(139.703, 34.955).buffer(0.004)], crs=4326
    )
    chosen = gpd.GeoDataFrame(
        {"kind": "salon", "name": ["東会館", "西会館"], "order": [1.0, None], "sentence": ["東会館で300人。", None]},
        geometry=gpd.points_from_xy([139.715, 139.705], [34.955, 34.955]),
        crs=4326,
    )
    portraits = {
        ("圏域", "w"): {
            "people": [{"label": "65歳以上", "people": 400, "share": 0.4, "share_whole": None}],
            "doubts": ["分からないこと。"],
            "changes": ["変わったこと。"],
        }
    }
    compared = pd.DataFrame(
        {
            "system": "圏域",
            "area_id": ["w", "e", None],
            "kind": "salon",
            "audience": "older",
            "audience_basis": "audience",
            "difference": [-40, 0, 7],
        }
    )
    return Planning(
        coverage=planning.coverage,
        measures=load_measures(),
        gaps=planning.gaps,
        standards=judged,
        patches=patches,
        outlines=outlines,
        sites=chosen,
        portraits=portraits,
        comparison=compared,
        since=date(2025, 11, 1),
        hidden={"salon": 1},
    )


@pytest.fixture(scope="session")
def planned(town, resources, whole, tmp_path_factory):
    return town.write(resources, tmp_path_factory.mktemp("planning") / "planning.html", planning=whole)


@pytest.fixture
def look(open_map, planned):
    """Open the planning map with a layer; the map is in view."""

    def _look(layer="", path=planned, **size):
        page = open_map(path, **size)
        page.evaluate("layer => { location.hash = `view=map${layer && `&layer=${encodeURIComponent(layer)}`}` }", layer)
        page.wait_for_function("document.querySelector('.rm-app').dataset.view === 'map'")
        return page

    return _look


def choose(page, keep, label):
    details = page.locator(".rm-planning-choose")
    if details.get_attribute("open") is None:
        details.locator("summary").press("Enter")
    page.locator(f'[data-keep="{keep}"]').select_option(label=label)


def classes(page):
    return [" ".join(row.split()) for row in page.locator(".rm-classes li").all_inner_texts()]


def table(page):
    page.locator(".rm-planning-table").first.click()
    rows = page.locator("#rm-card tbody tr")
    return [[cell.strip() for cell in row.locator("th, td").all_inner_texts()] for row in rows.all()]


def fragment(page):
    return page.evaluate("decodeURIComponent(location.hash)")


def test_the_map_opens_with_who_is_beyond_reach_in_words_and_classes(look):
    page = look()
    assert page.locator(".rm-planning-title").inner_text() == (
        "サロンについて、65歳以上の「届かない人の割合」（時間帯を問わず、直線で500m以内）。"
    )
    assert classes(page) == ["20％未満 0区域", "20〜40％ 1区域", "40〜60％ 0区域", "60〜80％ 0区域", "80％以上 1区域"]
    words = page.locator("#rm-legend").inner_text()
    for said in (
        "大きいほど困っている",
        "場所を公開できない1件は、町丁目の中ほど",
        "境界はおよその形",
        "1区域の数字は、変わりうるか、およそ",
    ):
        assert said in words


def test_every_number_of_every_figure_is_that_of_the_table(look, coverage):
    page = look()
    names = {name: entry.ja for name, entry in load_measures().items()}
    kinds = {"salon": "サロン", "cafe": "コミュニティカフェ"}
    for (kind, measure, metres), rows in coverage.groupby(["kind", "measure", "distance_m"], dropna=False, sort=False):
        audience = rows["audience"].iloc[0]
        far = "-" if math.isnan(metres) else f"{metres:g}"
        page.evaluate("layer => { location.hash = `view=map&layer=${layer}` }", f"{measure}.{kind}.{audience}.-.{far}")
        title = f"{kinds[kind]}について、"
        within = "" if far == "-" else f"{far}m以内"
        page.wait_for_function(
            "([title, name, within]) => { const text = document.querySelector('.rm-planning-title').textContent;"
            " return text.startsWith(title) && text.includes(`「${name}」`) && text.includes(within); }",
            arg=[title, names[measure], within],
        )
        shown = {row[0]: row[1] for row in table(page)}
        for area, value in zip(rows["area"], rows["value"], strict=True):
            if isinstance(area, str):
                assert shown[area] == expected(measure, kind, area, value), (measure, kind, area)


def expected(measure, kind, area, value):
    unit = load_measures()[measure].unit
    if kind == "cafe" and area == "東圏域":
        return "対象の人がいない"
    if math.isnan(value):
        return "その種類がない"
    if unit == "share":
        return f"{round(100 * value)}％"
    if unit == "m":
        return f"{round(value, -1):g}m"
    return f"{value:,.0f}{'人' if unit == 'people' else '件'}"


def test_an_area_without_people_is_not_zero_percent(look):
    page = look("share_beyond.cafe.everyone.-.500")
    assert "対象の人がいない 1区域" in classes(page)
    assert [row[:2] for row in table(page)] == [["西圏域", "0％"], ["東圏域", "対象の人がいない"]]
    page.locator("#rm-card").get_by_role("button", name="東圏域").click()
    assert "対象となる人がいません" in page.locator("#rm-card").inner_text()
    assert "0％" not in page.locator("#rm-card").inner_text()


def test_areas_without_data_are_told_apart(look, town, resources, planning, tmp_path):
    figures = planning.coverage
    unknown = figures["sureness"].where((figures["area_id"] != "e") | (figures["measure"] == "resources"), "no_data")
    made = Planning(coverage=figures.assign(sureness=unknown), measures=load_measures())
    page = look(path=town.write(resources, tmp_path / "n.html", planning=made))
    assert "人口の資料なし 1区域" in classes(page)
    assert [row[:2] for row in table(page)] == [["西圏域", "25％"], ["東圏域", "人口の資料なし"]]
    page.locator("#rm-card").get_by_role("button", name="東圏域").click()
    assert "人がいないという意味ではありません" in page.locator("#rm-card").inner_text()


def test_the_card_has_sentence_figures_people_places_and_doubts(look):
    page = look()
    table(page)
    page.locator("#rm-card").get_by_role("button", name="西圏域").click()
    card = page.get_by_role("dialog", name="西圏域")
    words = card.inner_text()
    for said in (
        "西圏域の文。",
        "サロンが近い",
        "満たさない、届かない人100人",
        "西町に90人。",
        "65歳以上",
        "分からないこと。",
        "変わったこと。",
    ):
        assert said in words
    values = {
        each.get_attribute("data-measure"): each.locator(".rm-value").inner_text() for each in card.locator("dd").all()
    }
    assert values == {
        "share_beyond": "25％", "people": "400人", "beyond": "100人", "within": "300人", "share_within": "75％",
        "resources": "1件", "difference": "-40人",
    }  # fmt: skip
    card.get_by_role("button", name="きんぎょサロン").click()
    assert page.get_by_role("dialog", name="区民ひろば西").is_visible()


def test_choices_are_only_those_that_exist_and_stand_in_the_address(look):
    page = look()
    choose(page, "measure", "届く人")
    assert "layer=within.salon.older.-.500" in fragment(page)
    choose(page, "kind", "コミュニティカフェ")
    assert page.locator('[data-keep="metres"] option').all_inner_texts() == ["500m", "800m"]
    choose(page, "metres", "800m")
    assert "layer=within.cafe.everyone.-.800" in fragment(page)
    choose(page, "kind", "サロン")
    assert "layer=within.salon.older.-.500" in fragment(page)
    assert page.locator('[data-keep="metres"]').count() == 0
    assert page.locator("#rm-count").inner_text() == "9件のうち2件"


def test_a_link_opens_exactly_what_was_seen(look, open_map, planned):
    page = look()
    choose(page, "measure", "届く割合")
    page.get_by_role("button", name="届かない人のまとまり").click()
    page.get_by_role("button", name="届く範囲").click()
    link, seen = page.evaluate("location.hash"), page.locator("#rm-legend").inner_text()
    assert fragment(page).endswith("layer=share_within.salon.older.-.500+patches+reach")
    other = open_map(planned)
    other.evaluate("hash => { location.hash = hash }", link)
    other.wait_for_function("document.querySelectorAll('.rm-classes li').length === 7")
    assert other.locator("#rm-legend").inner_text() == seen
    assert other.locator(".leaflet-planning-pane path").count() == 2


def test_a_link_to_what_does_not_exist_opens_the_usual_map(look):
    page = look("nothing.salon.older.-.5+standing")
    assert "届かない人の割合" in page.locator(".rm-planning-title").inner_text()


def test_switches_show_patches_outlines_and_sites_with_their_key(look):
    page = look()
    for name, said in (
        ("届かない人のまとまり", "「サロンが近い」に届かない人のまとまり（1か所、90人）"),
        ("届く範囲", "サロンから500m以内"),
        ("開く所の候補", "開く所の候補（数字は選んだ順、1か所）"),
    ):
        button = page.get_by_role("button", name=name, exact=True)
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        assert said in classes(page)
    assert page.locator(".leaflet-planning-pane path").count() == 4
    assert page.locator(".rm-site").inner_text() == "1"
    page.get_by_role("button", name="届く範囲", exact=True).click()
    assert page.locator(".leaflet-planning-pane path").count() == 3


def test_standards_are_one_more_layer(look):
    page = look()
    choose(page, "measure", "基準: サロンが近い")
    assert "layer=standard.1" in fragment(page)
    assert classes(page) == [
        "満たさない 1区域",
        "時間が分からず言えない 0区域",
        "満たす 0区域",
        "判断する資料がない 1区域",
    ]
    assert table(page) == [["西圏域", "満たさない", "100人"], ["東圏域", "判断する資料がない", "0人"]]
    page.locator("#rm-card").get_by_role("button", name="西圏域").click()
    assert "西は満たしません。" in page.locator("#rm-card").inner_text()


def test_two_dates_are_shown_as_more_fewer_and_the_same(look):
    page = look("difference.salon.older.-.500")
    assert (
        page.locator(".rm-planning-title")
        .inner_text()
        .startswith("サロンについて、2025年11月1日からの65歳以上の「届く人の増減」")
    )
    rows = classes(page)
    assert "変わらない 1区域" in rows
    assert [row for row in rows if row.endswith("減った 1区域")]
    assert {row[0]: row[1] for row in table(page)} == {"西圏域": "-40人", "東圏域": "0人"}


def test_the_table_is_sorted_by_its_headings(look):
    page = look()
    assert [row[0] for row in table(page)] == ["東圏域", "西圏域"]
    page.get_by_role("button", name=re.compile("^届かない人の割合")).click()
    assert page.locator("#rm-card tbody th").all_inner_texts() == ["西圏域", "東圏域"]
    assert page.locator('[aria-sort="ascending"]').inner_text().startswith("届かない人の割合")
    page.get_by_role("button", name=re.compile("^数えた人")).click()
    assert page.locator("#rm-card tbody th").all_inner_texts() == ["西圏域", "東圏域"]


def test_the_keyboard_is_enough(look):
    page = look()
    page.locator('[data-keep="measure"]').focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.keep") == "measure"
    page.locator('[data-keep="table"]').focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "rm-card-title"
    page.locator("#rm-card").get_by_role("button", name="西圏域").press("Enter")
    assert page.get_by_role("dialog", name="西圏域").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#rm-card").is_visible()


def test_a_press_on_an_area_opens_it(look):
    page = look()
    spot = page.evaluate(
        """() => {
            const map = Object.entries(window).find(([name]) => name.startsWith("map_"))?.[1] ?? map_1;
            const box = map.getContainer().getBoundingClientRect();
            const { x, y } = map.latLngToContainerPoint([34.9585, 139.7175]);
            return [x + box.x, y + box.y];
        }"""
    )
    page.mouse.move(*spot)
    assert "東圏域100％（300人のうち）" in page.locator(".rm-tip").inner_text().replace("\n", "")
    page.mouse.click(*spot)
    assert page.get_by_role("dialog", name="東圏域").is_visible()


def test_figures_can_be_closed_and_shown_again(look):
    page = look()
    page.get_by_role("button", name="閉じる", exact=True).click()
    assert page.locator(".rm-classes").count() == 0
    assert "layer=off" in fragment(page)
    page.get_by_role("button", name="数字を見る").click()
    assert page.locator(".rm-classes").count() == 1


@pytest.mark.parametrize("size", [PHONE, FRAME], ids=["phone", "frame"])
def test_the_legend_leaves_room_for_the_map_and_shows_its_classes(look, size):
    page = look(**size)
    legend, stage = (page.locator(which).bounding_box() for which in ("#rm-legend", ".rm-stage"))
    assert legend["height"] <= 0.61 * stage["height"]
    row = page.locator(".rm-classes li").first.bounding_box()
    assert row["y"] >= legend["y"]
    assert row["y"] + row["height"] <= legend["y"] + legend["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_what_can_be_pressed_is_large_enough(look):
    page = look(**PHONE)
    page.locator(".rm-planning-choose summary").click()
    page.locator(".rm-planning-table").click()
    pressed = ".rm-planning button, .rm-planning select, .rm-planning summary, #rm-card button"
    small = page.evaluate(
        """(pressed) => [...document.querySelectorAll(pressed)]
            .filter((each) => each.getClientRects().length)
            .map((each) => [each.textContent, each.getBoundingClientRect().height])
            .filter(([, height]) => height < 43.9)""",
        pressed,
    )
    assert small == []


def test_paper_has_the_legend_and_no_choices(look):
    page = look("beyond.salon.older.-.500+patches")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".rm-planning-title").is_visible()
    assert page.locator(".rm-classes").is_visible()
    for gone in (".rm-planning-switch", ".rm-planning-choose", ".rm-planning-table"):
        assert not page.locator(gone).is_visible()


@pytest.mark.parametrize("language", ["ja-easy", "en", "zh", "ko"])
def test_every_language_has_its_words(look, town, resources, whole, tmp_path, language):
    page = look(path=town.write(resources, tmp_path / f"{language}.html", planning=whole, language=language))
    assert not re.search(r"\{\w+\}|undefined|null", page.locator("#rm-legend").inner_text())
    table(page)
    page.locator("#rm-card").get_by_role("button", name="西圏域").click()
    assert not re.search(r"\{\w+\}|undefined|null", page.locator("#rm-card").inner_text())
    assert ("西圏域の文。" in page.locator("#rm-card").inner_text()) == (language == "ja-easy")


def test_hostile_words_are_only_words(look, town, resources, whole, areas, tmp_path):
    bad = "<img src=x onerror=\"document.title='pwned'\">"
    judged = whole.standards.assign(standard=bad, sentence=bad, promise=bad)
    person = {"label": bad, "people": 1, "share": 1, "share_whole": 1}
    made = Planning(
        coverage=whole.coverage.assign(slot=bad), measures=load_measures(), standards=judged,
        patches=whole.patches.assign(standard=bad, sentence=bad),
        portraits={("圏域", "w"): {"doubts": [bad], "people": [person]}},
    )  # fmt: skip
    page = look(path=town.write(resources, tmp_path / "h.html", planning=made, areas=areas.assign(area=bad)))
    title = page.title()
    table(page)
    page.locator("#rm-card tbody button").first.click()
    assert bad in page.locator("#rm-card").inner_text()
    choose(page, "measure", f"基準: {bad}")
    assert page.locator("img").count() == 0
    assert page.title() == title


def test_thousands_of_areas_are_listed_when_they_are_asked_for(look, town, resources, tmp_path):
    count = 400
    boxes = shapely.box(
        [139.7 + 0.0001 * at for at in range(count)], 34.95, [139.7001 + 0.0001 * at for at in range(count)], 34.96
    )
    ids = [str(at) for at in range(count)]
    areas = gpd.GeoDataFrame(
        {"system": "町", "area_id": ids, "area": ids, "approximate": False}, geometry=boxes, crs=4326
    )
    rows = pd.DataFrame(
        {"system": "町", "area_id": ids, "area": ids, "kind": "salon", "audience": "older", "value": range(count)}
    )
    figures = rows.assign(audience_basis="audience", other="", slot="", distance_m=float("nan"), measure="people")
    made = Planning(coverage=figures, measures=load_measures())
    page = look(path=town.write(resources, tmp_path / "m.html", planning=made, areas=areas, placements=None))
    assert len(table(page)) == 300
    page.get_by_role("button", name="つづきを表示").click()
    assert [row[1] for row in table(page)] == [f"{at}人" for at in reversed(range(1, count))] + ["対象の人がいない"]
