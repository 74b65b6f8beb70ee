"""What is asked of `sites`, checked all at once and turned into arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import metre_crs, to_metres
from resourcemap.model.way import way_of
from resourcemap.plan.siting.greedy import Limits
from resourcemap.plan.siting.nearer import pairs_nearer
from resourcemap.reach.near import nearest, pairs_within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import geopandas as gpd

    from resourcemap.reach.table import Reach

Objective = Literal["most", "metres", "everyone", "fairest"]
OBJECTIVES = ("most", "metres", "everyone", "fairest")
# Without a farthest distance every pair is needed; more than this takes too much memory.
PAIRS = 30_000_000


@dataclass(frozen=True)
class Asked:
    """A question to `sites`, as given.

    Parameters
    ----------
    people, candidates, weights, count, objective, metres, reach, existing, capacity, one_per, areas, time_limit
        See `resourcemap.plan.siting.sites.sites`.
    """

    people: gpd.GeoDataFrame
    candidates: gpd.GeoDataFrame
    weights: str | Sequence[float] | np.ndarray | pd.Series
    count: int | None
    objective: Objective
    metres: float | None
    reach: Reach | None
    existing: gpd.GeoDataFrame | np.ndarray | pd.Series | Sequence[bool] | Sequence[float] | None
    capacity: str | float | Sequence[float] | np.ndarray | pd.Series | None
    one_per: str | Sequence[object] | np.ndarray | pd.Series | None
    areas: str | Sequence[object] | np.ndarray | pd.Series | None
    time_limit: float | None


@dataclass(frozen=True)
class Question:
    """The same as arrays.

    Parameters
    ----------
    person, candidate, metres
        Pairs within reach; for metres, those nearer than what there is.
    people
        Per person point.
    before
        Metres to the nearest place that stays, without end where there is none; 0 where it is known to be near.
    ceiling
        What each point's metres count for without any candidate.
    limits
        How many, and where.
    capacity
        Per candidate; ``None`` when any number fits.
    area
        Per person point, from 0; -1 for none.
    areas
        The names of the areas, in the order of their numbers.
    far
        Whether nobody knows how far without a candidate, so that metres before mean nothing.
    way
        How metres were measured, in a sentence.
    unplaced
        Positions of candidates without a point.
    """

    person: np.ndarray
    candidate: np.ndarray
    metres: np.ndarray
    people: np.ndarray
    before: np.ndarray
    ceiling: np.ndarray
    limits: Limits
    capacity: np.ndarray | None
    area: np.ndarray
    areas: tuple[str, ...]
    far: bool
    way: str
    unplaced: np.ndarray


def question_of(asked: Asked) -> Question:
    """Check what is asked and measure distances.

    Raises
    ------
    InputError
        With every fault of the question.
    """
    faults = list(_faults(asked))
    if faults:
        raise InputError(faults)
    weights = np.asarray(_column(asked.people, asked.weights), dtype=float)
    placed = ~(asked.candidates.geometry.isna() | asked.candidates.geometry.is_empty).to_numpy()
    person, candidate, metres, before = _measured(asked, placed)
    ceiling, far = _ceiling(asked, before, (person, metres), len(weights))
    if asked.objective != "metres":
        near = metres <= float(asked.metres or 0)
        person, candidate, metres = person[near], candidate[near], metres[near]
    numbers = None if asked.one_per is None else _numbered(asked.candidates, asked.one_per)
    count = len(asked.candidates) if asked.count is None else int(asked.count)
    capacity = None
    if asked.capacity is not None:
        given = _column(asked.candidates, asked.capacity)
        capacity = np.broadcast_to(np.asarray(given, dtype=float), len(asked.candidates)).copy()
    way = way_of(asked.reach.how if asked.reach is not None else None).sentence_part()
    labels = np.full(len(weights), None) if asked.areas is None else _column(asked.people, asked.areas)
    area, areas = pd.factorize(np.asarray(labels, dtype=object))
    return Question(
        person,
        candidate,
        metres,
        weights,
        before,
        ceiling,
        Limits(count, numbers),
        capacity,
        area,
        tuple(str(each) for each in areas),
        far,
        way,
        np.flatnonzero(~placed),
    )


def _measured(asked: Asked, placed: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return pairs (person, candidate, metres) as far as they may count, and metres to the nearest place that stays."""
    people = len(asked.people)
    if asked.reach is not None:
        pairs = asked.reach.pairs
        near = pairs["metres"].to_numpy() <= float(asked.metres or asked.reach.limit)
        found = [pairs[name].to_numpy()[near] for name in ("person", "resource", "metres")]
        return found[0], found[1], found[2], _given_before(asked, people)
    tables = [asked.people, asked.candidates]
    if isinstance(asked.existing, pd.DataFrame):
        tables.append(asked.existing)
    crs = metre_crs(*tables)
    homes, spots = (_points(to_metres(table, crs)) for table in tables[:2])
    before = _given_before(asked, people)
    if isinstance(asked.existing, pd.DataFrame) and len(asked.existing):
        stays = _points(to_metres(asked.existing, crs))
        before = nearest(homes, stays[np.isfinite(stays).all(axis=1)])[1][:, 0]
    positions = np.flatnonzero(placed)
    if asked.objective == "metres":
        anywhere = float(np.ptp(np.vstack([homes, spots[placed]]), axis=0).sum() + 1)
        at_most = np.nextafter(asked.metres or anywhere, np.inf)
        pairs = pairs_nearer(homes, spots[positions], np.minimum(before, at_most))
    else:
        pairs = pairs_within(homes, spots[positions], float(asked.metres or 0))
    return pairs.home, positions[pairs.spot], pairs.metres, before


