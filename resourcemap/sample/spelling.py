"""The many spellings of one address, date or telephone number in an office's lists."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_WIDE = {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)} | {ord("-"): "－"}
_NUMERALS = "〇一二三四五六七八九"
_VOICED = {"\u3099": "ﾞ", "\u309a": "ﾟ"}


def wide(text: str) -> str:
    """Write digits and hyphens in full width.

    Examples
    --------
    >>> wide("3-12")
    '３－１２'
    """
    return text.translate(_WIDE)


def katakana(text: str) -> str:
    """Write hiragana as katakana.

    Examples
    --------
    >>> katakana("ぽけっと")
    'ポケット'
    """
    return "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in text)


def half_width(text: str) -> str:
    """Write katakana in half width, as old programs do.

    Examples
    --------
    >>> half_width("ポケットの家")
    'ﾎﾟｹｯﾄの家'
    """
    narrow = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF65, 0xFF9E)}
    return "".join("".join(_half_width_sign(sign, narrow)) for sign in text)


def _half_width_sign(sign: str, narrow: dict[str, str]) -> list[str]:
    """Take a voiced katakana apart, because half-width ones carry their mark behind them."""
    parts = unicodedata.normalize("NFD", sign)
    return [_VOICED.get(part) or narrow[part] for part in parts] if parts[0] in narrow else [sign]


def address_in_some_spelling(prefecture: str, block: str, number: int, house: int, share: float) -> str:
    """Write an address in one of six ways; `share` (0 to 1) chooses.

    Examples
    --------
    >>> [address_in_some_spelling("見本県", "本町2丁目", 3, 5, share) for share in (0.0, 0.5, 0.9)]
    ['みほん市本町2丁目3番5号', '本町２－３－５', '見本県みほん市本町二丁目3番5号']
    """
    town, chome = (block[:-3], block[-3]) if block.endswith("丁目") else (block, "")
    short = "-".join(part for part in (chome, str(number), str(house)) if part)
    numeral = f"{_NUMERALS[int(chome)]}丁目" if chome else ""
    ways = (
        f"みほん市{block}{number}番{house}号",
        f"{town}{short}",
        f"{block}{number}-{house}",
        f"{town}{wide(short)}",
        f"みほん市{block}{number}番地{house}",
        f"{prefecture}みほん市{town}{numeral}{number}番{house}号",
    )
    return ways[int(share * len(ways))]


def phone_in_some_spelling(number: int, share: float) -> str:
    """Write a telephone number that cannot be dialled in one of three ways.

    Examples
    --------
    >>> phone_in_some_spelling(17, 0.0), phone_in_some_spelling(17, 0.9)
    ('000-0000-0017', '０００－００００－００１７')
    """
    if share < 0.8:
        return f"000-0000-{number:04}"
    return f"000(0000){number:04}" if share < 0.87 else wide(f"000-0000-{number:04}")


def date_in_some_spelling(day: date, share: float) -> str | date:
    """Write a day in one of six ways, of which one is a real date of the spreadsheet.

    Examples
    --------
    >>> from datetime import date
    >>> [date_in_some_spelling(date(2026, 3, 1), share) for share in (0.0, 0.3, 0.8)]
    ['令和8年3月1日', 'R8.3.1', '令和８年３月１日']
    """
    reiwa = day.year - 2018
    ways: tuple[str | date, ...] = (
        f"令和{reiwa}年{day.month}月{day.day}日",
        f"R{reiwa}.{day.month}.{day.day}",
        day,
        f"{day.year}/{day.month}/{day.day}",
        wide(f"令和{reiwa}年{day.month}月{day.day}日"),
        f"{day.year}年{day.month}月{day.day}日",
    )
    return ways[int(share * len(ways))]
