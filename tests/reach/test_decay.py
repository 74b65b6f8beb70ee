"""Decay: what is refused, and that no form ever rises with distance."""

from __future__ import annotations

import numpy as np
import pytest

from resourcemap.errors import InputError
from resourcemap.reach.decay import FORMS, Decay


@pytest.mark.parametrize("form", FORMS)
def test_weights_fall_with_distance_and_end_at_the_limit(form):
    weights = Decay(800, form, 0.01).weights(np.arange(0.0, 900.0))
    assert (np.diff(weights) <= 0).all()
    assert weights[801:].tolist() == [0.0] * 99
    assert (weights >= 0).all()


@pytest.mark.parametrize(
    ("metres", "options"),
    [
        (0, {}),
        (np.nan, {}),
        (500, {"form": "cubic"}),
        (500, {"form": "power"}),
        (500, {"steps": ((500, 1), (300, 0.5))}),
        (500, {"steps": ((300, 1.0),)}),
    ],
)
def test_what_makes_no_sense_is_refused(metres, options):
    with pytest.raises(InputError):
        Decay(metres, **options)
