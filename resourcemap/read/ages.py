"""Headings of age groups, as statistics write them, to the columns of people."""

from __future__ import annotations

import re
import unicodedata

from resourcemap.model.tables import age_bounds

_SEX = re.compile(r"^(男性?|女性?|男女|male|female|total|総数|計)[_:・\-(]?|\)$")
_RANGE = re.compile(r"(?:age_?)?(\d{1,3})(?:歳|才)?[~〜～\-‐‑–—―−ー_から]+(\d{1,3})(?:歳|才)?(?:人口|人)?(?:総数)?")
_OPEN = re.compile(r"(?:age_?)?(\d{1,3})(?:歳|才)?(?:以上|~|〜|～|\+|_?over|andover)(?:人口|人)?(?:総数)?")
_SINGLE = re.compile(r"(?:age_?)?(\d{1,3})(?:歳|才)(?:人口|人)?(?:総数)?")
_OLDEST = 130


def age_column(heading: str) -> str | None:
    r"""Return the column of people that a heading stands for, or ``None`` when it names no age group.

    Examples
    --------
    >>> [age_column(text) for text in ("0～ 4歳", "５～９", "100歳\u3000以上", "3歳", "老年人口", "10:00")]
    ['age_0_4', 'age_5_9', 'age_100_over', 'age_3_3', None, None]
    """
    plain = "".join(unicodedata.normalize("NFKC", heading).split()).lower()
    if age_bounds(plain):
        return plain
    plain = _SEX.sub("", plain)
    if match := _OPEN.fullmatch(plain):
        return f"age_{int(match[1])}_over"
    match = _RANGE.fullmatch(plain) or _SINGLE.fullmatch(plain)
    if match is None:
        return None
    first, last = int(match[1]), int(match[match.lastindex or 1])
    return f"age_{first}_{last}" if first <= last <= _OLDEST else None


def age_columns(headings: list[str]) -> dict[str, list[int]]:
    """Return the positions of each age group, youngest first; men and women are two positions of one.

    Where a group stands for all and by sex, only the one for all is taken.

    Examples
    --------
    >>> age_columns(["男 0～4歳", "女 0～4歳", "5歳以上"])
    {'age_0_4': [0, 1], 'age_5_over': [2]}
    """
    found: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        if column := age_column(heading):
            found.setdefault(column, []).append(place)
    chosen = {}
    for column in sorted(found, key=_order):
        for_all = [place for place in found[column] if not _of_one_sex(headings[place])]
        chosen[column] = for_all[:1] or found[column]
    return chosen


def without_overlaps(columns: list[str]) -> dict[str, tuple[str, str | None]]:
    """Choose age groups that do not overlap, as fine as there are: each is one column, or one less another.

    A group that finer ones make up together is left out (0-14 beside 0-4, 5-9 and 10-14). Of several that are open
    upwards the differences are taken (65 and over, 75 and over). Where no choice has every age that the columns have
    once, the columns are returned as they are, for the caller to refuse.

    Examples
    --------
    >>> without_overlaps(["age_0_14", "age_65_over", "age_75_over"])
    {'age_0_14': ('age_0_14', None), 'age_65_74': ('age_65_over', 'age_75_over'), 'age_75_over': ('age_75_over', None)}
    """
    pieces = _pieces(columns)
    starts = sorted({first for first, _ in pieces}, reverse=True)
    # From each age on: how many ages are covered, in how many groups, with how few differences, and which.
    best: dict[int, tuple[int, int, int, tuple[tuple[int, int], ...]]] = {_OLDEST + 1: (0, 0, 0, ())}
    for start in starts:
        choices = []
        for first, last in (piece for piece in pieces if piece[0] == start):
            following = min(age for age in best if age > last)
            ages, count, plain, chain = best[following]
            plain += pieces[first, last][1] is None
            choices.append((ages + last - first + 1, count + 1, plain, ((first, last), *chain)))
        best[start] = max(choices, key=lambda choice: choice[:3])
    ages, _, _, chain = best[starts[-1]] if starts else best[_OLDEST + 1]
    covered = set[int]().union(*(range(first, last + 1) for first, last in map(_bounds, columns)))
    if ages < len(covered):
        return {column: (column, None) for column in sorted(columns, key=_order)}
    return {_name(first, last): pieces[first, last] for first, last in chain}


def overlapping(columns: list[str]) -> list[tuple[str, str]]:
    """Return pairs of age groups that share an age, so that a person would be counted twice.

    Examples
    --------
    >>> overlapping(["age_0_4", "age_0_14", "age_15_over"])
    [('age_0_4', 'age_0_14')]
    """
    ordered = sorted(columns, key=_order)
    pairs = []
    for position, column in enumerate(ordered):
        last = _bounds(column)[1]
        pairs += [(column, later) for later in ordered[position + 1 :] if _bounds(later)[0] <= last]
    return pairs


def _pieces(columns: list[str]) -> dict[tuple[int, int], tuple[str, str | None]]:
    """Return the ages that each column has, and each difference of two open ones; columns go first."""
    opens = sorted((column for column in columns if column.endswith("_over")), key=_order)
    differences = {
        (_bounds(lower)[0], _bounds(upper)[0] - 1): (lower, upper)
        for place, lower in enumerate(opens)
        for upper in opens[place + 1 :]
    }
    return differences | {_bounds(column): (column, None) for column in columns}


def _name(first: int, last: int) -> str:
    return f"age_{first}_over" if last == _OLDEST else f"age_{first}_{last}"


def _order(column: str) -> tuple[int, int]:
    return _bounds(column)


def _bounds(column: str) -> tuple[int, int]:
    first, last = age_bounds(column) or (0, None)
    return first, _OLDEST if last is None else last


def is_of_men(heading: str) -> bool:
    """Tell whether a heading says that its figures are of men alone.

    Examples
    --------
    >>> [is_of_men(text) for text in ("男 0～4歳", "男女計 0～4歳", "0～4歳", "女0～4歳")]
    [True, False, False, False]
    """
    plain = unicodedata.normalize("NFKC", heading).strip().lower()
    return plain.startswith(("男", "male")) and not plain.startswith("男女")


def _of_one_sex(heading: str) -> bool:
    plain = unicodedata.normalize("NFKC", heading).strip().lower()
    return plain.startswith(("男", "女", "male", "female")) and not plain.startswith("男女")
