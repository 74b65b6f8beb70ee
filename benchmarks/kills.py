"""Kill builds of the sample city at random moments, and see that every output is whole each time.

    python -m benchmarks.kills              100 kills, with the seed 1
    python -m benchmarks.kills 20 --seed 7

Half of the moments are spread over the whole build, a quarter over the time in which files are written, and a quarter
over the few milliseconds in which they are put in place. After each kill every output must be that of the build before
or that of the killed one, byte for byte. Then another file is written into each folder, as the next command does, and
each folder must hold the outputs of one build and nothing else.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from resourcemap.files import write_text
from resourcemap.project.start import start_project

if TYPE_CHECKING:
    from collections.abc import Callable

OUTPUTS = ("maps", "internal")
DESK = ".resourcemap"
# A change of the settings that nearly every output shows.
CHANGES = (("みほん市 地域資源マップ", "みほん市 資源の地図"), ("[300, 500, 800]", "[310, 500, 800]"))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__.splitlines()[0])
    parser.add_argument("kills", nargs="?", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        result = kill_builds(Path(folder) / "city", asked.kills, random.Random(asked.seed))  # noqa: S311 - moments
    print(json.dumps(result, ensure_ascii=False))
    return 0 if result["whole"] == result["kills"] == result["one_build_after_the_next"] else 1


def kill_builds(city: Path, kills: int, chance: random.Random) -> dict[str, object]:
    """Kill builds and count how many left whole files, and how many were set right by the next command."""
    start_project(city, sample=True)
    old = built(city)
    for before, after in CHANGES:
        settings = city / "resourcemap.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    begin = time.perf_counter()
    new = built(city)
    seconds = time.perf_counter() - begin
    differing = sum(old[name] != new[name] for name in old)
    told = {"kills": 0, "whole": 0, "one_build_after_the_next": 0, "in_time": 0, "desks_left": 0, "mixtures": 0}
    moments = [moment for moment in (spread, spread, writing, renaming) for _ in range(-(-kills // 4))][:kills]
    for number, moment in enumerate(moments, start=1):
        put_back(city, old)
        alive = killed(city, lambda moment=moment: moment(city, seconds, chance))
        seen = outputs(city)
        whole = set(seen) == set(old) and all(seen[name] in (old[name], new[name]) for name in seen)
        told["kills"] += 1
        told["in_time"] += alive
        told["whole"] += whole
        told["desks_left"] += any((city / folder / DESK).exists() for folder in OUTPUTS)
        told["mixtures"] += whole and seen not in (old, new)
        told["one_build_after_the_next"] += set_right(city, old, new)
        print(f"{number} {moment.__name__}: {'whole' if whole else 'NOT WHOLE'}", flush=True)
    last = built(city)
    return {**told, "outputs": len(old), "differing": differing, "build_after_all_is_right": last == new}


def spread(_city: Path, seconds: float, chance: random.Random) -> None:
    time.sleep(chance.uniform(0, seconds))


def writing(city: Path, seconds: float, chance: random.Random) -> None:
    """Wait for the first file on the desk, then a moment longer."""
    wait_for(lambda: any((city / "maps" / DESK).glob("new-*")), 3 * seconds)
    time.sleep(chance.uniform(0, seconds / 5))


def renaming(city: Path, seconds: float, chance: random.Random) -> None:
    """Wait for the journal, then a few milliseconds longer."""
    desk = city / "maps" / DESK
    wait_for((desk / "old-1").exists, 3 * seconds)
    wait_for((desk / "journal.json").exists, 1, pause=0)
    time.sleep(chance.uniform(0, 0.006))


def wait_for(happened: Callable[[], bool], seconds: float, *, pause: float = 0.0005) -> None:
    begin = time.perf_counter()
    while not happened() and time.perf_counter() - begin < seconds:
        time.sleep(pause)


def killed(city: Path, wait: Callable[[], None]) -> bool:
    """Start a build, kill it when the wait is over, and tell whether it was still alive then."""
    with subprocess.Popen(
        [sys.executable, "-m", "resourcemap", "build", "-p", str(city)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        wait()
        process.kill()
    return process.returncode < 0


def built(city: Path) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, "-m", "resourcemap", "build", "-p", str(city)], check=True, stdout=subprocess.DEVNULL
    )
    return outputs(city)


def outputs(city: Path) -> dict[str, bytes]:
    """Return every output but what lies on desks."""
    paths = [path for folder in OUTPUTS for path in (city / folder).rglob("*") if path.is_file()]
    return {path.relative_to(city).as_posix(): path.read_bytes() for path in paths if DESK not in path.parts}


def put_back(city: Path, content: dict[str, bytes]) -> None:
    for folder in OUTPUTS:
        shutil.rmtree(city / folder, ignore_errors=True)
    for name, data in content.items():
        (city / name).parent.mkdir(parents=True, exist_ok=True)
        (city / name).write_bytes(data)


def set_right(city: Path, old: dict[str, bytes], new: dict[str, bytes]) -> bool:
    """Write one more file into each folder, and tell whether it then holds the outputs of one build and no more."""
    right = True
    for folder in OUTPUTS:
        if not (city / folder).is_dir():
            continue
        write_text(city / folder / "next.txt", "next").unlink()
        here = {path.relative_to(city).as_posix(): path for path in (city / folder).iterdir()}
        right = right and all(path.is_file() for path in here.values())
        seen = {name: path.read_bytes() for name, path in here.items() if path.is_file()}
        sides = [{name: data for name, data in side.items() if name in seen} for side in (old, new)]
        right = right and len(seen) == len(sides[0]) and seen in sides
    return right


if __name__ == "__main__":
    sys.exit(main())
