"""The week heat table: how many people of each area reach something open in each slot of the week."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.model.schedule.spans import clock
from resourcemap.model.schedule.words import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.reach.slot_words import Slot
    from resourcemap.reach.slots import OpenTable

_PAIRS_AT_ONCE, _GROUPS_AT_ONCE = 500_000, 20_000  # keep what is in hand below 50 MB


@dataclass(frozen=True)
class WeekCounts:
    """How many people reach something open, per area, kind and slot.

    Parameters
    ----------
    systems, kinds, slots
        What the rows and the axes are.
    people
        Rows x kinds: people of the kind's audience who live there. There is a row per area, in the order of the
        areas, then a row per system for those who live outside all its areas.
    within
        Rows x kinds x slots: people within reach of something surely open.
    within_or_unknown
        Rows x kinds x slots: those, and people within reach of something that may be open.
    """

    systems: tuple[str, ...]
    kinds: tuple[str, ...]
    slots: tuple[Slot, ...]
    people: np.ndarray = field(repr=False)
    within: np.ndarray = field(repr=False)
    within_or_unknown: np.ndarray = field(repr=False)


def count_week(
    pairs: pd.DataFrame,
    opening: OpenTable,
    kinds: pd.Series,
    people: pd.DataFrame,
    homes: pd.DataFrame,
    *,
    areas: int,
    metres: float,
    at_least: float = 0.0,
) -> WeekCounts:
    """Count the people within reach of something open, per area, kind and slot, with the bound of the unknown.

    Somebody counts in a slot when one resource of the kind at most `metres` away is open at some moment of it, on
    some date; with `at_least`, when one such resource is open on that share of the slot's dates. Several that take
    turns do not add up. A visiting service counts in its own hours for the people it visits. The way there takes no
    time, and nothing is said of whether one resource is open long enough or has room.

    The true number lies between `within` and `within_or_unknown`, and never above the people who live there.

    Parameters
    ----------
    pairs
        ``person``, ``resource`` (positions) and ``metres``, as `resourcemap.reach` lists them; in any order, and each
        pair once or more often. Pairs farther apart than `metres` do not count.
    opening
        What is open when: a row per resource.
    kinds
        The kind of each resource, in the same order.
    people
        A column per kind, in the order wanted: people of its audience at every person point, whole or not.
        Resources of other kinds do not count.
    homes
        A column per system of areas, as `resourcemap.areas.placement.place` finds them: the position of the area of
        every person point, -1 where there is none.
    areas
        How many areas there are, in all systems together.
    metres
        The limit; somebody exactly at it is within.
    at_least
        A share of the slot's dates from 0 to 1: 0 is any date, about 0.8 every week, since holidays fall out.

    Returns
    -------
    WeekCounts
        Whole numbers where those of people are whole.

    Raises
    ------
    InputError
        When the tables do not belong together, numbers of people are missing or negative, or `metres` or
        `at_least` make no sense.

    Examples
    --------
    >>> from datetime import date
    >>> from resourcemap.model.schedule.days import Weekly
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> from resourcemap.model.schedule.spans import Span
    >>> from resourcemap.reach.slot_words import read_slot
    >>> from resourcemap.reach.slots import open_in_slots
    >>> salons = pd.Series([Schedule((Rule(Weekly((6,)), (Span(600, 720),)),)), Schedule()])
    >>> opening = open_in_slots(salons, [read_slot("日 10:00-12:00"), read_slot("月 10:00-12:00")],
    ...     first=date(2026, 1, 1), last=date(2026, 12, 31))
    >>> pairs = pd.DataFrame({"person": [0, 1], "resource": [0, 1], "metres": [200.0, 300.0]})
    >>> counts = count_week(pairs, opening, pd.Series(["salon", "salon"]), pd.DataFrame({"salon": [30, 70, 5]}),
    ...     pd.DataFrame({"圏域": [0, 0, 0]}), areas=1, metres=500)
    >>> counts.people[0].tolist(), counts.within[0].tolist(), counts.within_or_unknown[0].tolist()
    ([105], [[30, 0]], [[100, 70]])
    """
    _check(pairs, opening, kinds, people, homes, areas=areas, metres=metres, at_least=at_least)
    number = pd.Index(people.columns).get_indexer(pd.Index(kinds))
    rows = np.where(homes.to_numpy() < 0, areas + np.arange(homes.shape[1]), homes.to_numpy())
    shape = (areas + homes.shape[1], people.shape[1])
    numbers = _numbers(people)
    open_to = np.zeros((shape[0] * shape[1], 2 * len(opening.slots)), dtype=numbers.dtype)
    groups, bits = _open_to_each(pairs, opening, number, shape[1], metres=metres, at_least=at_least)
    home, kind = np.divmod(groups, shape[1])
    for row in rows.T:
        _add_people(open_to, row[home] * shape[1] + kind, numbers[home, kind], bits)
    living = np.zeros(shape, dtype=numbers.dtype)
    for row in rows.T:
        np.add.at(living, row, numbers)
    within, possibly = np.moveaxis(open_to.reshape(*shape, 2, -1), 2, 0)
    names = tuple(str(system) for system in homes.columns), tuple(str(kind) for kind in people.columns)
    return WeekCounts(*names, opening.slots, living, within, possibly)


def week_table(counts: WeekCounts, areas: pd.DataFrame) -> pd.DataFrame:
    """Write counts as a table with a row per system, area, kind and slot.

    Parameters
    ----------
    counts
        The counts.
    areas
        The areas that were counted (``system``, ``area_id``, ``area``).

    Returns
    -------
    pandas.DataFrame
        ``system``, ``area_id``, ``area``, ``kind``, ``slot`` (its position), ``label``, ``people``, ``within``,
        ``within_or_unknown``, and both as shares of ``people`` (not a number where nobody lives). Zeros are shown.
        Systems come in the order of `counts`, in each its areas in the order of `areas`, and last, with ``area_id``
        missing, those who live in none of them, where there are any.

    Examples
    --------
    >>> from resourcemap.reach.slot_words import Slot
    >>> counts = WeekCounts(("圏域",), ("salon",), (Slot((6,), 600, 720),), np.array([[40], [0]]),
    ...     np.array([[[10]], [[0]]]), np.array([[[20]], [[0]]]))
    >>> areas = pd.DataFrame({"system": ["圏域"], "area_id": ["1"], "area": ["西"]})
    >>> week_table(counts, areas)[["area", "label", "people", "within", "share_within_or_unknown"]].values.tolist()
    [['西', '日 10:00〜12:00', 40, 10, 0.5]]
    """
    order, names = _rows_in_order(counts, areas)
    per_row, slots = len(counts.kinds) * len(counts.slots), len(counts.slots)
    labels = np.array([slot.label for slot in counts.slots], dtype=object)
    made = {name: names[name].to_numpy(dtype=object).repeat(per_row) for name in names}
    made["kind"] = np.tile(np.array(counts.kinds, dtype=object).repeat(slots), len(order))
    made["slot"] = np.tile(np.arange(slots), len(order) * len(counts.kinds))
    made["label"] = labels[made["slot"]]
    made["people"] = counts.people[order].ravel().repeat(slots)
    for name, values in (("within", counts.within), ("within_or_unknown", counts.within_or_unknown)):
        made[name] = values[order].ravel()
    with np.errstate(invalid="ignore"):
        shares = {f"share_{name}": made[name] / made["people"] for name in ("within", "within_or_unknown")}
    return pd.DataFrame(made | shares)


def heat_table(values: pd.Series, slots: tuple[Slot, ...]) -> pd.DataFrame:
    """Lay out a value per slot as days by hours, for printing.

    Parameters
    ----------
    values
        A value per slot, in the order of `slots`, such as the shares of one area and kind.
    slots
        Slots of one weekday each, without a date.

    Returns
    -------
    pandas.DataFrame
        A row per weekday of the slots, Monday first, and a column per time at which slots begin; not a number where
        no slot is.

    Raises
    ------
    InputError
        When a slot has several weekdays or a date, two begin at the same time, or numbers differ.

    Examples
    --------
    >>> from resourcemap.reach.slot_words import week_slots
    >>> heat_table(pd.Series(range(14)), tuple(week_slots([9, 10]))).iloc[:2].to_dict("index")
    {'月': {'9:00': 0, '10:00': 1}, '火': {'9:00': 2, '10:00': 3}}
    """
    places = [(slot.weekdays[0], slot.start) for slot in slots]
    several = any(len(slot.weekdays) > 1 or slot.date for slot in slots)
    if several or len(set(places)) < len(places) or len(values) != len(slots):
        raise InputError(
            either(
                ja="曜日と時刻の表にできるのは、曜日ひとつずつの時間帯（week_slots）だけです。",
                en="Only slots of one weekday each, as week_slots makes them, can be laid out as days by hours.",
            )
        )
    index = pd.MultiIndex.from_tuples(places, names=["weekday", "hour"])
    laid = pd.Series(values.to_numpy(), index=index).unstack("hour")  # noqa: PD010 - pivot_table drops days without a number
    return laid.rename(index=dict(enumerate(WEEKDAYS)), columns={start: clock(start) for start in laid.columns})


def _open_to_each(
    pairs: pd.DataFrame, opening: OpenTable, number: np.ndarray, kinds: int, *, metres: float, at_least: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return who reaches which kind (person x kinds + kind), and as bits the slots open to them, surely or possibly."""
    bits = np.hstack([_packed(opening.surely(at_least)), _packed(opening.possibly(at_least))])
    person, resource = (pairs[name].to_numpy().astype(np.int64) for name in ("person", "resource"))
    counts = (pairs["metres"].to_numpy() <= metres) & (number[resource] >= 0)
    person, resource = person[counts], resource[counts]
    if (np.diff(person) < 0).any():
        order = np.argsort(person, kind="stable")
        person, resource = person[order], resource[order]
    found = [
        _joined(person[part] * kinds + number[resource[part]], bits[resource[part]])
        for part in _parts(person, _PAIRS_AT_ONCE)
    ]
    groups, joined = zip(*found, strict=True) if found else ((person,), (bits[:0],))
    return np.concatenate(groups), np.concatenate(joined)


