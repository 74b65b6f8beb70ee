"""The words of vocabulary.toml, as patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_FILE = "vocabulary.toml"


@cache
def kinds_of_words() -> dict[str, tuple[str, str]]:
    """Return the section and list of every word.

    Examples
    --------
    >>> kinds_of_words()["不定期"], kinds_of_words()["定休日"]
    (('unknown', 'irregular'), ('off', 'house'))
    """
    content = tomllib.loads(files("resourcemap.read.schedules").joinpath(_FILE).read_text(encoding="utf-8"))
    found: dict[str, tuple[str, str]] = {}
    for section, lists in content.items():
        if section != "units":
            found |= {word: (section, name) for name, words in lists.items() for word in words}
    return found


@cache
def units() -> str:
    """Return a pattern of the words that follow numbers of no interest, longest first.

    Examples
    --------
    >>> bool(re.fullmatch(units(), "号室"))
    True
    """
    content = tomllib.loads(files("resourcemap.read.schedules").joinpath(_FILE).read_text(encoding="utf-8"))
    return "|".join(re.escape(word) for word in sorted(content["units"]["words"], key=len, reverse=True))


@cache
def longest_word() -> int:
    """Return how many letters the longest word has.

    Examples
    --------
    >>> longest_word() < 30
    True
    """
    return max(len(word) for word in kinds_of_words())
