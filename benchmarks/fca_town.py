"""The cases of floating catchments: 2SFCA and E2SFCA with three steps, within 1 km."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.case import Case
from benchmarks.workloads import town
from resourcemap.measure.catchment import StraightLines, floating_catchment
from resourcemap.reach.decay import Decay
from resourcemap.reach.near import pairs_within

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from benchmarks.workloads import Town

METRES = 1000.0
STEPS = ((333.0, 1.0), (667.0, 0.68), (METRES, 0.22))
Scores = tuple[np.ndarray, np.ndarray]


@dataclass
class Work:
    """A town, and what the peer is given of it."""

    town: Town
    costs: pd.DataFrame | None = None

    def listed(self) -> pd.DataFrame:
        """Our own pairs as the peer's table of costs, made once."""
        import pandas as pd  # here, so that it does not count as memory of ours

        if self.costs is None:
            pairs = pairs_within(self.town.homes, self.town.spots, METRES)
            columns = {"origin": pairs.home, "dest": pairs.spot, "cost": pairs.metres}
            self.costs = pd.DataFrame(columns)
        return self.costs


def run_ours(work: Work) -> Scores:
    data = work.town
    plain = StraightLines(data.homes, data.spots, Decay(METRES))
    stepped = StraightLines(data.homes, data.spots, Decay(METRES, steps=STEPS))
    return (
        floating_catchment(data.people, data.capacity, plain),
        floating_catchment(data.people, data.capacity, stepped),
    )


def run_peer_whole(work: Work) -> Scores:
    """Let the peer measure the distances too."""
    from access import Access

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        asked = Access(
            demand_df=work.town.home_table.reset_index(names="geoid"),
            demand_index="geoid",
            demand_value="people",
            supply_df=work.town.spot_table.reset_index(names="geoid"),
            supply_index="geoid",
            supply_value="capacity",
        )
        asked.create_euclidean_distance(name="metres", threshold=METRES)
        plain = asked.two_stage_fca(name="plain", cost="metres", max_cost=METRES)
        stepped = asked.enhanced_two_stage_fca(name="stepped", cost="metres", max_cost=METRES, weight_fn=_weights())
    return _all_of(work, plain.iloc[:, -1]), _all_of(work, stepped.iloc[:, -1])


def run_peer_on_pairs(work: Work) -> Scores:
    """Give the peer our own pairs: its matrix of all distances does not fit into memory."""
    return _of_pairs(work, None), _of_pairs(work, _weights())


def agree(peer: Scores, ours: Scores) -> bool:
    """Tell whether both give the same where the peer answers, and ours 0 where it does not."""
    same = True
    for name, theirs, mine in zip(("2SFCA", "E2SFCA"), peer, ours, strict=True):
        answered = np.isfinite(theirs)
        zero = bool((mine[~answered] == 0).all())
        print(f"  {name}: the peer answers for {answered.sum()} of {len(theirs)} points; ours 0 for the others: {zero}")
        same = same and zero and np.allclose(theirs[answered], mine[answered], rtol=1e-9)
    return same


def case_of(size: str, what: str, *, whole: bool, rounds: int) -> Case:
    """Make the case of a size; the peer measures distances itself when `whole`, else it is given our pairs."""
    return Case(
        work=f"2SFCA and E2SFCA within {METRES:g} m; {what}",
        peer=f"PySAL access {version('access')}" + ("" if whole else ", given our own pairs"),
        prepare=lambda: Work(town(size)),
        run_peer=run_peer_whole if whole else run_peer_on_pairs,
        run_ours=run_ours,
        agree=agree,
        rounds=rounds,
    )


def _of_pairs(work: Work, weights: Callable[[float], float] | None) -> np.ndarray:
    import pandas as pd
    from access.fca import two_stage_fca

    people = pd.DataFrame({"people": work.town.people}).rename_axis("origin")
    supply = pd.DataFrame({"capacity": work.town.capacity}).rename_axis("dest")
    found = two_stage_fca(
        people,
        supply,
        work.listed(),
        METRES,
        demand_index=True,
        demand_name="people",
        supply_index=True,
        supply_name="capacity",
        weight_fn=weights,
    )
    return _all_of(work, found)


def _weights() -> Callable[[float], float]:
    from access.weights import step_fn

    weights: Callable[[float], float] = step_fn(dict(STEPS))
    return weights


def _all_of(work: Work, found: pd.Series) -> np.ndarray:
    """Return a number per person point; not a number where the peer left it out."""
    return found.reindex(np.arange(len(work.town.homes))).to_numpy(dtype=float)
