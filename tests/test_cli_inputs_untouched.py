"""What a project reads is never written: the same bytes, the same times, whatever command runs."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.language import speaking

OURS = ("maps", "internal", "out")
# Every command; merge apart, which is there to write sources and keeps a backup (see its own tests).
COMMANDS = {
    "check": [],
    "locate": [],
    "locate --review": ["--review", "{out}/review.xlsx"],
    "locate FILE": ["{city}/data/資源.xlsx", "-o", "{out}/located.csv"],
    "coverage": ["--distance", "400", "-o", "{out}/c.csv", "--figures", "{out}/f.csv", "--week", "{out}/w.csv"],
    "gaps": [],
    "gaps -o": ["-o", "{out}/gaps.xlsx"],
    "rating": [],
    "rating -o": ["-o", "{out}/progress.pdf"],
    "strengths": [],
    "portrait": ["西圏域"],
    "portrait --all": ["--all", "-o", "{out}/portraits"],
    "compare": ["{city}", "-o", "{out}/changes.csv"],
    "sites": ["--kind", "salon", "-o", "{out}/sites.csv"],
    "map": [],
    "list": [],
    "list --internal": ["--internal"],
    "list -o": [*(word for end in ("pdf", "docx", "csv", "md", "html") for word in ("-o", f"{{out}}/list.{end}"))],
    "opendata": ["-o", "{out}/open"],
    "calendar": ["-o", "{out}/calendar.ics"],
    "newsletter": ["--month", "2026-12", "-o", "{out}/news"],
    "papermap": ["-o", "{out}/map.png"],
    "paper": ["--month", "2026-12", "-o", "{out}/paper"],
    "worksheet": [],
    "build": [],
}
STANDARDS = '\n[[standards]]\nname = "サロン"\nkinds = ["サロン"]\ndistance = 500\nthreshold = 0.5\n'


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_touches_an_input(city, command):
    settings = city / "resourcemap.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + STANDARDS, encoding="utf-8")
    (city / "out").mkdir()
    before = inputs(city)
    words = [word.format(city=city, out=city / "out") for word in COMMANDS[command]]
    with speaking("en"):
        done = CliRunner().invoke(app, [command.split()[0], *words, "-p", str(city)])
    assert done.exit_code == 0, done.output
    assert len(before) == 9  # seven files, and the two folders that hold them
    assert inputs(city) == before


def inputs(folder):
    """Bytes, time of change, rights and number of every file that is no output, and of the folders that hold them."""
    paths = [path for path in folder.rglob("*") if path.relative_to(folder).parts[0] not in OURS]
    files = {path.name: (path.read_bytes(), _known_of(path)) for path in paths if path.is_file()}
    return files | {path.name: (b"", path.stat().st_mtime_ns) for path in paths if path.is_dir()}


def _known_of(path):
    known = path.stat()
    return known.st_mtime_ns, known.st_mode, known.st_ino, known.st_nlink


def test_every_command_is_tried():
    names = {command.name or command.callback.__name__.rstrip("_") for command in app.registered_commands}
    assert names - {"init", "merge"} == {command.split()[0] for command in COMMANDS}
