"""What was left aside, and why: an entry for a row, a cell or a sheet."""

from __future__ import annotations

from typing import Any


def left_aside(
    file: str, sheet: str | None, row: int | None, column: str | None, value: str, reason: str
) -> dict[str, Any]:
    """Make an entry of what was left aside.

    Examples
    --------
    >>> left_aside("a.csv", None, 9, None, "合計", "a total")["row"]
    9
    """
    return {"file": file, "sheet": sheet, "row": row, "column": column, "value": value, "reason": reason}
