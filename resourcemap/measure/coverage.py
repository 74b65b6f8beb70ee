"""The table of coverage: one row per area system, area and kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.areas.placement import place
from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.measure.audience import AUDIENCE, EVERYONE, people_of, unknown_ages
from resourcemap.measure.nearest import mean_metres, metres_for_share
from resourcemap.measure.supply import count_activities, count_visiting
from resourcemap.model.catalog import load_catalog
from resourcemap.model.tables import AT_A_PLACE
from resourcemap.reach.straight import reach
from resourcemap.reach.supply import lacks_position, not_counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import geopandas as gpd

    from resourcemap.model.catalog import Catalog

DISTANCES = (300, 500, 800)


@dataclass(frozen=True)
class _Reached:
    """What is known of one kind at every person point.

    Who is counted, how many are not because their age is unknown, how far the nearest place is (inf: there is
    none), and whether somebody comes to them.
    """

    people: np.ndarray
    basis: str
    unknown: np.ndarray
    metres: np.ndarray
    visited: np.ndarray


def coverage(
    people: gpd.GeoDataFrame,
    resources: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    distances: Sequence[float] = DISTANCES,
    kinds: Sequence[str] | None = None,
    served: pd.DataFrame | None = None,
    on: date | None = None,
    catalog: Catalog | None = None,
) -> pd.DataFrame:
    """Measure how well the people of each area are served by each kind of resource.

    Distances are straight lines. Suspended and ended resources, those whose dates do not include `on`, those
    without a place and those without a position do not count (`resourcemap.reach.supply.not_counted` says which).
    People of an area are reached by resources on either side of its border.

    Parameters
    ----------
    people
        Person points (``total``, age columns, ``block_id`` when `served` is given).
    resources
        Located resources.
    areas
        Areas of one or several systems.
    distances
        Limits in metres; somebody exactly at a limit is within.
    kinds
        Ids of kinds, in the order wanted; every kind that occurs, even when none of it counts, in
        catalogue order, when not given.
    served
        Visiting services, as `resourcemap.areas.served_blocks` lists them.
    on
        The day to look at, for resources with dates.
    catalog
        The catalogue with the audience of each kind; the built-in one when not given.

    Returns
    -------
    pandas.DataFrame
        One row per system, area and kind, zeros included, systems and areas in the order of `areas`. A row with
        ``area_id`` missing, last in its system, holds the people and resources outside all its areas, where there
        are any. Columns:

        ``approximate_area``
            Whether the borders of the area are approximate (cells around points).
        ``no_data``
            Whether not a single person point lies in the area, whoever is counted: its ``people`` are then not
            nobody but unknown. An area whose points hold nobody of the audience is not meant.
        ``audience``, ``audience_basis``
            Who is counted: the audience of the kind, or everyone when their ages are not known.
        ``people``, ``unknown_age``
            People of the audience who live there; people who may belong to it, but whose age is not known.
        ``resources``, ``approximate``, ``visiting``
            Activities with a place there; of those, placed only roughly; visiting services that come there.
        ``visited``
            People of the audience to whom a visiting service comes; they are within every distance.
        ``uncounted``
            Resources of the kind that should count but whose place, or served area, is not known: anywhere, so
            the same in every area.
        ``per_1000``
            ``resources`` per 1,000 ``people``; not a number when there is nobody.
        ``within_500m``, ``share_within_500m``, ``beyond_500m``
            For each distance: people whose nearest place is within it or who are visited, their share, the others.
        ``nearest_mean_m``, ``nearest_median_m``, ``nearest_p90_m``
            Distance to the nearest place, over people, visited or not (see `resourcemap.measure.nearest`); not a
            number when there is no place anywhere, or nobody.

        ``attrs["crs"]`` names the system the metres were measured in.

    Raises
    ------
    InputError
        When there are no people, or a kind is unknown.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> homes = gpd.GeoDataFrame({"total": [30, 70]}, geometry=gpd.points_from_xy([0, 900], [0, 0]), crs=6677)
    >>> halls = gpd.GeoDataFrame({"kind": ["hiroba"], "activity_id": ["a"], "status": ["active"],
    ...     "place": ["venue"], "located": ["given"]}, geometry=gpd.points_from_xy([200], [0]), crs=6677)
    >>> town = gpd.GeoDataFrame({"system": ["市"], "area_id": ["1"], "area": ["みほん市"]},
    ...     geometry=[shapely.box(-1000, -1000, 1000, 1000)], crs=6677)
    >>> table = coverage(homes, halls, town, distances=[500])
    >>> table[["people", "resources", "within_500m", "beyond_500m"]].values.tolist()
    [[100, 1, 30, 70]]
    """
    if not len(people):
        raise InputError(either(ja="人口の行がありません。", en="There are no rows of people."))
    known = catalog or load_catalog()
    reasons = not_counted(resources, on=on)
    supply = _where_it_happens(resources[reasons == ""])
    wanted = _kinds(resources, kinds, known)
    pairs = reach(people, supply, metres=max(distances), served=_renumber(served, reasons))
    reached = {kind: _reached(people, supply, pairs, kind, known) for kind in wanted}
    homes, spots = place(people, areas), place(supply, areas)
    uncounted = resources["kind"][lacks_position(reasons)].value_counts()
    rows = pd.DataFrame({name: supply[name] for name in ("activity_id", "located", "place") if name in supply})
    rows = rows.assign(has_point=supply.geometry.notna())
    tables = []
    for system in homes:
        inside = np.flatnonzero((areas["system"] == system).to_numpy())
        number = np.full(len(areas) + 1, len(inside))
        number[inside] = np.arange(len(inside))
        home, spot = number[homes[system]], number[spots[system]]
        named = _named(areas, inside, system).assign(no_data=np.bincount(home, minlength=len(inside) + 1) == 0)
        for kind in wanted:
            of_kind = (supply["kind"] == kind).to_numpy()
            counted = _count(rows, of_kind, spot, home, pairs, len(inside) + 1)
            figures = _figures(reached[kind], home, len(inside) + 1, distances)
            table = named.assign(
                kind=kind,
                audience=known.kinds[kind].audience,
                audience_basis=reached[kind].basis,
                uncounted=int(uncounted.get(kind, 0)),
            )
            tables.append(_in_order(pd.concat([table, counted, figures], axis=1)))
    made = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    made = _without_empty_outside(made)
    made.attrs["crs"] = pairs.attrs["crs"]
    return made


def _where_it_happens(supply: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Forget the points of visiting services: those are offices, where nobody is served."""
    return supply.set_geometry(supply.geometry.where(supply["place"].isin(AT_A_PLACE)))


