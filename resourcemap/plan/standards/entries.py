"""Standards as people write them in resourcemap.toml, read and checked entry by entry."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from resourcemap.errors import InputError, unknown
from resourcemap.language import either
from resourcemap.measure.catalogue import load_measures
from resourcemap.measure.conditions import Every, Often
from resourcemap.model.ages import audience_named
from resourcemap.model.schedule.spans import DAY
from resourcemap.model.schedule.words import WEEKDAYS
from resourcemap.plan.standards.judged_words import standard_sentence
from resourcemap.plan.standards.standard import (
    MOSTLY,
    OF_SLOTS,
    Standard,
    catalog_for,
    load_presets,
    measures_asked,
    of_distance,
)
from resourcemap.reach.slot_words import read_slot, slots_each_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from resourcemap.measure.conditions import Condition
    from resourcemap.model.catalog import Catalog
    from resourcemap.reach.slot_words import Slot

_TEXT, _TEXTS, _NUMBER = (str,), (str, list), (int, float)
_TYPES: dict[str, tuple[type, ...]] = {
    "preset": _TEXT,
    "name": _TEXT,
    "called": _TEXT,
    "theme": _TEXT,
    "kinds": _TEXTS,
    "audience": _TEXT,
    "per": _TEXT,
    "measure": _TEXT,
    "distance": _NUMBER,
    "slots": _TEXTS,
    "each_day": _TEXT,
    "often": _TEXT,
    "at_least": _NUMBER,
    "threshold": _NUMBER,
    "weight": _NUMBER,
    "system": _TEXTS,
}
_MAY_BE_BLANK = ("theme", "called", "system")
_TIMES = ("slots", "each_day", "often")
# What the name of a preset's standard says: with any of these changed it would be untrue.
_IN_A_NAME = {*_TIMES, "kinds", "called", "audience", "per", "measure", "distance", "at_least", "threshold"}
# No distance, threshold or weight of a plan is as large.
_MOST = 1e12
# What is judged where an entry does not name a measure: of people, how many reach it; of an area, how many it has.
_PER = {"person": "share_within", "area": "resources"}
_PER_JA = {"人": "person", "区域": "area"}
_OFTEN = re.compile(r"(?:毎)?(週|月)(?:に)?(?:(\d{1,2})[回日])?(?:以上)?")
_OFTEN_EN = re.compile(r"(?:(\d{1,2})\s+times\s+a\s+(week|month)|(weekly|monthly)|(?:once\s+a\s+)(week|month))")


def read_standards(entries: Sequence[Mapping[str, Any]], catalog: Catalog, systems: Sequence[str]) -> list[Standard]:
    """Read the entries ``[[standards]]`` of a project.

    An entry with ``preset`` stands for every standard of that theme; what else it says is changed in all of them, and
    where their names would then be untrue, they are named by what they promise.

    Parameters
    ----------
    entries
        Each as it is written: ``name``, ``kinds`` (ids or everyday words), ``threshold``; then ``per`` (``person``
        or ``area``) or ``measure``, ``audience`` (an id, a word, or ages such as 75歳以上), ``distance`` (metres),
        one of ``slots`` (something open in each), ``each_day`` (on each of these weekdays) and ``often`` (週1回,
        月2回), ``at_least``, ``called`` (a name for the kinds together), ``theme``, ``weight`` and ``system``.
    catalog
        The kinds and audiences.
    systems
        The systems of areas that the project has.

    Raises
    ------
    InputError
        With every fault of every entry: a word that is not known (with the nearest known one), a number that makes
        no sense, settings that contradict each other, a name that comes twice.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> asked = {"name": "近くのサロン", "kinds": "サロン", "audience": "75歳以上", "threshold": 0.8, "often": "週1回"}
    >>> standard, = read_standards([asked], load_catalog(), [])
    >>> standard.kinds, standard.audience, standard.measure, standard.distance, standard.slot
    (('salon',), 'age_75_over', 'share_within', 500.0, '週1回以上')
    """
    faults: list[str] = []
    read: list[Standard] = []
    named: list[tuple[int, str]] = []
    for number, entry in enumerate(entries, 1):
        for where, asked in _expanded(number, entry, faults):
            found = [*_faults(where, asked, catalog, systems)]
            faults += found
            if not found:
                read.append(_standard(asked, catalog, named_anew=bool(_IN_A_NAME & set(entry)) and "preset" in entry))
            name = asked.get("name") if found else read[-1].name
            named.append((number, str(name or "").strip()))
    faults += _twice(named)
    if faults:
        raise InputError(faults)
    return read


def _twice(named: list[tuple[int, str]]) -> Iterator[str]:
    """Yield a fault for every name that comes twice, with the numbers of the entries."""
    for name in dict.fromkeys(name for _, name in named if name):
        numbers = [str(number) for number, other in named if other == name]
        if len(numbers) > 1:
            yield either(
                ja=f"[[standards]] {'と'.join(numbers)}: 「{name}」という基準が重なっています。"
                "別の名前にするか、いらないほうを消してください。",
                en=f"[[standards]] {' and '.join(numbers)} are both named {name!r}. "
                "Give each a name of its own, or remove one.",
            )


def _expanded(number: int, entry: Mapping[str, Any], faults: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the entry itself, or the standards of the theme that it names, changed as it says."""
    where = f"[[standards]] {number}"
    if "preset" not in entry:
        name = entry.get("name")
        yield (f"{where}「{name}」" if isinstance(name, str) else where), entry
        return
    presets = load_presets()
    named = {preset.ja: id_ for id_, preset in presets.items()}
    id_ = named.get(str(entry["preset"]), str(entry["preset"]))
    if id_ not in presets:
        faults.append(unknown(f"{where} preset", entry["preset"], [*presets, *named]))
        return
    if "name" in entry:
        faults.append(
            either(
                ja=f"{where}: preset と name は一緒に書けません。preset はテーマの基準ぜんぶを入れます。"
                "name を消してください。",
                en=f"{where}: preset takes every standard of a theme, so it cannot have one name. Remove name.",
            )
        )
        return
    changed = {key: value for key, value in entry.items() if key != "preset"}
    wrong = [*_type_faults(f"{where} preset {entry['preset']}", changed)]
    faults += wrong
    if wrong:
        return
    for standard in presets[id_].standards:
        kept = {key: value for key, value in standard.items() if key != "called" or "kinds" not in changed}
        # What is counted inside areas has no distance to change.
        ours = {key: value for key, value in changed.items() if key != "distance" or "distance" in standard}
        yield f"{where}（{standard['name']}）", {"theme": presets[id_].ja, **kept, **ours}


