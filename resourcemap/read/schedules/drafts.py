"""Rules in the making, and all else that was read of a text so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from resourcemap.model.schedule.days import Days, Months, Period, Sometimes, Weekly
    from resourcemap.model.schedule.spans import Span

# Phrases that stay as written, by the id of the first one of a sentence, and what they contradict.
Doubts: TypeAlias = "dict[int, tuple[str, str] | None]"


class DoubtError(Exception):
    """Something here has several readings; nothing near it may become a rule."""

    def __init__(self, conflict: tuple[str, str] | None = None) -> None:
        super().__init__()
        self.conflict = conflict


@dataclass(slots=True)
class Draft:
    """A rule in the making: days and hours that belong together."""

    sentence: int
    units: list[Days] = field(default_factory=list)
    often: Sometimes | None = None
    spans: list[Span] = field(default_factory=list)
    within: list[Months | Period] = field(default_factory=list)
    without: list[Days] = field(default_factory=list)
    minutes: int | None = None
    hours_first: bool = False
    narrowed: bool = False
    closed: bool = False
    bracketed: bool = False
    siblings: list[Draft] = field(default_factory=list)
    workdays: Weekly | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def has_days(self) -> bool:
        """Whether something was said about its days."""
        return bool(self.units or self.often)


@dataclass(slots=True)
class Off:
    """Days that are taken out, and where that was said."""

    days: list[Days]
    house: bool
    sentence: int
    bracketed: bool
    behind: int


@dataclass(slots=True)
class Reading:
    """What was read of a text so far, and where in it the reader stands.

    Parameters
    ----------
    dropped, doubtful
        Sentences that stay as written, and those that turned out to have several readings.
    drafts, offs, remarks, leftover
        What was found: rules, exceptions, remarks, and what was not understood.
    entries
        Hours at which people are let in; they are remarks where other hours are known.
    current
        The draft that further days and hours belong to.
    ahead
        Periods before the days that they bound.
    depth, sentence, kinds, inside
        How many brackets are open, which sentence it is, and the kinds of phrases in it and in the bracket.
    last_was_off, after_other, just_left
        Of the phrase before: whether it took days out, was not understood, or was left as written.
    monthly, holidays_too
        Whether the text speaks of months, so that 10日 is a day of each, and whether it takes place on holidays.
    """

    dropped: Doubts
    doubtful: Doubts = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    offs: list[Off] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    leftover: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    current: Draft | None = None
    ahead: list[Months | Period] = field(default_factory=list)
    depth: int = 0
    sentence: int = 0
    kinds: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    last_was_off: bool = False
    after_other: bool = False
    just_left: bool = False
    monthly: bool = False
    holidays_too: bool = False

    @property
    def latest(self) -> Draft | None:
        """The current draft, or else the last one."""
        return self.current or (self.drafts[-1] if self.drafts else None)

    def begin(self, draft: Draft) -> Draft:
        """Add a draft and make it the current one."""
        self.current = draft
        self.drafts.append(draft)
        return draft

    def take_ahead(self) -> list[Months | Period]:
        """Return the periods said ahead, which from now on belong to a draft."""
        ahead, self.ahead = self.ahead, []
        return ahead
