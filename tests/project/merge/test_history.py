"""The history of merges: only added to, read back as it was written, and harmless in a spreadsheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.plain import visible
from resourcemap.project.merge.history import HEADINGS, Line, later_ids, read_history, with_lines


def line(**texts):
    return Line(**(dict.fromkeys(Line._fields, "") | texts))


@given(st.lists(st.text(max_size=8), max_size=4))
def test_what_is_written_is_read_back(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("history") / "history.csv"
    lines = [line(new=text, when="2026") for text in texts]
    for each in lines:
        path.write_bytes(with_lines(path, [each]))
    read = read_history(path)
    assert [each.new.replace("\r\n", "\n").replace("\r", "\n") for each in read] == [
        visible(text).replace("\r\n", "\n").replace("\r", "\n") for text in texts
    ]


def test_a_history_that_excel_saved_as_shift_jis_goes_on_in_utf_8(tmp_path):
    path = tmp_path / "history.csv"
    first = with_lines(path, [line(who="山田", new="①")])
    path.write_bytes(first.decode("utf-8-sig").rstrip().encode("cp932"))
    path.write_bytes(with_lines(path, [line(who="佐藤")]))
    assert path.read_bytes() == first + with_lines(tmp_path / "none.csv", [line(who="佐藤")]).split(b"\r\n", 1)[1]
    assert [each.who for each in read_history(path)] == ["山田", "佐藤"]


def test_other_headings_are_refused(tmp_path):
    path = tmp_path / "history.csv"
    path.write_text(",".join(reversed(HEADINGS)), encoding="utf-8")
    for use in (read_history, lambda path: with_lines(path, [])):
        with pytest.raises(InputError, match=r"data/history\.csv: its headings are not 日時"):
            use(path)


def test_ids_are_followed_to_the_last():
    lines = [line(old_id="a", new_id="b"), line(old_id="c", new_id="c"), line(old_id="a", new_id="d")]
    assert later_ids(lines) == {"a": "d"}
