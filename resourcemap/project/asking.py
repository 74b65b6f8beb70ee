"""What the settings ask of reach and coverage, in the terms of the library."""

from __future__ import annotations

import difflib
import math
import re
from typing import TYPE_CHECKING, Any

from resourcemap.errors import InputError, ProjectError
from resourcemap.language import either
from resourcemap.measure.question import Question
from resourcemap.project.settings import NAME, require_known
from resourcemap.reach.decay import Decay
from resourcemap.reach.profiles import load_profiles
from resourcemap.reach.slot_words import read_slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from resourcemap.model.catalog import Catalog
    from resourcemap.reach.profiles import Profile
    from resourcemap.reach.slot_words import Slot

# What the printed table, the map and the gaps need; the others are made when every figure is asked for.
PRINTED = (
    *("people", "unknown_age", "visited", "within", "share_within", "beyond"),
    *("resources", "approximate", "visiting", "uncounted", "per_1000"),
    *("nearest_mean_m", "nearest_median_m", "nearest_p90_m"),
)
_OF_REACH = ("detour", "streets", "profile")
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
    in_pairs = [kind for pair in pairs for kind in pair]
    require_known("[coverage] combinations", in_pairs, list(catalog.kinds), meant=catalog.kind_of)
    require_known(
        "[coverage] audiences",
        asked.get("audiences", []),
        list(catalog.audiences),
        meant=lambda word: next(iter(catalog.audiences_of(word)), None),
    )
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


def options_of(catalog: Catalog, **given: Any) -> dict[str, dict[str, Any]]:
    """Turn options of the command line into the sections ``[coverage]`` and ``[reach]``; what is not given is left out.

    Kinds and audiences may be given by their id or by any word for them.

    Raises
    ------
    InputError
        When a word, a slot or a profile is not known; every one is told.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> options_of(load_catalog(), kinds=["サロン"], combinations=["サロン,食糧支援"], detour=1.3)
    {'coverage': {'kinds': ['salon'], 'combinations': [['salon', 'pantry']]}, 'reach': {'detour': 1.3}}
    """
    asked = {name: value for name, value in given.items() if value not in (None, [], ())}
    faults: list[str] = []
    if "kinds" in asked:
        asked["kinds"] = [_kind(word, catalog, faults) for word in asked["kinds"]]
    if "combinations" in asked:
        asked["combinations"] = [_pair(words, catalog, faults) for words in asked["combinations"]]
    if "audiences" in asked:
        asked["audiences"] = [_audience(word, catalog, faults) for word in asked["audiences"]]
    if "slots" in asked:
        asked["slots"] = list(dict.fromkeys(asked["slots"]))
    for text in asked.get("slots", []):
        try:
            read_slot(text)
        except InputError as error:
            faults += error.faults
    if "profile" in asked and asked["profile"] not in load_profiles():
        faults.append(_unknown(asked["profile"], load_profiles()))
    faults += _faults(asked)
    if faults:
        raise InputError(faults)
    reach = {name: asked.pop(name) for name in _OF_REACH if name in asked}
    return {"coverage": asked, "reach": reach}


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


def _faults(asked: Mapping[str, Any]) -> Iterator[str]:
    """Say what cannot be, or would do nothing: nobody should think that it was considered."""
    if not all(math.isfinite(metres) for metres in (*asked.get("distances", []), asked.get("detour", 1.0))):
        yield either(
            ja="--distance と --detour は、有限の数にしてください。", en="--distance and --detour must be finite."
        )
    if "streets" in asked and "detour" in asked:
        yield either(
            ja="--detour は直線に掛ける係数です。--streets（道のり）と一緒には使えません。",
            en="--detour lengthens straight lines. It cannot go with --streets.",
        )
    if "at_least" in asked and not {"slots", "week"} & set(asked):
        yield either(
            ja="--at-least は、--slot か --week と一緒に使ってください。", en="--at-least needs --slot or --week."
        )
    for name, option in {"csv": "--out", "figures": "--figures", "week": "--week"}.items():
        if name in asked and asked[name].suffix.lower() != ".csv":
            yield either(
                ja=f"{option} {asked[name].name}: ファイルの名前は .csv にしてください（Excelで開けます）。",
                en=f"{option} {asked[name].name}: name a .csv file (Excel opens it).",
            )


def _kind(word: str, catalog: Catalog, faults: list[str]) -> str:
    found = catalog.kind_of(word)
    if found is None:
        faults.append(_unknown(word, [*(entry.label("ja") for entry in catalog.kinds.values()), *catalog.kinds]))
    return found or word


def _audience(word: str, catalog: Catalog, faults: list[str]) -> str:
    found = (word,) if word in catalog.audiences else catalog.audiences_of(word)
    if not found:
        faults.append(_unknown(word, catalog.audiences))
    return found[0] if found else word


def _pair(words: str, catalog: Catalog, faults: list[str]) -> list[str]:
    parts = re.split("[,、，]", words)
    if len(parts) != 2:
        faults.append(
            either(
                ja=f"「{words}」は、ある種類と、ない種類を「サロン,フードパントリー」のように2つ書いてください。",
                en=f'{words}: name the kind that is there and the one that is lacking, such as "salon,pantry".',
            )
        )
        return parts
    return [_kind(part.strip(), catalog, faults) for part in parts]


def _unknown(word: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    hint_ja, hint_en = (f"もしかして {near[0]} ですか。", f" Did you mean {near[0]}?") if near else ("", "")
    return either(
        ja=f"「{word}」はありません。{hint_ja}使えるのは {'、'.join(names)} です。",
        en=f"There is no {word}.{hint_en} Known: {', '.join(names)}.",
    )


def _decay(asked: object, metres: float) -> Decay:
    """Read ``decay``: a form, or pairs of metres and weight."""
    try:
        if isinstance(asked, str):
            return Decay(metres, asked)  # type: ignore[arg-type]
        if isinstance(asked, dict):
            return Decay(metres, asked.get("form", ""), float(asked.get("parameter", 0)))
        steps = tuple((float(step[0]), float(step[1])) for step in asked)  # type: ignore[attr-defined]
        return Decay(steps[-1][0], steps=steps)
    except InputError as error:
        raise ProjectError([f"{NAME}: [coverage] decay: {fault}" for fault in error.faults]) from error
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise ProjectError(
            either(
                ja=f'{NAME}: [coverage] decay は "gaussian" のような形か、[[300, 1.0], [1000, 0.3]] のような'
                "距離と重みの並びで書いてください。",
                en=f'{NAME}: [coverage] decay is a form such as "gaussian", or pairs of metres and weight such as '
                "[[300, 1.0], [1000, 0.3]].",
            )
        ) from error
