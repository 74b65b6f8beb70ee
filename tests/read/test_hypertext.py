import pytest

from resourcemap.errors import InputError
from resourcemap.read.grid import Span
from resourcemap.read.hypertext import plain_text, read_html
from resourcemap.read.resources import read_resources

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta charset="Shift_JIS"><style>td{color:red}</style>
<body><table><tr><th>種類</th><th>名称</th><th colspan=2>時間</th></tr>
<tr><td rowspan="2">サロン</td><td>髙﨑<br>会館</td><td>10:00</td><td>12:00</td></tr>
<tr><td>B &amp; C<td>13:00<td>15:00</table>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
@pytest.mark.parametrize("name", ["a.xls", "a.html", "a.csv"])
def test_a_table_saved_as_html_is_read_whatever_it_is_called(tmp_path, name, encoding):
    (tmp_path / name).write_bytes(PAGE.encode(encoding))
    read = read_resources(tmp_path / name)
    assert read["name"].tolist() == ["髙﨑 会館", "B & C"]
    assert read["kind"].tolist() == ["salon", "salon"]


def test_merged_cells_are_told(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    [grid] = read_html(tmp_path / "a.html")
    assert grid.spans == [Span(0, 2, 0, 3), Span(1, 0, 2, 0)]
    assert grid.rows[2] == ["", "B & C", "13:00", "15:00"]


def test_a_page_without_table_is_told(tmp_path):
    (tmp_path / "a.xls").write_text("<html><body>x</body></html>", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.xls: is HTML inside and has no table"):
        read_resources(tmp_path / "a.xls")


def test_merged_cells_without_end_are_refused(tmp_path):
    (tmp_path / "a.html").write_text("<table>" + "<tr><td colspan=1000 rowspan=1000>x" * 30, encoding="utf-8")
    with pytest.raises(InputError, match="spans more than 20 million cells"):
        read_html(tmp_path / "a.html")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("a&nbsp;b&lt;c", "a b<c"),
        ("<script>x</script>y<style>z</style>", "y"),
        ("<a href='javascript:x'>押す</a>", "押す"),
        ("<b>unclosed", "unclosed"),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("", ""),
    ],
)
def test_descriptions_lose_their_formatting(text, plain):
    assert plain_text(text) == plain
