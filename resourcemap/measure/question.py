"""What is asked of coverage: distances, kinds, whom, when, and how to judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.reach.decay import Decay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resourcemap.measure.conditions import Condition

DISTANCES = (300.0, 500.0, 800.0)
CATCHMENT = 1000.0
# Luo and Qi (2009) give the weights 1, 0.68 and 0.22 to the three thirds of a catchment.
STEPS = ((1 / 3, 1.0), (2 / 3, 0.68), (1.0, 0.22))


@dataclass(frozen=True)
class Question:
    """What coverage is asked.

    Parameters
    ----------
    distances
        Limits in metres; somebody exactly at one is within.
    kinds
        Ids of kinds, in the order wanted; every kind that occurs, in catalogue order, when not given.
    audiences
        Ids of audiences to count besides the one that each kind serves.
    slots
        Times of the week, or dates, to ask about (`read_slot` reads them from text); how often something must be open
        (`Often`); or several slots in each of which something must be (`Every`).
    at_least
        On what share of the dates of its weekday something must be open for a slot to count: 0 is any date, about
        0.8 every week: holidays and the new year fall out, of Mondays most. A monthly salon is open on a quarter.
    combinations
        Pairs of kinds: who has the first and lacks the second. The first must be among `kinds` where those are given.
    verified_within
        Months: figures are also made of those resources alone that somebody checked since then.
    catchment
        How far people count towards a place in a floating catchment, in metres.
    decay
        How much less they count with distance, in the enhanced floating catchment; three steps when not given.
    borderline
        People between this share less and this share more than a distance are told: theirs may be the other answer.
    few_people, few_places
        Figures about fewer than these are marked ``few``.
    measures
        Ids of the measures wanted (see `resourcemap.measure.catalogue.load_measures`); all when not given.

    Examples
    --------
    >>> Question(distances=[800, 500]).distances
    (500.0, 800.0)
    """

    distances: Sequence[float] = DISTANCES
    kinds: Sequence[str] | None = None
    audiences: Sequence[str] = ()
    slots: Sequence[Condition] = ()
    at_least: float = 0.0
    combinations: Sequence[tuple[str, str]] = ()
    verified_within: int | None = None
    catchment: float = CATCHMENT
    decay: Decay | None = None
    borderline: float = 0.1
    few_people: int = 10
    few_places: int = 2
    measures: Sequence[str] | None = None

    def __post_init__(self) -> None:
        faults = [*self._faults()]
        if faults:
            raise InputError(faults)
        object.__setattr__(self, "distances", tuple(sorted({float(metres) for metres in self.distances})))

    def _faults(self) -> Iterator[str]:
        wrong = [metres for metres in self.distances if not 0 < metres < float("inf")]
        if wrong or not self.distances:
            yield either(
                ja=f"距離 {wrong} は使えません。0より大きい数（m）を書いてください。",
                en=f"Distances {wrong} make no sense. Give numbers above 0 (metres).",
            )
        if not 0 < self.catchment < float("inf"):
            yield either(
                ja=f"浮動圏の距離 {self.catchment:g} は使えません。0より大きい数（m）を書いてください。",
                en=f"A catchment of {self.catchment:g} makes no sense. Give a number above 0 (metres).",
            )
        for ja, en, share in (("開催の割合", "at_least", self.at_least), ("境目の幅", "borderline", self.borderline)):
            if not 0 <= share <= 1:
                yield either(
                    ja=f"{ja} {share:g} は使えません。0〜1の数を書いてください。",
                    en=f"{en} of {share:g} makes no sense. Give a share from 0 to 1.",
                )
        if self.verified_within is not None and not self.verified_within > 0:
            yield either(
                ja=f"確認からの月数 {self.verified_within} は使えません。1以上の整数を書いてください。",
                en=f"verified_within of {self.verified_within} months makes no sense. Give 1 or more.",
            )

    @property
    def farthest(self) -> float:
        """The metres up to which every pair must be known."""
        edge = max(self.distances) + self.borderline * max(self.distances)
        return max(edge, self.catchment, self.enhanced.metres)

    @property
    def plain(self) -> Decay:
        """Everybody in the catchment counts alike."""
        return Decay(self.catchment)

    @property
    def enhanced(self) -> Decay:
        """Those farther away count less."""
        if self.decay is not None:
            return self.decay
        return Decay(self.catchment, steps=tuple((share * self.catchment, weight) for share, weight in STEPS))

    def asks(self, *measures: str) -> bool:
        """Tell whether one of some measures is wanted."""
        return self.measures is None or not set(measures).isdisjoint(self.measures)
