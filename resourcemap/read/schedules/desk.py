"""The desk where the phrases of a text are laid out: which hours belong to which days."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from resourcemap.model.schedule.days import (
    Holidays,
    MonthDays,
    Months,
    Moved,
    Nth,
    Obon,
    Period,
    Sometimes,
    Weekly,
    YearEnd,
    contains,
)
from resourcemap.model.schedule.schedule import Rule, Schedule
from resourcemap.model.schedule.spans import Span
from resourcemap.read.schedules.drafts import (
    DoubtError,
    Draft,
    Off,
    add_unit,
    both,
    narrowed,
    narrower,
    never,
    settle_often,
)
from resourcemap.read.schedules.rules import settled
from resourcemap.read.schedules.scope import (
    DAYLIKE,
    completed,
    glued,
    holiday_action,
    is_ahead,
    is_between,
    is_if_holiday,
    is_weekly,
    joined_offs,
    ranges_named,
    scope,
    sentences_of,
    weeks_joined,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resourcemap.read.schedules.walk import Phrase


class Desk:
    """Where the phrases of one text are laid out; phrases of `dropped` stay as they are written."""

    def __init__(self, dropped: dict[int, tuple[str, str] | None]) -> None:
        self.dropped = dropped
        self.doubtful: dict[int, tuple[str, str] | None] = {}
        self.drafts: list[Draft] = []
        self.offs: list[Off] = []
        self.remarks: list[str] = []
        self.entries: list[str] = []
        self.leftover: list[str] = []
        self.current: Draft | None = None
        self.ahead: list[Months | Period] = []
        self.sentence = 0
        self.last_was_off = False
        self.monthly = False
        self.holidays_too = False
        self.just_left = False
        self.after_other = False
        self.depth = 0
        self.inside: set[str] = set()
        self.kinds: set[str] = set()

    def take(self, sentences: list[list[Phrase]]) -> None:
        """Lay out sentences, one after the other; `doubtful` tells which had several readings."""
        for number, sentence in enumerate(sentences):
            self.sentence, self.current, self.depth = number, None, 0
            self.kinds = {phrase.kind for phrase in sentence}
            key = id(sentence[0])
            if key in self.dropped:
                self.leftover.append(whole(sentence))
                continue
            try:
                self._phrases(sentence, bracket=False)
            except DoubtError as doubt:
                self.doubtful[key] = doubt.conflict

    def _phrases(self, phrases: Sequence[Phrase], *, bracket: bool) -> None:
        at = 0
        while at < len(phrases):
            at = self._phrase(phrases, at, bracket=bracket)

    def _phrase(self, phrases: Sequence[Phrase], at: int, *, bracket: bool) -> int:
        """Lay out the phrase at a place, and return the place behind what was taken with it."""
        phrase = phrases[at]
        following = phrases[at + 1] if at + 1 < len(phrases) else None
        self.just_left = self.just_left and phrase.kind in ("other", "only")
        self.after_other = bool(at) and phrases[at - 1].kind == "other"
        if phrase.kind in DAYLIKE:
            return self._daylike(phrases, at, bracket=bracket)
        if phrase.kind == "off":
            return self._off_ahead(phrases, at, bracket=bracket)
        if following is not None and self._pair(phrase, following):
            return at + 2
        if phrase.kind == "group" and following is not None and self._heads(phrase, following):
            self._on([*phrase.value], bracket=False, hours_follow=True)
        elif phrase.kind == "spans":
            self._spans(phrase, bracket=bracket)
        else:
            self._single(phrase)
        return at + 1

    def _pair(self, phrase: Phrase, following: Phrase) -> bool:
        """Take two phrases that are one: 受付12時半〜, 14時受付, 12:00〜13:00を除く."""
        behind = following.glue in ("", "topic")
        if {phrase.kind, following.kind} == {"entry", "spans"} and (behind or phrase.kind == "entry"):
            self.entries.append(phrase.text + glued(following))
            return True
        if phrase.kind == "spans" and following.kind == "off" and behind:
            self._break(phrase)
            return True
        return False

    def _heads(self, group: Phrase, following: Phrase) -> bool:
        """Tell whether brackets stand for days that hours follow: （火）10:00〜12:00（木）13:30〜15:30."""
        waits = self.current is None or bool(self.current.spans)
        return waits and following.kind == "spans" and len(group.value) == 1 and is_weekly(group.value[0])

    def _single(self, phrase: Phrase) -> None:
        if phrase.kind not in self._takers:
            raise DoubtError(_clash(phrase))
        self._takers[phrase.kind](self, phrase)

    def _remark(self, phrase: Phrase) -> None:
        # 土曜午後・日曜休み: half a day cannot be taken out.
        if phrase.name == "vague" and "off" in self.kinds and phrase.glue in ("", "of", "topic"):
            raise DoubtError
        self.remarks.append(phrase.text)

    def _leave(self, phrase: Phrase) -> None:
        """Leave a phrase as written, in one piece with the one before where that was left as well."""
        # A code for how often, such as 5（水）, changes what the rest means.
        if phrase.text.isdigit() and not self.just_left and not self.drafts:
            raise DoubtError
        if self.leftover and self.just_left and (phrase.kind == "only" or not phrase.between.strip()):
            self.leftover[-1] += glued(phrase)
        else:
            self.leftover.append(glued(phrase).strip() if phrase.kind == "only" else phrase.text)
        self.just_left = True

    def _group(self, group: Phrase) -> None:
        if any(phrase.name == "choice" for phrase in group.value):
            raise DoubtError
        before = self.current
        self.depth += 1
        sentences = sentences_of(group.value)
        for sentence in sentences:
            self.current, self.inside = before, {phrase.kind for phrase in sentence}
            key = id(sentence[0])
            if key in self.dropped:
                self.leftover.append(group.text if len(sentences) == 1 else whole(sentence))
                continue
            try:
                self._phrases(sentence, bracket=True)
            except DoubtError as doubt:
                if doubt.conflict and self.depth == 1:
                    raise
                self.doubtful[key] = None
        self.depth -= 1
        if before is not None and before.hours_first and before.has_days:
            before.closed = True
        self.current = before

    # Days

    def _daylike(self, phrases: Sequence[Phrase], at: int, *, bracket: bool) -> int:
        end = at
        while end < len(phrases) and phrases[end].kind in DAYLIKE:
            end += 1
        run = completed(phrases, at, end)
        end += run[-1] is not phrases[end - 1]
        if self._closed_list(run, phrases, end, bracket=bracket):
            return self._daylike(phrases, end + 1, bracket=bracket)
        following = phrases[end] if end < len(phrases) else None
        if following is not None and following.kind == "off" and not is_ahead(phrases, end):
            on, off = scope(run, following, others=any(draft.has_days for draft in self.drafts))
            if on:
                self._on(on, bracket=bracket, hours_follow=False)
            if is_between(phrases, end):
                self._off(off, house=False, bracket=True, behind=0)
            else:
                self._off(off, house=following.house, bracket=bracket)
            return end + 1
        if following is not None and following.kind == "if_holiday" and self._is_said(run):
            return end
        only = following is not None and following.kind == "only"
        behind = phrases[end + only] if end + only < len(phrases) else None
        hours_follow = behind is not None and behind.kind == "spans"
        parts = _seasons(run)
        for number, part in enumerate(parts):
            self.current = None if number else self.current
            if behind is not None and behind.name == "too":
                part[-1] = part[-1]._replace(topic=False)
            self._on(part, bracket=bracket, hours_follow=hours_follow)
        self._share(len(parts))
        return end + only

    def _share(self, count: int) -> None:
        """Let drafts for seasons that were listed together have the hours in common that follow them."""
        if count > 1 and self.current is not None:
            self.current.siblings = [draft for draft in self.drafts[-count:] if draft is not self.current]
            for draft in self.drafts[1 - count :]:
                draft.spans += self.drafts[-count].spans

    def _closed_list(self, run: list[Phrase], phrases: Sequence[Phrase], at: int, *, bracket: bool) -> bool:
        """Read the first part of 月曜（祝日の場合は翌日）・年末年始休館, which is closed as the last part is."""
        if at + 1 >= len(phrases) or not is_if_holiday(phrases[at]) or phrases[at + 1].kind not in DAYLIKE:
            return False
        end = at + 1
        while end < len(phrases) and phrases[end].kind in DAYLIKE:
            end += 1
        end += completed(phrases, at + 1, end)[-1] is not phrases[end - 1]
        if phrases[at + 1].glue not in ("tight", "loose") or end == len(phrases) or phrases[end].kind != "off":
            return False
        self._off(run, house=phrases[end].house, bracket=bracket)
        self._group(phrases[at])
        return True

    def _is_said(self, run: list[Phrase]) -> bool:
        """Tell whether days repeat those just said: 月曜休館（月曜が祝日の場合は翌日）."""
        draft = self.current or (self.drafts[-1] if self.drafts else None)
        said = self.offs[-1].days if self.last_was_off and self.offs else draft.units if draft is not None else []
        days = {weekday for unit in said if isinstance(unit, Weekly | Nth) for weekday in unit.weekdays}
        return all(isinstance(each, Weekly) and set(each.weekdays) <= days for phrase in run for each in phrase.value)

    def _off_ahead(self, phrases: Sequence[Phrase], at: int, *, bracket: bool) -> int:
        """Read days behind the word that takes them out: 定休日:水."""
        end = at + 1
        while end < len(phrases) and (phrases[end].kind in DAYLIKE or (end > at + 1 and is_if_holiday(phrases[end]))):
            start = end
            while end < len(phrases) and phrases[end].kind in DAYLIKE:
                end += 1
            if end > start:
                run = completed(phrases, start, end)
                end += run[-1] is not phrases[end - 1]
                self._off(run, house=phrases[at].house, bracket=bracket)
            else:
                self._group(phrases[end])
                end += 1
        if end == at + 1:
            raise DoubtError
        # 除く祝日休み says it twice.
        return end + (end < len(phrases) and phrases[end].kind == "off")

    def _off(self, run: list[Phrase], *, house: bool, bracket: bool, behind: int | None = None) -> None:
        days = [each for phrase in ranges_named(run) for each in phrase.value]
        for phrase in run:
            if phrase.name == "one_day" and not house:
                raise DoubtError
        place = len(self.drafts) if behind is None else behind
        self.offs.append(Off(joined_offs(run, days), house, self.sentence, bracket, place))
        self.last_was_off = True

    def _on(self, run: list[Phrase], *, bracket: bool, hours_follow: bool) -> None:
        run = weeks_joined(run)
        self.last_was_off = False
        if any(isinstance(each, YearEnd | Obon) for phrase in run for each in phrase.value):
            raise DoubtError
        if bracket and not hours_follow and self.current is not None and self.current.has_days:
            self._restate(run)
            return
        if bracket and hours_follow and any(phrase.kind == "within" for phrase in run):
            raise DoubtError
        days = [phrase for phrase in run if phrase.kind == "days"]
        within = [each for phrase in run if phrase.kind == "within" for each in phrase.value]
        if not days and not (self.current and self.current.has_days and not self.current.spans):
            self._within_alone(run, within, bracket=bracket)
            return
        draft = self._draft_for_days(bracket=bracket and hours_follow)
        # 8/1〜8/5、8/10 are days side by side; 8/1〜8/31の8/10 is one day.
        dated = any(phrase.name == "dates" and phrase.glue != "of" for phrase in days)
        whole = [each for each in within if dated and isinstance(each, Period) and each.first and each.last]
        draft.within += [*self.ahead, *(each for each in within if each not in whole)]
        draft.units += whole
        self.ahead = []
        self._units(draft, days)
        if (bracket and hours_follow and days) or (days and days[-1].topic and hours_follow):
            self._override(draft)

    def _within_alone(self, run: list[Phrase], within: list[Months | Period], *, bracket: bool) -> None:
        whole = [each for each in within if isinstance(each, Period) and each.first and each.last]
        if bracket and self.current is not None:
            self.current.within += within
        elif whole and len(whole) == len(within) and all(phrase.name == "period" for phrase in run):
            draft = self._draft_for_days(bracket=False)
            draft.units += whole
            draft.texts += [phrase.text for phrase in run]
        else:
            self.ahead += within

    def _draft_for_days(self, *, bracket: bool) -> Draft:
        current = self.current
        if bracket or current is None or current.closed or (current.spans and not current.hours_first):
            last = self.drafts[-1] if self.drafts and current is None else None
            if last is not None and last.hours_first and not last.has_days and not bracket:
                self.current = last
                return last
            self.current = Draft(self.sentence, bracketed=bracket)
            self.drafts.append(self.current)
        assert self.current is not None  # noqa: S101
        return self.current

    def _units(self, draft: Draft, days: list[Phrase]) -> None:
        for place, phrase in enumerate(days):
            before = days[place - 1] if place else None
            if before is not None and before.name == "nth" and phrase.name == "" and phrase.glue != "space":
                raise DoubtError
            if before is not None and before.name == "nth" and phrase.name == "" and is_weekly(phrase):
                raise DoubtError
            if phrase.name == "free" and len(days) > 1 and place + 1 < len(days) and days[place + 1].glue != "tight":
                raise DoubtError
            if phrase.name == "weeks":
                raise DoubtError
            if phrase.name == "one_day" and not self._monthly_said(days, draft):
                raise DoubtError
            self.monthly = self.monthly or phrase.name == "monthly"
            draft.texts.append(phrase.text)
            if phrase.name == "working":
                # Its holidays are taken out of these days alone: 平日・土曜.
                draft.workdays = draft.workdays or phrase.value[0]
                draft.units += [] if draft.workdays in draft.units else [draft.workdays]
                continue
            for unit in phrase.value:
                add_unit(draft, unit)
        if draft.often is not None and draft.units:
            settle_often(draft)

    def _monthly_said(self, days: list[Phrase], draft: Draft) -> bool:
        if any(phrase.name == "monthly" for phrase in days) or self.monthly:
            return True
        return draft.often is not None and draft.often.per == "month"

    def _restate(self, run: list[Phrase]) -> None:
        """Read days in brackets behind days: they narrow them, repeat them, or contradict them."""
        draft = self.current
        assert draft is not None  # noqa: S101
        if run[-1].topic or "other" in self.inside or len({phrase.kind for phrase in run}) > 1:
            raise DoubtError
        for phrase in run:
            if phrase.kind == "within":
                draft.within += phrase.value
                continue
            if draft.often is not None and not draft.units:
                if phrase.name == "weeks":
                    raise DoubtError
                self._units(draft, [phrase])
                continue
            workdays = draft.workdays is not None and len(draft.units) == 1
            draft.units = narrowed(draft, phrase)
            if workdays and len(draft.units) == 1 and isinstance(draft.units[0], Weekly):
                draft.workdays = draft.units[0]

    def _override(self, draft: Draft) -> None:
        """Take the days of a draft out of the drafts before it: 毎日9時〜17時（水曜は12時まで）."""
        for earlier in self.drafts:
            if earlier is draft or earlier.sentence != draft.sentence:
                continue
            for unit in draft.units:
                if not earlier.has_days:
                    earlier.without.append(unit)
                elif isinstance(unit, Holidays):
                    closed = never(earlier)
                    earlier.without.append(unit)
                    draft.without += [Weekly(closed)] if closed else []
                elif any(contains(each, unit) and each != unit for each in earlier.units):
                    earlier.without.append(unit)

    # Hours

    def _spans(self, phrase: Phrase, *, bracket: bool) -> None:
        span: Span = phrase.value[0]
        self.last_was_off = False
        draft = self.current
        if draft is None:
            self._spans_of_all(span)
            return
        if self.after_other and draft.spans:
            raise DoubtError
        if bracket and draft.spans and not draft.bracketed:
            if not self.inside <= {"spans", "remark", "entry"}:
                raise DoubtError
            draft.spans, draft.narrowed = narrower(draft, span, phrase.text), True
            return
        if draft.closed or (draft.hours_first and draft.has_days):
            self._hours_first(span)
            return
        for sibling in draft.siblings:
            sibling.spans.append(span)
        draft.spans.append(self._with_start(span, draft) if phrase.text.endswith("まで") else span)

    def _break(self, phrase: Phrase) -> None:
        """Take a break out of the hours: 9:00〜17:00（12:00〜13:00を除く）."""
        draft, pause = self.current, phrase.value[0]
        if draft is None or pause.start is None or pause.end is None:
            raise DoubtError
        for span in draft.spans:
            if span.start is not None and span.end is not None and span.start < pause.start and pause.end < span.end:
                halves = [Span(span.start, pause.start), Span(pause.end, span.end)]
                draft.spans = [each for each in draft.spans if each != span] + halves
                return
        raise DoubtError

    def _spans_of_all(self, span: Span) -> None:
        """Give hours that stand alone to the days before that have none, or keep them for the days to come."""
        waiting = []
        for draft in reversed(self.drafts):
            if draft.spans or not draft.has_days:
                break
            waiting.append(draft)
        for draft in waiting:
            draft.spans.append(span)
        if not waiting and len(self.drafts) == 1 and self.drafts[0].has_days:
            self._more_spans(self.drafts[0], span)
            return
        if waiting:
            self.current = waiting[0]
            return
        self._hours_first(span)

    def _hours_first(self, span: Span) -> None:
        self.current = Draft(self.sentence, hours_first=True, spans=[span], within=self.ahead)
        self.ahead = []
        self.drafts.append(self.current)

    def _more_spans(self, draft: Draft, span: Span) -> None:
        """Add hours of a sentence of their own: 10時〜／14時〜."""
        if span in draft.spans:
            return
        if any(each.end is not None and (span.start or 0) < each.end for each in draft.spans):
            raise DoubtError
        draft.spans.append(span)

    def _with_start(self, span: Span, draft: Draft) -> Span:
        """Give 土曜は正午まで the start of the hours before it."""
        if span.start is not None or draft.spans or span.end is None:
            return span
        before = [each for earlier in self.drafts if earlier is not draft for each in earlier.spans]
        starts = {each.start for each in before if each.start is not None}
        return Span(starts.pop(), span.end) if len(starts) == 1 and min(starts) < span.end else span

    def _minutes(self, phrase: Phrase) -> None:
        minutes: int = phrase.value[0]
        draft = self.current or (self.drafts[-1] if self.drafts else None)
        if draft is None or not minutes:
            self.remarks.append(phrase.text)
            return
        last = draft.spans[-1] if draft.spans else None
        if last is None:
            draft.minutes = minutes
        elif last.end is None and last.start is not None:
            draft.spans[-1] = Span(last.start, last.start + minutes)
        elif last.start is None or last.end is None or last.end - last.start != minutes:
            self.remarks.append(phrase.text)

    # How often, and holidays

    def _often(self, phrase: Phrase) -> None:
        often: Sometimes = phrase.value[0]
        self.last_was_off = False
        self.monthly = self.monthly or often.per == "month"
        draft = self.current
        if draft is None or draft.spans or draft.closed:
            if draft is not None and draft.hours_first and not draft.has_days:
                draft.often = often
                return
            self.current = Draft(self.sentence, often=often, texts=[phrase.text])
            self.current.within += self.ahead
            self.ahead = []
            self.drafts.append(self.current)
            return
        if draft.often is not None and draft.often != often:
            draft.often = both(draft.often, often)
            return
        draft.often = often
        if draft.units and all(isinstance(unit, Period) for unit in draft.units):
            draft.within += [unit for unit in draft.units if isinstance(unit, Period)]
            draft.units = []
        if draft.units:
            settle_often(draft)

    def _if_holiday(self, phrase: Phrase) -> None:
        action = holiday_action(phrase.text)
        closed = any(word in phrase.text for word in ("休", "閉")) and action != "closed"
        if self.last_was_off:
            if action == "closed" or not self.offs:
                raise DoubtError
            off = self.offs[-1]
            to = "nowhere" if action == "open" else action
            off.days = [Moved(each, to) if isinstance(each, Weekly | Nth | MonthDays) else each for each in off.days]  # type: ignore[arg-type]
            return
        draft = self.current or (self.drafts[-1] if self.drafts else None)
        if draft is None or closed:
            raise DoubtError
        if action == "closed":
            draft.without.append(Holidays())
        elif action == "open":
            self._holiday_too(phrase)
        elif draft.units:
            draft.workdays = None
            draft.units = [unit if isinstance(unit, Moved) else Moved(unit, action) for unit in draft.units]  # type: ignore[arg-type]
        else:
            raise DoubtError

    def _holiday_too(self, phrase: Phrase) -> None:
        self.holidays_too = True
        self.remarks.append(phrase.text)

    _takers: ClassVar[dict[str, Callable[[Desk, Phrase], None]]] = {
        "group": _group,
        "often": _often,
        "minutes": _minutes,
        "if_holiday": _if_holiday,
        "holiday_too": _holiday_too,
        "other": _leave,
        "only": _leave,
        "remark": _remark,
        "entry": _remark,
    }

    def schedule(self) -> Schedule:
        """Return the schedule that lies on the desk."""
        for draft in self.drafts:
            draft.workdays = None if self.holidays_too else draft.workdays
        rules = settled(self.drafts, self.offs)
        if self.ahead:
            if rules:
                raise DoubtError
            rules = [Rule(Sometimes(), within=tuple(dict.fromkeys(self.ahead)))]
        asked = [rule for rule in rules if _is_asked(rule)]
        remarks, leftover = self.remarks, self.leftover
        if asked and len(asked) < len(rules):
            rules = [rule for rule in rules if rule not in asked]
            remarks = [*remarks, "要問合せ"]
        if any(rule.spans for rule in rules):
            remarks = [*remarks, *self.entries]
        else:
            leftover = [*leftover, *self.entries]
        return Schedule(
            tuple(dict.fromkeys(rules)),
            tuple(dict.fromkeys(remarks)),
            " ".join(" ".join(leftover).split()),
            tuple(conflict for conflict in self.dropped.values() if conflict),
        )


def _seasons(run: list[Phrase]) -> list[list[Phrase]]:
    """Part 奇数月は第2木曜、偶数月は第4木曜 into seasons with their days."""
    seasons = sum(phrase.kind == "within" for phrase in run)
    if seasons < 2 or run[-1].kind == "within" or run[0].kind == "days":
        if seasons > 1 and any(phrase.kind == "days" for phrase in run):
            raise DoubtError
        return [run]
    parts: list[list[Phrase]] = []
    for before, phrase in zip([None, *run], run, strict=False):
        if before is None or (phrase.kind == "within" and before.kind == "days"):
            parts.append([])
        parts[-1].append(phrase)
    return parts


def _is_asked(rule: Rule) -> bool:
    return isinstance(rule.days, Sometimes) and rule.days.word == "ask" and not rule.days.per


def _clash(phrase: Phrase) -> tuple[str, str] | None:
    return (phrase.text, phrase.value[0]) if phrase.name == "clash" else None
