"""What is said of schedules that were not read, or not wholly, and of those that contradict themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.errors import SHOWN
from resourcemap.language import either
from resourcemap.project.report import LeftAside

if TYPE_CHECKING:
    import pandas as pd

    from resourcemap.model.schedule.schedule import Schedule

_LONGEST = 60
_SHOWN_OF_A_ROW = ("source_file", "source_sheet", "source_row", "schedule")


def schedule_notes(resources: pd.DataFrame, schedules: pd.Series) -> list[str]:
    """Count the schedules that were not understood and those that contradict themselves; show the first five of each.

    Parameters
    ----------
    resources
        The table of resources.
    schedules
        The schedule of each of its rows.

    Examples
    --------
    >>> import pandas as pd
    >>> from resourcemap.language import speaking
    >>> from resourcemap.read.schedules.parse import read_schedule
    >>> rows = {"source_file": ["a.csv"], "source_sheet": [None], "source_row": [2], "schedule": ["毎週水曜 春のみ"]}
    >>> with speaking("en"):
    ...     for note in schedule_notes(pd.DataFrame(rows), pd.Series([read_schedule("毎週水曜 春のみ")])):
    ...         print(note)
    1 of 1 schedules were not wholly understood (part: 0, none: 1). They stay as text. Write days and hours as in \
毎月第2・第4火曜 10:00〜12:00（8月を除く）.
    a.csv 2: '毎週水曜 春のみ' (not understood: 毎週水曜 春のみ)
    """
    written = int(resources["schedule"].notna().sum())
    torn = schedules.map(lambda schedule: bool(schedule.conflicts))
    partly = schedules.map(lambda schedule: schedule.understood == "part") & ~torn
    none = schedules.map(lambda schedule: schedule.understood == "none") & ~torn
    notes = []
    if (partly | none).any():
        notes.append(_count_of_left(written, int(partly.sum()), int(none.sum())))
        notes += _rows(resources[partly | none], schedules[partly | none])
    if torn.any():
        notes.append(
            either(
                ja=f"日時の記載が食い違っている行が{int(torn.sum())}行あります。どちらかに直してください。",
                en=f"{int(torn.sum())} schedules contradict themselves. Correct one of the two writings.",
            )
        )
        notes += _rows(resources[torn], schedules[torn])
    return notes


def _count_of_left(written: int, partly: int, none: int) -> str:
    return either(
        ja=f"日時{written}件のうち{partly + none}件は、読み切れませんでした（一部だけ {partly}件、読めない {none}件）。"
        "文字のまま残します。「毎月第2・第4火曜 10:00〜12:00（8月を除く）」のように書くと読めます。",
        en=f"{partly + none} of {written} schedules were not wholly understood (part: {partly}, none: {none}). "
        "They stay as text. Write days and hours as in 毎月第2・第4火曜 10:00〜12:00（8月を除く）.",
    )


def _rows(resources: pd.DataFrame, schedules: pd.Series) -> list[str]:
    each_once = ~resources["schedule"].duplicated()
    shown = [
        f"{_where(file, sheet, row)}: {_short(text)!r} ({_why(schedule)})"
        for file, sheet, row, text, schedule in zip(
            *(resources.loc[each_once, name].head(SHOWN) for name in _SHOWN_OF_A_ROW),
            schedules[each_once].head(SHOWN),
            strict=True,
        )
    ]
    rest = len(resources) - len(shown)
    return shown + ([either(ja=f"ほか{rest}件", en=f"and {rest} more")] if rest > 0 else [])


def _where(file: str, sheet: str | None, row: int) -> str:
    return LeftAside("check", file, sheet or "", int(row), "", "", "").where


def _why(schedule: Schedule) -> str:
    if schedule.conflicts:
        return either(ja="食い違い: ", en="conflict: ") + " / ".join(f"{a} ≠ {b}" for a, b in schedule.conflicts)
    return either(ja="読めない部分: ", en="not understood: ") + _short(schedule.leftover)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
