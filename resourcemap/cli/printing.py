"""Run the steps of a project and print what they say."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from resourcemap.project.project import Project
    from resourcemap.project.report import Report


def run_steps(folder: Path, steps: list[str], as_json: bool) -> None:
    """Open the project of a folder, run steps and print what they say."""
    from resourcemap.project.project import open_project

    print_steps(open_project(folder), steps, as_json)


def print_steps(opened: Project, steps: list[str], as_json: bool) -> None:
    """Run steps of an opened project and print what they say."""
    from resourcemap.project.steps import run

    with progress(quiet=as_json) as said:
        reports = run(opened, steps, said)
    print_reports(reports, as_json)


def print_reports(reports: list[Report], as_json: bool) -> None:
    """Print reports as lines, or as JSON."""
    if as_json:
        print_json([report.as_data() for report in reports])
        return
    typer.echo("\n".join(report.as_text() for report in reports))


def print_json(data: object) -> None:
    """Print data as JSON, a line each."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for work that takes over a second, on a terminal; leave nothing behind."""
    if quiet or not sys.stderr.isatty():
        yield lambda _title, _done, _all: None
        return
    from resourcemap.progress import bar

    with bar() as shown:
        yield shown
