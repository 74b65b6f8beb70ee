"""What coverage cannot work with, said so that a person can mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.measure.catalogue import load_measures
from resourcemap.measure.conditions import slots_in
from resourcemap.model.tables import age_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from resourcemap.measure.question import Question
    from resourcemap.model.catalog import Catalog
    from resourcemap.reach.table import Reach

_COLUMNS = {
    "people": ("total",),
    "resources": ("kind", "activity_id", "status", "place"),
    "areas": ("system", "area_id", "area"),
}


def refuse_inputs(
    people: pd.DataFrame,
    resources: pd.DataFrame,
    areas: pd.DataFrame,
    question: Question,
    *,
    schedules: pd.Series | None,
    catalog: Catalog,
    days: tuple[date, date],
) -> None:
    """Raise one error with every fault of what coverage is given; `days` are the first and the last looked at.

    Examples
    --------
    >>> from datetime import date
    >>> from resourcemap.language import speaking
    >>> from resourcemap.measure.question import Question
    >>> from resourcemap.model.catalog import load_catalog
    >>> nothing = {"kind": [], "activity_id": [], "status": [], "place": []}, {"system": [], "area_id": [], "area": []}
    >>> with speaking("en"):
    ...     refuse_inputs(pd.DataFrame({"total": [5, -1]}), *map(pd.DataFrame, nothing), Question(), schedules=None,
    ...         catalog=load_catalog(), days=(date(2026, 1, 1), date(2026, 12, 31)))
    Traceback (most recent call last):
    resourcemap.errors.InputError: People: 1 rows of total are negative or not numbers (1). Give numbers of 0 or more.
    """
    tables = {"people": people, "resources": resources, "areas": areas}
    faults = [fault for name, table in tables.items() for fault in _missing_columns(name, table)]
    if faults:
        raise InputError(faults)
    faults += _people_faults(people)
    faults += _unknown("種類", "kinds", [*(question.kinds or ()), *_combined(question)], catalog.kinds)
    faults += _unknown("対象", "audiences", question.audiences, catalog.audiences)
    faults += _unknown("数字", "measures", question.measures or (), load_measures())
    if question.kinds is None:
        faults += _unknown("資源の種類", "kinds of resources", resources["kind"].astype(str), catalog.kinds)
    if schedules is not None and len(schedules) != len(resources):
        faults.append(
            either(
                ja=f"開催日時（schedules）は{len(schedules)}行、資源は{len(resources)}行です。同じ表から作ってください。",
                en=f"There are {len(schedules)} schedules and {len(resources)} resources. Make them from one table.",
            )
        )
    faults += _slot_faults(question, *days)
    faults += _combination_faults(question)
    if schedules is None and question.slots:
        faults.append(
            either(
                ja="時間帯の数字には、資源の開催日時（schedules）が要ります。read_schedule で読んで渡してください。",
                en="Slots need the schedules of the resources. Read them with read_schedule and pass them.",
            )
        )
    if faults:
        raise InputError(faults)


def refuse_reach(reach: Reach, question: Question, *, people: int, resources: int) -> None:
    """Raise an error when reach was listed too short, or for other tables.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> from resourcemap.measure.question import Question
    >>> from resourcemap.reach.table import Reach
    >>> short = Reach(pd.DataFrame({"person": [0], "resource": [0], "metres": [9.0]}), 500, "EPSG:6677")
    >>> with speaking("en"):
    ...     refuse_reach(short, Question(), people=1, resources=1)
    Traceback (most recent call last):
    resourcemap.errors.InputError: Reach was listed up to 500 m, and 1000 m are needed. Make it with metres=1000.
    """
    if reach.limit < question.farthest:
        raise InputError(
            either(
                ja=f"到達の表は{reach.limit:.10g}mまでですが、{question.farthest:.10g}mまで要ります。"
                f"metres={question.farthest:.10g} で作り直してください。",
                en=f"Reach was listed up to {reach.limit:.10g} m, and {question.farthest:.10g} m are needed. "
                f"Make it with metres={question.farthest:.10g}.",
            )
        )
    if _beyond(reach.pairs["person"], people) or _beyond(reach.pairs["resource"], resources):
        raise InputError(
            either(
                ja="到達の表に、人口か資源にない行の番号があります。同じ人口と資源から作り直してください。",
                en="Reach names rows that the people or the resources do not have. Make it from the same two tables.",
            )
        )


def _combined(question: Question) -> list[str]:
    return [kind for pair in question.combinations for kind in pair]


def _slot_faults(question: Question, first: date, last: date) -> Iterator[str]:
    labels = pd.Series([slot.label for slot in question.slots], dtype=object)
    if labels.duplicated().any():
        twice = first_five(labels[labels.duplicated()].unique())
        yield either(
            ja=f"時間帯の名前 {twice} が重なっています。ひとつずつ別の名前にしてください。",
            en=f"Several slots are called {twice}. Give each its own label.",
        )
    beyond = [slot.label for slot in slots_in(question.slots) if slot.date and not first <= slot.date <= last]
    if beyond:
        yield either(
            ja=f"時間帯 {first_five(beyond)} は、見る期間（{first}〜{last}）の外です。"
            "基準日（on）をその日より前にしてください。",
            en=f"The slots {first_five(beyond)} are not in the days looked at ({first} to {last}). "
            "Set the day to look at (on) before them.",
        )


def _combination_faults(question: Question) -> Iterator[str]:
    if question.kinds is None:
        return
    left_out = [kind for kind, _ in question.combinations if kind not in question.kinds]
    if left_out:
        yield either(
            ja=f"組み合わせの先に書いた種類 {first_five(left_out)} が、kinds にありません。kinds に足してください。",
            en=f"Combinations begin with {first_five(left_out)}, not among the kinds asked for. Add them to kinds.",
        )


def _missing_columns(name: str, table: pd.DataFrame) -> list[str]:
    missing = [column for column in _COLUMNS[name] if column not in table]
    if not missing:
        return []
    ja = {"people": "人口", "resources": "資源", "areas": "区域"}[name]
    return [
        either(
            ja=f"{ja}の表に、列 {', '.join(missing)} がありません。",
            en=f"The table of {name} has no column {', '.join(missing)}.",
        )
    ]


def _people_faults(people: pd.DataFrame) -> list[str]:
    if not len(people):
        return [either(ja="人口の行がありません。", en="There are no rows of people.")]
    ages = [column for column in people if age_bounds(str(column))]
    numbers = {
        column: pd.to_numeric(people[column], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        for column in ["total", *ages]
    }
    faults = []
    for column, values in numbers.items():
        wrong = ~((values >= 0) & np.isfinite(values))
        if wrong.any():
            rows = first_five(people.index[wrong])
            faults.append(
                either(
                    ja=f"人口の {column} に、負の数か数でないものが{wrong.sum()}行あります（{rows}）。"
                    "0以上の数にしてください。",
                    en=f"People: {wrong.sum()} rows of {column} are negative or not numbers ({rows}). "
                    "Give numbers of 0 or more.",
                )
            )
        part = ~wrong & (values != np.round(values))
        if part.any():
            rows = first_five(people.index[part])
            faults.append(
                either(
                    ja=f"人口の {column} に、小数が{part.sum()}行あります（{rows}）。人は整数で数えてください。",
                    en=f"People: {part.sum()} rows of {column} are not whole numbers ({rows}). Count whole people.",
                )
            )
    of_ages = np.sum([numbers[column] for column in ages], axis=0)
    more = np.flatnonzero(of_ages > numbers["total"])
    if not faults and len(more):
        rows = first_five(people.index[more])
        faults.append(
            either(
                ja=f"年齢別の人数の合計が total より多い行が{len(more)}行あります（{rows}）。数を直してください。",
                en=f"People: all ages together are more than total in {len(more)} rows ({rows}). Correct the numbers.",
            )
        )
    return faults


def _unknown(ja: str, en: str, asked: Sequence[str] | pd.Series, known: Iterable[str]) -> list[str]:
    names = list(known)
    unknown = [each for each in dict.fromkeys(asked) if each not in names]
    if not unknown:
        return []
    return [
        either(
            ja=f"{ja} {first_five(unknown)} はありません。使えるのは {', '.join(names)} です。",
            en=f"Unknown {en}: {first_five(unknown)}. Known: {', '.join(names)}.",
        )
    ]


def _beyond(positions: pd.Series, rows: int) -> bool:
    return bool(len(positions)) and not (positions.min() >= 0 and positions.max() < rows)
