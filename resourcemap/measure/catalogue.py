"""The measures of coverage: what each is called, its unit, formula and source, and what it does not say."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

PEOPLE, PLACES = "people", "places"
_UNITS_JA = {
    "people": "人",
    "activities": "件",
    "share": "割合（0〜1）",
    "m": "m",
    "activities per 1,000 people": "件／千人",
    "days per month": "日／月",
    "seat-hours per month": "席×時間／月",
    "seats per person": "席／人",
    "seats per person, shared out": "席／人（配分の合計）",
    "seats": "席",
    "0 to 1": "0〜1",
    "ratio": "倍",
}
# Figures of these units are whole numbers.
_WHOLE = ("people", "activities")


@dataclass(frozen=True)
class Measure:
    """One measure.

    Parameters
    ----------
    id
        What tables hold.
    ja, en
        What people read.
    unit
        Of its values.
    of
        What too few of make it uncertain.
    formula, formula_ja
        How it is made, in English and in Japanese.
    source
        Who has defined it.
    silent, silent_ja
        What it does not say.
    better
        Whether an area is better off with ``more`` or with ``less`` of it; blank where neither can be said, so that
        it makes no standard.
    """

    id: str
    ja: str
    en: str
    unit: str
    of: Literal["people", "places", "distance", "score"]
    formula: str
    formula_ja: str
    source: str
    silent: str
    silent_ja: str
    better: Literal["more", "less", ""] = ""

    @property
    def unit_ja(self) -> str:
        """Its unit in Japanese."""
        return _UNITS_JA[self.unit]

    @property
    def whole(self) -> bool:
        """Whether its values are whole numbers."""
        return self.unit in _WHOLE


@cache
def load_measures() -> dict[str, Measure]:
    """Return every measure by its id, in the order of the table of coverage.

    Examples
    --------
    >>> load_measures()["within"].unit, load_measures()["seat_hours"].whole
    ('people', False)
    """
    text = (files(__package__) / "measures.toml").read_text(encoding="utf-8")
    return {name: Measure(name, **entry) for name, entry in tomllib.loads(text).items()}


def as_markdown(measures: Iterable[Measure]) -> str:
    """Write measures as a table for people: name, unit, formula, source, and what it does not say.

    Examples
    --------
    >>> print(as_markdown([load_measures()["gini"]]).splitlines()[2].split("|")[1].strip())
    席の不平等（ジニ係数） `gini`
    """
    rows = ["| 数字 | 単位 | 式 | 出典 | この数字が言わないこと |", "|---|---|---|---|---|"]
    rows += [
        f"| {each.ja} `{each.id}` | {each.unit_ja} | {each.formula_ja} | {each.source} | {each.silent_ja} |"
        for each in measures
    ]
    return "\n".join(rows) + "\n"
