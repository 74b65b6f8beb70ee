"""How people write a slot."""

from datetime import date

import pytest

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.reach.slot_words import Slot, moment, read_slot, week_slots

WEEK = (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("text", "weekdays", "start", "end"),
    [
        ("日 12:00-13:00", (6,), 720, 780),
        ("土日 午前", (5, 6), 360, 720),
        ("土・日曜日　午後", (5, 6), 720, 1080),
        ("平日 18:00-20:00", WEEK, 1080, 1200),
        ("平日の日中", WEEK, 540, 1020),
        ("毎日 終日", (0, 1, 2, 3, 4, 5, 6), 0, 1440),
        ("月〜金 9:00〜17:00", WEEK, 540, 1020),
        ("金曜から日曜 夜", (4, 5, 6), 1080, 1320),
        ("毎週水曜10時半から12時まで", (2,), 630, 720),
        ("日 9〜12時", (6,), 540, 720),
        ("日曜正午", (6,), 720, 721),
        ("日　２２：００～２４：００", (6,), 1320, 1440),
        ("Sunday 12:00", (6,), 720, 721),
        ("Sundays noon", (6,), 720, 721),
        ("Sat, Sun morning", (5, 6), 360, 720),
        ("Tue and Thu 10:00-12:00", (1, 3), 600, 720),
        ("Mon-Fri 9:00 to 17:00", WEEK, 540, 1020),
        ("fri - mon evening", (0, 4, 5, 6), 1080, 1320),
        ("weekdays 18:00-20:00", WEEK, 1080, 1200),
    ],
)
def test_slots_of_the_week(text, weekdays, start, end):
    slot = read_slot(text)
    assert (slot.weekdays, slot.start, slot.end, slot.date, slot.label) == (weekdays, start, end, None, text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-06 10:00-12:00",
        "2026-12-06(日) 10:00-12:00",
        "2026/12/6 10:00〜12:00",
        "2026年12月6日(日) 10時〜12時",
        "２０２６年１２月６日の10:00〜12:00",
    ],
)
def test_slots_of_one_date(text):
    assert read_slot(text) == Slot((6,), 600, 720, date(2026, 12, 6))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "日",
            "12:00",
            "日中",
            "日 25:00",
            "日 24:00",
            "日 12:60",
            "月 13:00-12:00",
            "土 22:00-26:00",
            "日 午後3時",
        ),
        *("祝日 10:00", "12-06 10:00", "Sunday 12", "毎月第2日曜 10:00", "日 9-12", "日 10:00 12:00"),
    ],
)
def test_what_is_none_of_these_is_said_and_not_guessed(text):
    with pytest.raises(InputError, match=r"cannot be read\. .*'Sunday 12:00'.*'2026-12-06 10:00-12:00'"):
        read_slot(text)


@pytest.mark.parametrize("text", ["2026-02-30 10:00", "2026-13-01 10:00", "2026-12-06(土) 10:00"])
def test_dates_that_do_not_exist(text):
    with pytest.raises(InputError, match="is not in the calendar"):
        read_slot(text)


@pytest.mark.parametrize(
    ("text", "meant"), [("Sunnday 12:00", "sunday"), ("Sat mornin", "morning"), ("平日 夜間帯", "夜間")]
)
def test_what_was_probably_meant(text, meant):
    with pytest.raises(InputError, match=f"Did you mean {meant}"):
        read_slot(text)


def test_messages_in_japanese():
    with (
        speaking("ja"),
        pytest.raises(InputError, match=r"時間帯 'Sunnday 12:00' は読めません。もしかして sunday ですか。"),
    ):
        read_slot("Sunnday 12:00")


@pytest.mark.parametrize("slot", [((), 0, 60), ((7,), 0, 60), ((6,), 60, 60), ((6,), 1380, 1500), ((6,), -1, 60)])
def test_slots_that_cannot_be(slot):
    with pytest.raises(InputError, match="within one day"):
        Slot(*slot)
    with pytest.raises(InputError, match="do not agree"):
        Slot((0,), 600, 660, date(2026, 12, 6))


def test_slots_are_the_same_whatever_they_are_called():
    assert len({Slot((6,), 720, 780), read_slot("日 12:00-13:00"), read_slot("Sun 12:00-13:00")}) == 1
    assert moment(date(2026, 12, 6), 720) == read_slot("2026-12-06 12:00")


def test_the_slots_of_a_week_come_by_day_then_hour():
    slots = week_slots()
    assert [slot.weekdays[0] for slot in slots] == [day for day in range(7) for _ in range(12)]
    assert [slot.start for slot in slots[:12]] == [hour * 60 for hour in range(8, 20)]
