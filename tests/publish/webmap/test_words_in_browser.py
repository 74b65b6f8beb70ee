"""The page in five languages: how it says words, writes days, marks what others wrote, and reads kanji aloud."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from resourcemap.model.catalog import LANGUAGES, load_catalog
from resourcemap.model.schedule.wording import worded
from resourcemap.publish.webmap.words import day_in, readings, tag_of, words_in, words_of
from resourcemap.read.schedules.parse import read_schedule

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[3] / "resourcemap" / "publish" / "webmap" / "static"
CORPUS = Path(__file__).parents[2] / "read" / "schedules" / "corpus.toml"
TEXTS = [entry["is"] for entry in tomllib.loads(CORPUS.read_text(encoding="utf-8"))["text"]]
KANJI = re.compile("[㐀-鿿々]")
# The page as text with the readings of its kanji in brackets.
READ = """([texts, readings]) => texts.map((text) => {
  const box = el("p", {}, withReadings(text, readings));
  for (const above of box.querySelectorAll("rt")) above.textContent = `[${above.textContent}]`;
  return box.textContent;
})"""
LEFT = """([texts, readings]) => texts.map((text) => {
  const box = el("p", {}, withReadings(text, readings));
  for (const ruby of box.querySelectorAll("ruby")) ruby.remove();
  return box.textContent;
})"""


@pytest.fixture(scope="module")
def scripted(chromium):
    """A page with the scripts of text and language, and what it complained about."""
    context = chromium.new_context(offline=True)
    opened = context.new_page()
    complaints = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.add_script_tag(
        content="\n".join((STATIC / f"{name}.js").read_text("utf-8") for name in ("text", "language"))
    )
    yield opened, complaints
    context.close()


@pytest.fixture
def page(scripted):
    opened, complaints = scripted
    opened.set_content("<main></main>")
    yield opened
    assert complaints == []


def say(page, language, call):
    return page.evaluate(
        f"([words, language]) => {{ const say = speaker(words, language); return {call}; }}",
        [words_in(language), language],
    )


def test_blanks_are_filled_in_and_numbers_written_as_the_language_does(page):
    assert say(page, "ja", 'say("count_of", { n: 12, all: 20000 })') == "20,000件のうち12件"
    assert say(page, "ko", 'say("count", { n: 1234 })') == "1,234건"
    assert say(page, "en", 'say("visiting", { serves: "$& {n}" })') == "Comes to you ($& {n})"
    assert say(page, "en", 'say("count")') == "{n} found"


@pytest.mark.parametrize(("n", "text"), [(0, "0 activities"), (1, "1 activity"), (2, "2 activities")])
def test_english_tells_one_from_several(page, n, text):
    assert say(page, "en", f'say("activities", {{ n: {n} }})') == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_writes_days_as_python_does(page, language):
    days = [date(2026, month, 1 + 2 * month) for month in range(1, 13)]
    written = say(page, language, f"{[day.isoformat() for day in days]}.map(say.date)")
    assert written == [day_in(day, language) for day in days]
    assert page.evaluate("localeOf", language) == tag_of(language)


def test_months_weekdays_and_lists(page):
    call = '[say.month("2026-11-04"), say.day("2026-11-04"), say.list(["A", "B", "C"])]'
    assert {language: say(page, language, call) for language in LANGUAGES} == {
        "ja": ["2026年11月", "11月4日(水)", "A、B、C"],
        "ja-easy": ["2026年11月", "11月4日(水)", "A、B、C"],
        "en": ["November 2026", "Wed 4 November", "A, B, C"],
        "zh": ["2026年11月", "11月4日周三", "A、B和C"],
        "ko": ["2026년 11월", "11월 4일 (수)", "A, B 및 C"],
    }


@pytest.mark.parametrize("text", ["春ごろ", "2026-02-31T", "", "2026-13-01"])
def test_what_is_no_day_stays_as_it_is(page, text):
    assert say(page, "en", f"say.date({text!r})") == text


FRAME = """
  <h1 data-given>みほん市 地域資源マップ</h1><p data-given>Town Hall</p>
  <button data-say="close" data-say-label="legend" data-say-title="credit">x</button>
  <input data-say-placeholder="search">
