"""The words of lists, in five languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@cache
def words_in(language: str) -> Mapping[str, str]:
    """Return the words of lists in a language of `resourcemap.model.catalog.LANGUAGES`.

    Examples
    --------
    >>> words_in("ja")["suspended"], words_in("en")["suspended"]
    ('休止中', 'Suspended')
    """
    source = files("resourcemap.publish.lists") / "words.toml"
    known: dict[str, dict[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return known[language]


def day_said(day: date | None, language: str) -> str:
    """Say of which day a list is; nothing without a day.

    Examples
    --------
    >>> from datetime import date
    >>> day_said(date(2026, 11, 1), "ja"), day_said(None, "ja")
    ('2026年11月1日現在', '')
    """
    if day is None:
        return ""
    return words_in(language)["as_of"].format(year=day.year, month=day.month, day=day.day)
