"""New cells in text files: only their bytes change, whatever the encoding, the line ends and the quotation marks."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.project.merge.delimited import set_in_delimited
from resourcemap.project.merge.new_cell import NewCell
from resourcemap.read.delimited import read_delimited


def rows_of(folder, content):
    (folder / "a.csv").write_bytes(content)
    return read_delimited(folder / "a.csv")[0].rows


def written(folder, content, *cells):
    return set_in_delimited(content, rows_of(folder, content), [NewCell(*cell) for cell in cells], where="a.csv")


ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "cp932": b"",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_only_the_bytes_of_the_cell_change(tmp_path, encoding, end, mark):
    lines = ["名称|電話|備考", 'A|"0|3"|〒①', '"B""""x"||"two\nlines"', "", "C|1"]
    text = end.join(lines).replace("|", mark)
    content = ENCODINGS[encoding] + text.encode(encoding)
    made = written(tmp_path, content, (2, 1, "03-9"), (3, 1, "あ"))
    expected = text.replace(f'"0{mark}3"', '"03-9"').replace(f'x"{mark}{mark}', f'x"{mark}あ{mark}')
    assert made.content == ENCODINGS[encoding] + expected.encode(encoding)
    assert made.refused == {}


def test_nothing_to_write_is_the_same_file(tmp_path):
    content = "名称,電話\nA,1".encode()
    assert written(tmp_path, content).content is content


def test_cells_right_of_a_short_row_get_their_delimiters(tmp_path):
    made = written(tmp_path, b'a,b,c\nA\n"B","1"\n', (2, 3, "x"), (3, 2, "y"), (3, 4, "z"))
    assert made.content == b'a,b,c\nA,,,x\n"B","1","y",,"z"\n'


def test_bytes_that_cp932_has_twice_stay_as_they_are(tmp_path):
    content = "名称,電話\n".encode("cp932") + b"\x87\x90\xfa\x54\xee\xf9,1\n"
    made = written(tmp_path, content, (2, 1, "2"))
    assert made.content == content[:-2] + b"2\n"


def test_a_doubled_mark_and_a_stray_question_mark_stay(tmp_path):
    for head in (b"\xef\xbb\xbf\xef\xbb\xbf", "?".encode("cp932")):
        content = head + "名称,電話\nA,1\n".encode("utf-8" if head != b"?" else "cp932")
        assert written(tmp_path, content, (2, 1, "22")).content == content.replace(b"A,1", b"A,22")


def test_what_the_encoding_lacks_is_refused_by_name(tmp_path):
    content = "名称,電話\nA,1\n".encode("cp932")
    made = written(tmp_path, content, (2, 0, "月〜金♥"), (2, 1, "2〜3"))
    assert made.content.decode("cp932") == "名称,電話\nA,2～3\n"
    assert made.refused[2, 0].startswith("'♥' (BLACK HEART SUIT) cannot be written in the encoding of this file.")
    with speaking("ja"):
        assert "「♥」（BLACK HEART SUIT）" in written(tmp_path, content, (2, 0, "♥")).refused[2, 0]
    assert not written(tmp_path, "名称,電話\nA,1\n".encode(), (2, 0, "♥😀")).refused


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+A1", "-A1", "=cmd|' /C calc'!A0", "＋81-3-1234", "'=1"])
def test_formulas_are_written_so_that_nothing_runs_them_and_read_back_as_they_were(tmp_path, text):
    made = written(tmp_path, "名称,電話\nA,1\n".encode(), (2, 1, text))
    assert made.content.decode().split(",")[2].startswith("'")
    assert rows_of(tmp_path, made.content)[1][1] == text
    again = written(tmp_path, made.content, (2, 0, "B"))
    assert again.content == made.content.replace(b"A,", b"B,", 1) or "A" in text


@pytest.mark.parametrize("text", ["-", "-5", "ー", "10=20"])
def test_signs_and_numbers_stay_bare(tmp_path, text):
    assert written(tmp_path, "名称,電話\nA,1\n".encode(), (2, 1, text)).content == f"名称,電話\nA,{text}\n".encode()


def test_rows_that_are_not_there_are_refused(tmp_path):
    made = written(tmp_path, "名称,電話\n\nA,1\n".encode(), (2, 1, "x"), (9, 0, "y"))
    assert made.refused == {(2, 1): "the file has no such row.", (9, 0): "the file has no such row."}


def test_a_file_that_was_read_otherwise_is_refused():
    with pytest.raises(InputError, match=r"a\.csv: its encoding or its delimiters are not the usual ones"):
        set_in_delimited(b"a,b\n", [["other"]], [NewCell(1, 0, "x")], where="a.csv")


TWINS = "¢£¬‖−〜"  # which CP932 writes as others
characters = st.characters(codec="cp932", exclude_categories=("Cs", "Cc"), exclude_characters=TWINS)
texts = st.text(characters | st.sampled_from('",\n \t;'), max_size=6)
tables = st.lists(st.lists(texts, min_size=3, max_size=3), min_size=2, max_size=5)


@given(
    tables,
    st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"]),
    st.sampled_from(["\r\n", "\n"]),
    st.booleans(),
    st.data(),
)
def test_exactly_the_cells_that_were_set_differ(tmp_path_factory, table, encoding, end, quoted, data):
    held = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(held, lineterminator=end, quoting=quoting).writerows([["名称", "電話", "備考"], *table])
    content = held.getvalue().encode(encoding)
    folder = tmp_path_factory.mktemp("csv")
    rows = [list(row) for row in rows_of(folder, content)]
    places = [(row, place) for row, cells in enumerate(rows) for place in range(len(cells))]
    chosen = data.draw(st.dictionaries(st.sampled_from(places), texts, max_size=4))
    cells = [NewCell(row + 1, place, text) for (row, place), text in chosen.items()]
    made = set_in_delimited(content, rows, cells, where="a.csv")
    for (row, place), text in chosen.items():
        if (row + 1, place) not in made.refused:
            rows[row][place] = text
    assert rows_of(folder, made.content) == rows
