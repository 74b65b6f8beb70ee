"""Who reaches something open in each slot: against every person, resource and slot looked at one by one."""

from datetime import date
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.measure import week
from resourcemap.measure.week import count_week, heat_table, week_table
from resourcemap.model.schedule.schedule import open_in
from resourcemap.reach.slot_words import read_slot, week_slots
from resourcemap.reach.slots import OpenTable, open_in_slots
from resourcemap.read.schedules.parse import read_schedule

YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
TEXTS = [
    "毎週日曜 10:00〜12:00",
    "第2日曜 10:00〜12:00",
    "毎日 9:00〜17:00",
    "毎週日曜",
    "月1回 月曜",
    "",
    "第2・第4火曜 13:00〜15:00",
]
KINDS = ["salon", "hiroba", "cafe"]


def opening_of(texts, slots, **more):
    return open_in_slots(pd.Series([read_schedule(text) for text in texts], dtype=object), slots, **(YEAR | more))


def one_by_one(pairs, kinds, people, homes, answer, slots, *, areas, metres):
    """Ask of every person, kind and slot whether some resource near enough is open."""
    rows = areas + homes.shape[1]
    found = np.zeros((2, rows, people.shape[1], len(slots)), dtype=int)
    near = {(pair.person, pair.resource) for pair in pairs.itertuples() if pair.metres <= metres}
    for person in range(len(people)):
        for number, kind in enumerate(people.columns):
            for slot in range(len(slots)):
                states = [
                    answer(resource, slot)
                    for resource in range(len(kinds))
                    if kinds[resource] == kind and (person, resource) in near
                ]
                bounds = any(state is True for state in states), any(state is not False for state in states)
                for system, area in enumerate(homes.iloc[person]):
                    found[:, area if area >= 0 else areas + system, number, slot] += (
                        np.array(bounds) * people.iloc[person, number]
                    )
    return found


@st.composite
def towns(draw):
    homes, resources = draw(st.integers(1, 6)), draw(st.integers(0, 6))
    kinds = draw(st.lists(st.sampled_from([*KINDS, "other"]), min_size=resources, max_size=resources))
    texts = draw(st.lists(st.sampled_from(TEXTS), min_size=resources, max_size=resources))
    each = st.tuples(
        st.integers(0, homes - 1), st.integers(0, max(resources - 1, 0)), st.sampled_from([0.0, 300.0, 500.0, 501.0])
    )
    pairs = draw(st.lists(each, max_size=20, unique_by=lambda pair: pair[:2])) if resources else []
    numbers = draw(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=homes, max_size=homes))
    areas = draw(st.lists(st.tuples(st.integers(-1, 1), st.integers(2, 3)), min_size=homes, max_size=homes))
    return (
        pd.DataFrame(pairs, columns=["person", "resource", "metres"]).astype({"person": int, "resource": int}),
        texts,
        pd.Series(kinds, dtype=object),
        pd.DataFrame(numbers, columns=KINDS),
        pd.DataFrame(areas, columns=["圏域", "学区"]),
    )


SLOTS = [
    read_slot(text) for text in ("日 10:00-12:00", "日 13:00-14:00", "月 9:00-10:00", "火 午後", "2026-12-13 10:00")
]


@given(towns())
@settings(max_examples=60)
def test_every_person_and_slot(town):
    pairs, texts, kinds, people, homes = town
    counts = count_week(pairs, opening_of(texts, SLOTS), kinds, people, homes, areas=4, metres=500)
    found = [read_schedule(text) for text in texts]

    def answer(resource, number):
        slot = SLOTS[number]
        window = {"first": slot.date, "last": slot.date} if slot.date else YEAR
        return open_in(found[resource], slot.weekdays[0], slot.start, slot.end, **window)

    expected = one_by_one(pairs, kinds, people, homes, answer, SLOTS, areas=4, metres=500)
    assert counts.within.tolist() == expected[0].tolist()
    assert counts.within_or_unknown.tolist() == expected[1].tolist()
    assert (counts.within <= counts.within_or_unknown).all()
    assert (counts.within_or_unknown <= counts.people[:, :, None]).all()
    assert counts.people.sum(axis=0).tolist() == (people.sum() * 2).tolist()