def _standard(asked: Mapping[str, Any], catalog: Catalog, *, named_anew: bool) -> Standard:
    kinds = tuple(dict.fromkeys(_kind(word, catalog) for word in _listed(asked["kinds"])))
    audience = audience_named(asked["audience"], catalog) if "audience" in asked else None
    when = _when(asked)
    standard = Standard(
        name=asked["name"].strip(),
        kinds=kinds,
        measure=_measure(asked),
        threshold=float(asked["threshold"]),
        audience=audience.id if audience else catalog.kinds[kinds[0]].audience,
        distance=float(asked["distance"]) if "distance" in asked else None,
        when=when,
        at_least=float(asked.get("at_least", MOSTLY)),
        systems=tuple(_listed(asked.get("system", []))),
        called=asked.get("called", ""),
        theme=asked.get("theme", ""),
        weight=float(asked.get("weight", 1)),
    )
    if named_anew:
        return replace(standard, name=standard_sentence(standard, catalog_for([standard], catalog)))
    return standard


def _measure(asked: Mapping[str, Any]) -> str:
    named = str(asked.get("measure") or _PER[_per(asked)])
    # Of what is in an area at a time, only what is open then counts.
    return "resources_open" if named == "resources" and any(name in asked for name in _TIMES) else named


def _per(asked: Mapping[str, Any]) -> str:
    word = str(asked.get("per", "person"))
    return _PER_JA.get(word, word)


def _when(asked: Mapping[str, Any]) -> Condition | None:
    if "often" in asked:
        return _often(asked["often"])
    if "each_day" in asked:
        days, slots = asked["each_day"].strip(), slots_each_day(asked["each_day"])
        return _of_weekday(slots[0]) if len(slots) == 1 else Every(tuple(slots), f"{days}のどの日も")
    slots = list(dict.fromkeys(read_slot(text) for text in _listed(asked.get("slots", []))))
    if not slots:
        return None
    return slots[0] if len(slots) == 1 else Every(tuple(slots))


