"""The public holidays of Japan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jpholiday

if TYPE_CHECKING:
    from datetime import date


_SUBSTITUTE = "振替休日"


def is_holiday(day: date) -> bool:
    """Tell whether a day is a public holiday of Japan, substitute holidays included.

    Examples
    --------
    >>> from datetime import date
    >>> is_holiday(date(2026, 5, 6)), is_holiday(date(2026, 5, 7))
    (True, False)
    """
    return bool(jpholiday.is_holiday(day))


def holiday_name(day: date) -> str:
    """Name a public holiday in Japanese; blank for other days. One in place of another is 振替休日 alone.

    Examples
    --------
    >>> from datetime import date
    >>> holiday_name(date(2026, 11, 23)), holiday_name(date(2026, 5, 6)), holiday_name(date(2026, 5, 7))
    ('勤労感謝の日', '振替休日', '')
    """
    name = str(jpholiday.is_holiday_name(day) or "")
    return _SUBSTITUTE if name.endswith(_SUBSTITUTE) else name
