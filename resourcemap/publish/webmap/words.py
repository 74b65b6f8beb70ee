"""What the page says, in five languages, and how its Japanese is read."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.model.catalog import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from resourcemap.model.catalog import Catalog, Entry

JAPANESE = ("ja", "ja-easy")
_FILES = files("resourcemap.publish.webmap") / "words"
# As browsers and screen readers know a language.
_TAGS = {"ja-easy": "ja", "zh": "zh-Hans"}
_DATES = {"en": "{day} {name} {year}", "ko": "{year}년 {month}월 {day}일"}
_DATE = "{year}年{month}月{day}日"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)


def languages_in_order(first: str, asked: Sequence[str] | None = None) -> tuple[str, ...]:
    """Return the languages of a page, the one in which it opens first.

    Parameters
    ----------
    first
        The language in which the page opens; it need not be among those asked for.
    asked
        Those that the reader may choose, all of `resourcemap.model.catalog.LANGUAGES` unless given.

    Raises
    ------
    InputError
        For a language that the page does not speak.

    Examples
    --------
    >>> languages_in_order("en", ["ja", "en"])
    ('en', 'ja')
    """
    wanted = [first, *(LANGUAGES if asked is None else asked)]
    unknown = [language for language in wanted if language not in LANGUAGES]
    if unknown:
        known = ", ".join(LANGUAGES)
        raise InputError(
            either(
                ja=f"地図のことば {unknown[0]!r} はありません。使えるのは {known} です。",
                en=f"There is no page in language {unknown[0]!r}. Known: {known}.",
            )
        )
    return tuple(dict.fromkeys(wanted))


@cache
def words_in(language: str) -> dict[str, str]:
    """Return the words of the page in a language of `resourcemap.model.catalog.LANGUAGES`.

    A blank such as ``{n}`` is filled in by the page; ``{n:place|places}`` is the word for one or for several.

    Examples
    --------
    >>> words_in("ja")["tab_map"], words_in("ko")["tab_map"]
    ('地図', '지도')
    """
    known: dict[str, str] = tomllib.loads((_FILES / f"{language}.toml").read_text(encoding="utf-8"))
    return known


def words_of(languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the words of the page in some languages.

    Examples
    --------
    >>> {language: words["close"] for language, words in words_of(["ja", "en"]).items()}
    {'ja': '閉じる', 'en': 'Close'}
    """
    return {language: words_in(language) for language in languages}


def terms_of(catalog: Catalog, languages: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Return the labels of the catalogue in some languages, each group in the order of the catalogue.

    A kind of the project's own that has no label in a language stands there with the nearest one it has. What the
    label of an audience says in brackets is left out: how a group is counted matters to figures only.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> terms = terms_of(load_catalog(), ["en", "zh"])
    >>> terms["en"]["audiences"][1], terms["zh"]["kinds"][0]
    ('Older people', '居民交流沙龙')
    """
    return {
        language: {
            "kinds": _labels(catalog.kinds, language),
            "themes": _labels(catalog.themes, language),
            "audiences": [_without_note(label) for label in _labels(catalog.audiences, language)],
            "facilities": _labels(catalog.facilities, language),
        }
        for language in languages
    }


@cache
def readings() -> dict[str, dict[str, str]]:
    """Return how the page's own Japanese is read: ``words``, ``numbers`` (behind a figure) and ``alone``.

    Of words that begin at the same letter the longest holds.

    Examples
    --------
    >>> readings()["words"]["会場"], readings()["words"]["人"], readings()["numbers"]["人"]
    ('かいじょう', 'ひと', 'にん')
    """
    known: dict[str, dict[str, str]] = tomllib.loads((_FILES / "readings.toml").read_text(encoding="utf-8"))
    return known


def readings_of(languages: Iterable[str]) -> dict[str, Any] | None:
    """Return the readings for a page in some languages, nothing where none of them is Japanese.

    Examples
    --------
    >>> readings_of(["en", "zh"]) is None, readings_of(["en", "ja-easy"])["alone"]["水"]
    (True, 'すい')
    """
    return readings() if set(languages) & set(JAPANESE) else None


def day_in(day: date, language: str) -> str:
    """Write a day as the page does, which asks the browser.

    Examples
    --------
    >>> from datetime import date
    >>> [day_in(date(2026, 11, 4), language) for language in ("ja-easy", "en", "ko")]
    ['2026年11月4日', '4 November 2026', '2026년 11월 4일']
    """
    parts = {"year": day.year, "month": day.month, "day": day.day, "name": _MONTHS[day.month - 1]}
    return _DATES.get(language, _DATE).format(**parts)


def tag_of(language: str) -> str:
    """Return the language of a page as ``<html lang>`` has it.

    Examples
    --------
    >>> [tag_of(language) for language in ("ja-easy", "en", "zh")]
    ['ja', 'en', 'zh-Hans']
    """
    return _TAGS.get(language, language)


def _labels(entries: Mapping[str, Entry], language: str) -> list[str]:
    return [entry.label(language) for entry in entries.values()]


def _without_note(label: str) -> str:
    return re.split(r"\s*[（(]", label)[0]
