"""The newsletter as PDF, by the template of the house or one of the project's own."""

from __future__ import annotations

import io
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import segno

from resourcemap.publish.paper.glyphs import printed
from resourcemap.publish.paper.typeset import Document

if TYPE_CHECKING:
    from resourcemap.publish.newsletter.sheet import Sheet

MAP, QR = "map.svg", "qr.svg"
_PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")


def newsletter_pdf(sheet: Sheet, *, template: str | None = None, name: str = "newsletter.typ") -> bytes:
    """Set an issue as PDF: A4, tagged, with its fonts.

    Parameters
    ----------
    sheet
        The issue.
    template
        Typst markup in place of the template of the house; docs/newsletter.md lists what it finds in ``data.json``.
    name
        What a fault in the template is called by.

    Raises
    ------
    InputError
        When the template has a fault.
    """
    return newsletter_document(sheet, template=template, name=name).pdf()


def newsletter_document(sheet: Sheet, *, template: str | None = None, name: str = "newsletter.typ") -> Document:
    """Return an issue as a document that becomes a PDF or pictures."""
    return Document(
        _own() if template is None else template,
        printed(sheet.data, sheet.language),
        title=sheet.title,
        author=sheet.author,
        as_of=sheet.as_of,
        language=sheet.language,
        files=pictures(sheet),
        name=name,
    )


def pictures(sheet: Sheet) -> dict[str, bytes]:
    """Return the drawings of an issue by name: the map, the QR code and the marks of its kinds."""
    drawn = dict(sheet.marks)
    if sheet.drawn is not None:
        drawn[MAP] = sheet.drawn.svg
    if sheet.address:
        drawn[QR] = qr_svg(sheet.address)
    return drawn


def map_png(sheet: Sheet, ppi: float = 300) -> bytes:
    """Return the map as a picture, at so many dots per inch."""
    page = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{MAP}", alt: "map")'
    return Document(page, {}, title=sheet.title, language=sheet.language, files=pictures(sheet)).png(ppi)[0]


def qr_svg(address: str) -> bytes:
    """Draw the QR code of an address; level M still reads with a sixth of it dirty.

    Examples
    --------
    >>> qr_svg("https://example.or.jp/")[:4]
    b'<svg'
    """
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue()


def qr_png(address: str) -> bytes:
    """Draw the QR code of an address as a picture.

    Examples
    --------
    >>> qr_png("https://example.or.jp/")[1:4]
    b'PNG'
    """
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="png", scale=10, border=4)
    return drawn.getvalue()


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF made here, whose pages are written plainly.

    Examples
    --------
    >>> page_count(b"<< /Type /Pages /Kids [1 0 R] >> << /Type /Page >>")
    1
    """
    return len(_PAGES.findall(pdf))


@cache
def _own() -> str:
    return (files("resourcemap.publish.newsletter") / "newsletter.typ").read_text(encoding="utf-8")
