"""A slot: a piece of the week, or of one day, that somebody asks about; and how people write it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.model.schedule.days import EVERY_DAY
from resourcemap.model.schedule.spans import DAY, clock
from resourcemap.model.schedule.words import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOON = DAY // 2
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {"毎日": EVERY_DAY, "平日": (0, 1, 2, 3, 4), "週末": (5, 6)}
_DAYS |= {"every day": EVERY_DAY, "daily": EVERY_DAY, "weekdays": (0, 1, 2, 3, 4), "weekday": (0, 1, 2, 3, 4)}
_DAYS |= {"weekends": (5, 6), "weekend": (5, 6)}
_DAYS |= {name: (number,) for number, name in enumerate(_ENGLISH)}
_DAYS |= {f"{name}s": (number,) for number, name in enumerate(_ENGLISH)}
_DAYS |= {name[:3]: (number,) for number, name in enumerate(_ENGLISH)}
_PARTS = dict.fromkeys(("午前", "morning"), (6 * 60, _NOON))
_PARTS |= dict.fromkeys(("午後", "afternoon"), (_NOON, 18 * 60))
_PARTS |= dict.fromkeys(("夜", "夜間", "evening"), (18 * 60, 22 * 60))
_PARTS |= dict.fromkeys(("日中", "daytime"), (9 * 60, 17 * 60))
_PARTS |= dict.fromkeys(("終日", "all day"), (0, DAY))
_PARTS |= dict.fromkeys(("正午", "noon"), (_NOON, _NOON + 1))
_REST = r":(\d\d)|時(?:(半)|(\d{1,2})分)?"
_CLOCK = rf"(\d{{1,2}})(?:{_REST})"
_TIME = re.compile(_CLOCK)
_HOURS = re.compile(rf"(\d{{1,2}})(?:{_REST})?\s*(?:-|から|to)\s*{_CLOCK}(?:まで)?")
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:\(([月火水木金土日])\))?"
)
_WAVES = str.maketrans(dict.fromkeys("〜～∼˜〰~−–—―‐‑‒─", "-"))
_JAPANESE_DAYS = re.compile(rf"(?:毎週)?([{WEEKDAYS}](?:[・、,]?[{WEEKDAYS}])*)(?:曜日?)?")
_LISTED = re.compile(r"\s*(?:,|/|・|\band\b)\s*")
_RANGE = re.compile(r"([a-z]+)\s*(?:-|to)\s*([a-z]+)")
_JAPANESE_RANGE = re.compile(rf"([{WEEKDAYS}])(?:曜日?)?(?:-|から)([{WEEKDAYS}])(?:曜日?)?")


@dataclass(frozen=True)
class Slot:
    """Some hours of some weekdays, or of one date; a moment is a slot of one minute.

    Parameters
    ----------
    weekdays
        From Monday, 0, to Sunday, 6, in order. Public holidays that fall on them are among them.
    start, end
        Minutes from midnight, the end not included, so 12:00-13:00 and 13:00-14:00 share nothing. A slot lies
        within one day.
    date
        The only date meant, when it is one; its weekday is then the only one of `weekdays`.
    label
        What to call it; in the words of the calendar when not given.

    Raises
    ------
    InputError
        When it has no weekday, no minute, or goes past midnight.

    Examples
    --------
    >>> Slot((6,), 720, 780).label, Slot((5, 6), 600, 660, label="休みの朝").label
    ('日 12:00〜13:00', '休みの朝')
    """

    weekdays: tuple[int, ...]
    start: int
    end: int
    date: date | None = None
    label: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not self.weekdays or not set(self.weekdays) <= set(EVERY_DAY) or not 0 <= self.start < self.end <= DAY:
            raise InputError(
                either(
                    ja=f"時間帯（曜日 {self.weekdays}、{self.start}〜{self.end}分）は使えません。"
                    "曜日は0（月）〜6（日）、時刻は0時から24時まで、終わりを始まりより後にしてください。夜中をまたぐときは2つに分けてください。",
                    en=f"The slot (weekdays {self.weekdays}, minutes {self.start} to {self.end}) cannot be used. "
                    "Weekdays are 0 (Monday) to 6 (Sunday); it must end after its start, within one day. "
                    "Split one that goes past midnight in two.",
                )
            )
        if self.date is not None and self.weekdays != (self.date.weekday(),):
            raise InputError(
                either(
                    ja=f"時間帯の日付 {self.date} と曜日 {self.weekdays} が合いません。どちらかを直してください。",
                    en=f"The slot's date {self.date} and its weekdays {self.weekdays} do not agree. Correct one.",
                )
            )
        if not self.label:
            object.__setattr__(self, "label", _named(self))


def moment(day: date, minute: int) -> Slot:
    """Return the slot of one minute of one day.

    Examples
    --------
    >>> moment(date(2026, 12, 6), 720).label
    '2026-12-06(日) 12:00'
    """
    return Slot((day.weekday(),), minute, minute + 1, day)


def week_slots(hours: Iterable[int] = range(8, 20)) -> list[Slot]:
    """Return the slots of one hour of every day of the week, Monday first, for the week heat table.

    Parameters
    ----------
    hours
        The hours at which they begin, from 0 to 23.

    Examples
    --------
    >>> [slot.label for slot in week_slots(range(12, 14))][:3], len(week_slots())
    (['月 12:00〜13:00', '月 13:00〜14:00', '火 12:00〜13:00'], 84)
    """
    begins = list(hours)
    return [Slot((weekday,), hour * 60, hour * 60 + 60) for weekday in EVERY_DAY for hour in begins]


def read_slot(text: str) -> Slot:
    """Read a slot as people write it: days or a date, then hours, a time, or a part of the day.

    A time alone is the minute that begins then. 午前 and "morning" are 6 to 12, 午後 and "afternoon" 12 to 18, 夜 and
    "evening" 18 to 22, 日中 and "daytime" 9 to 17 o'clock. 平日 and "weekdays" are Monday to Friday, public holidays
    that fall on them included: what is closed then is closed on these dates only.

    Returns
    -------
    Slot
        The slot, with the text as its label.

    Raises
    ------
    InputError
        When the text is none of these, with the word that was probably meant and the forms that can be read.

    Examples
    --------
    >>> slot = read_slot("日 12:00-13:00")
    >>> slot.weekdays, slot.start, slot.end
    ((6,), 720, 780)
    >>> read_slot("Sunday 12:00").end, read_slot("土日 午前").weekdays, read_slot("2026-12-06 10:00-12:00").weekdays
    (721, (5, 6), (6,))
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_WAVES).lower().split())
    for at in [*(found.start() for found in re.finditer(" ", plain)), *range(1, len(plain))]:
        hours = _hours_in(plain[at:].strip().removeprefix("の").strip())
        if hours is None:
            continue
        front = plain[:at].strip()
        day = _date_in(front, text)
        weekdays = (day.weekday(),) if day else _days_in(front)
        if weekdays:
            return Slot(weekdays, *hours, day, label=text.strip())
    raise InputError(_cannot_read(text, plain))


