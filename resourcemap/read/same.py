"""Rows that the user says are one: the first is kept, its empty cells are filled from the others."""

from __future__ import annotations

import operator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.model.consent import private_home
from resourcemap.model.consent.reasons import permits
from resourcemap.model.consent.remarks import refused_in_remarks
from resourcemap.model.names import fold_name
from resourcemap.model.tables import RESOURCES
from resourcemap.read.entries import left_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import geopandas as gpd

    from resourcemap.model.consent.fields import Permit

_PUBLIC = frozenset(column.name for column in RESOURCES if column.public)
# What a row is and where it stands is its own; consent is given for one row and no other.
_NEVER = frozenset(
    {
        *("resource_id", "activity_id", "venue_id", "consent", "channels", "consent_by", "consent_on", "consent_form"),
        *("consent_until", "consent_fields"),
        *("source_file", "source_sheet", "source_row", "status", "place", "kind"),
    }
)


def row_names(resources: pd.DataFrame) -> list[str]:
    """Name every row as reports do: ``地域資源一覧.xlsx 一覧!12``, or ``list.csv 30`` where there are no sheets.

    Examples
    --------
    >>> row_names(pd.DataFrame({"source_file": ["a.xlsx", "b.csv"], "source_sheet": ["一覧", None],
    ...     "source_row": [12, 30]}))
    ['a.xlsx 一覧!12', 'b.csv 30']
    """
    if "source_file" not in resources or "source_row" not in resources:
        return [str(label) for label in resources.index]
    sheets = resources["source_sheet"] if "source_sheet" in resources else [None] * len(resources)
    return [
        f"{file} {sheet}!{row}" if isinstance(sheet, str) and sheet else f"{file} {row}"
        for file, sheet, row in zip(resources["source_file"], sheets, resources["source_row"], strict=True)
    ]


def merge_same(
    resources: gpd.GeoDataFrame, same: Sequence[Mapping[str, Any]]
) -> tuple[gpd.GeoDataFrame, list[dict[str, Any]]]:
    """Merge the rows that the user says are one.

    The first row of each group is kept and wins; the others fill only what is empty in it. Consent is never
    taken from another row, and a row that may not be shown wherever and as long as the kept one is fills no public
    column, and none that its own consent does not cover, so that merging publishes nothing that was not to be.

    Parameters
    ----------
    resources
        The resources of all files; the table is not changed.
    same
        Groups with ``rows``, named as `row_names` names them, and if wanted ``names``: what the rows are
        called, to notice when a file has changed since.

    Returns
    -------
    tuple
        The table without the merged rows, and an entry for each row and each value that was left aside.

    Raises
    ------
    InputError
        With every row that is not there, stands in two groups, or has another name than it had.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.language import speaking
    >>> table = gpd.GeoDataFrame({"name": ["A", "A会"], "phone": [None, "1"], "channels": "list", "status": "active",
    ...     "source_file": "a.csv", "source_row": [2, 3]}, geometry=[None, None], crs="EPSG:4326")
    >>> with speaking("en"):
    ...     merged, aside = merge_same(table, [{"rows": ["a.csv 2", "a.csv 3"]}])
    >>> merged[["name", "phone"]].values.tolist(), [entry["reason"] for entry in aside]
    ([['A', '1']], ['merged into a.csv 2'])
    """
    groups = _groups(resources, same)
    if not groups:
        return resources, []
    table = resources.copy()
    names, homes = row_names(table), private_home(table) | refused_in_remarks(table)
    covered = permits(table)
    aside: list[dict[str, Any]] = []
    for kept, *others in groups:
        for other in others:
            reason = either(ja=f"{names[kept]} と同じもの（まとめました）", en=f"merged into {names[kept]}")
            aside.append(_entry(table, other, None, str(table["name"].iloc[other]), reason))
            may_show = _may_show(table, kept, other, covered) and not homes.iloc[other]
            aside += _fill(table, kept, other, covered.iloc[other] if may_show else None)
    gone = {other for _, *others in groups for other in others}
    return table.iloc[[number for number in range(len(table)) if number not in gone]].reset_index(drop=True), aside


