"""Two sides of one sheet of paper: an issue is set as usual, and tighter step by step until they hold it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from resourcemap.publish.newsletter.pdf import AS_USUAL, TIGHTEST, Tight, newsletter_document
from resourcemap.publish.paper.typeset import page_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.publish.newsletter.sheet import Sheet

SIDES = 2
# The width and height of the map in mm: wide and low, and high where there is room on a third side.
_LOW, _HIGH = (186.0, 86.0), (180.0, 140.0)
# So much of a page is set, and so many millimetres each step wins at most: a step that cannot do is passed over.
_PAGE = 273.0
# The step of entries that run on, and what the last one, without the places near by, wins at most.
_RUNNING, _NEAR_WINS = 3, 30.0
_FRONT_WINS, _BACK_WINS = (0.0, 30.0), (0.0, 16.0, 48.0, 170.0)


class Over(NamedTuple):
    """What does not fit.

    Parameters
    ----------
    front, back
        Millimetres that are too much for either side.
    moved
        Whether the front leaves what has no number on the map to the back.
    """

    front: float
    back: float
    moved: bool


@dataclass(frozen=True)
class Fitted:
    """An issue as it was set.

    Parameters
    ----------
    sheet
        The issue, with the map of the PDF.
    pdf
        The PDF.
    sides
        How many pages it has.
    tight
        How tight it is set.
    over
        What does not fit; nothing does not where two sides hold it.
    """

    sheet: Sheet = field(repr=False)
    pdf: bytes = field(repr=False)
    sides: int
    tight: Tight = AS_USUAL
    over: Over | None = None

    @property
    def left_out(self) -> int:
        """How many places near by the PDF has no room for."""
        near = self.sheet.data["neighbours"]
        return len(near["items"]) if near and self.tight.without_neighbours else 0


def fitted_newsletter(sheet: Sheet, *, template: str | None = None, name: str = "newsletter.typ") -> Fitted:
    """Set an issue so that two sides hold it: each side as usual, with less air, or in smaller type.

    The back may also have a lower map, entries that run on, and nothing of what is near by. What no step gets on two
    sides has as few as it can, in the largest type that does, and then a higher map where that costs no side. Large
    type, and a template of the project's own, are set as they are.

    Parameters
    ----------
    sheet
        The issue, with its map in the usual size.
    template, name
        As `resourcemap.publish.newsletter.pdf.newsletter_pdf` takes them.

    Raises
    ------
    InputError
        When the template has a fault.
    """
    if template is not None or sheet.data["large"]:
        pdf = newsletter_document(sheet, template=template, name=name).pdf()
        return Fitted(sheet, pdf, page_count(pdf))
    tried = []
    for fitted in _steps(sheet):
        tried.append(fitted)
        if fitted.over is None:
            return fitted
    best = min(tried, key=lambda each: each.sides)
    if best.tight != AS_USUAL:
        return best
    higher = _set(sheet.with_map(*_HIGH), AS_USUAL)
    return higher if higher.sides == best.sides else best


def _steps(sheet: Sheet) -> Iterator[Fitted]:
    """Set an issue tighter and tighter."""
    lower, tight = None, AS_USUAL
    while True:
        if tight.low_map and lower is None:
            lower = sheet.with_map(*_LOW)
        fitted = _set(sheet if lower is None else lower, tight)
        yield fitted
        if fitted.over is None:
            return
        most = TIGHTEST if sheet.data["neighbours"] is not None else TIGHTEST._replace(back=_RUNNING)
        tighter = _tighter(tight, fitted.over, most)
        if tighter == tight:
            return
        tight = tighter


def _tighter(tight: Tight, over: Over, most: Tight) -> Tight:
    """Return the next step that may hold what is over; the same where none can."""
    front, back = tight
    if over.front > 0:
        front = max(front + 1, sum(over.front > wins for wins in _FRONT_WINS))
    if over.back > 0:
        back = max(back + 1, sum(over.back > wins for wins in _BACK_WINS))
    # A front that is set tighter takes its part again, before anything is left out.
    if over.moved and back >= _RUNNING and tight.front < most.front:
        front, back = max(front, tight.front + 1), max(tight.back, _RUNNING)
    elif tight.back == _RUNNING and over.back > _NEAR_WINS:
        return tight
    return Tight(min(front, most.front), min(back, most.back))


def _set(sheet: Sheet, tight: Tight) -> Fitted:
    document = newsletter_document(sheet, tight=tight)
    pdf = document.pdf()
    sides = page_count(pdf)
    if sides <= SIDES:
        return Fitted(sheet, pdf, sides, tight)
    (front,), (end,) = document.told("front"), document.told("end")
    too_much = max(0.0, -front["room"])
    behind = max(0.0, (end["page"] - SIDES - 1) * _PAGE + end["at"] - too_much)
    return Fitted(sheet, pdf, sides, tight, Over(too_much, behind, not front["apart"]))
