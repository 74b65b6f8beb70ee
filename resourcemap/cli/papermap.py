"""The command that draws the printed map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
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
    area: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="区域", en="AREA"),
            help=either(ja="区域の名前か番号（なければ全体）", en="Name or id of an area (all unless given)"),
        ),
    ] = None,
    system: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="区分", en="SYSTEM"),
            help=either(ja="区分（なければ一覧と同じ）", en="System of areas (that of the list unless given)"),
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar=either(ja="種類", en="KIND"),
            help=either(ja="種類（何度でも書ける）", en="Kind (may be given several times)"),
        ),
    ] = None,
    size: Annotated[
        str,
        typer.Option(metavar="a4|a3|postcard", help=either(ja="紙の大きさ", en="Size of the paper")),
    ] = "a4",
    landscape: Annotated[
        bool, typer.Option("--landscape", help=either(ja="紙を横に使う", en="Lay the paper on its long side"))
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            "--language",
            metavar="ja|ja-easy|en|zh|ko",
            help=either(ja="ことば（なければプロジェクトと同じ）", en="Language (that of the project unless given)"),
        ),
    ] = None,
    project: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Draw the printed map."""
    from resourcemap.project.papermap import MapAsked, write_map_sheet
    from resourcemap.project.project import open_project

    asked = MapAsked(area, system, tuple(kind or ()), size.lower(), landscape, lang)
    print_reports([write_map_sheet(open_project(project), out, asked)], as_json)
