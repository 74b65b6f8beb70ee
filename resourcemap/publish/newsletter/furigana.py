"""Readings above kanji: above our own words by a list of words, above names by the kana beside them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# A text, or its parts in order: texts, and pairs of a word and its reading.
Said = str | list[str | tuple[str, str]]

_KANJI = re.compile(r"[\u3400-\u9fff々]")
_RUNS = re.compile(r"[\u3400-\u9fff々〆ヶ]+|[^\u3400-\u9fff々〆ヶ]+")
_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
# More ways to divide them than time.
_LONGEST, _MOST_RUNS = 60, 4


def with_readings(text: str) -> Said:
    """Divide our own Japanese into words with readings and what is between them; a text without kanji stays whole.

    Of words that begin at the same letter the longest holds. The readings are those of the map's page and those of
    ``readings.toml``. What people wrote has none.

    Examples
    --------
    >>> with_readings("12月のよてい"), with_readings("よてい")
    (['12', ('月', 'がつ'), 'のよてい'], 'よてい')
    """
    if not _KANJI.search(text):
        return text
    parts: list[str | tuple[str, str]] = []
    plain, at = "", 0
    while at < len(text):
        found = _reading_at(text, at)
        if found is None:
            plain, at = plain + text[at], at + 1
            continue
        before, pair, after = _above_kanji(*found)
        parts += [each for each in (plain + before, pair) if each]
        plain, at = after, at + len(found[0])
    return [*parts, plain] if plain else parts


def with_kana(name: str, kana: str) -> Said:
    """Put the kana that stand beside a name above its kanji; where the two do not fit, above all of it.

    Examples
    --------
    >>> with_kana("みほん町の会", "みほんちょうのかい"), with_kana("喫茶こもれび", "")
    (['みほん', ('町', 'ちょう'), 'の', ('会', 'かい')], '喫茶こもれび')
    """
    if not kana or not _KANJI.search(name):
        return name
    runs = _RUNS.findall(name)
    few = len(kana) <= _LONGEST and sum(bool(_KANJI.search(run)) for run in runs) <= _MOST_RUNS
    pattern = "".join("(.+?)" if _KANJI.search(run) else rf"\s*{_escaped(run)}\s*" for run in runs)
    fitting = re.fullmatch(pattern, _folded(kana)) if few else None
    if fitting is None:
        return [(name, kana)]
    readings = iter(fitting.groups())
    return [(run, next(readings).strip()) if _KANJI.search(run) else run for run in runs]


def without_readings(said: Said) -> str:
    """Return the text alone.

    Examples
    --------
    >>> without_readings(["12", ("月", "がつ")])
    '12月'
    """
    return said if isinstance(said, str) else "".join(part if isinstance(part, str) else part[0] for part in said)


def _reading_at(text: str, at: int) -> tuple[str, str] | None:
    """Return the word that begins at a letter, and its reading."""
    known = _readings()
    words = known["words"]
    before, letter, after = text[at - 1] if at else "", text[at], text[at + 1 : at + 2]
    in_number = letter.isdigit() and (before.isdigit() or before in (",", "."))
    for length in range(0 if in_number else min(_longest(), len(text) - at), 1, -1):
        if (part := text[at : at + length]) in words:
            return part, words[part]
    if before.isdigit() and letter in known["numbers"]:
        return letter, known["numbers"][letter]
    if before in ("", *"(（・") and after in ("", *")）・") and letter in known["alone"]:
        return letter, known["alone"][letter]
    is_part = _KANJI.match(before) or _KANJI.match(after)
    return (letter, words[letter]) if letter in words and not is_part else None


def _above_kanji(word: str, reading: str) -> tuple[str, tuple[str, str], str]:
    """Leave the kana at both ends of a word without a reading."""
    start, end = 0, 0
    while start < min(len(word), len(reading)) and word[start] == reading[start]:
        start += 1
    while end < min(len(word), len(reading)) - start and word[-1 - end] == reading[-1 - end]:
        end += 1
    middle = (word[start : len(word) - end], reading[start : len(reading) - end])
    return word[:start], middle, word[len(word) - end :]


@cache
def _readings() -> Mapping[str, Mapping[str, str]]:
    house = files("resourcemap") / "publish"
    found: dict[str, dict[str, str]] = {"words": {}, "numbers": {}, "alone": {}}
    for path in (house / "webmap" / "words" / "readings.toml", house / "newsletter" / "readings.toml"):
        for name, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[name] |= words
    return found


@cache
def _longest() -> int:
    return max(map(len, _readings()["words"]))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_KATAKANA)


def _escaped(run: str) -> str:
    return re.escape(_folded(run)).replace(r"\ ", r"\s*")
