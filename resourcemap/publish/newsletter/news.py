"""What changed since the last issue, of rows that paper may name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resourcemap.publish.paper.entries import entries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.newsletter.words import Words
    from resourcemap.publish.paper.places import Places

# In the order in which they are told; `schedule` and `moved` say what was before.
SORTS = ("opened", "schedule", "moved", "suspended", "resumed", "closed")
_WORDS = {"suspended": "suspended_now"}


@dataclass(frozen=True)
class Change:
    """One piece of news.

    Parameters
    ----------
    what
        One of `SORTS`.
    row
        The label of its row: among those released today, or for what has closed among those of `Changes.ended`.
    before
        The label of its row of before in `Changes.then`, for ``schedule``.
    """

    what: str
    row: Any
    before: Any = None


@dataclass(frozen=True)
class Changes:
    """What changed since a day, and the tables that may be told from.

    Parameters
    ----------
    since
        The day of the last issue.
    found
        The news, in order.
    ended
        What could still be released today had it not ended.
    then, then_schedules
        What was released for the last issue, with the schedule of each row.
    untold
        How many changes may not be told.
    """

    since: date
    found: Sequence[Change]
    ended: Released = field(repr=False)
    then: Released = field(repr=False)
    then_schedules: pd.Series = field(repr=False)
    untold: int = 0

    def only(self, rows: pd.Index) -> Changes:
        """Return the same with the news of some rows."""
        return Changes(
            self.since,
            [each for each in self.found if each.row in rows],
            self.ended,
            self.then,
            self.then_schedules,
            self.untold,
        )


def news_of(
    released: Released,
    changes: Changes,
    *,
    catalog: Catalog,
    schedules: pd.Series,
    words: Words,
    places: Places,
) -> dict[str, Any]:
    """Write the news: ``since``, and per sort a ``label`` and its ``items`` (number, name, when, where, before).

    A text that is the same as before says nothing of what was before.
    """
    common: dict[str, Any] = {"catalog": catalog, "language": words.language}
    today = {each.row: each for each in entries(released, schedules=schedules, places=places, **common)}
    ended = {each.row: each for each in entries(changes.ended, **common)}
    then = {each.row: each for each in entries(changes.then, schedules=changes.then_schedules, **common)}
    groups = []
    for what in SORTS:
        items = []
        for change in changes.found:
            entry = (ended if what == "closed" else today).get(change.row)
            if change.what != what or entry is None:
                continue
            old = then.get(change.before)
            before = old.when if old is not None and what == "schedule" else ""
            items.append(
                {
                    "number": entry.number if what != "closed" else None,
                    "name": words.name(entry.name, entry.kana),
                    "when": entry.when if what in ("opened", "schedule", "resumed") else "",
                    "where": _where(entry.venue, entry.address) if what in ("opened", "moved") else "",
                    "before": words.plain("before", text=before) if before and before != entry.when else "",
                }
            )
        if items:
            groups.append({"what": what, "label": words.say(_WORDS.get(what, what)), "items": items})
    return {"since": words.say("news_since", date=words.day_with_year(changes.since)), "groups": groups}


def _where(venue: str, address: str) -> str:
    return venue if venue in (address, "") or not address else f"{venue}（{address}）"
