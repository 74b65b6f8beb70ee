"""Who gained and who lost reach between two dates: since the world changed, what we know, or who lives there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from resourcemap.areas.placement import place
from resourcemap.measure.audience import EVERYONE, people_of
from resourcemap.measure.reached import reached_by_kind
from resourcemap.measure.supply import only_places, supply_of
from resourcemap.measure.tidy import WHOLE
from resourcemap.plan.changes.stages import NEW, OLD, real_situation
from resourcemap.plan.changes.timetables import KNOWLEDGE, REAL
from resourcemap.reach.straight import reach as straight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import geopandas as gpd

    from resourcemap.model.catalog import Catalog
    from resourcemap.plan.changes.changes import Compared
    from resourcemap.plan.situation import Situation
    from resourcemap.reach.table import Reach

    Measure = Callable[[gpd.GeoDataFrame, gpd.GeoDataFrame, pd.DataFrame | None], Reach]

FIGURES = (
    *("people_old", "people", "within_old", "within_before", "within_real", "within"),
    *("gained_real", "lost_real", "gained_knowledge", "lost_knowledge", "lost_but_found", "gained_but_corrected"),
    *("by_real", "by_knowledge", "by_population", "difference"),
)


@dataclass(frozen=True)
class ReachChanges:
    """Who gained and who lost reach.

    Parameters
    ----------
    table
        A row per system, area, kind and audience; see `compare_reach`.
    by_row
        The same people by the resource that made the difference: ``kind``, ``audience``, ``nature``, ``old`` and
        ``new`` (positions, -1 where there is none), ``gained``, ``lost``. Everyone is with one resource: of those
        that were lost the one that was nearest, of those that were gained the one that is.
    real
        The situation with the real changes alone.
    way
        How metres were measured.
    metres
        The distance.
    """

    table: pd.DataFrame = field(repr=False)
    by_row: pd.DataFrame = field(repr=False)
    real: Situation = field(repr=False)
    way: str
    metres: float


def compare_reach(
    old: Situation,
    new: Situation,
    compared: Compared,
    *,
    metres: float = 500,
    kinds: Sequence[str] | None = None,
    audiences: Sequence[str] = (),
    measure: Measure | None = None,
) -> ReachChanges:
    """Count who gained and who lost reach of each kind, where they live today, and why.

    Stages: the resources of `old` as they were known then; with the real changes made to them; those of `new`. All
    three are held against the people of `new`. What the people themselves make, by moving, being born and growing
    older, stands apart. Somebody who lost one place and has another within reach has lost nothing.

    Parameters
    ----------
    old, new
        The situations of the two dates. Areas and catalogue are those of `new`.
    compared
        What `compare_rows` says of their resources.
    metres
        The distance that counts as reach; somebody exactly at it is within.
    kinds
        Ids of kinds; all that occur, in the order of the catalogue, when not given.
    audiences
        Ids of audiences to count besides the one that each kind serves.
    measure
        How to measure: a function of person points, places and visits; straight lines when not given.

    Returns
    -------
    ReachChanges
        ``table`` holds whole people. Systems and areas in the order of the areas, first 全体, everyone together; a row
        with ``area_id`` missing is for those outside of all areas, where there are any. ``audience_basis`` is
        ``everyone`` where ages are not known on one of the dates: then everyone is counted on both.

        ``people_old``, ``people``
            Who lived and lives there.
        ``within_old``, ``within_before``, ``within_real``, ``within``
            Who was within reach; who would be of the same places, of the people of today; with the real changes;
            who is.
        ``gained_real``, ``gained_knowledge``
            Who was not (of the people of today) and is: since the world changed, or only with what we now know.
        ``lost_real``, ``lost_knowledge``
            Who was and is not, likewise. Nobody is in two of the four.
        ``lost_but_found``, ``gained_but_corrected``
            Who lost reach really and keeps it by what we now know, and the other way round; in none of the four.
        ``by_real``, ``by_knowledge``, ``by_population``, ``difference``
            ``gained_real - lost_real``, ``gained_knowledge - lost_knowledge``, ``within_before - within_old``, and
            ``within - within_old``, which is the sum of the three.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> from datetime import date
    >>> from resourcemap.plan.changes.changes import compare_rows
    >>> from resourcemap.plan.situation import Situation
    >>> homes = gpd.GeoDataFrame({"total": [30, 70]}, geometry=gpd.points_from_xy([0, 2000], [0, 0]), crs=6677)
    >>> halls = gpd.GeoDataFrame({"resource_id": ["a", "b"], "activity_id": ["a", "b"], "name": ["甲館", "乙館"],
    ...     "kind": "hiroba", "status": ["active", "suspended"], "place": "venue"},
    ...     geometry=gpd.points_from_xy([0, 2000], [0, 0]), crs=6677)
    >>> town = gpd.GeoDataFrame({"system": ["市"], "area_id": ["1"], "area": ["みほん市"]},
    ...     geometry=[shapely.box(-9000, -9000, 9000, 9000)], crs=6677)
    >>> now = halls.assign(status=["ended", "active"])
    >>> days = {"old_on": date(2025, 11, 1), "new_on": date(2026, 11, 1)}
    >>> before, after = (Situation(homes, table, town, on=day) for table, day in zip([halls, now], days.values()))
    >>> found = compare_reach(before, after, compare_rows(halls, now, **days))
    >>> found.table[["system", "gained_real", "lost_real", "difference"]].values.tolist()
    [['全体', 70, 30, 40], ['市', 70, 30, 40]]
    """
    how = measure or _straight_to(metres)
    real = real_situation(old, new, compared)
    before = replace(old, people=new.people, areas=new.areas, reach=None)
    wanted = list(kinds) if kinds is not None else _kinds((before, real, new), new.catalog)
    stages = tuple(_stage(each, wanted, metres, how) for each in (before, real, new))
    then = stages[0] if _live_alike(old.people, new.people) else _stage(old, wanted, metres, how)
    tables, rows = [], []
    divisions = list(_divisions(old, new))
    for kind in wanted:
        flags, nearest = [stage.within[kind] for stage in stages], [stage.row[kind] for stage in stages]
        for audience in dict.fromkeys([new.catalog.kinds[kind].audience, *audiences]):
            lived, living, basis = _counted(old, new, audience)
            named = {"kind": kind, "audience": audience, "audience_basis": basis}
            figures = _figures(lived, living, then.within[kind], flags)
            tables += [named | area for area in _by_area(figures, divisions)]
            rows += [named | row for row in _by_row(living, flags, nearest, compared, real)]
    table = pd.DataFrame(tables, columns=[*_KEYS, *FIGURES])
    order = {name: number for number, (name, *_) in enumerate(divisions)}
    table = table.iloc[np.argsort(table["system"].map(order).to_numpy(), kind="stable")].reset_index(drop=True)
    by_row = pd.DataFrame(rows, columns=list(_ROW))
    return ReachChanges(table, by_row, real, stages[-1].way, float(metres))


_KEYS = ("system", "area_id", "area", "kind", "audience", "audience_basis")
_ROW = ("kind", "audience", "audience_basis", "nature", "old", "new", "gained", "lost")


class _Stage(NamedTuple):
    """Of each kind: whether every person point is within reach, and the row of the nearest that reaches it, or -1."""

    within: dict[str, np.ndarray]
    row: dict[str, np.ndarray]
    way: str


def _live_alike(then: gpd.GeoDataFrame, now: gpd.GeoDataFrame) -> bool:
    """Tell whether people live at the same points, in the same order, so that who reaches what is the same."""
    if len(then) != len(now) or then.crs != now.crs:
        return False
    blocks = [table["block_id"].tolist() if "block_id" in table else None for table in (then, now)]
    same = then.geometry.to_numpy() == now.geometry.to_numpy()
    return bool(blocks[0] == blocks[1] and np.all(same))


def _straight_to(metres: float) -> Measure:
    return lambda people, places, served: straight(people, places, metres=metres, served=served)


def _kinds(stages: Sequence[Situation], catalog: Catalog) -> list[str]:
    found = {kind for stage in stages for kind in stage.resources["kind"]}
    return [kind for kind in catalog.kinds if kind in found]


def _stage(situation: Situation, kinds: list[str], metres: float, measure: Measure) -> _Stage:
    resources, people = situation.resources, len(situation.people)
    supply = supply_of(resources, on=situation.on)
    served = situation.served
    if served is not None:
        served = served[supply.counts[served["resource"].to_numpy(dtype=int)]]
    reach = measure(situation.people, only_places(resources, supply), served)
    within, rows = {}, {}
    for kind, found in reached_by_kind(reach, supply, people, kinds).items():
        person = np.concatenate([found.visit_person, found.person])
        resource = np.concatenate([found.visit_resource, found.resource])
        far = np.concatenate([np.zeros(len(found.visit_person)), found.metres])
        near = np.flatnonzero(far <= metres)
        nearest = near[np.lexsort((resource[near], far[near], person[near]))]
        first = nearest[np.diff(person[nearest], prepend=-1) != 0]
        row = np.full(people, -1)
        row[person[first]] = resource[first]
        within[kind], rows[kind] = row >= 0, row
    return _Stage(within, rows, reach.how)


def _counted(old: Situation, new: Situation, audience: str) -> tuple[np.ndarray, np.ndarray, str]:
    """Count the people of an audience on both dates; everyone on both where one does not know their ages."""
    asked = new.catalog.audiences[audience]
    (lived, then), (living, now) = (people_of(each.ages, asked) for each in (old, new))
    if then != now:
        lived, living = (each.people["total"].to_numpy(dtype=int) for each in (old, new))
        now = EVERYONE
    return lived, living, now


def _divisions(old: Situation, new: Situation) -> Iterator[tuple[str, pd.DataFrame, np.ndarray, np.ndarray]]:
    """Yield everyone as one area, then every system: its areas, and the number of the area of each person point."""
    whole = pd.DataFrame({"area_id": [WHOLE], "area": [WHOLE]})
    yield WHOLE, whole, np.zeros(len(old.people), dtype=int), np.zeros(len(new.people), dtype=int)
    then, now = place(old.people, new.areas), place(new.people, new.areas)
    for system in now:
        inside = np.flatnonzero((new.areas["system"] == system).to_numpy())
        number = np.full(len(new.areas) + 1, len(inside))
        number[inside] = np.arange(len(inside))
        named = pd.DataFrame(new.areas.iloc[inside][["area_id", "area"]]).reset_index(drop=True)
        yield system, named, number[then[system].to_numpy()], number[now[system].to_numpy()]


def _figures(
    lived: np.ndarray, living: np.ndarray, then: np.ndarray, flags: list[np.ndarray]
) -> dict[str, tuple[np.ndarray, bool]]:
    """Return what each figure counts at every person point, and whether those are the points of before."""
    before, real, now = flags
    return {
        "people_old": (lived, True),
        "people": (living, False),
        "within_old": (lived * then, True),
        "within_before": (living * before, False),
        "within_real": (living * real, False),
        "within": (living * now, False),
        "gained_real": (living * (~before & real & now), False),
        "lost_real": (living * (before & ~real & ~now), False),
        "gained_knowledge": (living * (~before & ~real & now), False),
        "lost_knowledge": (living * (before & real & ~now), False),
        "lost_but_found": (living * (before & ~real & now), False),
        "gained_but_corrected": (living * (~before & real & ~now), False),
    }


def _by_area(
    figures: dict[str, tuple[np.ndarray, bool]],
    divisions: list[tuple[str, pd.DataFrame, np.ndarray, np.ndarray]],
) -> Iterator[dict[str, object]]:
    for system, named, then, now in divisions:
        count = len(named) + 1
        sums = {
            name: np.bincount(then if of_before else now, weights=values, minlength=count).round().astype(int)
            for name, (values, of_before) in figures.items()
        }
        sums["by_real"] = sums["gained_real"] - sums["lost_real"]
        sums["by_knowledge"] = sums["gained_knowledge"] - sums["lost_knowledge"]
        sums["by_population"] = sums["within_before"] - sums["within_old"]
        sums["difference"] = sums["within"] - sums["within_old"]
        for number in range(count):
            row: dict[str, object] = {name: int(values[number]) for name, values in sums.items()}
            if number < len(named):
                yield {"system": system, **named.iloc[number].to_dict(), **row}
            elif system != WHOLE and (row["people"] or row["people_old"]):
                yield {"system": system, "area_id": None, "area": None, **row}


def _by_row(
    living: np.ndarray, flags: list[np.ndarray], rows: list[np.ndarray], compared: Compared, real: Situation
) -> list[dict[str, object]]:
    """Count people by the resource that made the difference."""
    before, stage, now = flags
    old_rows, new_rows = (
        compared.rows[compared.rows[side] >= 0].set_index(side)[other]
        for side, other in (("old", "new"), ("new", "old"))
    )
    origins = list(zip(real.resources[OLD], real.resources[NEW], strict=True))
    pairs = (
        lambda row: (row, int(old_rows.loc[row])),
        lambda row: origins[row],
        lambda row: (int(new_rows.loc[row]), row),
    )
    cases = (
        (REAL, "lost", before & ~stage & ~now, 0),
        (REAL, "gained", ~before & stage & now, 1),
        (KNOWLEDGE, "lost", before & stage & ~now, 1),
        (KNOWLEDGE, "gained", ~before & ~stage & now, 2),
    )
    counted: dict[tuple[str, int, int], dict[str, int]] = {}
    for nature, what, who, at in cases:
        people = np.bincount(rows[at][who], weights=living[who]).round().astype(int)
        for row in np.flatnonzero(people):
            old, new = pairs[at](int(row))
            counts = counted.setdefault((nature, old, new), {"gained": 0, "lost": 0})
            counts[what] += int(people[row])
    return [
        {"nature": nature, "old": old, "new": new, **counts} for (nature, old, new), counts in sorted(counted.items())
    ]
