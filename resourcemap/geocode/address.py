"""Written addresses made comparable: one key for every way of writing the same place.

A key is not for people. It is what remains when width, kana, old characters, kanji numerals, 大字・字 and
the words 丁目・条・番地・号 are taken away, so ``三丁目2番1号``, ``３－２－１`` and ``3の2の1`` look the same.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache

PREFECTURES = (
    *(
        "北海道",
        "青森県",
        "岩手県",
        "宮城県",
        "秋田県",
        "山形県",
        "福島県",
        "茨城県",
        "栃木県",
        "群馬県",
        "埼玉県",
        "千葉県",
    ),
    *(
        "東京都",
        "神奈川県",
        "新潟県",
        "富山県",
        "石川県",
        "福井県",
        "山梨県",
        "長野県",
        "岐阜県",
        "静岡県",
        "愛知県",
        "三重県",
    ),
    *(
        "滋賀県",
        "京都府",
        "大阪府",
        "兵庫県",
        "奈良県",
        "和歌山県",
        "鳥取県",
        "島根県",
        "岡山県",
        "広島県",
        "山口県",
        "徳島県",
    ),
    *("香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県"),
)
NUMBERED = "#"  # stands for 番・番地: the number before it is no 丁目

_OLD = (
    "渕澤﨑嵜髙斎齋齊桧龍嶋嶌舟莵冨曾條薮櫻濱濵廣國邊邉瀧惠來與榮區鴎籠鹽螢臺萬圓舘藏"
    "埜埼彌寶壽龜鐵驛學會縣嶽豐劍眞應澁蘆靜濟傳參峯栢槇桝礒籔渊"
)
_NEW = (
    "淵沢崎崎高斉斉斉檜竜島島船菟富曽条藪桜浜浜広国辺辺滝恵来与栄区鷗篭塩蛍台万円館蔵"
    "野崎弥宝寿亀鉄駅学会県岳豊剣真応渋芦静済伝参峰柏槙枡磯藪淵"
)
_SMALL, _LARGE = "ァィゥェォッャュョヮヵヶガ", "アイウエオツヤユヨワケケケ"
_HYPHENS = "‐‑‒–—―−─━﹣－"
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def _characters() -> dict[int, str]:
    table = {ord(old): new for old, new in zip(_OLD, _NEW, strict=True)}
    table |= {ord(small): large for small, large in zip(_SMALL, _LARGE, strict=True)}
    table |= {ord(hyphen): "-" for hyphen in _HYPHENS}
    for code in range(ord("ぁ"), ord("ゖ") + 1):
        katakana = chr(code + 0x60)
        table[code] = table.get(ord(katakana), katakana)
    return table | {ord("之"): "ノ", ord("乃"): "ノ"}


_CHARACTERS = _characters()
_POSTCODE = re.compile(r"^\s*(?:〒\s*\d{3}-?\d{4}|\d{3}-\d{4}(?=\s*\D))\s*")
_POSTCODE_ENDS = 12
_BRACKETS = re.compile(r"\([^()]*\)|[\[「『【][^\]」』】]*[\]」』】]")
_ASIDE = re.compile(r"[(\[「『【、,。;※].*$", re.DOTALL)
_LOOKALIKE = re.compile(r"[ニハー](?=丁目)")
_KANJI = re.compile(r"(?<![\d〇一二三四五六七八九十百千])[〇一二三四五六七八九十百千]+(?=(\d?))")
_SPACE_IN_NUMBER = re.compile(r"(?<=\d)\s+(?=丁|番|号|条|-|[ーノ]\s*\d)|(?<=第)\s+(?=\d)")
_SPACE_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s+(?=\d)")
_SPACE = re.compile(r"\s+")
_BUILDING = re.compile(r"(\d(?:丁目|番地|番|号)?)\s+(?=[^\d\s-]|\d+(?:階|F|号室|号棟|室)).*$", re.DOTALL)
# Each rule is tried only where its character occurs, which halves the time.
_RULES = (
    ("ー", re.compile(r"(?<=[\d目番地号])ー(?=\d)"), "-"),
    ("一", re.compile(r"(?<=[\d目番地号])一(?=\d)"), "-"),
    ("字", re.compile(r"[大小]字|(?<!文)字"), ""),
    ("丁", re.compile(r"(?<=\d)丁(?:目|(?=[\d-])|$)-?(?=\d)"), "-"),
    ("丁", re.compile(r"(?<=\d)丁(?:目|$)"), ""),
    ("条", re.compile(r"(?<=\d)条-?(?=\d)"), "-"),
    ("条", re.compile(r"(?<=\d)条(?=[東西南北]\d|$)"), ""),
    ("番", re.compile(r"(?<=\d)番(?:地|(?![町丁館通]))[-ノ]?"), NUMBERED),
    ("号", re.compile(r"(?<=\d)号-?(?=\d)"), "-"),
    ("号", re.compile(r"(?<=\d)号(?![室棟館地線])"), ""),
    ("ノ", re.compile(r"(?<=\d)ノ(?=\d)"), "-"),
    ("--", re.compile(r"--+"), "-"),
)
_LOT = re.compile(rf"[-{NUMBERED}]?([甲乙丙丁戊己庚辛]?)(\d+(?:[-{NUMBERED}]\d+)*)")


@cache
def rules() -> str:
    """Return a mark that changes whenever keys are made by other rules: keys that were stored are then stale.

    Examples
    --------
    >>> len(rules())
    8
    """
    patterns = (_BRACKETS, _ASIDE, _LOOKALIKE, _KANJI, _SPACE_IN_NUMBER, _SPACE_BETWEEN_NUMBERS, _BUILDING)
    written = [pattern.pattern for pattern in patterns]
    written += [f"{pattern.pattern}>{replacement}" for _, pattern, replacement in _RULES]
    written += [f"{code}>{new}" for code, new in sorted(_CHARACTERS.items())]
    return hashlib.blake2b("\n".join(written).encode(), digest_size=4).hexdigest()


def plain(text: str) -> str:
    """Return the text in NFKC without spaces, postcode and brackets, for showing and comparing.

    Examples
    --------
    >>> plain("〒100-0001　みほん ３－２")
    'みほん3-2'
    """
    return "".join(_without_asides(text).split())


def without_brackets(text: str) -> str:
    """Leave out what stands in brackets.

    Examples
    --------
    >>> without_brackets("みほん3-2（旧みほん町、西側）・本町")
    'みほん3-2・本町'
    """
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", text))


def address_key(text: str) -> str:
    """Return the comparable key of an address, or of the name of a town or city.

    A building after a space and anything in brackets is left out. The number before 番・番地 keeps a mark,
    since it is never a 丁目.

    Examples
    --------
    >>> address_key("みほん三丁目２番１号 みほんビル"), address_key("みほん３の２の１")
    ('ミホン3-2#1', 'ミホン3-2-1')
    >>> address_key("南11条西10丁目1番3号"), address_key("つつじヶ丘") == address_key("つつじが丘")
    ('南11西10-1#3', True)
    """
    key = _without_asides(text).translate(_CHARACTERS)
    if "丁目" in key:
        key = _LOOKALIKE.sub(lambda match: {"ニ": "2", "ハ": "8", "ー": "1"}[match[0]], key)
    key = _KANJI.sub(_as_digits, key)
    if _SPACE.search(key):
        key = _without_spaces(key)
    for character, pattern, replacement in _RULES:
        if character in key:
            key = pattern.sub(replacement, key)
    return key.rstrip("-" + NUMBERED) + (NUMBERED if key.endswith(NUMBERED) else "")


def postcode(text: str) -> str:
    """Return the seven digits of the postcode that begins an address, or nothing.

    Examples
    --------
    >>> postcode("〒112-0001 みほん３－２"), postcode("みほん3-2")
    ('1120001', '')
    """
    match = _POSTCODE.match(unicodedata.normalize("NFKC", text[:_POSTCODE_ENDS]) + " 住")
    return "".join(character for character in match[0] if character.isdigit()) if match else ""


def lot_key(text: str) -> str:
    """Return the comparable form of a house or lot number.

    Examples
    --------
    >>> lot_key("２番１"), lot_key("甲218")
    ('2-1', '甲218')
    """
    return address_key(text).replace(NUMBERED, "-").strip("-")


def split_lot(rest: str) -> tuple[str, ...]:
    """List the lot numbers that the end of an address key may name, finest first.

    Examples
    --------
    >>> split_lot("-2#1")
    ('2-1', '2')
    >>> split_lot("甲218#1")
    ('甲218-1', '甲218', '218-1', '218')
    """
    match = _LOT.match(rest)
    if match is None:
        return ()
    numbers = match[2].replace(NUMBERED, "-").split("-")
    plain_lots = tuple("-".join(numbers[:count]) for count in range(len(numbers), 0, -1))
    return tuple(match[1] + lot for lot in plain_lots) + plain_lots if match[1] else plain_lots


def _without_asides(text: str) -> str:
    known = unicodedata.normalize("NFKC", text).strip()
    if known[:1] == "〒" or known[:1].isdigit():
        known = _POSTCODE.sub("", known)
    return _ASIDE.sub("", _BRACKETS.sub("", known)).strip() if _ASIDE.search(known) else known


def _without_spaces(key: str) -> str:
    """Join what belongs together, and leave out the building after a space."""
    key = _BUILDING.sub(r"\1", _SPACE_IN_NUMBER.sub("", key))
    return _SPACE.sub("", _SPACE_BETWEEN_NUMBERS.sub("-", key))


def _as_digits(match: re.Match[str]) -> str:
    number = _number(match[0])
    return f"{number}-" if match[1] else number


def _number(kanji: str) -> str:
    if not any(character in _UNITS for character in kanji):
        return "".join(str(_DIGITS[character]) for character in kanji)
    total = current = 0
    for character in kanji:
        if character in _UNITS:
            total += (current or 1) * _UNITS[character]
            current = 0
        else:
            current = current * 10 + _DIGITS[character]
    return str(total + current)
