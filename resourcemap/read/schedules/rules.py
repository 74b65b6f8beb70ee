"""Finished rules from drafts: exceptions find the rules they belong to."""

from __future__ import annotations

from datetime import date

from resourcemap.model.schedule.days import EVERY_DAY, Days, Holidays, Months, Moved, Nth, Period, Sometimes, Weekly
from resourcemap.model.schedule.schedule import Rule
from resourcemap.read.schedules.drafts import DoubtError, Draft, Off


def settled(drafts: list[Draft], offs: list[Off]) -> list[Rule]:
    """Return the rules of drafts, with the exceptions that belong to each.

    Examples
    --------
    >>> settled([Draft(0, units=[Weekly((0, 2))])], [Off([Weekly((2,))], False, 0, False, 1)])[0].days
    Weekly(weekdays=(0,), every=1, start=None)
    """
    _check_hours(drafts)
    drafts = _bounded(drafts, offs)
    closes = any(off.house or _is_weekday_off(off) for off in offs)
    if not drafts and offs:
        drafts = [Draft(0, often=None if closes else Sometimes())]
    for draft in drafts:
        if not draft.has_days:
            draft.often = None if closes else Sometimes()
            draft.units += [Weekly(EVERY_DAY)] if closes else []
    for off in offs:
        for draft in _targets(off, drafts):
            draft.without += off.days
    return [rule for draft in drafts for rule in _rules_of(draft)]


def _check_hours(drafts: list[Draft]) -> None:
    """Doubt texts in which hours come now before, now behind their days."""
    bare = [draft for draft in drafts if draft.hours_first and not draft.has_days and not draft.within]
    paired = [draft for draft in drafts if draft.has_days and draft.spans and not draft.bracketed]
    if len(bare) > 1 or (bare and paired):
        raise DoubtError


def _bounded(drafts: list[Draft], offs: list[Off]) -> list[Draft]:
    """Let a period without hours bound the rules beside it."""
    bounds = [draft for draft in drafts if _is_bound(draft)]
    rest = [draft for draft in drafts if not _is_bound(draft)]
    if not bounds or not any(draft.has_days for draft in rest):
        return drafts
    if len(bounds) > 1:
        raise DoubtError
    for draft in rest:
        draft.within += [unit for unit in bounds[0].units if isinstance(unit, Period)]
    for off in offs:
        off.behind -= sum(drafts.index(bound) < off.behind for bound in bounds)
    return rest


def _targets(off: Off, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts before an exception in its sentence, if others follow them there; else all it can mean."""
    here = [draft for draft in drafts if draft.sentence == off.sentence]
    before = [draft for draft in drafts[: off.behind] if draft.sentence == off.sentence]
    if before and len(before) < len(here):
        return before
    return here if off.bracketed and before else drafts


def _is_bound(draft: Draft) -> bool:
    return bool(draft.units) and not draft.spans and all(isinstance(unit, Period) for unit in draft.units)


def _is_weekday_off(off: Off) -> bool:
    return any(isinstance(each, Weekly | Nth | Moved) for each in off.days) and not any(
        isinstance(each, Nth) and each.weekdays == EVERY_DAY for each in off.days
    )


def _rules_of(draft: Draft) -> list[Rule]:
    holidays: list[Days] = [Holidays()]
    without = list(dict.fromkeys([*(holidays if Holidays() in draft.without else []), *draft.without]))
    units: list[Days] = list(draft.units)
    within = list(dict.fromkeys(draft.within))
    if draft.often is not None and not units:
        fortnight, within = _fortnight(draft.often, within)
        units = [fortnight]
    rules = []
    for unit in units:
        off = list(dict.fromkeys([*holidays, *without])) if unit is draft.workdays else without
        days, left = _subtracted(Weekly(EVERY_DAY) if isinstance(unit, Period) else unit, off)
        left = [each for each in left if each != days]
        bounds = tuple(dict.fromkeys([*within, unit])) if isinstance(unit, Period) else tuple(within)
        rules.append(Rule(days, tuple(draft.spans), bounds, tuple(left), draft.minutes))
    return rules


def _fortnight(often: Sometimes, within: list[Months | Period]) -> tuple[Days, list[Months | Period]]:
    """Turn 隔週水曜 with a known first day into dates."""
    for each in within:
        if often.per == "fortnight" and often.weekdays and isinstance(each, Period) and each.first and each.first.year:
            start = date(each.first.year, each.first.month, each.first.day)
            if each.last is None and start.weekday() in often.weekdays:
                return Weekly(often.weekdays, 2, start), [other for other in within if other != each]
    return often, within


def _subtracted(unit: Days, without: list[Days]) -> tuple[Days, list[Days]]:
    """Take weekdays that are closed out of weekdays that are open."""
    if not isinstance(unit, Weekly) or unit.every > 1:
        return unit, without
    closed = {weekday for each in without if isinstance(each, Weekly) for weekday in each.weekdays}
    left = tuple(weekday for weekday in unit.weekdays if weekday not in closed)
    if not left:
        raise DoubtError
    return Weekly(left), [each for each in without if not isinstance(each, Weekly)]
