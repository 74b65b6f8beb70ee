"""Whether two rows of two dates name one place, and whether two writings are one word."""

from __future__ import annotations

import re
from typing import Literal

from resourcemap.geocode.address import NUMBERED, address_key
from resourcemap.model.names import fold_name
from resourcemap.read.values import status_in_name

Relation = Literal["same", "finer", "other", ""]

_SIGNS = re.compile(r"[^\w]|[_ー゠]")
_BRACKETS = re.compile(r"[(（【\[［][^)）】\]］]*[)）】\]］]")
_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


def spelling_key(text: object) -> str:
    """Return the key under which all spellings of a name meet; blank for a missing one.

    Signs, spaces, width, long marks and the choice of kana do not count, nor does a status in brackets.

    Examples
    --------
    >>> spelling_key("ひだまり・サロン（休止中）") == spelling_key("ヒダマリ サロン")
    True
    """
    if not isinstance(text, str):
        return ""
    name = _BRACKETS.sub("", text) if status_in_name(text) else text
    return _SIGNS.sub("", fold_name(name).translate(_KATAKANA))


def relation(old_address: object, new_address: object, old_venue: object, new_venue: object) -> Relation:
    """Tell how the place that a row names today stands to the place that it named before.

    Addresses go first; venues are asked where one of the addresses is missing. A prefecture or city in front does
    not count.

    Returns
    -------
    str
        ``"same"``; ``"finer"`` when one address only says more than the other (a house number, a building);
        ``"other"``; blank when they cannot be compared.

    Examples
    --------
    >>> relation("みほん市本町二丁目3番5号", "本町2-3-5", None, None), relation("本町2丁目", "本町2-3-5", None, None)
    ('same', 'finer')
    >>> relation("本町2-3-5", "本町2-3-6", None, None), relation(None, "本町2-3-5", "本町会館", "本町 会館")
    ('other', 'same')
    """
    return relation_of_keys(
        (place_key(old_address), place_key(new_address)), (spelling_key(old_venue), spelling_key(new_venue))
    )


def place_key(address: object) -> str:
    """Return the comparable form of an address; blank for a missing one.

    Examples
    --------
    >>> place_key("本町二丁目3番5号 本町会館"), place_key(None)
    ('本町2-3-5', '')
    """
    return address_key(address).replace(NUMBERED, "-").strip("-") if isinstance(address, str) else ""


def relation_of_keys(addresses: tuple[str, str], venues: tuple[str, str]) -> Relation:
    """Tell the same as `relation`, of keys that are made already.

    Examples
    --------
    >>> relation_of_keys(("本町2", "本町2-3"), ("", "")), relation_of_keys(("", "本町2"), ("ア", "ア"))
    ('finer', 'same')
    """
    if all(addresses):
        return _of_addresses(*sorted(addresses, key=len))
    if all(venues):
        return "same" if venues[0] == venues[1] else "other"
    return ""


def _of_addresses(short: str, long: str) -> Relation:
    at = long.find(short)
    if at < 0 or (at and short[0].isdigit()):
        return "other"
    rest = long[at + len(short) :]
    if not rest:
        return "same"
    return "other" if rest[0].isdigit() and short[-1].isdigit() else "finer"
