"""What somebody has chosen of the map, and how a link of the map says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from resourcemap.errors import QuestionError, unknown
from resourcemap.language import either

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SINCE = (3, 6, 12)
_PASSING = ("today", "now")
_TIME = re.compile(r"(?:(\d{1,2}):(\d\d))?-(?:(\d{1,2}):(\d\d))?", re.ASCII)
_DAY = 24 * 60


@dataclass(frozen=True)
class Choice:
    """What is asked for: one of the choices of a group is enough, and every group must fit. Without any, all rows.

    Parameters
    ----------
    words
        Words that must all be found somewhere in a row.
    kinds, audiences, facilities
        Ids of the catalogue.
    languages_spoken
        Languages in which people are spoken to there, as the table writes them.
    days
        ``"mon"`` to ``"sun"``. ``"today"`` and ``"now"`` are for a screen alone: paper stays.
    time
        Two times of the day such as ``"14:00-16:00"``; either may be missing.
    unknown
        Whether those come along of which it is not known whether they fit the days and the time.
    since
        Only what was wholly checked within so many months: 3, 6 or 12.
    area
        A system of areas and the id of an area in it, or ``None`` for the whole system, which leaves nothing out.

    Raises
    ------
    QuestionError
        For a day, a time or months that cannot be.

    Examples
    --------
    >>> Choice(kinds=("salon",), time="14:00-").minutes, Choice().is_empty
    ((840, None), True)
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    facilities: tuple[str, ...] = ()
    languages_spoken: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    time: str = ""
    unknown: bool = False
    since: int | None = None
    area: tuple[str, str | None] | None = None

    def __post_init__(self) -> None:
        for day in self.days:
            if day in _PASSING:
                raise QuestionError(_passing(day))
            if day not in WEEKDAYS:
                raise QuestionError(unknown(either(ja="曜日", en="days"), day, WEEKDAYS))
        if self.since is not None and self.since not in SINCE:
            raise QuestionError(unknown(either(ja="確認した時期（か月）", en="months"), self.since, map(str, SINCE)))
        _minutes(self.time)

    @property
    def minutes(self) -> tuple[int | None, int | None]:
        """The time in minutes from midnight; ``None`` where it is open."""
        return _minutes(self.time)

    @property
    def asks_when(self) -> bool:
        """Whether days or a time are chosen."""
        return bool(self.days) or self.minutes != (None, None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is chosen, so that every row fits."""
        groups = (self.words.strip(), self.kinds, self.audiences, self.facilities, self.languages_spoken)
        in_area = self.area is not None and self.area[1] is not None
        return not (any(groups) or self.asks_when or self.since is not None or in_area)


def choice_of(link: str) -> Choice:
    """Read what a link of the map has chosen, or the part of it behind ``#``.

    It is the inverse of `resourcemap.publish.webmap.address.fragment`. What only concerns the screen (order, open
    card, language, view, layer) is passed over.

    Raises
    ------
    QuestionError
        For ``day=today`` and ``day=now``, and for a day, a time or months that cannot be: a map passes over what it
        does not know, and would print everything.

    Examples
    --------
    >>> choice_of("https://example.or.jp/map/#kind=salon,cafe&day=wed&area=%E5%9C%8F%E5%9F%9F~w1&view=map")
    Choice(words='', kinds=('salon', 'cafe'), audiences=(), facilities=(), languages_spoken=(), days=('wed',), \
time='', unknown=False, since=None, area=('圏域', 'w1'))
    """
    text = link.strip()
    _, mark, behind = text.partition("#")
    given = behind if mark else "" if "://" in text else text
    pairs = (part.partition("=") for part in given.split("&") if part)
    said = {key: unquote(value) for key, _, value in pairs}
    months = said.get("since", "")
    return Choice(
        words=said.get("q", "").strip(),
        kinds=_several(said.get("kind", "")),
        audiences=_several(said.get("for", "")),
        facilities=_several(said.get("with", "")),
        languages_spoken=_several(said.get("speak", "")),
        days=_several(said.get("day", "")),
        time=said.get("time", ""),
        unknown=said.get("unknown") == "1",
        since=_whole(months) if months else None,
        area=_area(said.get("area", "")),
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in text.split(",") if part))


def _whole(text: str) -> int:
    if re.fullmatch(r"\d{1,3}", text, re.ASCII):
        return int(text)
    raise QuestionError(unknown(either(ja="確認した時期（か月）", en="months"), text, map(str, SINCE)))


def _area(text: str) -> tuple[str, str | None] | None:
    system, within, area = text.partition("~")
    if not system:
        return None
    return system, area if within else None


def _minutes(time: str) -> tuple[int | None, int | None]:
    found = _TIME.fullmatch(time) if time else None
    if not time:
        return None, None
    start, end = (_minute(*found.group(*pair)) for pair in ((1, 2), (3, 4))) if found else (_DAY, 0)
    if (start or 0) >= _DAY or (end or 0) > _DAY or (start is not None and end is not None and start >= end):
        raise QuestionError(
            either(
                ja=f"時刻 {time!r} が読めません。14:00-16:00、14:00-、-12:00 のように書いてください。",
                en=f"The time {time!r} cannot be read. Write it like 14:00-16:00, 14:00- or -12:00.",
            )
        )
    return start, end


def _minute(hours: str | None, rest: str | None) -> int | None:
    return None if hours is None or rest is None else int(hours) * 60 + int(rest)


def _passing(day: str) -> str:
    return either(
        ja=f"「{day}」（今日・今）で選んだものは、紙やファイルにすると、すぐに合わなくなります。曜日で選び直してください。",
        en=f"What was chosen by {day!r} is soon wrong in a file or on paper. Choose days of the week.",
    )
