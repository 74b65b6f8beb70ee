"""A full disk, folders that may not be written, names that cannot be, another run: a sentence, and nothing changed."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.files import desk, together
from resourcemap.language import speaking

ROOT = Path(__file__).parents[1]
TOML = "resourcemap.toml"


def run(*words, language="en"):
    with speaking(language):
        return CliRunner().invoke(app, [str(word) for word in words])


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def process(*words, **options):
    command = [*words, sys.executable, "-m", "resourcemap", "build", "-p"]
    more = os.environ | {"PYTHONUTF8": "1", "RESOURCEMAP_LANG": "en", "PYTHONPATH": str(ROOT)}
    folder, options = options.pop("folder"), {"env": more, "capture_output": True, "encoding": "utf-8"} | options
    return subprocess.run([*command, str(folder)], check=False, **options)


def refused(done, words):
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "RESOURCEMAP_DEBUG" not in done.stderr


@pytest.fixture(scope="module")
def namespaces():
    """Ways to mount something that nobody else sees."""
    done = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False) if _has_unshare() else None
    if done is None or done.returncode:
        pytest.skip("no mounts of one's own on this system")


def _has_unshare():
    return sys.platform == "linux" and shutil.which("unshare")


# The outputs of the small city take about 500 kB: the disk is full at the first file, at later ones, and at the last.
@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize("size", ["8k", "64k", "320k"])
def test_a_full_disk_is_said_and_the_older_outputs_stay(city, tmp_path, size):
    seen = tmp_path / "seen"
    mounted = (
        'mount -t tmpfs -o size="$0" tmpfs "$1/maps" && echo "an older map" > "$1/maps/index.html" && '
        '{ shift 2; "$@"; code=$?; cp -a "$SEEN_FROM" "$SEEN"; exit $code; }'
    )
    more = {"SEEN_FROM": str(city / "maps"), "SEEN": str(seen), "PYTHONPATH": str(ROOT)}
    words = ["unshare", "-rm", "sh", "-c", mounted, size, str(city), "-"]
    done = process(*words, folder=city, env=os.environ | {"RESOURCEMAP_LANG": "en", "PYTHONUTF8": "1"} | more)
    refused(done, "the disk is full. Make room on it")
    assert tree(seen) == {Path("index.html"): b"an older map\n"}
    assert list(seen.iterdir()) == [seen / "index.html"]


@pytest.mark.usefixtures("namespaces")
def test_a_disk_that_is_read_only_is_said(city):
    before = tree(city)
    mounted = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && { shift; "$@"; }'
    done = process("unshare", "-rm", "sh", "-c", mounted, "-", str(city), folder=city)
    refused(done, "maps: lies where nothing can be written (read-only)")
    assert tree(city) == before


def test_a_file_larger_than_the_user_may_have_is_said(city):
    before = tree(city)
    limit = 50_000
    done = process(folder=city, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    refused(done, "is larger than this disk or this user may have")
    assert tree(city) == before


def test_a_folder_without_the_right_to_write_is_said(city, monkeypatch):
    before = tree(city)
    made = Path.mkdir

    def forbidden(path, *args, **more):
        if path.parent == city / "maps":
            raise PermissionError(13, "Permission denied", str(path))
        return made(path, *args, **more)

    monkeypatch.setattr(Path, "mkdir", forbidden)
    for language, words in (("en", "maps: cannot be written"), ("ja", "maps: 書き込めません")):
        done = run("build", "-p", city, language=language)
        assert (done.exit_code, done.stdout) == (1, "")
        assert words in done.stderr
    assert tree(city) == before


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("maps/" + "あ" * 100 + ".html", "the name is too long"),
        ("maps/" + "a/" * 3000 + "index.html", "the name is too long"),
        ("maps/a\\u0000.html", "[map] holds a character that no name can have"),
        ("resourcemap.toml/index.html", "its folder is not there and cannot be made"),
        ("/dev/null", "outside of the project's folder"),
    ],
)
@pytest.mark.parametrize("command", ["build", "map"])
def test_a_name_that_cannot_be_is_said(city, file, words, command):
    settings = city / TOML
    settings.write_text(settings.read_text(encoding="utf-8") + f'\n[map]\nfile = "{file}"\n', encoding="utf-8")
    before = tree(city)
    done = run(command, "-p", city)
    assert (done.exit_code, done.stdout) == (1, "")
    assert words in done.stderr
    assert "RESOURCEMAP_DEBUG" not in done.stderr
    assert tree(city) == before
    assert not Path("/dev/null").is_file()


def test_a_missing_folder_is_made(city):
    settings = city / TOML
    settings.write_text(settings.read_text(encoding="utf-8") + '\n[map]\nfile = "a/b/map.html"\n', encoding="utf-8")
    assert run("build", "-p", city).exit_code == 0
    assert [path.name for path in (city / "a" / "b").iterdir()] == ["map.html"]


@pytest.mark.parametrize("command", ["build", "map"])
def test_the_second_of_two_builds_at_once_is_told(city, command, monkeypatch):
    monkeypatch.setattr(desk, "PATIENCE_SECONDS", 0.1)
    before = tree(city)
    with together(city / "maps"):
        held = tree(city)
        for language, words in (("en", "another resourcemap is writing"), ("ja", "ほかの resourcemap")):
            # A run of its own, as a second process is.
            done = _outside_of_together(command, city, language)
            assert (done.exit_code, done.stdout) == (1, "")
            assert words in done.stderr
        assert tree(city) == held
    assert tree(city) == before
    assert run(command, "-p", city).exit_code == 0


def _outside_of_together(command, folder, language):
    from contextvars import Context

    return Context().run(run, command, "-p", folder, language=language)


def test_a_full_disk_under_what_is_printed_is_said(city):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = process(folder=city, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    refused(done, "the disk is full")
