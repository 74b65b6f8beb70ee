"""Which fields of a row its consent covers, as a cell of 公開する項目 says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from resourcemap.model.consent.words import plain, words

if TYPE_CHECKING:
    from collections.abc import Mapping

# The columns of each group that a cell may name. What stands in none (kind, status, the day of the last check) goes
# with the row.
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "kana"),
    "place": ("venue", "address"),
    "schedule": ("schedule", "valid_from", "valid_to"),
    "phone": ("phone",),
    "provider": ("provider",),
    "description": ("description",),
    "serves": ("serves",),
    "audience": ("audience", "audience_text"),
    "capacity": ("capacity",),
    "cost": ("cost",),
    "how_to_join": ("how_to_join",),
    "url": ("url",),
    "facilities": ("facilities",),
    "languages": ("languages",),
}
BY_WORD: Final = ("home", "mobile", "person", "email")

_APART = re.compile(r"[・、,/;+\n]|及び|および|と")
_EXCEPT = re.compile(r"(?:以外(?:の項目)?(?:は?(?:すべて|全て|全部))?(?:は?(?:可|公開可?))?|(?:を|は)?除く)$")
_NOT = re.compile(r"(?:は|を|も)?(?:公開|掲載)?(?:不可|ng|しない|×|なし|非公開|を?伏せる)$")
_ONLY = re.compile(r"(?:のみ|だけ)(?:は|を|も)?(?:公開|掲載)?(?:可能?|ok|よい|してよい|する|○)?$")
_MAY = re.compile(r"(?:は|を|も)?(?:公開|掲載)?(?:可能?|ok|よい|してよい|する|○|含む|を含む)$")


@dataclass(frozen=True)
class Permit:
    """What the consent of a row covers.

    Parameters
    ----------
    groups
        The groups of columns that may be shown (`GROUPS`).
    by_word
        What is shown only where the row says so itself (`BY_WORD`): somebody's home, mobile numbers, names of people,
        e-mail addresses.
    """

    groups: frozenset[str] = frozenset(GROUPS)
    by_word: frozenset[str] = frozenset()

    @property
    def withheld(self) -> tuple[str, ...]:
        """The columns that may not be shown."""
        return tuple(column for group, columns in GROUPS.items() if group not in self.groups for column in columns)


def permit_of(text: object) -> Permit | None:
    """Read a cell of 公開する項目; ``None`` when it is not certain what it covers, so that nothing is shown.

    A blank cell covers all fields. A list of fields covers those alone; what is excepted (電話以外, 住所は不可) leaves
    the rest. Somebody's home, mobile numbers, names of people and e-mail addresses must be named in any case. A word
    beside a refusal that may belong to it (電話・住所は不可) leaves it open, and so does a refusal of everything.

    Examples
    --------
    >>> permit_of("名称・日時のみ").groups == {"name", "schedule"}
    True
    >>> permit_of("電話と住所以外").withheld, permit_of("全部、個人宅も可").by_word
    (('venue', 'address', 'phone'), frozenset({'home'}))
    >>> permit_of("要相談") is None, permit_of("電話・住所は不可") is None, permit_of(None) == Permit()
    (True, True, True)
    """
    if not isinstance(text, str) or not text.strip().strip("-‐–—−ー"):
        return Permit()
    folded = re.sub(r"[^\S\n]", "", plain(text).lower().strip()).rstrip("。.")
    bare = _EXCEPT.sub("", folded)
    said = [_said(part) for part in _APART.split(bare) if part]
    if not said or None in said:
        return None
    parts = [part for part in said if part]
    return _without(parts) if bare != folded else _listed(parts)


def _without(parts: list[tuple[str, str]]) -> Permit | None:
    """Return what is left beside the fields that are excepted."""
    words = {word for word, _ in parts}
    if "all" in words or any(mark for _, mark in parts):
        return None
    return Permit(frozenset(GROUPS).difference(words))


def _listed(parts: list[tuple[str, str]]) -> Permit | None:
    """Return what a list of fields covers, some of them perhaps refused."""
    refused = {word for word, mark in parts if mark == "no"}
    if "all" in refused or any(_open(parts, at) for at in range(len(parts))):
        return None
    yes = {word for word, mark in parts if mark != "no"}
    every = frozenset(GROUPS)
    named = every.intersection(yes)
    if not named and any(mark == "only" for _, mark in parts):
        return None
    groups = named if named and "all" not in yes else every
    return Permit(groups.difference(refused), frozenset(BY_WORD).intersection(yes))


def _open(parts: list[tuple[str, str]], at: int) -> bool:
    """Tell whether a part without a mark may belong to a refusal: the next mark is one, or the last one before was."""
    word, mark = parts[at]
    if mark or word == "all":
        return False
    after = next((each for _, each in parts[at:] if each), "")
    before = any(each == "no" for _, each in parts[:at])
    return after == "no" or (not after and before)


def _said(part: str) -> tuple[str, str] | None:
    """Return what a part names, and how it is marked: no, only, may, or not at all; nothing when not understood."""
    if part in _known():
        return _known()[part], ""
    for mark, ending in (("no", _NOT), ("only", _ONLY), ("may", _MAY)):
        if (word := ending.sub("", part)) != part and word in _known():
            return _known()[word], mark
    return None


def spelled(permit: Permit) -> str:
    """Write what is covered so that `permit_of` reads it again.

    Examples
    --------
    >>> spelled(Permit(frozenset({"name", "phone"}), frozenset({"home"})))
    '名称、電話、個人宅'
    >>> permit_of(spelled(Permit())) == Permit()
    True
    """
    named = words()["fields"] | words()["fields_by_word"]
    return "、".join(named[each][0] for each in (*GROUPS, *BY_WORD) if each in permit.groups | permit.by_word)


@cache
def _known() -> dict[str, str]:
    named = words()["fields"] | words()["fields_by_word"]
    return {plain(word): name for name, spellings in named.items() for word in spellings}
