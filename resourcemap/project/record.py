"""The record of what went out: per output how much is shown, and how much is not for which reason; no names."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from resourcemap.files import write_text
from resourcemap.project.counted import SHOWN
from resourcemap.project.folder import EMBED
from resourcemap.reach.supply import not_counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from resourcemap.project.measured import Measured
    from resourcemap.project.report import Report

RECORD = "maps/released.json"
# The channel whose consent lets rows stand in what a step writes, or be named in its sentences.
_ROWS = {"map": "map", "planning": "map", "list": "list"}
_NAMES = {"gaps": "list", "rating": "list", "strengths": "list"}
_FIGURES = ("coverage", *_NAMES)


def record(project: Measured, reports: Iterable[Report]) -> dict[str, Any]:
    r"""Count per output what is shown and what is not, by reason, without a name.

    Outputs with rows have the counts of `Released.counts`. Outputs with figures have ``figures``: how many resources
    they count, how many of these neither map nor list shows, and how many of those stand at their block, or, where
    ``[consent] figures`` asks for it, at spots that may not be told. ``names_from`` is the channel whose consent lets a
    sentence name a resource.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.project.project import open_project
    >>> from resourcemap.project.report import Report
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    >>> _ = (folder / "list.csv").write_text("名称,種類,緯度,経度\n本町,サロン,35.7,139.7\n", encoding="utf-8")
    >>> project = open_project(folder)
    >>> told = record(project, [Report("map", "Map", {}, {}, files=(folder / "maps" / "index.html",))])
    >>> told["maps/index.html"]["shown"], told["maps/index.html"]["withheld"]
    (0, {'no_consent': 1})
    """
    told: dict[str, Any] = {}
    figures = cache(lambda: _counted(project))
    for report in reports:
        for path in report.files:
            if path == project.output("map", "embed", EMBED):  # shows kinds and areas, and no rows
                continue
            if report.step in _ROWS:
                told[_name(project, path)] = project.released(_ROWS[report.step]).counts()
                if report.step == "planning":  # figures beside the rows
                    told[_name(project, path)] |= {"names_from": "list", "figures": figures()}
            elif report.step in _FIGURES:
                told[_name(project, path)] = {"names_from": _NAMES.get(report.step), "figures": figures()}
    return told


def write_record(project: Measured, reports: Iterable[Report]) -> Path:
    """Write the record beside the outputs, and return its path."""
    written = json.dumps(record(project, reports), ensure_ascii=False, indent=2)
    return write_text(project.folder / RECORD, f"{written}\n")


def _name(project: Measured, path: Path) -> str:
    """Name an output as it lies below the project; by its own name where it lies elsewhere."""
    inside = path.is_relative_to(project.folder)
    return path.relative_to(project.folder).as_posix() if inside else path.name


def _counted(project: Measured) -> dict[str, int]:
    counts = not_counted(project.counted, on=project.as_of) == ""
    shown = [project.released(channel).table.index for channel in SHOWN]
    anywhere = counts.index.isin([label for labels in shown for label in labels])
    hidden = int((counts & project.hidden).sum())
    exact = project.counted is project.located
    return {
        "counted": int(counts.sum()),
        "not_shown_anywhere": int((counts & ~anywhere).sum()),
        "at_their_block": 0 if exact else hidden,
        "at_spots_not_to_be_told": hidden if exact else 0,
    }
