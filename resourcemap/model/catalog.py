"""The catalogue: kinds of resource, audiences and facilities, with their labels, symbols and synonyms.

The entries are data, in catalog.toml. A project adds its own kinds in resourcemap.toml.
"""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, cached_property
from importlib.resources import files
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from resourcemap.errors import InputError
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LANGUAGES: Final = ("ja", "ja-easy", "en", "zh", "ko")

_FALLBACK = {"ja": ("en",), "ja-easy": ("ja", "en"), "en": ("ja",), "zh": ("en", "ja"), "ko": ("en", "ja")}
_KEYS = (*LANGUAGES, "theme", "audience", "colour", "shape", "pattern", "synonyms", "check_months")
# Offices check their entries in a yearly round.
YEARLY = 12
MOST_MONTHS = 120
_ID = re.compile(r"[a-z][a-z0-9_]*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_CHOSEN = ("theme", "audience", "colour", "shape", "pattern", "check_months")
# Shapes that are hard to tell apart on a map of a whole city.
_ALIKE = (
    {"circle", "octagon", "hexagon", "pentagon"},
    {"square", "trapezoid", "parallelogram", "arch"},
    {"triangle", "house", "drop"},
    {"triangle_down", "heart", "shield"},
)
_DOTS = re.compile(r"[・·‐-―_]")
_SPACE_BESIDE_JAPANESE = re.compile(r"(?<![!-~]) | (?![!-~])")
_DENIED = re.compile(r"[\s:=()は]*(なし|無し|無(?!料|線)|ない|ありません|不可|できません|[×✕✖]|no\b)")
_REFUSED = re.compile(r"\b(no|without)\s+$")


@dataclass(frozen=True)
class Entry:
    """Something with an id and a label in each language.

    Parameters
    ----------
    id
        What tables hold.
    labels
        What people read, by language.
    """

    id: str
    labels: Mapping[str, str] = field(repr=False)

    def label(self, language: str = "ja") -> str:
        """Return the label in a language of `LANGUAGES`, or in the nearest one that the entry has.

        Examples
        --------
        >>> load_catalog().kinds["pantry"].label("en")
        'Food pantry'
        """
        for each in (language, *_FALLBACK.get(language, ("en", "ja"))):
            if each in self.labels:
                return self.labels[each]
        return self.id


@dataclass(frozen=True)
class Theme(Entry):
    """Kinds that belong on one map."""


@dataclass(frozen=True)
class Kind(Entry):
    """A kind of resource.

    Parameters
    ----------
    audience
        The id of those it is for, unless a resource says otherwise.
    colour
        As ``#rrggbb``; a white symbol on it can be seen.
    shape
        The id of its outline.
    pattern
        The id of its filling on a monochrome printer.
    synonyms
        Other words for it.
    theme
        The id of its theme.
    hosts
        Whether its venues could also hold something else: a hall could, a clinic or a defibrillator could not.
    check_months
        How many months after a check somebody has to look again.
    """

    audience: str
    colour: str
    shape: str
    pattern: str
    synonyms: tuple[str, ...] = field(repr=False)
    theme: str
    hosts: bool = True
    check_months: int = YEARLY


@dataclass(frozen=True)
class Audience(Entry):
    """Those whom a resource is for; `age_from` to `age_to`, both included, or no ages when it has none."""

    age_from: int | None
    age_to: int | None
    synonyms: tuple[str, ...] = field(repr=False)

    def ages(self, language: str) -> str:
        """Write its ages, in Japanese or else in English; its label when it has none.

        Examples
        --------
        >>> load_catalog().audiences["older"].ages("ja"), load_catalog().audiences["children"].ages("en")
        ('65歳以上', 'aged 0 to 14')
        """
        if self.age_from is None:
            return self.label(language)
        japanese = language.startswith("ja")
        if self.age_to is None:
            return f"{self.age_from}歳以上" if japanese else f"{self.age_from} and over"
        return f"{self.age_from}〜{self.age_to}歳" if japanese else f"aged {self.age_from} to {self.age_to}"


@dataclass(frozen=True)
class Facility(Entry):
    """Something that a venue offers."""

    synonyms: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Catalog:
    """All entries by id, in the order of the catalogue.

    Parameters
    ----------
    kinds, audiences, facilities, themes
        The entries.
    shapes
        SVG path data in a box of 24 by 24.
    patterns
        SVG markup of a tile of 8 by 8, black on white.
    """

    kinds: Mapping[str, Kind] = field(repr=False)
    audiences: Mapping[str, Audience] = field(repr=False)
    facilities: Mapping[str, Facility] = field(repr=False)
    themes: Mapping[str, Theme] = field(repr=False)
    shapes: Mapping[str, str] = field(repr=False)
    patterns: Mapping[str, str] = field(repr=False)

    def kind_of(self, text: object) -> str | None:
        """Return the id of the kind that a cell names, or ``None`` when it is unknown or unclear.

        An id, a label in any language or a synonym is taken first; then the longest of them inside the
        text. Width, spaces and capitals do not count.

        Examples
        --------
        >>> catalog = load_catalog()
        >>> catalog.kind_of("ふれあい・いきいきサロン"), catalog.kind_of("土曜こども食堂（月２回）")
        ('salon', 'kids_cafeteria')
        >>> catalog.kind_of("その他") is None
        True
        """
        folded = _fold(text)
        if not folded:
            return None
        if folded in self._kind_words:
            return self._kind_words[folded]
        found = [word for word in self._kind_words if len(word) > 1 and _find(word, folded) >= 0]
        longest = {self._kind_words[word] for word in found if len(word) == max(map(len, found))}
        return longest.pop() if len(longest) == 1 else None

    def audiences_of(self, text: object) -> tuple[str, ...]:
        """Return the ids of the audiences that a text names, in the order of the catalogue.

        Examples
        --------
        >>> load_catalog().audiences_of("小学生とその保護者")
        ('children', 'parents')
        """
        return _named_in(_fold(text), self._audience_words, self.audiences)

    def facilities_of(self, text: object) -> tuple[str, ...]:
        """Return the ids of the facilities that a text names and does not deny, in the order of the catalogue.

        Examples
        --------
        >>> load_catalog().facilities_of("スロープ、多目的トイレ、駐車場なし")
        ('step_free', 'accessible_toilet')
        """
        return _named_in(_fold(text), self._facility_words, self.facilities)

    def with_kinds(self, kinds: Mapping[str, Mapping[str, Any]]) -> Catalog:
        """Return a catalogue with more kinds, or with changed ones; this one stays as it is.

        Parameters
        ----------
        kinds
            By id: labels by language (``ja`` or ``en`` at least), ``audience``, ``theme``, ``colour``,
            ``shape``, ``pattern``, ``check_months``, ``synonyms``. What is missing stays as it was, or is chosen so
            that the new kind looks like no other.

        Raises
        ------
        InputError
            With every fault of every kind.

        Examples
        --------
        >>> more = load_catalog().with_kinds({"nursery": {"ja": "保育所", "audience": "children"}})
        >>> more.kind_of("保育所"), more.kinds["nursery"].label("en")
        ('nursery', '保育所')
        """
        faults = [fault for id_, asked in kinds.items() for fault in self._faults(id_, asked)]
        if faults:
            raise InputError(faults)
        catalog = self
        for id_, asked in kinds.items():
            kind = catalog._made(id_, asked)
            catalog = replace(catalog, kinds=MappingProxyType({**catalog.kinds, id_: kind}))
        faults = _twins(catalog.kinds, kinds)
        if faults:
            raise InputError(faults)
        return catalog

    def with_audiences(self, audiences: Iterable[Audience]) -> Catalog:
        """Return a catalogue with more audiences; of one id, the new one stays.

        Examples
        --------
        >>> young = Audience("age_15_24", {"ja": "15〜24歳"}, 15, 24, ())
        >>> load_catalog().with_audiences([young]).audiences["age_15_24"].ages("ja")
        '15〜24歳'
        """
        more = {audience.id: audience for audience in audiences}
        return replace(self, audiences=MappingProxyType({**self.audiences, **more}))

    def checked_every(self, months: Mapping[str, int]) -> Catalog:
        """Return a catalogue in which some kinds, by id, have to be checked every so many months.

        Examples
        --------
        >>> load_catalog().checked_every({"salon": 3}).kinds["salon"].check_months
        3
        """
        kinds = {id_: replace(self.kinds[id_], check_months=number) for id_, number in months.items()}
        return replace(self, kinds=MappingProxyType({**self.kinds, **kinds}))

    @cached_property
    def _kind_words(self) -> dict[str, str]:
        return _words(self.kinds)

    @cached_property
    def _audience_words(self) -> dict[str, str]:
        return _words(self.audiences)

    @cached_property
    def _facility_words(self) -> dict[str, str]:
        return _words(self.facilities)

    def _made(self, id_: str, asked: Mapping[str, Any]) -> Kind:
        labels = {language: str(asked[language]) for language in LANGUAGES if language in asked}
        synonyms = tuple(asked.get("synonyms", ()))
        given = {key: asked[key] for key in _CHOSEN if key in asked}
        known = self.kinds.get(id_)
        if known:
            merged = MappingProxyType({**known.labels, **labels})
            return replace(known, labels=merged, synonyms=known.synonyms + synonyms, **given)
        look = self._free_look(given)
        usual = {"theme": next(iter(self.themes)), "audience": next(iter(self.audiences))}
        return Kind(id=id_, labels=MappingProxyType(labels), synonyms=synonyms, **{**usual, **look, **given})

    def _free_look(self, given: Mapping[str, str]) -> dict[str, str]:
        """Choose a colour and a shape as unlike those of every kind as there are, and a pattern that is free."""
        kinds = self.kinds.values()
        filled = {(kind.shape, kind.pattern) for kind in kinds}
        shapes = [given["shape"]] if "shape" in given else list(self.shapes)
        colours = [given["colour"]] if "colour" in given else list(dict.fromkeys(kind.colour for kind in kinds))
        patterns = [given["pattern"]] if "pattern" in given else list(self.patterns)
        looks = [
            (min(_unlike(shape, colour, kind) for kind in kinds), shape, colour)
            for shape, colour in product(shapes, colours)
        ]
        for _, shape, colour in sorted(looks, key=lambda look: -look[0]):
            for pattern in patterns:
                if (shape, pattern) not in filled:
                    return {"colour": colour, "shape": shape, "pattern": pattern}
        return {"colour": colours[0], "shape": shapes[0], "pattern": patterns[0]}

    def _faults(self, id_: str, asked: Mapping[str, Any]) -> list[str]:
        where = f"resourcemap.toml [kinds.{id_}]"
        faults = [_unknown(where, key, _KEYS) for key in asked if key not in _KEYS]
        allowed = (
            ("audience", self.audiences),
            ("theme", self.themes),
            ("shape", self.shapes),
            ("pattern", self.patterns),
        )
        faults += [
            _unknown(where, asked[key], known) for key, known in allowed if key in asked and asked[key] not in known
        ]
        if not _ID.fullmatch(id_):
            faults.append(
                either(
                    ja=f"{where}: 種類の名前 {id_!r} は使えません。小文字の英数字と _ で書いてください（例 nursery）。",
                    en=f"{where}: {id_!r} cannot be an id. Use small letters, digits and _ (such as nursery).",
                )
            )
        if "colour" in asked and not _COLOUR.fullmatch(str(asked["colour"])):
            faults.append(
                either(
                    ja=f"{where}: colour {asked['colour']!r} は色として読めません。#0072B2 のように書いてください。",
                    en=f"{where}: colour {asked['colour']!r} is not a colour. Write it like #0072B2.",
                )
            )
        months = asked.get("check_months", YEARLY)
        if not isinstance(months, int) or isinstance(months, bool) or not 1 <= months <= MOST_MONTHS:
            faults.append(
                either(
                    ja=f"{where}: check_months {months!r} は使えません。1〜{MOST_MONTHS}の整数（か月）にしてください。",
                    en=f"{where}: check_months cannot be {months!r}. Write whole months from 1 to {MOST_MONTHS}.",
                )
            )
        synonyms = asked.get("synonyms", [])
        if not isinstance(synonyms, (list, tuple)) or not all(isinstance(word, str) for word in synonyms):
            faults.append(
                either(
                    ja=f'{where}: synonyms は ["保育所", "保育園"] のような一覧にしてください。',
                    en=f'{where}: synonyms must be a list such as ["nursery", "crèche"].',
                )
            )
        if id_ not in self.kinds and not {"ja", "en"} & set(asked):
            faults.append(
                either(
                    ja=f"{where}: 名前がありません。ja（日本語の名前）を書いてください。",
                    en=f"{where}: it has no label. Give ja or en.",
                )
            )
        return faults


@cache
def load_catalog() -> Catalog:
    """Return the catalogue that comes with resourcemap.

    Examples
    --------
    >>> list(load_catalog().audiences)
    ['everyone', 'older', 'children', 'parents', 'disabled', 'foreigners']
    """
    text = files("resourcemap.model").joinpath("catalog.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text)
    return Catalog(
        kinds=MappingProxyType({id_: Kind(**_fields(id_, entry)) for id_, entry in content["kinds"].items()}),
        audiences=MappingProxyType(
            {
                id_: Audience(**{"age_from": None, "age_to": None, **_fields(id_, entry)})
                for id_, entry in content["audiences"].items()
            }
        ),
        facilities=MappingProxyType(
            {id_: Facility(**_fields(id_, entry)) for id_, entry in content["facilities"].items()}
        ),
        themes=MappingProxyType({id_: Theme(**_fields(id_, entry)) for id_, entry in content["themes"].items()}),
        shapes=MappingProxyType(content["shapes"]),
        patterns=MappingProxyType(content["patterns"]),
    )


def _fields(id_: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    labels = {language: entry[language] for language in LANGUAGES if language in entry}
    rest = {key: value for key, value in entry.items() if key not in labels}
    if "synonyms" in rest:
        rest["synonyms"] = tuple(rest["synonyms"])
    return {"id": id_, "labels": MappingProxyType(labels), **rest}


def _fold(text: object) -> str:
    if not isinstance(text, str):
        return ""
    folded = " ".join(_DOTS.sub(" ", unicodedata.normalize("NFKC", text)).split()).casefold()
    return _SPACE_BESIDE_JAPANESE.sub("", folded)


def _unlike(shape: str, colour: str, kind: Kind) -> float:
    """Return how far a look is from that of a kind: 1 for another shape, up to 1 for another colour, 0 for its own."""
    apart = 0.0 if shape == kind.shape else 0.3 if any({shape, kind.shape} <= alike for alike in _ALIKE) else 1.0
    return apart + math.dist(_rgb(colour), _rgb(kind.colour)) / math.dist((0, 0, 0), (255, 255, 255))


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _words(entries: Mapping[str, Kind] | Mapping[str, Audience] | Mapping[str, Facility]) -> dict[str, str]:
    """Give every folded word to its entry; the first entry keeps a word that a later one has, too."""
    words: dict[str, str] = {}
    for id_ in entries:
        for word in (id_, *entries[id_].labels.values(), *entries[id_].synonyms):
            words.setdefault(_fold(word), id_)
    return words


def _find(word: str, text: str, start: int = 0) -> int:
    """Find a word; one in Latin letters must not be part of a longer one."""
    if not word.isascii():
        return text.find(word, start)
    match = re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])").search(text, start)
    return match.start() if match else -1


def _named_in(text: str, words: Mapping[str, str], order: Iterable[str]) -> tuple[str, ...]:
    """Find entries in a text, long words first, each part of the text used once, denied ones left out."""
    found: set[str] = set()
    for word in sorted(words, key=len, reverse=True):
        while text and (start := _find(word, text)) >= 0:
            end = start + len(word)
            if not _DENIED.match(text, end) and not _REFUSED.search(text[:start]):
                found.add(words[word])
            text = f"{text[:start]}{'|' * len(word)}{text[end:]}"
    return tuple(id_ for id_ in order if id_ in found)


def _twins(kinds: Mapping[str, Kind], asked: Iterable[str]) -> list[str]:
    """Name the kinds asked for that look like another one."""
    return [
        _twin(mine, other)
        for mine in (kinds[id_] for id_ in asked)
        for other in kinds.values()
        if other.id != mine.id and (other.colour.lower(), other.shape) == (mine.colour.lower(), mine.shape)
    ]


def _twin(mine: Kind, other: Kind) -> str:
    where = f"resourcemap.toml [kinds.{mine.id}]"
    return either(
        ja=f"{where}: 色 {mine.colour} と形 {mine.shape} が「{other.label()}」（{other.id}）と同じです。"
        "どちらかを変えるか、書かずにおいてください。",
        en=f"{where}: colour {mine.colour} and shape {mine.shape} are those of {other.id}. "
        "Change one, or leave it out.",
    )


def _unknown(where: str, given: object, known: Iterable[str]) -> str:
    close = get_close_matches(str(given), list(known), n=1)
    hint = either(ja=f"{close[0]} のことですか。", en=f"Did you mean {close[0]}? ") if close else ""
    return either(
        ja=f"{where}: {given!r} はありません。{hint}使えるのは {', '.join(known)} です。",
        en=f"{where}: unknown {given!r}. {hint}Known: {', '.join(known)}.",
    )
