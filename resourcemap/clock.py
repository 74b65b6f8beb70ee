"""The only place that asks for today's date, or how long something takes."""

from __future__ import annotations

import time
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


def seconds() -> float:
    """Return the seconds of a clock that only runs forward, to limit how long a search takes.

    Examples
    --------
    >>> begin = seconds()
    >>> seconds() >= begin
    True
    """
    return time.monotonic()
