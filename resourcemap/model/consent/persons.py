"""What belongs to a person inside a text that may be shown: mobile numbers, e-mail addresses, names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from resourcemap.model.consent.words import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterable

# Kanji and circles for digits, so that 〇九〇 is seen; one character each, so that positions stay.
_DIGITS = str.maketrans("〇○◯Oo一二三四五六七八九", "00000123456789")
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 6
_GAP = r"[\s\-‐‑‒–—―−ー─━﹣⁃~〜.,:;=•·∙・/_()*の]{0,3}"
# Toll-free numbers begin like mobile ones.
_TOLL_FREE = r"(?!0?800(?:[-ー−(\s]\d{3}[-ー−)\s]|\d{7}(?!\d)))"
_NUMBERS = "|".join(
    (
        rf"(?<!\d){_TOLL_FREE}(?:\(?0[6-9]0\)?|0\s[6-9]\s0)(?:{_GAP}\d){{8}}(?!\d)",
        rf"(?<!\d)(?:\+|00|010-?)?81{_GAP}0?{_GAP}[6-9]0(?:{_GAP}\d){{8}}(?!\d)",
        # One digit too few or too many is still somebody's number.
        rf"(?<!\d){_TOLL_FREE}0[6-9]0[-‐–—−ー・.]\d{{2,5}}[-‐–—−ー・.]\d{{3,5}}(?!\d)",
        rf"(?<!\d){_TOLL_FREE}0[6-9]0\d{{8,9}}(?!\d)",
        # A spreadsheet takes the first 0 of what it holds as a number.
        rf"(?<![\d\-+.]){_TOLL_FREE}[6-9]0(?:[-‐–—−ー]\d{{4}}[-‐–—−ー]\d{{4}}|\d{{8}}(?:\.0)?)(?!\d)",
    )
)
_MOBILE = re.compile(rf"\(\s*(?:{_NUMBERS})\s*\)|{_NUMBERS}")
_ANY_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d-)(?:\(?0\d{{1,4}}\)?{_GAP}\d{{1,4}}{_GAP}\d{{3,4}}|\d{{2,4}}[-‐–—−ー─━]\d{{4}}|0\d{{9,10}}"
    rf"|(?:\+|00|010-?)81{_GAP}\d{{1,4}}{_GAP}\d{{1,4}}{_GAP}\d{{3,4}})(?![\d\-])"
)
_AT = r"(?:@|\((?:at|アット|アットマーク)\)|\[(?:at|アット)\]|アットマーク|[★☆■◎])"
_SIGN = re.compile(_AT, re.IGNORECASE)
_PROVIDERS = "gmail|yahoo|ymail|docomo|ezweb|au|softbank|icloud|outlook|hotmail|nifty|biglobe"
_EMAIL = re.compile(
    rf"(?:mailto:)?[^\s@<>()\[\]、。,;:/]+\s?{_AT}\s?(?:[a-z0-9-]+(?:(?:\.|。|・|ドット)[a-z0-9-]+)+|(?:{_PROVIDERS})\b)",
    re.IGNORECASE,
)
_EDGES = " /・、,;:\n"
_CHUNK = re.compile(r"[^\s\d()（）/・、,;:#+\-‐–—−~〜.～【】\[\]<>|]+")
_WEEK = re.compile(r"[月火水木金土日][~〜～・-][月火水木金土日](?![一-龠々])")
# Old and rare forms count as kanji, and the sign that stands for one that a file could not hold.
_KANJI = r"一-鿿々〆ヶ\uf900-\ufaff\ufffd\U00020000-\U0003ffff"
_PERSON = re.compile(rf"[{_KANJI}]{{1,4}}[ \u3000][{_KANJI}ぁ-んァ-ヴー]{{1,4}}")
_UNPARTED = re.compile(rf"[{_KANJI}]{{3,5}}|[{_KANJI}]{{2,3}}[ぁ-ん]{{2,4}}")
_KATAKANA = re.compile(r"[ァ-ヴー]{2,6}[ ・][ァ-ヴー]{2,6}")
_TITLED = re.compile(r".{1,10}(?:さん|氏|様)")
_LOST_ZERO = re.compile(r"([1-9]\d{8}|50\d{8}|[6-9]0\d{8})(?:\.0)?")


def without_mobile_numbers(text: str) -> str | None:
    """Take personal mobile numbers (060, 070, 080, 090) out of a text; return nothing when nothing is left.

    Found in every writing: other separators, no separators, +81, kanji, and without the first 0.

    Examples
    --------
    >>> without_mobile_numbers("03-0000-0001／０９０.0000.0001"), without_mobile_numbers("9000000001")
    ('03-0000-0001', None)
    >>> without_mobile_numbers("0800-000-0001")
    '0800-000-0001'
    """
    return _without_numbers(_MOBILE, text)


def without_numbers(text: str) -> str | None:
    """Take every telephone number out of a text, offices' too; return nothing when nothing is left.

    Examples
    --------
    >>> without_numbers("電話 03-0000-0001 へ"), without_numbers("令和8年10月1日 10:00～12:00")
    ('電話  へ', '令和8年10月1日 10:00～12:00')
    """
    left = _without_numbers(_MOBILE, text)
    return None if left is None else _without_numbers(_ANY_NUMBER, left)


def without_inside(text: str) -> str | None:
    """Return nothing for a text that says itself that it is not to be shown.

    Examples
    --------
    >>> without_inside("03-0000-0001（非公開）") is None, without_inside("どなたでも")
    (True, 'どなたでも')
    """
    return None if re.search(words()["remarks"]["in_text"], "".join(plain(text).lower().split())) else text


def without_home_numbers(text: str) -> str | None:
    """Return nothing for a cell of telephone numbers that says that one is somebody's at home.

    Examples
    --------
    >>> without_home_numbers("03-0000-0001（自宅）") is None, without_home_numbers("03-0000-0001（代表）")
    (True, '03-0000-0001（代表）')
    """
    return None if re.search("自宅|お?宅|個人", plain(text)) else text


def without_email(text: str) -> str | None:
    """Take e-mail addresses out of a text; return nothing when nothing is left.

    Examples
    --------
    >>> without_email("申込は hanako@example.jp へ")
    '申込は  へ'
    """
    folded = plain(text)
    return _without(text, folded, _EMAIL.finditer(folded)) if _SIGN.search(folded) else text


def without_names(text: str) -> str | None:
    """Take out of a telephone cell what is neither a number nor an office; return nothing when nothing is left.

    Examples
    --------
    >>> without_names("山田花子03-0000-0001"), without_names("みほん協議会 03-0000-0001（代表）")
    ('03-0000-0001', 'みほん協議会 03-0000-0001（代表）')
    """
    days_out = _WEEK.sub(lambda week: "0" * len(week[0]), text)
    drop = [found for found in _CHUNK.finditer(days_out) if not _beside_a_number(plain(found[0]))]
    if not drop:
        return text
    for found in reversed(drop):
        text = text[: found.start()] + text[found.end() :]
    return _tidy(text) if re.search(r"\d", text) else None


def is_person(text: str) -> bool:
    """Tell whether a cell that should name an organisation looks like the name of a person.

    Examples
    --------
    >>> is_person("山田 花子"), is_person("山田花子"), is_person("みほん会"), is_person("本町 町会")
    (True, True, False, False)
    """
    name = re.sub(r"\([^()]*\)$", "", plain(text).strip()).strip()
    if _KATAKANA.fullmatch(name):
        return not (_is_organisation(name) or _in_no_name().search(name))
    if _UNPARTED.fullmatch(name):
        return not (_is_organisation(name) or _in_no_name().search(name))
    return bool(_PERSON.fullmatch(name) or _TITLED.fullmatch(name)) and not _is_organisation(name)


def with_first_zero(number: str) -> str:
    """Give a telephone number the first 0 back that a spreadsheet took, where that is certain.

    Certain are nine digits, which no number in Japan has, and ten that begin as IP or mobile ones do.

    Examples
    --------
    >>> with_first_zero("312345678"), with_first_zero("5012345678"), with_first_zero("12345678")
    ('0312345678', '05012345678', '12345678')
    """
    found = _LOST_ZERO.fullmatch(plain(number).strip())
    return f"0{found[1]}" if found else number


def _without_numbers(pattern: re.Pattern[str], text: str) -> str | None:
    folded = plain(text)
    digits = folded.translate(_DIGITS)
    if len(_DIGIT.findall(digits)) < _FEWEST_DIGITS:
        return text
    return _without(text, folded, pattern.finditer(digits))


def _without(text: str, folded: str, found: Iterable[re.Match[str]]) -> str | None:
    """Return `text` as it is where nothing was found, else what is left of `folded`."""
    spans = [match.span() for match in found]
    if not spans:
        return text
    for first, last in reversed(spans):
        folded = folded[:first] + folded[last:]
    return _tidy(folded)


def _tidy(text: str) -> str | None:
    text = re.sub(r"[(（\[【<]\s*[)）\]】>]", "", text)
    return text.strip(_EDGES) or None


def _beside_a_number(chunk: str) -> bool:
    return bool(_beside().fullmatch(chunk.lower())) or _is_organisation(chunk)


def _is_organisation(name: str) -> bool:
    name = name.lower()
    return bool(_organisation().search(name)) or (len(name) > len("服部課") and bool(_long().search(name)))


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(f"(?:{words()['persons']['beside_phone']})+")


@cache
def _organisation() -> re.Pattern[str]:
    return re.compile(f"(?:{words()['persons']['organisation']})$")


@cache
def _in_no_name() -> re.Pattern[str]:
    return re.compile(words()["persons"]["in_no_name"])


@cache
def _long() -> re.Pattern[str]:
    return re.compile(f"(?:{words()['persons']['organisation_if_long']})$")
