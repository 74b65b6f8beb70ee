"""What the portrait of an area says on paper, in Japanese and English; the words are data, in words.toml."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from resourcemap.model.tables import age_bounds
from resourcemap.model.way import DETOUR, STREETS, way_of

if TYPE_CHECKING:
    from datetime import date

    from resourcemap.model.catalog import Catalog


def words(language: str) -> dict[str, Any]:
    """Return the words of a language: Japanese ones, plain or not, and English ones for all others.

    Examples
    --------
    >>> words("ja-easy")["whole"], words("ko")["whole"]
    ('全体', 'whole')
    """
    return _all()["ja" if language.startswith("ja") else "en"]


def percent(share: float | None) -> str:
    """Write a share in whole percent, without its sign; never 0 or 100 when it is not.

    Examples
    --------
    >>> percent(0.256), percent(0.0001), percent(0.999), percent(None)
    ('26', '<1', '>99', '－')
    """
    if share is None:
        return "－"
    whole = share * 100
    if 0 < whole < 1:
        return "<1"
    return ">99" if 99 < whole < 100 else str(math.floor(whole + 0.5))


def group_label(group: str, label: str, catalog: Catalog, language: str) -> str:
    """Name people of a portrait: as it does in Japanese, by their ages in other languages.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> [group_label(group, "高齢者", load_catalog(), "en") for group in ("older", "age_15_64", "age_85_over")]
    ['Older people (65 and over)', '15 to 64', '85 and over']
    """
    if language.startswith("ja"):
        return label
    said = words(language)
    if group == "unknown_age":
        return str(said["unknown_age"])
    if group in catalog.audiences:
        return catalog.audiences[group].label(language)
    bounds = age_bounds(group)
    if bounds is None:
        return label
    first, last = bounds
    form = said["band_over" if last is None else "band"]
    return str(form.format(first=first, last=last))


def way_in_words(way: object, language: str) -> str:
    """Say how metres were measured.

    Examples
    --------
    >>> way_in_words("detour 1.3", "ja"), way_in_words("streets older", "en")
    ('直線の1.3倍', 'along streets')
    """
    found = way_of(way)
    name = found.form if found.form in (DETOUR, STREETS) else "straight"
    return str(words(language)[name].format(factor=found.detail))


def day_in_words(day: date | None, language: str) -> str:
    """Write the day that the figures are for; nothing without one.

    Examples
    --------
    >>> from datetime import date
    >>> day_in_words(date(2026, 11, 1), "ja"), day_in_words(date(2026, 11, 1), "en")
    ('2026年11月1日 現在', 'as of 2026-11-01')
    """
    if day is None:
        return ""
    return str(words(language)["day"].format(year=day.year, month=day.month, day=day.day))


@cache
def _all() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("resourcemap.publish.portrait") / "words.toml").read_text(encoding="utf-8"))
