"""Commands that begin a project and look at its inputs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.printing import print_json, run_steps
from resourcemap.language import either


@app.command(
    help=either(ja="空のプロジェクト（または見本市）を作る。", en="Write an empty project, or the sample city.")
)
def init(
    folder: Annotated[Path, typer.Argument(help=either(ja="作るフォルダー", en="Folder to make"))],
    sample: Annotated[
        bool,
        typer.Option("--sample", help=either(ja="架空の「みほん市」を入れる", en="With the sample city")),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write an empty project, or the sample city."""
    from resourcemap.project.start import start_project

    files = start_project(folder, sample=sample)
    if as_json:
        print_json({"step": "init", "files": [str(file) for file in files]})
        return
    for file in files:
        typer.echo(f"→ {file}")
    command = f'resourcemap build -p "{folder}"'
    if sample:
        typer.echo(either(ja=f"次は {command} を実行してください。", en=f"Next: {command}"))
        return
    typer.echo(
        either(
            ja=f"次は {files[1]} に記入し、{command} を実行してください。",
            en=f"Next: fill in {files[1]}, then {command}",
        )
    )


@app.command(help=either(ja="入力を読み、列の読み方と誤りを示す。", en="Read the inputs; show how, and their faults."))
def check(project: Folder = Path(), as_json: AsJson = False) -> None:
    """Read the inputs and show how they were understood."""
    run_steps(project, ["check"], as_json)
