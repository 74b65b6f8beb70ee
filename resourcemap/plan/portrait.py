"""The portrait of one area (地域アセスメント): who lives there, what there is, who reaches it, what is missing."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from resourcemap.areas.placement import place
from resourcemap.errors import InputError, unknown
from resourcemap.measure.audience import AUDIENCE, EVERYONE, people_of, unknown_ages
from resourcemap.measure.question import Question
from resourcemap.measure.tidy import WHOLE, by_area
from resourcemap.model.tables import age_bounds
from resourcemap.plan.sexes import both, men_among
from resourcemap.plan.strengths.strengths import GENERATIONS, generations
from resourcemap.plan.strengths.words import generation_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resourcemap.plan.situation import Situation

_MEASURES = ("people", "unknown_age", "within", "share_within", "beyond", "nearest_median_m", "uncounted")
_COUNTS = ("resources", "approximate", "visiting")


@dataclass(frozen=True)
class Portrait:
    """What is known of one area, a table per question.

    Parameters
    ----------
    system, area_id, area
        The area, and the system that it belongs to.
    metres
        What within reach is.
    people
        A row for all, for each generation (``generation`` is true), then for each other age group as it was given:
        ``group``, ``label``, ``people``, ``share`` (of all in the area) and ``share_whole`` (the same of everyone
        together); ``men``, ``women`` and their shares of all, where that is known of all who live there.
    resources
        A row per kind: ``resources`` (activities at places in the area), ``approximate`` (of them, known roughly),
        ``visiting`` (that come here), ``uncounted`` (of no known place, anywhere), and ``names`` of those in the area
        that may be named.
    reach
        A row per kind: who is counted, how many are ``within`` reach and ``beyond``, ``share_within`` here and
        ``share_within_whole`` of everyone together, ``nearest_median_m``, ``sureness``.
    standards, strengths
        The rows of the area in the tables of `judge` and `strengths`; none when not given.
    patches
        The patches of ground beyond reach in the area, without their shapes; none when not given.
    changes
        As given.
    doubts
        What is not known, a Japanese sentence each.
    week
        The rows of the area in the table of `open_week`; none when not given.
    """

    system: str
    area_id: str
    area: str
    metres: float
    people: pd.DataFrame = field(repr=False)
    resources: pd.DataFrame = field(repr=False)
    reach: pd.DataFrame = field(repr=False)
    standards: pd.DataFrame = field(repr=False)
    strengths: pd.DataFrame = field(repr=False)
    patches: pd.DataFrame = field(repr=False)
    changes: pd.DataFrame = field(repr=False)
    doubts: tuple[str, ...] = ()
    week: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values for JSON: a list of rows per table, missing values as None.

        Examples
        --------
        >>> none = pd.DataFrame()
        >>> age = pd.DataFrame({"label": ["65歳以上"], "people": [40], "share": [float("nan")]})
        >>> Portrait("圏域", "1", "東", 500.0, age, *[none] * 6).as_data()["people"]
        [{'label': '65歳以上', 'people': 40, 'share': None}]
        """
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: _plain(value) for name, value in values.items()}