def _given_before(asked: Asked, people: int) -> np.ndarray:
    """Return metres to the nearest place that stays: given as metres, or as near (0) or not (without end)."""
    if asked.existing is None or isinstance(asked.existing, pd.DataFrame):
        return np.full(people, np.inf)
    given = np.asarray(asked.existing)
    if given.dtype == bool:
        return np.where(given, 0.0, np.inf)
    return np.where(np.isnan(given.astype(float)), np.inf, given.astype(float))


def _ceiling(
    asked: Asked, before: np.ndarray, trips: tuple[np.ndarray, np.ndarray], people: int
) -> tuple[np.ndarray, bool]:
    limit = asked.metres if asked.reach is None else asked.metres or asked.reach.limit
    ceiling = before if limit is None else np.minimum(before, limit)
    if np.isfinite(ceiling).all():
        return ceiling, False
    farthest = np.zeros(people)
    np.maximum.at(farthest, trips[0], trips[1])
    return np.minimum(ceiling, farthest), True


def _points(table: gpd.GeoDataFrame) -> np.ndarray:
    return np.column_stack([table.geometry.x, table.geometry.y])


def _column(table: pd.DataFrame, given: Any) -> Any:
    return table[given].to_numpy() if isinstance(given, str) else given


def _numbered(table: pd.DataFrame, given: Any) -> np.ndarray:
    """Give labels numbers from 0; those without a label get one of their own each."""
    numbers = pd.factorize(np.asarray(_column(table, given), dtype=object))[0].astype(np.int64)
    missing = np.flatnonzero(numbers < 0)
    numbers[missing] = numbers.max(initial=-1) + 1 + np.arange(len(missing))
    return np.asarray(numbers)


def _faults(asked: Asked) -> Iterator[str]:
    if asked.objective not in OBJECTIVES:
        yield either(
            ja=f"目的 {asked.objective!r} は使えません。使えるのは {'、'.join(OBJECTIVES)} です。",
            en=f"Unknown objective {asked.objective!r}. Known: {', '.join(OBJECTIVES)}.",
        )
    if not len(asked.people):
        yield either(ja="人の点が1つもありません。", en="There are no person points. Give at least one.")
    if not len(asked.candidates):
        yield either(
            ja="会場の候補がひとつもありません。候補を渡してください。",
            en="There are no candidates. Give at least one venue.",
        )
    yield from _missing_columns(asked)
    yield from _weight_faults(asked)
    yield from _count_faults(asked)
    yield from _distance_faults(asked)
    yield from _limit_faults(asked)


