"""Schedule texts cut into tokens: weekdays, ordinals, dates, times, and the words of vocabulary.toml."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, NamedTuple

from resourcemap.read.schedules.patterns import LETTER, WEEKDAY, all_patterns
from resourcemap.read.schedules.vocabulary import kinds_of_words

WEEKDAYS = {name: number for number, name in enumerate(WEEKDAY)}
_ALL = re.compile(all_patterns(), re.IGNORECASE)
_FOLLOWS_LETTER = re.compile(f"[{LETTER}]")
_ONE_LETTER_IN_A_WORD = re.compile("[々一-龠]")

_WAVES = str.maketrans(dict.fromkeys("〜～∼˜〰⇒→", "~") | dict.fromkeys("−–—―‐‑‒─", "-"))
_LONG = re.compile(rf"(?<=[\d時分半曜)日{WEEKDAY}])\s*[ーｰ]\s*(?=[\d午正翌{WEEKDAY}]|$)")
_CIRCLED = re.compile(r"第\s*[①-⑤](?:\s*[・,、と]\s*第?\s*[①-⑤])*")
_LISTED = re.compile("[①-⑳⑴-⑽❶-❿]")
_HEADED = re.compile(r"[【\[［〔]([^】\]］〕\n]{0,20})[】\]］〕]")
_NUMERAL = re.compile(
    r"(?:(?<![々一-龠])|(?<=[月毎第週年前後]))[一二三四五六七八九十]{1,3}(?=[時月日週回度])(?!日中|日曜|月曜)|(?<=第)[一二三四五]"
)
_SENTENCES = re.compile(
    r"[ \t]/[ \t]|(?<=:\d\d)/(?=\d)|(?<=[\d時分半)~])/(?=[^\d\s])|(?<=[~)])/"
    rf"|(?<![\d{WEEKDAY}曜])/(?!\d)|、?(?:ただし|但し|なお)、?"
)
_HOURS_APART = re.compile(r"(?<=[\d時分半])[ \t]*/[ \t]*(?=\d{1,2}[:時])")
_TENS = str.maketrans("一二三四五六七八九", "123456789")
_QUOTES = str.maketrans(
    dict.fromkeys('「」『』〈〉《》{}<>“”"', " ")
    | {"，": "、", "､": "、", "。": "\n", "※": "\n", "；": "\n", ";": "\n"}
)


class Token(NamedTuple):
    """A piece of a text: its kind, what it says, and how it is written."""

    kind: str
    value: Any
    text: str


def plain(text: str) -> str:
    r"""Write a text in the one width, with one kind of dash, bracket and numeral.

    Examples
    --------
    >>> plain("毎月第二火曜　１０時～１２時【休み】８月")
    '毎月第2火曜 10時~12時\n休み:8月'
    """
    text = _CIRCLED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _LISTED.sub("、", text.translate(_WAVES))
    text = unicodedata.normalize("NFKC", text.replace("℡", " ")).translate(_WAVES).translate(_QUOTES)
    text = _HEADED.sub(lambda found: f"\n{found[1]}:", text)
    text = _NUMERAL.sub(lambda found: _arabic(found[0]), text)
    return _LONG.sub("~", _SENTENCES.sub("\n", _HOURS_APART.sub("、", text))).strip()


def tokens_of(text: str) -> list[Token]:
    """Cut a text that `plain` wrote into tokens; what is known to nobody becomes ``other``.

    Examples
    --------
    >>> [(token.kind, token.text) for token in tokens_of("第2火曜10:00~、体操")]
    [('nths', '第2'), ('weekdays', '火曜'), ('time', '10:00'), ('wave', '~'), ('filler', '、'), ('other', '体操')]
    """
    found: list[Token] = []
    position, unknown = 0, 0
    while position < len(text):
        after_letter = unknown < position and bool(_FOLLOWS_LETTER.match(text[position - 1]))
        token = _next(text, position, after_letter=after_letter)
        if token is None:
            position += 1
            continue
        if unknown < position:
            found.append(Token("other", None, text[unknown:position]))
        found.append(token)
        position += len(token.text)
        unknown = position
    if unknown < position:
        found.append(Token("other", None, text[unknown:position]))
    return found


def _next(text: str, position: int, *, after_letter: bool) -> Token | None:
    """Return the token at a position, or nothing when it belongs to something unknown."""
    word = _word(text, position, after_letter=after_letter)
    match = _ALL.match(text, position)
    if match and match.lastgroup and (word is None or len(match[0]) >= len(word.text)):
        kind = match.lastgroup
        if kind == "weekdays" and after_letter and "曜" not in match[0]:
            return None
        return Token(kind, None, match[0])
    return word


def _word(text: str, position: int, *, after_letter: bool) -> Token | None:
    for word in _by_letter().get(text[position].lower(), ()):
        if text[position : position + len(word)].lower() != word.lower():
            continue
        section, name = kinds_of_words()[word]
        lone = len(word) == 1 and bool(_ONE_LETTER_IN_A_WORD.match(word))
        behind = text[position + len(word) : position + len(word) + 1]
        if (
            behind == "曜"
            or (after_letter and (section == "filler" or lone))
            or (lone and _ONE_LETTER_IN_A_WORD.match(behind))
        ):
            continue
        return Token(section, name, text[position : position + len(word)])
    return None


@cache
def _by_letter() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(kinds_of_words(), key=len, reverse=True):
        found.setdefault(word[0].lower(), []).append(word)
    return {letter: tuple(words) for letter, words in found.items()}


def _arabic(numeral: str) -> str:
    if "十" not in numeral:
        return numeral.translate(_TENS)
    tens, ones = numeral.split("十", 1)
    return str(int(tens.translate(_TENS) or "1") * 10 + int(ones.translate(_TENS) or "0"))
