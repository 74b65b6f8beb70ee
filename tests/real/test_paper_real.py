"""Paper of 豊島区: real blocks and outline, and names as long as those that real lists have."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from resourcemap.language import speaking
from resourcemap.project.paper import write_paper
from resourcemap.project.project import open_project
from tests.office import text_of

HERE = Path(__file__).parent / "toshima"
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))
LONG = "（東京都豊島区地域福祉推進協議会・多世代交流と見守りの居場所づくり実行委員会共催）"

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def paper(real, tmp_path_factory):
    folder = tmp_path_factory.mktemp("toshima")
    settings = (
        (HERE / "resourcemap.toml").read_text(encoding="utf-8").replace("../../../../shared/real", real.as_posix())
    )
    (folder / "resourcemap.toml").write_text(settings, encoding="utf-8")
    (folder / "data").mkdir()
    (source,) = (HERE / "data").glob("*.csv")
    rows = list(csv.DictReader(source.read_text(encoding="utf-8-sig").splitlines()))
    for row in rows:
        row["名称"] = f"{row['名称']}{LONG}"
    with (folder / "data" / source.name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    project = open_project(folder)
    with speaking("ja"):
        reports = write_paper(project, DECEMBER, folder / "paper")
    return project, {path.name: path for report in reports for path in report.files}


def names_in(released):
    return {"".join(name.split()) for name in released.table["name"]}


def test_every_long_name_is_on_paper_whole(paper):
    project, files = paper
    shown = project.on_paper(DECEMBER[0])
    area = project.areas[project.areas["system"] == project.list_system]
    everywhere, here = names_in(shown.released), names_in(shown.of_area(area))
    assert max(map(len, here)) > 45
    # The address of one is found nowhere: it is in the booklet alone.
    assert len(everywhere - here) == 1
    for names, file in ((here, "newsletter-豊島区-2026-12.pdf"), (everywhere, "booklet.pdf")):
        text = text_of(files[file])
        assert [name for name in names if name not in text] == []
