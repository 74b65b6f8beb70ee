"""`resourcemap worksheet`: what it prints, as words and as JSON, and how it ends."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.language import speaking


def run(*args, language="en"):
    with speaking(language):
        return CliRunner().invoke(app, ["worksheet", *map(str, args)])


def test_it_says_how_many_rows_everyone_has(city):
    done = run("-p", city, language="ja")
    assert done.exit_code == 0
    assert "東圏域: 3件、確認の期限を過ぎたもの3件（うち確認の記録のないもの3件）" in done.stdout
    assert "internal/worksheets/2026-11-01_確認表_東圏域.xlsx" in done.stdout


def test_the_same_as_json(city, tmp_path):
    done = run("-p", city, "--csw", "西圏域", "-o", tmp_path / "out", "--json")
    assert done.exit_code == 0
    [report] = json.loads(done.stdout)
    file = str(tmp_path / "out" / "2026-11-01_確認表_西圏域.xlsx")
    assert report["data"] == [{"csw": "西圏域", "file": file, "rows": 2, "overdue": 2, "never_checked": 2}]
    assert report["files"] == [file]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["2026-11-01_確認表_西圏域.xlsx"]


@pytest.mark.parametrize(("option", "value"), [("--csw", "だれか"), ("-o", "maps")])
def test_wrong_usage_ends_with_2_and_writes_nothing(city, option, value):
    done = run("-p", city, option, city / value if option == "-o" else value)
    assert done.exit_code == 2
    assert not (city / "internal").exists()
    assert "Traceback" not in done.stderr