def _joined(group: np.ndarray, bits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Join the bits of each group; return the groups in order and what each has."""
    order = np.argsort(group, kind="stable")
    group = group[order]
    starts = np.flatnonzero(np.append(True, np.diff(group) != 0))
    return group[starts], np.bitwise_or.reduceat(bits[order], starts, axis=0)


def _add_people(open_to: np.ndarray, line: np.ndarray, people: np.ndarray, bits: np.ndarray) -> None:
    """Add the people of each group to the slots open to them, on the group's line."""
    order = np.argsort(line, kind="stable")
    line, people = line[order], people[order]
    for part in _parts(line, _GROUPS_AT_ONCE):
        now = _unpacked(bits[order[part]], open_to.shape[1] // 2).astype(open_to.dtype)
        first, here = line[part.start], line[part]
        shape = (here[-1] - first + 1, len(here))
        added = csr_matrix((people[part], (here - first, np.arange(len(here)))), shape=shape) @ now
        open_to[first : here[-1] + 1] += added


def _parts(ordered: np.ndarray, at_once: int) -> Iterator[slice]:
    """Cut what is in order into parts of about that size, equal ones together."""
    begin = 0
    while begin < len(ordered):
        last = ordered[min(begin + at_once, len(ordered)) - 1]
        end = int(np.searchsorted(ordered, last, side="right"))
        yield slice(begin, end)
        begin = end


def _numbers(people: pd.DataFrame) -> np.ndarray:
    """Return numbers of people in the widest form: sums over a country need more than 32 bits."""
    numbers: np.ndarray = people.to_numpy()
    return numbers.astype(np.int64 if np.issubdtype(numbers.dtype, np.integer) else np.float64)


def _packed(table: np.ndarray) -> np.ndarray:
    """Write rows of true and false as bits, 64 in a number."""
    packed = np.packbits(table, axis=1)
    return np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8))).view(np.uint64)


