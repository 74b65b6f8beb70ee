"""A choice in words, for the head of every list that does not hold everything."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from resourcemap.model.schedule.spans import clock
from resourcemap.plain import one_line
from resourcemap.publish.choice.choice import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from resourcemap.model.catalog import Catalog, Entry
    from resourcemap.publish.choice.choice import Choice


def said(
    choice: Choice, *, catalog: Catalog, areas: pd.DataFrame | None = None, not_known: int = 0, language: str = "ja"
) -> str:
    """Say what was chosen, blank where everything was.

    Parameters
    ----------
    choice
        What was chosen.
    catalog
        The kinds, audiences and facilities with their labels.
    areas
        The areas with their names (``system``, ``area_id``, ``area``); without them an area goes by its id.
    not_known
        How many rows were left out only because their days or hours are not known.
    language
        The language of the sentence, of `resourcemap.model.catalog.LANGUAGES`.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.publish.choice import Choice
    >>> said(Choice(kinds=("salon", "cafe"), days=("wed",), time="14:00-"), catalog=load_catalog(), not_known=2)
    'この一覧に載せたのは、次の条件に合うものです。種類はサロン・コミュニティカフェ、水曜日、14:00から後。このほかに、日時の分からないものが2件あります。'
    """
    if choice.is_empty:
        return ""
    words = words_in(language)
    groups = words["between"].join(_groups(choice, catalog, areas, words, language))
    sentence = words["sentence"].format(groups=groups)
    if language.startswith("ja"):
        sentence += "。"
    rest = words["left"].format(n=not_known) if not_known else ""
    return f"{sentence} {rest}".strip() if language in ("en", "ko") else sentence + rest


@cache
def words_in(language: str) -> Mapping[str, str]:
    """Return the words of a choice in a language.

    Examples
    --------
    >>> words_in("en")["wed"]
    'Wednesday'
    """
    source = files("resourcemap.publish.choice") / "words.toml"
    known: dict[str, dict[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return known[language]


def _groups(
    choice: Choice, catalog: Catalog, areas: pd.DataFrame | None, words: Mapping[str, str], language: str
) -> list[str]:
    """List what is said of each group in which something is chosen."""
    named = {
        "words": [one_line(choice.words)] if choice.words.strip() else [],
        "area": [_area_name(choice, areas)] if choice.area and choice.area[1] is not None else [],
        "kinds": _labels(choice.kinds, catalog.kinds, language),
        "audiences": _labels(choice.audiences, catalog.audiences, language),
        "facilities": _labels(choice.facilities, catalog.facilities, language),
        "languages": [one_line(each) for each in choice.languages_spoken],
        "days": [words[day] for day in WEEKDAYS if day in choice.days],
    }
    said = [words[group].format(text=words["or"].join(items)) for group, items in named.items() if items]
    said += _time(choice, words)
    if choice.asks_when and choice.unknown:
        said.append(words["unknown"])
    if choice.since is not None:
        said.append(words["since"].format(n=choice.since))
    return said


def _time(choice: Choice, words: Mapping[str, str]) -> list[str]:
    start, end = choice.minutes
    if start is None and end is None:
        return []
    form = "time_to" if start is None else "time_from" if end is None else "time"
    times = {"from": "" if start is None else clock(start), "to": "" if end is None else clock(end)}
    return [words[form].format(**times)]


def _labels(ids: Iterable[str], entries: Mapping[str, Entry], language: str) -> list[str]:
    """Name what was chosen as the map does: without what a label says in brackets."""
    labels = (entries[id_].label(language) if id_ in entries else one_line(id_) for id_ in ids)
    return [re.split(r"\s*[（(]", label)[0] for label in labels]


def _area_name(choice: Choice, areas: pd.DataFrame | None) -> str:
    system, area = choice.area or ("", None)
    if areas is not None:
        names = areas.loc[(areas["system"] == system) & (areas["area_id"] == area), "area"]
        if len(names):
            return one_line(str(names.iloc[0]))
    return one_line(str(area))
