"""Floating catchments: how much of what a kind offers is there for each person who shares it with the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, get_args

import numpy as np

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.reach.near import weighted_sums

if TYPE_CHECKING:
    from resourcemap.reach.decay import Decay

Method = Literal["two_step", "balanced", "availability"]


class Around(Protocol):
    """Sums of values with the weights of distance, from people to places and back."""

    def to_places(self, values: np.ndarray) -> np.ndarray:
        """Sum values of person points around every place."""

    def to_people(self, values: np.ndarray) -> np.ndarray:
        """Sum values of places around every person point."""


@dataclass(frozen=True)
class StraightLines:
    """Sums in straight lines, from coordinates in metres; no pair is ever listed."""

    homes: np.ndarray
    spots: np.ndarray
    decay: Decay

    def to_places(self, values: np.ndarray) -> np.ndarray:
        """Sum values of person points around every place."""
        return weighted_sums(self.spots, self.homes, values, self.decay)

    def to_people(self, values: np.ndarray) -> np.ndarray:
        """Sum values of places around every person point."""
        return weighted_sums(self.homes, self.spots, values, self.decay)


class Listed:
    """Sums over listed pairs, whatever way their metres were measured.

    Parameters
    ----------
    person, place, metres
        The pairs; those beyond the limit of `decay` do not count.
    people, places
        How many there are.
    decay
        The weight of a distance.
    """

    def __init__(
        self, person: np.ndarray, place: np.ndarray, metres: np.ndarray, *, people: int, places: int, decay: Decay
    ) -> None:
        near = metres <= decay.metres
        self._person, self._place = person[near], place[near]
        self._weight = decay.weights(metres[near])
        self._people, self._places = people, places

    def to_places(self, values: np.ndarray) -> np.ndarray:
        """Sum values of person points around every place."""
        return np.bincount(self._place, weights=values[self._person] * self._weight, minlength=self._places)

    def to_people(self, values: np.ndarray) -> np.ndarray:
        """Sum values of places around every person point."""
        return np.bincount(self._person, weights=values[self._place] * self._weight, minlength=self._people)


def floating_catchment(
    people: np.ndarray, supply: np.ndarray, around: Around, *, method: Method = "two_step"
) -> np.ndarray:
    """Share out what places offer among the people around them.

    Parameters
    ----------
    people
        How many live at each person point; not below 0.
    supply
        What each place offers (seats); 0 for a place that offers nothing or whose offer is not known.
    around
        Where people and places are, and the weight ``w`` of the distance between them.
    method
        ``two_step``: each place divides its supply by the people around it, each person sums what the places around
        offer (2SFCA; with weights that fall with distance E2SFCA). People near several places are counted at each
        of them, so demand and supply are both inflated. ``balanced``: people are divided over the places around
        them and places over the people around them, so that neither is inflated (BFCA). ``availability``: what of
        the supply falls to the people of each point together (spatial availability); divided by people it is the
        two-step figure with the same weights, and its sum over all is the supply that anybody reaches.

    Returns
    -------
    numpy.ndarray
        One number per person point: 0 where no place is near, never left out. Per person for the first, the level of
        service of the point for the second, the amount for the third.

    Raises
    ------
    InputError
        When people or supply are negative or not numbers, or the method is unknown.

    References
    ----------
    Luo and Wang (2003), Environment and Planning B 30(6): 2SFCA. Luo and Qi (2009), Health & Place 15(4): E2SFCA.
    Paez, Higgins and Vivona (2019), PLoS ONE 14(6): balanced. Soukhov, Paez, Higgins and Mohamed (2023), PLoS ONE
    18(1): spatial availability.

    Examples
    --------
    >>> from resourcemap.reach.decay import Decay
    >>> homes, hall = np.array([[0.0, 0.0], [400.0, 0.0], [900.0, 0.0]]), np.array([[0.0, 0.0]])
    >>> floating_catchment(np.array([30, 70, 50]), np.array([20.0]), StraightLines(homes, hall, Decay(500))).tolist()
    [0.2, 0.2, 0.0]
    """
    if method not in get_args(Method):
        raise InputError(
            either(
                ja=f"計算法 {method!r} はありません。使えるのは {', '.join(get_args(Method))} です。",
                en=f"Unknown method {method!r}. Known: {', '.join(get_args(Method))}.",
            )
        )
    _refuse(people, "people")
    _refuse(supply, "supply")
    live = np.asarray(people, dtype=float)
    if method == "balanced":
        live = _divided(live, around.to_people(np.ones(len(supply))))
    offered = _divided(np.asarray(supply, dtype=float), around.to_places(live))
    if method == "balanced":
        offered = _divided(offered, around.to_places(np.ones(len(people))))
    each = around.to_people(offered)
    return np.asarray(people, dtype=float) * each if method == "availability" else each


def _divided(amount: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Divide; where there is nothing to divide among, nothing goes out."""
    shares: np.ndarray = np.divide(amount, among, out=np.zeros(len(amount)), where=among > 0)
    return shares


def _refuse(numbers: np.ndarray, name: str) -> None:
    wrong = ~(np.asarray(numbers, dtype=float) >= 0) | ~np.isfinite(np.asarray(numbers, dtype=float))
    if not wrong.any():
        return
    rows = ", ".join(map(str, np.flatnonzero(wrong)[:5]))
    what = {"people": "人数", "supply": "供給（定員など）"}[name]
    raise InputError(
        either(
            ja=f"{what}に、負の数か数でないものが{wrong.sum()}件あります（位置 {rows}）。0以上の数にしてください。",
            en=f"{name}: {wrong.sum()} are negative or not numbers (positions {rows}). Give numbers of 0 or more.",
        )
    )
