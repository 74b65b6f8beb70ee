"""The months that people ask for: 2026-12, 2026年12月, 令和8年12月."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from resourcemap.errors import QuestionError
from resourcemap.language import either
from resourcemap.model.schedule.window import FIRST_YEAR, LAST_YEAR
from resourcemap.read.dates import read_date

if TYPE_CHECKING:
    from datetime import date

_MONTH = re.compile(r"(\d{4}|(令和|R)\.?(\d{1,2}|元))[年/.-]\d{1,2}月?", re.IGNORECASE)


def month_of(text: str, option: str = "--month") -> tuple[date, date]:
    """Return the first and the last day of a month.

    Parameters
    ----------
    text
        The month, as in 2026-12, 2026/12, 2026年12月, 令和8年12月 or R8.12.
    option
        What the message says was wrong.

    Raises
    ------
    QuestionError
        When the text is no month, a day, or not in the years that schedules are worked out for.

    Examples
    --------
    >>> [day.isoformat() for day in month_of("2026-12")], month_of("令和8年12月") == month_of("2026/12")
    (['2026-12-01', '2026-12-31'], True)
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     month_of("2026-13")
    Traceback (most recent call last):
    resourcemap.errors.QuestionError: --month '2026-13': is no month. Write it as 2026-12.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    is_month = _MONTH.fullmatch(plain) is not None
    first, last = (read_date(plain, end=end) if is_month else None for end in (False, True))
    if first is None or last is None or not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise QuestionError(
            either(
                ja=f"{option} {text!r}: 月として読めません。2026-12 のように書いてください。",
                en=f"{option} {text!r}: is no month. Write it as 2026-12.",
            )
        )
    return first, last


def first_day(text: str | None) -> date | None:
    """Return the first day of a month that somebody asked for, or nothing.

    Raises
    ------
    QuestionError
        When it is no month.

    Examples
    --------
    >>> first_day("2026-12"), first_day(None)
    (datetime.date(2026, 12, 1), None)
    """
    return None if text is None else month_of(text)[0]