def portrait(
    situation: Situation,
    system: str,
    area_id: str,
    *,
    kinds: Sequence[str],
    metres: float,
    judged: pd.DataFrame | None = None,
    strengths: pd.DataFrame | None = None,
    patches: gpd.GeoDataFrame | None = None,
    changes: pd.DataFrame | None = None,
    week: pd.DataFrame | None = None,
    figures: pd.DataFrame | None = None,
    men: pd.DataFrame | None = None,
) -> Portrait:
    """Gather what is known of one area.

    Parameters
    ----------
    situation
        People, resources, areas, and who reaches what; those of its resources that were released are named.
    system, area_id
        The area, by its id or its name.
    kinds
        Ids of kinds, in the order wanted.
    metres
        What within reach is.
    judged, strengths
        The standards held against all areas, and what all have more and less of.
    patches
        The patches of ground beyond reach: those of this system by the area that they are of, those of another system
        by the point inside them.
    changes
        A table of changes; of one with ``area_id`` or ``area`` the rows of the area.
    week
        How many have something open when, in all areas (`resourcemap.plan.openweek.open_week`).
    figures
        What `figures_of_portraits` returns for the same kinds and metres; measured anew when not given.
    men
        How many men live in each block, by age (`resourcemap.read.men.read_men`).

    Raises
    ------
    InputError
        When a kind, the system or the area is not known, or several areas have the name.

    Examples
    --------
    >>> from datetime import date
    >>> from shapely import box
    >>> from resourcemap.plan.situation import Situation
    >>> homes = gpd.GeoDataFrame({"total": [30, 70]}, geometry=gpd.points_from_xy([0, 900], [0, 0]), crs=6677)
    >>> halls = gpd.GeoDataFrame({"kind": "hiroba", "activity_id": "a", "status": "active", "place": "venue",
    ...     "located": "given"}, index=[0], geometry=gpd.points_from_xy([200], [0]), crs=6677)
    >>> town = gpd.GeoDataFrame({"system": "圏域", "area_id": ["1", "2"], "area": ["本町", "東町"]},
    ...     geometry=[box(-50, -50, 500, 50), box(500, -50, 1000, 50)], crs=6677)
    >>> situation = Situation(homes, halls, town, on=date(2026, 11, 1))
    >>> found = portrait(situation, "圏域", "東町", kinds=["hiroba"], metres=500)
    >>> found.people[["label", "people", "share_whole"]].values.tolist()
    [['全世代', 70, 1.0]]
    >>> found.reach[["within", "beyond", "share_within", "share_within_whole"]].values.tolist()
    [[0.0, 70.0, 0.0, 0.3]]
    """
    position = _position(situation, system, area_id, kinds)
    row = situation.areas.iloc[position]
    measured = figures_of_portraits(situation, kinds=kinds, metres=metres) if figures is None else figures
    here = measured[(measured["system"] == system) & (measured["area_id"] == row["area_id"])]
    wide = by_area(here)
    resources = _resources(situation, system, position, wide)
    reach = _reach(situation, here, wide, measured, metres)
    people = pd.DataFrame(_people(situation, situation.homes[system] == position, men))
    return Portrait(
        system=system,
        area_id=str(row["area_id"]),
        area=str(row["area"]),
        metres=float(metres),
        people=people,
        resources=resources,
        reach=reach,
        standards=_rows(judged, system, row),
        strengths=_rows(strengths, system, row),
        patches=_patches(patches, situation, system, position),
        changes=_rows(changes, system, row),
        doubts=tuple(_doubts(situation, position, people, resources, reach)),
        week=_rows(week, system, row),
    )


def figures_of_portraits(situation: Situation, *, kinds: Sequence[str], metres: float) -> pd.DataFrame:
    """Measure what the portraits of all areas say of each kind, in the form of `resourcemap.coverage`."""
    return situation.coverage(
        Question(distances=[metres], kinds=list(kinds), catchment=metres, measures=[*_MEASURES, *_COUNTS])
    )


def _position(situation: Situation, system: str, area: str, kinds: Sequence[str]) -> int:
    """Return the position of an area, by id or else by name."""
    areas = situation.areas
    faults = [unknown("kinds", kind, situation.catalog.kinds) for kind in kinds if kind not in situation.catalog.kinds]
    systems = [str(each) for each in areas["system"].unique()]
    if system not in systems:
        raise InputError([*faults, unknown("system", system, systems)])
    own = areas[areas["system"] == system]
    at = np.flatnonzero(((areas["system"] == system) & (areas["area_id"].astype(str) == str(area))).to_numpy())
    if not len(at):
        at = np.flatnonzero(((areas["system"] == system) & (areas["area"] == area)).to_numpy())
    if len(at) != 1:
        ids = own.loc[own["area"] == area, "area_id"] if len(at) else own["area"]
        faults.append(unknown(system, area, [str(each) for each in ids]))
    if faults:
        raise InputError(faults)
    return int(at[0])


