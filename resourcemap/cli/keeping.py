"""Commands that keep what is known of resources fresh: worksheets handed out, and merged back."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.printing import print_reports
from resourcemap.language import either


@app.command(
    help=either(
        ja="担当者ごとの確認表（Excel）を、確認の期限を過ぎた順に作る。",
        en="Make a worksheet (Excel) of what is due to be checked for everyone in charge.",
    )
)
def worksheet(
    project: Folder = Path(),
    csw: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="名前", en="NAME"),
            help=either(ja="この担当者のものだけ", en="Of this person alone"),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar=either(ja="フォルダー", en="FOLDER"),
            help=either(ja="書き出すフォルダー（internal/worksheets）", en="Folder to write to (internal/worksheets)"),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make the worksheets of the round."""
    from resourcemap.project.project import open_project
    from resourcemap.project.worksheet import write_worksheets

    print_reports([write_worksheets(open_project(project), csw=csw, folder=out)], as_json)


@app.command(
    help=either(
        ja="記入した確認表を元の表に取り込む。先に違いを見せる。",
        en="Merge filled worksheets back into the sources; the difference is shown first.",
    )
)
def merge(
    files: Annotated[
        list[Path],
        typer.Argument(help=either(ja="記入した確認表（.xlsx）", en="Filled worksheets (.xlsx)"), metavar="FILE..."),
    ],
    project: Folder = Path(),
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help=either(ja="たずねずに取り込む", en="Do it without asking"))
    ] = False,
    skip_conflicts: Annotated[
        bool,
        typer.Option(
            "--skip-conflicts",
            help=either(
                ja="取り込めないものがある行だけを残して、ほかを取り込む",
                en="Leave rows that cannot be taken as they are, and take the others",
            ),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Merge filled worksheets."""
    from resourcemap.project.merge.merging import plan_merge, take_merge
    from resourcemap.project.merge.words import how_to_go_on, merge_report
    from resourcemap.project.project import open_project

    opened = open_project(project)
    plan = plan_merge(opened, files, skip_conflicts=skip_conflicts)
    report = merge_report(plan)
    asks = plan.takes and not yes and not as_json and _on_a_terminal()
    if not (plan.takes and yes):
        print_reports([report], as_json)
    if plan.refused:
        raise typer.Exit(1)
    if yes or (asks and typer.confirm(either(ja="元の表に取り込みますか", en="Write this into the sources?"))):
        if written := take_merge(opened, plan):
            done = merge_report(plan, written)
            print_reports([replace(done, details=()) if asks else done], as_json)
    elif plan.takes and not asks and not as_json:
        typer.echo(how_to_go_on(plan))


def _on_a_terminal() -> bool:
    """Tell whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()
