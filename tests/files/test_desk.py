"""Two runs at once, what killed runs leave behind, and journals that somebody else wrote."""

from __future__ import annotations

import json
import subprocess
import sys
import threading

import pytest

from resourcemap.errors import InputError
from resourcemap.files import desk, together, write_text

HOLD = """
import sys
from resourcemap.files import together, write_text
with together(sys.argv[1]):
    write_text(sys.argv[1] + "/a.txt", "first")
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that has begun to write into a folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_of_two_runs_stops_with_a_sentence(tmp_path, holder, monkeypatch):
    monkeypatch.setattr(desk, "PATIENCE_SECONDS", 0.1)
    with pytest.raises(InputError, match="another resourcemap is writing into this folder"):
        write_text(tmp_path / "a.txt", "second")
    assert not (tmp_path / "a.txt").exists()
    holder.communicate("\n")
    assert _content(tmp_path) == {"a.txt": "first"}


def test_the_second_of_two_runs_waits_when_the_first_is_soon_done(tmp_path, holder):
    soon = threading.Timer(0.3, lambda: holder.communicate("\n"))
    soon.start()
    write_text(tmp_path / "a.txt", "second")
    soon.join()
    assert holder.returncode == 0
    assert _content(tmp_path) == {"a.txt": "second"}


def test_a_run_that_was_killed_holds_nobody_up_and_leaves_nothing(tmp_path, holder):
    holder.kill()
    holder.wait()
    assert (tmp_path / desk.NAME / "new-1.txt").is_file()
    write_text(tmp_path / "b.txt", "2")
    assert _content(tmp_path) == {"b.txt": "2"}


def test_runs_in_other_folders_go_on(tmp_path, holder):
    assert holder.poll() is None
    assert write_text(tmp_path / "x" / "a.txt", "1").is_file()


def test_many_runs_at_once_do_not_mix(tmp_path):
    def write(number):
        for _ in range(5):
            with together():
                for name in ("a", "b", "c"):
                    write_text(tmp_path / name, str(number))

    runs = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    content = _content(tmp_path)
    assert set(content) == {"a", "b", "c"}
    assert len(set(content.values())) == 1


def test_what_somebody_changed_after_a_kill_stays(tmp_path):
    _killed_midway(tmp_path, {"a.txt": ("old", "new"), "b.txt": ("old", "new"), "c.txt": (None, "new")})
    (tmp_path / "a.txt").write_text("mine", encoding="utf-8")
    write_text(tmp_path / "d.txt", "1")
    assert _content(tmp_path) == {"a.txt": "mine", "b.txt": "old", "d.txt": "1"}


def test_a_journal_that_cannot_be_followed_stays_until_it_can(tmp_path, monkeypatch):
    _killed_midway(tmp_path, {"a.txt": ("old", "new"), "b.txt": ("old", "new")})
    rename = type(tmp_path).replace

    def held(path, target):
        if target.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(target))
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", held)
        with pytest.raises(InputError, match="cannot be written"):
            write_text(tmp_path / "d.txt", "1")
    write_text(tmp_path / "d.txt", "1")
    assert _content(tmp_path) == {"a.txt": "old", "b.txt": "old", "d.txt": "1"}


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/hostname", "x/../../out.txt", "..", "", "C:\\x", "a\0", 3, None, ["a"]]
)
def test_a_journal_reaches_no_other_folder(tmp_path, name):
    outside = write_text(tmp_path / "out.txt", "new")
    project = tmp_path / "maps"
    _killed_midway(project, {"a.txt": ("old", "new")})
    journal = project / desk.NAME / "journal.json"
    entries = json.loads(journal.read_text(encoding="utf-8"))
    strange = [{**entries[0], "name": name}, {**entries[0], "old": name if name is not None else 5}]
    journal.write_text(json.dumps([*strange, *entries]), encoding="utf-8")
    write_text(project / "d.txt", "1")
    assert outside.read_text(encoding="utf-8") == "new"
    assert _content(project) == {"a.txt": "old", "d.txt": "1"}


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"a": 1}', '[{"name": "a.txt"}]', "null", "[" * 5000, "\udcff"])
def test_a_journal_that_is_none_is_removed(tmp_path, text):
    write_text(tmp_path / "a.txt", "1")
    (tmp_path / desk.NAME).mkdir()
    (tmp_path / desk.NAME / "journal.json").write_text(text, encoding="utf-8", errors="surrogateescape")
    write_text(tmp_path / "d.txt", "1")
    assert _content(tmp_path) == {"a.txt": "1", "d.txt": "1"}


def test_what_is_not_ours_on_the_desk_stays(tmp_path):
    (tmp_path / desk.NAME).mkdir()
    mine = tmp_path / desk.NAME / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    write_text(tmp_path / "a.txt", "1")
    assert [path.name for path in (tmp_path / desk.NAME).iterdir()] == ["mine.txt"]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_desk_that_leads_elsewhere_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "new-1").write_text("mine", encoding="utf-8")
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / desk.NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="is a link"):
        write_text(tmp_path / "maps" / "a.txt", "1")
    assert _content(tmp_path / "elsewhere") == {"new-1": "mine"}


def test_a_link_on_the_desk_is_not_written_through(tmp_path):
    mine = write_text(tmp_path / "mine.txt", "mine")
    (tmp_path / "maps" / desk.NAME).mkdir(parents=True)
    for name in ("new-1.txt", "old-1", "journal.new"):
        (tmp_path / "maps" / desk.NAME / name).symlink_to(mine)
    with together():
        write_text(tmp_path / "maps" / "a.txt", "1")
        write_text(tmp_path / "maps" / "b.txt", "1")
    assert mine.read_text(encoding="utf-8") == "mine"
    assert _content(tmp_path / "maps") == {"a.txt": "1", "b.txt": "1"}


def _killed_midway(folder, files):
    """Leave a folder as a run does that is killed after its last rename."""
    for name, (old, _) in files.items():
        if old is not None:
            write_text(folder / name, old)
    table = desk.Desk(folder)
    for name, (_, new) in files.items():
        staged = table.stage(folder / name)
        staged.write_text(new, encoding="utf-8")
        table.keep(staged, folder / name)
    table.remember()
    table.rename()
    # A process that dies lets go of its lock, and does nothing else.
    table._lock.release()


def _content(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
