"""The week of a generation: how many people of each area have anything for them open nearby, by day and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.measure.audience import AUDIENCE, EVERYONE, people_of
from resourcemap.measure.week import count_week, week_table
from resourcemap.model.schedule.days import EVERY_DAY
from resourcemap.plan.strengths.strengths import generations
from resourcemap.plan.strengths.words import generation_label
from resourcemap.reach.slot_words import Slot
from resourcemap.reach.slots import open_in_slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.plan.situation import Situation

# What a week on paper has room for. Whose, and from which to which hour of the day.
GENERATIONS = ("everyone", "older", "children")
_NO_KIND = "-"
HOURS = ((9, 12), (12, 15), (15, 18), (18, 21))


def open_week(
    situation: Situation,
    kinds: Sequence[str],
    *,
    metres: float,
    at_least: float,
    hours: Sequence[tuple[int, int]] = HOURS,
) -> pd.DataFrame:
    """Count the people who have anything for them open within reach, per generation, weekday and time of the day.

    For everyone all kinds count; for a generation those that are for it or for everybody, without the rows whose own
    words are for other ages alone. What is open for a moment of the time counts; services that come to the home do
    not, since nobody can go there.

    Parameters
    ----------
    situation
        People, resources, areas and who reaches what.
    kinds
        Ids of the kinds that count.
    metres
        What within reach is.
    at_least
        On what share of its dates a time must be open (0.15: about monthly).
    hours
        The times of a day, as hours from and to.

    Returns
    -------
    pandas.DataFrame
        A row per system, area, generation, weekday (0 is Monday) and time: ``group``, ``group_label``, ``weekday``,
        ``start`` and ``end`` (minutes), ``people``, ``within``, ``within_or_unknown`` and both as shares. A generation
        whose people are not known, or which no kind is for, has no rows.

    Examples
    --------
    >>> from datetime import date
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> from resourcemap.model.schedule.days import Weekly
    >>> from resourcemap.model.schedule.schedule import Rule, Schedule
    >>> from resourcemap.model.schedule.spans import Span
    >>> from resourcemap.plan.situation import Situation
    >>> homes = gpd.GeoDataFrame({"total": [30, 70]}, geometry=gpd.points_from_xy([0, 900], [0, 0]), crs=6677)
    >>> halls = gpd.GeoDataFrame({"kind": "hiroba", "activity_id": "a", "status": "active", "place": "venue",
    ...     "located": "given"}, index=[0], geometry=gpd.points_from_xy([200], [0]), crs=6677)
    >>> town = gpd.GeoDataFrame({"system": ["圏域"], "area_id": ["1"], "area": ["本町"]},
    ...     geometry=[box(-50, -50, 1000, 50)], crs=6677)
    >>> sundays = pd.Series([Schedule((Rule(Weekly((6,)), (Span(600, 720),)),))])
    >>> week = open_week(Situation(homes, halls, town, schedules=sundays, on=date(2026, 11, 1)), ["hiroba"],
    ...     metres=500, at_least=0.15)
    >>> week.loc[week["within"] > 0, ["group_label", "weekday", "start", "within", "share_within"]].values.tolist()
    [['全世代', 6, 540, 30, 0.3]]
    """
    slots = [Slot((weekday,), first * 60, last * 60) for weekday in EVERY_DAY for first, last in hours]
    empty = pd.Series([None] * len(situation.resources), index=situation.resources.index)
    schedules = empty if situation.schedules is None else situation.schedules
    opening = open_in_slots(schedules, slots, **situation.days)
    homes = pd.DataFrame(situation.homes)
    own = situation.catalog.kinds
    made = []
    for audience in generations(GENERATIONS, situation.catalog)[1]:
        people, basis = people_of(situation.ages, audience)
        suited = [kind for kind in kinds if audience.id == EVERYONE or own[kind].audience in (EVERYONE, audience.id)]
        if not suited or (audience.id != EVERYONE and basis != AUDIENCE):
            continue
        together = "+".join(suited)
        counts = count_week(
            situation.reach_to(metres).pairs,
            opening,
            pd.Series(np.where(situation.supply.at_a_place, situation.as_one(suited, audience), _NO_KIND)),
            pd.DataFrame({together: people}),
            homes,
            areas=len(situation.areas),
            metres=metres,
            at_least=at_least,
        )
        table = week_table(counts, situation.areas)
        table.insert(3, "group", audience.id)
        table.insert(4, "group_label", generation_label(audience))
        made.append(table)
    week = pd.concat(made, ignore_index=True)
    week["weekday"] = [slots[at].weekdays[0] for at in week["slot"]]
    week["start"] = [slots[at].start for at in week["slot"]]
    week["end"] = [slots[at].end for at in week["slot"]]
    return week.drop(columns=["kind", "slot"])
