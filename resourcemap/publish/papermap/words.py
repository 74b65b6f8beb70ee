"""The words of the printed map, in every language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from resourcemap.model.catalog import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@cache
def words_of(language: str) -> Mapping[str, str]:
    """Return the words in a language of `resourcemap.model.catalog.LANGUAGES`; in Japanese for others.

    Examples
    --------
    >>> words_of("ja")["rail"], words_of("en")["rail"]
    ('鉄道', 'Railway')
    """
    text = (files("resourcemap.publish.papermap") / "words.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    return tables[language if language in LANGUAGES else "ja"]


def day_in(day: date | None, language: str) -> str:
    """Write the day that a map is for.

    Examples
    --------
    >>> from datetime import date
    >>> day_in(date(2026, 11, 1), "ja"), day_in(None, "ja")
    ('2026年11月1日 現在', '')
    """
    return "" if day is None else words_of(language)["day"].format(year=day.year, month=day.month, day=day.day)
