"""`resourcemap gaps` with standards that cannot be: a sentence each, exit code 1, and nothing is written."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from resourcemap.cli import app
from resourcemap.language import speaking

GOOD = '[[standards]]\nname = "よい"\nkinds = "サロン"\nthreshold = 0.8\n'
BAD = [
    ('kinds = "サロソ"\nthreshold = 0.8', "「サロソ」はありません。もしかして サロン ですか", "Did you mean サロン?"),
    ("kinds = []\nthreshold = 0.8", "kinds の値 [] は使えません", "kinds cannot be []"),
    ('kinds = "サロン"\nthreshold = 80', "0から1までの数です（80％は 0.8）", "80 % is 0.8"),
    ('kinds = "サロン"\nthreshold = "80%"', "引用符のない数にしてください", "Write a number"),
    ('kinds = "サロン"\nthreshold = true', "threshold の値 True は使えません", "threshold cannot be True"),
    ('kinds = "サロン"\nthreshold = nan', "threshold の値 nan は使えません", "threshold cannot be nan"),
    ('kinds = "サロン"\nthreshold = 0.8\ndistance = -5', "distance -5 は使えません", "a distance of -5"),
    ('kinds = "サロン"\nthreshold = 0.8\ndistance = inf', "distance の値 inf は使えません", "distance cannot be inf"),
    ('kinds = "サロン"\nthreshold = 0.8\nsystem = "圏"', "もしかして 圏域 ですか", "Did you mean 圏域?"),
    ('kinds = "サロン"\nthreshold = 0.8\naudience = "oldr"', "もしかして older ですか", "Did you mean older?"),
    ('kinds = "サロン"\nthreshold = 0.8\noften = "たまに"', "頻度「たまに」は読めません", "cannot be read"),
    ('kinds = "サロン"\nthreshold = 2012-01-01', "threshold の値", "Write a number"),
    ("kinds = { a = 1 }\nthreshold = 0.8", "文字の並びにしてください", "Write a list of texts"),
]


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def run(folder, language="ja"):
    with speaking(language):
        return CliRunner().invoke(app, ["gaps", "-p", str(folder)])


@pytest.mark.parametrize(("wrong", "ja", "en"), BAD, ids=[wrong for wrong, _, _ in BAD])
def test_a_standard_that_cannot_be_stops_with_a_sentence(wrong, ja, en, city):
    with (city / "resourcemap.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n{GOOD}\n[[standards]]\nname = "だめ"\n{wrong}\n')
    before = tree(city)
    for language, part in (("ja", ja), ("en", en)):
        done = run(city, language)
        assert done.exit_code == 1
        assert done.stdout == ""
        assert part in done.stderr
        assert "Traceback" not in done.stderr
        (line,) = done.stderr.splitlines()
        assert line.startswith("resourcemap.toml: [[standards]] 2「だめ」")
    assert tree(city) == before


def test_all_faults_are_told_at_once(city):
    with (city / "resourcemap.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n{GOOD}distance = -1\naudience = "oldr"\n[[standards]]\npreset = "oldr"\n{GOOD}')
    done = run(city)
    assert done.exit_code == 1
    assert [line.split(":")[1].strip() for line in done.stderr.splitlines()] == [
        "[[standards]] 1「よい」 audience",
        "[[standards]] 1「よい」",
        "[[standards]] 2 preset",
        "[[standards]] 1と3",
    ]


def test_standards_are_said_in_sentences(city):
    with (city / "resourcemap.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{GOOD}")
    done = run(city)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "サロンから直線で500m以内に入りません。基準は80％以上、いまは" in done.stdout
    assert (city / "maps" / "standards.csv").exists()


def test_sheets_for_a_committee_go_where_o_says_and_nowhere_else(city, tmp_path):
    with (city / "resourcemap.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{GOOD}")
    before = tree(city)
    asked = [
        ["gaps", "-o", "空白.pdf"],
        ["rating", "-o", "進捗.xlsx"],
        ["portrait", "東圏域", "-o", "東.pdf"],
        ["portrait", "--all", "--system", "学区", "-o", "すべて"],
    ]
    for command, *options, name in asked:
        done = CliRunner().invoke(app, [command, *options, str(tmp_path / "紙" / name), "-p", str(city)])
        assert (done.exit_code, done.stderr) == (0, "")
        assert (tmp_path / "紙" / name).exists()
    assert len(list((tmp_path / "紙" / "すべて").glob("*.pdf"))) == 2
    assert tree(city) == before


def test_sheets_that_cannot_be_are_refused_in_a_sentence(city, tmp_path):
    asked = [
        (["gaps", "-o", str(tmp_path / "a.docx")], 2, ".pdf / .xlsx"),
        (["gaps", "-o", str(city / "data" / "資源.xlsx")], 2, "the project reads this file"),
        (["rating", "-o", str(tmp_path / "a.pdf")], 1, "no standards"),
        (["portrait", "-o", str(tmp_path / "a.pdf")], 2, "Name one area"),
        (["portrait", "東圏域", "--all", "-o", str(tmp_path / "a")], 2, "Name one area"),
    ]
    for options, code, part in asked:
        done = CliRunner().invoke(app, [*options, "-p", str(city)])
        assert done.exit_code == code
        assert part in done.stderr
        assert not list(tmp_path.glob("a*"))
