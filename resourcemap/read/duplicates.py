"""Rows that may be one and the same, by name, place, telephone and schedule: listed, and never merged here."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from resourcemap.language import either
from resourcemap.metres import metres_between
from resourcemap.model.names import fold_name
from resourcemap.model.tables import EXACT
from resourcemap.read.same import row_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd

LEAST = 0.5
COLUMNS = ("first", "second", "first_row", "second_row", "first_name", "second_name", "score", "why")

# Rows that share a key are compared each with each up to this many, else with their neighbours by name.
_MOST, _NEIGHBOURS = 40, 6
_LIKE = 0.6
_NEAR, _FAR = 50.0, 300.0

_CORPORATE = re.compile(
    r"npo法人|特定非営利活動法人|(公益|一般)?(社団|財団)法人|社会福祉法人|医療法人|学校法人|株式会社|有限会社|合同会社|\((株|有)\)"
)
_SIGNS = re.compile(r"[^\w]|[_ー゠]")
_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_ORDINAL = re.compile(r"第([一二三四五六七八九十])")
_ORDINALS = {sign: str(number) for number, sign in enumerate("一二三四五六七八九十", start=1)}
# Where names differ in these alone, they name two things: 東サロン and 西サロン, 第1集会所 and 第2集会所.
_TELLING = frozenset(
    "第号部班組0123456789一二三四五六七八九十東西南北上中下前後左右新旧大小男女親子父母春夏秋冬朝昼夜甲乙丙abcdefg"
)
_STEPS = re.compile(r"丁目|番地の?|番|号|の(?=\d)")
_HOUSE = re.compile(r"(\D*)(\d+(?:-\d+)*)")
_PHONE = re.compile(r"0\d{8,10}")
_DAYS = re.compile(r"(?<![\d毎平休祝])[月火水木金土日](?=曜|[・、,月火水木金土日]|\d|$)")
_TIMES = str.maketrans({"〜": "~", "～": "~", "－": "~", "ー": "~", "-": "~", "時": ":"})


# A weight, and in Japanese and English what it comes from: put into words only for the pairs that are shown.
_Weight = tuple[float, tuple[str, str]]
_Pair = tuple[int, int, float, list[tuple[str, str]]]
_NOTHING = ("", "")


class _Row(NamedTuple):
    """One resource, made comparable."""

    name: str
    kana: str
    kind: str
    provider: str
    venue: str
    town: str
    house: str
    phones: frozenset[str]
    schedule: str
    days: frozenset[str]
    source: tuple[str, str]


def find_duplicates(resources: gpd.GeoDataFrame, *, least: float = LEAST) -> pd.DataFrame:
    """List the pairs of resources that may be one and the same, the likeliest first.

    A pair needs names that are alike. Then the same place, telephone and schedule speak for it; another house
    number, another kind and other days speak against it. So several activities at one venue are no duplicates,
    and neither is one activity at several venues. Rows without a place or telephone are compared by the rest.

    Parameters
    ----------
    resources
        The resources of all files; points count where they are exact (`resourcemap.locate`).
    least
        The score from 0 to 1 that a pair must have.

    Returns
    -------
    pandas.DataFrame
        ``first`` and ``second`` (their ids), their rows and names, ``score``, and ``why`` in words.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.language import speaking
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a", "b", "c"], "kind": "salon",
    ...     "name": ["ひだまりサロン", "ひだまり サロン", "体操の会"],
    ...     "phone": ["000-0000-0001", "０００(0000)0001", None],
    ...     "address": ["本町二丁目3番5号", "みほん市本町2-3-5", "本町2-3-5"]}, geometry=[None] * 3, crs="EPSG:4326")
    >>> with speaking("en"):
    ...     find_duplicates(salons)[["first", "second", "score", "why"]].values.tolist()
    [['a', 'b', 0.99, 'same name, same address, same telephone']]
    """
    rows = _rows(resources)
    shared = Counter(phone for row in rows for phone in row.phones)
    named = Counter(row.name for row in rows)
    left, right = _candidates(rows)
    if least > _ELSEWHERE_AT_MOST:
        near = ~_elsewhere(rows, left, right)
        left, right = left[near], right[near]
    likeness = _name_likeness(rows, left, right)
    keep = likeness >= _LIKE
    left, right, likeness = left[keep], right[keep], likeness[keep]
    metres = _metres(resources, left, right)
    found: list[_Pair] = []
    for one, other, like, far in zip(left.tolist(), right.tolist(), likeness.tolist(), metres.tolist(), strict=True):
        score, why = _score(rows[one], rows[other], like, far, shared, named)
        if score >= least:
            found.append((one, other, score, why))
    found.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    return _table(resources, found)


def _table(resources: gpd.GeoDataFrame, found: Sequence[_Pair]) -> pd.DataFrame:
    ids, names, where = list(resources["resource_id"]), list(resources["name"]), row_names(resources)
    records = [
        (ids[one], ids[other], where[one], where[other], names[one], names[other], round(score, 2), _in_words(why))
        for one, other, score, why in found
    ]
    return pd.DataFrame(records, columns=list(COLUMNS))


def _in_words(why: Sequence[tuple[str, str]]) -> str:
    return either(ja="、".join(ja for ja, _ in why), en=", ".join(en for _, en in why))


def _rows(resources: gpd.GeoDataFrame) -> list[_Row]:
    def cells(name: str) -> list[str]:
        if name not in resources:
            return [""] * len(resources)
        return [value if isinstance(value, str) else "" for value in resources[name]]

    columns = (
        "name",
        "kana",
        "kind",
        "provider",
        "venue",
        "address",
        "phone",
        "schedule",
        "source_file",
        "source_sheet",
    )
    return [_row(*row) for row in zip(*map(cells, columns), strict=True)]


def _row(
    name: str,
    kana: str,
    kind: str,
    provider: str,
    venue: str,
    address: str,
    phone: str,
    schedule: str,
    file: str,
    sheet: str,
) -> _Row:
    town, house = _address(address)
    when = "".join(unicodedata.normalize("NFKC", schedule).split()).translate(_TIMES)
    when = when.replace("曜日", "曜").replace("毎週", "").replace("から", "~").replace("まで", "").replace(":00", ":")
    digits = re.sub(r"(?<=\d)[-()ー−‐ ]+(?=\d)", "", unicodedata.normalize("NFKC", phone).replace("(", "-"))
    return _Row(
        _key(name),
        _key(kana),
        kind,
        _key(provider),
        _key(venue),
        town,
        house,
        frozenset(_PHONE.findall(digits)),
        when,
        frozenset(_DAYS.findall(when)),
        (file, sheet),
    )


@lru_cache(maxsize=1 << 16)
def _key(text: str) -> str:
    """Fold a name: width, kana, spaces, signs and the form of a corporation do not count."""
    plain = _CORPORATE.sub("", unicodedata.normalize("NFKC", text).casefold())
    plain = _ORDINAL.sub(lambda found: f"第{_ORDINALS[found[1]]}", fold_name(plain))
    return _SIGNS.sub("", plain.translate(_KATAKANA))


def _address(address: str) -> tuple[str, str]:
    """Part an address into what stands before its first number, and its numbers: 本町2丁目3番5号 is 2-3-5."""
    plain = _STEPS.sub("-", fold_name(address.partition(" ")[0]))
    found = _HOUSE.match(re.sub(r"-+", "-", plain.replace("ー", "-").replace("−", "-")))
    return (found[1], found[2]) if found else ("", "")


def _candidates(rows: Sequence[_Row]) -> tuple[np.ndarray, np.ndarray]:
    """Pair the rows that share a key: their name or a part of it, telephone, address or venue."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in set(_keys(row)):
            groups[key].append(number)
    count = len(rows)
    codes = [one * count + other for group in groups.values() for one, other in _pairs(group, rows)]
    unique = np.unique(np.asarray(codes, dtype=np.int64))
    return unique // max(count, 1), unique % max(count, 1)


