"""The kind of each row, and what to tell people about kinds that are unknown."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from resourcemap.errors import first_five
from resourcemap.language import either
from resourcemap.read.cells import is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resourcemap.model.catalog import Catalog
    from resourcemap.read.table import Table


def read_kinds(table: Table, catalog: Catalog, *, kind: str | None = None) -> tuple[list[str], list[str]]:
    """Return the id of each row's kind, and all faults.

    Parameters
    ----------
    table
        The rows.
    catalog
        The kinds there are.
    kind
        The kind of all rows of a file without a column of kinds, and of rows whose cell is blank.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.read.table import Table
    >>> table = Table("a.csv", None, ("種類",), [["ふれあいサロン"]], [2], {"kind": 0})
    >>> read_kinds(table, load_catalog())
    (['salon'], [])
    """
    if kind is not None and kind not in catalog.kinds:
        return [], [_unknown_kinds("kind", {kind: []}, catalog)]
    if "kind" not in table.ours:
        return ([kind] * len(table.rows), []) if kind is not None else ([], [_no_kind_column(table)])
    cells = ["" if is_blank(text) else text for text in table.column("kind")]
    found = {text: catalog.kind_of(text) for text in set(cells)} | ({"": kind} if kind else {})
    rows: dict[str, list[int]] = {}
    for number, text in zip(table.numbers, cells, strict=True):
        if found[text] is None:
            rows.setdefault(text, []).append(number)
    faults = [_blank_kinds(table, blank)] if (blank := rows.pop("", None)) else []
    if rows:
        faults.append(_unknown_kinds(table.where, rows, catalog))
    return [found[text] or "" for text in cells], faults


def _no_kind_column(table: Table) -> str:
    seen = first_five(table.headings)
    return either(
        ja=f"{table.where}: 種類の列がありません（ある列: {seen}）。全部が同じ種類なら kind で、"
        "そうでなければ columns で列名を指定してください。",
        en=f"{table.where}: there is no column of kinds (found: {seen}). Give kind if all rows are of one, "
        "or name the column in columns.",
    )


def _blank_kinds(table: Table, rows: list[int]) -> str:
    return either(
        ja=f"{table.where}: 種類のない行が{len(rows)}行あります（行 {first_five(rows)}）。種類を書いてください。",
        en=f"{table.where}: {len(rows)} of {len(table.rows)} rows have no kind (rows {first_five(rows)}). Fill it in.",
    )


def _unknown_kinds(where: str, unknown: Mapping[str, Sequence[int]], catalog: Catalog) -> str:
    """Name the kinds that the catalogue lacks, where they stand, what was perhaps meant, and what to do."""
    words = {word for id_, entry in catalog.kinds.items() for word in (id_, *entry.labels.values(), *entry.synonyms)}
    often_first = sorted(unknown, key=lambda text: -len(unknown[text]))
    shown = first_five(_with_rows(text, unknown[text], sorted(words)) for text in often_first)
    labels = ", ".join(entry.label() for entry in catalog.kinds.values())
    return either(
        ja=f"{where}: カタログにない種類があります: {shown}。ことばを直すか、"
        "kind で指定するか、resourcemap.toml の終わりに [kinds.other]（名前は英字）と、次の行に "
        f'ja = "{often_first[0]}" を足してください。使えるのは {labels} です。',
        en=f"{where}: unknown kinds: {shown}. Correct them, or add [kinds.your_id] with these words as synonyms to "
        f"resourcemap.toml. Known: {', '.join(catalog.kinds)}.",
    )


def _with_rows(text: str, rows: Sequence[int], words: Sequence[str]) -> str:
    close = get_close_matches(text, words, n=1)
    parts = [either(ja=f"{len(rows)}行、最初は行{rows[0]}", en=f"{len(rows)} rows, first {rows[0]}")] if rows else []
    parts += [either(ja=f"{close[0]} のことですか", en=f"did you mean {close[0]!r}?")] if close else []
    if not parts:
        return repr(text)
    return either(ja=f"{text!r}（{'、'.join(parts)}）", en=f"{text!r} ({', '.join(parts)})")
