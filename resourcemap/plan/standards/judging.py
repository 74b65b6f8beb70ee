"""Standards held against every area: met or not, by how many people, and what is nearest instead."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.errors import InputError, unknown
from resourcemap.language import either
from resourcemap.measure.audience import EVERYONE, people_of
from resourcemap.measure.conditions import Every
from resourcemap.measure.question import Question
from resourcemap.measure.tidy import WHOLE
from resourcemap.model.tables import age_bounds
from resourcemap.plan.situation import REGULARLY
from resourcemap.plan.standards.alternatives import EVERYWHERE, alternatives
from resourcemap.plan.standards.closed_days import closed_days
from resourcemap.plan.standards.judged_words import judged_sentence, standard_sentence
from resourcemap.plan.standards.lacking import lacking
from resourcemap.plan.standards.standard import Standard, audience_of_id, catalog_for, measures_asked
from resourcemap.plan.wording import people_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from resourcemap.model.catalog import Catalog
    from resourcemap.plan.situation import Situation

MET, UNMET, UNKNOWN, NO_DATA = "met", "unmet", "unknown", "no_data"
# What may be if what is not known is open.
_PERHAPS = {
    "within": "within_or_unknown",
    "share_within": "within_or_unknown",
    "beyond": "within_or_unknown",
    "resources_open": "resources_open_or_unknown",
}
_ALWAYS = ("people", "unknown_age", "within", "beyond", "within_or_unknown", "resources", "uncounted", "approximate")
COLUMNS = (
    *("rank", "standard", "theme", "weight", "system", "area_id", "area", "approximate_area"),
    *("kind", "kind_label", "audience", "audience_label", "audience_basis", "slot", "distance_m", "way"),
    *("measure", "threshold", "value", "value_at_most", "met", "sureness"),
    *("people", "unknown_age", "without", "short", "resources", "approximate", "uncounted", "unsuited"),
    *("nearest", "nearest_m", "nearest_position", "closed_days", "closed_days_unknown", "promise", "sentence"),
)
_WITHOUT_OTHERS = "（対象の年齢が違う所を除く）"
# Floating point must not fail somebody who is exactly at a threshold.
_HAIR = 1e-9


def judge(situation: Situation, standards: Sequence[Standard]) -> pd.DataFrame:
    """Hold every standard against every area of its systems, and against everyone together.

    Parameters
    ----------
    situation
        People, resources, areas, and who reaches what, at least as far as the standards ask.
    standards
        The promises.

    Returns
    -------
    pandas.DataFrame
        One row per standard and area: standards in the order given; for each, everyone together first (system 全体;
        not for what is counted inside areas), then the areas of its systems in their order, and, where people live
        in none of them, a row with ``area_id`` missing.

        Resources whose rows say that they are for people of other ages alone do not count: a place for schoolchildren
        is none for those of 75. ``unsuited`` is how many activities that are, anywhere, and ``slot`` says so.

        ``measure``, ``system``, ``area_id``, ``kind``, ``audience``, ``slot`` and ``distance_m`` are the key of the
        figure in the table of coverage (`standard_figures` makes that table), ``value`` is that figure, and
        ``value_at_most`` the one if everything of unknown hours were open.

        ``met``
            ``met``, ``unmet`` (also where a distance is not a number, because there is no place to go to),
            ``unknown`` (it hangs on hours that are not known), or ``no_data`` (nobody of the audience lives there, or
            the figure is not defined).
        ``without``
            The people concerned when it is not met: those beyond reach; everyone of the audience in the area where
            the standard is about what the area has. 0 when it is met.
        ``short``
            How many more people would have to be reached, or how many more activities there would have to be; missing
            for other measures; 0 when it is met.
        ``rank``
            1 for the most people without in a system, of those not met (equals in the order of the table); 0 for the
            others.
        ``nearest``, ``nearest_m``, ``nearest_position``
            For those who are without: the place of the kinds, open when asked, that is nearest for most of them
            (missing without a name to show), its position in the resources (-1 for none), and the metres within which
            half of those without have theirs (missing when half of them have none; along streets, when theirs is not
            among those that the table of reach lists; and where some resources are released and that place is not).
        ``closed_days``, ``closed_days_unknown``
            Weekdays on which no place of the kinds in the area regularly opens (about monthly or more often; of
            standards for each of several slots, as often as they ask), and those on which one perhaps does: 月・火,
            blank for none, and where every place in the area may not be named.
        ``sureness``
            As in the table of coverage.
        ``promise``, ``sentence``
            The standard, and how it stands in the area, in Japanese, for a plan.

    Raises
    ------
    InputError
        When a kind, an audience, a measure or a system is not known, when something is asked about times and the
        situation has no schedules, or reach was listed too short.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from datetime import date
    >>> from shapely import box
    >>> from resourcemap.plan.situation import Situation
    >>> homes = gpd.GeoDataFrame({"total": [30, 70]}, geometry=gpd.points_from_xy([0, 900], [0, 0]), crs=6677)
    >>> halls = gpd.GeoDataFrame({"kind": "hiroba", "activity_id": "a", "status": "active", "place": "venue",
    ...     "located": "given"}, index=[0], geometry=gpd.points_from_xy([200], [0]), crs=6677)
    >>> town = gpd.GeoDataFrame({"system": ["市"], "area_id": ["1"], "area": ["本町"]},
    ...     geometry=[box(-50, -50, 1000, 50)], crs=6677)
    >>> near = Standard("ひろばが近い", ("hiroba",), "share_within", 0.8, audience="everyone", distance=500)
    >>> table = judge(Situation(homes, halls, town, on=date(2026, 11, 1)), [near])
    >>> table[["area", "value", "met", "without", "short"]].values.tolist()
    [['全体', 0.3, 'unmet', 70, 50], ['本町', 0.3, 'unmet', 70, 50]]
    """
    catalog = catalog_for(standards, situation.catalog) if _known(standards, situation) else situation.catalog
    ready = _ready(situation, standards)
    parts = [_judged(ready, standard, rows, catalog) for standard, rows in _figures(ready, standards, catalog)]
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    table = pd.concat(parts, ignore_index=True)
    table["rank"] = _ranks(table)
    return table[list(COLUMNS)]


def standard_figures(situation: Situation, standards: Sequence[Standard]) -> pd.DataFrame:
    """Measure what standards ask, as rows of the table of coverage; each figure once.

    Examples
    --------
    >>> standard_figures.__name__
    'standard_figures'
    """
    catalog = catalog_for(standards, situation.catalog) if _known(standards, situation) else situation.catalog
    ready = _ready(situation, standards)
    tables = [
        _marked(rows, _WITHOUT_OTHERS if _unsuited(ready, standard, catalog) else "")
        for standard, rows in _figures(ready, standards, catalog)
    ]
    if not tables:
        return pd.DataFrame()
    keys = ["system", "area_id", "area", "kind", "audience", "other", "slot", "distance_m", "measure"]
    return pd.concat(tables, ignore_index=True).drop_duplicates(keys, ignore_index=True)


def _known(standards: Sequence[Standard], situation: Situation) -> bool:
    faults = []
    systems = [str(system) for system in situation.areas["system"].unique()]
    for each in standards:
        where = f"[[standards]] {each.name}"
        kinds, audiences = situation.catalog.kinds, situation.catalog.audiences
        faults += [unknown(where, kind, kinds) for kind in each.kinds or ("",) if kind not in kinds]
        faults += [unknown(where, system, systems) for system in each.systems if system not in systems]
        if each.measure not in measures_asked():
            faults.append(unknown(where, each.measure, measures_asked()))
        elif situation.schedules is None and _of_times(each):
            faults.append(_no_schedules(where))
        if each.audience and not _is_audience(each.audience, situation.catalog):
            faults.append(unknown(where, each.audience, audiences))
        elif each.audience.startswith("age_"):
            faults += _cut_ages(where, each.audience, situation)
    if faults:
        raise InputError(faults)
    return True


def _is_audience(audience: str, catalog: Catalog) -> bool:
    found = audience_of_id(audience, catalog)
    return found is not None and found.id == audience


def _cut_ages(where: str, audience: str, situation: Situation) -> list[str]:
    """Say when ages that were asked for cannot be counted from the age groups of the people."""
    groups = [bounds for column in situation.ages if (bounds := age_bounds(str(column)))]
    asked = audience_of_id(audience, situation.catalog)
    if asked is None or not groups or people_of(situation.ages, asked)[1] != EVERYONE:
        return []
    ja = "、".join(f"{first}歳以上" if last is None else f"{first}〜{last}歳" for first, last in groups)
    en = ", ".join(f"{first} and over" if last is None else f"{first} to {last}" for first, last in groups)
    return [
        either(
            ja=f"{where}: {asked.ages('ja')}の人は、人口の表の年齢の区切りからは数えられません。"
            f"区切りに合わせてください（{ja}）。",
            en=f"{where}: people {asked.ages('en')} cannot be counted from the age groups of the people. "
            f"Choose ages that fit them ({en}).",
        )
    ]


def _of_times(standard: Standard) -> bool:
    return standard.when is not None or standard.measure in ("resources_open", "days_per_month", "seat_hours")


def _no_schedules(where: str) -> str:
    return either(
        ja=f"{where}: 開いている時間を使う基準ですが、開催日時の資料がありません。schedules を渡してください。",
        en=f"{where}: it asks about times of opening, but there are no schedules. Give schedules.",
    )


def _ready(situation: Situation, standards: Sequence[Standard]) -> Situation:
    """Return the situation with who reaches what worked out, once for all standards."""
    if situation.reach is not None or not standards:
        return situation
    return replace(situation, reach=situation.reach_to(max(_question(each).farthest for each in standards)))


def _unsuited(situation: Situation, standard: Standard, catalog: Catalog) -> int:
    """Count the activities that are for people of other ages alone."""
    audience = catalog.audiences[standard.audience or catalog.kinds[standard.kind].audience]
    wrong = situation.unsuited(standard.kinds, audience) & situation.supply.at_a_place
    return len(np.unique(situation.supply.activity[wrong]))


def _marked(rows: pd.DataFrame, mark: str) -> pd.DataFrame:
    """Mark the figures of places, beside their slot, where some places are left out."""
    slot, of_places = rows["slot"].astype(object), ~rows["measure"].isin(["people", "unknown_age"])
    return rows.assign(slot=slot.mask(of_places, slot + mark))


def _question(standard: Standard) -> Question:
    # A standard without a distance looks at no pairs but the nearest few, which any reach holds.
    metres = standard.distance or 1.0
    return Question(
        distances=[metres],
        kinds=[standard.kind],
        slots=[standard.when] if standard.when else [],
        at_least=standard.at_least,
        catchment=Question().catchment if standard.of.of == "score" else metres,
        borderline=0.0,
        measures=list(dict.fromkeys([*_ALWAYS, standard.measure, _PERHAPS.get(standard.measure, standard.measure)])),
    )


def _figures(
    situation: Situation, standards: Iterable[Standard], catalog: Catalog
) -> Iterator[tuple[Standard, pd.DataFrame]]:
    """Yield every standard with its rows of coverage."""
    for standard in standards:
        kind = replace(
            catalog.kinds[standard.kind], audience=standard.audience or catalog.kinds[standard.kind].audience
        )
        known = replace(catalog, kinds={**catalog.kinds, standard.kind: kind})
        kinds = situation.as_one(standard.kinds, known.audiences[kind.audience])
        yield standard, situation.coverage(_question(standard), kinds=kinds, catalog=known)


def _judged(situation: Situation, standard: Standard, figures: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    wide = _wide(standard, figures, situation)
    if standard.in_areas:
        wide = wide[wide["area_id"].notna()].reset_index(drop=True)
    unsuited = _unsuited(situation, standard, catalog)
    table = wide.assign(
        standard=standard.name,
        theme=standard.theme,
        weight=standard.weight,
        kind=standard.kind,
        kind_label=standard.label(catalog),
        audience_label=[
            people_label(str(audience), str(basis), catalog)
            for audience, basis in zip(wide["audience"], wide["audience_basis"], strict=True)
        ],
        slot=f"{standard.slot}{_WITHOUT_OTHERS if unsuited else ''}",
        unsuited=unsuited,
        distance_m=standard.distance if standard.distance else np.nan,
        measure=standard.measure,
        threshold=standard.threshold,
        promise=standard_sentence(standard, catalog),
    )
    table["met"] = _verdicts(standard, table)
    table["without"], table["short"] = _missing(standard, table)
    table = _with_alternatives(situation, standard, table, catalog)
    table["sentence"] = [judged_sentence(row, standard) for row in table.to_dict("records")]
    return table


def _wide(standard: Standard, figures: pd.DataFrame, situation: Situation) -> pd.DataFrame:
    """Lay the figures of the systems asked about side by side, a row per area; ``position`` is that of the area."""
    rows = figures.groupby(["system", "measure", "slot"], sort=False, observed=True).indices
    asked = set(standard.systems) or {system for system, _, _ in rows if system != WHOLE}
    asked |= set() if standard.in_areas else {WHOLE}
    systems = [system for system in dict.fromkeys(system for system, _, _ in rows) if system in asked]
    values = figures["value"].to_numpy()

    def at(measure: str, slot: str = "") -> np.ndarray:
        return np.concatenate([rows[system, measure, slot] for system in systems])

    columns = ["system", "area_id", "area", "approximate_area", "audience", "audience_basis", "way", "no_data"]
    named = pd.DataFrame(figures[columns].iloc[at("people")]).reset_index(drop=True)
    slot = standard.slot
    found, living = at(standard.measure, slot), values[at("people")]
    value = most = values[found]
    perhaps = _PERHAPS.get(standard.measure) if slot else None
    if perhaps:
        most = values[at(perhaps, slot)]
        with np.errstate(invalid="ignore", divide="ignore"):
            by_measure = {"share_within": most / living, "beyond": living - most}
        most = by_measure.get(standard.measure, most)
    counts = {name: values[at(name)] for name in ("people", "unknown_age", "resources", "approximate", "uncounted")}
    counts["beyond"] = values[at("beyond", slot)]
    counts["within"] = counts["people"] - counts["beyond"]
    return named.astype({"system": object, "audience": object, "way": object}).assign(
        position=np.concatenate([_positions(system, len(rows[system, "people", ""]), situation) for system in systems]),
        value=value,
        sureness=figures["sureness"].iloc[found].astype(object).to_numpy(),
        value_at_most=most,
        **{name: numbers.astype(int) for name, numbers in counts.items()},
    )


def _positions(system: str, rows: int, situation: Situation) -> np.ndarray:
    """Return the positions in the areas of the rows of one system: in their order, then outside."""
    if system == WHOLE:
        return np.full(rows, EVERYWHERE)
    inside = np.flatnonzero((situation.areas["system"] == system).to_numpy())
    return np.append(inside, [-1])[:rows]


def _verdicts(standard: Standard, table: pd.DataFrame) -> np.ndarray:
    value, most = table["value"].to_numpy(dtype=float), table["value_at_most"].to_numpy(dtype=float)
    nobody = table["no_data"].to_numpy(dtype=bool) | (table["people"].to_numpy() == 0)
    if standard.of.unit == "m":
        value = most = np.where(np.isnan(value), np.inf, value)  # there is no place to go to
    undefined = np.isnan(value) | nobody
    if standard.of.better == "more":
        surely, perhaps = value >= standard.threshold - _HAIR, most >= standard.threshold - _HAIR
    else:
        surely, perhaps = value <= standard.threshold + _HAIR, most <= standard.threshold + _HAIR
    return np.select([undefined, surely, perhaps], [NO_DATA, MET, UNKNOWN], UNMET)


def _missing(standard: Standard, table: pd.DataFrame) -> tuple[np.ndarray, pd.Series]:
    """Return the people without, and what is short, in every area."""
    fails = table["met"].isin([UNMET, UNKNOWN]).to_numpy()
    without = table["beyond"].to_numpy() if standard.distance else table["people"].to_numpy()
    needed = np.full(len(table), np.nan)
    if standard.measure == "share_within":
        needed = np.ceil(standard.threshold * table["people"] - _HAIR) - table["within"]
    elif standard.measure in ("within", "resources", "resources_open"):
        needed = np.ceil(standard.threshold - table["value"].to_numpy() - _HAIR)
    elif standard.measure == "beyond":
        needed = np.ceil(table["value"].to_numpy() - standard.threshold - _HAIR)
    known = fails | (table["met"] == NO_DATA).to_numpy()
    short = pd.Series(np.where(fails, needed, np.where(known, np.nan, 0.0))).astype("Int64")
    return np.where(fails, without, 0), short


def _with_alternatives(situation: Situation, standard: Standard, table: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Add what is nearest for those without, and the days without any opening."""
    found = lacking(situation, standard, catalog)
    fails = table["met"].isin([UNMET, UNKNOWN]).to_numpy()
    rows = list(zip(table["system"], table["position"], strict=True))
    reached = found.reached
    if standard.when is not None and fails.any():
        reached = situation.nearest_open(reached, found.among & found.of_kind)
    position, metres = alternatives(situation, reached, found.among, found.people, rows, wanted=fails)
    regularly = standard.at_least if isinstance(standard.when, Every) else REGULARLY
    days, perhaps = closed_days(situation, found.of_kind, rows, at_least=regularly)
    # Distances to what may not be named would lead to its door.
    nameless = (position >= 0) & ~situation.nameable[position]
    return table.assign(
        nearest_position=position,
        nearest=situation.shown(position),
        nearest_m=np.where(nameless, np.nan, metres),
        closed_days=days,
        closed_days_unknown=perhaps,
    )


def _ranks(table: pd.DataFrame) -> np.ndarray:
    """Rank what is not met in each system by the people without; 0 for everything else."""
    ranks = np.zeros(len(table), dtype=int)
    systems = table["system"].to_numpy()
    fails = np.flatnonzero(table["met"].isin([UNMET, UNKNOWN]).to_numpy())
    order = sorted(fails, key=lambda at: (str(systems[at]), -table["without"].iloc[at], at))
    for _, rows in groupby(order, key=lambda at: systems[at]):
        for rank, at in enumerate(rows, 1):
            ranks[at] = rank
    return ranks
