"""Resources from any file: one row per activity and place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.metres import LONLAT
from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent.persons import with_first_zero
from resourcemap.model.tables import RESOURCES, own_column
from resourcemap.read.alike import join_parts, with_alike
from resourcemap.read.aside import without_other_rows
from resourcemap.read.cells import is_blank
from resourcemap.read.consents import read_consents
from resourcemap.read.dates import read_date
from resourcemap.read.entries import left_aside
from resourcemap.read.formats import read_grids
from resourcemap.read.headings import check_column_names
from resourcemap.read.identity import is_identity, make_ids, tell_apart
from resourcemap.read.kinds import read_kinds
from resourcemap.read.mapping import choose_columns
from resourcemap.read.positions import read_points
from resourcemap.read.table import find_table
from resourcemap.read.values import (
    join_address,
    join_schedule,
    likely_place,
    meets_only_remotely,
    read_capacity,
    read_place,
    read_status,
    status_in_name,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    import numpy as np

    from resourcemap.model.catalog import Catalog
    from resourcemap.read.table import Table

_LATER = (
    *("venue_id", "located", "located_as", "located_note"),
    *("level", "matched", "leftover", "source", "bound_m"),
)
COLUMNS = tuple(column.name for column in RESOURCES if column.name not in _LATER)
_AS_WRITTEN = (
    *("name", "kana", "provider", "venue", "serves", "audience_text", "cost", "how_to_join", "phone", "url"),
    *("description", "languages", "contact", "email", "notes", "verified_by", "csw"),
    *("consent_by", "consent_form"),
)
_DATES = ("valid_from", "verified_on", "verified_place", "verified_schedule", "verified_contact")
# Parts that are joined, and ids that are kept: the column of ours in which their words are found again.
_READ_INTO = {
    **dict.fromkeys(("prefecture", "city", "address_rest", "building"), "address"),
    **dict.fromkeys(("days", "start", "end", "schedule_note"), "schedule"),
    "row_id": "resource_id",
}
_JOINED = ("address", "schedule")
_LINES = ("description", "notes")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")
_ABSENT = frozenset({"なし", "無し", "無"})


def read_resources(
    path: str | os.PathLike[str],
    *,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
    kind: str | None = None,
    consent: str | None = None,
    anywhere: bool = False,
    catalog: Catalog | None = None,
) -> gpd.GeoDataFrame:
    r"""Read resources from a spreadsheet, a CSV file or a file of shapes.

    The headings are found below titles and notes, under the names that offices use for them (columns.toml).
    Totals, repeated headings and notes below the table are left aside, and so is a cell that is not
    understood; ``attrs["left_aside"]`` lists them with the reason. A fault that would move or drop a
    resource raises an error instead. Ids depend on kind, name, provider, venue and address, not on the order
    of rows.

    Parameters
    ----------
    path
        The file, of any format in `resourcemap.read.formats`, or the folder of a data package of Open Referral.
    sheet
        The sheet or layer; when not given, the one whose headings say most, with the other sheets that have the
        same headings (one per area), unless their names say another year or a copy.
    columns
        The file's heading for columns of ours, where they are not found by themselves: ``{"name": "店の名"}``.
    kind
        The kind of all rows. It counts for files without a column of kinds; one that the file has is then
        kept under its own heading. Known forms (AED, 子ども食堂 ...) say their kind themselves.
    consent
        The consent of all rows of a file without such a column, such as 有 for published open data.
    anywhere
        Whether points outside Japan are meant.
    catalog
        The catalogue of kinds; the one of resourcemap when not given.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of the table of resources, except those that come with locating, then the file's other
        columns as ``own:heading``; so are cells that say more than was read of them (定員 20名程度). They never
        leave the office. Missing is ``None``; dates are `datetime.date`; a row without coordinates has no
        point. ``attrs["columns"]`` gives the file's heading for each column found, ``attrs["mapping"]`` every
        heading with how sure its meaning is (`resourcemap.read.mapping.Choice`).

    Raises
    ------
    InputError
        With every fault of the file: no column of names, kinds that are unknown, coordinates that cannot be.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "salons.csv"
    >>> text = "種類,名称,所在地,定員,最終確認日\nサロン,ひだまり,本町1-2,20名,令和8年3月1日\n合計,1件,,,\n"
    >>> _ = path.write_text(text, encoding="utf-8")
    >>> salons = read_resources(path)
    >>> salons[["name", "kind", "capacity", "place"]].values.tolist(), len(salons.attrs["left_aside"])
    ([['ひだまり', 'salon', 20, 'venue']], 1)
    """
    check_column_names(columns, "resources")
    known = catalog or load_catalog()
    asked = dict(columns or {})
    grids = read_grids(path, sheet=sheet)
    parts: list[gpd.GeoDataFrame] = []
    faults: list[str] = []
    for table, unread in with_alike(
        grids, *find_table(grids, "resources", needs=("name",), columns=asked), columns=asked
    ):
        try:
            parts.append(_resources_of(table, unread, known, asked, kind=kind, consent=consent, anywhere=anywhere))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return join_parts(parts)


def _resources_of(
    table: Table,
    unread: list[dict[str, Any]],
    known: Catalog,
    asked: Mapping[str, str],
    *,
    kind: str | None,
    consent: str | None,
    anywhere: bool,
) -> gpd.GeoDataFrame:
    """Read the resources of one sheet."""
    table, choices = choose_columns(table, asked)
    if kind is not None and "kind" not in asked:
        table = table.forgetting("kind")
        choices = [choice.unless("kind") for choice in choices]
    by_form = known.kind_of(table.kind) if kind is None and "kind" not in table.ours else None
    table, aside = without_other_rows(table)
    reader = _Reader(table, known, [*unread, *aside], consent_is_named="consent" in asked)
    faults = reader.faults_of_names()
    kinds, kind_faults = read_kinds(table, known, kind=kind or by_form)
    points, point_faults = read_points(table, anywhere=anywhere)
    if faults := [*faults, *kind_faults, *point_faults]:
        raise InputError(faults)
    resources = reader.resources(kinds, points, consent)
    resources.attrs["mapping"] = [choice.as_data() for choice in choices]
    if by_form:
        resources.attrs["columns"]["kind"] = either(ja=f"書式（{table.kind}）", en=f"the form ({table.kind})")
    return resources


class _Reader:
    """Reads the cells of one table, and notes those it does not understand."""

    def __init__(self, table: Table, catalog: Catalog, aside: list[dict[str, Any]], *, consent_is_named: bool) -> None:
        self.table = table
        self.catalog = catalog
        self.aside = aside
        self.consent_is_named = consent_is_named

    def faults_of_names(self) -> list[str]:
        table = self.table
        if not table.rows:
            return [
                either(
                    ja=f"{table.where}: 見出しの下に行がありません。地域資源を1行に1件ずつ書いてください。",
                    en=f"{table.where}: has no rows below its headings. Write one resource per row.",
                )
            ]
        empty = [number for number, name in zip(table.numbers, table.column("name"), strict=True) if is_blank(name)]
        if not empty:
            return []
        rows = first_five(empty)
        return [
            either(
                ja=f"{table.where}: 名称のない行が{len(empty)}行あります（行 {rows}）。"
                "名称を書くか、行を消してください。",
                en=f"{table.where}: {len(empty)} of {len(table.rows)} rows have no name (rows {rows}). "
                "Fill it in, or delete them.",
            )
        ]

    def resources(self, kinds: list[str], points: np.ndarray, consent: str | None) -> gpd.GeoDataFrame:
        table = self.table
        made: dict[str, Sequence[object]] = {name: self._as_written(name) for name in _AS_WRITTEN}
        made["kind"] = kinds
        made["address"] = self._address()
        made["schedule"] = self._schedule()
        made["status"] = self._statuses(made["name"])
        made["place"] = self._place(made, points)
        made["capacity"] = self._each("capacity", _capacity)
        made["audience"] = self._ids(made["audience_text"], self.catalog.audiences_of)
        made["facilities"] = self._ids(self._as_written("facilities"), self.catalog.facilities_of)
        for name in _DATES:
            made[name] = self._each(name, read_date)
        made["valid_to"] = self._each("valid_to", _last_day)
        made["phone"] = [with_first_zero(number) if isinstance(number, str) else None for number in made["phone"]]
        said = read_consents(table, consent, is_named=self.consent_is_named)
        self.aside += said.aside
        made |= {"consent": said.words, "channels": said.channels, "consent_fields": said.fields}
        made |= {"consent_until": said.until, "consent_on": said.given}
        made["source_file"] = [table.file] * len(table.rows)
        made["source_sheet"] = [table.sheet] * len(table.rows)
        made["source_row"] = table.numbers
        made["resource_id"], made["activity_id"] = self._identities(made)
        frame = pd.DataFrame({name: pd.Series(list(made[name]), dtype=object) for name in COLUMNS})
        kept = pd.DataFrame(dict(self._kept(made)), dtype=object, index=frame.index)
        frame = pd.concat([frame, kept], axis=1)
        resources = gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, crs=LONLAT))
        headings = {name: table.headings[place] for name, place in table.ours.items()}
        resources.attrs = {"left_aside": self._sorted_aside(), "columns": headings}
        return resources

    def _as_written(self, name: str) -> list[str | None]:
        cells: list[str | None] = []
        if name not in self.table.ours:
            return [None] * len(self.table.rows)
        for number, text in zip(self.table.numbers, self.table.column(name), strict=True):
            if text in _ERRORS:
                self._aside(number, name, text, either(ja="Excelのエラー値", en="an error of Excel"))
            gone = is_blank(text) or text in _ERRORS or (name in ("phone", "url", "email") and text in _ABSENT)
            cells.append(None if gone else text if name in _LINES else " ".join(text.split()))
        return cells

    def _each(
        self, name: str, read: Callable[[str], object], *, blank: object = None, unknown: object = None
    ) -> list[object]:
        """Read each cell of a column; what cannot be read is noted and counts as `unknown`."""
        cells: list[object] = []
        if name not in self.table.ours:
            return [blank] * len(self.table.rows)
        for number, text in zip(self.table.numbers, self.table.column(name), strict=True):
            value = blank if is_blank(text) else read(text)
            if value is None and not is_blank(text):
                self._aside(number, name, text, _not_understood(name))
                value = unknown
            cells.append(None if value is _UNLIMITED else value)
        return cells

    def _statuses(self, names: Sequence[object]) -> list[object]:
        """Read the status of each row; where its cell is blank, what its name says in brackets."""
        said = self._each("status", self._status, unknown="active")
        return [status or status_in_name(str(name or "")) or "active" for status, name in zip(said, names, strict=True)]

    def _status(self, text: str) -> str | None:
        place = self.table.ours.get("status")
        return read_status(text, heading="" if place is None else self.table.headings[place])

    def _address(self) -> list[str | None]:
        names = ("prefecture", "city", "address", "address_rest", "building")
        parts = zip(*(self._as_written(name) for name in names), strict=True)
        return [
            join_address(
                prefecture=pref or "", city=city or "", address=address or "", rest=rest or "", building=building or ""
            )
            or None
            for pref, city, address, rest, building in parts
        ]

    def _schedule(self) -> list[str | None]:
        names = ("schedule", "days", "start", "end", "schedule_note")
        parts = zip(*(self._as_written(name) for name in names), strict=True)
        return [
            join_schedule(schedule=schedule or "", days=days or "", start=start or "", end=end or "", note=note or "")
            or None
            for schedule, days, start, end, note in parts
        ]

    def _place(self, made: Mapping[str, Sequence[object]], points: np.ndarray) -> list[object]:
        remote = [meets_only_remotely(text) for text in self.table.column("status")]
        said = [
            place or ("none" if away else None)
            for place, away in zip(self._each("place", read_place), remote, strict=True)
        ]
        texts = {
            name: [str(value) if value else "" for value in made[name]]
            for name in ("kind", "venue", "address", "serves", "name", "schedule", "description")
        }
        return [
            place
            or likely_place(
                kind=texts["kind"][row],
                where=texts["venue"][row],
                address=texts["address"][row] or ("given" if points[row] is not None else ""),
                serves=texts["serves"][row],
                said=" ".join(texts[name][row] for name in ("name", "schedule", "description")),
            )
            for row, place in enumerate(said)
        ]

    def _ids(self, texts: Sequence[object], find: Callable[[object], tuple[str, ...]]) -> list[str | None]:
        known: dict[object, str | None] = {}
        for text in set(texts):
            known[text] = ";".join(find(text)) or None
        return [known[text] for text in texts]

    def _identities(self, made: Mapping[str, Sequence[object]]) -> tuple[list[str], list[str]]:
        def rows_of(names: Sequence[str]) -> list[list[str]]:
            return [[str(value or "") for value in row] for row in zip(*(made[name] for name in names), strict=True)]

        given = self.table.column("row_id")
        if is_identity(given):
            ids = given
        else:
            made_ids = make_ids("r", rows_of(("kind", "name", "provider", "venue", "address")))
            rest = rows_of(("schedule", "place", "serves", "phone", "audience_text", "description", "notes"))
            ids = tell_apart(made_ids, rest)
        activities = make_ids("a", _one_activity(rows_of(("kind", "name", "provider", "venue", "address"))))
        own = self.table.column("activity_id")
        return ids, [activity if is_blank(text) else text for activity, text in zip(activities, own, strict=True)]

    def _kept(self, made: Mapping[str, Sequence[object]]) -> Iterator[tuple[str, list[str | None]]]:
        """Give the columns that are none of ours, and of ours the cells whose words are not in what was read."""
        names = {place: name for name, place in self.table.ours.items()}
        for place, heading in enumerate(self.table.headings):
            cells: list[str | None] = [row[place] or None for row in self.table.rows]
            if place in names:
                into = _READ_INTO.get(names[place], names[place])
                read = made.get(into, [None] * len(cells))
                joined = into in _JOINED
                cells = [_lost(text, said, joined=joined) for text, said in zip(cells, read, strict=True)]
                if not any(cells):
                    continue
            yield own_column(heading), cells

    def _aside(self, number: int, name: str, value: str, reason: str) -> None:
        heading = self.table.headings[self.table.ours[name]]
        self.aside.append(left_aside(self.table.file, self.table.sheet, number, heading, value, reason))

    def _sorted_aside(self) -> list[dict[str, Any]]:
        return sorted(self.aside, key=lambda entry: (entry["row"] or 0, entry["column"] or ""))


def _one_activity(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Say what makes rows one activity: kind, name and provider; without a provider the place too.

    ふれあいサロン at two halls of two neighbourhoods is two activities, unless somebody is said to run both.
    """
    return [
        [kind, name, provider] if provider else [kind, name, venue, address]
        for kind, name, provider, venue, address in rows
    ]


_UNLIMITED = object()


def _last_day(text: str) -> date | None:
    return read_date(text, end=True)


def _lost(text: str | None, read: object, *, joined: bool) -> str | None:
    """Return the words of a cell unless they are all in what was read of it, or it says nothing."""
    if text is None or is_blank(text):
        return None
    said, words = " ".join(text.split()), " ".join(str(read or "").split())
    return None if said == words or (joined and said in words) else text


def _capacity(text: str) -> object:
    number, understood = read_capacity(text)
    return number if number is not None else _UNLIMITED if understood else None


def _not_understood(name: str) -> str:
    words = {
        "capacity": ("人数として読めません", "cannot be read as a number of people"),
        "status": ("状態のことばがわかりません（活動中とみなしました）", "an unknown status, taken as active"),
        "place": (
            "場所の形のことばがわかりません（住所などから決めました）",
            "an unknown form of place; decided by address",
        ),
    }
    ja, en = words.get(name, ("日付として読めません", "cannot be read as a date"))
    return either(ja=ja, en=en)