def _people(situation: Situation, inside: np.ndarray, men: pd.DataFrame | None) -> Iterator[dict[str, Any]]:
    """Yield how many there are of all, of each generation, and of each age group as given."""
    total = situation.ages["total"].to_numpy(dtype=int)
    all_here, everywhere = int(total[inside].sum()), int(total.sum())
    men_here = _men(situation, men, inside)
    men_whole = _men(situation, men, np.ones(len(total), dtype=bool)) if men_here else {}
    for group, label, numbers, generation in age_groups(situation):
        here = int(numbers[inside].sum())
        share = here / all_here if all_here else np.nan
        whole = int(numbers.sum()) / everywhere if everywhere else np.nan
        named = {"group": group, "label": label, "generation": generation}
        row = {**named, "people": here, "share": share, "share_whole": whole}
        yield both(row, men_here.get(group), men_whole.get(group), here=all_here, everywhere=everywhere)


def _men(situation: Situation, men: pd.DataFrame | None, inside: np.ndarray) -> dict[str, int]:
    """Return how many men are in each age group; nothing where it is not known."""
    found = men_among(situation.people, men, inside)
    if found is None:
        return {}
    return {group: int(numbers[0]) for group, _, numbers, _ in age_groups(situation, found)}


def age_groups(situation: Situation, people: pd.DataFrame | None = None) -> Iterator[tuple[str, str, np.ndarray, bool]]:
    """Yield the id and the label of everyone, each generation, and each other age group as given, with its people.

    The last of the four says whether it is a generation. People whose age is not known come last, where there are any.
    Counted are the people of the situation, or those given in the same columns.
    """
    ages = situation.ages if people is None else people
    _, known = generations(GENERATIONS, situation.catalog)
    told = set()
    for audience in known:
        numbers, basis = people_of(ages, audience)
        if audience.id == EVERYONE or basis == AUDIENCE:
            told.add((audience.age_from, audience.age_to))
            yield audience.id, generation_label(audience), numbers, True
    for column in ages:
        bounds = age_bounds(str(column))
        if bounds and bounds not in told:
            label = f"{bounds[0]}歳以上" if bounds[1] is None else f"{bounds[0]}〜{bounds[1]}歳"
            yield str(column), label, ages[column].to_numpy(dtype=int), False
    lost = unknown_ages(ages)
    if lost.any():
        yield "unknown_age", "年齢の分からない人", lost, False


def _resources(situation: Situation, system: str, position: int, wide: pd.DataFrame) -> pd.DataFrame:
    """Count the activities of the area by kind, and name those that may be named."""
    supply = situation.supply
    at_place = supply.at_a_place & (situation.spots[system] == position)
    rows = []
    for row in wide.to_dict("records"):
        own = np.flatnonzero(at_place & (supply.kind == row["kind"]))
        names = [name for name in dict.fromkeys(situation.shown(own)) if isinstance(name, str)]
        counts = {name: int(row[name]) for name in (*_COUNTS, "uncounted")}
        label = situation.catalog.kinds[str(row["kind"])].label("ja")
        rows.append({"kind": row["kind"], "kind_label": label, **counts, "names": names})
    return pd.DataFrame(rows)


