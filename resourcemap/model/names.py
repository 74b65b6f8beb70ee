"""Names of places made comparable, so that two tables which spell a town block differently still join."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_LOOKALIKES = str.maketrans("ニハー", "二八一")
_LOOKALIKE = re.compile(r"(?<![ァ-ヶー])[ニハー](?=丁目)")
_NUMERAL = re.compile(r"[〇一二三四五六七八九十百]+(?=丁|条|番|号|線|区|軒|組)")
_GA = re.compile(r"[がガヵ](?=[一-龠々〆])|[ヶ]")
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]+")


def fold_name(text: str) -> str:
    """Return the key under which all spellings of one name of a block, an area or a building meet.

    Width, spaces and capitals do not count; neither does the choice between ケ, ヶ, が and ガ before a
    kanji, nor that between kanji and Arabic numerals before 丁目, 条, 番 and the like. A key is for
    comparing, not for reading.

    Examples
    --------
    >>> fold_name("雑司が谷一丁目") == fold_name("雑司が谷１丁目") == fold_name("雑司ヶ谷 1丁目")
    True
    >>> fold_name("北二十四条西十丁目")
    '北24条西10丁目'
    """
    folded = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
    folded = _GA.sub("ケ", folded)
    folded = _LOOKALIKE.sub(lambda found: found[0].translate(_LOOKALIKES), folded)
    return _NUMERAL.sub(lambda found: _arabic(found[0]), folded)


def _arabic(numeral: str) -> str:
    """Write a kanji numeral below 1,000 in Arabic digits; one without 十 and 百 is read digit by digit."""
    if not set(numeral) & {"十", "百"}:
        return "".join(str(_DIGITS[character]) for character in numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in _DIGITS:
            digit = digit * 10 + _DIGITS[character]
            continue
        total += (digit or 1) * (10 if character == "十" else 100)
        digit = 0
    return str(total + digit)
