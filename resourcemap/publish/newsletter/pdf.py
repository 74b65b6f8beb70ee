"""The newsletter as PDF, by the template of the house or one of the project's own."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import segno

from resourcemap.publish.paper.glyphs import printed
from resourcemap.publish.paper.typeset import Document

if TYPE_CHECKING:
    from resourcemap.publish.newsletter.sheet import Sheet

MAP, QR = "map.svg", "qr.svg"


class Tight(NamedTuple):
    """How tight the two sides of an issue are set.

    Parameters
    ----------
    front
        The dates: 0 as usual, 1 with less air, 2 in smaller type too.
    back
        The list: 0 to 2 likewise, 3 with entries that run on in one paragraph, 4 without what is near by.
    """

    front: int = 0
    back: int = 0

    @property
    def low_map(self) -> bool:
        """Whether the map is low."""
        return self.back >= 2

    @property
    def without_neighbours(self) -> bool:
        """Whether the places near by in the next areas are left out."""
        return self.back >= 4


AS_USUAL, TIGHTEST = Tight(), Tight(2, 4)


def newsletter_pdf(
    sheet: Sheet, *, template: str | None = None, name: str = "newsletter.typ", tight: Tight = AS_USUAL
) -> bytes:
    """Set an issue as PDF: A4, tagged, with its fonts.

    Parameters
    ----------
    sheet
        The issue.
    template
        Typst markup in place of the template of the house; docs/newsletter.md lists what it finds in ``data.json``.
    name
        What a fault in the template is called by.
    tight
        How tight it is set.

    Raises
    ------
    InputError
        When the template has a fault.
    """
    return newsletter_document(sheet, template=template, name=name, tight=tight).pdf()


def newsletter_document(
    sheet: Sheet, *, template: str | None = None, name: str = "newsletter.typ", tight: Tight = AS_USUAL
) -> Document:
    """Return an issue as a document that becomes a PDF or pictures."""
    data = {**sheet.data, "tight": tight._asdict()}
    if tight.without_neighbours:
        data["neighbours"] = None
    return Document(
        _own() if template is None else template,
        printed(data, sheet.language),
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


@cache
def _own() -> str:
    return (files("resourcemap.publish.newsletter") / "newsletter.typ").read_text(encoding="utf-8")