def _keys(row: _Row) -> Iterable[tuple[str, str]]:
    if row.name:
        yield "whole", row.name
        yield "head", row.name[:3]
        yield "tail", row.name[-4:]
    if row.kana:
        yield "kana", row.kana[:4]
    if row.house:
        yield "place", f"{row.town[-2:]}{row.house}"
    if row.venue:
        yield "venue", row.venue
    for phone in row.phones:
        yield "phone", phone


def _pairs(group: Sequence[int], rows: Sequence[_Row]) -> Iterable[tuple[int, int]]:
    if len(group) <= _MOST:
        yield from combinations(group, 2)
        return
    by_name = sorted(group, key=lambda number: (rows[number].name, rows[number].house, number))
    for step in range(1, _NEIGHBOURS + 1):
        for one, other in zip(by_name, by_name[step:], strict=False):
            yield min(one, other), max(one, other)


def _elsewhere(rows: Sequence[_Row], left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Tell of many pairs at once whether their house numbers differ from the first number on."""
    first = np.array([int(row.house.partition("-")[0]) if row.house else -1 for row in rows], dtype=object)
    codes = np.unique(first, return_inverse=True)[1] if len(first) else np.zeros(0, dtype=int)
    there = first != -1
    return np.asarray(there[left] & there[right] & (codes[left] != codes[right]), dtype=bool)


def _name_likeness(rows: Sequence[_Row], left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Say from 0 to 1 how much the names are alike, or their kana where both have them."""
    if not len(left):
        return np.zeros(0)
    best = np.zeros(len(left))
    for key, most in (("name", 1.0), ("kana", 0.95)):
        texts = np.array([getattr(row, key) for row in rows], dtype=object)
        ratio = process.cpdist(texts[left], texts[right], scorer=fuzz.ratio, dtype=np.float32) / 100
        there = np.array([bool(text) for text in texts])
        best = np.maximum(best, np.where(there[left] & there[right], np.minimum(ratio, most), 0.0))
    return best


def _metres(resources: gpd.GeoDataFrame, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Measure from one to the other where both are known exactly; missing elsewhere."""
    points = resources.geometry
    exact = points.notna() & (points.geom_type == "Point")
    if "located" in resources:
        exact &= resources["located"].isin(EXACT)
    x = np.where(exact, points.x, np.nan)
    y = np.where(exact, points.y, np.nan)
    return np.asarray(metres_between(x[left], y[left], x[right], y[right]), dtype=float)


def _score(
    one: _Row, other: _Row, like: float, metres: float, shared: Counter[str], named: Counter[str]
) -> tuple[float, list[tuple[str, str]]]:
    """Add what speaks for and against the two being one, with the words for it; 0.5 is as likely as not."""
    parts = [_of_names(one, other, like, named), _of_places(one, other, metres)]
    if sum(weight for weight, _ in parts) > _HOPELESS:
        parts += [_of_phones(one, other, shared), _of_schedules(one, other), _of_kinds(one, other)]
    score = 1 / (1 + math.exp(_BIAS - sum(weight for weight, _ in parts)))
    return score, [words for _, words in parts if words != _NOTHING]


_BIAS = 3.8
_ELSEWHERE_AT_MOST = 0.1
_ELSEWHERE = -7.0  # one activity at several venues is no duplicate, however alike the rest
_HOPELESS = -3.0  # names and places that nothing else makes good
_COMMON = 5


def _of_names(one: _Row, other: _Row, like: float, named: Counter[str]) -> _Weight:
    if one.name == other.name:
        return 4.0 if named[one.name] <= _COMMON else 2.5, ("名称が同じ", "same name")
    if _tell_apart(one.name, other.name):
        return -6.0, _NOTHING
    short, long = sorted((one.name, other.name), key=len)
    if len(short) >= 4 and short in long:
        like = max(like, 0.88)
    weight = next(weight for least, weight in ((0.9, 3.0), (0.8, 2.0), (0.7, 0.5), (0.0, -1.5)) if like >= least)
    return weight, (f"名称が似ている（{like:.0%}）", f"similar name ({like:.0%})")


def _tell_apart(one: str, other: str) -> bool:
    """Tell whether two names differ only in signs that tell things apart, such as numbers and directions."""
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    end = _alike(one[::-1], other[::-1])
    differing = set(one[: len(one) - end] + other[: len(other) - end])
    return bool(differing) and differing <= _TELLING


def _alike(one: str, other: str) -> int:
    """Count the signs at the start that are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _of_places(one: _Row, other: _Row, metres: float) -> _Weight:
    address = _of_addresses(one, other)
    if address is not None and address[0] > 0 and metres > _NEAR:
        # Several toilets in one park have one address.
        return -1.0, (f"所在地は同じだが{metres:.0f}m離れている", f"same address, but {metres:.0f} m apart")
    if address is not None:
        return address
    if metres <= _NEAR:
        return 2.0, (f"{metres:.0f}mしか離れていない", f"{metres:.0f} m apart")
    if metres > _FAR:
        return _ELSEWHERE, _NOTHING
    return _of_venues(one, other)


def _of_addresses(one: _Row, other: _Row) -> _Weight | None:
    """Weigh two addresses; nothing where one is missing, or says less than the other."""
    if not (one.house and other.house):
        return None
    if not (one.town.endswith(other.town) or other.town.endswith(one.town)):
        return _ELSEWHERE, _NOTHING
    if one.house == other.house:
        return 2.0, ("所在地が同じ", "same address")
    return None if one.house.startswith(other.house) or other.house.startswith(one.house) else (_ELSEWHERE, _NOTHING)


def _of_venues(one: _Row, other: _Row) -> _Weight:
    if not (one.venue and other.venue):
        return 0.0, _NOTHING
    like = fuzz.ratio(one.venue, other.venue) / 100
    if like >= 0.9 and not _tell_apart(one.venue, other.venue):
        return 1.5, ("会場が同じ", "same venue")
    return (-2.0 if like < 0.7 else -1.0), _NOTHING


def _of_phones(one: _Row, other: _Row, shared: Counter[str]) -> _Weight:
    if not (one.phones and other.phones):
        return 0.0, _NOTHING
    if same := one.phones & other.phones:
        few = min(shared[phone] for phone in same) <= 3
        return 2.5 if few else 1.0, ("電話が同じ", "same telephone")
    return -1.0, _NOTHING


def _of_schedules(one: _Row, other: _Row) -> _Weight:
    if not (one.schedule and other.schedule):
        return 0.0, _NOTHING
    if one.days and other.days and not one.days & other.days:
        # In one sheet a second row with other days is a second group.
        weight = -5.0 if one.source == other.source and one.source[0] else -1.5
        return weight, ("曜日はちがう", "other days")
    like = fuzz.ratio(one.schedule, other.schedule) / 100
    if like >= 0.9:
        return 1.5, ("日時が同じ", "same schedule")
    return (0.5 if like >= 0.7 else 0.0), _NOTHING


def _of_kinds(one: _Row, other: _Row) -> _Weight:
    # Lists of AEDs, shelters and toilets name the building: all but the schedule is then as in the list of buildings.
    weight = -5.0 if one.kind and other.kind and one.kind != other.kind else 0.0
    if one.provider and other.provider:
        like = fuzz.ratio(one.provider, other.provider) / 100
        weight += 0.5 if like >= 0.9 else -0.5 if like < 0.4 else 0.0
    return weight, ("種類はちがう", "another kind") if weight <= -1.5 else _NOTHING


def duplicate_records(pairs: pd.DataFrame) -> list[dict[str, Any]]:
    """Give pairs as plain records for JSON.

    Examples
    --------
    >>> duplicate_records(pd.DataFrame(columns=list(COLUMNS)))
    []
    """
    records: list[dict[str, Any]] = pairs.to_dict("records")
    return records
