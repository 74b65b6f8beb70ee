"""The cases of sites: ten new places among many candidates, for most people within reach or for fewest metres."""

from __future__ import annotations

import re
import tempfile
import warnings
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.case import Case
from benchmarks.workloads import Size, drawn
from resourcemap.plan.siting.greedy import Limits
from resourcemap.plan.siting.maximal import most_within
from resourcemap.plan.siting.median import fewest_metres
from resourcemap.plan.siting.nearer import pairs_nearer
from resourcemap.reach.near import nearest, pairs_within

if TYPE_CHECKING:
    from benchmarks.workloads import Town
    from resourcemap.plan.siting.answer import Answer

COUNT = 10
PEER_SECONDS = 120
# The sizes of a municipality and a prefecture, with venues for resources.
SIZES = {
    "500": Size(3_000, 500, 10_000.0, 3, 11),
    "5000": Size(200_000, 5_000, 70_000.0, 40, 12),
}
# Places that are there already, for fewest metres in a prefecture.
STAYS = Size(200_000, 400, 70_000.0, 40, 12)


@dataclass(frozen=True)
class Work:
    """A town, how far is within reach, and metres to the nearest place that is there."""

    town: Town
    metres: float
    before: np.ndarray
    seconds: float | None = None

    @property
    def candidates(self) -> int:
        """How many may be chosen."""
        return len(self.town.spots)


def prepare(size: str, metres: float) -> Work:
    town = drawn(SIZES[size])
    pairs_within(town.homes[:9], town.spots[:9], metres)  # compiles outside the clock
    return Work(town, metres, np.full(len(town.homes), np.inf))


def prepare_median(size: str, seconds: float) -> Work:
    """Give a prefecture the places it has; a municipality begins with none."""
    town = drawn(SIZES[size])
    far = np.sqrt(2) * SIZES[size].metres
    before = np.full(len(town.homes), far)
    if size == "5000":
        before = nearest(town.homes, drawn(STAYS).spots)[1][:, 0]
    pairs_within(town.homes[:9], town.spots[:9], far)
    return Work(town, far, before, seconds)


def run_ours(work: Work) -> Answer:
    pairs = pairs_within(work.town.homes, work.town.spots, work.metres)
    return most_within(
        pairs.home, pairs.spot, people=work.town.people, candidates=work.candidates, limits=Limits(COUNT)
    )


def run_ours_median(work: Work) -> Answer:
    pairs = pairs_nearer(work.town.homes, work.town.spots, np.minimum(work.before, work.metres))
    return fewest_metres(
        pairs.home,
        pairs.spot,
        pairs.metres,
        people=work.town.people,
        ceiling=work.before,
        candidates=work.candidates,
        limits=Limits(COUNT),
        seconds=work.seconds,
    )


def run_peer(work: Work) -> tuple[float, float]:
    """Return the people within reach that spopt finds in its time, and the most that CBC says there may be.

    The status of spopt says "Optimal" also when its time was up, so the bound is read from the words of CBC.
    """
    import pulp
    from spopt.locate import MCLP

    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        said = Path(folder) / "cbc.log"
        far = apart(work.town.homes, work.town.spots)
        model = MCLP.from_cost_matrix(far, work.town.people, service_radius=work.metres, p_facilities=COUNT)
        model = model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=PEER_SECONDS, logPath=str(said)))
        value = float(pulp.value(model.problem.objective))
        bound = re.search(r"^(?:Upper|Lower) bound: +(\S+)", said.read_text(), flags=re.MULTILINE)
        return value, abs(float(bound.group(1))) if bound else value


def agree(peer: tuple[float, float], ours: Answer) -> bool:
    """Tell whether ours is proven, reaches no fewer people than spopt, and no more than CBC says there may be.

    Where spopt ended in time, its bound is what it found, so that both are the same.
    """
    told(ours)
    print(f"  spopt: {peer[0]:.0f}, bound {peer[1]:.0f}")
    return ours.proven and peer[0] - 0.5 <= ours.totals[-1] <= peer[1] + 0.5


def agree_plainly(work: Work, ours: Answer) -> bool:
    """Solve the plain model with the HiGHS inside scipy; only person points near the same venues are put together."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix, eye_array, hstack, vstack
    from scipy.spatial import cKDTree

    told(ours)
    near = cKDTree(work.town.homes).sparse_distance_matrix(
        cKDTree(work.town.spots), work.metres, output_type="coo_matrix"
    )
    reach = csr_matrix((np.ones(near.nnz), (near.row, near.col)), shape=near.shape)
    alike: dict[bytes, int] = {}
    group = [alike.setdefault(np.sort(row.indices).tobytes(), len(alike)) for row in reach]
    homes = len(alike)
    first = np.unique(group, return_index=True)[1]
    people = np.bincount(group, work.town.people)
    count = csr_matrix(np.append(np.ones(work.candidates), np.zeros(homes)))
    rows = vstack([hstack([-reach[first], eye_array(homes)]), count]).tocsc()
    found = milp(
        np.append(np.zeros(work.candidates), -people),
        constraints=LinearConstraint(rows, -np.inf, np.append(np.zeros(homes), COUNT)),
        integrality=np.append(np.ones(work.candidates), np.zeros(homes)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    reached = np.asarray(reach[:, ours.chosen].sum(axis=1)).ravel() > 0
    return bool(
        ours.proven and abs(-found.fun - ours.totals[-1]) < 0.5 and work.town.people[reached].sum() == ours.totals[-1]
    )


def agree_median(work: Work, ours: Answer) -> bool:
    """Add up the metres of the choice one by one, and hold them against the bound and a hundred other choices."""
    told(ours)
    rng = np.random.default_rng(7)

    def walked(chosen: np.ndarray) -> float:
        far = np.minimum(apart(work.town.homes, work.town.spots[chosen]).min(axis=1), work.before)
        return float((far * work.town.people).sum())

    others = [walked(rng.choice(work.candidates, COUNT, replace=False)) for _ in range(100)]
    total = walked(ours.chosen)
    return bool(np.isclose(total, ours.totals[-1], rtol=1e-9) and ours.bound <= total <= min(others))


def apart(homes: np.ndarray, spots: np.ndarray) -> np.ndarray:
    """Return the metres between all homes and spots."""
    return np.sqrt(((homes[:, None, :] - spots[None, :, :]) ** 2).sum(axis=2))


def told(ours: Answer) -> None:
    """Say what is proven."""
    print(f"  ours: {ours.totals[-1]:.0f}, bound {ours.bound:.0f}, gap {ours.gap:.2e}, stopped: {ours.stopped}")


def case_with_peer(size: str, metres: float) -> Case:
    people, venues = SIZES[size].people, SIZES[size].resources
    return Case(
        work=f"{COUNT} of {venues} venues, most of {people:,} person points within {metres:g} m, proven with gap 0 "
        f"(the peer may run {PEER_SECONDS} s and may find less)",
        peer=f"spopt {version('spopt')}: MCLP with CBC, stopped after {PEER_SECONDS} s",
        prepare=lambda: prepare(size, metres),
        run_peer=run_peer,
        run_ours=run_ours,
        agree=agree,
        rounds=1,
    )
