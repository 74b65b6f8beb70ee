"""Hours, in drafts: which days they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.schedule.spans import Span
from resourcemap.read.schedules.drafts import DoubtError, Draft, Reading

if TYPE_CHECKING:
    from resourcemap.read.schedules.phrase import Phrase


def take_hours(reading: Reading, phrase: Phrase, *, bracket: bool) -> None:
    """Give hours to the current draft, or to the days that wait for some."""
    span: Span = phrase.value[0]
    reading.last_was_off = False
    draft = reading.current
    if draft is None:
        _hours_alone(reading, span)
        return
    if reading.after_other and draft.spans:
        raise DoubtError
    if bracket and draft.spans and not draft.bracketed:
        if not reading.inside <= {"spans", "remark", "entry"}:
            raise DoubtError
        draft.spans, draft.narrowed = _narrower(draft, span, phrase.text), True
        return
    if draft.closed or (draft.hours_first and draft.has_days):
        _hours_before_days(reading, span)
        return
    for sibling in draft.siblings:
        sibling.spans.append(span)
    draft.spans.append(_with_start(reading, span, draft) if phrase.text.endswith("まで") else span)


def _hours_alone(reading: Reading, span: Span) -> None:
    """Give hours that stand alone to the days before that have none, or keep them for the days to come."""
    waiting = []
    for draft in reversed(reading.drafts):
        if draft.spans or not draft.has_days:
            break
        waiting.append(draft)
    for draft in waiting:
        draft.spans.append(span)
    if waiting:
        reading.current = waiting[0]
    elif len(reading.drafts) == 1 and reading.drafts[0].has_days:
        _more_hours(reading.drafts[0], span)
    else:
        _hours_before_days(reading, span)


def _hours_before_days(reading: Reading, span: Span) -> None:
    reading.begin(Draft(reading.sentence, hours_first=True, spans=[span], within=reading.take_ahead()))


def _more_hours(draft: Draft, span: Span) -> None:
    """Add hours of a sentence of their own: 10時〜／14時〜."""
    if span in draft.spans:
        return
    if any(each.end is not None and (span.start or 0) < each.end for each in draft.spans):
        raise DoubtError
    draft.spans.append(span)


def _with_start(reading: Reading, span: Span, draft: Draft) -> Span:
    """Give 土曜は正午まで the start of the hours before it."""
    if span.start is not None or draft.spans or span.end is None:
        return span
    before = [each for earlier in reading.drafts if earlier is not draft for each in earlier.spans]
    starts = {each.start for each in before if each.start is not None}
    return Span(starts.pop(), span.end) if len(starts) == 1 and min(starts) < span.end else span


def take_break(reading: Reading, phrase: Phrase) -> None:
    """Take a break out of the hours: 9:00〜17:00（12:00〜13:00を除く）."""
    draft, pause = reading.current, phrase.value[0]
    if draft is None or pause.start is None or pause.end is None:
        raise DoubtError
    for span in draft.spans:
        if span.start is not None and span.end is not None and span.start < pause.start and pause.end < span.end:
            halves = [Span(span.start, pause.start), Span(pause.end, span.end)]
            draft.spans = [each for each in draft.spans if each != span] + halves
            return
    raise DoubtError


def take_minutes(reading: Reading, phrase: Phrase) -> None:
    """Give how long it takes to the latest draft: 10時から90分."""
    minutes: int = phrase.value[0]
    draft = reading.latest
    if draft is None or not minutes:
        reading.remarks.append(phrase.text)
        return
    last = draft.spans[-1] if draft.spans else None
    if last is None:
        draft.minutes = minutes
    elif last.end is None and last.start is not None:
        draft.spans[-1] = Span(last.start, last.start + minutes)
    elif last.start is None or last.end is None or last.end - last.start != minutes:
        reading.remarks.append(phrase.text)


def _narrower(draft: Draft, span: Span, text: str) -> list[Span]:
    """Return the hours that remain when hours in brackets follow them."""
    if span in draft.spans:
        return draft.spans
    if len(draft.spans) == 1 and draft.spans[0].end is None and draft.spans[0].start == span.start:
        return [span]
    start, end = span.start, span.end
    inside = any(
        each.start is not None and each.end is not None and start is not None and end is not None
        and each.start <= start and end <= each.end
        for each in draft.spans
    )  # fmt: skip
    if draft.narrowed:
        return [*draft.spans, span]
    if not inside:
        raise DoubtError(("、".join(_hours_said(each) for each in draft.spans), text))
    return [span]


def _hours_said(span: Span) -> str:
    return f"{_clock(span.start)}~{_clock(span.end)}"


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02d}"
