"""A run that is killed, or refused something, at each of its calls to the file system, one after another."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process that is copied (fork) for each call")

# Counts calls below a folder through the audit events of Python, in a copy of the process per call.
DRIVER = """
import errno, json, os, shutil, signal, sys
from contextlib import suppress
from pathlib import Path

import filelock
from resourcemap.errors import InputError
from resourcemap.files import together, write_text

ROOT = Path(sys.argv[1])
HOW, LINKS = sys.argv[2], sys.argv[3] == "links"
OLD = {"maps/a.txt": "old", "maps/b.xlsx": "old", "internal/c.csv": "old"}
NEW = {"maps/a.txt": "new", "maps/b.xlsx": "new", "internal/c.csv": "new", "maps/d.json": "new", "data/e.csv": "new"}
LATER = {"maps/z.txt": "1", "internal/z.txt": "1", "data/z.txt": "1"}
state = {"on": False, "count": 0, "at": 0, "event": ""}


def happens(event, subject):
    if not state["on"] or str(ROOT) not in str(subject):
        return
    state["count"] += 1
    if state["count"] != state["at"]:
        return
    state["event"] = event
    if HOW == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if HOW == "stop":
        raise KeyboardInterrupt
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def hook(event, args):
    if event == "open" or event.startswith("os.") and event != "os.fork":
        happens(event, args)


def fsync(handle):
    happens("fsync", os.readlink(f"/proc/self/fd/{handle}") if os.path.exists("/proc/self/fd") else ROOT)


def without_links(path, target):
    raise OSError(errno.EPERM, "no links")


def tree():
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in ROOT.rglob("*") if path.is_file()}


def write(files):
    for name, text in files.items():
        write_text(ROOT / name, text)


def run():
    with together():
        write(NEW)


def killed():
    child = os.fork()
    if not child:
        state["on"] = True
        run()
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def refused():
    try:
        state["on"] = True
        run()
    except (InputError, KeyboardInterrupt) as error:
        return type(error).__name__ + ": " + str(error)
    finally:
        state["on"] = False
    return ""


sys.addaudithook(hook)
os.fsync = fsync
if not LINKS:
    Path.hardlink_to = without_links
at, told = 0, []
while True:
    shutil.rmtree(ROOT, ignore_errors=True)
    write(OLD)
    at += 1
    state.update(count=0, at=at, event="")
    said = killed() if HOW == "kill" else refused()
    reached = said if HOW == "kill" else state["event"]
    after = tree()
    write(LATER)
    told.append({"reached": bool(reached), "said": said, "after": after, "later": tree()})
    if not reached:
        break
print(json.dumps({"old": OLD, "new": NEW, "extra": LATER, "runs": told}))
"""


def sweep(folder, how, olds):
    command = [sys.executable, "-W", "error", "-c", DRIVER, str(folder / "project"), how, olds]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    swept = json.loads(done.stdout)
    return [swept[name] for name in ("old", "new", "extra", "runs")]


@pytest.mark.parametrize("olds", ["links", "copies"])
def test_a_run_killed_at_any_call_leaves_whole_files_that_the_next_run_sets_right(tmp_path, olds):
    old, new, extra, runs = sweep(tmp_path, "kill", olds)
    assert len(runs) > 60
    assert runs[-1]["after"] == new
    mixed = 0
    for each in runs:
        seen = {name: text for name, text in each["after"].items() if "/.resourcemap/" not in name}
        assert set(old) <= set(seen) <= set(new), "an output is missing, or something strange is there"
        assert set(seen.values()) <= {"old", "new"}, "an output is not whole"
        mixed += len(set(seen.values())) > 1
        assert _folders_of_one_run(each["later"], old, new, extra)
    # The states between the five renames are really there, or nothing is shown.
    assert mixed >= 4


@pytest.mark.parametrize(("how", "olds"), [("fail", "links"), ("stop", "copies")])
def test_a_run_refused_anything_says_so_and_changes_nothing(tmp_path, how, olds):
    old, new, extra, runs = sweep(tmp_path, how, olds)
    assert len(runs) > 60
    assert sum(bool(each["said"]) for each in runs) > 30
    for each in runs:
        seen = {name: text for name, text in each["after"].items() if "/.resourcemap/" not in name}
        # Who presses Ctrl+C while a run that is through clears its desk has the new files.
        side = new if not each["said"] or (how == "stop" and seen == new) else old
        assert seen == side, each
        assert each["later"] == side | extra
        assert not each["said"] or "the disk is full" in each["said"] or each["said"].startswith("KeyboardInterrupt")


def _folders_of_one_run(seen, old, new, extra):
    """Tell whether every folder holds what one run wrote, and nothing else is there."""
    sides = {}
    for folder in ("maps", "internal", "data"):
        here, before, after = (
            {name: text for name, text in files.items() if name.startswith(f"{folder}/")}
            for files in (seen, old | extra, new | extra)
        )
        sides[folder] = here in (before, after)
    return all(sides.values()) and set(seen) <= set(new) | set(extra)
