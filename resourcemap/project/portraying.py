"""The portrait of one area of a project: all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.errors import SHOWN, InputError, ProjectError, QuestionError, first_five
from resourcemap.language import either
from resourcemap.plan.portrait import portrait
from resourcemap.project.comparing import changes_in_areas, comparison_of
from resourcemap.project.planning import situation_of, strengths_of
from resourcemap.project.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.plan.portrait import Portrait
    from resourcemap.plan.situation import Situation
    from resourcemap.project.comparing import Comparison
    from resourcemap.project.planned import Planned


def portrait_of(
    project: Planned,
    area: str,
    system: str | None = None,
    *,
    since: Planned | None = None,
    comparison: Comparison | None = None,
) -> Portrait:
    """Gather what is known of one area of a project, by its id or name.

    Of several systems that have such an area, it is that of the strengths, or else the first.

    What has changed in the area is among it when the project of before, `since`, is given, or the two compared.

    Raises
    ------
    ProjectError
        When the project has no people or no areas.
    InputError
        When there is no such system or area.
    """
    situation = situation_of(project)
    asked = system or _system_with(situation, area, project.compared_system)
    if since is not None:
        comparison = comparison_of(since, project)
    return portrait(
        situation,
        asked,
        area,
        kinds=project.planned_kinds,
        metres=project.distance,
        judged=project.judged,
        strengths=strengths_of(project, asked),
        patches=project.patches,
        changes=None if comparison is None else changes_in_areas(comparison, asked),
        week=project.open_week,
        figures=project.portrait_figures,
        men=project.men,
    )


def _system_with(situation: Situation, area: str, usual: str) -> str:
    """Return the system that has an area of that name or id: the usual one, or else the first."""
    areas = situation.areas
    named = (areas["area"].astype(str) == area) | (areas["area_id"].astype(str) == area)
    systems = [str(system) for system in areas.loc[named, "system"].unique()]
    return usual if usual in systems or not systems else systems[0]


def portrait_asked(
    project: Planned,
    area: str,
    system: str | None = None,
    *,
    since: Planned | None = None,
    comparison: Comparison | None = None,
) -> Portrait:
    """Gather what `portrait_of` does, for somebody who asked for it by name.

    Raises
    ------
    QuestionError
        When there is no such system or area.
    """
    try:
        return portrait_of(project, area, system, since=since, comparison=comparison)
    except ProjectError:
        raise
    except InputError as error:
        raise QuestionError(error.faults) from error


def portrait_report(
    project: Planned,
    area: str,
    system: str | None = None,
    *,
    since: Planned | None = None,
    found: Portrait | None = None,
) -> Report:
    """Show one area; JSON has all that is known of it.

    Parameters
    ----------
    project
        The project.
    area, system
        The area, by its name or id, and its system.
    since
        The project of before, where changes are shown, too.
    found
        The portrait, where it has been gathered.

    Raises
    ------
    QuestionError
        When there is no such system or area.
    """
    found = portrait_asked(project, area, system, since=since) if found is None else found
    title = either(ja=f"{found.area}（{found.system}）", en=f"{found.area} ({found.system})")
    went = {either(ja="住民", en="people"): int(found.people["people"].iloc[0])}
    out = {
        either(ja="資源", en="resources"): int(found.resources["resources"].sum()),
        either(ja="基準", en="standards"): len(found.standards),
        either(ja="強みと弱み", en="strengths and weaknesses"): len(found.strengths),
        either(ja="空白の場所", en="patches beyond reach"): len(found.patches),
    }
    if since is not None:
        out[either(ja="変化", en="changes")] = len(found.changes)
    return Report(
        "portrait",
        title,
        went,
        out,
        notes=found.doubts,
        data=[found.as_data()],
        details=tuple(_portrait_words(found)),
    )


def _portrait_words(found: Portrait) -> Iterator[str]:
    """Yield lines about who lives there, what there is, what is not met and what stands out."""
    for row in found.people.to_dict("records"):
        if row["generation"]:
            share = f" ({row['share']:.0%}; {either(ja='全体では', en='of all')} {row['share_whole']:.0%})"
            yield f"{row['label']}: {row['people']:,}{share if row['people'] else ''}"
    for row in found.resources.to_dict("records"):
        named = first_five(row["names"]) if row["names"] else ""
        yield f"{row['kind_label']}: {row['resources']}{f' ({named})' if named else ''}"
    for table, chosen in ((found.standards, ["unmet"]), (found.strengths, ["strength", "weakness"])):
        if len(table):
            own = table[table["met" if "met" in table else "verdict"].isin(chosen)]
            yield from own["sentence"].head(SHOWN)
    for table in (found.patches, found.changes):
        yield from table["sentence"].head(SHOWN) if len(table) else ()