def _missing_columns(asked: Asked) -> Iterator[str]:
    for table, name, given in (
        (asked.people, "people", asked.weights),
        (asked.people, "people", asked.areas),
        (asked.candidates, "candidates", asked.capacity),
        (asked.candidates, "candidates", asked.one_per),
        (asked.candidates, "candidates", "name"),
    ):
        if isinstance(given, str) and given not in table:
            yield either(ja=f"{name} に列 {given!r} がありません。", en=f"{name} has no column {given!r}. Add it.")


def _weight_faults(asked: Asked) -> Iterator[str]:
    lost = int((asked.people.geometry.isna() | asked.people.geometry.is_empty).sum())
    if lost and asked.reach is None:
        yield either(
            ja=f"位置のない人の点が{lost}行あります。位置を付けるか、先に除いてください。",
            en=f"{lost} person points have no position. Give them one, or leave them out first.",
        )
    if isinstance(asked.weights, str) and asked.weights not in asked.people:
        return
    weights = np.asarray(_column(asked.people, asked.weights), dtype=float)
    if len(weights) != len(asked.people):
        yield either(
            ja=f"人数が{len(weights)}個ありますが、人の点は{len(asked.people)}行です。",
            en=f"{len(weights)} numbers of people for {len(asked.people)} person points. Give one for each.",
        )
        return
    wrong = np.flatnonzero(~(weights >= 0) | np.isinf(weights))
    if len(wrong):
        yield either(
            ja=f"人数が0以上の数ではない行があります（{first_five(wrong)}）。",
            en=f"The number of people is not 0 or more in rows {first_five(wrong)}. Correct it.",
        )


def _count_faults(asked: Asked) -> Iterator[str]:
    if asked.objective == "everyone":
        if asked.count is not None:
            yield either(
                ja="「全員が届く最少の数」では count を決められません。count を除いてください。",
                en="The objective 'everyone' finds the count itself. Leave count out.",
            )
        return
    if asked.count is None:
        yield either(ja="何か所選ぶか（count）を書いてください。", en="Say how many places to choose (count).")
        return
    if isinstance(asked.count, bool) or int(asked.count) != asked.count or asked.count < 1:
        yield either(
            ja=f"count = {asked.count!r} は使えません。1以上の整数を書いてください。",
            en=f"A count of {asked.count!r} makes no sense. Give a whole number of 1 or more.",
        )
        return
    if len(asked.candidates) and asked.count > len(asked.candidates):
        yield either(
            ja=f"{asked.count}か所を選ぼうとしましたが、候補は{len(asked.candidates)}か所しかありません。",
            en=f"Asked for {asked.count} sites, but only {len(asked.candidates)} candidates are given.",
        )
    if asked.one_per is None or (isinstance(asked.one_per, str) and asked.one_per not in asked.candidates):
        return
    labels = _column(asked.candidates, asked.one_per)
    if len(labels) != len(asked.candidates):
        yield either(
            ja=f"区域が{len(labels)}個ありますが、候補は{len(asked.candidates)}か所です。",
            en=f"{len(labels)} labels in one_per for {len(asked.candidates)} candidates. Give one for each.",
        )
        return
    areas = len(np.unique(_numbered(asked.candidates, asked.one_per)))
    if asked.count > areas and asked.count <= len(asked.candidates):
        yield either(
            ja=f"1区域に1か所で{asked.count}か所は選べません。候補のある区域は{areas}です。",
            en=f"One per area and {asked.count} sites contradict each other: candidates are in {areas} areas only.",
        )


