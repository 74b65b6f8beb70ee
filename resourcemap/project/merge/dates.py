"""A date in the writing that a column already has."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_REIWA = 2018
_FIRST_OF_REIWA = date(2019, 5, 1)
# What a writing looks like in one width, and how a date is written in it; era years only from Reiwa on.
_WRITINGS = (
    (re.compile(r"\d{4}/\d{2}/\d{2}"), "{y}/{m:02}/{d:02}"),
    (re.compile(r"\d{4}/\d{1,2}/\d{1,2}"), "{y}/{m}/{d}"),
    (re.compile(r"\d{4}\.\d{1,2}\.\d{1,2}"), "{y}.{m}.{d}"),
    (re.compile(r"\d{4}年\d{1,2}月\d{1,2}日"), "{y}年{m}月{d}日"),
    (re.compile(r"\d{8}"), "{y}{m:02}{d:02}"),
    (re.compile(r"(令和|平成)(\d{1,2}|元)年\d{1,2}月\d{1,2}日"), "令和{e}年{m}月{d}日"),
    (re.compile(r"[RH]\d{1,2}\.\d{1,2}\.\d{1,2}"), "R{e}.{m}.{d}"),
    (re.compile(r"[RH]\d{1,2}/\d{1,2}/\d{1,2}"), "R{e}/{m}/{d}"),
    (re.compile(r"[RH]\d{1,2}年\d{1,2}月\d{1,2}日"), "R{e}年{m}月{d}日"),
)


def written_like(models: Iterable[str], text: str) -> str:
    """Write a date that a spreadsheet gave as 2026-11-20 as the first of the models that has a known writing is.

    Other texts are returned as they are, and so are dates where no model has one.

    Examples
    --------
    >>> written_like(["", "R7.7.9"], "2026-11-20"), written_like(["令和７年４月２３日"], "2026-11-20")
    ('R8.11.20', '令和8年11月20日')
    >>> written_like(["2025-04-01", "R7.7.9"], "2026-11-20"), written_like(["R7.7.9"], "11月中")
    ('2026-11-20', '11月中')
    """
    found = _ISO.fullmatch(text)
    if found is None:
        return text
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return text
    for model in models:
        plain = unicodedata.normalize("NFKC", model).strip()
        if _ISO.fullmatch(plain):
            return text
        writing = next((writing for looks, writing in _WRITINGS if looks.fullmatch(plain)), None)
        if writing is not None and (day >= _FIRST_OF_REIWA or "{e}" not in writing):
            return writing.format(y=day.year, m=day.month, d=day.day, e=day.year - _REIWA)
    return text
