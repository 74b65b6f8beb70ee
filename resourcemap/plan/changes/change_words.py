"""What changed, a Japanese sentence per change, plain enough to paste into a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.measure.audience import EVERYONE
from resourcemap.model.way import way_of
from resourcemap.plan.changes.changes import SORTS
from resourcemap.plan.changes.timetables import KNOWLEDGE, REAL

if TYPE_CHECKING:
    from collections.abc import Hashable

    from resourcemap.model.catalog import Catalog
    from resourcemap.plan.changes.compare import ReachChanges

LABELS = {
    "opened": "始まった", "closed": "終わった", "suspended": "休止した", "resumed": "再開した", "moved": "移った",
    "schedule": "日時", "renamed": "名称が変わった", "kind": "種類が変わった", "audience": "対象",
    "capacity": "定員", "place": "場所の形", "serves": "訪問先", "listed": "一覧に加わった",
    "gone": "一覧から消えた", "located": "位置の分かり方", "verified": "最終確認日", "spelling": "書き方",
    "unclear": "同じものか分からない",
}  # fmt: skip
NATURES = {REAL: "実際の変化", KNOWLEDGE: "分かったことの変化"}
# What can bring people within reach or out of it; the first of a row's changes that can is told with them. The kind
# comes first: its people are lost to one kind and gained by another.
_MOVES_REACH = (
    *("kind", "closed", "gone", "opened", "listed", "suspended", "resumed", "moved", "place", "serves", "located"),
    "unclear",
)
_FIELDS = {"name": "名称", "address": "所在地", "venue": "会場", "schedule": "開催日時"}
_PLACES = {"venue": "会場に集まる形", "stop": "停車場所に来る形", "served_area": "訪問する形", "none": "場所のない形"}

# What happened, up to ました, and what to know about it; {metres} is put in where it is known.
_HAPPENED = {
    ("opened", ""): ("が始まり", ""),
    ("opened", "again"): ("が再び始まり", ""),
    ("opened", "dates"): ("が始まり", ""),
    ("opened", "new_on_list"): ("が新しく一覧に載り", "開始日の記入がないため、始まったものとみなします"),
    ("opened", "was_there"): ("が始まっていたことが分かり", ""),
    ("closed", ""): ("が終わり", ""),
    ("closed", "dates"): ("が終わり", "一覧にあった終了日を過ぎました"),
    ("closed", "was_over"): ("が前の日付より前に終わっていたことが分かり", ""),
    ("suspended", ""): ("が休止し", ""),
    ("resumed", ""): ("が再開し", ""),
    ("moved", ""): ("が{metres}{goal}へ移り", ""),
    ("moved", "points"): ("が{metres}{goal}へ移り", "所在地の記入がないため、位置で判断しました"),
    ("schedule", "other"): ("の開催日時が変わり", ""),
    ("schedule", "now_known"): ("の開催日時が分かり", ""),
    ("schedule", "no_longer_known"): ("の開催日時の記入がなくなり", ""),
    ("schedule", "finer"): ("の開催日時が前より細かく分かり", ""),
    ("schedule", "rougher"): ("の開催日時の書き方が前より大まかになり", ""),
    ("schedule", "cannot_tell"): ("の開催日時の書き方が変わり", "日時そのものが変わったのかは読み取れません"),
    ("listed", "was_there"): ("が一覧に加わり", "開始日が前の日付以前なので、前からありました"),
    ("listed", "was_checked"): ("が一覧に加わり", "確認日が前の日付以前なので、前からありました"),
    ("listed", "is_paused"): ("が休止中のものとして一覧に加わり", ""),
    ("listed", "is_over"): ("が終わったものとして一覧に加わり", ""),
    ("listed", "not_yet"): ("がこれから始まるものとして一覧に加わり", ""),
    ("gone", "no_word"): ("が一覧から消え", "終わったのかは分かりません"),
    ("gone", "was_paused"): ("が休止中のまま一覧から消え", "終わったのかは分かりません"),
    ("gone", "was_over"): ("が一覧から除かれ", "前の日付にはもう終わっていました"),
    ("located", "found"): ("の位置が分かり", "前は位置が分からず数えていません"),
    ("located", "lost"): ("の位置が分からなくなり", "所在地の記入を確かめてください"),
    ("located", "finer"): ("の位置が{metres}前より細かく分かり", "場所は変わっていません"),
    ("located", "corrected"): ("の位置が{metres}改められ", "場所は変わっていません"),
    ("verified", ""): ("の内容が新しく確認され", ""),
    ("verified", "back"): ("の最終確認日が前より古いか空欄になり", "記入を確かめてください"),
    ("unclear", "several"): (
        "は、もう一方の一覧のどの行と同じか分からないため判断を保留し",
        "移ったのか、別のものなのかを確かめてください",
    ),
}
# Of one cell: what it is called, and whether its contents are told.
_CELLS = {
    "renamed": "名称",
    "kind": "種類",
    "audience": "対象",
    "capacity": "定員",
    "place": "開き方",
    "serves": "訪問先",
}


def told(
    changes: pd.DataFrame,
    *,
    catalog: Catalog,
    reach: ReachChanges | None = None,
    names: pd.Series | None = None,
    cells: pd.Series | None = None,
    blocks: pd.Series | None = None,
    blocks_before: pd.Series | None = None,
) -> pd.DataFrame:
    """Add to every change the people who gained and lost reach by it, and its sentence.

    Parameters
    ----------
    changes
        What `changes` found; the table is not changed.
    catalog
        The kinds and audiences with their labels.
    reach
        Who gained and lost reach; without it the sentences say nothing of people. Of several changes of one row and
        one nature the first that can change reach has its people, so that they add up. Counted is whom the kind
        serves.
    names
        The name that may be shown for a change, on the index of `changes`; a missing one is not released, and nothing
        of its row but kind and block is said.
    cells
        Whether ``before`` and ``after`` may be told, on the index of `changes`; where a name may be when not given.
    blocks
        The town block of the place, on the index of `changes`; missing where it is not known.
    blocks_before
        The one of before, for what has moved.

    Returns
    -------
    pandas.DataFrame
        The rows of `changes` in their order, with ``gained``, ``lost`` (whole people) and ``sentence``.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> one = pd.DataFrame({"change": ["suspended"], "nature": ["real"], "why": [""], "old": [0], "new": [0],
    ...     "kind": ["salon"], "before": ["active"], "after": ["suspended"], "field": ["status"]})
    >>> known, block = load_catalog(), pd.Series(["みほん3丁目"])
    >>> told(one, catalog=known, names=pd.Series(["ひだまり"]), blocks=block)["sentence"][0]
    'みほん3丁目のサロン「ひだまり」が休止しました（実際の変化）。'
    >>> told(one, catalog=known, blocks=block)["sentence"][0]
    'サロン1件（みほん3丁目）が休止しました（実際の変化）。'
    """
    gained, lost, *who = _people(changes, reach, catalog)
    shown = _texts(names, changes.index)
    where, before = _texts(blocks, changes.index), _texts(blocks_before, changes.index)
    open_cells = [name is not None for name in shown] if cells is None else cells.reindex(changes.index).tolist()
    rows = [
        row | {"told": bool(open_), "goal": goal if row["change"] == "moved" and goal != block else None}
        for row, open_, goal, block in zip(changes.to_dict("records"), open_cells, where, before, strict=True)
    ]
    where = [block if row["change"] == "moved" else goal for row, block, goal in zip(rows, before, where, strict=True)]
    sentences = [
        _sentence(row, name, block, people, catalog, reach)
        for row, name, block, people in zip(rows, shown, where, zip(gained, lost, *who, strict=True), strict=True)
    ]
    return changes.assign(gained=gained, lost=lost, sentence=pd.Series(sentences, index=changes.index, dtype=object))


def _texts(values: pd.Series | None, index: pd.Index) -> list[str | None]:
    found = pd.Series(None, index=index, dtype=object) if values is None else values.reindex(index)
    return [value if isinstance(value, str) and value else None for value in found]


def _people(
    changes: pd.DataFrame, reach: ReachChanges | None, catalog: Catalog
) -> tuple[np.ndarray, np.ndarray, list[str], list[str]]:
    """Give the people of every row to the first of its changes that can change reach."""
    gained, lost = np.zeros(len(changes), dtype=int), np.zeros(len(changes), dtype=int)
    if reach is None:
        return gained, lost, [""] * len(changes), [""] * len(changes)
    own = reach.by_row["audience"] == reach.by_row["kind"].map(lambda kind: catalog.kinds[kind].audience)
    at = _first_change(changes)
    for row in reach.by_row[own].itertuples(index=False):
        number = at.get((row.nature, row.old, row.new))
        if number is not None:
            gained[number] += row.gained
            lost[number] += row.lost
    of = [_kind_lost(row) for row in changes.to_dict("records")]
    who = {kind: _who(kind, reach, catalog) for kind in {*changes["kind"], *of}}
    return gained, lost, [who[kind] for kind in changes["kind"]], [who[kind] for kind in of]


def _who(kind: str, reach: ReachChanges, catalog: Catalog) -> str:
    """Say who was counted for a kind."""
    audience = catalog.kinds[kind].audience
    of_kind = reach.table[(reach.table["kind"] == kind) & (reach.table["audience"] == audience)]
    everyone = audience == EVERYONE or (of_kind["audience_basis"] == EVERYONE).any()
    return "住民" if everyone else catalog.audiences[audience].ages("ja")


def _kind_lost(row: dict[str, Any]) -> str:
    """Return the kind that people lost: of a row that changed its kind, the one it was."""
    return str(row["before"]) if row["change"] == "kind" else str(row["kind"])


def _first_change(changes: pd.DataFrame) -> dict[tuple[Hashable, ...], int]:
    """Return the position of the first change of every row and nature that can change reach."""
    first: dict[tuple[Hashable, ...], int] = {}
    sorts = changes["change"].tolist()
    keys = list(zip(changes["nature"], changes["old"], changes["new"], strict=True))
    for sort in (*_MOVES_REACH, *SORTS):
        for number, key in enumerate(keys):
            if sorts[number] == sort:
                first.setdefault(key, number)
    return first


def _sentence(
    row: dict[str, Any],
    name: str | None,
    block: str | None,
    people: tuple[int, int, str, str],
    catalog: Catalog,
    reach: ReachChanges | None,
) -> str:
    kind = catalog.kinds[row["kind"]].label("ja")
    happened, note = _happened(row, catalog)
    subject, nature = _subject(kind, name, block), NATURES[row["nature"]]
    ending = f"ました（{nature}{f'。{note}' if note else ''}）。"
    gained, lost, who_gained, who_lost = people
    if reach is None or not (gained or lost):
        return f"{subject}{happened}{ending}"
    limit = f"{way_of(reach.way).sentence_part()}{reach.metres:g}m以内"
    parts = []
    if lost:
        of = catalog.kinds[_kind_lost(row)].label("ja")
        parts.append(f"{who_lost}の{lost:,}人が{of}から{limit}でなくなり")
    if gained:
        parts.append(f"{who_gained}の{gained:,}人が新たに{kind}から{limit}になり")
    return f"{subject}{happened}、{'、'.join(parts)}{ending}"


def _subject(kind: str, name: str | None, block: str | None) -> str:
    if name is None:
        return f"{kind}1件{f'（{block}）' if block else ''}"
    return f"{f'{block}の' if block else ''}{kind}「{name}」"


def _happened(row: dict[str, Any], catalog: Catalog) -> tuple[str, str]:
    """Say what happened, up to ました, and what to know about it; nothing of a cell of a row that is not released."""
    change = row["change"]
    if (change, row["why"]) in _HAPPENED:
        happened, note = _HAPPENED[change, row["why"]]
        cells = _from_to(row, catalog) if change == "schedule" and row["told"] else ""
        metres = _metres(row.get("metres"), moved=change == "moved")
        return happened.format(metres=metres, goal=row["goal"] or "別の場所"), note or cells
    if change == "spelling":
        what = _FIELDS.get(str(row["field"]), "記入")
        return f"の{what}の書き方が変わり", _from_to(row, catalog) if row["told"] else ""
    known = row["before"] is not None, row["after"] is not None
    cells = _from_to(row, catalog) if row["told"] or change in ("kind", "place") else ""
    what = _CELLS[change]
    of_blanks = {(False, True): f"の{what}が分かり", (True, False): f"の{what}の記入がなくなり"}
    return of_blanks.get(known, f"の{what}が変わり"), cells


def _from_to(row: dict[str, Any], catalog: Catalog) -> str:
    before, after = (_cell(row["change"], row[side], catalog) for side in ("before", "after"))
    if before and after:
        return f"「{before}」から「{after}」へ"
    return f"「{after}」" if after else f"前は「{before}」" if before else ""


def _cell(change: str, text: object, catalog: Catalog) -> str:
    if not isinstance(text, str):
        return ""
    if change == "kind":
        return catalog.kinds[text].label("ja") if text in catalog.kinds else ""
    if change == "audience":
        known = [catalog.audiences[each].label("ja") for each in text.split(";") if each in catalog.audiences]
        return "・".join(known) or text
    return _PLACES.get(text, "") if change == "place" else text


def _metres(metres: object, *, moved: bool) -> str:
    """Say how far, rounded to ten metres; nothing where it is not known or next door."""
    far = float(str(metres)) if metres is not None else np.nan
    if not far >= 5:
        return ""
    number = f"約{max(10, round(far, -1)):,.0f}m"
    return f"{number}離れた" if moved else f"（{number}）"
