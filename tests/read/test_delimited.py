import pytest

from resourcemap.errors import InputError
from resourcemap.read.delimited import read_delimited

ROWS = [["名称", "住所"], ["髙﨑サロン①", "本町〜栄町"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_encoding_is_found_out(csv_file, encoding):
    text = "名称,住所\r\n髙﨑サロン①,本町〜栄町\r\n"
    if encoding == "cp932":
        text = text.replace("〜", "～")
    [grid] = read_delimited(csv_file(text, encoding=encoding))
    assert [[cell.replace("～", "〜") for cell in row] for row in grid.rows] == ROWS


def test_a_doubled_byte_order_mark_is_taken_away(csv_file):
    [grid] = read_delimited(csv_file("\ufeff\ufeff名称\n"))
    assert grid.rows == [["名称"]]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_the_delimiter_is_found_out(csv_file, mark):
    [grid] = read_delimited(csv_file(f"名称{mark}住所{mark}電話\nA{mark}B{mark}C\n"))
    assert grid.rows == [["名称", "住所", "電話"], ["A", "B", "C"]]


def test_line_breaks_in_quotes_are_one_cell_and_one_row(csv_file):
    [grid] = read_delimited(csv_file('名称,備考\nA,"一\n二"\nB,\n'))
    assert grid.rows == [["名称", "備考"], ["A", "一\n二"], ["B", ""]]


def test_bytes_that_are_neither_utf8_nor_cp932_are_told_with_their_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("名称\n".encode() + b"\xff\xff\n")
    with pytest.raises(InputError, match=r"a\.csv: neither UTF-8 nor Shift_JIS \(line 2\)\. Save it"):
        read_delimited(path)


def test_a_cell_without_end_is_told(csv_file):
    with pytest.raises(InputError, match="cannot be read as CSV"):
        read_delimited(csv_file('名称\n"' + "あ" * 200_000))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_byte_order_mark_is_found_out(csv_file, encoding):
    [grid] = read_delimited(csv_file("名称\t住所\r\n髙﨑サロン①\t本町\r\n", encoding=encoding))
    assert grid.rows == [["名称", "住所"], ["髙﨑サロン①", "本町"]]


@pytest.mark.parametrize("mark", ["|", ",", ";", "\t"])
def test_other_marks_inside_cells_do_not_cut(csv_file, mark):
    text = f"名称{mark}備考\n" + "".join(f"A{n}{mark}一、二・三\n" for n in range(5))
    assert read_delimited(csv_file(text))[0].rows[1] == ["A0", "一、二・三"]


@pytest.mark.parametrize("first", ["?名称", "??名称", "\ufeff?名称", '?"名称"'])
def test_a_stray_question_mark_before_the_headings_goes(csv_file, first):
    assert read_delimited(csv_file(f"{first},住所\nA,?\n"))[0].rows == [["名称", "住所"], ["A", "?"]]


def test_a_question_mark_in_ascii_stays(csv_file):
    assert read_delimited(csv_file("?x,y\n"))[0].rows == [["?x", "y"]]


def test_the_signs_of_nec_are_read(csv_file):
    text = "№,名称\n1,①㈱髙島㌔〜\n".replace("〜", "～")
    assert read_delimited(csv_file(text, encoding="cp932"))[0].rows[0] == ["№", "名称"]