def slots_each_day(text: str) -> list[Slot]:
    """Read weekdays, with hours or without, as one slot for each of them; without hours, the whole day.

    Raises
    ------
    InputError
        When the text is none of these, or a date.

    Examples
    --------
    >>> [slot.label for slot in slots_each_day("月・金 午前")], slots_each_day("平日")[0].label
    (['月 6:00〜12:00', '金 6:00〜12:00'], '月')
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_WAVES).lower().split())
    if days := _days_in(plain):
        return [Slot((day,), 0, DAY, label=WEEKDAYS[day]) for day in days]
    read = read_slot(text)
    if read.date is not None:
        raise InputError(
            either(
                ja=f"「{text}」は1日だけです。ここには「平日」「土日 午前」のように、曜日を書いてください。",
                en=f"{text!r} is a single date. Write weekdays here, as in 'weekdays' or 'Sat, Sun morning'.",
            )
        )
    return [Slot((day,), read.start, read.end) for day in read.weekdays]


def _named(slot: Slot) -> str:
    days = f"{slot.date}({WEEKDAYS[slot.weekdays[0]]})" if slot.date else "".join(WEEKDAYS[at] for at in slot.weekdays)
    until = f"〜{clock(slot.end)}" if slot.end > slot.start + 1 else ""
    return f"{days} {clock(slot.start)}{until}"


def _hours_in(text: str) -> tuple[int, int] | None:
    """Return the start and end of hours, of a moment or of a part of the day."""
    if text in _PARTS:
        return _PARTS[text]
    if found := _HOURS.fullmatch(text):
        start, end = _minutes(found.groups()[:4]), _minutes(found.groups()[4:])
        return (start, end) if start is not None and end is not None and start < end else None
    found = _TIME.fullmatch(text)
    start = _minutes(found.groups()) if found else None
    return (start, start + 1) if start is not None and start < DAY else None


def _minutes(parts: Iterable[str | None]) -> int | None:
    hour, minute, half, minutes = parts
    counted = int(hour or 0) * 60 + (30 if half else int(minute or minutes or 0))
    return counted if int(minute or minutes or 0) < 60 and counted <= DAY else None


def _date_in(text: str, whole: str) -> date | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        day = date(*(int(number) for number in found.groups()[:-1] if number))
    except ValueError:
        day = None
    if day is None or found.groups()[-1] not in (None, WEEKDAYS[day.weekday()]):
        raise InputError(
            either(
                ja=f"時間帯 {whole!r} の日付 {text} は暦にありません。直してください。",
                en=f"The date {text} of the slot {whole!r} is not in the calendar. Correct it.",
            )
        )
    return day


def _days_in(text: str) -> tuple[int, ...]:
    """Return the weekdays of a text, or none when one word of it is not known."""
    if text in _DAYS:
        return _DAYS[text]
    if found := _JAPANESE_DAYS.fullmatch(text):
        return tuple(sorted({WEEKDAYS.index(letter) for letter in found[1] if letter in WEEKDAYS}))
    if found := _JAPANESE_RANGE.fullmatch(text):
        return _from_to(WEEKDAYS.index(found[1]), WEEKDAYS.index(found[2]))
    found = _RANGE.fullmatch(text)
    ends = [_DAYS.get(name, ()) for name in found.groups()] if found else []
    if len(ends) == 2 and all(len(end) == 1 for end in ends):
        return _from_to(ends[0][0], ends[1][0])
    listed = [_DAYS.get(word, ()) for word in _LISTED.split(text)]
    return tuple(sorted({day for days in listed for day in days})) if all(listed) else ()


def _from_to(first: int, last: int) -> tuple[int, ...]:
    return tuple(sorted((first + step) % 7 for step in range((last - first) % 7 + 1)))


def _cannot_read(text: str, plain: str) -> str:
    known = [*_DAYS, *_PARTS]
    near = [
        found[0] for word in re.findall(r"[^\W\d_]{2,}", plain) if word not in known and (found := _near(word, known))
    ]
    hint = either(ja=f"もしかして {near[0]} ですか。", en=f"Did you mean {near[0]}? ") if near else ""
    return either(
        ja=f"時間帯 {text!r} は読めません。{hint}「日 12:00-13:00」「土日 午前」「平日 18:00-20:00」"
        "「2026-12-06 10:00-12:00」のように、曜日か日付と、24時までの時刻を書いてください。",
        en=f"The slot {text!r} cannot be read. {hint}Write weekdays or a date, then hours within the day, as in "
        "'Sunday 12:00', 'Sat, Sun morning', 'weekdays 18:00-20:00' or '2026-12-06 10:00-12:00'.",
    )


def _near(word: str, known: list[str]) -> list[str]:
    return get_close_matches(word, known, n=1)