def _unpacked(bits: np.ndarray, slots: int) -> np.ndarray:
    """Read the bits of two tables side by side back."""
    halves = bits.view(np.uint8).reshape(len(bits), 2, -1)
    return np.unpackbits(halves, axis=2, count=slots).reshape(len(bits), 2 * slots)


def _rows_in_order(counts: WeekCounts, areas: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Return the rows of counts by system, with their names; nobody outside needs no row."""
    order: list[int] = []
    outside: dict[int, list[str | None]] = {}
    for number, system in enumerate(counts.systems):
        order += np.flatnonzero((areas["system"] == system).to_numpy()).tolist()
        if counts.people[len(areas) + number].any():
            outside[len(areas) + number] = [system, None, None]
            order.append(len(areas) + number)
    named = areas[["system", "area_id", "area"]].astype(object).set_axis(range(len(areas)))
    if outside:
        beyond = pd.DataFrame(list(outside.values()), index=list(outside), columns=named.columns, dtype=object)
        named = pd.concat([named, beyond])
    return np.array(order, dtype=int), named.loc[order]


def _check(
    pairs: pd.DataFrame,
    opening: OpenTable,
    kinds: pd.Series,
    people: pd.DataFrame,
    homes: pd.DataFrame,
    *,
    areas: int,
    metres: float,
    at_least: float,
) -> None:
    faults = []
    if len(opening) != len(kinds) or len(people) != len(homes):
        faults.append(
            either(
                ja=f"行数が合いません（開いている時間 {len(opening)}・種類 {len(kinds)}、"
                f"人口 {len(people)}・区域 {len(homes)}）。同じ資源、同じ地点の表を渡してください。",
                en=f"Rows differ (opening {len(opening)}, kinds {len(kinds)}; people {len(people)}, "
                f"homes {len(homes)}). Give tables of the same resources, and of the same person points.",
            )
        )
    elif (
        _beyond(pairs["resource"], len(kinds))
        or _beyond(pairs["person"], len(people))
        or (homes >= areas).any(axis=None)
    ):
        faults.append(
            either(
                ja="組の表か区域に、ない行の番号があります。同じ表から作り直してください。",
                en="The pairs or homes name rows that do not exist. Make them from the same tables.",
            )
        )
    if not (people >= 0).all(axis=None):
        faults.append(
            either(
                ja="人口に空欄か負の数があります。直してください。",
                en="Numbers of people are missing or negative. Correct them.",
            )
        )
    if not metres >= 0 or not 0 <= at_least <= 1:
        faults.append(
            either(
                ja=f"距離 {metres} m か割合 {at_least} が使えません。距離は0以上、割合は0〜1にしてください。",
                en=f"A limit of {metres} m or a share of {at_least} cannot be used. Take 0 m or more, and 0 to 1.",
            )
        )
    if faults:
        raise InputError(faults)


def _beyond(positions: pd.Series, rows: int) -> bool:
    return bool(len(positions)) and not (positions.min() >= 0 and positions.max() < rows)
