"""Files that are packed, or say that they are: bombs, nests, cut off ones, and ones of another kind than their name."""

from __future__ import annotations

import io
import zipfile

import openpyxl

from tests.nasty.town import HEADINGS, ROWS

BILLION = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10)
)
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">'


def packed(members: dict[str, str | bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return memory.getvalue()


def book(*, merged: str = "", far: str = "") -> bytes:
    made = openpyxl.Workbook()
    for row in [HEADINGS, *ROWS]:
        made.active.append(list(row))
    if merged:
        made.active.merge_cells(merged)
    if far:
        made.active[far] = "x"
    memory = io.BytesIO()
    made.save(memory)
    return memory.getvalue()


def with_part(part: str, change: dict[str, str]) -> bytes:
    """Write the workbook again with other words in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(book())) as old:
        members: dict[str, str | bytes] = {name: old.read(name) for name in old.namelist()}
    text = bytes(members[part]).decode()
    for before, after in change.items():
        assert before in text
        text = text.replace(before, after, 1)
    return packed(members | {part: text})


BOOK = book()
KML = "<kml><Placemark><name>{}</name><Point><coordinates>139.71,34.95</coordinates></Point></Placemark></kml>"
GPX = "<gpx><wpt lat='34.95' lon='139.71'><name>{}</name></wpt></gpx>"
# The list under another name: its suffix, its bytes, and the words it is refused with, or none where it is read.
LISTS: dict[str, tuple[str, bytes, str | None]] = {
    "a bomb": (".xlsx", packed({"xl/worksheets/sheet1.xml": b"\0" * (70 << 20)}), "would unpack into 70 MB"),
    "a bomb of a map": (".kmz", packed({"doc.kml": b" " * (70 << 20)}), "would unpack into 70 MB"),
    "zips in zips": (
        ".zip",
        packed({"a.zip": packed({"b.zip": packed({"c.csv": "名称"})})}),
        "there are no shapes inside",
    ),
    "a member above": (".kmz", packed({"../../doc.kml": KML}), "would reach outside"),
    "a cell far out": (".xlsx", book(far="XFD1048576"), "spans more than 20 million cells"),
    "a wide sheet": (".xlsx", book(far="XFD1"), None),
    "one cell over all": (".xlsx", book(merged="A1:K9"), "list.xlsx"),
    "a merged column": (".xlsx", book(merged="A2:A5"), None),
    "entities in a book": (
        ".xlsx",
        with_part("xl/workbook.xml", {"<workbook": f"{XXE}]><workbook"}),
        "list.xlsx",
    ),
    "laughs in a map": (".kml", (BILLION + "]>" + KML.format("&a9;")).encode(), "has entities"),
    "a file in a map": (".kml", (XXE + "]>" + KML.format("&e;")).encode(), "has entities"),
    "laughs in a track": (".gpx", (BILLION + "]>" + GPX.format("&a9;")).encode(), "has entities"),
    "a file in a track": (".gpx", (XXE + "]>" + GPX.format("&e;")).encode(), "has entities"),
    "half a book": (".xlsx", BOOK[: len(BOOK) // 2], "is no ZIP file, or a broken one"),
    "a book without its end": (".xlsx", BOOK[:-30], "is no ZIP file, or a broken one"),
    "nothing": (".xlsx", b"", "cannot be read as a spreadsheet"),
    "nothing at all": (".csv", b"", "is empty"),
    "a mark alone": (".csv", b"\xef\xbb\xbf", "is empty"),
    "a picture": (".xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "cannot be read as a spreadsheet"),
    "a book called CSV": (".csv", BOOK, None),
    "a CSV called book": (".xlsx", "名称,種類,承諾,緯度,経度\n会,サロン,有,34.95,139.71\n".encode(), None),
    "a PDF": (".csv", b"%PDF-1.7 ...", "is a PDF inside"),
    "two marks": (".csv", "\ufeff\ufeff名称,種類,緯度,経度\n会,サロン,34.95,139.71\n".encode(), None),
    "wide letters": (".csv", "名称,種類,緯度,経度\n会,サロン,34.95,139.71\n".encode("utf-16"), None),
    "wide letters without mark": (".csv", "名称,種類,緯度,経度\n会,サロン,34.95,139.71\n".encode("utf-16-le"), None),
    "two encodings": (
        ".csv",
        "名称,種類\n会,サロン\n".encode() + "髙﨑,サロン\n".encode("cp932"),
        "neither UTF-8 nor Shift_JIS",
    ),
    "a quote without end": (".csv", '名称,種類\n"会,サロン\n'.encode() * 3, 'Look for a " that is never closed'),
    "a line break in quotes": (".csv", '名称,種類,緯度,経度\n"本町\nサロン",サロン,34.95,139.71\n'.encode(), None),
    "many columns": (
        ".csv",
        (",".join(["名称", "種類", *["x"] * 16_382]) + "\n会,サロン\n").encode(),
        "has 16,384 columns",
    ),
    "one word in all rows": (".csv", ("名称,種類,住所\n" + "会,サロン,東町2丁目3-4\n" * 3000).encode(), None),
}
