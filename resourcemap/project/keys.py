"""The sections and keys of resourcemap.toml, and what each may say."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from resourcemap.model.catalog import LANGUAGES as SPOKEN
from resourcemap.model.catalog import MOST_MONTHS
from resourcemap.publish.escape import is_secure_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_TEXT, _TEXTS = (str,), (str, list)
_NUMBER, _NUMBERS = (int, float), (list,)

TYPE_JA = {
    str: '引用符で囲んだ文字（"…"）',
    int: "引用符のない数",
    float: "引用符のない数",
    list: "[ ] で囲んだ並び",
    dict: "{ } で囲んだ組",
    bool: "true か false",
    date: "引用符のない日付（2026-11-01）",
}

# Section -> key -> types it may have. A section in MANY is written with double brackets and may come often.
KEYS: dict[str, dict[str, tuple[type, ...]]] = {
    "project": {
        "title": _TEXT,
        "publisher": _TEXT,
        "prefecture": _TEXT,
        "city": _TEXT,
        "date": (date,),
        "credit": _TEXT,
        "language": _TEXT,
    },
    "resources": {
        "file": _TEXT,
        "sheet": _TEXT,
        "kind": _TEXT,
        "consent": _TEXT,
        "columns": (dict,),
        "outside_japan": (bool,),
    },
    "same": {"rows": _NUMBERS, "names": _NUMBERS},
    "different": {"rows": _NUMBERS, "names": _NUMBERS},
    "blocks": {"file": _TEXTS, "id": _TEXT, "name": _TEXT, "city": _TEXT, "outline": _TEXTS, "around": _NUMBER},
    "areas": {
        "system": _TEXT,
        "membership": _TEXT,
        "block": _TEXT,
        "column": _TEXT,
        "polygons": _TEXTS,
        "id": _TEXT,
        "name": _TEXT,
        "each_block": (bool,),
    },
    "people": {
        "file": _TEXTS,
        "block_id": _TEXT,
        "block": _TEXT,
        "total": _TEXT,
        "city": _TEXT,
        "unmatched": _TEXT,
        "spread": _NUMBER,
        "buildings": _TEXTS,
        "floors": _TEXT,
        "height": _TEXT,
        "dwelling": _TEXT,
        "mesh": _TEXTS,
    },
    "locate": {"gazetteer": _TEXTS, "places": _TEXTS},
    "consent": {"lacking": _TEXT, "places": _TEXT, "figures": _TEXT},
    "background": dict.fromkeys(("hills", "water", "parks", "streets", "rail", "stations", "outline"), _TEXTS),
    "reach": {
        "streets": _TEXTS,
        "profile": _TEXT,
        "profiles": (dict,),
        "snap": _NUMBER,
        "detour": _NUMBER,
    },
    "coverage": {
        "distances": _NUMBERS,
        "kinds": _NUMBERS,
        "audiences": _NUMBERS,
        "slots": _NUMBERS,
        "at_least": _NUMBER,
        "combinations": _NUMBERS,
        "verified_within": (int,),
        "catchment": _NUMBER,
        "decay": (str, list, dict),
        "borderline": _NUMBER,
        "few_people": (int,),
        "few_places": (int,),
        "csv": _TEXT,
        "figures": _TEXT,
        "week": _TEXT,
    },
    "rating": {"grades": _NUMBERS, "file": _TEXT},
    "strengths": {"file": _TEXT, "system": _TEXT},
    "sites": {"candidates": _TEXTS},
    "gaps": {"distance": _NUMBER, "kinds": _NUMBERS, "csv": _TEXT, "html": _TEXT, "standards": _TEXT, "patches": _TEXT},
    "map": {
        **dict.fromkeys(("file", "planning", "embed", "address", "tiles", "contact"), _TEXT),
        "languages": _NUMBERS,
    },
    "list": {"file": _TEXT, "system": _TEXT},
    "newsletter": {
        **dict.fromkeys(("name", "first", "system", "phone", "address", "mail", "since", "text", "column"), _TEXT),
        "template": _TEXT,
        "box": (bool,),
    },
    "opendata": {"licence": _TEXT, "code": _TEXT, "public_kinds": _NUMBERS},
    "calendar": {"week": _TEXT},
    "freshness": {"months": (dict,)},
    "worksheet": {"system": _TEXT, "csw": (dict,)},
}
MANY = ("resources", "areas", "same", "different")
REQUIRED = {
    "same": ("rows",),
    "different": ("rows",),
    "resources": ("file",),
    "areas": ("system",),
    "blocks": ("file",),
    "people": ("file",),
}
LANGUAGES = ("ja", "en")
# What to do with people of a block that is not among the blocks.
UNMATCHED: dict[str, Literal["error", "aside"]] = {
    "誤り": "error",
    "error": "error",
    "除く": "aside",
    "aside": "aside",
}
# Whether what may not be shown stands at its town block: for what lacks consent, else it is left out; for figures, else
# they count the exact spots.
BY_BLOCK = {"町丁目": True, "block": True, "除く": False, "out": False, "正確": False, "exact": False}
# The weekday on which weeks on paper begin.
WEEKS = {"日": 6, "sunday": 6, "月": 0, "monday": 0}
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
# A grid finer than this fills the memory of a machine, and says no more about where people live.
FINEST = 10


def _all_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _is_municipal_code(code: str) -> bool:
    """Tell whether a text is a 全国地方公共団体コード: six digits, the last of which checks the others."""
    if not re.fullmatch(r"[0-9]{6}", code):
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(code[:5], (6, 5, 4, 3, 2), strict=True))
    return (11 - weighed % 11) % 10 == int(code[5])


def _above_zero(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < math.inf


def _all_between(values: Iterable[object]) -> bool:
    return all(isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1 for value in values)


# What a value of the right type must also be, and how to say so.
RULES: dict[tuple[str, str], tuple[Callable[[Any], bool], str, str]] = {
    ("project", "language"): (lambda value: value in LANGUAGES, '"ja" か "en"', '"ja" or "en"'),
    ("resources", "columns"): (
        lambda value: _all_texts(value.values()),
        '{ name = "団体の名前" } のような、列名の組',
        'a table of headings such as { name = "団体の名前" }',
    ),
    **{
        ("consent", name): (
            lambda value: value in ("除く", "out", "町丁目", "block"),
            '"除く" か "町丁目"',
            '"out" or "block"',
        )
        for name in ("lacking", "places")
    },
    ("consent", "figures"): (
        lambda value: value in ("町丁目", "block", "正確", "exact"),
        '"町丁目" か "正確"',
        '"block" or "exact"',
    ),
    ("people", "unmatched"): (
        lambda value: value in UNMATCHED,
        '"誤り"（町丁目の地図にない町丁目があれば止まる）か "除く"',
        '"error" (stop at blocks that are not among the blocks) or "aside"',
    ),
    ("people", "spread"): (
        lambda value: value == 0 or FINEST <= value < math.inf,
        f"0 か、{FINEST} 以上の数（m）",
        f"0, or a number of {FINEST} or more (metres)",
    ),
    ("coverage", "distances"): (
        lambda values: all(map(_above_zero, values)),
        "[300, 500] のような、0より大きい数（m）の並び",
        "a list of numbers above 0 (metres), such as [300, 500]",
    ),
    ("blocks", "around"): (_above_zero, "0より大きい数（m）", "a number above 0 (metres)"),
    ("reach", "snap"): (_above_zero, "0より大きい数（m）", "a number above 0 (metres)"),
    ("reach", "detour"): (
        lambda value: 1 <= value < math.inf,
        "1以上の数（1.3 など）",
        "a number of 1 or more, such as 1.3",
    ),
    ("coverage", "at_least"): (lambda value: 0 <= value <= 1, "0から1までの数", "a number from 0 to 1"),
    ("coverage", "borderline"): (lambda value: 0 <= value < 1, "0以上1未満の数", "a number from 0 to below 1"),
    ("coverage", "catchment"): (_above_zero, "0より大きい数（m）", "a number above 0 (metres)"),
    ("coverage", "verified_within"): (
        lambda value: value > 0,
        "1以上の整数（か月）",
        "a whole number of 1 or more (months)",
    ),
    ("coverage", "few_people"): (lambda value: value >= 0, "0以上の整数", "a whole number of 0 or more"),
    ("coverage", "few_places"): (lambda value: value >= 0, "0以上の整数", "a whole number of 0 or more"),
    ("coverage", "combinations"): (
        lambda pairs: all(isinstance(pair, list) and len(pair) == 2 and _all_texts(pair) for pair in pairs),
        '[["salon", "pantry"]] のような、種類2つずつの並び（ある、ない）',
        'pairs of kinds, has and lacks, such as [["salon", "pantry"]]',
    ),
    ("rating", "grades"): (
        lambda values: len(values) == 3 and _all_between(values) and sorted(values, reverse=True) == values,
        "[0.7, 0.4, 0.2] のような、0から1までの大きい順の数3つ（A、B、C）",
        "three numbers from 0 to 1, the largest first, such as [0.7, 0.4, 0.2] (A, B, C)",
    ),
    ("freshness", "months"): (
        lambda value: all(type(months) is int and 1 <= months <= MOST_MONTHS for months in value.values()),
        f'{{ "サロン" = 6 }} のような、種類と1〜{MOST_MONTHS}の整数（か月）の組',
        f"kinds with whole months from 1 to {MOST_MONTHS}, such as {{ salon = 6 }}",
    ),
    ("worksheet", "csw"): (
        lambda value: _all_texts(value.values()) and all(name.strip() for name in value.values()),
        '{ "さくら台圏域" = "佐藤" } のような、区域と担当者の組',
        'areas with who is in charge, such as { "さくら台圏域" = "佐藤" }',
    ),
    ("map", "address"): (
        lambda value: not value or is_secure_address(value),
        '"https://www.example.or.jp/map/index.html" のような、https:// で始まり # のないアドレス',
        'an address that begins with https:// and has no #, such as "https://www.example.or.jp/map/index.html"',
    ),
    ("map", "languages"): (
        lambda values: values and all(value in SPOKEN for value in values),
        f'["ja", "en"] のような、ことばの並び（{"、".join(SPOKEN)}）',
        f'a list of languages such as ["ja", "en"] ({", ".join(SPOKEN)})',
    ),
    ("opendata", "code"): (
        lambda value: not value or _is_municipal_code(value),
        '"131164" のような、検査数字まで入れた6桁の全国地方公共団体コード',
        'the code of the municipality with its check digit, such as "131164"',
    ),
    ("calendar", "week"): (
        lambda value: value in WEEKS,
        '"日" か "月"（週の始まりの曜日）',
        '"sunday" or "monday" (on which weeks begin)',
    ),
    ("map", "contact"): (
        lambda value: not value or _MAIL.fullmatch(value) is not None,
        '"chiiki@example.or.jp" のようなメールアドレス',
        'a mail address such as "chiiki@example.or.jp"',
    ),
    ("gaps", "distance"): (_above_zero, "0より大きい数（m）", "a number above 0 (metres)"),
    **{
        (section, key): (
            lambda value: isinstance(value, str) or _all_texts(value),
            '["a", "b"] のような、文字の並び',
            'a list of texts such as ["a", "b"]',
        )
        for section, keys in KEYS.items()
        for key, types in keys.items()
        if types == _TEXTS or key in ("kinds", "audiences", "slots", "public_kinds")
    },
}
