"""The page for editors: snippets that work, QR codes of the same addresses, nothing from the network."""

from __future__ import annotations

import html
import re

import pandas as pd
import pytest
import segno

from resourcemap.errors import InputError
from resourcemap.model.consent import release
from resourcemap.publish.webmap.address import fragment
from resourcemap.publish.webmap.embed import write_embed

ADDRESS = "https://www.example.or.jp/map/index.html"
HOSTILE = '</script><b onclick="x">"\'&{{7*7}}$title'


@pytest.fixture
def write(resources, areas, catalog, tmp_path):
    def _write(table=None, name="embed.html", **more):
        usual = {"areas": areas, "catalog": catalog, "title": "みほん市 地域資源マップ", "publisher": "みほん市社協"}
        return write_embed(release(resources if table is None else table, "map"), tmp_path / name, **(usual | more))

    return _write


@pytest.fixture
def open_page(chromium):
    """Open the page without a network, and fail when it complains or asks for something."""
    contexts, complaints = [], []

    def _open(path, width=1280, **more):
        context = chromium.new_context(viewport={"width": width, "height": 800}, offline=True, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: complaints.append(asked.url) if asked.url.startswith("http") else None)
        page.goto(path.as_uri())
        return page

    yield _open
    for context in contexts:
        context.close()
    assert complaints == []


def value(page, name):
    return page.locator(f"#em-{name}").input_value()


def test_the_same_tables_give_the_same_bytes(write):
    once = write(address=ADDRESS)
    assert write(address=ADDRESS, name="again.html").read_bytes() == once.read_bytes()
    assert once.stat().st_size < 40_000


def test_only_kinds_of_the_map_are_offered(write, read, resources):
    options = [a["value"] for tag, a in read(write(resources.iloc[:2]).read_text("utf-8")).tags if tag == "option"]
    assert options == ["", *(fragment(area=("圏域", each)) for each in "we"), "", "kind=salon", "kind=kids_cafeteria"]


def test_qr_codes_say_the_address_of_every_area(write):
    text = html.unescape(write(address=ADDRESS).read_text("utf-8"))
    for part in ("", *(fragment(area=("圏域", each)) for each in "we")):
        code = segno.make(f"{ADDRESS}#{part}" if part else ADDRESS, error="m", micro=False)
        assert code.svg_data_uri(scale=4, border=4, xmldecl=False) in text
    assert text.count('<figure class="em-code"') == 3
    assert 'download="qr_西圏域.svg"' in text


def test_without_an_address_the_page_says_what_to_do(write):
    text = html.unescape(write().read_text("utf-8"))
    assert "<figure" not in text
    assert '[map] に address = "https://…" と地図の場所を書いて' in text


def test_very_many_areas_have_no_codes_and_the_page_says_so(write):
    few = pd.DataFrame({"system": "圏域", "area_id": ["w"], "area": ["西圏域"]})
    many = pd.DataFrame({"system": "班", "area_id": [str(n) for n in range(300)], "area": "班"})
    text = write(address=ADDRESS, areas=pd.concat([many, few])).read_text("utf-8")
    assert text.count('<figure class="em-code"') == 2
    assert "区域の数が多いため、班のQRコードは作っていません。" in text
    assert text.count("<option") == 303 + text.count('value="kind=')


def test_a_map_without_areas_offers_none(write):
    text = write(address=ADDRESS, areas=None).read_text("utf-8")
    assert '<p hidden><label for="em-area">' in text
    assert text.count('<figure class="em-code"') == 1


@pytest.mark.parametrize(
    "address", ["http://www.example.or.jp/", "https://a.jp/#x", "index.html", "https://", " https://a.jp"]
)
def test_an_address_that_a_frame_could_not_show_is_refused(write, tmp_path, address):
    with pytest.raises(InputError, match=r"must begin with https://"):
        write(address=address)
    assert list(tmp_path.iterdir()) == []


def test_the_page_follows_the_language(write):
    assert '<html lang="en">' in write(language="en").read_text("utf-8")
    assert ">Salon" in write(language="en").read_text("utf-8")
    assert '<html lang="ja">' in write(language="ja-easy").read_text("utf-8")


def test_both_languages_have_the_same_words():
    from resourcemap.publish.webmap.embed import _words

    blanks = [{key: re.findall(r"\{\w+\}", word) for key, word in _words(each).items()} for each in ("ja", "en")]
    assert blanks[0] == blanks[1]


