"""The only place that asks for today's date, the time of day, or how long something takes."""

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


def moment() -> datetime:
    """Return today's date and the time of day in Japan, to the second, without a zone.

    Examples
    --------
    >>> moment().date() >= today()
    True
    """
    return datetime.now(ZoneInfo("Asia/Tokyo")).replace(microsecond=0, tzinfo=None)


def seconds() -> float:
    """Return the seconds of a clock that only runs forward, to limit how long a search takes.

    Examples
    --------
    >>> begin = seconds()
    >>> seconds() >= begin
    True
    """
    return time.monotonic()
