"""What the settings ask of reach and coverage, in the terms of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.errors import InputError, ProjectError
from resourcemap.language import either
from resourcemap.measure.question import Question
from resourcemap.project.settings import NAME, require_known
from resourcemap.reach.decay import Decay
from resourcemap.reach.profiles import load_profiles
from resourcemap.reach.slot_words import read_slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from resourcemap.model.catalog import Catalog
    from resourcemap.reach.profiles import Profile
    from resourcemap.reach.slot_words import Slot

# What the printed table, the map and the gaps need; the others are made when every figure is asked for.
PRINTED = (
    *("people", "unknown_age", "visited", "within", "share_within", "beyond"),
    *("resources", "approximate", "visiting", "uncounted", "per_1000"),
    *("nearest_mean_m", "nearest_median_m", "nearest_p90_m"),
)
_PLAIN = ("at_least", "verified_within", "catchment", "borderline", "few_people", "few_places")


def question_of(
    asked: Mapping[str, Any], *, distances: Sequence[float], kinds: Sequence[str], catalog: Catalog, every: bool
) -> Question:
    """Turn the section ``[coverage]`` into a question.

    Parameters
    ----------
    asked
        What the section says.
    distances, kinds
        Those of the project.
    catalog
        The kinds and audiences.
    every
        Whether every measure is wanted; only those that are printed otherwise.

    Raises
    ------
    ProjectError
        When a kind or an audience is not known, or a slot cannot be read.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> asked = {"slots": ["日 12:00-13:00"], "combinations": [["salon", "pantry"]]}
    >>> question_of(asked, distances=[500], kinds=["salon"], catalog=load_catalog(), every=True).combinations
    (('salon', 'pantry'),)
    """
    pairs = tuple((str(has), str(lacks)) for has, lacks in asked.get("combinations", []))
    require_known("[coverage] combinations", [kind for pair in pairs for kind in pair], list(catalog.kinds))
    require_known("[coverage] audiences", asked.get("audiences", []), list(catalog.audiences))
    plain = {name: asked[name] for name in _PLAIN if name in asked}
    if "decay" in asked:
        plain["decay"] = _decay(asked["decay"], float(asked.get("catchment", Question().catchment)))
    return Question(
        distances=distances,
        kinds=[*kinds, *(has for has, _ in pairs if has not in kinds)],
        audiences=tuple(asked.get("audiences", [])),
        slots=slots_of(asked.get("slots", [])),
        combinations=pairs,
        measures=None if every else PRINTED,
        **plain,
    )


def slots_of(texts: Iterable[str]) -> tuple[Slot, ...]:
    """Read the slots of the settings; every one that cannot be read is told at once.

    Examples
    --------
    >>> [slot.label for slot in slots_of(["土日 午前"])]
    ['土日 午前']
    """
    slots, faults = [], []
    for text in texts:
        try:
            slots.append(read_slot(text))
        except InputError as error:
            faults += [f"{NAME}: [coverage] slots: {fault}" for fault in error.faults]
    if faults:
        raise ProjectError(faults)
    return tuple(slots)


def profile_of(asked: Mapping[str, Any]) -> Profile:
    """Return who walks, from the section ``[reach]``.

    Examples
    --------
    >>> profile_of({"profile": "older"}).kmh, profile_of({"profiles": {"adult": {"kmh": 4.0}}}).kmh
    (3.6, 4.0)
    """
    profiles = load_profiles(asked.get("profiles"))
    name = str(asked.get("profile", "adult"))
    require_known("[reach] profile", [name], list(profiles))
    return profiles[name]


def _decay(asked: object, metres: float) -> Decay:
    """Read ``decay``: a form, or pairs of metres and weight."""
    if isinstance(asked, str):
        return Decay(metres, asked)  # type: ignore[arg-type]
    if isinstance(asked, dict):
        return Decay(metres, asked.get("form", ""), float(asked.get("parameter", 0)))
    try:
        steps = tuple((float(step[0]), float(step[1])) for step in asked)  # type: ignore[attr-defined]
        return Decay(steps[-1][0], steps=steps)
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise ProjectError(
            either(
                ja=f'{NAME}: [coverage] decay は "gaussian" のような形か、[[300, 1.0], [1000, 0.3]] のような'
                "距離と重みの並びで書いてください。",
                en=f'{NAME}: [coverage] decay is a form such as "gaussian", or pairs of metres and weight such as '
                "[[300, 1.0], [1000, 0.3]].",
            )
        ) from error