def _reach(
    situation: Situation, here: pd.DataFrame, wide: pd.DataFrame, figures: pd.DataFrame, metres: float
) -> pd.DataFrame:
    whole, shares = (
        table[(table["measure"] == "share_within") & (table["slot"] == "")]
        for table in (figures[figures["system"] == WHOLE], here)
    )
    everyone = dict(zip(whole["kind"], whole["value"], strict=True))
    sure = dict(zip(shares["kind"], shares["sureness"].astype(str), strict=True))
    rows = []
    for row in wide.to_dict("records"):
        audience = situation.catalog.audiences[str(row["audience"])]
        counted = situation.catalog.audiences[EVERYONE] if row["audience_basis"] == EVERYONE else audience
        rows.append(
            {
                "kind": row["kind"],
                "kind_label": situation.catalog.kinds[str(row["kind"])].label("ja"),
                "audience": row["audience"],
                "audience_basis": row["audience_basis"],
                "audience_label": generation_label(counted),
                "distance_m": float(metres),
                "way": row["way"],
                "people": int(row["people"]),
                "within": int(row[f"within_{metres:g}m"]),
                "beyond": int(row[f"beyond_{metres:g}m"]),
                "share_within": row[f"share_within_{metres:g}m"],
                "share_within_whole": everyone[row["kind"]],
                "nearest_median_m": row["nearest_median_m"],
                "sureness": sure[row["kind"]],
            }
        )
    return pd.DataFrame(rows)


def _rows(table: pd.DataFrame | None, system: str, area: pd.Series) -> pd.DataFrame:
    """Return the rows of the area; all of a table that names no areas."""
    if table is None:
        return pd.DataFrame()
    chosen = np.ones(len(table), dtype=bool)
    if "system" in table:
        chosen &= (table["system"] == system).to_numpy()
    key = next((name for name in ("area_id", "area") if name in table), None)
    if key:
        chosen &= (table[key] == area[key]).to_numpy()
    return pd.DataFrame(table[chosen]).reset_index(drop=True)


def _patches(patches: gpd.GeoDataFrame | None, situation: Situation, system: str, position: int) -> pd.DataFrame:
    """Return the patches that lie in the area, without their shapes."""
    if patches is None or patches.empty:
        return pd.DataFrame()
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(patches["label_x"], patches["label_y"]), crs=patches.crs)
    lies = place(points, situation.areas)[system].to_numpy() == position
    named = (patches["area"] == situation.areas["area"].iloc[position]).to_numpy()
    chosen = np.where((patches["system"] == system).to_numpy(), named, lies)
    return pd.DataFrame(patches[chosen].drop(columns=patches.geometry.name)).reset_index(drop=True)


def _doubts(
    situation: Situation, position: int, people: pd.DataFrame, resources: pd.DataFrame, reach: pd.DataFrame
) -> Iterator[str]:
    """Yield what is not known of the area."""
    everyone = int(people["people"].iloc[0])
    lost = int(people.loc[people["group"] == "unknown_age", "people"].sum())
    rough = "approximate" in situation.areas and bool(situation.areas["approximate"].iloc[position])
    basis = reach[["audience", "audience_basis"]]
    yield from area_doubts(everyone, lost, rough, resources.join(basis).to_dict("records"))


def area_doubts(everyone: int, lost: int, rough: bool, kinds: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield what is not known of an area, a Japanese sentence each.

    Parameters
    ----------
    everyone, lost
        How many people live there, and of how many the age is not known.
    rough
        Whether the borders are.
    kinds
        A row per kind: ``kind_label``, ``uncounted``, ``approximate``, ``audience``, ``audience_basis``.
    """
    if everyone == 0:
        yield "この区域には、人口の資料がないか、住む人がいません。"
    if lost:
        yield f"年齢の分からない{lost:,}人は、年齢ごとの数に入っていません。"
    if rough:
        yield "区域の境界はおよその形です。"
    for row in kinds:
        if row["uncounted"]:
            yield f"場所の分からない{row['kind_label']}が市区町村全体で{row['uncounted']}件あり、数えていません。"
        if row["approximate"]:
            yield f"この区域の{row['kind_label']}のうち{row['approximate']}件は、およその位置しか分かりません。"
    whole = [row["kind_label"] for row in kinds if row["audience_basis"] == EVERYONE != row["audience"]]
    if whole:
        yield f"{'、'.join(whole)}は、対象の人だけの人口がないため、住民全員で数えました。"


def _plain(value: Any) -> Any:
    if isinstance(value, pd.DataFrame):
        text = value.to_json(orient="records", force_ascii=False, date_format="iso", double_precision=6)
        return json.loads(text)
    return list(value) if isinstance(value, tuple) else value
