"""The command that makes all paper of a month."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.printing import print_reports, progress
from resourcemap.language import either


@app.command(
    help=either(
        ja="1か月分の紙を全部作る: 通信、予定表、一覧、冊子、地図、地域アセスメント、委員会の資料。",
        en="Make all paper of a month: newsletters, dates, lists, booklet, map, portraits, sheets for the committee.",
    )
)
def paper(
    month: Annotated[
        str,
        typer.Option(
            metavar=either(ja="月", en="MONTH"), help=either(ja="何月の紙か（2026-12）", en="The month, 2026-12")
        ),
    ],
    project: Folder = Path(),
    area: Annotated[
        list[str] | None,
        typer.Option(
            metavar=either(ja="区域", en="AREA"),
            help=either(ja="この区域だけ（いくつでも）", en="Of this area alone; several"),
        ),
    ] = None,
    system: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="区分", en="SYSTEM"), help=either(ja="どの区分の区域か", en="The system of areas")
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar=either(ja="フォルダー", en="FOLDER"),
            help=either(ja="書き出すフォルダー（paper/2026-12）", en="Folder to write to (paper/2026-12)"),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="前", en="OLD"),
            help=either(
                ja="前の号のときのフォルダー、gitの版、日付（変わったことを載せる）",
                en="Folder, revision or date of the last issue (tells what changed)",
            ),
        ),
    ] = None,
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
