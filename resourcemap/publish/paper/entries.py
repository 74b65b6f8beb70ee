"""What paper says of each resource, as finished texts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.model.schedule.schedule import Schedule
from resourcemap.model.schedule.wording import WORDED, worded
from resourcemap.model.tables import EXACT
from resourcemap.publish.ages import ages
from resourcemap.publish.cells import cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.catalog import Entry as Term
    from resourcemap.model.consent import Released
    from resourcemap.publish.paper.places import Places


@dataclass(frozen=True)
class Entry:
    """What is said of one row; a text is empty where nothing is known.

    Parameters
    ----------
    row
        Its label in the released table.
    id, kind, name, kana, provider, venue, address, audience, capacity, cost, how_to_join, phone, url, description
        Of the row, as people wrote it; ``address`` of a visiting service is where it comes to.
    number
        The number of its place; missing for a row without a point, or without numbers.
    kind_label
        The kind in the language asked for.
    place
        One of `resourcemap.model.tables.PLACES`.
    when
        The schedule in the language asked for where it was wholly understood, else as people wrote it, with the first
        day where it has not begun yet and the last day where it ends; where nothing is written, these days alone.
    as_written
        Whether `when` is what people wrote, in Japanese.
    suspended
        Whether it does not meet now.
    rough
        Whether no more than the block of its place is known.
    languages, facilities
        In words.
    checked
        The day of the last check, ``2026/4/1``; empty where not all of it was ever checked.
    stale
        Whether the next check is due.
    """

    row: Any
    id: str
    number: int | None
    kind: str
    kind_label: str
    name: str
    kana: str
    provider: str
    venue: str
    address: str
    place: str
    when: str
    as_written: bool
    suspended: bool
    rough: bool
    audience: str
    capacity: str
    cost: str
    how_to_join: str
    phone: str
    url: str
    languages: str
    facilities: str
    description: str
    checked: str
    stale: bool

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values for a template, without the label of its row."""
        return {name: value for name, value in asdict(self).items() if name != "row"}


def entries(
    released: Released,
    *,
    catalog: Catalog,
    schedules: pd.Series | None = None,
    language: str = "ja",
    as_of: date | None = None,
    places: Places | None = None,
    rows: pd.Index | None = None,
) -> list[Entry]:
    """Write released rows as paper shows them: by number, then by kind, kana or name; those without a number last.

    Every row is in it once.

    Parameters
    ----------
    released
        What the gate let through.
    catalog
        The kinds, audiences and facilities with their labels.
    schedules
        The schedule of each row, read from the text that is shown; without it schedules stay as written.
    language
        One of `resourcemap.model.catalog.LANGUAGES`. What people wrote is not translated.
    as_of
        The day from which checks are judged; without it nothing is said of them.
    places
        The numbers of the places, of at least these rows.
    rows
        The labels of the rows wanted, all unless given.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["サロン", "カフェ"], "kind": ["salon", "cafe"],
    ...     "place": "venue", "status": "active", "schedule": "毎週水曜", "channels": "paper"},
    ...     geometry=[None, None], crs="EPSG:4326")
    >>> [(each.name, each.kind_label, each.when) for each in entries(release(salons, "paper"), catalog=load_catalog())]
    [('サロン', 'サロン', '毎週水曜'), ('カフェ', 'コミュニティカフェ', '毎週水曜')]
    """
    shown = released if rows is None else released.only(rows)
    found = ages(shown, catalog, as_of)
    numbers = {} if places is None else places.numbers.dropna().to_dict()
    writer = _Writer(catalog, language, schedules, numbers, as_of)
    made = [
        writer.entry(label, row, age)
        for label, row, age in zip(
            shown.table.index,
            pd.DataFrame(shown.table).to_dict("records"),
            found.to_dict("records"),
            strict=True,
        )
    ]
    order = {kind: position for position, kind in enumerate(catalog.kinds)}
    return sorted(
        made,
        key=lambda each: (
            each.number is None,
            each.number or 0,
            order.get(each.kind, len(order)),
            each.kana or each.name,
        ),
    )


@dataclass(frozen=True)
class _Writer:
    catalog: Catalog
    language: str
    schedules: pd.Series | None
    numbers: Mapping[Any, int]
    as_of: date | None

    def entry(self, label: Any, row: Mapping[str, Any], age: Mapping[str, Any]) -> Entry:
        """Write one row."""
        when, as_written = self._when(label, row)
        number = self.numbers.get(label)
        checked = age["checked_on"]
        return Entry(
            row=label,
            id=_text(row, "resource_id"),
            number=None if number is None else int(number),
            kind=row["kind"],
            kind_label=self._label(self.catalog.kinds, row["kind"]),
            **{name: _text(row, name) for name in _AS_WRITTEN},
            venue=_text(row, "venue"),
            address=_text(row, "serves" if row.get("place") == "served_area" else "address"),
            place=_text(row, "place"),
            when=when,
            as_written=as_written,
            suspended=row["status"] == "suspended",
            rough=number is not None and row.get("located", EXACT[0]) not in EXACT,
            audience=self._audience(row),
            languages="・".join(_parts(_text(row, "languages"))),
            facilities="・".join(
                self._label(self.catalog.facilities, each) for each in _parts(_text(row, "facilities"))
            ),
            checked="" if pd.isna(checked) else f"{checked.year}/{checked.month}/{checked.day}",
            stale=bool(age["stale"]),
        )

    def _when(self, label: Any, row: Mapping[str, Any]) -> tuple[str, bool]:
        """Return the schedule, and whether it stands as people wrote it."""
        text, first, last = (_text(row, name) for name in ("schedule", "valid_from", "valid_to"))
        if not text:
            return (first if first == last else f"{first}～{last}"), False
        worded_, as_written = self._schedule(label, text)
        # What has not begun yet, or ends, is no regular thing.
        begins = "" if self.as_of is None or first <= self.as_of.isoformat() else first
        return (f"{worded_}（{begins}～{last}）" if begins or last else worded_), as_written

    def _schedule(self, label: Any, text: str) -> tuple[str, bool]:
        schedule = None if self.schedules is None else self.schedules.get(label)
        if self.language in WORDED and isinstance(schedule, Schedule) and _is_wholly_known(schedule):
            return worded(schedule, self.language), False
        return text, True

    def _audience(self, row: Mapping[str, Any]) -> str:
        """Return whom it is for: as written in Japanese, by the catalogue in other languages."""
        written = _text(row, "audience_text")
        labels = [self._label(self.catalog.audiences, each) for each in _parts(_text(row, "audience"))]
        if written and (self.language == "ja" or not labels):
            return written
        return "・".join(labels)

    def _label(self, terms: Mapping[str, Term], id_: str) -> str:
        return terms[id_].label(self.language) if id_ in terms else id_


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None or pd.isna(value) else cell(value) or ""


def _is_wholly_known(schedule: Schedule) -> bool:
    return bool(schedule.rules) and schedule.understood == "all" and not schedule.remarks


def _parts(ids: str) -> list[str]:
    return [part for each in ids.split(";") if (part := each.strip())]


_AS_WRITTEN = ("name", "kana", "provider", "capacity", "cost", "how_to_join", "phone", "url", "description")
