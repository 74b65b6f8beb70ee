"""The finished page in a browser without a network: at a desk and on a phone, by mouse and by keyboard."""

from __future__ import annotations

import pytest

from resourcemap.model.consent import release
from resourcemap.publish.webmap import webmap, write_webmap

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}
NAMES = ["きんぎょサロン", "まいごサロン", "にじ食堂", "カフェ ｱｵｿﾞﾗ", "朝の体操", "こころの電話"]
NAMES += ["ひまわり号", "ひまわり号", "学生訪問便"]


def shown(page):
    return page.locator(".rm-entry .rm-name").all_text_contents()


def count(page):
    return page.locator("#rm-count").inner_text()


def search(page, words):
    page.locator("#rm-words").fill(words)
    return shown(page)


def painted(page, pane):
    """Count the pixels of the canvases of a pane that are not empty."""
    return page.evaluate(
        """(pane) => [...document.querySelectorAll(`.leaflet-${pane}-pane canvas`)].reduce((sum, canvas) => {
            if (!canvas.width) return sum;
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            for (let at = 3; at < data.length; at += 4) sum += data[at] > 0;
            return sum;
        }, 0)""",
        pane,
    )


@pytest.mark.parametrize("size", [{}, PHONE, {"width": 320, "height": 500}], ids=["desk", "phone", "small"])
def test_every_resource_is_listed_and_nothing_scrolls_sideways(open_map, file, size):
    page = open_map(file, **size)
    assert sorted(shown(page)) == sorted(NAMES)
    assert count(page) == "9件"
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_ground_and_places_are_drawn(open_map, file):
    page = open_map(file)
    assert painted(page, "places") > 1000
    assert painted(page, "ground") > 100_000


def test_kinds_come_with_their_counts(open_map, file):
    page = open_map(file)
    chips = page.locator("#rm-kinds .rm-chip").all_inner_texts()
    assert [chip.split() for chip in chips][:2] == [["サロン", "2"], ["子ども食堂", "1"]]


FOUND = {
    "あおぞら": ["カフェ ｱｵｿﾞﾗ"],
    "アオゾラ": ["カフェ ｱｵｿﾞﾗ"],
    "西町１番２号 ２": ["きんぎょサロン", "にじ食堂", "朝の体操"],
    "どこか": ["まいごサロン"],
    "西町1丁目": ["学生訪問便"],
    "火曜　北団地": ["ひまわり号"],
}


def test_words_are_found_however_they_are_typed(open_map, file):
    page = open_map(file)
    assert {words: search(page, words) for words in FOUND} == FOUND


def test_choices_are_or_within_and_and_across(open_map, file):
    page = open_map(file)
    page.get_by_role("button", name="サロン 2").click()
    assert shown(page) == ["きんぎょサロン", "まいごサロン"]
    page.get_by_role("button", name="子ども食堂 1").click()
    assert len(shown(page)) == 3
    assert search(page, "西町") == ["きんぎょサロン", "にじ食堂"]
    assert count(page) == "9件のうち2件"


def test_chips_of_kinds_stay_where_they_are_while_somebody_types(open_map, file):
    page = open_map(file)
    page.evaluate("""() => {
        window.laid = 0;
        const kinds = document.getElementById("rm-kinds");
        new MutationObserver((all) => (laid += all.length)).observe(kinds, { childList: true });
    }""")
    assert search(page, "西町")
    page.get_by_role("button", name="子ども食堂 1").click()
    assert shown(page) == ["にじ食堂"]
    assert page.evaluate("laid") == 0


def test_one_press_clears_everything(open_map, file):
    page = open_map(file)
    clear = page.get_by_role("button", name="条件を消す")
    assert not clear.is_visible()
    search(page, "zzz")
    assert "あてはまるものがありません" in page.locator("#rm-results").inner_text()
    clear.click()
    assert count(page) == "9件"
    assert page.locator("#rm-words").input_value() == ""


