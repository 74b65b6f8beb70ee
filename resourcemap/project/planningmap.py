"""The planning map of a project: the layers it has the tables for, and what it needs beyond them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from resourcemap.language import either
from resourcemap.measure.catalogue import load_measures
from resourcemap.measure.tidy import SURENESS
from resourcemap.metres import metre_crs, to_metres
from resourcemap.model.way import DETOUR, STREETS, way_of
from resourcemap.plan.portraits import portraits
from resourcemap.project.figures import figures_of
from resourcemap.project.mappage import planning_page
from resourcemap.project.planning import situation_of
from resourcemap.project.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from resourcemap.project.comparing import Comparison
    from resourcemap.project.planned import Planned
    from resourcemap.publish.webmap.planning import Planning

# Where it goes when it is asked for on the command line and the settings name no file.
FILE = "internal/planning.html"
_CURVE = 6  # sides of a quarter of a circle
_SITES = 3  # chosen per kind
_SECONDS = 10.0  # to search for each


def planning_of(project: Planned, *, since: Planned | None = None) -> Planning:
    """Gather the planning layers of a project.

    Parameters
    ----------
    project
        The project, with people and areas.
    since
        The project of an earlier date, to show what has changed.

    Raises
    ------
    ProjectError
        When the project has no people or no areas.
    """
    from resourcemap.project.comparing import comparison_of  # noqa: PLC0415 (seldom needed, and slow to load)
    from resourcemap.publish.webmap.planning import Planning  # noqa: PLC0415 (folium is slow to load)

    coverage, situation = figures_of(project, project.coverage), situation_of(project)
    comparison = None if since is None else comparison_of(since, project)
    exactly = project.counted is project.located and bool(project.hidden.any())
    return Planning(
        coverage=project.measures,
        measures=load_measures(),
        gaps=project.gaps,
        standards=project.judged,
        patches=project.patches,
        # Circles around exact spots would show every one of them.
        outlines=None if exactly else outlines_of(project),
        sites=sites_of(project),
        portraits=portraits(
            situation,
            coverage,
            kinds=project.planned_kinds,
            strengths=project.strengths,
            changes=None if comparison is None else _changes(project, comparison),
        ),
        comparison=None if comparison is None else _reach_changed(comparison),
        since=None if since is None else since.as_of,
        metres=project.distance,
        hidden=_hidden(project),
        exactly=exactly,
    )


def outlines_of(project: Planned) -> gpd.GeoDataFrame | None:
    """Return the ground within reach of the places of each kind that a plan looks at, per distance.

    Places are where figures count them, those that may not be shown in the middle of their block. Along streets there
    are none: how far one gets there is no circle.

    Raises
    ------
    ProjectError
        When the project has no people or no areas.
    """
    table = figures_of(project, project.measures)
    way = way_of(str(table["way"].iloc[0]) if len(table) else None)
    if project.situation is None or way.form == STREETS:
        return None
    factor = float(way.detail) if way.form == DETOUR else 1.0
    supply = project.situation.supply
    counted = project.counted[supply.counts & supply.at_a_place & project.counted.geometry.notna().to_numpy()]
    crs = metre_crs(counted if len(counted) else figures_of(project, project.homes))
    places = to_metres(counted, crs)
    rows = []
    for kind in project.planned_kinds:
        spots = shapely.multipoints(places.geometry[places["kind"] == kind].drop_duplicates().to_numpy())
        rows += [(kind, far, shapely.buffer(spots, far / factor, quad_segs=_CURVE)) for far in project.distances]
    names = ["kind", "distance_m", "geometry"]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=names), geometry="geometry", crs=crs)


def sites_of(project: Planned) -> gpd.GeoDataFrame | None:
    """Return the candidates that the settings list, per kind that a plan looks at, with the first three to open.

    Nothing where the settings list none: which venues can be had is nothing to guess for every kind.
    """
    listed = project.settings.sites.get("candidates")
    if not listed:
        return None
    from resourcemap.project.candidates import candidates  # noqa: PLC0415 (seldom needed)
    from resourcemap.project.siting import SiteQuestion, sites_report  # noqa: PLC0415 (the solver is slow to load)

    files = [file for name in ([listed] if isinstance(listed, str) else listed) for file in project.paths(name)]
    tables = []
    for kind in project.planned_kinds:
        pool = candidates(project, kind, files=files).table
        question = SiteQuestion(kind, count=min(_SITES, len(pool)), seconds=_SECONDS)
        chosen = pd.DataFrame(sites_report(project, question).data, columns=["order", "name", "sentence"])
        at = pool[["name", "geometry"]].drop_duplicates("name").merge(chosen, on="name", how="left")
        tables.append(at.assign(kind=kind))
    return gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs=tables[0].crs) if tables else None


def planning_asked(project: Planned) -> bool:
    """Tell whether the settings ask for a planning map, and there are the people and areas that it needs."""
    return bool(project.settings.map.get("planning") and project.settings.people and project.settings.areas)


def planning_title() -> str:
    """Name the step."""
    return either(ja="計画の地図", en="Planning map")


def planning_report(project: Planned) -> Report:
    """Say what the planning map holds, and for whom it is."""
    planning = project.planning
    count = either(ja="区域", en="areas")
    went = {count: len(figures_of(project, project.areas))}
    out = {
        either(ja="数字", en="figures"): 0 if planning.coverage is None else len(planning.coverage),
        either(ja="基準×区域", en="standard x area"): 0 if planning.standards is None else len(planning.standards),
        either(ja="まとまった空白の場所", en="patches beyond reach"): len(figures_of(project, planning.patches)),
    }
    if planning.comparison is not None:
        out[either(ja="変化", en="changes")] = len(planning.comparison)
    return Report("planning", planning_title(), went, out, notes=tuple(_said(planning)))


def write_planning(project: Planned) -> list[Path]:
    """Write the planning map: where the settings say, else into the folder ``internal``."""
    from resourcemap.publish.webmap import write_webmap  # noqa: PLC0415 (folium is slow to load)

    path = project.folder / str(project.settings.map.get("planning") or FILE)
    return [write_webmap(planning_page(project), path)]


def _said(planning: Planning) -> Iterator[str]:
    """Yield what somebody who hands the map on should know."""
    if planning.exactly:
        yield either(
            ja="場所を公開できないものを正確な位置で数えた数字が入っています（[consent] figures）。"
            "この地図は外に出さないでください。",
            en="It holds figures counted at exact spots that may not be shown ([consent] figures): keep it in the "
            "office.",
        )
    elif planning.hidden:
        number = sum(planning.hidden.values())
        yield either(
            ja=f"場所を公開できない{number}件は、町丁目の中ほどにあるものとして数えた数字と範囲です。",
            en=f"Figures and outlines count {number} places that may not be shown in the middle of their block.",
        )


def _hidden(project: Planned) -> dict[str, int]:
    """Count by kind the places that figures take to be in the middle of their block."""
    situation = project.situation
    counts = project.hidden if situation is None else project.hidden & situation.supply.counts
    return {str(kind): int(number) for kind, number in project.counted["kind"][counts].value_counts().items()}


def _reach_changed(comparison: Comparison) -> pd.DataFrame | None:
    """Return who gained and lost reach, each as sure as the less sure of both dates; blank where one does not say."""
    if comparison.reach is None:
        return None
    table = comparison.reach.table
    both = [_sureness(project, table, comparison.new.distance) for project in (comparison.old, comparison.new)]
    weaker = np.minimum(*both)
    return table.assign(sureness=pd.Categorical.from_codes(weaker, SURENESS).astype(object))


def _sureness(project: Planned, table: pd.DataFrame, metres: float) -> np.ndarray:
    """Look up how sure those within reach are, by the position in `SURENESS`; -1 where the project does not say."""
    keys = ["system", "area_id", "kind", "audience"]
    known = figures_of(project, project.measures)
    plain = (known["measure"] == "within") & (known["slot"] == "") & (known["other"] == "")
    rows = known[plain & (known["distance_m"] == metres)].astype(dict.fromkeys(keys, object)).drop_duplicates(keys)
    found = table[keys].astype(object).merge(rows[[*keys, "sureness"]], on=keys, how="left")["sureness"]
    return np.asarray(pd.Categorical(found.astype(object), categories=SURENESS).codes)


def _changes(project: Planned, comparison: Comparison) -> pd.DataFrame:
    """Return the changes with their areas in every system."""
    from resourcemap.project.comparing import changes_in_areas  # noqa: PLC0415 (seldom needed, and slow to load)

    areas = figures_of(project, project.areas)
    return pd.concat([changes_in_areas(comparison, str(system)) for system in areas["system"].unique()])
