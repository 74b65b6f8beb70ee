"""The state of the page in its address: every choice is written, read again, and undone."""

from __future__ import annotations

import pytest

from resourcemap.model.consent import release
from resourcemap.publish.webmap import webmap, write_webmap

pytestmark = pytest.mark.browser

CHOICES = {
    "q=にし": ["きんぎょサロン", "にじ食堂", "朝の体操"],
    "kind=salon": ["きんぎょサロン", "まいごサロン"],
    "kind=salon,cafe": ["きんぎょサロン", "まいごサロン", "カフェ ｱｵｿﾞﾗ"],
    "for=older": ["きんぎょサロン", "まいごサロン"],
    "with=step_free": ["きんぎょサロン", "カフェ ｱｵｿﾞﾗ"],
    "with=wifi": ["カフェ ｱｵｿﾞﾗ"],
    "with=step_free,wifi": ["きんぎょサロン", "カフェ ｱｵｿﾞﾗ"],
    "speak=英語": ["にじ食堂"],
    "since=6": ["きんぎょサロン"],
    "area=圏域~w": ["きんぎょサロン", "にじ食堂", "朝の体操", "こころの電話", "学生訪問便"],
    "area=圏域": None,
    "kind=salon&area=圏域~w": ["きんぎょサロン"],
}


@pytest.fixture(scope="module")
def rich(town, resources, tmp_path_factory):
    """The town with facilities, languages and somebody to write to."""
    facilities = ["step_free", None, None, None, None, "step_free;wifi", None, None, None, None]
    table = resources.assign(facilities=facilities, languages=[None, "英語；中国語", *[None] * 8])
    table.loc[table["venue_id"] == "v1", "address"] = "にし町1番2号"
    path = tmp_path_factory.mktemp("rich") / "index.html"
    return town.write(table, path, contact="office@example.org")


def shown(page):
    return page.locator(".rm-entry .rm-name").all_text_contents()


def at(page):
    """Return what the address says, readably, a moment after somebody typed."""
    page.wait_for_timeout(250)
    return page.evaluate("decodeURIComponent(location.hash)")


def test_an_address_opens_exactly_what_it_says_and_is_written_again(open_map, rich):
    page = open_map(rich)
    everything = sorted(shown(page))
    for words, found in CHOICES.items():
        page.evaluate("(words) => (location.hash = words)", words)
        page.wait_for_timeout(50)
        assert sorted(shown(page)) == sorted(found or everything), words
        page.locator("#rm-sort").select_option(label="種類の順")
        assert at(page) == f"#{words}"


@pytest.mark.parametrize("words", ["kind=salon&area=圏域~w", "speak=英語"])
def test_a_page_that_is_opened_with_an_address_shows_that_at_once(open_map, rich, words):
    assert shown(open_map(rich, address=f"#{words}")) == CHOICES[words]


def test_what_is_pressed_is_in_the_address(open_map, rich):
    page = open_map(rich)
    page.get_by_role("button", name="サロン 2").click()
    page.locator("#rm-words").fill("きんぎょ")
    assert at(page) == "#q=きんぎょ&kind=salon"
    page.get_by_role("button", name="条件を消す").click()
    assert at(page) == ""


def test_what_a_page_does_not_have_is_passed_over(open_map, rich):
    page = open_map(rich, address="#kind=moon,salon&for=nobody&area=nowhere~1&since=x&lang=tlh&at=none&sort=up&time=9")
    assert shown(page) == ["きんぎょサロン", "まいごサロン"]
    page.locator("#rm-words").fill("きん")
    assert at(page) == "#q=きん&kind=salon"


def test_an_address_opens_a_card_and_back_closes_it(open_map, rich):
    page = open_map(rich, address="#at=r1")
    assert page.get_by_role("dialog", name="区民ひろば西").is_visible()
    page = open_map(rich)
    page.get_by_role("button", name="にじ食堂").click()
    assert at(page) == "#at=r1&view=map"
    page.go_back()
    page.locator("#rm-card").wait_for(state="hidden")
    assert at(page) == ""


def test_conditions_that_are_folded_away_are_named_and_can_be_taken_away(open_map, rich):
    page = open_map(rich, address="#with=wifi&area=圏域~e")
    chosen = page.locator("#rm-active button")
    assert [text.removesuffix(" ×") for text in chosen.all_inner_texts()] == ["Wi-Fi", "東圏域"]
    chosen.first.click()
    assert at(page) == "#area=圏域~e"


def test_who_has_a_correction_writes_to_the_office(open_map, rich):
    page = open_map(rich, address="#at=r1")
    link = page.get_by_role("link", name="変更を知らせる").nth(1).get_attribute("href")
    assert link.startswith("mailto:office@example.org?subject=")
    assert "r1" in link


