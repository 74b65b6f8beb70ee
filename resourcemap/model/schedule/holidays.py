"""The public holidays of Japan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jpholiday

if TYPE_CHECKING:
    from datetime import date


def is_holiday(day: date) -> bool:
    """Tell whether a day is a public holiday of Japan, substitute holidays included.

    Examples
    --------
    >>> from datetime import date
    >>> is_holiday(date(2026, 5, 6)), is_holiday(date(2026, 5, 7))
    (True, False)
    """
    return bool(jpholiday.is_holiday(day))
