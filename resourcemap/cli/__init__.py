"""The command line: parse, one call of the library, print.

Heavy imports stand inside the commands, so that ``--help`` answers at once. Commands are listed in the order in which
their modules are imported here.
"""

from __future__ import annotations

import sys

from resourcemap.cli.app import app

# isort: off
from resourcemap.cli import (  # noqa: F401 (in the order of --help)
    inputs,
    locating,
    figures,
    planning,
    keeping,
    outputs,
    listing,
    opendata,
    calendar,
    newsletter,
    papermap,
    paper,
)
# isort: on


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A console of Windows (CP932) cannot write every character; a question mark is better than a stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()
