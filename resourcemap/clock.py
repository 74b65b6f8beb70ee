"""The only place that asks for today's date."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today() -> date:
    """Return today's date in Japan.

    Examples
    --------
    >>> today().year >= 2026
    True
    """
    return datetime.now(ZoneInfo("Asia/Tokyo")).date()
