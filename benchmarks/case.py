"""What a benchmark compares, and how it is timed."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parent / "cases"
_KIB_PER_MIB = 1024


@dataclass(frozen=True)
class Case:
    """The same work done by a peer and by us, from data in memory to the result; by us alone where there is no peer.

    Parameters
    ----------
    work
        What is done, with its size.
    peer
        The tool that users would pick, with its version; ``None`` when no tool does this work.
    prepare
        Makes the data, outside the clock.
    run_peer, run_ours
        Do the work; what they return is compared, outside the clock. Without a peer there is no `run_peer`.
    agree
        Tells whether the two results are the same. Without a peer it is given the data in place of the peer's
        result, to find the answer by the plainest way there is.
    rounds
        How often each side runs, in turn, after one run to warm up.
    """

    work: str
    peer: str | None
    prepare: Callable[[], Any]
    run_peer: Callable[[Any], Any] | None
    run_ours: Callable[[Any], Any]
    agree: Callable[[Any, Any], bool]
    rounds: int = 5


def names() -> list[str]:
    """Name all cases."""
    return sorted(module.name.replace("_", "-") for module in iter_modules([str(CASES)]))


def load(name: str) -> Case:
    """Return a case by its name."""
    case: Case = import_module(f"benchmarks.cases.{name.replace('-', '_')}").CASE
    return case


def compare(name: str) -> dict[str, Any]:
    """Run both sides of a case in turn and report medians, agreement and the memory of a run of ours alone."""
    case = load(name)
    data = case.prepare()
    equal = bool(case.agree(case.run_peer(data) if case.run_peer else data, case.run_ours(data)))
    sides = [("peer", case.run_peer)] if case.run_peer else []
    sides.append(("ours", case.run_ours))
    seconds: dict[str, list[float]] = {side: [] for side, _ in sides}
    for turn in range(case.rounds):
        for side, run in sides if turn % 2 == 0 else reversed(sides):
            seconds[side].append(_timed(run, data))
    for side, times in seconds.items():
        print(f"  {side}: {'  '.join(f'{each:.3f}' for each in times)} s")
    ours = statistics.median(seconds["ours"])
    peer = statistics.median(seconds["peer"]) if case.run_peer else None
    return {
        "case": name,
        "work": case.work,
        "peer": case.peer,
        "peer_s": None if peer is None else round(peer, 4),
        "ours_s": round(ours, 4),
        "ratio": None if peer is None else round(peer / ours, 2),
        "rss_mb": _memory_alone(name),
        "equal": equal,
        "n": case.rounds,
    }


def run_ours_once(name: str) -> float:
    """Do our side of a case once and return the most memory this process ever held, in MiB."""
    case = load(name)
    case.run_ours(case.prepare())
    status = Path("/proc/self/status")
    if status.is_file():
        # ru_maxrss of Linux begins with the memory of the process that started this one.
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / _KIB_PER_MIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MIB


def _timed(run: Callable[[Any], Any], data: object) -> float:
    begin = time.perf_counter()
    run(data)
    return time.perf_counter() - begin


def _memory_alone(name: str) -> float:
    """Measure our side in a process of its own, so that the peer's memory does not count."""
    command = [sys.executable, "-m", "benchmarks", "--memory", name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return round(float(json.loads(done.stdout)), 1)
