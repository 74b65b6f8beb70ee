"""What calendars say, in five languages; the words are data, in words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


@cache
def words(language: str) -> dict[str, Any]:
    """Return the words of a language of `resourcemap.model.catalog.LANGUAGES`.

    Examples
    --------
    >>> words("en")["cost"], words("ja")["cost"]
    ('Cost', '費用')
    """
    return _all()[language]


def day_in_words(day: date, language: str) -> str:
    """Write a date in a language.

    Examples
    --------
    >>> from datetime import date
    >>> day_in_words(date(2026, 12, 1), "ja"), day_in_words(date(2026, 12, 1), "en")
    ('2026年12月1日', '2026-12-01')
    """
    said: str = words(language)["day"].format(year=day.year, month=day.month, day=day.day)
    return said


@cache
def _all() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("resourcemap.publish.calendar") / "words.toml").read_text(encoding="utf-8"))
