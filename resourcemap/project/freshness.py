"""How fresh a project's resources are: how long checks last there, and what `check` says of those that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.errors import ProjectError, first_five, unknown
from resourcemap.language import either
from resourcemap.model.freshness import freshness, odd_dates
from resourcemap.model.tables import RESOURCES
from resourcemap.project.report import where_of
from resourcemap.project.settings import NAME

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import pandas as pd

    from resourcemap.model.catalog import Catalog
    from resourcemap.project.tables import Tables

_LABELS = {column.name: (column.ja, column.en) for column in RESOURCES}


def checked_every(catalog: Catalog, settings: Mapping[str, Any]) -> Catalog:
    """Return the catalogue with the months that ``[freshness]`` gives to kinds, by id or by any word for them.

    Raises
    ------
    ProjectError
        With every word that names no kind.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> checked_every(load_catalog(), {"months": {"サロン": 6}}).kinds["salon"].check_months
    6
    """
    asked = settings.get("months", {})
    if not asked:
        return catalog
    meant = {word: word if word in catalog.kinds else catalog.kind_of(word) for word in asked}
    labels = [kind.label("ja") for kind in catalog.kinds.values()]
    faults = [unknown(f"{NAME}: [freshness] months", word, labels) for word, kind in meant.items() if kind is None]
    if faults:
        raise ProjectError(faults)
    return catalog.checked_every({str(meant[word]): months for word, months in asked.items()})


def freshness_notes(project: Tables) -> list[str]:
    r"""Say how many resources have to be checked, and which days of checks cannot be, a sentence each.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.language import speaking
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    >>> _ = (folder / "list.csv").write_text("名称,種類,会場\n本町,サロン,会館\n", encoding="utf-8")
    >>> with speaking("en"):
    ...     freshness_notes(open_project(folder))[0].split(":")[0]
    '1 of 1 resources have to be checked, 1 of them for the first time (list.csv 2). Their sheets'
    """
    found = freshness(project.rows, project.catalog, on=project.as_of)
    return [*_due(project, found), *_odd(project)]


def _due(project: Tables, found: pd.DataFrame) -> list[str]:
    waiting = found[found["state"].isin(["never", "due"])]
    if waiting.empty:
        return []
    never = int((waiting["state"] == "never").sum())
    # Those never checked first, then those longest overdue.
    order = waiting.assign(late=waiting["state"] != "never").sort_values(
        ["late", "days_overdue"], ascending=[True, False], kind="stable"
    )
    rows = first_five(where_of(project.rows.loc[order.index]))
    every = int((found["state"] != "ended").sum())
    first_ja = f"うち確認日のないもの{never}件。" if never else ""
    first_en = f", {never} of them for the first time" if never else ""
    return [
        either(
            ja=f"{every}件のうち{len(waiting)}件が、確認の期限を過ぎています（{first_ja}{rows}）。"
            "担当者ごとの確認表は resourcemap worksheet で作れます。",
            en=f"{len(waiting)} of {every} resources have to be checked{first_en} ({rows}). "
            "Their sheets: resourcemap worksheet.",
        )
    ]


def _odd(project: Tables) -> list[str]:
    """Name the days of checks that are after the project's day, and those that cannot be."""
    listed = odd_dates(project.rows, on=project.as_of)
    notes = []
    for what, days in listed.groupby("what", sort=False):
        where = where_of(project.rows.loc[days["row"]])
        said = zip(where, days["column"], days["day"], strict=True)
        cells = first_five(
            either(ja=f"{row}「{_LABELS[name][0]}」{day}", en=f"{row} {_LABELS[name][1]} {day}")
            for row, name, day in said
        )
        notes.append(_ahead(len(days), cells, str(project.as_of)) if what == "ahead" else _impossible(len(days), cells))
    return notes


def _ahead(count: int, cells: str, day: str) -> str:
    return either(
        ja=f"基準日（{day}）より後の確認日が{count}件あります（{cells}）。基準日に確認したものとみなします。"
        "日付か、[project] date を確かめてください。",
        en=f"{count} days of checks are after {day} ({cells}). They count as that day. "
        "Look at them, or at [project] date.",
    )


def _impossible(count: int, cells: str) -> str:
    return either(
        ja=f"あり得ない確認日が{count}件あります（{cells}）。確認していないものとして扱います。直してください。",
        en=f"{count} days of checks cannot be ({cells}). They count as no check. Correct them.",
    )
