"""The progress sheet on paper: what the workbook says, as a PDF across A4."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from resourcemap.files import write_bytes
from resourcemap.publish.looks import Head
from resourcemap.publish.paper.glyphs import printed
from resourcemap.publish.paper.typeset import Document
from resourcemap.publish.progress.plan import COLUMNS as OF_PLAN
from resourcemap.publish.progress.reading import how_to_read
from resourcemap.publish.progress.rows import (
    LEGEND,
    WHOLE,
    area_lines,
    columns_of,
    overall,
    plan_groups,
    sentence_lines,
)
from resourcemap.publish.progress.sentences import COLUMNS as OF_SENTENCES
from resourcemap.publish.progress.sentences import READING, TITLE
from resourcemap.publish.workbook import as_text

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from resourcemap.publish.progress.rows import Column

# A page across has room for so many standards and grades beside the names of the areas.
_MOST_COLUMNS = 12


def write_progress_pdf(
    progress: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    judged: pd.DataFrame,
    rated: pd.DataFrame,
    grades: Sequence[tuple[float, str]],
    lowest: str,
    title: str,
    publisher: str = "",
    as_of: date | None = None,
) -> Path:
    """Write the progress of a plan as a tagged PDF for A4 and any printer: the rows of `write_progress`.

    Parameters
    ----------
    progress, judged, rated, grades, lowest
        As in `write_progress`.
    path
        The file to write; it is replaced whole.
    title, publisher, as_of
        What stands at the head and foot of each page.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> columns = ["system", "theme", "standard", "area_id", "met", "without", "of", "way"]
    >>> none = pd.DataFrame(columns=columns)
    >>> path = write_progress_pdf(none, Path(tempfile.mkdtemp()) / "progress.pdf", judged=none, rated=none,
    ...     grades=[(0.7, "A"), (0.4, "B"), (0.2, "C")], lowest="D", title="みほん市")
    >>> path.read_bytes()[:5]
    b'%PDF-'
    """
    head = Head(as_text(title), as_text(publisher), as_of)
    judged, rated = judged.astype(object), rated.astype(object)
    systems = list(dict.fromkeys(progress["system"]))
    data = {
        "title": head.title,
        "day": head.day,
        "foot": "　".join(part for part in (head.publisher, head.title) if part),
        "legend": LEGEND,
        "plan_columns": list(OF_PLAN),
        "systems": [_system(system, progress, judged, rated) for system in systems],
        "sentences": {
            "title": TITLE,
            "reading": READING,
            "columns": list(OF_SENTENCES),
            "rows": list(sentence_lines(judged, systems)),
        },
        "reading": [{"heading": name, "lines": lines} for name, lines in how_to_read(judged, grades, lowest)],
    }
    document = Document(
        (files("resourcemap.publish.progress") / "progress.typ").read_text(encoding="utf-8"),
        printed(data),
        title=f"{head.title} 計画の進捗",
        author=head.publisher,
        as_of=as_of,
        name="progress.typ",
    )
    return write_bytes(path, document.pdf())


def _system(system: str, progress: pd.DataFrame, judged: pd.DataFrame, rated: pd.DataFrame) -> dict[str, Any]:
    """Return the two tables of one system of areas."""
    rows, own = progress[progress["system"] == system], rated[rated["system"] == system]
    held = judged[judged["system"] == system]
    whole = judged[(judged["system"] == WHOLE) & judged["standard"].isin(rows["standard"])]
    columns = columns_of(rows)
    parts = [columns[at : at + _MOST_COLUMNS] for at in range(0, len(columns), _MOST_COLUMNS)]
    return {
        "name": as_text(system),
        "overall": overall(own),
        "themes": [{"words": words, "rows": texts} for words, texts in plan_groups(rows, own)],
        "areas": [_areas(part, system, held, whole, rated) for part in parts],
    }


def _areas(
    columns: Sequence[Column], system: str, held: pd.DataFrame, whole: pd.DataFrame, rated: pd.DataFrame
) -> dict[str, Any]:
    """Return as many columns of areas by standards as fit on a page."""
    themes: list[dict[str, Any]] = []
    for column in columns:
        name = "" if column.theme is None else as_text(column.theme) or "テーマのない基準"
        if column.theme is not None and themes and themes[-1]["name"] == name:
            themes[-1]["columns"] += 1
        else:
            themes.append({"name": name, "columns": 1})
    lines = area_lines(columns, system, held, whole, rated)
    return {
        "themes": themes,
        "headings": ["区域の評価" if column.theme is None else column.heading for column in columns],
        "rows": [
            {"label": line.label, "cells": [{"text": text, "look": look} for text, look in line.cells]}
            for line in lines
        ],
    }
