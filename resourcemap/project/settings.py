"""What resourcemap.toml may say, checked at the door."""

from __future__ import annotations

import difflib
import math
import tomllib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from resourcemap.errors import ProjectError
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

NAME = "resourcemap.toml"

_TEXT, _TEXTS = (str,), (str, list)
_NUMBER, _NUMBERS = (int, float), (list,)

_TYPE_JA = {
    str: '引用符で囲んだ文字（"…"）',
    int: "引用符のない数",
    float: "引用符のない数",
    list: "[ ] で囲んだ並び",
    dict: "{ } で囲んだ組",
    bool: "true か false",
    date: "引用符のない日付（2026-11-01）",
}

# Section -> key -> types it may have. A section in _MANY is written with double brackets and may come often.
_KEYS: dict[str, dict[str, tuple[type, ...]]] = {
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
    "gaps": {"distance": _NUMBER, "kinds": _NUMBERS, "csv": _TEXT, "html": _TEXT},
    "map": {"file": _TEXT},
    "list": {"file": _TEXT, "system": _TEXT},
}
_MANY = ("resources", "areas", "same", "different")
_REQUIRED = {
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
# A grid finer than this fills the memory of a machine, and says no more about where people live.
FINEST = 10


def _all_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _above_zero(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < math.inf


# What a value of the right type must also be, and how to say so.
_RULES: dict[tuple[str, str], tuple[Callable[[Any], bool], str, str]] = {
    ("project", "language"): (lambda value: value in LANGUAGES, '"ja" か "en"', '"ja" or "en"'),
    ("resources", "columns"): (
        lambda value: _all_texts(value.values()),
        '{ name = "団体の名前" } のような、列名の組',
        'a table of headings such as { name = "団体の名前" }',
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
    ("gaps", "distance"): (_above_zero, "0より大きい数（m）", "a number above 0 (metres)"),
    **{
        (section, key): (
            lambda value: isinstance(value, str) or _all_texts(value),
            '["a", "b"] のような、文字の並び',
            'a list of texts such as ["a", "b"]',
        )
        for section, keys in _KEYS.items()
        for key, types in keys.items()
        if types == _TEXTS or key in ("kinds", "audiences", "slots")
    },
}


@dataclass(frozen=True)
class Settings:
    """The content of resourcemap.toml, each section as a table of what was written.

    Parameters
    ----------
    project, blocks, people, locate, background, reach, coverage, gaps, map, list
        The section of that name; empty when it is not there.
    resources, areas, same, different
        The sections of that name in the order written.
    kinds
        The project's own kinds by id.
    """

    project: Mapping[str, Any] = field(default_factory=dict)
    resources: tuple[Mapping[str, Any], ...] = ()
    same: tuple[Mapping[str, Any], ...] = ()
    different: tuple[Mapping[str, Any], ...] = ()
    blocks: Mapping[str, Any] = field(default_factory=dict)
    areas: tuple[Mapping[str, Any], ...] = ()
    people: Mapping[str, Any] = field(default_factory=dict)
    locate: Mapping[str, Any] = field(default_factory=dict)
    background: Mapping[str, Any] = field(default_factory=dict)
    reach: Mapping[str, Any] = field(default_factory=dict)
    coverage: Mapping[str, Any] = field(default_factory=dict)
    gaps: Mapping[str, Any] = field(default_factory=dict)
    map: Mapping[str, Any] = field(default_factory=dict)
    list: Mapping[str, Any] = field(default_factory=dict)
    kinds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def read_settings(path: Path) -> Settings:
    r"""Read resourcemap.toml.

    Raises
    ------
    ProjectError
        When the file is missing or is not TOML, and for every section or key that is not known (with the nearest
        known one), of the wrong type, or missing: all at once.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "resourcemap.toml"
    >>> _ = path.write_text('[project]\ntitle = "みほん市"\n', encoding="utf-8")
    >>> read_settings(path).project["title"]
    'みほん市'
    """
    if not path.is_file():
        raise ProjectError(
            either(
                ja=f"{path}: 設定ファイルがありません。-p でプロジェクトのフォルダーを指定するか、"
                "resourcemap init で作ってください。",
                en=f"{path}: no such file. Name the project's folder with -p, or make one with resourcemap init.",
            )
        )
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ProjectError(
            either(
                ja=f"{path.name}: UTF-8 で保存されていません（Shift_JIS のようです）。"
                "メモ帳の「名前を付けて保存」で、文字コードを UTF-8 にしてください。",
                en=f"{path.name}: is not saved as UTF-8, but perhaps as Shift_JIS. Save the file as UTF-8.",
            )
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(
            either(
                ja=f"{path.name}: 書き方に誤りがあります（{error}）。その行の「=」や引用符、かっこを確かめてください。",
                en=f"{path.name}: not valid TOML ({error}). Check that line.",
            )
        ) from error
    faults = [fault for section, content in written.items() for fault in _faults(section, content)]
    if faults := faults or _systems_twice(written.get("areas", [])):
        raise ProjectError([f"{path.name}: {fault}" for fault in faults])
    sections: dict[str, Any] = {name: tuple(written[name]) if name in _MANY else written[name] for name in written}
    return Settings(**sections)


def require_known(
    where: str, words: Iterable[str], known: Sequence[str], *, meant: Callable[[str], str | None] = lambda _: None
) -> None:
    """Raise `ProjectError` for words of a setting that the project does not know, with the nearest known one.

    `meant` may say which known one a word of everyday language stands for.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     require_known("[list] system", ["北"], ["東", "西"])
    Traceback (most recent call last):
    resourcemap.errors.ProjectError: resourcemap.toml: [list] system: there is no 北. Known: 東, 西.
    """
    faults = []
    for word in words:
        if word in known:
            continue
        said = meant(word)
        near = [said] if said in known else difflib.get_close_matches(word, known, n=1)
        hint_ja, hint_en = (f"もしかして {near[0]} ですか。", f" Did you mean {near[0]}?") if near else ("", "")
        faults.append(
            either(
                ja=f"{NAME}: {where} の「{word}」はありません。{hint_ja}使えるのは {'、'.join(known)} です。",
                en=f"{NAME}: {where}: there is no {word}.{hint_en} Known: {', '.join(known)}.",
            )
        )
    if faults:
        raise ProjectError(faults)


def _faults(section: str, content: object) -> list[str]:
    if section == "kinds":
        tables_of_kinds = isinstance(content, dict) and all(isinstance(kind, dict) for kind in content.values())
        # What a kind says is for the catalogue to check.
        return [] if tables_of_kinds else [_as_a_kind()]
    if section not in _KEYS:
        return [_unknown(f"[{section}]", section, [*_KEYS, "kinds"])]
    tables = content if section in _MANY else [content]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        name = f"[[{section}]]" if section in _MANY else f"[{section}]"
        return [either(ja=f"{section} は {name} と書いてください。", en=f"Write {section} as {name}.")]
    return [fault for table in tables for fault in _table_faults(section, table)]


def _table_faults(section: str, table: dict[str, Any]) -> list[str]:
    known = _KEYS[section]
    faults = [_unknown(f"[{section}] {key}", key, list(known)) for key in table if key not in known]
    for key, value in table.items():
        if key in known and (not isinstance(value, known[key]) or _wrong_bool(value, known[key])):
            types = " / ".join(kind.__name__ for kind in known[key])
            types_ja = "、または".join(dict.fromkeys(_TYPE_JA[kind] for kind in known[key]))
            faults.append(
                either(
                    ja=f"[{section}] {key} の値 {value!r} は使えません。{types_ja}にしてください。",
                    en=f"[{section}] {key}: {value!r} is not a {types}. Correct it.",
                )
            )
        elif (section, key) in _RULES and not _RULES[section, key][0](value):
            _, ja, en = _RULES[section, key]
            faults.append(
                either(
                    ja=f"[{section}] {key} の値 {value!r} は使えません。{ja}にしてください。",
                    en=f"[{section}] {key}: {value!r} will not do. Write {en}.",
                )
            )
    faults += [
        either(
            ja=f"[{section}] に {key} がありません。書き足してください。",
            en=f"[{section}] has no {key}. Add it.",
        )
        for key in _REQUIRED.get(section, ())
        if key not in table
    ]
    return faults


def _as_a_kind() -> str:
    return either(
        ja="kinds は [kinds.nursery] のように、種類ごとに分けて書いてください。",
        en="Write each of the kinds as a section of its own, such as [kinds.nursery].",
    )


def _systems_twice(areas: list[dict[str, Any]]) -> list[str]:
    names = [area["system"] for area in areas]
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    return [
        either(
            ja=f"[[areas]] system「{name}」が2回あります。区分ごとに別の名前にしてください。",
            en=f"[[areas]] system {name} is there twice. Give each system a name of its own.",
        )
        for name in twice
    ]


def _unknown(where: str, word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    hint_ja, hint_en = (f"もしかして {near[0]} ですか。", f" Did you mean {near[0]}?") if near else ("", "")
    return either(
        ja=f"{where} という設定はありません。{hint_ja}使えるのは {', '.join(known)} です。",
        en=f"{where} is not a setting.{hint_en} Known: {', '.join(known)}.",
    )


def _wrong_bool(value: object, types: tuple[type, ...]) -> bool:
    """Tell whether true or false stands where a number belongs: to Python a bool is an int."""
    return isinstance(value, bool) and bool not in types