@given(towns(), st.floats(0, 1))
@settings(max_examples=30)
def test_a_share_of_the_dates(town, at_least):
    pairs, texts, kinds, people, homes = town
    table = opening_of(texts, SLOTS)

    def answer(resource, slot):
        least, most = table.least[resource, slot], table.most[resource, slot]
        sure = least > 0 and least >= at_least
        return True if sure else None if most > 0 and most >= at_least else False

    counts = count_week(pairs, table, kinds, people, homes, areas=4, metres=500, at_least=at_least)
    expected = one_by_one(pairs, kinds, people, homes, answer, SLOTS, areas=4, metres=500)
    assert [counts.within.tolist(), counts.within_or_unknown.tolist()] == expected.tolist()


@given(towns(), st.randoms(use_true_random=False), st.integers(1, 7))
@settings(max_examples=30)
def test_order_of_rows_and_size_of_parts_change_nothing(town, random, at_once):
    pairs, texts, kinds, people, homes = town
    first = count_week(pairs, opening_of(texts, SLOTS), kinds, people, homes, areas=4, metres=500)
    order = list(range(len(texts)))
    random.shuffle(order)
    renumbered = pairs.assign(resource=[order.index(resource) for resource in pairs["resource"]])
    renumbered = renumbered.sample(frac=1, random_state=1) if len(pairs) else renumbered
    shuffled = [texts[at] for at in order], kinds.iloc[order]
    with patch.multiple(week, _PAIRS_AT_ONCE=at_once, _GROUPS_AT_ONCE=at_once):
        again = count_week(renumbered, opening_of(shuffled[0], SLOTS), shuffled[1], people, homes, areas=4, metres=500)
    assert first.within.tolist() == again.within.tolist()
    assert first.within_or_unknown.tolist() == again.within_or_unknown.tolist()


@given(towns())
@settings(max_examples=30)
def test_more_resources_and_longer_ways_are_never_less_reach(town):
    pairs, texts, kinds, people, homes = town
    most = count_week(pairs, opening_of(texts, SLOTS), kinds, people, homes, areas=4, metres=501)
    nearer = count_week(pairs, opening_of(texts, SLOTS), kinds, people, homes, areas=4, metres=500)
    kept = pairs[pairs["resource"] % 2 == 0]
    fewer = count_week(kept, opening_of(texts, SLOTS), kinds, people, homes, areas=4, metres=501)
    for less in (nearer, fewer):
        assert (less.within <= most.within).all()
        assert (less.within_or_unknown <= most.within_or_unknown).all()


def town_of(texts, places=None, **more):
    """Three homes of 10, 20 and 40 people; the first two reach everything, the third nothing."""
    pairs = places or [(person, resource, 100.0) for person in (0, 1) for resource in range(len(texts))]
    return count_week(
        pd.DataFrame(pairs, columns=["person", "resource", "metres"]),
        more.pop("opening", None) or opening_of(texts, SLOTS[:3]),
        pd.Series(["salon"] * len(texts)),
        pd.DataFrame({"salon": [10, 20, 40]}),
        pd.DataFrame({"圏域": [0, 1, 1]}),
        areas=2,
        metres=500,
        **more,
    )


