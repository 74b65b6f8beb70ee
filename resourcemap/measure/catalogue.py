"""The measures of coverage: what each is called, its unit, formula and source, and what it does not say."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

PEOPLE, PLACES = "people", "places"
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
    formula
        How it is made.
    source
        Who has defined it.
    silent
        What it does not say.
    """

    id: str
    ja: str
    en: str
    unit: str
    of: Literal["people", "places", "distance", "score"]
    formula: str
    source: str
    silent: str

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
