"""A schedule in the words of a language; the phrases are data, in phrases.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from resourcemap.model.schedule.days import (
    EVERY_DAY,
    After,
    Dates,
    Day,
    Holidays,
    MonthDays,
    Months,
    Moved,
    Nth,
    Obon,
    Period,
    Sometimes,
    Weekly,
    YearEnd,
)
from resourcemap.model.schedule.spans import ALL_DAY, Span, clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from resourcemap.model.schedule.days import Days
    from resourcemap.model.schedule.schedule import Rule, Schedule

WORDED: Final = ("en", "zh", "ko", "ja-easy")
_HOW_OFTEN = {"fortnight": "fortnight", "2 months": "two_months"}
_FEW = {1: "once", 2: "twice"}


def worded(schedule: Schedule, language: str) -> str:
    """Write the rules of a schedule in a language of `WORDED`; remarks stay as they are.

    Examples
    --------
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> salon = Schedule((Rule(Weekly((1, 3)), (Span(540, 720),), without=(Holidays(),)),))
    >>> worded(salon, "en")
    'every Tuesday and Thursday 9:00–12:00 (except public holidays)'
    >>> worded(salon, "zh")
    '每周二、周四 9:00–12:00，法定节假日除外'
    >>> worded(salon, "ko")
    '매주 화요일·목요일 9:00~12:00, 공휴일 제외'
    >>> worded(salon, "ja-easy")
    '毎週 火曜日と 木曜日 9:00から 12:00まで。 祝日は 休み'
    """
    wording = _Wording(_phrases()[language])
    between: str = wording.phrases["rules"]
    return between.join([*(wording.rule(rule) for rule in schedule.rules), *schedule.remarks])


@cache
def _phrases() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("resourcemap.model.schedule") / "phrases.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class _Wording:
    """The walk through the rules, with the phrases of one language."""

    phrases: dict[str, Any]

    def rule(self, rule: Rule) -> str:
        words = self.days(rule.days)
        if rule.spans:
            words = self._say("rule", days=words, spans=self.phrases["spans"].join(map(self._span, rule.spans)))
        if rule.minutes:
            words = self._say("minutes", words=words, n=rule.minutes)
        for each in rule.within:
            phrase = "in_months" if isinstance(each, Months) else "within"
            words = self._say(phrase, words=words, within=self.days(each))
        if isinstance(rule.days, Moved):
            words = self._say("moved", words=words, how=self.phrases["moves"][rule.days.to])
        if rule.without:
            words = self._say("except", words=words, days=self._and(self.days(each, off=True) for each in rule.without))
        return words

    def days(self, days: Days, *, off: bool = False) -> str:
        """Write a set of days; `off` when nothing takes place on them."""
        return _WRITERS[type(days)](self, days, off)

    def nth(self, days: Nth, off: bool) -> str:
        nth = self._and(self.phrases["nths"][str(nth)] for nth in days.nths)
        if days.weekdays == EVERY_DAY:
            return self._say("nth_week", nth=nth)
        return self._say("nth_off" if off else "nth", nth=nth, weekdays=self._weekdays(days.weekdays))

    def month_days(self, days: MonthDays, off: bool) -> str:
        which = self._and(self._say("last_day") if day == -1 else self._say("month_day", day=day) for day in days.days)
        return self._say("month_days_off" if off else "month_days", which=which)

    def months(self, days: Months, _off: bool) -> str:
        return self._and(self.phrases["months"][month - 1] for month in days.months)

    def dates(self, days: Dates, _off: bool) -> str:
        return self._and(map(self._day, days.days))

    def after(self, days: After, off: bool) -> str:
        return self._say("after" if days.by > 0 else "before", days=self.days(days.days, off=off))

    def moved(self, days: Moved, off: bool) -> str:
        words = self.days(days.days, off=off)
        if not off:
            return words
        if days.to == "nowhere":
            return self._say("open_on_holidays", days=words)
        return self._say("moved_off", days=words, how=self.phrases["moves"][days.to])

    def weekly(self, days: Weekly, off: bool) -> str:
        weekdays = self._weekdays(days.weekdays)
        if days.every > 1 and days.start:
            start = Day(days.start.month, days.start.day, days.start.year)
            return self._say("fortnightly", weekdays=weekdays, date=self._day(start), iso=days.start.isoformat())
        if days.weekdays == EVERY_DAY:
            return self._say("every_day")
        return self._say("weekly_off" if off else "weekly", weekdays=weekdays)

    def sometimes(self, days: Sometimes, _off: bool) -> str:
        often = self._often(days)
        return self._say("on", often=often, weekdays=self._weekdays(days.weekdays)) if days.weekdays else often

    def period(self, period: Period, _off: bool) -> str:
        first, last = (day and self._day(day) for day in (period.first, period.last))
        phrase = "from_to" if first and last else "from" if first else "to"
        return self._say(phrase, first=first, last=last) if first or last else ""

    def _often(self, days: Sometimes) -> str:
        if days.per in _HOW_OFTEN:
            return self._say(_HOW_OFTEN[days.per])
        if not days.per:
            return self._say(days.word or "unknown")
        if not days.times:
            return self._say(f"each_{days.per}")
        few = _FEW.get(days.times, "")
        times = self._say(few if few in self.phrases else "times", n=days.times)
        return self._say(days.per, times=times)

    def _span(self, span: Span) -> str:
        if span == ALL_DAY:
            return self._say("all_day")
        start, end = (None if at is None else clock(at) for at in (span.start, span.end))
        phrase = "from_time" if end is None else "to_time" if start is None else "hours"
        return self._say(phrase, start=start, end=end)

    def _weekdays(self, weekdays: tuple[int, ...]) -> str:
        return self._and(self.phrases["weekdays"][weekday] for weekday in weekdays)

    def _day(self, day: Day) -> str:
        name = self.phrases["months"][day.month - 1]
        return self._say("day_of_year" if day.year else "day", day=day.day, name=name, year=day.year)

    def _and(self, words: Iterable[str]) -> str:
        *first, last = words
        if not first:
            return last
        return f"{self.phrases['and'].join(first)}{self.phrases['and_last']}{last}"

    def _say(self, phrase: str, **values: object) -> str:
        said: str = self.phrases[phrase].format(**values)
        return said


def _fixed(phrase: str) -> Callable[[_Wording, Days, bool], str]:
    return lambda wording, _days, _off: wording.phrases[phrase]


_WRITERS: dict[type, Callable[[_Wording, Any, bool], str]] = {
    Weekly: _Wording.weekly,
    Nth: _Wording.nth,
    MonthDays: _Wording.month_days,
    Months: _Wording.months,
    Holidays: _fixed("holidays"),
    YearEnd: _fixed("year_end"),
    Obon: _fixed("obon"),
    Dates: _Wording.dates,
    Period: _Wording.period,
    After: _Wording.after,
    Moved: _Wording.moved,
    Sometimes: _Wording.sometimes,
}
