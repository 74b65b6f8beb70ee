"""How much a place counts that is farther away: weights of distance for floating catchments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from resourcemap.errors import InputError
from resourcemap.language import either

Form = Literal["steps", "gaussian", "linear", "exponential", "power"]
FORMS: tuple[Form, ...] = ("steps", "gaussian", "linear", "exponential", "power")
_NEEDS_PARAMETER = ("exponential", "power")


@dataclass(frozen=True)
class Decay:
    """A weight for every distance up to a limit; nothing counts beyond it.

    Parameters
    ----------
    metres
        The limit of the catchment; somebody exactly at it is inside.
    form
        ``steps``: the weight of the first step that a distance is within. ``gaussian``: from 1 at the place to 0 at
        the limit, ``(exp(-(d/m)**2 / 2) - exp(-1/2)) / (1 - exp(-1/2))`` (Dai 2010). ``linear``: ``1 - d/m``.
        ``exponential``: ``exp(-parameter * d)``. ``power``: ``max(d, 1) ** -parameter``.
    parameter
        Per metre for ``exponential``, an exponent for ``power``.
    steps
        Pairs of metres and weight, ascending, the last at `metres`; one step of weight 1 when there are none.

    Examples
    --------
    >>> Decay(1000).weights(np.array([0.0, 1000.0, 1000.1])).tolist()
    [1.0, 1.0, 0.0]
    >>> Decay(900, steps=((300, 1.0), (600, 0.68), (900, 0.22))).weights(np.array([300.0, 301.0, 899.0])).tolist()
    [1.0, 0.68, 0.22]
    >>> Decay(1000, "linear").weights(np.array([250.0])).tolist()
    [0.75]
    """

    metres: float
    form: Form = "steps"
    parameter: float = 0.0
    steps: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        ascending = all(a < b for (a, _), (b, _) in zip(self.steps, self.steps[1:], strict=False))
        if not (0 < self.metres < np.inf) or not ascending or (self.steps and self.steps[-1][0] != self.metres):
            raise InputError(
                either(
                    ja=f"距離減衰の段階 {list(self.steps)} は、近い順に並べ、最後を {self.metres:g}m（0より大）に"
                    "してください。",
                    en=f"The steps of a decay ({list(self.steps)}) must ascend and end at {self.metres:g} m, above 0.",
                )
            )
        if self.form not in FORMS or (self.form in _NEEDS_PARAMETER and not self.parameter > 0):
            raise InputError(
                either(
                    ja=f"距離減衰「{self.form}」は使えません。{', '.join(FORMS)} のどれかにし、"
                    f"{', '.join(_NEEDS_PARAMETER)} には0より大きい parameter を書いてください。",
                    en=f"A decay is one of {', '.join(FORMS)}; {' and '.join(_NEEDS_PARAMETER)} need a parameter "
                    f"above 0. It was {self.form} with {self.parameter:g}.",
                )
            )

    @property
    def code(self) -> int:
        """The number of the form, in the order of `FORMS`."""
        return FORMS.index(self.form)

    @property
    def table(self) -> np.ndarray:
        """The steps as an array (steps x 2)."""
        return np.array(self.steps or ((self.metres, 1.0),), dtype=float)

    def weights(self, metres: np.ndarray) -> np.ndarray:
        """Return the weight of each distance; 0 beyond the limit."""
        inside = metres <= self.metres
        return np.where(inside, self._curve(np.where(inside, metres, self.metres)), 0.0)

    def _curve(self, metres: np.ndarray) -> np.ndarray:
        if self.form == "steps":
            limit, weight = self.table.T
            return np.asarray(weight[np.searchsorted(limit, metres)])
        if self.form == "gaussian":
            edge = np.exp(-0.5)
            return np.asarray((np.exp(-0.5 * (metres / self.metres) ** 2) - edge) / (1 - edge))
        if self.form == "linear":
            return 1 - metres / self.metres
        if self.form == "exponential":
            return np.asarray(np.exp(-self.parameter * metres))
        return np.asarray(np.maximum(metres, 1.0) ** -self.parameter)
