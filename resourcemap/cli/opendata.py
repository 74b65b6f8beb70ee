"""The command that writes open data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.printing import print_reports
from resourcemap.language import either


@app.command(
    help=either(
        ja="承諾に「オープンデータ」とある資源を、オープンデータのファイルにする。",
        en="Write the resources whose consent names open data as files of open data.",
    )
)
def opendata(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar=either(ja="フォルダーかファイル", en="FOLDER|FILE"),
            help=either(
                ja="フォルダー（すべての形式）、または .geojson .gpkg .csv .zip・.json（HSDS）のファイル",
                en="Folder for every format, or a file: .geojson, .gpkg, .csv, .zip or .json (HSDS)",
            ),
        ),
    ],
    project: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Write open data."""
    from resourcemap.project.opendata import opendata_report
    from resourcemap.project.project import open_project

    print_reports([opendata_report(open_project(project), out)], as_json)
