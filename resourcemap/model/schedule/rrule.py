"""Rules in the words of RFC 5545, for calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.schedule.days import EVERY_DAY, MonthDays, Months, Nth, Weekly

if TYPE_CHECKING:
    from resourcemap.model.schedule.schedule import Rule

_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rrule_of(rule: Rule) -> str | None:
    """Write the days of a rule as an RRULE; ``None`` when it cannot be said so.

    Exceptions are not in it: RFC 5545 writes them as single dates (EXDATE).

    Examples
    --------
    >>> from resourcemap.model.schedule.schedule import Rule
    >>> rrule_of(Rule(Nth((2, 4), (1,)))), rrule_of(Rule(MonthDays((10,)), within=(Months((4, 5)),)))
    ('FREQ=MONTHLY;BYDAY=2TU,4TU', 'FREQ=MONTHLY;BYMONTHDAY=10;BYMONTH=4,5')
    """
    main = _main(rule)
    if main is None or any(not isinstance(each, Months) for each in rule.within):
        return None
    if not rule.within:
        return main
    within = [set(each.months) for each in rule.within if isinstance(each, Months)]
    months = sorted(set.intersection(*within))
    return f"{main};BYMONTH={','.join(map(str, months))}" if months else None


def _main(rule: Rule) -> str | None:
    days = rule.days
    if isinstance(days, Weekly):
        if days.weekdays == EVERY_DAY and (days.every == 1 or not days.start):
            return "FREQ=DAILY"
        interval = f";INTERVAL={days.every};WKST=MO" if days.every > 1 and days.start else ""
        return f"FREQ=WEEKLY{interval};BYDAY={','.join(_NAMES[weekday] for weekday in days.weekdays)}"
    if isinstance(days, Nth):
        names = [f"{nth}{_NAMES[weekday]}" for nth in days.nths for weekday in days.weekdays]
        return f"FREQ=MONTHLY;BYDAY={','.join(names)}"
    if isinstance(days, MonthDays):
        return f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days.days))}"
    return None
