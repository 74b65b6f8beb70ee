"""Ids that stay the same when rows change their order: made from what a resource is."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from resourcemap.model.names import fold_name
from resourcemap.read.cells import is_blank, number

if TYPE_CHECKING:
    from collections.abc import Sequence

_LENGTH = 5  # bytes, so ten hexadecimal digits


def make_ids(prefix: str, parts: Sequence[Sequence[str]]) -> list[str]:
    """Make an id of the folded parts of each row; rows with equal parts get equal ids.

    Examples
    --------
    >>> one, two = make_ids("r", [["salon", "本町一丁目サロン"], ["salon", "本町１丁目 サロン"]])
    >>> one == two, len(one)
    (True, 11)
    """
    folded = {part: fold_name(part) for part in {part for row in parts for part in row}}
    return [prefix + _digest([folded[part] for part in row]) for row in parts]


def tell_apart(ids: Sequence[str], rest: Sequence[Sequence[str]]) -> list[str]:
    """Give equal ids the endings -2, -3 ...; the rest of each row decides which comes first, not its place.

    Examples
    --------
    >>> tell_apart(["a", "b", "a"], [["2nd"], [""], ["1st"]])
    ['a-2', 'b', 'a']
    """
    rows_of: dict[str, list[int]] = {}
    for row, id_ in enumerate(ids):
        rows_of.setdefault(id_, []).append(row)
    result = list(ids)
    for id_, rows in rows_of.items():
        if len(rows) == 1:
            continue
        for order, row in enumerate(sorted(rows, key=lambda row: (list(rest[row]), row)), start=1):
            result[row] = id_ if order == 1 else f"{id_}-{order}"
    return result


def is_identity(ids: Sequence[str]) -> bool:
    """Tell whether a column of ids can be kept: filled, no id twice, and no mere running numbers.

    Examples
    --------
    >>> is_identity(["S-01", "S-02"]), is_identity(["1", "2", "4"]), is_identity(["370001", "370015"])
    (True, False, True)
    """
    if not ids or any(is_blank(id_) for id_ in ids) or len(set(ids)) < len(ids):
        return False
    values = [number(id_) for id_ in ids]
    numbers = [value for value in values if value is not None]
    return len(numbers) < len(ids) or not (min(numbers) <= 1 or max(numbers) <= 2 * len(ids))


def _digest(parts: Sequence[str]) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=_LENGTH).hexdigest()
