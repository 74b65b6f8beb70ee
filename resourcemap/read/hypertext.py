"""HTML: tables that offices save as .xls or .html, and formatted descriptions as plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.read.delimited import decode
from resourcemap.read.grid import Grid, Span
from resourcemap.read.guard import MOST_CELLS, check_size, too_many_cells

if TYPE_CHECKING:
    from pathlib import Path

_BREAKS = frozenset({"br", "p", "div", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style", "title", "template", "noscript"})
_LOOKS_LIKE = re.compile(r"<(/?[A-Za-z][^<>]*|!--)>|&(#\d+|#x[0-9a-fA-F]+|[A-Za-z]+);")
_MOST_SPAN = 1000
_HEAVY = 20  # a cell reserved for a merged one takes that much more memory than an empty one


def read_html(path: Path, *, sheet: str | None = None) -> list[Grid]:  # noqa: ARG001
    r"""Read the tables of a page; those inside other tables are read as tables of their own.

    Raises
    ------
    InputError
        When there is no table.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.xls"
    >>> _ = path.write_text("<table><tr><th>名称<th>電話<tr><td>A<td>1</table>", encoding="utf-8")
    >>> read_html(path)[0].rows
    [['名称', '電話'], ['A', '1']]
    """
    check_size(path)
    parser = _Tables()
    try:
        parser.feed(decode(path.read_bytes(), where=path.name))
        parser.close()
    except _TooManyCellsError as error:
        raise InputError(too_many_cells(path.name)) from error
    except AssertionError as error:  # html.parser raises it on broken declarations
        raise InputError(_no_table(path)) from error
    tables = [table for table in parser.tables if table.rows]
    if not tables:
        raise InputError(_no_table(path))
    several = len(tables) > 1
    return [
        Grid(path.name, either(ja=f"表{number}", en=f"table {number}") if several else None, table.rows, table.spans)
        for number, table in enumerate(tables, start=1)
    ]


def plain_text(text: str) -> str:
    r"""Turn a formatted description into plain text: line breaks stay, scripts and pictures go.

    Text without any tag is returned as it is, so that "5 < 6" stays.

    Examples
    --------
    >>> plain_text("<b>毎週水曜</b><br>10時〜<script>alert(1)</script>"), plain_text("A & B")
    ('毎週水曜\n10時〜', 'A & B')
    """
    if not _LOOKS_LIKE.search(text):
        return text.strip()
    parser = _Text()
    try:
        parser.feed(text)
        parser.close()
    except AssertionError:  # html.parser raises it on broken declarations
        return _LOOKS_LIKE.sub(" ", text).strip()
    lines = [" ".join(line.split()) for line in "".join(parser.parts).split("\n")]
    return "\n".join(line for line in lines if line)


class _Text(HTMLParser):
    """Gathers what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in _UNSEEN
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _UNSEEN))
        if tag in _BREAKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


class _TooManyCellsError(Exception):
    """Merged cells that would grow into more than a machine holds."""


class _Table:
    """One table while it is read."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.spans: list[Span] = []
        self.cell: list[str] | None = None
        self._taken: set[tuple[int, int]] = set()
        self._cells = 0

    def start_row(self) -> None:
        self.cell = None
        self.rows.append([])

    def start_cell(self, attrs: dict[str, str | None]) -> None:
        if not self.rows:
            self.start_row()
        top, row = len(self.rows) - 1, self.rows[-1]
        while (top, len(row)) in self._taken:
            row.append("")
        across, down = _span(attrs.get("colspan")), _span(attrs.get("rowspan"))
        self._cells += across + across * (down - 1) * _HEAVY
        if self._cells > MOST_CELLS:
            raise _TooManyCellsError
        left = len(row)
        row += [""] * across
        self._taken |= {(top + y, left + x) for y in range(1, down) for x in range(across)}
        if across > 1 or down > 1:
            self.spans.append(Span(top, left, top + down - 1, left + across - 1))
        self.cell = []
        self._place = (top, left)

    def end_cell(self) -> None:
        if self.cell is not None:
            top, left = self._place
            self.rows[top][left] = "".join(self.cell).strip()
        self.cell = None


class _Tables(_Text):
    """Gathers the cells of all tables."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[_Table] = []
        self._open: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _UNSEEN
        if tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        if not self._open:
            return
        table = self._open[-1]
        if tag in ("td", "th", "tr"):
            table.end_cell()
            table.start_row() if tag == "tr" else table.start_cell(dict(attrs))
        elif tag == "br" and table.cell is not None:
            table.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _UNSEEN))
        if not self._open:
            return
        if tag in ("td", "th", "tr", "table"):
            self._open[-1].end_cell()
        if tag == "table":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].cell is not None and not self._hidden:
            self._open[-1].cell.append(" ".join(data.split()) if data.strip() else "")


def _no_table(path: Path) -> str:
    return either(
        ja=f"{path.name}: 中身はHTMLですが、表がありません。Excelで開いて .xlsx で保存し直してください。",
        en=f"{path.name}: is HTML inside and has no table. Open it in Excel and save it as .xlsx.",
    )


def _span(text: str | None) -> int:
    """Read colspan or rowspan; nonsense is 1, and a span may not grow without end."""
    digits = (text or "").strip()
    return min(max(int(digits), 1), _MOST_SPAN) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1