def test_a_monthly_salon_is_not_a_hall_open_every_day():
    """Area 0 has 10 people, all reached; of the 60 of area 1, 20 are.

    The hall is open in all three slots (Sunday 10, Sunday 13, Monday 9); the monthly salon only on Sunday from 10 to
    12, on 12 of 52 Sundays, which is no weekly place.
    """
    assert town_of(["毎日 9:00〜17:00"]).within[:2, 0].tolist() == [[10, 10, 10], [20, 20, 20]]
    monthly = town_of(["第2日曜 10:00〜12:00"])
    assert monthly.within[:2, 0].tolist() == [[10, 0, 0], [20, 0, 0]]
    assert monthly.people.tolist() == [[10], [60], [0]]
    assert not town_of(["第2日曜 10:00〜12:00"], at_least=0.9).within.any()


def test_unknown_hours_are_a_third_value():
    """Every Sunday, hours not said: nobody surely reaches it, the 30 near may on Sundays; on Mondays it is closed."""
    counts = town_of(["毎週日曜"])
    assert not counts.within.any()
    assert counts.within_or_unknown[:2, 0].tolist() == [[10, 10, 0], [20, 20, 0]]
    both = town_of(["毎週日曜", "毎週日曜 10:00〜12:00"])
    assert both.within[:2, 0].tolist() == [[10, 0, 0], [20, 0, 0]]
    assert both.within_or_unknown[:2, 0].tolist() == [[10, 10, 0], [20, 20, 0]]


def test_those_who_take_turns_do_not_add_up():
    """Two salons on two Sundays a month each: somebody is there on 48 of 52 Sundays, but neither on most."""
    turns = ["第1・第3日曜 10:00〜12:00", "第2・第4日曜 10:00〜12:00"]
    assert town_of(turns).within[0, 0, 0] == 10
    assert town_of(turns, at_least=0.4).within[0, 0, 0] == 10
    assert town_of(turns, at_least=0.9).within[0, 0, 0] == 0


def test_visitors_stops_venues_and_dates_need_nothing_special():
    """A visit, two stops of a van and a pantry on one date: each is a row with its own place and hours.

    The visit is at home (0 m) on Sundays at 10; the first stop is 400 m from home 0 on Sundays at 10, the second
    400 m from home 1 on Sundays at 13, each too far from the other home; the pantry is on one Monday.
    """
    visit = town_of(["毎週日曜 10:00〜11:00"], places=[(2, 0, 0.0)])
    assert visit.within[:2, 0].tolist() == [[0, 0, 0], [40, 0, 0]]
    stops = ["毎週日曜 10:00〜10:30", "毎週日曜 13:00〜13:30"]
    van = town_of(stops, places=[(0, 0, 400.0), (0, 1, 900.0), (1, 0, 900.0), (1, 1, 400.0)])
    assert van.within[:2, 0].tolist() == [[10, 0, 0], [0, 20, 0]]
    pantry = ["2026年12月7日 9:00〜10:00"]
    assert town_of(pantry).within[:2, 0].tolist() == [[0, 0, 10], [0, 0, 20]]
    asked = [read_slot("2026-12-07 9:30"), read_slot("2026-12-14 9:30")]
    assert town_of(pantry, opening=opening_of(pantry, asked)).within[:2, 0].tolist() == [[10, 0], [20, 0]]
    assert not town_of(pantry, at_least=0.1).within.any()


def test_several_venues_count_where_one_is_near():
    venues = ["毎日 9:00〜17:00", "毎日 9:00〜17:00"]
    counts = town_of(venues, places=[(0, 0, 400.0), (0, 1, 300.0), (1, 0, 600.0), (1, 1, 700.0)])
    assert counts.within[:2, 0, 0].tolist() == [10, 0]


def test_more_slots_than_bits_in_a_number():
    whole = week_slots(range(24))
    counts = town_of(["毎日 9:00〜17:00"], opening=opening_of(["毎日 9:00〜17:00"], whole))
    assert counts.within[0, 0].reshape(7, 24).tolist() == [[10 if 9 <= hour < 17 else 0 for hour in range(24)]] * 7


