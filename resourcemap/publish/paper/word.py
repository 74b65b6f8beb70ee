"""Documents that people go on editing in Word: A4, few styles, Japanese fonts, the same bytes each time."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.run import Run

from resourcemap.plain import visible
from resourcemap.publish.paper.wordfile import blank_file, same_zip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

# As Word knows a language, and the font that every Windows has for it.
_TAGS: Final = {"ja": "ja-JP", "ja-easy": "ja-JP", "en": "en-GB", "zh": "zh-CN", "ko": "ko-KR"}
_FONTS: Final = {"zh": "Microsoft YaHei", "ko": "Malgun Gothic"}
JAPANESE_FONT: Final = "游ゴシック"
CELL: Final = "表の文字"
_CELL_ID: Final = "Cell"  # of that style, in blank/word/styles.xml
_EPOCH = date(2000, 1, 1)
_LONGEST_PROPERTY = 255


def blank_document(
    *,
    title: str,
    author: str = "",
    as_of: date | None = None,
    language: str = "ja",
    points: float = 10.5,
    margin_mm: float = 15,
    landscape: bool = False,
) -> Document:
    """Return an A4 document without any text, with the styles of `blank` alone.

    Its styles are Title, Subtitle, Heading 1 to 3, List Bullet, List Number, Caption, Header, Footer, Table Grid and
    表の文字 (`CELL`); Word shows them under the names of its own language.

    Parameters
    ----------
    title, author, as_of
        The properties of the file; without a day it is that of nobody's, 2000-01-01.
    language
        The language of the text, of `resourcemap.model.catalog.LANGUAGES`.
    points
        The size of the text; that of headings and cells goes with it.
    margin_mm
        The margins on all four sides.
    landscape
        Whether the page lies on its long side.

    Examples
    --------
    >>> from resourcemap.model.catalog import LANGUAGES
    >>> document = blank_document(title="さくら通信", language="ja")
    >>> document.add_heading("12月のよてい", level=1).style.name
    'Heading 1'
    """
    document = docx.Document(io.BytesIO(blank_file()))
    _set_properties(document, title, author, as_of, language)
    _set_fonts(document, language, points / 10.5)
    page = document.sections[0]
    width, height = Mm(210), Mm(297)
    page.page_width, page.page_height = (height, width) if landscape else (width, height)
    if landscape:
        page.orientation = WD_ORIENT.LANDSCAPE
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(margin_mm)
    page.header_distance = page.footer_distance = Mm(min(8, margin_mm / 2))
    return document


def document_bytes(document: Document) -> bytes:
    """Return a document as the bytes of its file, the same for the same document on every day.

    Examples
    --------
    >>> document_bytes(blank_document(title="一覧")) == document_bytes(blank_document(title="一覧"))
    True
    """
    saved = io.BytesIO()
    document.save(saved)
    return same_zip(saved.getvalue())


def write(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    points: float | None = None,
    language: str | None = None,
    reading: str = "",
) -> Run:
    """Add text to a paragraph; line breaks stay, what nobody can see goes.

    Parameters
    ----------
    paragraph
        Where it goes.
    text
        Any text.
    bold, points
        How it is set; the size of the style when not given.
    language
        The language of the text where it is not that of the document, such as ``"ja"`` for what people wrote.
    reading
        What stands above the text in small letters.

    Examples
    --------
    >>> line = blank_document(title="一覧").add_paragraph()
    >>> write(line, "水曜 14時").text, write(line, "毎週", reading="まいしゅう").text
    ('水曜 14時', '毎週')
    """
    run = paragraph.add_run(visible(text))
    if bold:
        run.bold = True
    if points is not None:
        run.font.size = Pt(points)
    if language is not None:
        _speak(run, language)
    if reading:
        _put_above(paragraph, run, visible(reading), points)
    return run


def add_heading(document: Document, text: str, level: int = 1) -> Paragraph:
    """Add a heading of level 1 to 3, or the title, level 0.

    Examples
    --------
    >>> add_heading(blank_document(title="一覧"), "地図").style.name
    'Heading 1'
    """
    heading: Paragraph = document.add_heading(visible(text), level)
    return heading


def add_table(document: Document, widths_mm: Sequence[float], headings: Sequence[str] = ()) -> Table:
    """Add a table with lines; its first row holds the headings, which come again on every page.

    Parameters
    ----------
    document
        Where it goes.
    widths_mm
        The width of every column.
    headings
        A heading for every column; without any the table begins empty.

    Examples
    --------
    >>> table = add_table(blank_document(title="一覧"), [20, 60], ["番号", "名称"])
    >>> [cell.text for cell in table.rows[0].cells]
    ['番号', '名称']
    """
    table: Table = document.add_table(rows=0, cols=len(widths_mm), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    if headings:
        cells = add_row(table)
        for cell, heading in zip(cells, headings, strict=True):
            write(cell.paragraphs[0], heading, bold=True)
            shade(cell)
        _mark(table.rows[0], "w:tblHeader")
    return table


def add_row(table: Table, texts: Sequence[str] = ()) -> tuple[_Cell, ...]:
    """Add a row that does not break over pages, and return its cells, each with a paragraph in the style of cells.

    Examples
    --------
    >>> table = add_table(blank_document(title="一覧"), [20, 60])
    >>> [cell.text for cell in add_row(table, ["1", "みほんサロン"])]
    ['1', 'みほんサロン']
    """
    row = table.add_row()  # type: ignore[no-untyped-call]
    cells: tuple[_Cell, ...] = row.cells
    for cell in cells:
        # python-docx looks a style up by its name in all of them, for every cell anew.
        cell._element.p_lst[0].style = _CELL_ID  # noqa: SLF001
    for cell, text in zip(cells, texts, strict=False):
        write(cell.paragraphs[0], text)
    _mark(row, "w:cantSplit")
    return cells


def shade(cell: _Cell, grey: str = "E6E6E6") -> None:
    """Fill a cell with a light grey that a copier keeps.

    Examples
    --------
    >>> shade(add_row(add_table(blank_document(title="一覧"), [20]))[0])
    """
    cell._element.get_or_add_tcPr().append(_filling(grey))  # noqa: SLF001 (python-docx has no call for it)


def reverse(paragraph: Paragraph) -> None:
    """Set a paragraph in white on black, as a masthead.

    Examples
    --------
    >>> title = add_heading(blank_document(title="通信"), "通信", 0)
    >>> reverse(title)
    >>> title.runs[0].font.color.rgb
    RGBColor(0xff, 0xff, 0xff)
    """
    paragraph._element.get_or_add_pPr().append(_filling("000000"))  # noqa: SLF001 (python-docx has no call for it)
    for run in paragraph.runs:
        run.font.color.rgb = RGBColor(255, 255, 255)


def add_picture(paragraph: Paragraph, png: bytes, *, width_mm: float, alt: str) -> None:
    """Add a picture, with what it shows in words for those who do not see it.

    Examples
    --------
    >>> import segno
    >>> drawn = io.BytesIO()
    >>> segno.make("https://example.or.jp/").save(drawn, kind="png")
    >>> add_picture(blank_document(title="一覧").add_paragraph(), drawn.getvalue(), width_mm=25, alt="QR")
    """
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(width_mm))
    described = shape._inline.docPr  # noqa: SLF001 (python-docx has no call for it)
    described.set("descr", visible(alt))
    described.set("name", f"picture{described.get('id')}")


def add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """Add a link to an address, which must be one that a link may point to.

    Examples
    --------
    >>> line = blank_document(title="一覧").add_paragraph()
    >>> add_link(line, "地図", "https://example.or.jp/")
    >>> line.text
    '地図'
    """
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    run = paragraph.add_run(visible(text), style="Hyperlink")
    link.append(run._element)  # noqa: SLF001 (python-docx has no call for it)
    paragraph._element.append(link)  # noqa: SLF001


def number_pages(section: Section, before: str = "") -> None:
    """Put the number of the page, and how many there are, at the foot of every page, behind a text.

    Examples
    --------
    >>> number_pages(blank_document(title="一覧").sections[0], "さくら通信")
    """
    line = section.footer.paragraphs[0]
    line.style = "Footer"
    write(line, f"{before}　" if before else "")
    _field(line, "PAGE")
    write(line, " / ")
    _field(line, "NUMPAGES")


def break_page(document: Document) -> None:
    """Begin a new page.

    Examples
    --------
    >>> break_page(blank_document(title="一覧"))
    """
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def number_from_one(document: Document, paragraphs: Sequence[Paragraph]) -> None:
    """Make some paragraphs a numbered list that begins at 1.

    Examples
    --------
    >>> document = blank_document(title="一覧")
    >>> number_from_one(document, [document.add_paragraph("はじめに", style="List Number")])
    """
    numbering = document.part.numbering_part.numbering_definitions._numbering  # noqa: SLF001 (no call for it)
    number = numbering.add_num(1)
    number.add_lvlOverride(0).add_startOverride(1)
    for paragraph in paragraphs:
        of = paragraph._element.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
        of.get_or_add_ilvl().val = 0
        of.get_or_add_numId().val = number.numId


def _set_properties(document: Document, title: str, author: str, as_of: date | None, language: str) -> None:
    said = document.core_properties
    said.title, said.author = (visible(text)[:_LONGEST_PROPERTY] for text in (title, author))
    said.last_modified_by = said.author
    said.language = _TAGS[language]
    said.created = said.modified = datetime.combine(as_of or _EPOCH, time(), UTC)
    said.revision = 1


def _set_fonts(document: Document, language: str, times: float) -> None:
    """Give all styles the font of the language, and their sizes times a factor."""
    styles = document.styles.element
    for fonts in styles.iter(qn("w:rFonts")):
        _name_fonts(fonts, language)
    for tag in styles.iter(qn("w:lang")):
        tag.set(qn("w:val"), _TAGS[language])
        tag.set(qn("w:eastAsia"), _TAGS[language] if language in _FONTS else _TAGS["ja"])
    for name in ("w:sz", "w:szCs"):
        for size in styles.iter(qn(name)):
            if size.get(qn("w:space")) is None:  # else it is the width of a line
                size.set(qn("w:val"), str(round(int(str(size.get(qn("w:val")))) * times)))


def _name_fonts(fonts: BaseOxmlElement, language: str) -> None:
    for name in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{name}"), _FONTS.get(language, JAPANESE_FONT))


def _speak(run: Run, language: str) -> None:
    """Mark the language of a run, so that nobody corrects it as another one, and set it in its font."""
    properties = run._element.get_or_add_rPr()  # noqa: SLF001 (python-docx has no call for it)
    _name_fonts(properties.get_or_add_rFonts(), language)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), _TAGS[language])
    tag.set(qn("w:eastAsia"), _TAGS[language])
    properties.append(tag)


def _put_above(paragraph: Paragraph, run: Run, reading: str, points: float | None) -> None:
    """Turn a run into one with a reading above it."""
    above = Run(OxmlElement("w:r"), paragraph)
    above.text = reading
    size = round((points or 10.5) * 2)
    above.font.size = Pt(size / 4)
    ruby = OxmlElement("w:ruby")
    look = OxmlElement("w:rubyPr")
    for name, value in (
        ("rubyAlign", "distributeSpace"),
        ("hps", size // 2),
        ("hpsRaise", size - 2),
        ("hpsBaseText", size),
        ("lid", _TAGS["ja"]),
    ):
        part = OxmlElement(f"w:{name}")
        part.set(qn("w:val"), str(value))
        look.append(part)
    base = OxmlElement("w:rubyBase")
    holder = OxmlElement("w:r")
    element = run._element  # noqa: SLF001 (python-docx has no call for it)
    element.addprevious(holder)
    small = OxmlElement("w:rt")
    small.append(above._element)  # noqa: SLF001
    base.append(element)
    for part in (look, small, base):
        ruby.append(part)
    holder.append(ruby)


def _filling(grey: str) -> BaseOxmlElement:
    filling = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", grey)):
        filling.set(qn(f"w:{name}"), value)
    return filling


def _field(paragraph: Paragraph, code: str) -> None:
    """Add a field that Word fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    number = paragraph.add_run("1")
    field.append(number._element)  # noqa: SLF001 (python-docx has no call for it)
    paragraph._element.append(field)  # noqa: SLF001


def _mark(row: _Row, name: str) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 (python-docx has no call for it)
    properties.append(OxmlElement(name))