def _kinds(resources: gpd.GeoDataFrame, kinds: Sequence[str] | None, catalog: Catalog) -> list[str]:
    if kinds is None:
        found = set(resources["kind"])
        return [kind for kind in catalog.kinds if kind in found]
    unknown = [kind for kind in kinds if kind not in catalog.kinds]
    if unknown:
        raise InputError(
            either(
                ja=f"種類 {', '.join(unknown)} はありません。使えるのは {', '.join(catalog.kinds)} です。",
                en=f"Unknown kinds: {', '.join(unknown)}. Known: {', '.join(catalog.kinds)}.",
            )
        )
    return list(kinds)


def _renumber(served: pd.DataFrame | None, reasons: pd.Series) -> pd.DataFrame | None:
    """Turn positions in all resources into positions among those that count."""
    if served is None:
        return None
    counts = (reasons == "").to_numpy()
    position = np.cumsum(counts) - 1
    kept = served[counts[served["resource"].to_numpy(dtype=int)]]
    return kept.assign(resource=position[kept["resource"].to_numpy(dtype=int)])


def _reached(
    people: gpd.GeoDataFrame, supply: gpd.GeoDataFrame, pairs: pd.DataFrame, kind: str, catalog: Catalog
) -> _Reached:
    resource, person = pairs["resource"].to_numpy(dtype=int), pairs["person"].to_numpy(dtype=int)
    of_kind = (supply["kind"] == kind).to_numpy()[resource]
    comes = (supply["place"] == "served_area").to_numpy()[resource]
    nearest = np.full(len(people), np.inf)
    np.minimum.at(nearest, person[of_kind & ~comes], pairs["metres"].to_numpy()[of_kind & ~comes])
    visited = np.zeros(len(people), dtype=bool)
    visited[person[of_kind & comes]] = True
    audience = catalog.audiences[catalog.kinds[kind].audience]
    numbers, basis = people_of(people, audience)
    counts_ages = basis == AUDIENCE and audience.id != EVERYONE
    unknown = unknown_ages(people) if counts_ages else np.zeros(len(people), dtype=int)
    return _Reached(numbers, basis, unknown, nearest, visited)


