"""Days and hours in the whole page of the sample: the choice, the address, the order, and what is not known."""

from datetime import UTC, date, datetime, timedelta

import pytest

import resourcemap as rm
from resourcemap.model.schedule.schedule import dates_between, next_dates
from resourcemap.reach.slot_words import Slot
from resourcemap.reach.slots import open_in_slots

pytestmark = pytest.mark.browser

AS_OF = date(2026, 11, 1)
TODAY = date(2026, 11, 25)  # a Wednesday
AHEAD = {"first": TODAY, "last": TODAY + timedelta(days=55)}


@pytest.fixture(scope="module")
def shown(sample_town):
    """The released rows of the sample with their schedules."""
    released = sample_town.released("map")
    return released, sample_town.schedules_of(released)


@pytest.fixture(scope="module")
def sample_file(sample_town, shown, tmp_path_factory):
    released, schedules = shown
    page = rm.webmap(
        released,
        schedules=schedules,
        catalog=sample_town.catalog,
        title="みほん市",
        as_of=AS_OF,
        languages=["ja", "en"],
    )
    return rm.write_webmap(page, tmp_path_factory.mktemp("days") / "index.html")


@pytest.fixture
def at_half_past_two(open_map, sample_file):
    """Open the page at 14:30 in Japan, with a browser in New York."""

    def _open(address="", **more):
        page = open_map(sample_file, address=address, timezone_id="America/New_York", **more)
        page.clock.set_fixed_time(datetime(2026, 11, 25, 5, 30, tzinfo=UTC))
        page.reload()
        page.locator(".rm-entry").first.wait_for()
        return page

    return _open


def rows_in(page):
    """Return the rows that are listed; all of them are as soon as the page is to be printed."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    return sorted(int(row) for row in page.eval_on_selector_all(".rm-entry", "all => all.map((e) => e.dataset.row)"))


def state_in(shown, slot):
    released, schedules = shown
    columns = {name: released.table[name] for name in ("status", "valid_from", "valid_to")}
    return open_in_slots(schedules, [slot], **AHEAD, **columns).state[:, 0].tolist()


def test_a_weekday_and_hours_show_what_python_finds(at_half_past_two, shown):
    page = at_half_past_two("#day=wed&time=14:00-16:00")
    state = state_in(shown, Slot((2,), 840, 960))
    assert rows_in(page) == [row for row, found in enumerate(state) if found == 1]
    unknown = state.count(-1)
    assert f"{unknown}件" in page.locator("#rm-unknown").inner_text()


def test_what_is_not_known_is_one_press_away(at_half_past_two, shown):
    page = at_half_past_two("#day=wed&time=14:00-16:00")
    page.locator("#rm-unknown button").click()
    state = state_in(shown, Slot((2,), 840, 960))
    assert rows_in(page) == [row for row, found in enumerate(state) if found]
    assert "unknown=1" in page.url


def test_a_chip_counts_and_finds_the_same(at_half_past_two):
    page = at_half_past_two()
    chip = page.locator(".rm-chip", has_text="今日")
    n = int(chip.locator(".rm-n").inner_text())
    chip.click()
    assert len(rows_in(page)) == n
    assert page.url.endswith("#day=today")


def test_the_list_by_date_begins_with_today_and_the_next_days_follow(at_half_past_two, shown):
    page = at_half_past_two("#sort=next")
    page.evaluate("document.querySelector('.rm-more-results')?.click()")
    headings = page.locator("#rm-results h2 .rm-own:not(.rm-n)").all_inner_texts()
    _, schedules = shown
    days = {day for each in schedules for day in dates_between(each, TODAY, TODAY + timedelta(days=7))}
    named = [f"{day.month}月{day.day}日({'月火水木金土日'[day.weekday()]})" for day in sorted(days)]
    assert headings[:2] == named[:2]


def test_what_rests_or_is_not_known_comes_last(at_half_past_two):
    page = at_half_past_two("#sort=next")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    headings = page.locator("#rm-results h2 .rm-own:not(.rm-n)").all_inner_texts()
    assert headings[-2:] == ["日にちは分かりません", "休止中"]


def test_the_card_of_a_monthly_salon_has_the_dates_of_python(at_half_past_two, shown):
    released, schedules = shown
    row = next(
        row for row, each in enumerate(schedules) if each.dated and each.understood == "all" and len(each.rules) == 1
    )
    days = next_dates(schedules.iloc[row], TODAY + timedelta(days=1))
    page = at_half_past_two(f"#at={released.table['resource_id'].iloc[row]}")
    told = page.locator(f'.rm-activity[data-row="{row}"] .rm-next-dates li').all_inner_texts()
    assert any(text.startswith(f"{days[0].month}月{days[0].day}日") for text in told)


def test_the_page_says_days_again_in_another_language(at_half_past_two):
    page = at_half_past_two("#lang=en&day=wed")
    assert "Wed" in page.locator("#rm-active").inner_text()
    assert page.locator(".rm-next").first.inner_text().startswith(("Next", "Open"))


def test_a_link_to_a_day_opens_a_map_that_knows_no_days(open_map, sample_town, shown, tmp_path):
    page = rm.webmap(shown[0], catalog=sample_town.catalog, title="みほん市", as_of=AS_OF)
    opened = open_map(rm.write_webmap(page, tmp_path / "index.html"), address="#day=wed&time=14:00-16:00&sort=next")
    opened.locator(".rm-entry").first.wait_for()
    assert opened.locator("#rm-count").inner_text() == f"{len(shown[0].table)}件"
    assert opened.locator("#rm-today .rm-chip").count() == 0
