"""A schedule from one text."""

from __future__ import annotations

from functools import lru_cache

from resourcemap.model.schedule.schedule import Schedule
from resourcemap.read.schedules.assemble import assemble
from resourcemap.read.schedules.phrases import phrases_of
from resourcemap.read.schedules.tokens import plain, tokens_of

LONGEST = 1000


@lru_cache(maxsize=65536)
def read_schedule(text: str) -> Schedule:
    """Read when something takes place from what people write about it.

    Nothing is guessed: what has two readings stays in ``leftover``, and what contradicts itself in
    ``conflicts``. Hours that are not said are not known, which is not closed. A text of more than 1,000 letters is
    not read.

    Parameters
    ----------
    text
        Japanese prose, such as 第2・第4火曜日10:00-12:00（8月休み）.

    Returns
    -------
    Schedule
        Its rules, and what was not understood.

    Examples
    --------
    >>> from datetime import date
    >>> from resourcemap.model.schedule.schedule import dates_between
    >>> salon = read_schedule("第２・第４火曜日10:00-12:00（8月休み）")
    >>> [day.isoformat() for day in dates_between(salon, date(2026, 7, 1), date(2026, 9, 30))]
    ['2026-07-14', '2026-07-28', '2026-09-08', '2026-09-22']
    >>> read_schedule("毎週水曜 夏休み期間中を除く").leftover
    '毎週水曜 夏休み期間中を除く'
    """
    if len(text) > LONGEST:
        return Schedule(leftover=text)
    written = plain(text)
    return assemble(phrases_of(tokens_of(written))) if written else Schedule()