def _of_weekday(slot: Slot) -> Slot:
    """Name a whole weekday in full: 月 alone is also a month."""
    whole = slot.end - slot.start == DAY
    return replace(slot, label=f"{WEEKDAYS[slot.weekdays[0]]}曜日") if whole else slot


def _often(text: str) -> Often:
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if found := _OFTEN.fullmatch(plain):
        return Often(int(found[2] or 1), "week" if found[1] == "週" else "month")
    if found := _OFTEN_EN.fullmatch(plain):
        times, per, adverb, once = found.groups()
        unit = per or once or {"weekly": "week", "monthly": "month"}[adverb]
        return Often(int(times or 1), "week" if unit == "week" else "month")
    raise InputError(
        either(
            ja=f"頻度「{text}」は読めません。「週1回」「月2回」のように書いてください。",
            en=f"How often {text!r} is cannot be read. Write 週1回, 月2回, weekly or '2 times a month'.",
        )
    )


def _kind(word: str, catalog: Catalog) -> str:
    return word if word in catalog.kinds else str(catalog.kind_of(word))


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _faults(where: str, asked: Mapping[str, Any], catalog: Catalog, systems: Sequence[str]) -> Iterator[str]:
    wrong = [*_type_faults(where, asked), *_missing(where, asked)]
    yield from wrong
    if wrong:
        return
    yield from _word_faults(where, asked, catalog, systems)
    yield from _time_faults(where, asked)
    if "measure" in asked and "per" in asked:
        yield either(
            ja=f"{where}: per と measure は、どちらか一方だけ書いてください。",
            en=f"{where}: write per or measure, not both.",
        )
        return
    if _measure_is_known(asked):
        yield from _number_faults(where, asked)


def _type_faults(where: str, asked: Mapping[str, Any]) -> Iterator[str]:
    for key, value in asked.items():
        if key not in _TYPES:
            yield unknown(where, key, _TYPES)
        elif not _is_of(value, _TYPES[key], blank=key in _MAY_BE_BLANK):
            yield either(
                ja=f"{where}: {key} の値 {value!r} は使えません。{_type_ja(_TYPES[key])}にしてください。",
                en=f"{where}: {key} cannot be {value!r}. Write {_type_en(_TYPES[key])}.",
            )


def _missing(where: str, asked: Mapping[str, Any]) -> Iterator[str]:
    for key in ("name", "kinds", "threshold"):
        if key not in asked:
            yield either(
                ja=f"{where}: {key} がありません。書き足してください。",
                en=f"{where}: it has no {key}. Add it.",
            )


def _is_of(value: object, types: tuple[type, ...], *, blank: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, types):
        return False
    if isinstance(value, (int, float)):
        return -_MOST < value < _MOST
    if isinstance(value, list):
        return (blank or len(value) > 0) and all(isinstance(each, str) and each.strip() for each in value)
    return blank or bool(str(value).strip())


def _type_ja(types: tuple[type, ...]) -> str:
    if types == _NUMBER:
        return "引用符のない数"
    return "引用符で囲んだ文字" if types == _TEXT else '["a", "b"] のような文字の並び'


def _type_en(types: tuple[type, ...]) -> str:
    if types == _NUMBER:
        return "a number"
    return "a text in quotes" if types == _TEXT else 'a list of texts such as ["a", "b"]'


def _word_faults(where: str, asked: Mapping[str, Any], catalog: Catalog, systems: Sequence[str]) -> Iterator[str]:
    for word in _listed(asked["kinds"]):
        if word not in catalog.kinds and catalog.kind_of(word) is None:
            labels = [kind.label("ja") for kind in catalog.kinds.values()]
            yield unknown(f"{where} kinds", word, [*catalog.kinds, *labels])
    if "audience" in asked and audience_named(asked["audience"], catalog) is None:
        yield unknown(f"{where} audience", asked["audience"], [*catalog.audiences, "75歳以上"])
    for system in _listed(asked.get("system", [])):
        if system not in systems:
            yield unknown(f"{where} system", system, systems)
    if _per(asked) not in _PER:
        yield unknown(f"{where} per", asked["per"], [*_PER, *_PER_JA])
    if "measure" in asked and not _measure_is_known(asked):
        yield unknown(f"{where} measure", asked["measure"], measures_asked())