def test_the_table_shows_zeros_and_those_outside_all_areas():
    areas = pd.DataFrame({"system": ["圏域", "学区", "圏域"], "area_id": ["1", "9", "2"], "area": ["西", "南", "東"]})
    counts = count_week(
        pd.DataFrame({"person": [0], "resource": [0], "metres": [500.0]}),
        opening_of(["毎週日曜 10:00〜12:00"], SLOTS[:2]),
        pd.Series(["salon"]),
        pd.DataFrame({"salon": [10, 5], "cafe": [1, 0]}),
        pd.DataFrame({"圏域": [0, 0], "学区": [1, -1]}),
        areas=3,
        metres=500,
    )
    table = week_table(counts, areas)
    salons = table[table["kind"] == "salon"]
    columns = ["system", "area_id", "slot", "people", "within"]
    assert salons[columns].fillna({"area_id": "none"}).to_numpy().tolist() == [
        ["圏域", "1", 0, 15, 10],
        ["圏域", "1", 1, 15, 0],
        ["圏域", "2", 0, 0, 0],
        ["圏域", "2", 1, 0, 0],
        ["学区", "9", 0, 10, 10],
        ["学区", "9", 1, 10, 0],
        ["学区", "none", 0, 5, 0],
        ["学区", "none", 1, 5, 0],
    ]
    assert table["label"].unique().tolist() == ["日 10:00-12:00", "日 13:00-14:00"]
    assert salons["share_within"].round(3).tolist()[:2] == [0.667, 0.0]
    assert salons["share_within"].isna().tolist() == [False, False, True, True, False, False, False, False]
    assert table.groupby(["system", "kind", "slot"])["people"].sum().unique().tolist() == [1, 15]


def test_parts_of_people_stay_parts():
    counts = count_week(
        pd.DataFrame({"person": [0], "resource": [0], "metres": [0.0]}),
        opening_of(["毎日 9:00〜17:00"], SLOTS[:1]),
        pd.Series(["salon"]),
        pd.DataFrame({"salon": [0.5, 0.25]}),
        pd.DataFrame({"圏域": [0, 0]}),
        areas=1,
        metres=0,
    )
    assert (counts.within[0, 0, 0], counts.people[0, 0]) == (0.5, 0.75)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kinds": pd.Series(["salon", "cafe"])}, "Rows differ"),
        ({"people": pd.DataFrame({"salon": [-1]})}, "missing or negative"),
        ({"people": pd.DataFrame({"salon": [np.nan]})}, "missing or negative"),
        ({"pairs": pd.DataFrame({"person": [0], "resource": [5], "metres": [1.0]})}, "do not exist"),
        ({"homes": pd.DataFrame({"圏域": [7]})}, "do not exist"),
        ({"metres": -1}, "cannot be used"),
        ({"at_least": 90}, "cannot be used"),
    ],
)
def test_bad_tables(change, message):
    given_tables = {
        "pairs": pd.DataFrame({"person": [0], "resource": [0], "metres": [1.0]}),
        "opening": opening_of(["毎日"], SLOTS),
        "kinds": pd.Series(["salon"]),
        "people": pd.DataFrame({"salon": [1]}),
        "homes": pd.DataFrame({"圏域": [0]}),
    }
    options = {"areas": 1, "metres": 500} | {key: change[key] for key in change if key not in given_tables}
    tables = given_tables | {key: change[key] for key in change if key in given_tables}
    with pytest.raises(InputError, match=message):
        count_week(**tables, **options)


def test_only_plain_slots_are_laid_out_by_day_and_hour():
    values = pd.Series([0.5] * 5)
    with pytest.raises(InputError, match="one weekday each"):
        heat_table(values, tuple(SLOTS))
    laid = heat_table(pd.Series([np.nan, 1.0]), (SLOTS[0], SLOTS[2]))
    assert laid.index.tolist() == ["月", "日"]
    assert laid.columns.tolist() == ["9:00", "10:00"]
    assert isinstance(opening_of(["毎日"], SLOTS), OpenTable)
