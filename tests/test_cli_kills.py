"""A build that is killed among its last calls to the file system: outputs are whole, the next build is right."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KILLS = 6
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process that is copied (fork) for each kill")

# Builds twice, then kills copies of the process at calls to the file system, most of them while files are put in place.
DRIVER = """
import json, os, signal, sys
from pathlib import Path

from resourcemap.files import write_text
from resourcemap.project.project import open_project

CITY, KILLS = Path(sys.argv[1]), int(sys.argv[2])
state = {"on": False, "count": 0, "at": 0, "renames": []}


def hook(event, args):
    if not state["on"] or not (event == "open" or event.startswith("os.")) or "/maps" not in str(args):
        return
    state["count"] += 1
    if event == "os.rename":
        state["renames"].append(state["count"])
    if state["count"] == state["at"]:
        os.kill(os.getpid(), signal.SIGKILL)


def outputs():
    paths = [path for path in (CITY / "maps").rglob("*") if path.is_file() and ".resourcemap" not in path.parts]
    return {path.name: path.read_bytes() for path in paths}


def build(project):
    project.build()
    return outputs()


sys.addaudithook(hook)
old = build(open_project(CITY))
settings = CITY / "resourcemap.toml"
text = settings.read_text(encoding="utf-8").replace("distance = 500", "distance = 250")
settings.write_text(text.replace("地域資源マップ", "資源の地図"), encoding="utf-8")
changed = open_project(CITY)
state["on"] = True
new = build(changed)
state["on"] = False
calls = state["renames"]
among = [calls[number * len(calls) // (KILLS - 2)] for number in range(KILLS - 2)]
moments = [calls[0] // 2, *among, calls[-1] + 3]
told = []
for moment in moments:
    for name, content in old.items():
        (CITY / "maps" / name).write_bytes(content)
    child = os.fork()
    if not child:
        state.update(on=True, count=0, at=moment)
        changed.build()  # its tables are known by now: what is left is to write
        os._exit(0)
    died = os.waitpid(child, 0)[1] == signal.SIGKILL
    after = outputs()
    write_text(CITY / "maps" / "next.txt", "next").unlink()
    told.append({
        "died": died,
        "whole": set(after) == set(old) and all(after[name] in (old[name], new[name]) for name in old),
        "mixed": after not in (old, new),
        "right": outputs() in (old, new) and not (CITY / "maps" / ".resourcemap").exists(),
    })
differing = sum(old[name] != new[name] for name in old)
print(json.dumps({"told": told, "differing": differing, "outputs": len(old), "last": build(open_project(CITY)) == new}))
"""


def test_a_build_killed_while_it_writes_leaves_every_output_whole(city):
    (city / "maps" / "index.html").unlink()
    command = [sys.executable, "-W", "error", "-c", DRIVER, str(city), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["differing"] >= 4
    assert len(told["told"]) == KILLS
    for each in told["told"]:
        assert each["died"]
        assert each["whole"]
        assert each["right"]
    assert sum(each["mixed"] for each in told["told"]) >= 2
    assert told["last"]
