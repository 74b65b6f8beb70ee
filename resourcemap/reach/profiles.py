"""Who walks: pace on the flat, what slopes and steps do to it, and what cannot be passed (profiles.toml)."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from resourcemap.errors import InputError
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT = "adult"
_METRES_A_MINUTE = 1000 / 60  # at 1 km/h
# Steeper slopes in a file are faults of its heights; streets of 35 % are the steepest known.
_STEEPEST_BELIEVED = 0.5
_FASTEST = 30.0


@dataclass(frozen=True)
class Profile:
    """One who walks or rolls along streets.

    Parameters
    ----------
    id, ja, en
        Its id, and what people call it.
    kmh
        Speed on the flat, in km/h.
    slope_rate, slope_best
        Speed on a slope is ``kmh * exp(-slope_rate * (abs(slope - slope_best) - abs(slope_best)))``.
    steepest
        Steeper streets are not taken, up or down.
    steps
        Speed on steps as a share of `kmh`; 0 when steps are not taken.
    wheels
        Whether barriers to wheels close a street.
    sources
        Where the figures are from.
    """

    id: str
    ja: str
    en: str
    kmh: float
    slope_rate: float = 0.0
    slope_best: float = 0.0
    steepest: float = math.inf
    steps: float = 0.5
    wheels: bool = False
    sources: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    def minutes_per_metre(self, slope: np.ndarray, steps: np.ndarray) -> np.ndarray:
        """Return how long a metre takes on streets of a slope (in the direction walked); infinite where none is taken.

        An unknown slope counts as flat. Slopes beyond 50 % count as 50 %.

        Examples
        --------
        >>> adult = load_profiles()["adult"]
        >>> (80 * adult.minutes_per_metre(np.array([0, 0.1, -0.05]), np.array([False] * 3))).round(2).tolist()
        [1.0, 1.42, 0.84]
        """
        known = np.clip(np.nan_to_num(slope), -_STEEPEST_BELIEVED, _STEEPEST_BELIEVED)
        share = np.exp(-self.slope_rate * (np.abs(known - self.slope_best) - abs(self.slope_best)))
        share = np.where(steps, self.steps, share)
        share[np.abs(known) > self.steepest] = 0
        with np.errstate(divide="ignore"):
            paces: np.ndarray = 1 / (share * self.kmh * _METRES_A_MINUTE)
        return paces

    @property
    def metres_a_minute(self) -> float:
        """Speed on the flat.

        Examples
        --------
        >>> load_profiles()["adult"].metres_a_minute
        80.0
        """
        return self.kmh * _METRES_A_MINUTE


def load_profiles(own: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Profile]:
    """Return every profile by its id, with changes and additions of a project.

    Parameters
    ----------
    own
        Fields to change, by id. A new id takes what it does not say from ``adult``.

    Raises
    ------
    InputError
        When a field is unknown, or its value makes no sense.

    Examples
    --------
    >>> list(load_profiles())
    ['adult', 'older', 'stroller', 'wheelchair']
    >>> load_profiles({"older": {"kmh": 3.0}})["older"].kmh
    3.0
    """
    profiles = dict(_built_in())
    faults: list[str] = []
    for name, changes in (own or {}).items():
        found = _faults(name, changes)
        faults += found
        if found:
            continue
        base = profiles.get(name) or replace(profiles[DEFAULT], id=name, ja=name, en=name, sources={})
        sources = {**base.sources, **{key: "" for key in changes if key in base.sources}, **changes.get("sources", {})}
        profiles[name] = replace(base, **{**changes, "sources": sources})
    if faults:
        raise InputError(faults)
    return profiles


def profile_of(profile: str | Profile) -> Profile:
    """Return a profile by its id; a profile is returned as it is.

    Examples
    --------
    >>> profile_of("wheelchair").steepest
    0.08
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     profile_of("wheelchairs")
    Traceback (most recent call last):
    resourcemap.errors.InputError: profile: there is no 'wheelchairs'. Did you mean 'wheelchair'? Known: adult, older,
    stroller, wheelchair.
    """
    if isinstance(profile, Profile):
        return profile
    known = _built_in()
    if profile not in known:
        raise InputError(_unknown("profile", profile, list(known)))
    return known[profile]


@cache
def _built_in() -> Mapping[str, Profile]:
    content = tomllib.loads(files("resourcemap.reach").joinpath("profiles.toml").read_text(encoding="utf-8"))
    return {name: Profile(id=name, **values) for name, values in content.items()}


def _faults(name: str, changes: Mapping[str, Any]) -> list[str]:
    known = [each.name for each in fields(Profile) if each.name != "id"]
    faults = [_unknown(f"profiles.{name}", key, known) for key in changes if key not in known]
    ranges = {
        "kmh": (0.1, _FASTEST),
        "slope_rate": (0, 50),
        "slope_best": (-1, 1),
        "steepest": (0, math.inf),
        "steps": (0, 1),
    }
    for key, (least, most) in ranges.items():
        value = changes.get(key, least)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            faults.append(
                either(
                    ja=f"profiles.{name}: {key} が {value!r} です。{least}〜{most} の数を書いてください。",
                    en=f"profiles.{name}: {key} is {value!r}. Give a number from {least} to {most}.",
                )
            )
    if not isinstance(changes.get("wheels", False), bool):
        faults.append(
            either(
                ja=f"profiles.{name}: wheels が {changes['wheels']!r} です。true か false を書いてください。",
                en=f"profiles.{name}: wheels is {changes['wheels']!r}. Give true or false.",
            )
        )
    return faults


def _unknown(where: str, name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    hint = either(ja=f"{close[0]} のことですか。", en=f"Did you mean {close[0]!r}? ") if close else ""
    return either(
        ja=f"{where}: {name!r} はありません。{hint}使えるのは {', '.join(known)} です。",
        en=f"{where}: there is no {name!r}. {hint}Known: {', '.join(known)}.",
    )