"""


def test_every_marked_word_is_said_again(page):
    page.set_content(FRAME)
    marked = """([words, language]) => {
      sayAll(document.body, speaker(words, language));
      const button = document.querySelector("button");
      const { placeholder } = document.querySelector("input");
      const given = [...document.querySelectorAll("[data-given]")].map((each) => each.lang);
      const label = button.getAttribute("aria-label");
      const page = [document.documentElement.lang, document.title];
      return [button.textContent, label, button.title, placeholder, ...page, ...given];
    }"""
    title = "みほん市 地域資源マップ"
    assert page.evaluate(marked, [words_in("en"), "en"]) == [
        *("Close", "Key", "Sources", "Search", "en", f"{title} – map of community resources", "ja", "")
    ]
    assert page.evaluate(marked, [words_in("ja-easy"), "ja-easy"]) == [
        *("とじる", "しるしの いみ", "もとの データ", "さがす", "ja", title, "ja", "")
    ]
    assert page.evaluate(marked, [words_in("zh"), "zh"])[4] == "zh-Hans"


def test_what_somebody_wrote_is_shown_as_it_is_and_named_japanese(page):
    made = page.evaluate("""() => ["<b>きんぎょ</b>", "Salon ABC", "ｶﾌｪ", ""].map((text) => given(text).outerHTML)""")
    assert made == [
        '<span class="rm-given" lang="ja">&lt;b&gt;きんぎょ&lt;/b&gt;</span>',
        '<span class="rm-given">Salon ABC</span>',
        '<span class="rm-given" lang="ja">ｶﾌｪ</span>',
        '<span class="rm-given"></span>',
    ]


@pytest.mark.parametrize(
    ("name", "kana", "shown"),
    [
        ("おしゃべり喫茶なごみ", "おしゃべりきっさなごみ", "おしゃべり喫茶[きっさ]なごみ"),
        ("朝の体操", "アサノタイソウ", "朝[あさ]の体操[たいそう]"),
        ("カフェ 青空", "かふぇあおぞら", "カフェ 青空[あおぞら]"),
        ("ABC会", "えーびーしーかい", "ABC会[えーびーしーかい]"),
        ("きんぎょサロン", "きんぎょさろん", "きんぎょサロン"),
        ("茶の間 (ちゃ.*)", "ちゃのま ちゃ", "茶の間 (ちゃ.*)[ちゃのま ちゃ]"),
        ("一の一の一の一の一の一", "い" * 50, "一の一の一の一の一の一[" + "い" * 50 + "]"),
    ],
)
def test_kana_stand_above_the_kanji_of_a_name(page, name, kana, shown):
    made = """([name, kana]) => {
      const box = givenWithKana(name, kana);
      for (const above of box.querySelectorAll("rt")) above.textContent = `[${above.textContent}]`;
      return box.textContent;
    }"""
    assert page.evaluate(made, [name, kana]) == shown


def test_a_sentence_around_what_somebody_wrote_is_our_own(page):
    parts = """([words, language]) => {
      const parts = sayAround(speaker(words, language), "visiting", { serves: given("西町 {serves}") });
      return el("p", {}, ...parts).innerHTML;
    }"""
    assert page.evaluate(parts, [words_in("en"), "en"]) == (
        'Comes to you (<span class="rm-given" lang="ja">西町 {serves}</span>)'
    )


CHOICES = """([words, readings, languages, language]) => {
  window.asked = [];
  window.show = (language, ruby) => {
    const say = speaker(words[language], language);
    const state = { language, ruby };
    const page = { languages, words, readings };
    const update = (change) => asked.push(change);
    document.querySelector("main").replaceChildren(...readingChoices({ page, state, say, update }));
  };
  show(language, false);
}"""


def test_every_language_is_named_in_itself(page):
    page.evaluate(CHOICES, [words_of(LANGUAGES), readings(), LANGUAGES, "en"])
    select = page.get_by_label("Language")
    assert select.locator("option").all_text_contents() == ["日本語", "やさしい日本語", "English", "中文", "한국어"]
    assert select.locator("option").evaluate_all("(all) => all.map((each) => each.lang)") == [
        "ja",
        "ja",
        "en",
        "zh-Hans",
        "ko",
    ]
    assert select.input_value() == "en"
    assert page.locator("#rm-ruby").count() == 0
    select.select_option("ja-easy")
    assert page.evaluate("asked") == [{"language": "ja-easy"}]


def test_readings_are_asked_for_in_japanese_alone(page):
    page.evaluate(CHOICES, [words_of(LANGUAGES), readings(), LANGUAGES, "ja-easy"])
    button = page.get_by_role("button", name="ふりがな")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert page.evaluate("asked") == [{"ruby": True}]
    page.evaluate('show("ja-easy", true)')
    assert page.get_by_role("button", name="ふりがな", pressed=True).count() == 1
    assert page.evaluate("document.activeElement.id") == "rm-ruby"


def test_a_page_in_one_language_has_no_choice(page):
    page.evaluate(CHOICES, [words_of(["ko"]), None, ["ko"], "ko"])
    assert page.locator("main > *").count() == 0


def test_every_kanji_of_our_own_has_its_reading(page):
    catalog = load_catalog()
    groups = (catalog.kinds, catalog.themes, catalog.audiences, catalog.facilities)
    labels = [entry.label(language) for group in groups for entry in group.values() for language in ("ja", "ja-easy")]
    words = [word for language in ("ja", "ja-easy") for word in words_in(language).values()]
    texts = [re.sub(r"\{\w+\}", "3", text) for text in [*words, *labels]]
    days = [f"2026-{month:02}-{day:02}" for month in (1, 4, 12) for day in range(1, 31)]
    written = say(page, "ja", f"{days}.flatMap((day) => [say.date(day), say.month(day), say.day(day)])")
    told = [worded(schedule, "ja-easy") for text in TEXTS if not (schedule := read_schedule(text)).remarks]
    texts += [*written, *told]
    left = page.evaluate(LEFT, [texts, readings()])
    assert [text for text, rest in zip(texts, left, strict=True) if KANJI.search(rest)] == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("水", "水[すい]"),
        ("月・水・金", "月[げつ]・水[すい]・金[きん]"),
        ("2026年11月1日", "2026年[ねん]11月[がつ]1日[ついたち]"),
        ("11月20日(日)", "11月[がつ]20日[はつか](日[にち])"),
        ("4月14日（火）", "4月[がつ]14日[じゅうよっか]（火[か]）"),
        ("つぎの 日", "つぎの 日[ひ]"),
        ("1人", "1人[ひとり]"),
        ("1,021人", "1,021人[にん]"),
        ("10.1人", "10.1人[にん]"),
        ("何人まで", "何人[なんにん]まで"),
        ("いろいろな 国の 人", "いろいろな 国[くに]の 人[ひと]"),
        (
            "毎週 土曜日 9:00から。 30日は 休み",
            "毎週[まいしゅう] 土曜日[どようび] 9:00から。 30日[にち]は 休[やす]み",
        ),
        ("年が 書いて ない", "年[とし]が 書[か]いて ない"),
        ("1回 90分", "1回[かい] 90分[きゅうじゅっぷん]"),
        ("3か月前", "3か月前[げつまえ]"),
        ("車いすで 入れる", "車[くるま]いすで 入[はい]れる"),
        ("お金", "お金[かね]"),
        ("表示の切り替え", "表示[ひょうじ]の切[き]り替[か]え"),
        ("今日はありません", "今日[きょう]はありません"),
        ("今ひらいている", "今[いま]ひらいている"),
        ("営業中", "営業中"),  # a single kanji is not read out of a word that is not known
        ("<b>地図</b>", "<b>地図[ちず]</b>"),
        ("", ""),
    ],
)
def test_kanji_are_read_as_their_neighbours_ask(page, text, read):
    assert page.evaluate(READ, [[text], readings()]) == [read]


OWN_AND_GIVEN = """
  <p data-say="tab_map">地図</p>
  <p class="rm-own">対象<span class="rm-given">地図の会</span>と<b>会場</b></p>
  <h1 class="rm-own" data-given>地図の町</h1>
  <p>地図</p>
  <select class="rm-own"><option>地図</option></select>
"""


def test_readings_stand_above_our_own_words_alone_come_once_and_go_again(page):
    page.set_content(OWN_AND_GIVEN)
    before = page.evaluate("document.body.innerHTML")
    annotate = "(readings) => { annotate(document.body, readings); return document.body.innerHTML; }"
    once = page.evaluate(annotate, readings())
    assert re.findall(r'<ruby class="rm-ruby">(.*?)<rt aria-hidden="true">(.*?)</rt></ruby>', once) == [
        ("地図", "ちず"),
        ("対象", "たいしょう"),
        ("会場", "かいじょう"),
    ]
    assert page.evaluate(annotate, readings()) == once
    assert page.evaluate(annotate, None) == before
    assert page.evaluate("document.querySelector('p').childNodes.length") == 1


def test_a_screen_reader_hears_the_word_once(page):
    page.set_content('<button class="rm-own">地図</button>')
    page.evaluate("(readings) => annotate(document.querySelector('button'), readings)", readings())
    assert page.get_by_role("button", name="地図", exact=True).count() == 1
