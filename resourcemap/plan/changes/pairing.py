"""Which row of one date is which row of another: found by id, name, place, telephone and schedule, never guessed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from resourcemap.model.names import fold_name
from resourcemap.plan.changes.same_place import place_key, relation_of_keys, spelling_key
from resourcemap.read.duplicates import find_duplicates

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    import geopandas as gpd

_MADE = re.compile(r"r[0-9a-f]{10}(-[sf]?\d+)*")
_DIGITS = re.compile(r"\d+")
# What find_duplicates must be sure of: rows that are left over after everything else.
_LIKE = 0.7
COLUMNS = ("old", "new", "by", "candidates")


class _Row(NamedTuple):
    """One row, made comparable."""

    id: str
    given: bool
    kind: str
    name: str
    provider: str
    venue: str
    address: str
    phone: str
    schedule: str
    stop: bool


def pair_rows(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the row of `new` that is each row of `old`.

    Looked for one after another, each step among the rows left by the one before, and only where one row fits
    one row: the id that the files give (unless another row has the name now, as where rows were numbered anew);
    kind, name and place; kind, name and provider or telephone; kind and name, where no other row has them; name and
    place, whatever the kind; kind, place and telephone, provider or schedule, whatever the name; names that are
    nearly alike, as `find_duplicates` scores them. Stops of a van are one another's equals only at one place. The
    order of the rows does not matter, except among rows that are alike in everything.

    Parameters
    ----------
    old, new
        Resources of two dates.

    Returns
    -------
    pandas.DataFrame
        One row per pair and per row without one: positions ``old`` and ``new`` (-1 where there is none), ``by`` (how
        the pair was found; blank for one side alone; ``"unclear"`` for a row that may be one of several) and
        ``candidates`` (the positions in the other table it may be). Every row of both tables is in it once, in the
        order of `new`, then those that `old` alone has.

    Examples
    --------
    >>> import geopandas as gpd
    >>> old = gpd.GeoDataFrame({"resource_id": ["x", "y"], "kind": "salon", "name": ["本町サロン", "輪の会"],
    ...     "address": ["本町1-1", "本町2-2"]}, geometry=[None, None], crs="EPSG:4326")
    >>> new = gpd.GeoDataFrame({"resource_id": ["p", "q"], "kind": "salon", "name": ["碁の会", "本町 サロン"],
    ...     "address": ["本町3-3", "本町一丁目1番"]}, geometry=[None, None], crs="EPSG:4326")
    >>> pair_rows(old, new)[["old", "new", "by"]].values.tolist()
    [[-1, 0, ''], [0, 1, 'place'], [1, -1, '']]
    """
    return _Pairing(old, new).table()