def test_an_area_keeps_what_comes_by_telephone(open_map, file):
    page = open_map(file)
    page.locator(".rm-more summary").click()
    assert page.locator("#rm-area").is_disabled()
    page.locator("#rm-system").select_option(label="圏域")
    assert page.locator("#rm-area option").all_inner_texts()[1:] == ["西圏域 (5)", "東圏域 (4)"]
    page.locator("#rm-area").select_option("0")
    assert sorted(shown(page)) == sorted(["きんぎょサロン", "にじ食堂", "朝の体操", "こころの電話", "学生訪問便"])


def test_the_list_marks_what_is_stale_by_words(open_map, file):
    page = open_map(file)
    tagged = page.locator(".rm-entry:has(.rm-stale) .rm-name").all_inner_texts()
    assert "きんぎょサロン" not in tagged
    assert len(tagged) == 8
    assert set(page.locator(".rm-entry .rm-stale").all_inner_texts()) == {"！ 情報が古いかもしれません"}


def test_the_card_of_a_venue_has_all_that_happens_there(open_map, file):
    page = open_map(file)
    page.get_by_role("button", name="にじ食堂").click()
    card = page.get_by_role("dialog", name="区民ひろば西")
    assert card.locator("h3").all_inner_texts() == ["きんぎょサロン", "にじ食堂", "朝の体操"]
    words = card.inner_text()
    for said in (
        "西町1番2号",
        "活動 3件",
        "毎週水曜 14時〜16時",
        "100円",
        "申込不要",
        "休止中",
        "2026年9月（2か月前）",
        "！ 情報が古いかもしれません",
        "お出かけの前に",
    ):
        assert said in words
    assert card.locator("a").evaluate_all("links => links.map((link) => link.href)") == [
        "tel:0300001234",
        "https://example.org/niji",
    ]


def test_a_press_on_a_symbol_opens_its_venue(open_map, file):
    page = open_map(file)
    spot = page.evaluate(
        """() => {
            const map = Object.entries(window).find(([name]) => name.startsWith("map_"))?.[1] ?? map_1;
            const box = map.getContainer().getBoundingClientRect();
            const { x, y } = map.latLngToContainerPoint([34.955, 139.703]);
            return [x + box.x, y + box.y];
        }"""
    )
    page.mouse.click(*spot)
    assert page.get_by_role("dialog", name="区民ひろば西").is_visible()


def test_stops_lead_to_one_another(open_map, file):
    page = open_map(file)
    page.get_by_role("button", name="ひまわり号").first.click()
    assert "停車場所" in page.get_by_role("dialog", name="北団地前").inner_text()
    page.get_by_role("button", name="南公園前").last.click()
    assert page.get_by_role("dialog", name="南公園前").is_visible()


UNSURE = {
    "こころの電話": "電話・オンライン",
    "学生訪問便": "訪問（西町1丁目、西町2丁目）",
    "まいごサロン": "位置は確認中",
    "ｱｵｿﾞﾗ": "およその位置",
}


def test_what_has_no_sure_place_says_so(open_map, file):
    page = open_map(file)
    for name, words in UNSURE.items():
        entry = page.locator(".rm-entry", has_text=name)
        assert words in entry.inner_text()
        entry.click()
        card = page.locator("#rm-card").inner_text()
        assert name in card, "the card before is gone"
        assert words in card
        page.keyboard.press("Escape")


