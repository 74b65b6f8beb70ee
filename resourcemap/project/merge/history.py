"""What was changed by merges: data/history.csv, to which lines are only ever added."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, NamedTuple

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.plain import csv_text, from_csv
from resourcemap.read.delimited import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

HISTORY: Final = "data/history.csv"
HEADINGS: Final = ("日時", "確認者", "ファイル", "シート", "行", "前の番号", "番号", "項目", "前", "後")


class Line(NamedTuple):
    """One field that was changed, as `HEADINGS` say; the id of its resource before and after."""

    when: str
    who: str
    file: str
    sheet: str
    row: str
    old_id: str
    new_id: str
    field: str
    old: str
    new: str


def read_history(path: Path) -> list[Line]:
    r"""Read the history; there is none before the first merge.

    Raises
    ------
    InputError
        When somebody has changed its headings.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "history.csv"
    >>> read_history(path)
    []
    >>> line = Line("2026-11-21 20:00:00", "山田", "a.csv", "", "2", "r1", "r1", "電話", "1", "=2")
    >>> _ = path.write_bytes(with_lines(path, [line]))
    >>> [each.new for each in read_history(path)]
    ['=2']
    """
    if not path.is_file():
        return []
    rows = [row for row in csv.reader(io.StringIO(decode(path.read_bytes(), where=path.name), newline="")) if row]
    if rows and tuple(rows[0]) != HEADINGS:
        raise InputError(
            either(
                ja=f"{HISTORY}: 見出しが {'、'.join(HEADINGS)} ではありません。"
                "元に戻すか、別の名前にして残してください。",
                en=f"{HISTORY}: its headings are not {', '.join(HEADINGS)}. Put them back, or keep the file under "
                "another name.",
            )
        )
    return [Line(*map(from_csv, [*row, *[""] * len(HEADINGS)][: len(HEADINGS)])) for row in rows[1:]]


def with_lines(path: Path, lines: Iterable[Line]) -> bytes:
    """Return the history with more lines; those that it has stay, byte for byte, unless Excel saved it as Shift_JIS.

    It is UTF-8 with a byte order mark, and no cell of it is run as a formula by a spreadsheet.

    Examples
    --------
    >>> from pathlib import Path
    >>> with_lines(Path("/nowhere/history.csv"), []).decode("utf-8-sig").split(",")[0]
    '日時'
    """
    before = path.read_bytes() if path.is_file() else b""
    read_history(path)
    if before and not before.startswith(b"\xef\xbb\xbf"):
        before = decode(before, where=path.name).encode("utf-8-sig")
    if before and not before.endswith((b"\n", b"\r")):
        before += b"\r\n"
    added = csv_text(lines if before else [HEADINGS, *lines])
    return before + added.encode("utf-8" if before else "utf-8-sig")


def later_ids(lines: Sequence[Line]) -> dict[str, str]:
    """Return the id that each resource got, by the id it had before; of several the last.

    Examples
    --------
    >>> later_ids([Line("", "", "a.csv", "", "2", "r1", "r2", "名称", "A", "B")])
    {'r1': 'r2'}
    """
    return {line.old_id: line.new_id for line in lines if line.old_id != line.new_id}
