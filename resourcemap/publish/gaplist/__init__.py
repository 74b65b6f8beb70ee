"""What is missing, for a committee: as a workbook to sort and print, and as a PDF; both from the same rows."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resourcemap.files import write_bytes
from resourcemap.publish.gaplist.rows import kind_rows, standard_rows
from resourcemap.publish.gaplist.sheet import COLUMNS, columns_of, fill_rows, written
from resourcemap.publish.looks import Head, begin, looks, on_paper, paragraphs
from resourcemap.publish.paper.glyphs import printed
from resourcemap.publish.paper.typeset import Document
from resourcemap.publish.workbook import as_text, open_workbook, sheet_names

if TYPE_CHECKING:
    import os
    from datetime import date

    import pandas as pd

# A PDF says the first of each system, the workbook all.
_SHOWN = 40
_READING = (
    "順位は、区分の中で人数の多い順です。優先順位そのものではありません。話し合いの材料としてお使いください。",
    "「届かない人」は、近くにない人の数です。区域の中の件数の基準では、その区域の対象の人全員です。",
    "「満たすまで」は、あと何人に届けば（何件あれば）基準を満たすかです。",
    "「代わり」は、届かない人のうち最も多くの人にとっていちばん近い所です。公開の承諾がない所は、名前を出していません。",
    "「住んでいる所」は、届かない人がまとまって住む所です。10人に満たない所は載せません。",
    "近くにあることと、通えることは同じではありません。席の空き、坂や段差は数えていません。",
)


def write_gaps_xlsx(
    gaps: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    judged: pd.DataFrame,
    patches: pd.DataFrame,
    title: str,
    publisher: str = "",
    as_of: date | None = None,
) -> Path:
    """Write what is missing as a workbook for A4 and any printer, with filters and headings that stay.

    Per system of areas there is a sheet of the standards that are not met, where there are standards, and one of the
    kinds that people are beyond reach of.

    Parameters
    ----------
    gaps
        The ranked gaps (`resourcemap.gaps`).
    path
        The file to write; it is replaced whole.
    judged, patches
        The standards held against the areas, and where those live whom they leave out; without rows where there are
        none. A resource named in them must be one that may be shown.
    title, publisher, as_of
        What stands at the head and foot of each page.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> none = pd.DataFrame(columns=["system", "met", "rank"])
    >>> path = write_gaps_xlsx(none, Path(tempfile.mkdtemp()) / "g.xlsx", judged=none, patches=none, title="市")
    >>> path.stat().st_size > 0
    True
    """
    head = Head(as_text(title), as_text(publisher), as_of)
    parts = _parts(gaps, judged, patches)
    names = sheet_names([*(name for name, _, _ in parts), "読み方"])
    with open_workbook(path, title=title, author=publisher, as_of=as_of) as book:
        styles = looks(book)
        for name, (_, heading, rows) in zip(names[:-1], parts, strict=True):
            fill_rows(book.add_worksheet(name), styles, head, heading, rows)
        sheet = book.add_worksheet(names[-1])
        begin(sheet, styles, "読み方", head.title, [120.0])
        paragraphs(sheet, styles, 3, "この表の読み方", [f"・ {line}" for line in _READING], columns=1, width=120.0)
        on_paper(sheet, head, "読み方")
    return Path(path)


def write_gaps_pdf(
    gaps: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    judged: pd.DataFrame,
    patches: pd.DataFrame,
    title: str,
    publisher: str = "",
    as_of: date | None = None,
) -> Path:
    """Write what is missing as a tagged PDF across A4: the first rows of each sheet of `write_gaps_xlsx`, counted on.

    Parameters
    ----------
    gaps, judged, patches
        As in `write_gaps_xlsx`.
    path
        The file to write; it is replaced whole.
    title, publisher, as_of
        What stands at the head and foot of each page.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> none = pd.DataFrame(columns=["system", "met", "rank"])
    >>> path = write_gaps_pdf(none, Path(tempfile.mkdtemp()) / "g.pdf", judged=none, patches=none, title="市")
    >>> path.read_bytes()[:5]
    b'%PDF-'
    """
    head = Head(as_text(title), as_text(publisher), as_of)
    data = {
        "day": head.day,
        "foot": "　".join(part for part in (head.publisher, head.title) if part),
        "headings": {name: column.heading for name, column in COLUMNS.items()},
        "parts": [_on_paper(heading, rows) for _, heading, rows in _parts(gaps, judged, patches)],
        "reading": list(_READING),
    }
    document = Document(
        (files("resourcemap.publish.gaplist") / "gaplist.typ").read_text(encoding="utf-8"),
        printed(data),
        title=f"{head.title} 足りないもの",
        author=head.publisher,
        as_of=as_of,
        name="gaplist.typ",
    )
    return write_bytes(path, document.pdf())


def _parts(gaps: pd.DataFrame, judged: pd.DataFrame, patches: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    """Return the name, the heading and the rows of each sheet: standards before kinds, systems in their order."""
    made = []
    for word, heading, rows in (
        ("基準", "満たしていない基準", standard_rows(judged, patches)),
        ("種類", "近くにない種類", kind_rows(gaps)),
    ):
        for system, own in rows.groupby("system", sort=False):
            made.append((f"{word} {system}", f"{heading}（{system}）", own))
    return made


def _on_paper(heading: str, rows: pd.DataFrame) -> dict[str, Any]:
    """Return the first rows of a sheet as texts, in the columns that say anything."""
    names = columns_of(rows)
    rest = len(rows) - _SHOWN
    more = f"ほかに{rest}件あります。すべての行は、Excel（resourcemap gaps -o 名前.xlsx）にあります。"
    return {
        "heading": as_text(heading),
        "columns": names,
        "rows": [[written(row, name) for name in names] for row in rows.head(_SHOWN).to_dict("records")],
        "more": more if rest > 0 else "",
    }
