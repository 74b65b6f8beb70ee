"""What a step took in, what came out, and what was left aside and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resourcemap.errors import SHOWN
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pandas as pd


@dataclass(frozen=True)
class LeftAside:
    """One row or cell that is not in a result, and why.

    Parameters
    ----------
    step
        The step that left it aside, such as ``"read"``.
    file, sheet, row
        Where it is, as the spreadsheet shows it.
    column, value
        The cell, when it is about one cell; empty when it is about the row.
    reason
        Why, in the language of the user.
    group
        What rows with different reasons are shown under together; empty where the reason serves.
    """

    step: str
    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    reason: str
    group: str = ""

    @property
    def where(self) -> str:
        """Name the row for a person.

        Examples
        --------
        >>> LeftAside("read", "list.xlsx", "一覧", 12, "", "", "total").where
        'list.xlsx 一覧!12'
        """
        row = "" if self.row is None else str(self.row)
        return " ".join(
            part for part in (self.file, f"{self.sheet}!{row}" if self.sheet and row else self.sheet or row) if part
        )


@dataclass(frozen=True)
class Report:
    """What one step did.

    Parameters
    ----------
    step
        Its word for programs, such as ``"locate"``.
    title
        Its name for people.
    went_in, came_out
        What was counted, with the counts.
    left_aside
        Every row that is not in the result; ``went_in`` is ``came_out`` plus these where rows are counted.
    notes
        What a person should know, a sentence each.
    files
        What was written.
    data
        The result itself, ready for JSON.
    details
        Lines to print as they are.
    more
        What else JSON has, by name.
    """

    step: str
    title: str
    went_in: Mapping[str, int]
    came_out: Mapping[str, int]
    left_aside: tuple[LeftAside, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    data: list[dict[str, Any]] = field(default_factory=list)
    details: tuple[str, ...] = ()
    more: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)

    def as_text(self) -> str:
        """Write the report for a terminal: the first five rows left aside for each reason, then a count.

        Examples
        --------
        >>> from resourcemap.language import speaking
        >>> with speaking("en"):
        ...     print(Report("read", "Read", {"rows": 3}, {"resources": 3}).as_text())
        ■ Read
          in:  rows 3
          out: resources 3
        """
        came, went, aside = (
            either(ja="入: ", en="in:  "),
            either(ja="出: ", en="out: "),
            either(ja="除: ", en="left aside: "),
        )
        lines = [f"■ {self.title}", f"  {came}{_counts(self.went_in)}", f"  {went}{_counts(self.came_out)}"]
        for reason, rows in _by_reason(self.left_aside):
            lines.append(f"  {aside}{reason} {either(ja=f'{len(rows)}件', en=f'({len(rows)})')}")
            lines += [f"      {row.where}{_cell(row)}" for row in rows[:SHOWN]]
            if len(rows) > SHOWN:
                lines.append(either(ja=f"      ほか{len(rows) - SHOWN}件", en=f"      and {len(rows) - SHOWN} more"))
        lines += [f"  ※ {note}" for note in self.notes]
        lines += [f"  {line}" for line in self.details]
        lines += [f"  → {file}" for file in self.files]
        return "\n".join(lines)

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain values for JSON.

        Examples
        --------
        >>> Report("read", "Read", {"rows": 3}, {"resources": 3}).as_data()["out"]
        {'resources': 3}
        """
        return {
            "step": self.step,
            "in": dict(self.went_in),
            "out": dict(self.came_out),
            "left_aside": [
                {
                    "file": row.file,
                    "sheet": row.sheet,
                    "row": row.row,
                    "column": row.column,
                    "value": row.value,
                    "reason": row.reason,
                }
                for row in self.left_aside
            ],
            "notes": list(self.notes),
            "files": [str(file) for file in self.files],
            "data": self.data,
            **self.more,
        }


def where_of(rows: pd.DataFrame) -> list[str]:
    """Name rows as their spreadsheet shows them, with their file.

    Examples
    --------
    >>> import pandas as pd
    >>> where_of(pd.DataFrame({"source_file": ["list.xlsx"], "source_sheet": ["一覧"], "source_row": [12]}))
    ['list.xlsx 一覧!12']
    """
    return [
        LeftAside("", str(file), str(sheet or ""), int(row), "", "", "").where
        for file, sheet, row in zip(rows["source_file"], rows["source_sheet"], rows["source_row"], strict=True)
    ]


def _counts(counts: Mapping[str, int]) -> str:
    return either(ja="、", en=", ").join(f"{name} {number:,}" for name, number in counts.items())


def _by_reason(rows: Iterable[LeftAside]) -> list[tuple[str, list[LeftAside]]]:
    groups: dict[str, list[LeftAside]] = {}
    for row in rows:
        groups.setdefault(row.group or row.reason, []).append(row)
    return list(groups.items())


def _cell(row: LeftAside) -> str:
    if not row.value:
        return ""
    return f"  {row.column}: {row.value!r}" if row.column else f"  {row.value!r}"