def test_the_keyboard_is_enough(open_map, file):
    page = open_map(file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "rm-skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "rm-card-title"
    page.keyboard.press("Escape")
    assert not page.locator("#rm-card").is_visible()
    assert page.evaluate("document.activeElement.className") == "rm-entry"


def test_on_a_phone_list_and_map_take_turns(open_map, file):
    page = open_map(file, **PHONE)
    page.get_by_role("button", name="地図", exact=True).click()
    assert not page.locator(".rm-panel").is_visible()
    page.get_by_role("button", name="一覧", exact=True).click()
    page.get_by_role("button", name="にじ食堂").click()
    assert page.get_by_role("dialog", name="区民ひろば西").is_visible()


def overlap(one, other):
    return all(
        one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize("size", [{}, PHONE], ids=["desk", "phone"])
def test_a_long_credit_opens_and_covers_no_control(open_map, town, resources, tmp_path, size):
    credit = "町丁目と人口: 2015年国勢調査（e-Stat）／" * 4
    page = open_map(town.write(resources, tmp_path / "c.html", credit=credit), **size)
    if size:
        page.get_by_role("button", name="地図", exact=True).click()
    button, text = page.get_by_role("button", name="出典"), page.locator("#rm-credit")
    assert not text.is_visible()
    button.press("Enter")
    assert text.inner_text() == credit
    assert button.get_attribute("aria-expanded") == "true"
    others = ("#rm-legend", ".leaflet-control-zoom", ".rm-whole", ".leaflet-control-scale")
    boxes = [page.locator(other).bounding_box() for other in others]
    assert not [box for box in boxes for mine in (button, text) if overlap(box, mine.bounding_box())]
    button.click()
    assert not text.is_visible()


def test_squares_stand_in_for_a_background(open_map, catalog, resources, tmp_path):
    page = open_map(write_webmap(webmap(release(resources, "map"), catalog=catalog, title="x"), tmp_path / "b.html"))
    assert "背景の地図はありません" in page.locator("#rm-legend").inner_text()
    assert painted(page, "ground") > 1000


def test_what_can_be_pressed_is_large_enough(open_map, file):
    page = open_map(file, **PHONE)
    page.get_by_role("button", name="にじ食堂").click()
    heights = page.evaluate(
        """[...document.querySelectorAll("button, select, input, .leaflet-bar a")]
            .filter((each) => each.getClientRects().length && !each.matches(".rm-chip"))
            .map((each) => [each.textContent, each.getBoundingClientRect().height])"""
    )
    assert [each for each in heights if each[1] < 43.9] == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_hostile_words_are_only_words(open_map, town, hostile, tmp_path, language):
    path = town.write(hostile, tmp_path / "h.html", language=language, credit="<img src=x onerror=alert(1)>${1}")
    page = open_map(path)
    title = page.title()
    names = set(shown(page))
    assert "{{ 7*7 }}{% raw %}{# x #}" in names
    assert any(name.startswith("</script>") for name in names)
    for entry in page.locator(".rm-entry").all():
        entry.click()
    page.locator("#rm-words").fill("<img")
    assert page.locator(".leaflet-control-attribution").inner_text() == "<img src=x onerror=alert(1)>${1}"
    assert page.locator("img").count() == 0
    assert page.title() == title


def test_the_policy_stops_what_was_put_into_the_page(file, chromium, tmp_path):
    changed = file.read_text(encoding="utf-8").replace("</body>", "<script>document.title='pwned'</script></body>")
    (tmp_path / "changed.html").write_text(changed, encoding="utf-8")
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "changed.html").as_uri())
    assert page.title() == "みほん市 地域資源マップ"
    context.close()


def test_nothing_to_show_is_said(open_map, catalog, resources, tmp_path):
    empty = webmap(release(resources.assign(channels=""), "map"), catalog=catalog, title="まだ")
    page = open_map(write_webmap(empty, tmp_path / "empty.html"))
    assert "まだありません" in page.locator("#rm-results").inner_text()


def test_layers_of_folium_are_drawn(open_map, town, resources, tmp_path):
    folium = pytest.importorskip("folium")
    page = town.page(resources)
    folium.Marker([34.955, 139.71], popup="<b>足した印</b>").add_to(page)
    opened = open_map(write_webmap(page, tmp_path / "more.html"))
    marker = opened.locator(".leaflet-marker-icon")
    assert marker.evaluate("image => image.naturalWidth") > 0
    marker.click()
    assert opened.locator(".leaflet-popup b").inner_text() == "足した印"


def test_paper_gets_the_whole_list_and_no_controls(open_map, town, resources, tmp_path):
    page = open_map(town.write(resources, tmp_path / "p.html"))
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(shown(page)) == 9
    assert page.locator("#rm-legend").is_visible()
    for gone in (".rm-filters", ".leaflet-control-zoom"):
        assert not page.locator(gone).is_visible()
