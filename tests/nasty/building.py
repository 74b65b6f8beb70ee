"""Running the whole command line on a small project, and what must hold whatever went in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.language import speaking

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def tree(folder: Path) -> dict[Path, bytes | None]:
    """Every folder and file below a folder, with its bytes."""
    return {path.relative_to(folder): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def build(folder: Path, command: str = "build") -> Result:
    """Run a command in English; whatever went in, no traceback comes out."""
    with speaking("en"):
        done: Result = CliRunner().invoke(app, [command, "-p", str(folder)])
    assert done.exit_code in (0, 1), done.output
    for sign in ("Traceback", "RESOURCEMAP_DEBUG", "Warning"):
        assert sign not in done.stderr, done.stderr
    return done


def require_refused(folder: Path, words: str) -> None:
    """A build ends with 1 and a sentence, and nothing is written."""
    before = tree(folder)
    done = build(folder)
    assert (done.exit_code, done.stdout) == (1, "")
    assert words in done.stderr
    assert tree(folder) == before


def require_built(folder: Path) -> Result:
    """A build ends well, and writes only below its own two folders."""
    before = set(tree(folder))
    outside = set(folder.parent.iterdir())
    done = build(folder)
    assert (done.exit_code, done.stderr) == (0, "")
    assert {path.parts[0] for path in set(tree(folder)) - before} <= {"maps", "internal"}
    assert set(folder.parent.iterdir()) == outside
    return done