def _count(
    supply: pd.DataFrame,
    of_kind: np.ndarray,
    spot: np.ndarray,
    home: np.ndarray,
    pairs: pd.DataFrame,
    areas: int,
) -> pd.DataFrame:
    at_a_place = of_kind & supply["has_point"].to_numpy()
    counted = count_activities(supply[at_a_place], spot[at_a_place], areas)
    visiting = of_kind & (supply["place"] == "served_area").to_numpy()
    visits = pairs[visiting[pairs["resource"].to_numpy(dtype=int)]]
    activity = supply["activity_id"].to_numpy()[visits["resource"].to_numpy(dtype=int)]
    counted["visiting"] = count_visiting(activity, home[visits["person"].to_numpy(dtype=int)], areas)
    return counted


def _figures(reached: _Reached, home: np.ndarray, areas: int, distances: Sequence[float]) -> pd.DataFrame:
    people = np.bincount(home, weights=reached.people, minlength=areas).astype(int)
    figures: dict[str, object] = {
        "people": people,
        "unknown_age": np.bincount(home, weights=reached.unknown, minlength=areas).astype(int),
        "visited": np.bincount(home, weights=reached.people * reached.visited, minlength=areas).astype(int),
    }
    for metres in distances:
        near = (reached.metres <= metres) | reached.visited
        within = np.bincount(home, weights=reached.people * near, minlength=areas).astype(int)
        with np.errstate(invalid="ignore"):
            share = within / people
        figures |= {
            f"within_{metres:g}m": within,
            f"share_within_{metres:g}m": share,
            f"beyond_{metres:g}m": people - within,
        }
    here = [home == area for area in range(areas)]
    ways = [(reached.metres[at], reached.people[at]) for at in here]
    figures["nearest_mean_m"] = [mean_metres(*way) for way in ways]
    figures["nearest_median_m"] = [metres_for_share(*way, 0.5) for way in ways]
    figures["nearest_p90_m"] = [metres_for_share(*way, 0.9) for way in ways]
    return pd.DataFrame(figures)


def _named(areas: gpd.GeoDataFrame, inside: np.ndarray, system: str) -> pd.DataFrame:
    named = pd.DataFrame(areas[["system", "area_id", "area"]].astype(object).iloc[inside])
    outside = pd.DataFrame({"system": [system], "area_id": [None], "area": [None]}, dtype=object)
    rough = areas["approximate"].to_numpy(dtype=bool)[inside] if "approximate" in areas else np.zeros(len(inside), bool)
    return pd.concat([named, outside], ignore_index=True).assign(approximate_area=np.append(rough, rough.any()))


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    with np.errstate(invalid="ignore", divide="ignore"):
        per_1000 = np.where(table["people"] > 0, table["resources"] / table["people"] * 1000, np.nan)
    table = table.assign(per_1000=per_1000)
    first = ["system", "area_id", "area", "approximate_area", "no_data"]
    first += ["kind", "audience", "audience_basis", "people", "unknown_age"]
    second = ["resources", "approximate", "visiting", "visited", "uncounted", "per_1000"]
    return table[[*first, *second, *[column for column in table if column not in (*first, *second)]]]


def _without_empty_outside(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows for "outside" of a system only when any kind has people or resources there."""
    if table.empty:
        return table
    filled = (table["people"] > 0) | (table["resources"] > 0)
    outside = table["area_id"].isna()
    needed = filled.where(outside, other=False).groupby(table["system"]).transform("any")
    return table[~outside | needed].reset_index(drop=True)
