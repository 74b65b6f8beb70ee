"""What the progress sheet says, row by row, the same in the workbook and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from resourcemap.publish.workbook import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WHOLE = "全体"
LEGEND = "○ 達成　× 未達成　？ 開催日時が分からず判定できない　－ 判定しない（対象の人がいない、数えない）"
_SIGNS = {"met": "○", "unmet": "×", "unknown": "？", "no_data": "－"}
_OUTSIDE = "どの区域にも入らない所"
_NO_GRADE = "－"
_MOST = 30


class Column(NamedTuple):
    """A column of areas by standards: a standard of a theme, the grade of a theme, or the grade of all."""

    theme: str | None
    standard: str | None

    @property
    def heading(self) -> str:
        """What stands over it."""
        return as_text(self.standard) if self.standard else "評価"


class Line(NamedTuple):
    """A row of areas by standards: the name of the area, and a text and a look (yes, no or total) per column."""

    label: str
    cells: list[tuple[str, str]]


def plan_groups(progress: pd.DataFrame, rated: pd.DataFrame) -> Iterator[tuple[str, list[list[str]]]]:
    r"""Yield the words of each theme, and of each of its standards: promise, people, done, grade, problem.

    Parameters
    ----------
    progress
        The standards of one system, by theme.
    rated
        The grades of that system.

    Examples
    --------
    >>> row = {"theme": "居場所", "standard": "近い", "promise": "500m以内", "audience_label": "65歳以上",
    ...     "done": "2か所", "grade_words": "B", "problem": ""}
    >>> list(plan_groups(pd.DataFrame([row]), pd.DataFrame(columns=["of", "theme"])))
    [('居場所', [['近い\n［はかり方］500m以内', '65歳以上', '2か所', 'B', 'なし']])]
    """
    for theme, rows in progress.groupby("theme", sort=False):
        yield (
            _theme_words(str(theme), rated),
            [
                [
                    f"{row['standard']}\n［はかり方］{row['promise']}",
                    row["audience_label"],
                    row["done"],
                    row["grade_words"],
                    row["problem"] or "なし",
                ]
                for row in rows.to_dict("records")
            ],
        )


def overall(rated: pd.DataFrame) -> str:
    """Say the grade of a system in a sentence; nothing where it has none.

    Examples
    --------
    >>> overall(pd.DataFrame({"of": ["system"], "sentence": ["評価はBです。"]}))
    '評価はBです。'
    """
    found = rated.loc[rated["of"] == "system", "sentence"]
    return str(found.iloc[0]) if len(found) else ""


def columns_of(progress: pd.DataFrame) -> list[Column]:
    """List the columns: the grade of a theme follows its standards, the one of all is last.

    Examples
    --------
    >>> [column.heading for column in columns_of(pd.DataFrame({"theme": ["居場所"], "standard": ["近い"]}))]
    ['近い', '評価', '評価']
    """
    columns: list[Column] = []
    for theme, rows in progress.groupby("theme", sort=False):
        columns += [Column(str(theme), standard) for standard in rows["standard"]]
        columns.append(Column(str(theme), None))
    return [*columns, Column(None, None)]


def area_lines(
    columns: Sequence[Column], system: str, judged: pd.DataFrame, whole: pd.DataFrame, rated: pd.DataFrame
) -> list[Line]:
    """List everyone together, the areas, and at the foot the grades of standards and themes.

    Parameters
    ----------
    columns
        What is across.
    system
        The system of the areas.
    judged, whole
        How the standards stand in its areas, and for everyone together.
    rated
        All grades.
    """
    grades = _grades(rated)
    lines = []
    for key, rows in [*_by_area(whole), *_by_area(judged)]:
        signs = dict(zip(rows["standard"], rows["met"], strict=True))
        area = (rows["system"].iloc[0], None if pd.isna(key[0]) else key[0])
        lines.append(Line(_label(rows), [_cell(column, signs, area, grades) for column in columns]))
    own = rated[rated["system"] == system]
    return [*lines, Line("基準・テーマの評価", [(_grade_of(column, own), "total") for column in columns])]


def sentence_lines(judged: pd.DataFrame, systems: Sequence[str]) -> Iterator[list[str]]:
    """Yield what is not met, most people first: everyone together, then the systems, thirty of each, then a count.

    A row has the system, its place, theme, standard, people and sentence; a count is alone in its row.

    Examples
    --------
    >>> judged = pd.DataFrame({"met": ["unmet"], "system": ["圏域"], "theme": [""], "standard": ["近い"],
    ...     "without": [1200], "sentence": ["遠い。"]})
    >>> list(sentence_lines(judged, ["圏域"]))
    [['圏域', '1', '', '近い', '1,200人', '遠い。']]
    """
    failing = judged[judged["met"].isin(["unmet", "unknown"])]
    for system in (WHOLE, *systems):
        own = failing[failing["system"] == system].sort_values("without", ascending=False, kind="stable")
        for place, row in enumerate(own.head(_MOST).to_dict("records"), start=1):
            people = f"{row['without']:,}人"
            yield [row["system"], str(place), row["theme"], row["standard"], people, row["sentence"]]
        if len(own) > _MOST:
            yield [f"{system}には、ほかに{len(own) - _MOST}件あります（「区域別」の × と ？）。"]
    if failing.empty:
        yield ["達成していないものはありません。"]


def _theme_words(theme: str, rated: pd.DataFrame) -> str:
    label = theme or "テーマのない基準"
    found = rated[(rated["of"] == "theme") & (rated["theme"] == theme)]
    if found.empty:
        return label
    row = found.iloc[0]
    judged = row["met"] + row["unmet"]
    if not judged:
        return f"{label}　判定できたものはありません"
    counted = f"判定できた{judged}件（基準×区域）のうち{row['met']}件で達成"
    ends = (
        "" if row["grade_at_least"] == row["grade_at_most"] else f"（{row['grade_at_least']}〜{row['grade_at_most']}）"
    )
    return f"{label}　評価 {row['grade']}{ends}　{counted}"


def _by_area(rows: pd.DataFrame) -> list[tuple[tuple[object, object], pd.DataFrame]]:
    return [(key, own) for key, own in rows.groupby(["area_id", "area"], sort=False, dropna=False)]


def _label(rows: pd.DataFrame) -> str:
    if rows["system"].iloc[0] == WHOLE:
        return "全体（住民みんな）"
    area = rows["area"].iloc[0]
    return as_text(area) if isinstance(area, str) else _OUTSIDE


def _grades(rated: pd.DataFrame) -> dict[tuple[object, ...], str]:
    """Write the grade of every area and theme, by what it is of, system, area and theme."""
    words: dict[tuple[object, ...], str] = {}
    for row in rated.to_dict("records"):
        area = None if pd.isna(row["area_id"]) else row["area_id"]
        words.setdefault((row["of"], row["system"], area, row["theme"] if "theme" in row["of"] else None), _grade(row))
    return words


def _cell(
    column: Column, signs: dict[str, str], area: tuple[object, object], grades: dict[tuple[object, ...], str]
) -> tuple[str, str]:
    """Return the text of a cell and its look: a sign under a standard, a grade under 評価."""
    if column.standard is not None:
        verdict = signs.get(column.standard, "no_data")
        return _SIGNS[verdict], "no" if verdict == "unmet" else "yes"
    if column.theme is None:
        return grades.get(("area", *area, None), _NO_GRADE), "total"
    of_everyone = grades.get(("theme", WHOLE, None, column.theme), _NO_GRADE) if area[0] == WHOLE else _NO_GRADE
    return grades.get(("theme_area", *area, column.theme), of_everyone), "total"


def _grade_of(column: Column, rated: pd.DataFrame) -> str:
    """Write the grade of a standard, of a theme or of all, over the areas."""
    if column.standard is not None:
        own = rated[(rated["of"] == "standard") & (rated["standard"] == column.standard)]
    elif column.theme is not None:
        own = rated[(rated["of"] == "theme") & (rated["theme"] == column.theme)]
    else:
        own = rated[rated["of"] == "system"]
    return _grade(own.iloc[0].to_dict()) if len(own) else _NO_GRADE


def _grade(row: dict[str, Any]) -> str:
    """Write a grade; both ends where what is unknown could change it."""
    worst, best = row["grade_at_least"], row["grade_at_most"]
    if worst != best:
        return f"{worst}〜{best}"
    return as_text(row["grade"]) or _NO_GRADE