def _groups(resources: gpd.GeoDataFrame, same: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """Find the rows of every group, or raise with all that is wrong."""
    places = {name: number for number, name in enumerate(row_names(resources))}
    seen: set[str] = set()
    faults: list[str] = []
    groups = []
    for group in same:
        rows = [" ".join(str(row).split()) for row in group["rows"]]
        faults += _row_faults(rows, places, seen)
        if not faults:
            groups.append([places[row] for row in rows])
            faults += _name_faults(resources, rows, groups[-1], group.get("names"))
        seen |= set(rows)
    if faults:
        raise InputError(faults)
    return groups


def _row_faults(rows: Sequence[str], places: Mapping[str, int], seen: set[str]) -> list[str]:
    faults = []
    if len(rows) < 2:
        faults.append(
            either(ja="[[same]] rows: 行を2つ以上書いてください。", en="[[same]] rows: name two rows or more.")
        )
    for number, row in enumerate(rows):
        if row not in places:
            near = get_close_matches(row, list(places), n=1)
            hint = either(ja=f"「{near[0]}」のことですか。", en=f" Did you mean {near[0]!r}?") if near else ""
            faults.append(
                either(
                    ja=f"[[same]] rows: 「{row}」という行はありません。{hint}check が示すとおりに書いてください。",
                    en=f"[[same]] rows: there is no row {row!r}.{hint} Write it as check shows it.",
                )
            )
        elif row in seen or row in rows[:number]:
            faults.append(
                either(
                    ja=f"[[same]] rows: 「{row}」が2度書かれています。1つの [[same]] にまとめてください。",
                    en=f"[[same]] rows: {row!r} stands there twice. Write one [[same]] for all of them.",
                )
            )
    return faults


def _name_faults(
    resources: gpd.GeoDataFrame, rows: Sequence[str], places: Sequence[int], names: Sequence[str] | None
) -> list[str]:
    """Notice rows that are called otherwise than when the user wrote the line: rows may have moved."""
    now = [str(resources["name"].iloc[place]) for place in places]
    if names is None or [fold_name(str(name)) for name in names] == [fold_name(name) for name in now]:
        return []
    return [
        either(
            ja=f"[[same]] {'、'.join(rows)}: 名称が {'、'.join(map(str, names))} から {'、'.join(now)} に"
            "変わっています。行がずれていないか確かめ、check が示すとおりに書き直してください。",
            en=f"[[same]] {', '.join(rows)}: the names were {', '.join(map(str, names))} and are now {', '.join(now)}. "
            "Rows may have moved; write it anew as check shows it.",
        )
    ]


def _may_show(table: gpd.GeoDataFrame, kept: int, other: int, covered: pd.Series) -> bool:
    """Tell whether what a row says may be shown wherever, and as long as, another is."""
    if "channels" not in table:
        return False
    mine, theirs = (set(str(table["channels"].iloc[row] or "").split(";")) - {""} for row in (kept, other))
    ended = table["status"].iloc[other] == "ended" if "status" in table else False
    return mine <= theirs and not ended and _lasts(table, kept, other) and _says_no_less(covered, kept, other)


def _lasts(table: gpd.GeoDataFrame, kept: int, other: int) -> bool:
    """Tell whether the consent of a row begins and ends no earlier or later than that of the row it is merged into."""
    limits: dict[str, Callable[[Any, Any], bool]] = {"consent_on": operator.ge, "consent_until": operator.le}
    for column, within in limits.items():
        mine, theirs = (table[column].iloc[row] if column in table else None for row in (kept, other))
        if not _is_empty(theirs) and (_is_empty(mine) or not within(mine, theirs)):
            return False
    return True


def _says_no_less(covered: pd.Series, kept: int, other: int) -> bool:
    """Tell whether homes, mobile numbers and the like that one row allows are allowed by the other, too."""
    mine, theirs = covered.iloc[kept], covered.iloc[other]
    return mine is not None and theirs is not None and mine.by_word <= theirs.by_word


def _fill(table: gpd.GeoDataFrame, kept: int, other: int, covered: Permit | None) -> list[dict[str, Any]]:
    """Fill the empty cells of a row, in `table`, which is ours; say which were not filled for want of consent."""
    geometry = table.geometry.name
    said = table["audience_text"].iloc[kept] if "audience_text" in table else None
    aside = []
    for place, column in enumerate(table.columns):
        value = table[column].iloc[other]
        # The audience was read from the text beside it; it is not mixed with that of another row.
        if column == "audience" and not _is_empty(said):
            continue
        if column in _NEVER or _is_empty(value) or not _is_empty(table[column].iloc[kept]):
            continue
        if (column in _PUBLIC or column == geometry) and not _covers(covered, column, geometry):
            reason = either(
                ja="まとめた行の承諾では出せないので、写しませんでした",
                en="not taken over: the consent of the merged row does not allow it",
            )
            if column != geometry:
                aside.append(_entry(table, other, str(column), str(value), reason))
            continue
        table.iloc[kept, place] = value
    return aside


def _covers(covered: Permit | None, column: object, geometry: object) -> bool:
    if covered is None:
        return False
    return "place" in covered.groups if column == geometry else column not in covered.withheld


def _is_empty(value: object) -> bool:
    return value is None or value == "" or (not hasattr(value, "geom_type") and bool(pd.isna(value)))


def _entry(table: gpd.GeoDataFrame, row: int, column: str | None, value: str, reason: str) -> dict[str, Any]:
    cells = table.iloc[row]
    sheet = cells.get("source_sheet")
    number = cells.get("source_row")
    return left_aside(
        str(cells.get("source_file", "")),
        sheet if isinstance(sheet, str) else None,
        None if number is None else int(number),
        column,
        value,
        reason,
    )
