"""The command that makes all paper of a month."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.options import Areas, LastIssue, Month, System
from resourcemap.cli.printing import print_reports, progress
from resourcemap.language import either


@app.command(
    help=either(
        ja="1か月分の紙を全部作る: 通信、予定表、一覧、冊子、地図、地域アセスメント、委員会の資料。",
        en="Make all paper of a month: newsletters, dates, lists, booklet, map, portraits, sheets for the committee.",
    )
)
def paper(
    month: Month,
    project: Folder = Path(),
    area: Areas = None,
    system: System = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar=either(ja="フォルダー", en="FOLDER"),
            help=either(ja="書き出すフォルダー（paper/2026-12）", en="Folder to write to (paper/2026-12)"),
        ),
    ] = None,
    since: LastIssue = None,
    as_json: AsJson = False,
) -> None:
    """Make all paper of a month."""
    from resourcemap.project.months import month_of
    from resourcemap.project.paper import PaperAsked, write_paper
    from resourcemap.project.project import open_project

    days = month_of(month)
    opened = open_project(project)
    folder = out or opened.folder / "paper" / f"{days[0]:%Y-%m}"
    asked = PaperAsked(tuple(area or ()), system, since)
    with progress(quiet=as_json) as said:
        reports = write_paper(opened, days, folder, asked, progress=said)
    print_reports(reports, as_json)
