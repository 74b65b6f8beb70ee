"""Where should the next one open? The question, as a person asks it, and the answer as a report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.areas.placement import place
from resourcemap.errors import InputError, ProjectError, QuestionError, unknown
from resourcemap.language import either
from resourcemap.measure.audience import people_of
from resourcemap.model.ages import audience_named
from resourcemap.plan.siting.sites import Sites, sites
from resourcemap.plan.standards.alternatives import nearest_of
from resourcemap.plan.standards.lacking import lacking
from resourcemap.plan.standards.standard import MOSTLY, Standard, catalog_for
from resourcemap.plan.wording import people_label
from resourcemap.project.candidates import candidates
from resourcemap.project.figures import figures_of, records, without_figures
from resourcemap.project.report import Report
from resourcemap.project.settings import NAME
from resourcemap.publish.sitesheet import write_sites_csv
from resourcemap.reach.slot_words import read_slot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import geopandas as gpd

    from resourcemap.model.catalog import Catalog
    from resourcemap.plan.siting.asked import Objective
    from resourcemap.plan.situation import Situation
    from resourcemap.project.planned import Planned
    from resourcemap.reach.table import Reach

OBJECTIVES: dict[str, Objective] = {
    "most": "most",
    "metres": "metres",
    "everyone": "everyone",
    "fairest": "fairest",
    "人数": "most",
    "距離": "metres",
    "全員": "everyone",
    "公平": "fairest",
}


# Without any place yet, candidates farther than this along streets count as this far.
_NOTHING_YET = 5000.0


@dataclass(frozen=True)
class SiteQuestion:
    """What is asked of sites.

    Parameters
    ----------
    kind
        The kind to open, by its id or any word for it.
    count
        How many; not for the objective ``everyone``.
    objective
        ``most`` people newly within reach (人数), fewest ``metres`` (距離), ``everyone`` with the fewest places (全員),
        or ``fairest``: most for the worst-served area (公平).
    metres
        What is within reach; the distance of the gaps when not given.
    audience
        For whom, by id, word or ages; those whom the kind serves when not given.
    slot
        When it would be open: existing places closed then do not count.
    capacity
        How many people each new place takes.
    step_free
        Whether only venues that are said to be step-free may be chosen.
    one_per
        A system of areas: at most one in each of its areas.
    system
        The system of areas for ``fairest``, and of `area`.
    area
        Only the people of this area are counted.
    files, blocks
        Lists of venues, and whether points of town blocks may be chosen.
    seconds
        The time to search.
    """

    kind: str
    count: int | None = None
    objective: str = "most"
    metres: float | None = None
    audience: str | None = None
    slot: str | None = None
    capacity: float | None = None
    step_free: bool = False
    one_per: str | None = None
    system: str | None = None
    area: str | None = None
    files: Sequence[Path] = ()
    blocks: bool = False
    seconds: float | None = None


def sites_report(project: Planned, question: SiteQuestion, out: Path | None = None) -> Report:
    """Choose sites for a project, say what each adds, and write them where asked.

    Raises
    ------
    ProjectError
        When the project has no people or areas, a word is not known, or there is no candidate.
    QuestionError
        When the question makes no sense: a word that is not known, a count above the candidates.
    """
    if project.situation is None:
        raise ProjectError(f"{project.folder / NAME}: {without_figures()}")
    asked = _understood(project, question)
    for path in (out,) if out else ():
        project.require_free(path, "-o")
    files = question.files or [file for name in _listed(project) for file in project.paths(name)]
    slot = read_slot(question.slot) if question.slot else None
    found = candidates(
        project, asked.kinds[0], files=files, blocks=question.blocks, step_free=question.step_free, slot=slot
    )
    catalog = catalog_for([asked], project.catalog)
    try:
        chosen = _chosen(project, project.situation, question, asked, found.table, catalog)
    except InputError as error:
        raise QuestionError(error.faults) from error
    table = chosen.table.assign(origin=found.table["origin"].to_numpy()[chosen.table["position"]])
    points = found.table.geometry.iloc[chosen.table["position"]]
    table = table.assign(longitude=points.x.to_numpy(), latitude=points.y.to_numpy())
    written = (write_sites_csv(table, out),) if out else ()
    return _report(project, question, asked, chosen, table, found.table, found.aside, catalog, written)


def _understood(project: Planned, question: SiteQuestion) -> Standard:
    """Return what the new places are to fulfil, as a standard that nobody promised."""
    catalog, faults = project.catalog, []
    kind = question.kind if question.kind in catalog.kinds else catalog.kind_of(question.kind)
    if kind is None:
        faults.append(unknown("--kind", question.kind, [each.label("ja") for each in catalog.kinds.values()]))
    audience = audience_named(question.audience, catalog) if question.audience else None
    if question.audience and audience is None:
        faults.append(unknown("--audience", question.audience, [*catalog.audiences, "75歳以上"]))
    if question.objective not in OBJECTIVES:
        faults.append(unknown("--objective", question.objective, OBJECTIVES))
    faults += _faults_of_areas(project, question)
    slot = None
    try:
        slot = read_slot(question.slot) if question.slot else None
    except InputError as error:
        faults += error.faults
    if faults:
        raise QuestionError(faults)
    known = catalog.kinds[str(kind)]
    try:
        return Standard(
            known.label("ja"),
            (known.id,),
            "share_within",
            1.0,
            audience=audience.id if audience else known.audience,
            distance=project.distance if question.metres is None else question.metres,
            when=slot,
            at_least=MOSTLY,
        )
    except InputError as error:
        raise QuestionError(error.faults) from error


def _faults_of_areas(project: Planned, question: SiteQuestion) -> list[str]:
    if project.areas is None:
        return []
    systems = [str(system) for system in project.areas["system"].unique()]
    faults = [
        unknown(option, system, systems)
        for option, system in (("--one-per", question.one_per), ("--system", question.system))
        if system and system not in systems
    ]
    if question.area and not faults:
        here = project.areas if question.system is None else project.areas[project.areas["system"] == question.system]
        if question.area not in set(here["area"]):
            faults.append(unknown("--area", question.area, list(dict.fromkeys(here["area"]))))
    return faults


def _listed(project: Planned) -> list[str]:
    named = project.settings.sites.get("candidates", [])
    return [named] if isinstance(named, str) else list(named)


def _chosen(
    project: Planned,
    situation: Situation,
    question: SiteQuestion,
    asked: Standard,
    table: gpd.GeoDataFrame,
    catalog: Catalog,
) -> Sites:
    metres = float(asked.distance or 0)
    objective = OBJECTIVES[question.objective]
    found = lacking(situation, asked, catalog)
    _, far = nearest_of(found.reached, found.among)
    # A visiting service reaches people wherever its office is.
    existing = np.where(found.served, np.minimum(far, metres), far) if objective != "metres" else far
    existing = np.where(found.reached.visited, 0.0, existing)
    weights = np.where(_counted_here(project, question), found.counted, 0)
    reach = _reach(project, situation, table, metres if objective != "metres" else _farthest(existing))
    return sites(
        _with_block_names(project),
        table,
        weights=weights,
        count=1 if question.count is None and objective != "everyone" else question.count,
        objective=objective,
        metres=None if objective == "metres" else metres,
        reach=reach,
        existing=np.where(np.isfinite(existing), existing, np.nan),
        capacity=question.capacity,
        one_per=_labels(project, table, question.one_per) if question.one_per else None,
        areas=_labels(project, situation.people, _fair_system(project, question)) if objective == "fairest" else None,
        who=_who(project, asked, catalog),
        time_limit=question.seconds,
    )


def _reach(project: Planned, situation: Situation, table: gpd.GeoDataFrame, metres: float) -> Reach | None:
    """Return who reaches which candidate; nothing in straight lines, which are measured as far as is asked."""
    if project.streets is None and float(project.settings.reach.get("detour", 1)) == 1:
        return None
    return project.reach_of(situation.people, table, metres)


def _farthest(existing: np.ndarray) -> float:
    """Return how far anybody has to the nearest place today; farther candidates bring nothing nearer."""
    known = existing[np.isfinite(existing)]
    return float(known.max()) if len(known) else _NOTHING_YET


def _counted_here(project: Planned, question: SiteQuestion) -> np.ndarray:
    if question.area is None or project.situation is None or project.areas is None:
        return np.ones(len(figures_of(project, project.homes)), dtype=bool)
    areas = project.areas
    named = areas["area"] == question.area
    if question.system:
        named &= areas["system"] == question.system
    system = str(areas.loc[named, "system"].iloc[0])
    positions = np.flatnonzero((named & (areas["system"] == system)).to_numpy())
    return np.isin(project.situation.homes[system], positions)


def _fair_system(project: Planned, question: SiteQuestion) -> str:
    return question.system or str(figures_of(project, project.areas)["system"].iloc[0])


def _labels(project: Planned, points: gpd.GeoDataFrame, system: str) -> np.ndarray:
    """Return the name of the area of every point, with its id where two have one name; missing where it is in none."""
    areas = figures_of(project, project.areas)
    here = areas[areas["system"] == system].reset_index(drop=True)
    position = place(points, here)[system].to_numpy()
    twice = here["area"].duplicated(keep=False)
    names = here["area"].astype(str).where(~twice, here["area"].astype(str) + "（" + here["area_id"].astype(str) + "）")
    return np.asarray(np.append(names.to_numpy(dtype=object), [None])[position])


def _with_block_names(project: Planned) -> gpd.GeoDataFrame:
    homes = figures_of(project, project.homes)
    if project.blocks is None or "block_id" not in homes:
        return homes
    names = dict(zip(project.blocks["block_id"], project.blocks["block"], strict=True))
    return homes.assign(block=homes["block_id"].map(names))


def _who(project: Planned, asked: Standard, catalog: Catalog) -> str:
    audience = catalog.audiences[asked.audience]
    _, basis = people_of(pd.DataFrame(figures_of(project, project.homes)).drop(columns="geometry"), audience)
    return people_label(audience.id, basis, catalog)


def _report(
    project: Planned,
    question: SiteQuestion,
    asked: Standard,
    chosen: Sites,
    table: pd.DataFrame,
    pool: gpd.GeoDataFrame,
    aside: Sequence[str],
    catalog: Catalog,
    files: tuple[Path, ...],
) -> Report:
    label = catalog.kinds[asked.kind].label(either(ja="ja", en="en"))
    summary: dict[str, Any] = {
        name: getattr(chosen, name)
        for name in (
            *("objective", "reached_before", "reached_after", "people", "bound", "gap", "proven", "stopped"),
            *("share_before", "share_after", "out_of_reach_areas", "impossible", "summary"),
        )
    }
    summary |= {"kind": asked.kind, "audience": asked.audience, "distance_m": asked.distance, "slot": asked.slot}
    summary["left"] = int(figures_of(project, project.homes)["total"].to_numpy()[chosen.left].sum())
    doubts = [chosen.impossible] if chosen.impossible else []
    if question.count is not None and len(table) < question.count:
        doubts.append(
            either(
                ja=f"{question.count}か所のうち{len(table)}か所だけを選びました。ほかの候補を足しても、何も増えません。",
                en=f"Only {len(table)} of {question.count}: no other candidate adds anything.",
            )
        )
    return Report(
        "sites",
        either(ja=f"次に開く所（{label}）", en=f"Sites ({label})"),
        {either(ja="候補", en="candidates"): len(pool)},
        {either(ja="選んだ所", en="chosen"): len(table)},
        notes=(chosen.summary, *doubts, *aside),
        files=files,
        data=records(table),
        details=tuple(_line(row, chosen.objective) for row in table.to_dict("records")),
        more={"summary": json.loads(pd.DataFrame([summary]).to_json(orient="records", force_ascii=False))},
    )


def _line(row: dict[str, Any], objective: str) -> str:
    """Say what a site adds, and what the runner-up would do instead."""
    said = f"{row['order']}. {row['sentence']}"
    if not isinstance(row["runner_up"], str) or objective == "everyone":
        return said
    less, name = row["runner_up_loses"], row["runner_up"]
    if less == 0:
        return said + either(ja=f"次点は{name}（同じ）。", en=f" Or {name}: the same.")
    if objective == "fairest":
        return said + either(ja=f"次点は{name}。", en=f" Or {name}.")
    if objective == "metres":
        return said + either(
            ja=f"次点は{name}（合計で{less:,.0f}m長い）。", en=f" Or {name}: {less:,.0f} m more in all."
        )
    return said + either(ja=f"次点は{name}（{less:,.0f}人少ない）。", en=f" Or {name}: {less:,.0f} people fewer.")