def test_near_me_asks_only_when_pressed_and_puts_the_nearest_first(chromium, rich):
    context = chromium.new_context(
        offline=True, geolocation={"latitude": 34.952, "longitude": 139.715}, permissions=["geolocation"]
    )
    page = context.new_page()
    page.add_init_script(
        "const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);"
        "window.asked = 0; navigator.geolocation.getCurrentPosition = (...rest) => (window.asked++, ask(...rest));"
    )
    page.goto(rich.as_uri())
    page.locator("#rm-count").wait_for()
    assert page.evaluate("window.asked") == 0
    page.locator("#rm-near").click()
    page.locator(".rm-away").first.wait_for()
    assert page.evaluate("window.asked") == 1
    assert page.locator(".rm-entry").first.inner_text().startswith("ひまわり号")
    assert page.locator(".rm-entry .rm-away").all_inner_texts()[0] == "約10m"
    assert "sort" not in at(page)
    page.locator("#rm-language").select_option(label="English")
    assert page.locator("#rm-near").inner_text() == "Stop using my location"
    assert page.locator(".rm-entry .rm-away").all_inner_texts()[0] == "about 10 m"
    page.locator("#rm-near").click()
    assert page.locator(".rm-away").count() == 0
    assert page.locator("#rm-near").inner_text() == "Near me"
    context.close()


def test_who_refuses_is_told_so(open_map, rich):
    page = open_map(rich)
    page.locator("#rm-near").click()
    page.locator("#rm-near-said:not([hidden])").wait_for()
    assert "現在地" in page.locator("#rm-near-said").inner_text()


def test_paper_has_the_same_numbers_in_map_and_list(open_map, rich):
    page = open_map(rich)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    numbers = [
        (entry.locator(".rm-where").inner_text(), entry.locator(".rm-number").inner_text())
        for entry in page.locator(".rm-entry:has(.rm-number)").all()
    ]
    assert len(numbers) == 6
    assert len({number for _, number in numbers}) == len({venue for venue, _ in numbers}) == 4
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".rm-entry .rm-number").count() == 0


@pytest.mark.parametrize("places", [1, 2])
def test_a_single_place_without_any_ground_is_shown(open_map, catalog, resources, tmp_path, places):
    rows = resources.iloc[[0, 1][:places]].assign(address=None)
    page = open_map(write_webmap(webmap(release(rows, "map"), catalog=catalog, title="x"), tmp_path / "one.html"))
    page.locator("html[data-ready]").wait_for(state="attached")
    assert len(shown(page)) == places


def test_what_cannot_be_is_passed_over(open_map, rich):
    page = open_map(rich, address="#since=7")
    for words in ("since=7", "time=99:99-", "time=16:00-14:00", "sort=near", "q=%", "at=%E3%", "area=~"):
        page.evaluate("(words) => (location.hash = words)", words)
        page.wait_for_timeout(50)
        assert page.locator("#rm-count").inner_text() in ("9件", "9件のうち0件"), words


def test_the_skip_link_keeps_the_address(open_map, rich):
    page = open_map(rich, address="#kind=salon")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "rm-results"
    assert at(page) == "#kind=salon"


def test_back_leaves_after_any_number_of_cards(open_map, rich):
    page = open_map(rich)
    before = page.evaluate("history.length")
    for name in ("にじ食堂", "きんぎょサロン", "カフェ ｱｵｿﾞﾗ"):
        page.get_by_role("button", name=name).first.click()
        page.keyboard.press("Escape")
    assert page.evaluate("history.length") == before + 1


def test_who_closes_a_card_on_a_phone_is_back_in_the_list(open_map, rich):
    page = open_map(rich, width=360, height=740)
    page.get_by_role("button", name="にじ食堂").click()
    assert not page.locator(".rm-panel").is_visible()
    page.get_by_role("button", name="閉じる").click()
    assert page.locator(".rm-panel").is_visible()


def test_a_place_that_is_only_about_known_has_no_distance(chromium, rich):
    where = {"latitude": 34.956, "longitude": 139.717}
    context = chromium.new_context(offline=True, geolocation=where, permissions=["geolocation"])
    page = context.new_page()
    page.goto(rich.as_uri())
    page.locator("#rm-near").click()
    page.locator(".rm-away").first.wait_for()
    assert page.locator(".rm-entry", has_text="ｱｵｿﾞﾗ").locator(".rm-away").count() == 0
    context.close()


def test_ages_are_those_of_the_day_on_which_somebody_reads(chromium, rich):
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.clock.set_fixed_time("2028-09-02T09:00:00+09:00")
    page.goto(rich.as_uri() + "#at=r0")
    assert "2年前" in page.locator("#rm-card").inner_text()
    assert page.locator("#rm-stale-all").inner_text().startswith("！ 情報が古いかもしれません")
    assert page.locator(".rm-entry .rm-stale").count() == 0
    context.close()
