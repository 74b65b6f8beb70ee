"""The steps that look at a plan: its grades, and what areas have more and less of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from resourcemap.errors import SHOWN, ProjectError
from resourcemap.language import either
from resourcemap.measure.tidy import WHOLE
from resourcemap.plan.standards.progress import progress
from resourcemap.plan.standards.rating import LOWEST
from resourcemap.plan.strengths.strengths import strengths
from resourcemap.project.figures import figures_of, records, without_figures
from resourcemap.project.gapping import sheet_writer
from resourcemap.project.report import Report
from resourcemap.project.settings import NAME
from resourcemap.publish.progress import write_progress
from resourcemap.publish.progress.paper import write_progress_pdf
from resourcemap.publish.strengths import write_strengths as write_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pandas as pd

    from resourcemap.plan.situation import Situation
    from resourcemap.project.planned import Planned


def rating_report(project: Planned) -> Report:
    """Say the grades of the plan and of its themes; JSON has all grades."""
    judged, rated = figures_of(project, project.judged), figures_of(project, project.rated)
    went = {
        either(ja="基準", en="standards"): judged["standard"].nunique() if len(judged) else 0,
        either(ja="基準×区域", en="standard x area"): len(judged),
    }
    out = {either(ja="評価", en="grades"): len(rated)}
    details = () if judged.empty else _grades_in_words(rated)
    notes = () if len(judged) else (without_standards(),)
    return Report("rating", either(ja="評価", en="Rating"), went, out, (), notes, data=records(rated), details=details)


def write_rating(project: Planned) -> list[Path]:
    """Write the progress sheet; nothing where the project has no standards."""
    if figures_of(project, project.judged).empty:
        return []
    return [_write_progress(project, project.output("rating", "file", "maps/progress.xlsx"), write_progress)]


def rating_sheet(project: Planned, path: Path) -> Report:
    """Write the progress sheet as a PDF or a workbook by the end of its name.

    Raises
    ------
    QuestionError
        When the name ends otherwise, or the project reads the file.
    ProjectError
        When the project has no standards, people or areas.
    """
    write = sheet_writer(project, path, {".pdf": write_progress_pdf, ".xlsx": write_progress})
    report = rating_report(project)
    if figures_of(project, project.judged).empty:
        raise ProjectError(f"{project.folder / NAME}: {without_standards()}")
    return replace(report, files=(_write_progress(project, path, write),))


def _write_progress(project: Planned, path: Path, write: Callable[..., Path]) -> Path:
    judged = figures_of(project, project.judged)
    return write(
        progress(judged, systems=systems_of(project, judged), grades=project.grades),
        path,
        judged=judged,
        rated=figures_of(project, project.rated),
        grades=project.grades,
        lowest=LOWEST,
        **_masthead(project),
    )


def strengths_of(project: Planned, system: str | None = None) -> pd.DataFrame:
    """Say what the areas of a project have more and less of, as `resourcemap.plan.strengths.strengths.strengths` does.

    Parameters
    ----------
    project
        The project; of the kinds of its gaps, and within their distance.
    system
        The system of areas; when not given, the one of ``[strengths]``, else of the list, else the first.

    Raises
    ------
    ProjectError
        When the project has no people or no areas.
    InputError
        When there is no such system.
    """
    asked = system or project.compared_system
    if asked == project.compared_system:
        return figures_of(project, project.strengths)
    situation = situation_of(project)
    return strengths(situation, project.planned_kinds, metres=project.distance, judged=project.judged, system=asked)


def situation_of(project: Planned) -> Situation:
    """Return what a plan looks at.

    Raises
    ------
    ProjectError
        When the project has no people or no areas.
    """
    if project.situation is None:
        raise ProjectError(f"{project.folder / NAME}: {without_figures()}")
    return project.situation


def strengths_report(project: Planned, system: str | None = None) -> Report:
    """Say how many strengths and weaknesses every area has; JSON has all rows."""
    table = strengths_of(project, system)
    counts = table["verdict"].value_counts()
    went = {either(ja="区域", en="areas"): len(table.drop_duplicates(["system", "area_id"]))}
    words = (("strength", "強み", "strengths"), ("weakness", "弱み", "weaknesses"), ("usual", "ふつう", "usual"))
    out = {either(ja=ja, en=en): int(counts.get(verdict, 0)) for verdict, ja, en in words}
    out[either(ja="言い切れない", en="cannot be said")] = int(counts.get("unknown", 0))
    told = table[table["verdict"].isin(["strength", "weakness"])].drop_duplicates(["area_id", "verdict"])
    title = either(ja="強みと弱み", en="Strengths and weaknesses")
    return Report("strengths", title, went, out, data=records(table), details=tuple(_first_areas(told)))


def _first_areas(told: pd.DataFrame) -> Iterator[str]:
    """Yield the sentences of the first five areas, then how many areas there are more."""
    areas = list(dict.fromkeys(told["area_id"]))
    yield from told.loc[told["area_id"].isin(areas[:SHOWN]), "sentence"]
    more = len(areas) - SHOWN
    if more > 0:
        yield either(ja=f"ほか{more}区域は maps の表か --json にあります。", en=f"{more} more areas: see --json.")


def write_strengths(project: Planned, system: str | None = None) -> list[Path]:
    """Write the pages of strengths and weaknesses."""
    path = project.output("strengths", "file", "maps/strengths.xlsx")
    return [write_book(strengths_of(project, system), path, **_masthead(project))]


def systems_of(project: Planned, judged: pd.DataFrame) -> list[str]:
    """Return the systems that are judged, the one of the list first."""
    systems = [str(system) for system in judged["system"].unique() if system != WHOLE]
    first = project.settings.list.get("system")
    return sorted(systems, key=lambda system: system != first)


def without_standards() -> str:
    """Say that there are no standards, and how to begin."""
    return either(
        ja="基準がないため、評価はありません。resourcemap.toml に [[standards]] を書いてください"
        '（例: [[standards]] の下に preset = "children"）。',
        en="There are no standards, so there are no grades. Write [[standards]] into resourcemap.toml, such as "
        'preset = "children".',
    )


def _grades_in_words(rated: pd.DataFrame) -> tuple[str, ...]:
    """Return the sentences of everything and of each theme in the first system, then of its standards."""
    inside = rated[rated["system"] != WHOLE]
    first = inside[inside["system"] == inside["system"].iloc[0]]
    return tuple(first.loc[first["of"].isin(["system", "theme", "standard"]), "sentence"])


def _masthead(project: Planned) -> dict[str, Any]:
    """Return what stands at the head of a sheet; sheets about a plan are in Japanese, whatever the language."""
    return {name: value for name, value in project.masthead.items() if name != "language"}