def _measure_is_known(asked: Mapping[str, Any]) -> bool:
    if "measure" not in asked:
        return _per(asked) in _PER
    return asked["measure"] in measures_asked()


def _time_faults(where: str, asked: Mapping[str, Any]) -> Iterator[str]:
    given = [name for name in _TIMES if name in asked]
    if len(given) > 1:
        names = "、".join(given)
        yield either(
            ja=f"{where}: {names} は、どれかひとつだけ書いてください。",
            en=f"{where}: write only one of {', '.join(given)}.",
        )
    readers: dict[str, Callable[[str], object]] = {"slots": read_slot, "each_day": slots_each_day, "often": _often}
    for name in given:
        for text in _listed(asked[name]):
            try:
                readers[name](text)
            except InputError as error:
                yield from (f"{where} {name}: {fault}" for fault in error.faults)
    if "at_least" in asked and not {"slots", "each_day"} & set(given):
        yield either(
            ja=f"{where}: at_least は、slots か each_day と一緒に書いてください。",
            en=f"{where}: at_least needs slots or each_day.",
        )


def _number_faults(where: str, asked: Mapping[str, Any]) -> Iterator[str]:
    measure = load_measures()[_measure(asked)]
    threshold, part = float(asked["threshold"]), measure.unit in ("share", "0 to 1")
    if part and not 0 <= threshold <= 1:
        yield either(
            ja=f"{where}: threshold {threshold:g} は使えません。「{measure.ja}」は0から1までの数です（80％は 0.8）。",
            en=f"{where}: a threshold of {threshold:g} makes no sense. {measure.en} goes from 0 to 1 (80 % is 0.8).",
        )
    elif not threshold >= 0 or (threshold == 0 and measure.better == "more"):
        yield either(
            ja=f"{where}: threshold {threshold:g} は使えません。0より大きい数にしてください。",
            en=f"{where}: a threshold of {threshold:g} makes no sense. Give a number above 0.",
        )
    elif measure.whole and threshold != round(threshold):
        yield either(
            ja=f"{where}: threshold {threshold:g} は使えません。「{measure.ja}」は数なので、整数にしてください"
            "（割合なら measure を share_within に）。",
            en=f"{where}: a threshold of {threshold:g} makes no sense. {measure.en} is a whole number.",
        )
    for name, least in (("distance", 0.0), ("weight", 0.0)):
        if name in asked and not asked[name] > least:
            yield either(
                ja=f"{where}: {name} {asked[name]:g} は使えません。0より大きい数にしてください。",
                en=f"{where}: a {name} of {asked[name]:g} makes no sense. Give a number above 0.",
            )
    if "at_least" in asked and not 0 <= asked["at_least"] <= 1:
        yield either(
            ja=f"{where}: at_least {asked['at_least']:g} は使えません。0から1までの数にしてください。",
            en=f"{where}: at_least of {asked['at_least']:g} makes no sense. Give a share from 0 to 1.",
        )
    if "distance" in asked and not of_distance(measure.id):
        yield either(
            ja=f"{where}: 「{measure.ja}」（{measure.id}）に distance は効きません。distance を消すか、"
            "per を person にしてください。",
            en=f"{where}: {measure.id} has no distance. Remove distance, or count per person.",
        )
    timed = any(name in asked for name in _TIMES)
    if measure.id == "resources_open" and not timed:
        yield either(
            ja=f"{where}: 「{measure.ja}」（{measure.id}）には、slots か each_day か often を書き足してください。",
            en=f"{where}: {measure.id} needs slots, each_day or often.",
        )
    if timed and measure.id not in OF_SLOTS:
        yield either(
            ja=f"{where}: 「{measure.ja}」（{measure.id}）は、開いている時間ごとには数えられません。"
            f"使えるのは {', '.join(sorted(OF_SLOTS))} です。",
            en=f"{where}: {measure.id} is not made for times of opening; {', '.join(sorted(OF_SLOTS))} are.",
        )
