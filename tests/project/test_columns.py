"""What `check` says of columns, as lines and as data."""

from __future__ import annotations

import pytest

from resourcemap.project.project import open_project
from resourcemap.project.steps import build, run


@pytest.fixture
def project(tmp_path):
    text = "名称,種類,会場の住所,色,電話（非公開）,緯度,経度\nA,サロン,本町1,赤,000-0000-0001,35.7,139.7\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    (tmp_path / "resourcemap.toml").write_text(
        '[project]\nlanguage = "en"\n[[resources]]\nfile = "a.csv"\n', encoding="utf-8"
    )
    return open_project(tmp_path)


def test_check_shows_every_column_on_one_line(project):
    [report] = run(project, ["check"])
    lines = report.as_text().splitlines()
    start = lines.index("  columns of a.csv: 7 (5 known, 2 kept as they are, 2 to look at)")
    assert lines[start + 1 : start + 8] == [
        "    名称 → name (certain)",
        "    種類 → kind (certain)",
        '    会場の住所 → address (likely) ※ if that is wrong: address = "its heading"',
        "    色 → kept as it is, internal",
        (
            "    電話（非公開） → kept as it is, internal ※ says it is internal, so it is not used. To use it: "
            'phone = "電話（非公開）"'
        ),
        "    緯度 → latitude (certain)",
        "    経度 → longitude (certain)",
    ]


def test_the_same_is_in_the_data(project):
    [report] = run(project, ["check"])
    columns = report.as_data()["columns"]
    assert [(c["file"], c["heading"], c["column"], c["sure"]) for c in columns[2:4]] == [
        ("a.csv", "会場の住所", "address", "likely"),
        ("a.csv", "色", None, "own"),
    ]


def test_a_build_shows_only_those_to_look_at(project):
    text = build(project)[0].as_text()
    assert "会場の住所 → address" in text
    assert "緯度 →" not in text


def test_what_is_written_as_override_works(project):
    settings = project.folder / "resourcemap.toml"
    [report] = run(project, ["check"])
    [line] = [column["override"] for column in report.as_data()["columns"] if column["heading"] == "電話（非公開）"]
    settings.write_text(settings.read_text(encoding="utf-8") + f"[resources.columns]\n{line}\n", encoding="utf-8")
    assert open_project(project.folder).resources["phone"].tolist() == ["000-0000-0001"]
