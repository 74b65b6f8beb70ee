"""There is no network: a build where there is none, and one that may open no connection."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.language import speaking

ROOT = Path(__file__).parents[1]
ALONE = ("unshare", "--map-root-user", "--net")
# Fails when a packet could leave: in a namespace of its own even the loopback is down.
OUTSIDE = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=5)"


@pytest.fixture(scope="module")
def without_network():
    """Run in a namespace without any network."""
    if not shutil.which("unshare") or subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no namespace without a network on this system")
    more = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "RESOURCEMAP_LANG": "en"}

    def run(*words):
        command = [*ALONE, sys.executable, *map(str, words)]
        return subprocess.run(command, env=more, capture_output=True, encoding="utf-8", check=False)

    return run


def test_a_full_build_needs_no_network(city, without_network):
    assert "Network is unreachable" in without_network("-c", OUTSIDE).stderr
    done = without_network("-m", "resourcemap", "build", "-p", city)
    assert (done.returncode, done.stderr) == (0, "")
    assert (city / "maps" / "index.html").stat().st_size > 100_000


def test_paper_needs_no_network(city, without_network):
    done = without_network("-m", "resourcemap", "paper", "--month", "2026-12", "-p", city, "-o", city / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert (city / "out" / "booklet.pdf").read_bytes()[:5] == b"%PDF-"


@pytest.mark.parametrize("command", ["build", "worksheet", "locate", "list"])
def test_no_command_asks_for_a_socket(city, command, monkeypatch):
    import folium  # noqa: F401 - it brings urllib3, which asks when it is imported whether there is IPv6, and sends nothing

    asked = []

    def refused(*words, **_more):
        asked.append(words)
        raise OSError

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)
    with speaking("en"):
        done = CliRunner().invoke(app, [command, "-p", str(city)])
    assert done.exit_code == 0, done.output
    assert asked == []