class _Pairing:
    """The pairs found so far, and the rows left."""

    def __init__(self, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> None:
        self.old, self.new = _rows(old), _rows(new)
        self.tables = old, new
        self.left = dict.fromkeys(range(len(self.old)))
        self.right = dict.fromkeys(range(len(self.new)))
        self.pairs: list[tuple[int, int, str]] = []
        self.candidates: dict[tuple[str, int], list[int]] = {}

    def table(self) -> pd.DataFrame:
        self._by_id()
        self._in_turn("place", lambda row: (row.kind, row.name, row.address, row.venue, row.provider, row.schedule))
        for key in _AT_A_PLACE:
            self._by_key("place", key)
        self._by_place()
        for by, key in _OF_ONE_GROUP:
            self._by_key(by, key)
        self._by_name_alone()
        for by, key in _WITHOUT_KIND_OR_NAME:
            self._by_key(by, key)
        self._by_likeness()
        self._note_namesakes()
        found: list[tuple[int, int, str, tuple[int, ...]]] = [(*pair, ()) for pair in self.pairs]
        found += [self._alone(old, -1, ("old", old)) for old in self.left]
        found += [self._alone(-1, new, ("new", new)) for new in self.right]
        found.sort(key=lambda row: (row[1] < 0, row[1], row[0]))
        return pd.DataFrame(found, columns=list(COLUMNS))

    def _alone(self, old: int, new: int, key: tuple[str, int]) -> tuple[int, int, str, tuple[int, ...]]:
        others = tuple(sorted(self.candidates.get(key, ())))
        return old, new, "unclear" if others else "", others

    def _take(self, old: int, new: int, by: str) -> None:
        self.pairs.append((old, new, by))
        del self.left[old]
        del self.right[new]

    def _may_be(self, old: int, new: int) -> None:
        self.candidates.setdefault(("old", old), []).append(new)
        self.candidates.setdefault(("new", new), []).append(old)

    def _by_id(self) -> None:
        """Pair equal ids; an id that now stands for something else is no proof, and is told where nothing else is."""
        ids = {row.id: number for number, row in enumerate(self.new)}
        here, there = ({(row.kind, row.name) for row in rows} for rows in (self.old, self.new))
        bases = [Counter(row.id.split("-")[0] for row in rows if not row.given) for rows in (self.old, self.new)]
        for number, row in enumerate(self.old):
            other = ids.get(row.id)
            if not row.id or other is None or row.given != self.new[other].given:
                continue
            if not row.given:
                # Endings of made ids tell equal rows apart by their other cells, so they may have changed places.
                if all(count[row.id.split("-")[0]] == 1 for count in bases):
                    self._take(number, other, "id")
                continue
            theirs = self.new[other]
            elsewhere = (row.kind, row.name) in there or (theirs.kind, theirs.name) in here
            same_kind = row.kind == theirs.kind and (_same_place(row, theirs) or not elsewhere)
            if row.name == theirs.name or same_kind:
                self._take(number, other, "id")

    def _in_turn(self, by: str, key: Callable[[_Row], tuple[str, ...]]) -> None:
        """Pair rows that are alike in everything, the first with the first: it does not matter which is which."""
        theirs = _groups(self.new, self.right, key)
        for row_key, rows in _groups(self.old, self.left, key).items():
            for old, new in zip(rows, theirs.get(row_key, ()), strict=False):
                self._take(old, new, by)

    def _by_key(self, by: str, key: Callable[[_Row], tuple[str, ...] | None]) -> None:
        theirs = _groups(self.new, self.right, key)
        for row_key, rows in _groups(self.old, self.left, key).items():
            others = theirs.get(row_key, [])
            if len(rows) == len(others) == 1:
                self._take(rows[0], others[0], by)

    def _by_place(self) -> None:
        """Pair namesakes whose places are one, however the addresses are written, where only one fits one."""
        theirs = _groups(self.new, self.right, _filled("kind", "name"))
        for row_key, rows in _groups(self.old, self.left, _filled("kind", "name")).items():
            others = theirs.get(row_key, [])
            near = [(old, new) for old in rows for new in others if _same_place(self.old[old], self.new[new])]
            self._take_the_sure(near, "place")

    def _take_the_sure(self, possible: list[tuple[int, int]], by: str) -> list[tuple[int, int]]:
        """Take the pairs of which each row is in no other; return the others."""
        mine, theirs = Counter(old for old, _ in possible), Counter(new for _, new in possible)
        sure = [(old, new) for old, new in possible if mine[old] == theirs[new] == 1]
        for old, new in sure:
            self._take(old, new, by)
        return [pair for pair in possible if pair not in sure]

    def _by_name_alone(self) -> None:
        """Pair rows of one kind and name where no other row of either date has them."""
        here, there = (Counter((row.kind, row.name) for row in rows) for rows in (self.old, self.new))

        def only_one(row: _Row) -> tuple[str, ...] | None:
            once = here[row.kind, row.name] == there[row.kind, row.name] == 1
            return (row.kind, row.name) if once and row.name and not row.stop else None

        self._by_key("name", only_one)

    def _by_likeness(self) -> None:
        """Pair rows whose names are nearly alike, where each is the other's only likeness; note the others."""
        if not self.left or not self.right:
            return
        left, right = list(self.left), list(self.right)
        like = _alike(self.tables[0], self.tables[1], left, right)
        like = [(old, new) for old, new in like if self.old[old].kind == self.new[new].kind]
        for old, new in self._take_the_sure(like, "alike"):
            self._may_be(old, new)

    def _note_namesakes(self) -> None:
        """Note rows left on both sides with one kind and name: moved, or ended and begun elsewhere; nobody knows."""
        theirs = _groups(self.new, self.right, _kind_and_name)
        for row_key, rows in _groups(self.old, self.left, _kind_and_name).items():
            for old in rows:
                for new in theirs.get(row_key, ()):
                    if new not in self.candidates.get(("old", old), ()) and not self._surely_two(old, new):
                        self._may_be(old, new)
        ids = {self.new[new].id: new for new in self.right if self.new[new].given}
        for old in self.left:
            new_row = ids.get(self.old[old].id)
            if self.old[old].given and new_row is not None and new_row not in self.candidates.get(("old", old), ()):
                self._may_be(old, new_row)

    def _surely_two(self, old: int, new: int) -> bool:
        one, other = self.old[old], self.new[new]
        return bool(one.provider and other.provider and one.provider != other.provider) and not _same_place(one, other)


def _kind_and_name(row: _Row) -> tuple[str, ...] | None:
    return (row.kind, row.name) if row.name and not row.stop else None


def _filled(*names: str) -> Callable[[_Row], tuple[str, ...] | None]:
    """Make a key of some fields; a row in which one of them is blank has none."""

    def key(row: _Row) -> tuple[str, ...] | None:
        values = tuple(str(getattr(row, name)) for name in names)
        return values if all(values) else None

    return key


def _not_of_stops(key: Callable[[_Row], tuple[str, ...] | None]) -> Callable[[_Row], tuple[str, ...] | None]:
    return lambda row: None if row.stop else key(row)


_AT_A_PLACE = (
    lambda row: (row.kind, row.name, row.address, row.venue, row.provider),
    _filled("kind", "name", "address", "venue"),
    _filled("kind", "name", "address", "schedule"),
    _filled("kind", "name", "venue", "schedule"),
    _filled("kind", "name", "address"),
    _filled("kind", "name", "venue"),
)
_OF_ONE_GROUP = (
    ("provider", _not_of_stops(_filled("kind", "name", "provider"))),
    ("phone", _not_of_stops(_filled("kind", "name", "phone"))),
)
_WITHOUT_KIND_OR_NAME = (
    ("without kind", _filled("name", "address")),
    ("without kind", _filled("name", "venue")),
    *(
        ("without name", _filled("kind", where, what))
        for where in ("address", "venue")
        for what in ("phone", "provider", "schedule")
    ),
)


def _groups(
    rows: list[_Row], left: Iterable[int], key: Callable[[_Row], tuple[str, ...] | None]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for number in left:
        row_key = key(rows[number])
        if row_key is not None:
            groups[row_key].append(number)
    return groups


def _same_place(one: _Row, other: _Row) -> bool:
    return relation_of_keys((one.address, other.address), (one.venue, other.venue)) in ("same", "finer")


def _rows(table: gpd.GeoDataFrame) -> list[_Row]:
    def texts(name: str) -> list[str]:
        values = table[name] if name in table else [None] * len(table)
        return [value if isinstance(value, str) else "" for value in values]

    ids = texts("resource_id")
    return [
        _Row(
            id_,
            bool(id_) and not _MADE.fullmatch(id_),
            kind,
            spelling_key(name),
            spelling_key(provider),
            spelling_key(venue),
            place_key(address),
            "".join(_DIGITS.findall(fold_name(phone))),
            fold_name(schedule),
            place == "stop",
        )
        for id_, kind, name, provider, venue, address, phone, schedule, place in zip(
            *(ids, texts("kind"), texts("name"), texts("provider"), texts("venue"), texts("address")),
            *(texts("phone"), texts("schedule"), texts("place")),
            strict=True,
        )
    ]


def _alike(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, left: list[int], right: list[int]) -> list[tuple[int, int]]:
    """List the pairs across two tables that `find_duplicates` takes for one."""
    parts = []
    for side, table, rows in (("o", old, left), ("n", new, right)):
        part = table.iloc[rows].to_crs(4326)
        part = part if part.geometry.name == "geometry" else part.rename_geometry("geometry")
        part.attrs = {}
        parts.append(part.assign(resource_id=[f"{side}{row}" for row in rows], source_file=side))
    shared = [name for name in parts[0] if name in parts[1] and not str(name).startswith("own:")]
    both = pd.concat([part[shared].astype({n: object for n in shared if n != "geometry"}) for part in parts])
    pairs = find_duplicates(both.reset_index(drop=True), least=_LIKE)
    crossing = [tuple(sorted(pair, reverse=True)) for pair in zip(pairs["first"], pairs["second"], strict=True)]
    return [(int(one[1:]), int(other[1:])) for one, other in crossing if one[0] == "o" and other[0] == "n"]
