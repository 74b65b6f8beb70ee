"""Which characters the fonts on paper have, and what is printed for those they have not."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from resourcemap.plain import visible
from resourcemap.publish.paper.fonts import font_folders

if TYPE_CHECKING:
    from collections.abc import Iterator

# What Japanese printers put where a letter is missing.
GETA = "〓"
_VOICED = re.compile(r".[\u3099\u309a]", re.DOTALL)
# Alone of the character set of Windows (CP932) it is not in the Japanese font.
_LACKING = "≒"
# Joins emoji and chooses between forms of a letter; nothing to be seen without the letter.
_JOINING = dict.fromkeys([0x200C, 0x200D, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])


def printable(text: str, language: str = "ja") -> str:
    """Return a text as it can be printed: characters that no font has become ``〓``, a か゛ in two parts becomes one.

    Characters that nobody can see are left out, but for line breaks.

    Examples
    --------
    >>> printable("髙﨑カフェ😀"), printable("は\u3099")
    ('髙﨑カフェ〓', 'ば')
    """
    joined = _VOICED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    clean = "\n".join(visible(line) for line in joined.translate(_JOINING).splitlines())
    if _is_of_every_font(clean):
        return clean
    known = _letters(language)
    return "".join(letter if letter in known or letter == "\n" else GETA for letter in clean)


def unprintable(texts: Any, language: str = "ja") -> list[str]:
    """List the characters in texts, also inside lists and tables, that no font has, in order of appearance.

    Examples
    --------
    >>> unprintable({"name": "カフェ😀", "more": ["♿"]})
    ['😀', '♿']
    """
    found = "".join(_texts(texts))
    return list(dict.fromkeys(letter for letter in found if printable(letter, language) == GETA != letter))


def printed(value: Any, language: str = "ja") -> Any:
    """Return a value for JSON with all of its texts as `printable` writes them.

    Examples
    --------
    >>> printed({"name": ["😀", 1, None]})
    {'name': ['〓', 1, None]}
    """
    if isinstance(value, str):
        return printable(value, language)
    if isinstance(value, dict):
        return {key: printed(each, language) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [printed(each, language) for each in value]
    return value


def _is_of_every_font(text: str) -> bool:
    """Tell quickly whether all of a text is in the character set of Windows, which the Japanese font covers."""
    if _LACKING in text:
        return False
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _letters(language: str) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 (slow to load, and seldom asked for)

    known: set[str] = set()
    for path in (path for folder in font_folders(language) for path in sorted(folder.glob("*Sans*.otf"))):
        with TTFont(path, lazy=True) as font:
            known |= set(map(chr, font.getBestCmap()))
    return frozenset(known)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
