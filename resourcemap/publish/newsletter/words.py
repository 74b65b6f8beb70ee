"""The words of the newsletter in a language, and how it writes days, hours and lists of days."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from resourcemap.model.catalog import LANGUAGES
from resourcemap.model.schedule.holidays import is_holiday
from resourcemap.model.schedule.spans import DAY, clock
from resourcemap.publish.newsletter.furigana import Said, with_kana, with_readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

JAPANESE = ("ja", "ja-easy")


@dataclass(frozen=True)
class Words:
    """The words of a language, and whether readings stand above them.

    Parameters
    ----------
    language
        One of `resourcemap.model.catalog.LANGUAGES`.
    ruby
        Whether kanji have readings above them; other languages than Japanese have none.
    """

    language: str
    ruby: bool = False

    def plain(self, word: str, **values: object) -> str:
        """Return a word with its blanks filled in.

        Examples
        --------
        >>> Words("ja").plain("number", n=9), Words("en").plain("number", n=9)
        ('第9号', 'No. 9')
        """
        text: str = words_in(self.language)[word]
        return text.format(**values)

    def say(self, word: str, **values: object) -> Said:
        """Return a word with its blanks filled in, with readings where they are asked for."""
        return self.read(self.plain(word, **values))

    def read(self, text: str) -> Said:
        """Return a text of ours with readings where they are asked for."""
        return with_readings(text) if self.ruby and self.language in JAPANESE else text

    def name(self, name: str, kana: str) -> Said:
        """Return a name that people gave, with its kana where readings are asked for."""
        return with_kana(name, kana) if self.ruby and self.language in JAPANESE else name

    def month_of(self, day: date) -> str:
        """Write the month of a day, with its year.

        Examples
        --------
        >>> from datetime import date
        >>> Words("ja").month_of(date(2026, 12, 1)), Words("en").month_of(date(2026, 12, 1))
        ('2026年12月', 'December 2026')
        """
        return self.plain("month", year=day.year, month=day.month, name=self._month(day))

    def month_alone(self, day: date) -> str:
        """Write the month of a day without its year."""
        return self._month(day)

    def day_with_year(self, day: date) -> str:
        """Write a day with its year."""
        return self.plain("date", year=day.year, month=day.month, day=day.day, name=self._month(day))

    def day(self, day: date) -> str:
        """Write a day of the month with its weekday, and whether it is a holiday.

        Examples
        --------
        >>> from datetime import date
        >>> Words("ja").day(date(2026, 11, 23)), Words("en").day(date(2026, 12, 2))
        ('23日(月・祝)', 'Wed 2')
        """
        return self.plain("holiday" if is_holiday(day) else "day", day=day.day, weekday=self._weekday(day.weekday()))

    def days_between(self, first: date, last: date) -> str:
        """Write the days from one to another."""
        return self.plain("span_days", first=self.day(first), last=self.day(last))

    def days(self, days: Iterable[date]) -> str:
        """Write days of one month, the holidays among them marked.

        Examples
        --------
        >>> from datetime import date
        >>> Words("ja").days([date(2026, 11, 16), date(2026, 11, 23)])
        '16・23(祝)日'
        """
        written = [self.plain("holiday_mark", day=day.day) if is_holiday(day) else str(day.day) for day in days]
        return self.plain("days_of_month", days=self.plain("days_between").join(written))

    def off(self, days: Iterable[date]) -> str:
        """Say on which days it is not."""
        between = self.plain("days_between")
        return self.plain("off", days=between.join(str(day.day) for day in days))

    def weekly(self, weekday: int) -> str:
        """Write that something is every week on a weekday, from Monday, 0."""
        return self.plain("weekday", weekday=self._weekday(weekday))

    def weekdays(self, weekdays: Sequence[int]) -> str:
        """Write several weekdays of a week, in order.

        Examples
        --------
        >>> words = Words("ja")
        >>> words.weekdays([0, 1, 2, 3, 4]), words.weekdays([0, 1, 3, 4]), words.weekdays(range(7))
        ('月〜金曜', '月・火・木・金曜', '毎日')
        """
        if len(weekdays) == 7:
            return self.plain("every_day")
        first, last = weekdays[0], weekdays[-1]
        if len(weekdays) > 2 and list(weekdays) == list(range(first, last + 1)):
            return self.plain("weekday_span", first=self._weekday(first), last=self._weekday(last))
        between = self.plain("weekday_between")
        return self.plain("weekday_list", days=between.join(map(self._weekday, weekdays)))

    def hours(self, start: int | None, end: int | None) -> str:
        """Write hours; nothing where they are not known.

        Examples
        --------
        >>> Words("ja").hours(840, 960), Words("en").hours(840, None), Words("ko").hours(None, None)
        ('14:00〜16:00', 'from 14:00', '')
        """
        if start is None and end is None:
            return ""
        if (start, end) == (0, DAY):
            return self.plain("all_day")
        name = "hours_from" if end is None else "hours_to" if start is None else "hours"
        written = {at: None if minutes is None else clock(minutes) for at, minutes in (("start", start), ("end", end))}
        return self.plain(name, **written)

    def _weekday(self, weekday: int) -> str:
        return str(words_in(self.language)["weekdays"][weekday])

    def _month(self, day: date) -> str:
        return str(words_in(self.language)["months"][day.month - 1])


@cache
def words_in(language: str) -> dict[str, Any]:
    """Return all words of a language.

    Examples
    --------
    >>> words_in("ko")["map"]
    '{area} 지도'
    """
    known = tomllib.loads((files("resourcemap.publish.newsletter") / "words.toml").read_text(encoding="utf-8"))
    words: dict[str, Any] = {each: known[each] for each in LANGUAGES}[language]
    return words
