"""What the page says of days and hours, and the choice of them, in words and without the rest of the page."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from resourcemap.publish.webmap.page import words_in
from resourcemap.publish.webmap.timetable import timetable
from resourcemap.read.schedules.parse import read_schedule

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[3] / "resourcemap" / "publish" / "webmap" / "static"
SCRIPTS = ("text", "language", "controls", "days", "dayfilter")
AS_OF = date(2026, 11, 1)
MAKE = """([table, texts, suspended, words, language, from]) => {
  const count = texts.length;
  const columns = { schedule: texts };
  const store = {
    count,
    suspended: Uint8Array.from(suspended),
    get: (name, row) => columns[name]?.[row] ?? null,
    has: (name) => name in columns,
  };
  const say = page.speaker(words, language);
  const days = table && new page.Days(table, store);
  const state = { days: new Set(), from, to: null };
  const context = { store, days, say, language, state };
  context.update = (change) => {
    Object.assign(state, change);
    page.choices.draw(days.tally(() => true, state));
  };
  window.context = context;
  if (!table) return;
  page.choices = page.dayChoices(context);
  document.body.replaceChildren(page.choices.soon, page.choices.element);
  context.update({});
}"""
CARD = "(row) => page.scheduleParts(row, context).map((part) => part.textContent)"


@pytest.fixture
def said(chromium):
    """Open rows with these texts at a moment in Japan, in a language; and ask for what a card says, or the list."""
    contexts = []

    def _open(*texts, at="2026-11-25T14:30", language="ja", suspended=(), known=True, begins=None):
        context = chromium.new_context(timezone_id="America/New_York", offline=True)
        contexts.append(context)
        page = context.new_page()
        code = "\n".join((STATIC / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
        names = "speaker, Days, dayChoices, scheduleParts, nextText, dayName"
        page.add_script_tag(content=f"window.page = (() => {{\n{code}\nreturn {{ {names} }};\n}})();")
        page.clock.set_fixed_time((datetime.fromisoformat(at) - timedelta(hours=9)).replace(tzinfo=UTC))
        schedules = pd.Series([read_schedule(text or "") for text in texts], dtype=object)
        table = timetable(schedules, AS_OF, languages=[language]) if known else None
        off = [int(row in suspended) for row in range(len(texts))]
        words = dict(words_in(language))
        page.evaluate(MAKE, [json.loads(json.dumps(table)), texts, off, words, language, begins])
        return page

    yield _open
    for context in contexts:
        context.close()


def card(page, row=0):
    return page.evaluate(CARD, row)


def line(page, row=0):
    return page.evaluate("(row) => page.nextText(row, context)", row)


def test_a_card_says_what_is_open_now_and_the_next_three_dates(said):
    page = said("毎週水曜 14:00〜16:00")
    sign, next_word = words_in("ja")["open_now"], words_in("ja")["next_dates"]
    dates = ["11月25日(水) 14:00〜16:00", "12月2日(水) 14:00〜16:00", "12月9日(水) 14:00〜16:00"]
    assert card(page) == ["毎週水曜 14:00〜16:00", sign, next_word, "".join(dates)]
    assert line(page) == f"{sign} 14:00〜16:00"


def test_after_the_hours_of_today_the_next_one_is_another_day(said):
    page = said("毎週水曜 14:00〜16:00", at="2026-11-25T16:00")
    assert line(page) == "次は 12月2日(水) 14:00〜16:00"
    assert words_in("ja")["open_now"] not in card(page)


def test_other_languages_have_a_line_of_their_own(said):
    page = said("毎週水曜 14:00〜16:00", language="en")
    assert card(page)[:2] == ["毎週水曜 14:00〜16:00", "every Wednesday 14:00–16:00"]
    assert "Wed" in card(page)[-1]
    assert page.evaluate("page.scheduleParts(0, context)[0].lang") == "ja"
    assert page.evaluate("page.scheduleParts(0, context)[1].lang") == "en"


def test_hours_that_are_not_known_are_said_to_be(said):
    page = said("毎週水曜", at="2026-11-25T20:00")
    assert words_in("ja")["hours_unknown"] in card(page)[-1]
    assert line(page) == words_in("ja")["open_today"]


def test_days_that_are_not_known_are_said_to_be(said):
    page = said("月1回", "春のみ", None)
    unknown = words_in("ja")["dates_unknown"]
    assert card(page) == ["月1回", unknown]
    assert [line(page, row) for row in range(3)] == [None, None, None]


def test_where_nothing_is_known_of_any_row_texts_stay_alone(said):
    assert card(said("春のみ")) == ["春のみ"]
    assert card(said(None)) == []
    assert card(said("毎週水曜", known=False)) == ["毎週水曜"]


def test_what_is_suspended_has_no_next_date(said):
    page = said("毎週水曜 14:00〜16:00", "毎週木曜", suspended=(0,))
    assert card(page) == ["毎週水曜 14:00〜16:00"]


def test_what_is_over_or_has_run_out_says_so(said):
    over = said("2026年11月20日 10:00〜12:00")
    assert card(over)[-1] == words_in("ja")["next_none"] == line(over)
    run_out = said("毎週水曜", at="2028-01-05T10:00")
    assert card(run_out)[-1] == words_in("ja")["dates_run_out"].format(date="2027年12月6日")
    assert line(run_out) is None


def test_the_last_days_that_are_known_are_named(said):
    page = said("毎週水曜 14:00〜16:00", at="2027-11-30T10:00")
    assert card(page)[-1] == words_in("ja")["dates_known_until"].format(date="2027年12月6日")


def test_what_was_taken_by_convention_is_not_hidden(said):
    page = said("毎日 9:00〜17:00（年末年始を除く）", at="2026-12-28T18:00")
    assert "1月4日(月)" in card(page)[-2]
    assert card(page)[-1] == words_in("ja")["assumed_year_end"]


def test_a_part_that_was_not_understood_is_not_hidden(said):
    page = said("毎週水曜 10時～12時（夏休みは休み）")
    assert "12月2日(水) 10:00〜12:00" in card(page)[-2]
    assert card(page)[-1] == words_in("ja")["dates_partly"]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("毎週金曜 22:00〜26:00", "22:00〜翌2:00"),
        ("毎週金曜 10時から", "10:00から"),
        ("毎週金曜 終日", "終日"),
        ("毎週金曜 10:00〜12:00、13:00〜15:00", "10:00〜12:00、13:00〜15:00"),
    ],
)
def test_hours_are_written_as_people_say_them(said, text, hours):
    assert line(said(text)) == f"次は 11月27日(金) {hours}"


def test_a_date_of_another_year_far_ahead_has_its_year(said):
    assert line(said("10月3日 10:00〜12:00")).startswith("次は 2027年10月3日 ")


def pressed(page):
    return page.locator('[aria-pressed="true"]').all_inner_texts()


def test_chips_choose_days_and_have_counts(said):
    page = said("毎週水曜 14:00〜16:00", "毎週木曜 10:00〜12:00", "毎週水曜 9:00〜10:00")
    page.get_by_role("button", name="水曜日").click()
    page.get_by_role("button", name=words_in("ja")["day_today"]).click()
    assert page.evaluate("[...context.state.days].sort()") == ["today", "wed"]
    counts = page.locator(".rm-chip .rm-n").all_inner_texts()
    # Today what is not over, now, and from Monday on.
    assert counts == ["1", "1", "0", "0", "2", "1", "0", "0", "0"]
    page.get_by_role("button", name="水曜日").click()
    assert page.evaluate("[...context.state.days]") == ["today"]


def test_hours_are_chosen_and_an_end_before_the_beginning_is_let_go(said):
    page = said("毎週水曜 14:00〜16:00", "毎週水曜 9:00〜10:00")
    page.locator("#rm-from").select_option("14:00")
    page.locator("#rm-to").select_option("16:00")
    assert page.evaluate("[context.state.from, context.state.to]") == [840, 960]
    assert page.locator(".rm-chip .rm-n").all_inner_texts()[4] == "1"
    page.locator("#rm-from").select_option("17:00")
    assert page.evaluate("[context.state.from, context.state.to]") == [1020, None]
    assert page.evaluate("[...document.getElementById('rm-to').options].filter((each) => !each.disabled).length") == 6


def test_a_time_that_is_no_full_hour_has_its_place(said):
    page = said("毎週水曜 14:00〜16:00", begins=870)
    assert page.locator("#rm-from").input_value() == "870"
    assert page.locator("#rm-from option").all_inner_texts()[9:12] == ["14:00", "14:30", "15:00"]


def test_weekdays_are_short_for_the_eye_and_whole_for_the_ear(said):
    page = said("毎週水曜")
    assert page.locator('.rm-chip [aria-hidden="true"]').all_inner_texts() == list("月火水木金土日")
    assert page.get_by_role("button", name="月曜日", exact=False).count() == 1
