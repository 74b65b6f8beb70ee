"""The command `list`: files, what is chosen, and its exit codes."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.language import speaking


def run(*words, language="en"):
    with speaking(language):
        return CliRunner().invoke(app, ["list", *map(str, words)])


def test_a_list_is_written_where_asked_with_what_was_asked_for(city, tmp_path):
    done = run(
        "-p", city, "--kind", "サロン", "--area", "東圏域", "-o", tmp_path / "a.csv", "-o", tmp_path / "b.md", "--json"
    )
    assert done.exit_code == 0, done.output
    [report] = json.loads(done.stdout)
    assert report["out"] == {"a.csv": 1, "b.md": 1, "not chosen": 4}
    linked = run("-p", city, "--link", "#kind=salon", "-o", tmp_path / "c.csv", "--lang", "en")
    assert (tmp_path / "c.csv").read_text(encoding="utf-8-sig").startswith("Area,Kind,Name")
    assert linked.exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--kind", "サロン"], "Say with -o which file"),
        (["--internal", "-o", "a.xlsx"], "give no -o"),
        (["--internal", "--partners"], "Ask for one"),
        (["--link", "#day=now", "-o", "a.pdf"], "soon wrong"),
        (["--link", "#kind=salon", "--day", "水", "-o", "a.pdf"], "Give either"),
        (["--area", "北", "-o", "a.pdf"], "areas: there is no 北. Known: 東圏域, 西圏域"),
        (["--time", "late", "-o", "a.pdf"], "cannot be read"),
    ],
)
def test_what_makes_no_sense_ends_with_2(city, words, told):
    done = run("-p", city, *words)
    assert (done.exit_code, told in done.stderr) == (2, True), done.stderr
