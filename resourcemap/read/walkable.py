"""Which ways of OpenStreetMap may be walked, by whom and in which direction, from their tags."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# Tags that are looked at; tables of streets often have them as columns.
TAGS: Final = (
    *("highway", "foot", "access", "motorroad", "oneway:foot", "conveying", "incline"),
    *("wheelchair", "ramp:wheelchair"),
)
# With pavements or without: in Japan people walk on all of them but motorways.
_WALKED: Final = frozenset(
    {
        *("footway", "pedestrian", "path", "steps", "living_street", "residential", "unclassified", "service", "track"),
        *("road", "corridor", "crossing", "busway", "tertiary", "secondary", "primary", "trunk"),
        *("tertiary_link", "secondary_link", "primary_link", "trunk_link"),
    }
)
_ONLY_IF_SAID: Final = frozenset({"cycleway", "bridleway", "motorway", "motorway_link"})
_YES: Final = frozenset({"yes", "designated", "permissive", "official", "destination", "customers"})
_NO: Final = frozenset({"no", "private", "military", "use_sidepath"})
# Barriers that somebody on foot gets past and wheels do not.
_NO_WHEELS: Final = frozenset(
    {
        *("stile", "kissing_gate", "turnstile", "full-height_turnstile", "cycle_barrier", "motorcycle_barrier"),
        *("horse_stile", "log", "step", "debris", "hampshire_gate", "chain", "rope"),
    }
)
_NOBODY: Final = frozenset({"wall", "fence", "hedge", "retaining_wall", "ditch"})
_TRACK = re.compile(r"track_grade\d")
_WORDS = re.compile(r"\w+(?:-\w+)*")
_INCLINE = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(%|°)?")


@dataclass(frozen=True)
class Walk:
    """How a way is walked: the columns of the table of streets."""

    steps: bool = False
    oneway_foot: str = "both"
    closed: str | None = None
    slope: float = math.nan


def walk_of(tags: Mapping[str, str]) -> Walk | None:
    """Say how a way is walked, or ``None`` where nobody walks.

    Motorways and what is said to be closed to people on foot (``foot=no``, ``access=private``) are no streets here.
    The direction of cars (``oneway``) does not bind walkers; ``oneway:foot`` and moving stairs do. A way joined from
    several kinds is walked when one of them is, and has steps when one of them has.

    Examples
    --------
    >>> walk_of({"highway": "steps", "incline": "-20%"})
    Walk(steps=True, oneway_foot='both', closed=None, slope=-0.2)
    >>> walk_of({"highway": "residential", "access": "private"}) is None
    True
    """
    kinds = {"track" if _TRACK.fullmatch(word) else word for word in _words(tags.get("highway"))}
    foot, access = _words(tags.get("foot")), _words(tags.get("access"))
    invited = bool(foot & _YES)
    if not kinds & (_WALKED | _ONLY_IF_SAID if invited else _WALKED):
        return None
    if foot & _NO or (access & _NO and not invited) or (_words(tags.get("motorroad")) == {"yes"} and not invited):
        return None
    ramp = "yes" in _words(tags.get("ramp:wheelchair")) or "yes" in _words(tags.get("wheelchair"))
    closed = "wheels" if _words(tags.get("wheelchair")) == {"no"} else None
    return Walk("steps" in kinds and not ramp, _direction(tags), closed, slope_of(tags.get("incline", "")))


def barrier_of(tags: Mapping[str, str]) -> str | None:
    """Say to whom a barrier at a point of a way is closed: ``"everyone"``, ``"wheels"`` or nobody (``None``).

    A gate is open unless it is said to be locked or closed to people on foot.

    Examples
    --------
    >>> barrier_of({"barrier": "stile"}), barrier_of({"barrier": "gate"})
    ('wheels', None)
    >>> barrier_of({"barrier": "gate", "access": "private"})
    'everyone'
    """
    kinds = _words(tags.get("barrier"))
    foot, access = _words(tags.get("foot")), _words(tags.get("access"))
    if not kinds or kinds == {"no"}:
        return None
    shut = bool(foot & _NO) or bool((access & _NO or kinds & _NOBODY) and not foot & _YES)
    if shut or _words(tags.get("locked")) == {"yes"}:
        return "everyone"
    wheelchair = _words(tags.get("wheelchair"))
    raised = bool(kinds & {"kerb"}) and tags.get("kerb") == "raised"
    if wheelchair == {"no"} or ((kinds & _NO_WHEELS or raised) and wheelchair != {"yes"}):
        return "wheels"
    return None


def slope_of(text: str) -> float:
    """Read a slope as rise over run; not a number where only "up" or "down" is said, or nothing.

    Examples
    --------
    >>> slope_of("8%"), slope_of("-0.05"), round(slope_of("45°"), 6), slope_of("up")
    (0.08, -0.05, 1.0, nan)
    """
    match = _INCLINE.fullmatch(text.strip().replace("％", "%"))
    if match is None:
        return math.nan
    value = float(match[1])
    if match[2] == "°":
        return math.tan(math.radians(value)) if abs(value) < 90 else math.nan
    return value / 100 if match[2] else value


def _direction(tags: Mapping[str, str]) -> str:
    said = tags.get("oneway:foot", "").strip().lower()
    moving = tags.get("conveying", "").strip().lower()
    if said in ("yes", "1", "true") or moving == "forward":
        return "forward"
    return "backward" if said in ("-1", "reverse") or moving == "backward" else "both"


def _words(text: str | None) -> set[str]:
    return set(_WORDS.findall((text or "").lower()))
