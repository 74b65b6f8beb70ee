"""What `check` says of rows that touch persons: which rows, what happens, and the word that would allow it."""

from __future__ import annotations

import pytest

from resourcemap.language import speaking
from resourcemap.project.personal import personal_notes
from resourcemap.project.project import open_project

HEAD = "名称,種類,会場,運営団体,電話,内容,承諾,公開する項目\n"


@pytest.fixture
def notes(tmp_path):
    def said(*rows):
        (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
        (tmp_path / "list.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
        with speaking("ja"):
            return personal_notes(open_project(tmp_path))

    return said


def test_a_list_of_offices_gives_no_note(notes):
    assert notes("本町会,サロン,本町会館,本町町会,03-0000-0001,お茶の会,有,") == []


@pytest.mark.parametrize(
    ("row", "said", "word"),
    [
        ("本町会,サロン,見本様方,本町町会,,,有,", "個人宅", "個人宅も可"),
        ("本町会,サロン,本町会館,本町町会,090-0000-0001,,有,", "携帯電話", "携帯も可"),
        ("本町会,サロン,本町会館,本町町会,,申込は hanako@example.jp へ,有,", "メールアドレス", "メールも可"),
        ("本町会,サロン,本町会館,見本 花子,,,有,", "個人の氏名", "氏名も可"),
    ],
)
def test_what_touches_persons_is_named_by_its_row_until_the_row_allows_it(notes, row, said, word):
    office = "隣の会,サロン,隣会館,隣町会,,,有,"
    (note,) = notes(office, row)
    assert said in note
    assert "list.csv 3" in note
    assert f"「{word}」" in note
    assert notes(office, row + word) == []


def test_fields_that_cannot_be_read_are_named(notes):
    (note,) = notes("本町会,サロン,本町会館,本町町会,,,有,要相談")
    assert "読めない行が1行あります（list.csv 2）" in note
