"""Sites: which of the candidates should open next, what each brings, and whether that is proven."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.plan.siting import words
from resourcemap.plan.siting.asked import Asked, question_of
from resourcemap.plan.siting.fairest import fairest
from resourcemap.plan.siting.least import fewest_places
from resourcemap.plan.siting.maximal import most_within
from resourcemap.plan.siting.median import fewest_metres
from resourcemap.plan.wording import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from resourcemap.plan.siting.answer import Answer
    from resourcemap.plan.siting.asked import Objective, Question
    from resourcemap.reach.table import Reach

COLUMNS = (
    "order",
    "position",
    "name",
    "adds",
    "total",
    "runner_up",
    "runner_up_position",
    "runner_up_loses",
    "sentence",
)


@dataclass(frozen=True)
class Sites:
    """The sites chosen.

    Parameters
    ----------
    table
        One row per site, first what adds most: ``order`` from 1, ``position`` in the candidates, ``name``, ``adds``
        (people newly within reach, or metres saved by all together), ``total`` (with it and those before it),
        ``runner_up`` (the best candidate in its stead), its position and what it would lose (negative only for the
        fairest choice, where people may be gained at the cost of the worst-served area), ``sentence`` in Japanese.
        Fewer rows than asked for when no other candidate adds anything.
    objective
        What was asked.
    reached_before, reached_after
        People within reach without and with the sites; for metres, the metres of all people together (not a number
        before where there is no place yet). With a capacity, the people who find room.
    people
        All people counted.
    bound
        What no other choice can better: people, metres, or for everyone the number of places.
    gap
        How far the answer may be from the best, as a share of it.
    proven
        Whether it is the best: computed from `bound`.
    stopped
        ``"proven"``, ``"time"`` or ``"effort"``.
    share_before, share_after
        The smallest share within reach of any area compared; not a number unless the fairest choice was asked for.
    out_of_reach_areas
        Areas that were not compared for the fairest choice, because no candidate reaches anybody more there.
    left
        Per person point, whether it remains beyond reach of every place (all false for metres without a limit).
    impossible
        A sentence when even all candidates leave people beyond; empty otherwise.
    summary
        What the sites bring together and how sure that is, in Japanese.
    unplaced
        Names of candidates without a point, which could not be chosen.
    """

    table: pd.DataFrame
    objective: str
    reached_before: float
    reached_after: float
    people: float
    bound: float
    gap: float
    proven: bool
    stopped: str
    share_before: float
    share_after: float
    out_of_reach_areas: tuple[str, ...]
    left: np.ndarray = field(repr=False)
    impossible: str
    summary: str
    unplaced: tuple[str, ...]


def sites(
    people: gpd.GeoDataFrame,
    candidates: gpd.GeoDataFrame,
    *,
    weights: str | Sequence[float] | np.ndarray | pd.Series = "total",
    count: int | None = None,
    objective: Objective = "most",
    metres: float | None = None,
    reach: Reach | None = None,
    existing: gpd.GeoDataFrame | np.ndarray | pd.Series | Sequence[bool] | Sequence[float] | None = None,
    capacity: str | float | Sequence[float] | np.ndarray | pd.Series | None = None,
    one_per: str | Sequence[object] | np.ndarray | pd.Series | None = None,
    areas: str | Sequence[object] | np.ndarray | pd.Series | None = None,
    who: str = "住民",
    time_limit: float | None = None,
) -> Sites:
    """Choose the places that should open next.

    Parameters
    ----------
    people
        Person points in any CRS; ``block``, if there, names where those live whom nothing reaches.
    candidates
        Real venues: ``name`` and points. Those without a point are not chosen and are listed in ``unplaced``; take out
        beforehand what may not be chosen (not step-free, not free at that time).
    weights
        How many people each point stands for: a column of `people`, or a number per row. Whole people make the proof
        sharp.
    count
        How many to choose; fewer come out when no other adds anything. Not for ``"everyone"``.
    objective
        ``"most"`` people newly within `metres`; fewest ``"metres"`` of all to the nearest place; ``"everyone"`` whom
        any candidate can reach, with the fewest places; ``"fairest"``: the smallest share within reach among `areas` as
        large as can be, then most people. Areas where no candidate reaches anybody more are not compared, unless
        there is no other.
    metres
        What is within reach; somebody exactly at it is. For ``"metres"`` what somebody farther counts for.
    reach
        Pairs between `people` and `candidates` along streets or with a detour; straight lines when not given.
    existing
        Places that stay (points), or per person point the metres to the nearest of them (missing for none), or whether
        one reaches it. With `reach` only the latter two.
    capacity
        How many people each candidate takes: one number, a column, or a number each. People are shared out so that all
        together fare best. Places that stay take any number.
    one_per
        The area of each candidate (a column, or a label each): at most one opens in each. Those without a label may
        all.
    areas
        The area of each person point (a column, or a label each), for ``"fairest"``.
    who
        Whom the people are called in sentences.
    time_limit
        Seconds of searching; until proven when not given. The answer then comes with how much better another may be.
        Only an answer cut short may differ from run to run.

    Returns
    -------
    Sites
        The sites in the order of what each adds, and how sure it is that they are the best. Of equal candidates the
        one given first. The order of `people` changes nothing.

    Raises
    ------
    InputError
        With every fault of the question: count above the candidates, limits that contradict each other, distances
        that make no sense, nothing to choose from; or when one per area leaves no choice that reaches everyone.

    Examples
    --------
    >>> import geopandas as gpd
    >>> homes = gpd.GeoDataFrame({"total": [30, 412]}, geometry=gpd.points_from_xy([0, 2000], [0, 0]), crs=6677)
    >>> venues = gpd.GeoDataFrame({"name": ["東会館", "西集会所"]}, geometry=gpd.points_from_xy([100, 1900], [0, 0]),
    ...     crs=6677)
    >>> found = sites(homes, venues, count=1, metres=500, who="75歳以上")
    >>> found.table["sentence"].tolist(), found.proven
    (['西集会所で開くと、75歳以上の412人が新たに直線で500m以内になります。'], True)
    """
    given = Asked(
        people, candidates, weights, count, objective, metres, reach, existing, capacity, one_per, areas, time_limit
    )
    question = question_of(given)
    answer, shares, beyond = _answered(given, question)
    out_of_reach = tuple(question.areas[area] for area in beyond)
    names = candidates["name"].astype(str).to_numpy()
    everyone = float(question.people.sum())
    left = _left(given, question, answer.chosen)
    said = _Said(who, float(metres or 0), question.way, question)
    table = _table(answer, names, said, objective)
    far = question.far and objective == "metres"
    return Sites(
        table=table,
        objective=objective,
        reached_before=np.nan if far else answer.before,
        reached_after=float(answer.totals[-1]) if len(answer.totals) else (np.nan if far else answer.before),
        people=everyone,
        bound=answer.bound,
        gap=answer.gap,
        proven=answer.proven,
        stopped=answer.stopped,
        share_before=shares[0],
        share_after=shares[1],
        out_of_reach_areas=out_of_reach,
        left=left,
        impossible=_impossible(given, question, said),
        summary=_summary(answer, objective, shares, everyone, said) + words.out_of_reach_sentence(out_of_reach),
        unplaced=tuple(names[question.unplaced].tolist()),
    )


@dataclass(frozen=True)
class _Said:
    """Words that every sentence needs."""

    who: str
    metres: float
    way: str
    question: Question


def _answered(asked: Asked, question: Question) -> tuple[Answer, tuple[float, float], np.ndarray]:
    """Ask the engine; return its answer, the smallest shares before and after, and the areas out of reach."""
    none = (float("nan"), float("nan")), np.empty(0, dtype=np.int64)
    already = question.before <= float(asked.metres or 0)
    common: dict[str, Any] = {
        "people": question.people,
        "candidates": len(asked.candidates),
        "seconds": asked.time_limit,
    }
    limited: dict[str, Any] = common | {"limits": question.limits}
    if asked.objective == "metres":
        limited |= {"ceiling": question.ceiling, "capacity": question.capacity}
        return fewest_metres(question.person, question.candidate, question.metres, **limited), *none
    if asked.objective == "everyone":
        common |= {"areas": question.limits.areas, "already": already}
        answer = fewest_places(question.person, question.candidate, **common)
        if answer is None:
            raise InputError(_no_choice())
        return answer, *none
    limited["already"] = already
    if asked.objective == "fairest":
        fair = fairest(question.person, question.candidate, area=question.area, **limited)
        return fair.answer, (fair.share_before, fair.share), fair.out_of_reach
    return most_within(question.person, question.candidate, capacity=question.capacity, **limited), *none


def _no_choice() -> str:
    return either(
        ja="1区域に1か所では、候補で届くはずの全員に届く選び方が見つかりません。"
        "one_per を外すか、候補を足すか、時間を延ばしてください。",
        en="With one per area no choice was found that reaches everyone whom the candidates can reach. "
        "Leave out one_per, add candidates, or allow more time.",
    )


def _left(asked: Asked, question: Question, chosen: np.ndarray) -> np.ndarray:
    """Tell which person points remain beyond `metres` of every place."""
    if asked.metres is None:
        return np.zeros(len(question.people), dtype=bool)
    beyond = question.before > asked.metres
    near = np.isin(question.candidate, chosen) & (question.metres <= asked.metres)
    beyond[question.person[near]] = False
    return np.asarray(beyond)


def _table(answer: Answer, names: np.ndarray, said: _Said, objective: str) -> pd.DataFrame:
    instead = [names[place] if place >= 0 else None for place in answer.instead]
    adds = answer.adds.astype(float).copy()
    if objective == "metres" and said.question.far and len(adds):
        adds[0] = np.nan
    columns = {
        "order": np.arange(1, len(answer.chosen) + 1),
        "position": answer.chosen.astype(int),
        "name": names[answer.chosen],
        "adds": adds,
        "total": answer.totals.astype(float),
        "runner_up": pd.Series(instead, dtype=object),
        "runner_up_position": answer.instead.astype(int),
        "runner_up_loses": answer.loses,
        "sentence": pd.Series(_sentences(answer, names, said, objective), dtype=object),
    }
    return pd.DataFrame(columns, columns=list(COLUMNS))


def _sentences(answer: Answer, names: np.ndarray, said: _Said, objective: str) -> list[str]:
    question = said.question
    found = []
    now = question.ceiling.copy()
    for number, place in enumerate(answer.chosen):
        name, first = str(names[place]), number == 0
        if objective != "metres":
            room = None if question.capacity is None else float(question.capacity[place])
            about: dict[str, Any] = {"who": said.who, "metres": said.metres, "way": said.way}
            found.append(words.within_sentence(name, answer.adds[number], **about, first=first, room=room))
            continue
        to = question.candidate == place
        person, metres = question.person[to], question.metres[to]
        nearer = float(question.people[person[metres < now[person]]].sum())
        now[person] = np.minimum(now[person], metres)
        if question.far and first:
            found.append(words.opened_sentence(name, float(question.people.sum()), who=said.who))
            continue
        found.append(words.metres_sentence(name, answer.adds[number], nearer, who=said.who, way=said.way, first=first))
    return found


def _summary(answer: Answer, objective: str, shares: tuple[float, float], people: float, said: _Said) -> str:
    if objective == "metres":
        said_so = words.summary_metres(answer, people=people, who=said.who, way=said.way, far=said.question.far)
        return said_so + words.proof_metres(answer, people)
    so_far = words.summary_within(answer, people=people, who=said.who, metres=said.metres, way=said.way)
    if objective == "everyone":
        return so_far + words.proof_places(answer)
    if objective == "fairest":
        before, after = (percent(share) for share in shares)
        so_far += f"いちばん届いていない区域では、届く人の割合が{before}から{after}になります。"
        return so_far + words.proof_fairest(answer)
    return so_far + words.proof_people(answer)


def _impossible(asked: Asked, question: Question, said: _Said) -> str:
    if asked.metres is None or asked.objective == "metres":
        return ""
    beyond = np.where(question.before > asked.metres, question.people, 0.0)
    beyond[question.person] = 0.0
    blocks = asked.people["block"].reset_index(drop=True) if "block" in asked.people else None
    number = len(asked.candidates) - len(question.unplaced)
    about: dict[str, Any] = {"who": said.who, "metres": said.metres, "way": said.way}
    return words.impossible_sentence(beyond, blocks, candidates=number, **about)
