"""Hours of a day, in minutes from midnight."""

from __future__ import annotations

from dataclasses import dataclass

DAY = 24 * 60


@dataclass(frozen=True, order=True)
class Span:
    """From a time of day to another; one of the two may be unknown.

    Parameters
    ----------
    start
        Minutes from midnight.
    end
        Minutes from the same midnight, so past midnight it is more than 1,440.

    Examples
    --------
    >>> Span(22 * 60, 26 * 60).overlaps(23 * 60, 24 * 60)
    True
    """

    start: int | None = None
    end: int | None = None

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise ValueError("a span needs a start or an end")
        if self.start is not None and self.end is not None and not self.start < self.end <= self.start + DAY:
            raise ValueError(f"a span from {self.start} to {self.end} does not end after its start")

    def overlaps(self, start: int, end: int) -> bool | None:
        """Tell whether it has a moment in common with `start` to `end`; ``None`` when that is not known.

        Examples
        --------
        >>> Span(540, 720).overlaps(700, 800), Span(540).overlaps(600, 660), Span(540).overlaps(0, 540)
        (True, None, False)
        """
        if self.start is not None and self.end is not None:
            return self.start < end and start < self.end
        if self.start is not None:
            return None if self.start < start else self.start < end
        return None if self.end is not None and self.end > end else self.end is not None and start < self.end


ALL_DAY = Span(0, DAY)


def clock(minutes: int) -> str:
    """Write minutes from midnight as a time of day.

    Examples
    --------
    >>> clock(570), clock(1440), clock(1530)
    ('9:30', '24:00', '25:30')
    """
    return f"{minutes // 60}:{minutes % 60:02d}"
