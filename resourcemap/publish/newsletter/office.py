"""The newsletter for Word: the same content, with real headings and tables, so that the CSW can go on editing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.publish.newsletter.furigana import without_readings
from resourcemap.publish.newsletter.pdf import map_png, qr_png
from resourcemap.publish.paper.word import (
    add_heading,
    add_picture,
    add_row,
    add_table,
    blank_document,
    document_bytes,
    number_from_one,
    number_pages,
    reverse,
    shade,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from resourcemap.publish.newsletter.furigana import Said
    from resourcemap.publish.newsletter.sheet import Sheet

_MAP_MM, _QR_MM = 178.0, 28.0
_APART_MM = {"name": 52.0, "when": 46.0, "where": 46.0, "contact": 36.0}
_LIST_MM = {"number": 12.0, "cell": 12.0, "name": 44.0, "when": 40.0, "where": 36.0, "contact": 36.0}
_DATES_MM = (42.0, 138.0)
_POINTS, _LARGE_POINTS = 10.5, 14.0
# Empty lines to write on where there is no text.
_BLANK_LINES = 6


def newsletter_docx(sheet: Sheet) -> bytes:
    """Write an issue as the bytes of a Word file, the same for the same issue.

    Parameters
    ----------
    sheet
        The issue.
    """
    return document_bytes(_Writer(sheet).document())


class _Writer:
    """The walk through an issue."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.data = sheet, sheet.data
        self.foreign = "ja" if not sheet.language.startswith("ja") else None
        self.word: Document = blank_document(
            title=sheet.title,
            author=sheet.author,
            as_of=sheet.as_of,
            language=sheet.language,
            points=_LARGE_POINTS if self.data["large"] else _POINTS,
        )

    def document(self) -> Document:
        """Write all of it."""
        self._masthead()
        for part in (self._news, self._column, self._dates, self._contact, self._map, self._list, self._neighbours):
            part()
        number_pages(self.word.sections[0], self.sheet.title)
        return self.word

    def _masthead(self) -> None:
        head = self.data["masthead"]
        reverse(add_heading(self.word, head["name"], 0))
        line = self.word.add_paragraph(style="Subtitle")
        self._own(line, head["area"], bold=True)
        for each in (head["number"], head["month"]):
            self._say(line, "　" if each else "")
            self._say(line, each)
        line = self.word.add_paragraph(style="Subtitle")
        self._own(line, head["publisher"])
        for each in (head["phone"], head["issued"]):
            self._say(line, "　" if each else "")
            self._say(line, each)

    def _news(self) -> None:
        news = self.data["news"]
        if news is None:
            return
        self._heading(news["title"])
        if not news["groups"]:
            self._paragraph(news["none"])
        for group in news["groups"]:
            self._heading(group["label"], 2)
            for item in group["items"]:
                line = self.word.add_paragraph(style="List Bullet")
                self._named(line, item)
                for each in (item["when"], item["where"]):
                    self._own(line, f"　{each}" if each else "")
                self._own(line, f"（{item['before']}）" if item["before"] else "")
        self._say(self.word.add_paragraph(style="Caption"), news["since"])

    def _column(self) -> None:
        column = self.data["column"]
        if column["blocks"] is None:
            if column["box"]:
                self._heading(column["blank"])
                box = add_row(add_table(self.word, [_MAP_MM]))[0]
                for _ in range(_BLANK_LINES):
                    box.add_paragraph()
            return
        self._heading(column["title"])
        numbered: list[Paragraph] = []
        for block in column["blocks"]:
            line = self._block(block)
            if block["kind"] == "item" and block["number"] == 1 and numbered:
                number_from_one(self.word, numbered)
                numbered = []
            if block["kind"] == "item" and block["number"]:
                numbered.append(line)
        if numbered:
            number_from_one(self.word, numbered)

    def _block(self, block: Mapping[str, Any]) -> Paragraph:
        if block["kind"] == "heading":
            return add_heading(self.word, "".join(piece["text"] for piece in block["pieces"]), 2)
        item = "List Number" if block["number"] else "List Bullet"
        line = self.word.add_paragraph(style=item if block["kind"] == "item" else None)
        for piece in block["pieces"]:
            write(line, piece["text"], bold=piece["bold"], language=self.foreign)
        return line

    def _dates(self) -> None:
        dates = self.data["dates"]
        self._heading(dates["title"])
        if not dates["groups"]:
            self._paragraph(dates["none"])
        for group in dates["groups"]:
            self._heading(group["title"], 2)
            table = add_table(self.word, _DATES_MM)
            for part in group["parts"]:
                label, lines = add_row(table)
                shade(label, "F2F2F2")
                self._say(label.paragraphs[0], part["label"], bold=True)
                if part["days"]:
                    self._say(label.add_paragraph(style=label.paragraphs[0].style), part["days"])
                for number, item in enumerate(part["items"]):
                    first = lines.paragraphs[0]
                    self._date(first if not number else lines.add_paragraph(style=first.style), item)
        if dates["undated"]["items"]:
            self._heading(dates["undated"]["title"], 2)
        for item in dates["undated"]["items"]:
            line = self.word.add_paragraph(style="List Bullet")
            self._named(line, item)
            self._say(line, "　")
            if item["text"]:
                self._own(line, item["text"])
            if not item["text"] or item["reason"] == "none_in_period":
                self._say(line, item["why"] if not item["text"] else self._bracketed(item["why"]))

    def _date(self, line: Paragraph, item: Mapping[str, Any]) -> None:
        for when in item["when"]:
            self._say(line, f"{when}　")
        self._named(line, item)
        for stop in item["stops"]:
            number = "" if stop["number"] is None else f"({stop['number']})"
            self._say(line, f"　{number} {stop['when']}".rstrip())
        for note in item["notes"]:
            self._say(line, self._bracketed(note))

    def _contact(self) -> None:
        contact, head, qr = self.data["contact"], self.data["masthead"], self.data["qr"]
        self._heading(contact["title"])
        line = self.word.add_paragraph()
        self._own(line, head["publisher"], bold=True)
        for each in (head["phone"], head["mail"], head["address"]):
            self._own(line, f"　{each}" if each else "")
        line = self.word.add_paragraph()
        self._say(line, contact["ask"], bold=True)
        self._say(line, "　")
        self._say(line, contact["ask_text"])
        if qr is not None:
            line = self.word.add_paragraph()
            self._say(line, qr["title"], bold=True)
            self._say(line, f"　{qr['printed']}")
            add_picture(self.word.add_paragraph(), qr_png(qr["address"]), width_mm=_QR_MM, alt=qr["alt"])

    def _map(self) -> None:
        drawn = self.data["map"]
        if drawn is None:
            return
        self._heading(drawn["title"])
        add_picture(self.word.add_paragraph(), map_png(self.sheet), width_mm=_MAP_MM, alt=drawn["alt"])
        self._say(self.word.add_paragraph(style="Caption"), drawn["note"])

    def _list(self) -> None:
        listed = self.data["list"]
        self._heading(listed["title"])
        if not listed["items"] and not listed["apart"]:
            self._paragraph(listed["empty"])
        self._table(listed["items"], listed["columns"], _LIST_MM)
        if listed["apart"]:
            self._heading(listed["apart_title"], 2)
            self._table(listed["apart"], listed["columns"], _APART_MM)

    def _table(
        self, items: Sequence[Mapping[str, Any]], columns: Mapping[str, Said], widths: Mapping[str, float]
    ) -> None:
        if not items:
            return
        table = add_table(self.word, list(widths.values()), [without_readings(columns[name]) for name in widths])
        for item in items:
            self._item(dict(zip(widths, (cell.paragraphs[0] for cell in add_row(table)), strict=True)), item)

    def _item(self, cells: Mapping[str, Paragraph], item: Mapping[str, Any]) -> None:
        if "number" in cells:
            write(cells["number"], str(item["number"]), bold=True)
            write(cells["cell"], item["cell"])
        name, when, where, ask = (cells[column] for column in ("name", "when", "where", "contact"))
        self._own(name, item["name"], bold=True)
        if item["suspended"]:
            self._say(name, self._bracketed(item["suspended"]), bold=True)
        write(name, "\n")
        self._say(name, item["kind_label"])
        self._own(when, item["when"])
        parts = [each for each in (item["how"], item["where"], item["rough"]) if each]
        for at, each in enumerate(parts):
            self._own(where, "　" if at else "")
            self._own(where, each)
        write(ask, "\n".join(each for each in (item["phone"], item["cost"]) if each), language=self.foreign)

    def _neighbours(self) -> None:
        near = self.data["neighbours"]
        if near is None:
            return
        self._heading(near["title"], 2)
        for item in near["items"]:
            line = self.word.add_paragraph(style="List Bullet")
            self._own(line, item["name"])
            self._own(line, f"（{item['where']}）" if item["where"] else "")
            self._own(line, f"　{item['phone']}" if item["phone"] else "")

    def _named(self, line: Paragraph, item: Mapping[str, Any]) -> None:
        """Write a name behind the number of its place."""
        if item["number"] is not None:
            write(line, f"({item['number']}) ", bold=True)
        self._own(line, item["name"])

    def _heading(self, said: Said, level: int = 1) -> None:
        line = add_heading(self.word, "", level)
        self._say(line, said)

    def _paragraph(self, said: Said) -> None:
        self._say(self.word.add_paragraph(), said)

    def _own(self, line: Paragraph, said: Said, *, bold: bool = False) -> None:
        """Write what people wrote, which is Japanese whatever the sheet speaks."""
        self._say(line, said, bold=bold, language=self.foreign)

    def _say(self, line: Paragraph, said: Said, *, bold: bool = False, language: str | None = None) -> None:
        for part in [said] if isinstance(said, str) else said:
            if isinstance(part, str):
                if part:
                    write(line, part, bold=bold, language=language)
            else:
                word, reading = part
                write(line, word, bold=bold, points=self._points(line), language=language, reading=reading)

    def _points(self, line: Paragraph) -> float | None:
        """Return the size of a paragraph, by which the size of readings goes."""
        size = line.style.font.size if line.style is not None else None
        return (_LARGE_POINTS if self.data["large"] else _POINTS) if size is None else float(size.pt)

    def _bracketed(self, said: Said) -> Said:
        return f"（{said}）" if isinstance(said, str) else ["（", *said, "）"]
