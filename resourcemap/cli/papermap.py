"""The command that draws the printed map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.options import ForMonth, Kinds, Landscape, Language, OneArea, System
from resourcemap.cli.printing import print_reports
from resourcemap.language import either


@app.command(
    help=either(
        ja="番号のついた紙の地図と、番号の一覧（.pdf、.svg、.png）を作る。",
        en="Draw the printed map with numbers, and their list (.pdf, .svg, .png).",
    )
)
def papermap(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar=either(ja="ファイル", en="FILE"),
            help=either(ja="書き出すファイル（.pdf、.svg、.png）", en="File to write (.pdf, .svg or .png)"),
        ),
    ],
    area: OneArea = None,
    system: System = None,
    kind: Kinds = None,
    size: Annotated[
        str,
        typer.Option(metavar="a4|a3|postcard", help=either(ja="紙の大きさ", en="Size of the paper")),
    ] = "a4",
    landscape: Landscape = False,
    month: ForMonth = None,
    lang: Language = None,
    project: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Draw the printed map."""
    from resourcemap.project.months import first_day
    from resourcemap.project.papermap import MapAsked, write_map_sheet
    from resourcemap.project.project import open_project

    asked = MapAsked(area, system, tuple(kind or ()), size.lower(), landscape, lang, first_day(month))
    print_reports([write_map_sheet(open_project(project), out, asked)], as_json)
