"""A choice from the words in which people ask: names instead of ids, 水曜 as well as wed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.errors import QuestionError, unknown
from resourcemap.language import either
from resourcemap.publish.choice.choice import WEEKDAYS, Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from resourcemap.model.catalog import Catalog, Entry

_JAPANESE = dict(zip("月火水木金土日", WEEKDAYS, strict=True))
_ENGLISH = dict(
    zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), WEEKDAYS, strict=True)
)
_SEVERAL = {"平日": WEEKDAYS[:5], "土日": WEEKDAYS[5:], "週末": WEEKDAYS[5:]}


def named(
    *,
    words: Iterable[str] = (),
    kinds: Iterable[str] = (),
    audiences: Iterable[str] = (),
    facilities: Iterable[str] = (),
    languages_spoken: Iterable[str] = (),
    days: Iterable[str] = (),
    time: str = "",
    unknown_days: bool = False,
    since: int | None = None,
    area: str = "",
    catalog: Catalog,
    areas: pd.DataFrame | None = None,
    system: str | None = None,
) -> Choice:
    """Make a choice from names or ids.

    Parameters
    ----------
    words, languages_spoken, time, since
        As in `Choice`; several words are looked for together.
    kinds, audiences, facilities
        Ids, labels in any language, or everyday words of the catalogue.
    days
        ``wed``, ``Wednesday``, ``水``, ``水曜``, ``水曜日``, ``平日`` or ``土日``.
    unknown_days
        Whether those come along whose days are not known.
    area
        The name or the id of an area, or ``圏域~中央`` with its system before it.
    catalog
        The kinds, audiences and facilities.
    areas
        The areas of every system (``system``, ``area_id``, ``area``).
    system
        The system that is looked at first.

    Raises
    ------
    QuestionError
        For every word that names nothing, with what there is: all at once.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> choice = named(kinds=["サロン", "cafe"], days=["水曜日", "土日"], audiences=["高齢者"], catalog=load_catalog())
    >>> choice.kinds, choice.days, choice.audiences
    (('salon', 'cafe'), ('wed', 'sat', 'sun'), ('older',))
    """
    faults: list[str] = []

    def ids(
        where: str, asked: Iterable[str], find: Callable[[str], tuple[str, ...]], known: Iterable[str]
    ) -> tuple[str, ...]:
        found = {word: find(word.strip()) for word in asked}
        faults.extend(unknown(where, word, known) for word, each in found.items() if not each)
        return tuple(dict.fromkeys(id_ for each in found.values() for id_ in each))

    of_kinds = ids(either(ja="種類", en="kinds"), kinds, _of_kinds(catalog), _labels(catalog.kinds))
    for_whom, with_what = catalog.audiences, catalog.facilities
    of_audiences = ids(
        either(ja="対象", en="audiences"), audiences, _of(for_whom, catalog.audiences_of), _labels(for_whom)
    )
    of_facilities = ids(
        either(ja="設備", en="facilities"), facilities, _of(with_what, catalog.facilities_of), _labels(with_what)
    )
    of_days = ids(either(ja="曜日", en="days"), days, _weekdays, [*_JAPANESE, *WEEKDAYS])
    place = _area(area.strip(), areas, system)
    if area.strip() and place is None:
        faults.append(unknown(either(ja="区域", en="areas"), area, _area_names(areas, system)))
    if faults:
        raise QuestionError(faults)
    return Choice(
        words=" ".join(words).strip(),
        kinds=of_kinds,
        audiences=of_audiences,
        facilities=of_facilities,
        languages_spoken=tuple(dict.fromkeys(languages_spoken)),
        days=of_days,
        time=time.replace("〜", "-").replace("～", "-"),
        unknown=unknown_days,
        since=since,
        area=place,
    )


def _of_kinds(catalog: Catalog) -> Callable[[str], tuple[str, ...]]:
    return lambda word: (word,) if word in catalog.kinds else tuple(filter(None, [catalog.kind_of(word)]))


def _of(entries: Mapping[str, Entry], find: Callable[[str], tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    return lambda word: (word,) if word in entries else find(word)


def _labels(entries: Mapping[str, Entry]) -> list[str]:
    return [entry.label(either(ja="ja", en="en")) for entry in entries.values()]


def _weekdays(word: str) -> tuple[str, ...]:
    plain = word.lower()
    if plain in (*WEEKDAYS, "today", "now"):
        return (plain,)  # a choice says itself why the last two will not do
    if plain in _ENGLISH:
        return (_ENGLISH[plain],)
    if word in _SEVERAL:
        return _SEVERAL[word]
    letter = word.removesuffix("日").removesuffix("曜") if len(word) > 1 else word
    return (_JAPANESE[letter],) if letter in _JAPANESE else ()


def _area(word: str, areas: pd.DataFrame | None, system: str | None) -> tuple[str, str | None] | None:
    """Find an area by name or id, in the system named before it, else in the one looked at first, else in any."""
    if areas is None or not word:
        return None
    named, within, rest = word.partition("~")
    if within and named in set(areas["system"]):
        areas, word = areas[areas["system"] == named], rest
    found = areas[(areas["area"] == word) | (areas["area_id"] == word)]
    if not len(found):
        return None
    first = found.iloc[(found["system"] != system).to_numpy().argmin()]
    return str(first["system"]), str(first["area_id"])


def _area_names(areas: pd.DataFrame | None, system: str | None) -> list[str]:
    if areas is None:
        return []
    here = areas[areas["system"] == system]
    return [str(name) for name in pd.unique((here if len(here) else areas)["area"])]
