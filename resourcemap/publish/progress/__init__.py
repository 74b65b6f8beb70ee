"""The progress sheet of a plan: what was promised, what is reached, the grade, and room to write what to improve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from resourcemap.publish.looks import Head, begin, looks, on_paper, paragraphs
from resourcemap.publish.progress.areas import fill_areas
from resourcemap.publish.progress.plan import fill_plan
from resourcemap.publish.progress.reading import how_to_read
from resourcemap.publish.progress.sentences import fill_sentences
from resourcemap.publish.workbook import as_text, open_workbook, sheet_names

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd


def write_progress(
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
    """Write the progress of a plan as a workbook for A4 and any printer.

    Per system of areas there is a sheet of the standards, with blank cells to write in what to improve, and one of
    areas by standards (○ met, × not met, ？ not known, － not judged). Then come the sentences of what is not met, and
    how to read it all.

    Parameters
    ----------
    progress
        A row per system and standard, as `resourcemap.plan.standards.progress.progress` writes them.
    path
        The file to write; it is replaced whole.
    judged, rated
        The standards held against the areas, and all of their grades; a resource named in a sentence must be one that
        may be shown.
    grades, lowest
        From which share there is which grade, and the one below.
    title, publisher, as_of
        What stands at the head and foot of each page.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> columns = ["system", "theme", "standard", "area_id", "met", "without", "of", "way"]
    >>> none = pd.DataFrame(columns=columns)
    >>> path = write_progress(none, Path(tempfile.mkdtemp()) / "progress.xlsx", judged=none, rated=none,
    ...     grades=[(0.7, "A"), (0.4, "B"), (0.2, "C")], lowest="D", title="みほん市")
    >>> path.stat().st_size > 0
    True
    """
    head = Head(as_text(title), as_text(publisher), as_of)
    # Sheets are cut from these tables many times, which is quick where all columns are plain objects.
    judged, rated = judged.astype(object), rated.astype(object)
    systems = list(dict.fromkeys(progress["system"]))
    several = len(systems) > 1
    wanted = [f"{word} {system}" if several else word for system in systems for word in ("進捗", "区域別")]
    names = sheet_names([*wanted, "文章", "読み方"])
    with open_workbook(path, title=title, author=publisher, as_of=as_of) as book:
        styles = looks(book)
        for at, system in enumerate(systems):
            own = rated[rated["system"] == system]
            rows, held = progress[progress["system"] == system], judged[judged["system"] == system]
            fill_plan(book.add_worksheet(names[2 * at]), styles, head, rows, own)
            whole = judged[(judged["system"] == "全体") & judged["standard"].isin(rows["standard"])]
            fill_areas(book.add_worksheet(names[2 * at + 1]), styles, head, rows, held, whole, rated)
        fill_sentences(book.add_worksheet(names[-2]), styles, head, judged, [*systems])
        sheet = book.add_worksheet(names[-1])
        begin(sheet, styles, "読み方", head.title, [120.0])
        line = 3
        for heading, lines in how_to_read(judged, grades, lowest):
            line = paragraphs(sheet, styles, line, heading, lines, columns=1, width=120.0) + 1
        on_paper(sheet, head, "読み方")
    return Path(path)
