"""Dates as offices write them: 令和8年3月1日, R8.3.1, 2026/3/1, and the day numbers of Excel."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
_LETTERS |= {era[0]: era for era in _ERAS}
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|[mtshr明大昭平令])\.?(元|\d{1,2})[年./・,-](\d{1,2})(?:[月./・,-](?:(\d{1,2})日?)?|$)"
)
_DIGITS = {sign: str(number) for number, sign in enumerate("〇一二三四五六七八九")}
_NUMERAL = re.compile(r"[〇一二三四五六七八九十]+(?=[年月日])")
_WESTERN = re.compile(r"(?:西暦)?(\d{4})[年./-](\d{1,2})(?:[月./-](?:(\d{1,2})日?)?|$)")
_COMPACT = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})$")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$")
_SERIAL = re.compile(r"[1-9]\d{4}(\.\d+)?$")
_UNTIL = re.compile(r"[~〜～→]|から|より|(?<=[\d日])[-‐–—―−ー](?=\d{4}|[mtshr明大昭平令])")
_MONTH_AND_DAY = re.compile(r"\d{1,2}[月./]\d{1,2}")
_DAY_ZERO = date(1899, 12, 30)


def read_date(text: str, *, end: bool = False) -> date | None:
    """Read a date, or return ``None`` when it is none or lacks its year.

    A month without a day stands for its first day, or with `end` for its last; of a period its first day counts,
    or with `end` its last. Words after the date (現在, 確認) and a time of day do not count.

    Examples
    --------
    >>> [read_date(text).isoformat() for text in ("令和８年３月１日", "R8.3.1", "2026/3/1", "46082", "2026年2月")]
    ['2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01', '2026-02-01']
    >>> read_date("3/1") is None, read_date("令和8年2月", end=True).isoformat()
    (True, '2026-02-28')
    >>> read_date("令和7年4月1日～令和9年3月31日", end=True).isoformat()
    '2027-03-31'
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    plain = _NUMERAL.sub(lambda found: _arabic(found[0]), plain)
    if _SERIAL.match(plain):
        return _DAY_ZERO + timedelta(days=int(float(plain)))
    first, *later = _UNTIL.split(plain)
    if later and end:
        return _last_day(first, later[-1])
    if end and max(len(_MONTH_AND_DAY.findall(plain)), plain.count("年")) > 1:
        return None
    found = _year_month_day(first)
    if found is None:
        return None
    year, month, day = found
    try:
        return date(year, month, day or (monthrange(year, month)[1] if end else 1))
    except ValueError:
        return None


def _last_day(first: str, last: str) -> date | None:
    """Read the last day of a period; a year that it does not say is the one of the first day."""
    found = read_date(last, end=True)
    start = _year_month_day(first) if found is None and _MONTH_AND_DAY.match(last) else None
    return found if start is None else read_date(f"{start[0]}年{last}", end=True)


def _arabic(numeral: str) -> str:
    """Write a kanji numeral below 100, or one that is read digit by digit (二〇二六), in Arabic digits."""
    tens, ten, ones = numeral.rpartition("十")
    digits = "".join(_DIGITS.get(sign, "") for sign in ones)
    return str(int(_DIGITS.get(tens, "1")) * 10 + int(digits or "0")) if ten else digits


def _year_month_day(plain: str) -> tuple[int, int, int | None] | None:
    if match := _COMPACT.match(plain):
        return int(match[1] + match[2]), int(match[3]), int(match[4])
    if match := _ERA.match(plain):
        start = _ERAS[_LETTERS.get(match[1], match[1])]
        return start + (1 if match[2] == "元" else int(match[2])), int(match[3]), int(match[4]) if match[4] else None
    if match := _WESTERN.match(plain):
        return int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    if match := _AMERICAN.match(plain):
        return int(match[3]), int(match[1]), int(match[2])
    return None
