"""One cell: from whatever a file holds to clean text, and from text to numbers."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd

from resourcemap.plain import visible

_ALPHANUMERIC = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_TABLE = {**_ALPHANUMERIC, 0x3000: " ", 0xA0: " ", ord("\t"): " ", 0xFF20: "@"}
_UNSEEN = re.compile(r"[\u200c\u200d\ufe00-\ufe0f]")
_NARROW_KANA = re.compile(r"[\uff66-\uff9f]+")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[：．，－](?=\d)")
_PLAIN_MARK = {"：": ":", "．": ".", "，": ",", "－": "-"}
_SPACES = re.compile(r" *\n *| {2,}")
_UNCLEAN = re.compile(r"[^\n -~ぁ-ヿ一-龠々〆〇、。「」（）・～〜￥％＆！？]|  |^\s|\s$| \n|\n ")
_NUMBER = re.compile(r"[-+]?\d+(\.\d*)?|[-+]?\.\d+")
_DASHES = frozenset("-‐‑–—―−－ー─･・*＊…")
_NO_DAYS = (date(1899, 12, 30), date(1899, 12, 31))  # the days 0 of spreadsheets: a time of day stands alone
_MINUS = str.maketrans({"−": "-", "‐": "-", "–": "-", "△": "-", "▲": "-"})


def as_text(value: object) -> str:
    """Write a value of a spreadsheet the way the spreadsheet shows it, nearly; nothing becomes ``""``.

    Examples
    --------
    >>> as_text(40.0), as_text(datetime(2026, 4, 1)), as_text(time(9, 0)), as_text(None)
    ('40', '2026-04-01', '09:00', '')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, (datetime, date, time, timedelta)):
        return _time_text(value)
    if isinstance(value, (list, tuple, dict, np.ndarray)):
        return _several(value)
    if isinstance(value, (bool, float)):
        return str(value).upper() if isinstance(value, bool) else _float_text(value)
    return "" if value is None or pd.isna(value) else str(value)


def clean(text: str) -> str:
    r"""Take out what nobody can see, and write digits, Latin letters and kana in their usual width.

    Brackets, 〜, ー, circled numbers, emoji and variants of a kanji stay as they are.

    Examples
    --------
    >>> clean("１０：００〜 ｻﾛﾝ\u3000（第①）\u200b")
    '10:00〜 サロン （第①）'
    """
    if not _UNCLEAN.search(text):
        return text
    text = visible(text).translate(_TABLE)
    text = _NARROW_KANA.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _BETWEEN_DIGITS.sub(lambda found: _PLAIN_MARK[found[0]], text)
    return _SPACES.sub(lambda found: "\n" if "\n" in found[0] else " ", text).strip()


def is_blank(text: str) -> bool:
    """Tell whether a clean cell says nothing: it is empty, or holds dashes alone.

    Examples
    --------
    >>> is_blank(""), is_blank("ー"), is_blank("なし")
    (True, True, False)
    """
    return not text or (text[0] in _DASHES and _DASHES.issuperset(text))


def number(text: str) -> float | None:
    """Read a cell that should hold one number and nothing else; thousands may be set apart.

    Examples
    --------
    >>> number("１，２３４"), number("35.7"), number("約20")
    (1234.0, 35.7, None)
    """
    if text.isascii() and _NUMBER.fullmatch(text):
        return float(text)
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS).replace(",", "").replace("、", "").strip()
    return float(plain) if _NUMBER.fullmatch(plain) else None


def fold(text: str) -> str:
    r"""Return a key under which spellings of one heading or word meet: no spaces, one width, small letters.

    Examples
    --------
    >>> fold("電話 番号\n"), fold("ＴＥＬ")
    ('電話番号', 'tel')
    """
    return "".join(_UNSEEN.sub("", visible(unicodedata.normalize("NFKC", text))).split()).casefold()


def _time_text(value: datetime | date | time | timedelta) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, datetime):
        if value.date() in _NO_DAYS and value.time() != time(0):
            return value.strftime("%H:%M")
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    hours, seconds = divmod(int(value.total_seconds()), 3600)
    return f"{hours:02d}:{seconds // 60:02d}"


def _several(value: list[object] | tuple[object, ...] | dict[str, object] | np.ndarray) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "、".join(filter(None, (as_text(each) for each in value)))


def _float_text(value: float) -> str:
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