def _distance_faults(asked: Asked) -> Iterator[str]:
    metres = asked.metres
    if metres is None and asked.objective != "metres":
        yield either(ja="何m以内かを metres に書いてください。", en="Say within how many metres (metres).")
    if metres is not None and not 0 < metres < float("inf"):
        yield either(
            ja=f"距離 {metres:g} は使えません。0より大きい数（m）を書いてください。",
            en=f"A distance of {metres:g} makes no sense. Give a number above 0 (metres).",
        )
        return
    if asked.reach is not None and metres is not None and metres > asked.reach.limit:
        yield either(
            ja=f"{metres:g}m以内を求めましたが、渡された reach には{asked.reach.limit:g}mまでしかありません。",
            en=f"Asked for {metres:g} m, but the reach given lists pairs up to {asked.reach.limit:g} m only.",
        )
    if asked.reach is not None and isinstance(asked.existing, pd.DataFrame):
        yield either(
            ja="reach を渡すときは、existing に人の点ごとの距離（m）か、届いているかどうかを渡してください。",
            en="With reach, give existing as metres per person point, or as whether each is reached.",
        )
    elif asked.existing is not None and not isinstance(asked.existing, pd.DataFrame):
        given = np.asarray(asked.existing)
        if len(given) != len(asked.people):
            yield either(
                ja=f"existing が{len(given)}個ありますが、人の点は{len(asked.people)}行です。",
                en=f"existing has {len(given)} values for {len(asked.people)} person points. Give one for each.",
            )
        elif given.dtype == bool and asked.objective == "metres":
            yield either(
                ja="距離の合計を短くするには、existing に距離（m）か場所を渡してください。",
                en="For the objective 'metres' give existing as metres or as places, not as yes and no.",
            )
    if asked.objective == "metres" and metres is None and asked.reach is None:
        pairs = len(asked.people) * len(asked.candidates)
        if asked.existing is None and pairs > PAIRS:
            yield either(
                ja=f"人の点と候補の組が{pairs:,}になり多すぎます。"
                "metres に、それより遠ければ同じとみなす距離を書いてください。",
                en=f"{pairs:,} pairs of person point and candidate are too many. Give metres: farther counts as that.",
            )


def _limit_faults(asked: Asked) -> Iterator[str]:
    if asked.objective == "fairest" and asked.areas is None:
        yield either(
            ja="いちばん届いていない区域を底上げするには、areas に人の点ごとの区域を渡してください。",
            en="The objective 'fairest' needs areas: the area of each person point.",
        )
    if asked.areas is not None and not isinstance(asked.areas, str) and len(asked.areas) != len(asked.people):
        yield either(
            ja=f"areas が{len(asked.areas)}個ありますが、人の点は{len(asked.people)}行です。",
            en=f"areas has {len(asked.areas)} values for {len(asked.people)} person points. Give one for each.",
        )
    if asked.time_limit is not None and not asked.time_limit > 0:
        yield either(
            ja=f"時間の上限 {asked.time_limit:g} 秒は使えません。0より大きい数を書いてください。",
            en=f"A time limit of {asked.time_limit:g} seconds makes no sense. Give a number above 0.",
        )
    if asked.capacity is None:
        return
    if asked.objective in ("everyone", "fairest"):
        yield either(
            ja=f"定員（capacity）は、目的が most か metres のときだけ使えます（いまは {asked.objective}）。",
            en=f"capacity works with the objectives most and metres only, not with {asked.objective}.",
        )
    if isinstance(asked.capacity, str) and asked.capacity not in asked.candidates:
        return
    rooms = np.asarray(_column(asked.candidates, asked.capacity), dtype=float)
    if rooms.ndim and len(rooms) != len(asked.candidates):
        yield either(
            ja=f"定員が{len(rooms)}個ありますが、候補は{len(asked.candidates)}か所です。",
            en=f"{len(rooms)} capacities for {len(asked.candidates)} candidates. Give one for each.",
        )
    elif not (np.isfinite(rooms) & (rooms >= 1)).all():
        yield either(
            ja="定員は1以上の数で書いてください。定員の分からない候補は先に除いてください。",
            en="Every capacity must be a number of 1 or more. Leave candidates out whose capacity is not known.",
        )
    if asked.objective == "metres" and asked.metres is None and asked.existing is None and asked.reach is None:
        yield either(
            ja="定員を決めて距離を短くするには、定員に入れない人を何mとみなすか（metres）も書いてください。",
            en="With capacity, the objective 'metres' needs metres: what those count for who find no room.",
        )
