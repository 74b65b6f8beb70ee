"""Who walks: every profile of the file, and those of a project."""

import math

import numpy as np
import pytest

from resourcemap.errors import InputError
from resourcemap.reach.profiles import load_profiles, profile_of


@pytest.mark.parametrize("profile", load_profiles().values(), ids=lambda profile: profile.id)
def test_every_profile_says_where_its_figures_are_from(profile):
    asked = {"kmh", "steps"} | ({"slope"}) | ({"steepest"} if math.isfinite(profile.steepest) else set())
    assert asked <= set(profile.sources)
    assert all(profile.sources.values())
    assert profile.ja
    assert profile.en
    assert 0 < profile.kmh < 10


def test_the_adult_walks_as_tobler_says():
    slopes = np.linspace(-0.4, 0.4, 9)
    minutes = profile_of("adult").minutes_per_metre(slopes, np.zeros(9, dtype=bool))
    tobler = 6 * np.exp(-3.5 * np.abs(slopes + 0.05))
    level = 6 * np.exp(-3.5 * 0.05)
    assert (1 / minutes) == pytest.approx(80 * tobler / level)


def test_a_slope_nobody_knows_is_flat_and_one_nobody_believes_is_the_steepest_believed():
    adult = profile_of("adult")
    flat, unknown, half, wall = adult.minutes_per_metre(np.array([0, np.nan, 0.5, 40]), np.zeros(4, dtype=bool))
    assert flat == unknown
    assert half == wall < math.inf


def test_steps_and_steep_streets_are_taken_or_not():
    slope, steps = np.array([0.0, 0.08, 0.081, -0.081]), np.array([True, False, False, False])
    assert np.isfinite(profile_of("wheelchair").minutes_per_metre(slope, steps)).tolist() == [False, True, False, False]
    assert np.isfinite(profile_of("stroller").minutes_per_metre(slope, steps)).tolist() == [False, True, True, True]
    assert profile_of("adult").minutes_per_metre(slope, steps)[0] == pytest.approx(2 / 80)


def test_a_project_changes_and_adds_profiles():
    own = {"older": {"kmh": 2.5, "sources": {"kmh": "measured"}}, "powered": {"kmh": 6, "steps": 0, "wheels": True}}
    profiles = load_profiles(own)
    assert (profiles["older"].kmh, profiles["older"].slope_rate, profiles["older"].sources["kmh"]) == (
        2.5,
        3.5,
        "measured",
    )
    assert (profiles["powered"].id, profiles["powered"].wheels, profiles["powered"].sources) == ("powered", True, {})
    assert load_profiles({"adult": {"kmh": 5}})["adult"].sources["kmh"] == ""
    assert load_profiles()["older"].kmh == 3.6


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kmh": 0}, r"profiles.older: kmh is 0. Give a number from 0.1 to 30"),
        ({"kmh": math.nan}, "kmh is nan"),
        ({"kmh": "fast"}, "kmh is 'fast'"),
        ({"steps": True}, "steps is True"),
        ({"steepest": -1}, "steepest is -1"),
        ({"speed": 3}, "there is no 'speed'"),
        ({"khm": 3}, r"there is no 'khm'. Did you mean 'kmh'\?"),
        ({"wheels": "no"}, "wheels is 'no'. Give true or false"),
    ],
)
def test_nonsense_is_refused(changes, message):
    with pytest.raises(InputError, match=message):
        load_profiles({"older": changes})
