"""How metres were measured, in words: straight lines, straight lines times a factor, or along streets."""

from __future__ import annotations

from typing import NamedTuple

STRAIGHT, DETOUR, STREETS = "straight", "detour", "streets"


class Way(NamedTuple):
    """How metres were measured.

    Tables hold it as text: ``straight``, ``detour 1.3``, ``streets older``.
    """

    form: str = STRAIGHT
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.form} {self.detail}".strip()

    def label(self) -> str:
        """Name it in Japanese, for a column.

        Examples
        --------
        >>> Way().label(), Way("detour", "1.3").label(), Way("streets", "older").label()
        ('直線', '直線×1.3', '道のり（older）')
        """
        return {DETOUR: f"直線×{self.detail}", STREETS: f"道のり（{self.detail}）"}.get(self.form, "直線")

    def sentence_part(self) -> str:
        """Say it inside a Japanese sentence about a distance.

        Examples
        --------
        >>> Way().sentence_part(), Way("detour", "1.3").sentence_part(), Way("streets", "older").sentence_part()
        ('直線で', '直線の1.3倍で', '道のりで')
        """
        return {DETOUR: f"直線の{self.detail}倍で", STREETS: "道のりで"}.get(self.form, "直線で")


def way_of(text: object) -> Way:
    """Read the way from the text of a table; straight lines where there is none.

    Examples
    --------
    >>> way_of("detour 1.3"), way_of(None).form
    (Way(form='detour', detail='1.3'), 'straight')
    """
    if not isinstance(text, str) or not text:
        return Way()
    form, _, detail = text.partition(" ")
    return Way(form, detail)
