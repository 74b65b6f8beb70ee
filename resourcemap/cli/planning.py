"""Commands that ask what is missing and what to do about it."""

from __future__ import annotations

from pathlib import Path

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.printing import run_steps
from resourcemap.language import either


@app.command(help=either(ja="足りない所を、人数の多い順に文にする。", en="Rank what is missing, a sentence each."))
def gaps(project: Folder = Path(), as_json: AsJson = False) -> None:
    """Rank what is missing."""
    run_steps(project, ["gaps"], as_json)
