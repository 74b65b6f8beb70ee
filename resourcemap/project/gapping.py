"""The step that finds what is missing: gaps, standards that are not met, and the places left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.errors import QuestionError
from resourcemap.language import either
from resourcemap.measure.tidy import WHOLE
from resourcemap.project.figures import figures_of, records
from resourcemap.project.report import Report
from resourcemap.publish.gaplist import write_gaps_pdf, write_gaps_xlsx
from resourcemap.publish.gapsheet import write_gaps_csv, write_gaps_html, write_standards_csv
from resourcemap.publish.patchfile import write_patches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from resourcemap.project.planned import Planned

_SHOWN = 5


def gaps_report(project: Planned) -> Report:
    """Say which standards are not met, by most people first; without standards, the largest gaps."""
    measured = figures_of(project, project.coverage)
    table, judged = figures_of(project, project.gaps), figures_of(project, project.judged)
    patches = figures_of(project, project.patches)
    went = {either(ja="区域×種類", en="area x kind"): len(measured)}
    out = {either(ja="空白のある行", en="with a gap"): len(table)}
    if len(judged):
        went[either(ja="基準×区域", en="standard x area")] = len(judged)
        out[either(ja="満たさない基準×区域", en="not met")] = int((judged["met"] == "unmet").sum())
        out[either(ja="時間が分からず言えないもの", en="unknown")] = int((judged["met"] == "unknown").sum())
    out[either(ja="まとまった空白の場所", en="patches beyond reach")] = len(patches)
    return Report(
        "gaps",
        either(ja="空白", en="Gaps"),
        went,
        out,
        (),
        tuple([*_unmet(judged)] or _largest(table)),
        data=records(table),
        details=tuple(patches["sentence"].head(_SHOWN)),
        more={"standards": records(judged), "patches": records(pd.DataFrame(patches.drop(columns="geometry")))},
    )


def write_gaps(project: Planned) -> list[Path]:
    """Write the gaps, the standards and the patches as tables, and all of them as a page."""
    table, measured = figures_of(project, project.gaps), figures_of(project, project.coverage)
    judged, patches = figures_of(project, project.judged), figures_of(project, project.patches)
    kinds = project.settings.gaps.get("kinds", measured["kind"].unique())
    written = [
        write_gaps_csv(table, project.output("gaps", "csv", "maps/gaps.csv")),
        write_gaps_html(
            table,
            project.output("gaps", "html", "maps/gaps.html"),
            coverage=measured[measured["kind"].isin(kinds)],
            catalog=project.catalog,
            judged=judged,
            patches=pd.DataFrame(patches.drop(columns="geometry")),
            **project.masthead,
        ),
        write_patches(patches, project.output("gaps", "patches", "maps/patches.geojson")),
    ]
    if len(judged):
        written.append(write_standards_csv(judged, project.output("gaps", "standards", "maps/standards.csv")))
    return written


def gap_sheet(project: Planned, path: Path) -> Report:
    """Write what is missing for a committee, as a PDF or a workbook by the end of its name.

    Raises
    ------
    QuestionError
        When the name ends otherwise, or the project reads the file.
    """
    write = sheet_writer(project, path, {".pdf": write_gaps_pdf, ".xlsx": write_gaps_xlsx})
    report = gaps_report(project)
    patches = figures_of(project, project.patches)
    written = write(
        figures_of(project, project.gaps),
        path,
        judged=figures_of(project, project.judged),
        patches=pd.DataFrame(patches.drop(columns="geometry")),
        **{name: value for name, value in project.masthead.items() if name != "language"},
    )
    return replace(report, files=(written,))


def sheet_writer(project: Planned, path: Path, writers: Mapping[str, Callable[..., Path]]) -> Callable[..., Path]:
    """Return what writes a sheet whose name has that end.

    Raises
    ------
    QuestionError
        When nothing writes that, or the project reads the file.
    """
    if path.suffix.lower() not in writers:
        ends = " / ".join(writers)
        raise QuestionError(
            either(
                ja=f"-o {path}: 名前の終わりを {ends} のどれかにしてください。",
                en=f"-o {path}: let the name end in one of {ends}.",
            )
        )
    project.require_free(path, "-o")
    return writers[path.suffix.lower()]


def _unmet(judged: pd.DataFrame) -> list[str]:
    """Return the sentences of the first system of areas, by rank."""
    inside = judged[judged["system"] != WHOLE]
    if inside.empty:
        return []
    first = inside[(inside["system"] == inside["system"].iloc[0]) & (inside["rank"] > 0)]
    return list(first.sort_values("rank")["sentence"].head(_SHOWN))


def _largest(gaps: pd.DataFrame) -> list[str]:
    first = gaps["system"].iloc[0] if len(gaps) else ""
    return list(gaps.loc[gaps["system"] == first, "sentence"].head(_SHOWN))
