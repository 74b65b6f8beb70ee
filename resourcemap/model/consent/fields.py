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
_EXCEPT = re.compile(r"(?:以外(?:の項目)?(?:すべて|全て|全部|は?可|は?公開)?|(?:を|は)?除く|除き.*)$")
_NOT = re.compile(r"(?:は|を|も)?(?:公開|掲載)?(?:不可|ng|しない|×|なし|非公開|を?伏せる)$")
_MAY = re.compile(r"(?:は|を|も)?(?:公開|掲載)?(?:のみ|だけ)?(?:可能?|ok|よい|してよい|する|○|含む|を含む)?$")


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
    """Read a cell of 公開する項目; ``None`` when one of its words is not known, so that nothing is shown.

    A blank cell covers all fields. A list of fields covers those alone; what is excepted (電話以外, 住所は不可) leaves
    the rest. Somebody's home, mobile numbers, names of people and e-mail addresses must be named in any case.

    Examples
    --------
    >>> permit_of("名称・日時のみ").groups == {"name", "schedule"}
    True
    >>> permit_of("電話と住所以外").withheld, permit_of("全部、個人宅も可").by_word
    (('venue', 'address', 'phone'), frozenset({'home'}))
    >>> permit_of("要相談") is None, permit_of(None) == Permit()
    (True, True)
    """
    if not isinstance(text, str) or not text.strip().strip("-‐–—−ー"):
        return Permit()
    folded = re.sub(r"[^\S\n]", "", plain(text).lower().strip()).rstrip("。.")
    bare = _EXCEPT.sub("", folded)
    excepted = bare != folded
    yes: set[str] = set()
    no: set[str] = set()
    for part in filter(None, _APART.split(bare)):
        said = _said(part)
        if said is None:
            return None
        word, allowed = said
        (yes if allowed and not excepted else no).add(word)
    every = frozenset(GROUPS)
    named = every.intersection(yes)
    groups = named if named and "all" not in yes else every
    return Permit(groups.difference(no), frozenset(BY_WORD).intersection(yes))


def _said(part: str) -> tuple[str, bool] | None:
    """Return what a part names, and whether it allows it; nothing when it is not understood."""
    if part in _known():
        return _known()[part], True
    if (word := _NOT.sub("", part)) != part and word in _known():
        return _known()[word], False
    word = _MAY.sub("", part)
    return (_known()[word], True) if word in _known() else None


@cache
def _known() -> dict[str, str]:
    named = words()["fields"] | words()["fields_by_word"]
    return {plain(word): name for name, spellings in named.items() for word in spellings}
