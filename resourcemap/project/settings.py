"""What resourcemap.toml may say, checked at the door."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resourcemap.errors import ProjectError
from resourcemap.language import either
from resourcemap.project.keys import KEYS, MANY, REQUIRED, RULES, TYPE_JA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

NAME = "resourcemap.toml"


@dataclass(frozen=True)
class Settings:
    """The content of resourcemap.toml, each section as a table of what was written.

    Parameters
    ----------
    project, blocks, people, locate, consent, background, reach, coverage, gaps, rating, strengths, sites, map, list,
    newsletter, opendata, calendar, freshness, worksheet
        The section of that name; empty when it is not there.
    resources, areas, same, different, standards
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
    consent: Mapping[str, Any] = field(default_factory=dict)
    background: Mapping[str, Any] = field(default_factory=dict)
    reach: Mapping[str, Any] = field(default_factory=dict)
    coverage: Mapping[str, Any] = field(default_factory=dict)
    standards: tuple[Mapping[str, Any], ...] = ()
    gaps: Mapping[str, Any] = field(default_factory=dict)
    rating: Mapping[str, Any] = field(default_factory=dict)
    strengths: Mapping[str, Any] = field(default_factory=dict)
    sites: Mapping[str, Any] = field(default_factory=dict)
    map: Mapping[str, Any] = field(default_factory=dict)
    list: Mapping[str, Any] = field(default_factory=dict)
    opendata: Mapping[str, Any] = field(default_factory=dict)
    newsletter: Mapping[str, Any] = field(default_factory=dict)
    calendar: Mapping[str, Any] = field(default_factory=dict)
    freshness: Mapping[str, Any] = field(default_factory=dict)
    worksheet: Mapping[str, Any] = field(default_factory=dict)
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
    faults += [_null(section) for section, content in written.items() if "\0" in "".join(_texts(content))]
    if faults := faults or _systems_twice(written.get("areas", [])):
        raise ProjectError([f"{path.name}: {fault}" for fault in faults])
    sections: dict[str, Any] = {
        name: tuple(written[name]) if name in (*MANY, "standards") else written[name] for name in written
    }
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
    if section == "standards":
        whole = isinstance(content, list) and all(isinstance(entry, dict) for entry in content)
        # What a standard says is for the plan to check.
        return [] if whole else [either(ja="standards は [[standards]] と書いてください。", en="Write [[standards]].")]
    if section not in KEYS:
        return [_unknown(f"[{section}]", section, [*KEYS, "kinds", "standards"])]
    tables = content if section in MANY else [content]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        name = f"[[{section}]]" if section in MANY else f"[{section}]"
        return [either(ja=f"{section} は {name} と書いてください。", en=f"Write {section} as {name}.")]
    return [fault for table in tables for fault in _table_faults(section, table)]


def _table_faults(section: str, table: dict[str, Any]) -> list[str]:
    known = KEYS[section]
    faults = [_unknown(f"[{section}] {key}", key, list(known)) for key in table if key not in known]
    for key, value in table.items():
        if key in known and (not isinstance(value, known[key]) or _wrong_bool(value, known[key])):
            types = " / ".join(kind.__name__ for kind in known[key])
            types_ja = "、または".join(dict.fromkeys(TYPE_JA[kind] for kind in known[key]))
            faults.append(
                either(
                    ja=f"[{section}] {key} の値 {value!r} は使えません。{types_ja}にしてください。",
                    en=f"[{section}] {key}: {value!r} is not a {types}. Correct it.",
                )
            )
        elif (section, key) in RULES and not RULES[section, key][0](value):
            _, ja, en = RULES[section, key]
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
        for key in REQUIRED.get(section, ())
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


def _texts(content: object) -> list[str]:
    """List every text of a section, at any depth."""
    if isinstance(content, dict):
        return _texts(list(content.values()))
    if isinstance(content, list):
        return [text for each in content for text in _texts(each)]
    return [content] if isinstance(content, str) else []


def _null(section: str) -> str:
    return either(
        ja=f"[{section}] に、使えない文字（\\u0000）があります。消してください。",
        en=f"[{section}] holds a character that no name can have (\\u0000). Remove it.",
    )


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