@pytest.mark.browser
def test_choices_make_the_snippets(write, open_page, read):
    page = open_page(write(address=ADDRESS))
    assert value(page, "plain") == ADDRESS
    page.locator("#em-area").select_option(label="東圏域")
    page.locator("#em-kind").select_option(label="サロン")
    page.get_by_label("低い（300）").check()
    page.get_by_label("地図", exact=True).check()
    choice = {"kinds": ["salon"], "area": ("圏域", "e"), "view": "map"}
    assert value(page, "plain") == f"{ADDRESS}#{fragment(**choice)}"
    [(tag, made)] = read(value(page, "frame")).tags
    assert tag == "iframe"
    assert made.pop("style")
    assert made == {
        "src": f"{ADDRESS}#{fragment(**choice, embed=True)}",
        "title": "みほん市 地域資源マップ",
        "width": "100%",
        "height": "300",
        "allow": "geolocation",
        "loading": "lazy",
    }
    assert page.locator(".em-code:visible figcaption").all_inner_texts() == ["東圏域"]


@pytest.mark.browser
def test_the_address_typed_changes_every_snippet(write, open_page):
    page = open_page(write())
    assert "https://（地図の場所）/index.html" in value(page, "link")
    assert "入れてください" in page.locator("#em-wrong").inner_text()
    page.locator("#em-address").fill("https://other.example.or.jp/m.html#kind=salon")
    assert value(page, "link") == '<a href="https://other.example.or.jp/m.html">みほん市 地域資源マップ</a>'
    assert not page.locator("#em-wrong").is_visible()
    assert not page.locator("#em-picture").is_visible()
    page.locator("#em-picture-file").fill('a".png')
    assert 'src="a&quot;.png" alt="みほん市 地域資源マップ（押すと地図が開きます）"' in value(page, "picture")


@pytest.mark.browser
def test_codes_of_another_address_say_whose_they_are(write, open_page):
    page = open_page(write(address=ADDRESS))
    assert not page.locator("#em-other").is_visible()
    page.locator("#em-address").fill("https://other.example.or.jp/")
    assert f"下のQRコードは {ADDRESS} のものです" in page.locator("#em-other").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("allowed", [True, False], ids=["clipboard", "selection"])
def test_a_press_copies_or_selects(write, open_page, allowed):
    page = open_page(write(address=ADDRESS), permissions=["clipboard-read", "clipboard-write"] if allowed else [])
    if not allowed:
        page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error()))")
    page.locator('[data-copies="em-link"]').click()
    said = page.locator("#em-said")
    said.filter(has_text="写しました" if allowed else "Ctrl と C").wait_for()
    selected = page.evaluate("navigator.clipboard.readText()" if allowed else "String(getSelection())")
    assert selected == value(page, "link")


@pytest.mark.browser
def test_a_code_is_saved_as_a_picture(write, open_page):
    page = open_page(write(address=ADDRESS))
    with page.expect_download() as saved:
        page.locator(".em-code a").nth(1).click()
    assert saved.value.suggested_filename == "qr_西圏域.svg"
    assert saved.value.path().read_bytes().startswith(b"<svg xmlns=")


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_wider_than_the_screen(write, open_page, width):
    page = open_page(write(address=ADDRESS), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_paper_has_the_codes_alone(write, open_page):
    page = open_page(write(address=ADDRESS))
    page.emulate_media(media="print")
    assert page.locator(".em-code:visible").count() == 3
    assert not page.locator("textarea:visible, button:visible, input:visible, .em-note:visible").count()


@pytest.mark.browser
def test_hostile_text_stays_text(write, open_page, areas, read):
    hostile = areas.assign(system=HOSTILE, area_id=[HOSTILE, "1"], area=HOSTILE)
    page = open_page(write(areas=hostile, title=HOSTILE, publisher=HOSTILE, address=ADDRESS))
    assert page.title().endswith(HOSTILE)
    page.locator("#em-area").select_option(index=1)
    assert value(page, "plain") == f"{ADDRESS}#{fragment(area=(HOSTILE, HOSTILE))}"
    [(_, made)] = read(value(page, "frame")).tags
    assert made["title"] == HOSTILE
    assert page.locator("b").count() == 0
