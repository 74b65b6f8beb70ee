"""What each area has more and less of: a page per area, strengths left, weaknesses right, and an overview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from resourcemap.publish.looks import Head, looks
from resourcemap.publish.strengths.area import fill_area
from resourcemap.publish.strengths.overview import fill_overview
from resourcemap.publish.workbook import as_text, open_workbook, sheet_names

if TYPE_CHECKING:
    import os
    from datetime import date

    import pandas as pd


def write_strengths(
    strengths: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    title: str,
    publisher: str = "",
    as_of: date | None = None,
) -> Path:
    """Write the strengths and weaknesses of the areas of one system as a workbook for A4 and any printer.

    The first sheet has a row per area and a column per kind. Then there is a page per area: everyone first, then each
    generation with what is different from everyone, and at the end what cannot be said, and the doubts.

    Parameters
    ----------
    strengths
        The rows of one system of areas, as `resourcemap.plan.strengths.strengths.strengths` gives them.
    path
        The file to write; it is replaced whole.
    title, publisher, as_of
        What stands at the head and foot of each page.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> row = {"system": "圏域", "area_id": "1", "area": "みほん西", "kind": "salon", "kind_label": "サロン",
    ...     "audience": "older", "generation": "older", "generation_label": "高齢者（65歳以上）", "against": "others",
    ...     "standard": "", "measure": "share_within", "value": 0.9, "others_median": 0.6, "verdict": "strength",
    ...     "distance_m": 500.0, "way": "straight", "doubts": "", "brief": "サロン: 90％が500m以内"}
    >>> path = write_strengths(pd.DataFrame([row]), Path(tempfile.mkdtemp()) / "strengths.xlsx", title="みほん市")
    >>> path.stat().st_size > 0
    True
    """
    head = Head(as_text(title), as_text(publisher), as_of)
    areas = [rows for _, rows in strengths.groupby(["area_id", "area"], sort=False, dropna=False)]
    names = sheet_names(["全体の見取り図", *[as_text(rows["area"].iloc[0]) for rows in areas]])
    with open_workbook(path, title=title, author=publisher, as_of=as_of) as book:
        styles = looks(book)
        fill_overview(book.add_worksheet(names[0]), styles, head, areas, names[1:])
        for name, rows in zip(names[1:], areas, strict=True):
            fill_area(book.add_worksheet(name), styles, head, rows)
    return Path(path)
