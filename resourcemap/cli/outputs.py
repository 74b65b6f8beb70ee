"""Commands that publish: the map, and everything in order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.printing import print_reports, print_steps, progress
from resourcemap.errors import QuestionError
from resourcemap.language import either

if TYPE_CHECKING:
    from resourcemap.project.report import Report


@app.command("map", help=either(ja="地図（1つのHTML）を作る。", en="Make the map, one HTML file."))
def map_(
    project: Folder = Path(),
    planning: Annotated[
        bool,
        typer.Option(
            "--planning",
            help=either(
                ja="計画の地図も作る（[map] planning がなければ internal フォルダーに）",
                en="Make the planning map too (in the folder internal unless [map] planning names a file)",
            ),
        ),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="前", en="OLD"),
            help=either(
                ja="前のフォルダー、gitの版、日付（計画の地図に変化も載せる）",
                en="Folder, revision or date of before (the planning map shows what changed)",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make the map."""
    from resourcemap.project.planningmap import planning_asked
    from resourcemap.project.project import open_project
    from resourcemap.project.snapshot import open_snapshot

    opened = open_project(project)
    planned = planning or planning_asked(opened)
    if since and not planned:
        raise QuestionError(
            either(
                ja="--since は計画の地図のためのものです。--planning も付けてください。",
                en="--since is for the planning map. Ask for --planning too.",
            )
        )
    if since:
        opened.before = open_snapshot(since, project)
    print_steps(opened, ["map", "planning"] if planned else ["map"], as_json)


@app.command(help=either(ja="全部を順に行う。", en="All of it, in order."))
def build(project: Folder = Path(), as_json: AsJson = False) -> None:
    """All of it, in order."""
    from resourcemap.project.project import open_project

    opened = open_project(project)
    with progress(quiet=as_json) as said:
        reports = opened.build(said)
    print_reports(reports, as_json)
    if not as_json:
        _say_what_to_open(reports)


def _say_what_to_open(reports: list[Report]) -> None:
    files = [file for report in reports for file in report.files if file.suffix in (".html", ".xlsx")]
    typer.echo(either(ja="\nできました。次のファイルを開いてください。", en="\nDone. Files to open:"))
    for file in files:
        typer.echo(f"  {file}")
