"""Which styles of a workbook show a number as a date or a time, and the number of a date."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from resourcemap.read.dates import read_date

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# The formats for dates and times that a workbook need not define, those of Japanese Excel among them.
_BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.', re.IGNORECASE)
_DATE_LETTER = re.compile(r"[ymdhsgea]", re.IGNORECASE)
_GENERAL = re.compile("general|g/標準|標準", re.IGNORECASE)
_WHOLE_DATE = re.compile(r"(?:\d{4}|[明大昭平令][治正和成]?[\d元]{1,2}|[mtshr]\d{1,2})[年./-]\d{1,2}[月./-]\d{1,2}日?")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DAY_ZERO, _DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST = date(1900, 3, 1)  # before it the days of spreadsheets are off by one


def date_styles(styles: Element) -> frozenset[int]:
    """Return the numbers of the cell styles that show a date or a time.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> text = '<s><numFmts><numFmt numFmtId="176" formatCode="ggge&quot;年&quot;"/></numFmts>'
    >>> text += '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs></s>'
    >>> sorted(date_styles(fromstring(text)))
    [1, 2]
    """
    codes = {
        each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.iter() if _bare(each.tag) == "numFmt"
    }
    kinds = next((list(each) for each in styles if _bare(each.tag) == "cellXfs"), [])
    return frozenset(number for number, style in enumerate(kinds) if _shows_date(style.get("numFmtId", "0"), codes))


def day_number(text: str, *, from_1904: bool = False) -> int | None:
    """Return the number by which a workbook knows a whole date; nothing for other texts.

    Examples
    --------
    >>> day_number("2026-03-01"), day_number("令和8年3月1日"), day_number("R8.3"), day_number("2026-03-01頃")
    (46082, 46082, None, None)
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    day = read_date(plain) if _WHOLE_DATE.fullmatch(plain) else None
    if day is None or day < _FIRST:
        return None
    return (day - (_DAY_ZERO_1904 if from_1904 else _DAY_ZERO)).days


def share_of_day(text: str) -> float | None:
    """Return the share of a day of a time, as a workbook knows it; nothing for other texts.

    Examples
    --------
    >>> share_of_day("18:00"), share_of_day("6時")
    (0.75, None)
    """
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return None if found is None else (int(found[1]) * 60 + int(found[2])) / 1440


def _shows_date(number: str, codes: dict[str, str]) -> bool:
    if number in codes:
        shown = _GENERAL.sub("", _NOT_SHOWN.sub("", codes[number]))
        return bool(_DATE_LETTER.search(shown))
    return number.isdigit() and int(number) in _BUILT_IN


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
