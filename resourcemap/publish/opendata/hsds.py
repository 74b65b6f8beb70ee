"""Open data as tables of Open Referral HSDS 3.0: services, where they take place, and what hangs on both."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from resourcemap.model.hsds import HEADINGS, NOT_SAID, TAXONOMY
from resourcemap.publish.escape import web_address
from resourcemap.publish.opendata.address import parts_of
from resourcemap.publish.opendata.hsds_schedules import schedule_rows
from resourcemap.publish.opendata.rows import positions, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.model.schedule.schedule import Schedule
    from resourcemap.publish.opendata.about import About
    from resourcemap.publish.opendata.rows import Cell

    Row = dict[str, Cell]
    At = tuple[float, float] | None

_NO_PROVIDER: Final = "（運営の記載なし）"
_STATUS: Final = {"active": "active", "suspended": "temporarily closed", "ended": "defunct"}
# What the standard understands by accessibility; the other facilities stand as attributes.
_ACCESS: Final = frozenset({"step_free", "accessible_toilet", "hearing_loop", "interpreter"})
# What belongs to a service: rows of one activity that differ in one of these become several services.
_OF_SERVICE: Final = (
    *("activity_id", "name", "kana", "kind", "provider", "description", "url", "status", "how_to_join", "cost"),
    *("audience", "verified_on", "serves", "languages"),
)
_AS_VALUES: Final = ("resource_id", "activity_id", "kana", "address", "capacity", "verified_place")
_VALUES: Final = (*_AS_VALUES, "verified_schedule", "verified_contact")


def hsds_tables(released: Released, *, schedules: pd.Series, catalog: Catalog, about: About) -> dict[str, list[Row]]:
    """Return the rows of every table of HSDS by its name, in the order in which the released rows need them.

    An activity is a service, each of its rows a service at a location; one without any place is a service alone.
    Columns that the standard has no field for, or changes (the address as written), are attributes with a value.

    Ids have the form of a UUID (version 8 of RFC 9562) and are made of ours: the same rows give the same ids.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import pandas as pd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.model.schedule.schedule import Schedule
    >>> from resourcemap.publish.opendata.about import About
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a"], "activity_id": "a", "name": "A", "kind": "salon",
    ...     "status": "active", "place": "venue", "channels": "open_data"},
    ...     geometry=gpd.points_from_xy([139.7], [35.7]), crs="EPSG:4326")
    >>> tables = hsds_tables(release(salons, "open_data"), schedules=pd.Series([Schedule()]), catalog=load_catalog(),
    ...     about=About())
    >>> tables["location"][0]["latitude"], tables["service"][0]["status"]
    (35.7, 'active')
    """
    writer = _Writer(catalog, about)
    points = positions(released.table, exact=True)
    rows = rows_of(released, catalog).to_dict("records")
    for label, row, at in zip(released.table.index, rows, points, strict=True):
        writer.add({str(name): cell for name, cell in row.items()}, schedules[label], at)
    return {name: list(table.values()) for name, table in writer.tables.items()}


def uuid_of(*parts: Cell) -> str:
    """Make an id in the form of a UUID of texts.

    Examples
    --------
    >>> uuid_of("service", "a")
    '89830127-d062-8a86-b49e-03ae72b6fe6e'
    """
    text = "\x1f".join(["resourcemap hsds", *("" if part is None else str(part) for part in parts)])
    found = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    variant = "89ab"[int(found[16], 16) % 4]
    return f"{found[:8]}-{found[8:12]}-8{found[13:16]}-{variant}{found[17:20]}-{found[20:32]}"


class _Writer:
    """Gathers the rows of all tables, each id once."""

    def __init__(self, catalog: Catalog, about: About) -> None:
        self.catalog = catalog
        self.about = about
        self.tables: dict[str, dict[str, Row]] = {}
        self.services: dict[tuple[Cell, ...], str] = {}

    def add(self, row: Row, schedule: Schedule, at: At) -> None:
        """Write one released row."""
        placed = at is not None or bool(row["venue"] or row["address"])
        service = self._service(row, placed=placed)
        location = self._location(row, at) if placed else None
        if location is None:
            link, entity = {"service_id": service}, "service"
        else:
            id_ = uuid_of("service_at_location", self._town, row["resource_id"])
            self._put("service_at_location", id_, {"service_id": service, "location_id": location})
            link, entity = {"service_at_location_id": id_}, "service_at_location"
        (hangs_on,) = link.values()
        if row["phone"]:
            self._put("phone", uuid_of("phone", hangs_on), link | {"number": row["phone"]})
        by_rule = self._schedules(row, schedule, link, hangs_on)
        for code, value in self._values(row, by_rule=by_rule, location=location).items():
            self._attribute(hangs_on, entity, self._term(TAXONOMY, code, HEADINGS[code]), value)

    @property
    def _town(self) -> str:
        return self.about.prefecture + self.about.city

    def _put(self, table: str, id_: str, row: Mapping[str, Cell]) -> str:
        self.tables.setdefault(table, {}).setdefault(id_, {"id": id_, **row})
        return id_

    def _service(self, row: Row, *, placed: bool) -> str:
        key = (*(row[name] for name in _OF_SERVICE), None if placed else row["resource_id"])
        if key in self.services:
            return self.services[key]
        id_ = uuid_of("service", self._town, row["activity_id"])
        if not placed or id_ in self.tables.get("service", {}):
            id_ = uuid_of("service", self._town, row["activity_id"], row["resource_id"])
        self.services[key] = id_
        self._put("service", id_, self._service_row(row))
        for name in _pieces(row["languages"]):
            self._put("language", uuid_of("language", id_, name), {"service_id": id_, "name": name})
        if row["serves"]:
            self._put("service_area", uuid_of("service_area", id_), {"service_id": id_, "name": row["serves"]})
        self._attribute(id_, "service", self._term("kinds", str(row["kind"]), str(row["kind_label"])), None)
        return id_

    def _service_row(self, row: Row) -> Row:
        provider = str(row["provider"] or _NO_PROVIDER)
        organization = uuid_of("organization", self._town, provider)
        self._put("organization", organization, {"name": provider, "description": provider})
        return {
            "organization_id": organization,
            "name": row["name"],
            "alternate_name": row["kana"],
            "description": row["description"],
            "url": row["url"] if _is_address(row["url"]) else None,
            "status": _STATUS.get(str(row["status"]), "inactive"),
            "application_process": row["how_to_join"],
            "fees_description": row["cost"],
            "eligibility_description": row["audience"],
            "assured_date": row["verified_on"],
        }

    def _location(self, row: Row, at: At) -> str:
        longitude, latitude = at or (None, None)
        access = [id_ for id_ in str(row["facilities"] or "").split(";") if id_ in _ACCESS]
        virtual = row["place"] == "none" and not row["address"] and at is None
        id_ = uuid_of(
            "location", self._town, row["venue"], row["address"], longitude, latitude, ";".join(access), virtual
        )
        kind = "virtual" if virtual else "physical"
        spot = {"latitude": latitude, "longitude": longitude}
        self._put("location", id_, {"location_type": kind, "name": row["venue"], **spot})
        if row["address"]:
            self._address(id_, str(row["address"]))
        for facility in access:
            label = self.catalog.facilities[facility].label("ja")
            self._put(
                "accessibility", uuid_of("accessibility", id_, facility), {"location_id": id_, "description": label}
            )
        return id_

    def _address(self, location: str, address: str) -> None:
        parts = parts_of(address, self.about)
        row: Row = {
            "location_id": location,
            "address_1": parts.rest,
            "city": parts.city or None,
            "state_province": parts.prefecture or None,
            "postal_code": None,
            "country": "JP",
            "address_type": "physical",
        }
        self._put("address", uuid_of("address", location), row)

    def _schedules(self, row: Row, schedule: Schedule, link: Mapping[str, Cell], hangs_on: str) -> bool:
        """Write when it takes place; tell whether rules say it, so that the text must be kept beside them."""
        rules = schedule_rows(schedule) if row["schedule"] else []
        valid = {"valid_from": row["valid_from"], "valid_to": row["valid_to"]}
        if not rules and not row["schedule"] and not any(valid.values()):
            return False
        for number, rule in enumerate(rules or [{}]):
            more = {"description": row["schedule"], **valid, **rule}
            self._put("schedule", uuid_of("schedule", hangs_on, number), {**link, **more})
        return bool(rules)

    def _values(self, row: Row, *, by_rule: bool, location: str | None) -> dict[str, Cell]:
        """Return what the standard has no field for, by our columns."""
        values = {name: row[name] for name in _VALUES if row[name] is not None}
        if not row["provider"]:
            values["provider"] = NOT_SAID
        if row["place"] and (row["place"] != "venue" or location is None):
            values["place"] = row["place"]
        if by_rule:
            values["schedule"] = row["schedule"]
        if row["url"] and not _is_address(row["url"]):
            values["url"] = row["url"]
        if row["languages"] and "、".join(_pieces(row["languages"])) != row["languages"]:
            values["languages"] = row["languages"]
        facilities = str(row["facilities"] or "").split(";") if row["facilities"] else []
        if facilities and (location is None or not _ACCESS.issuperset(facilities)):
            known = self.catalog.facilities
            values["facilities"] = "、".join(known[id_].label("ja") if id_ in known else id_ for id_ in facilities)
        return values

    def _attribute(self, link: str, entity: str, term: str, value: Cell) -> None:
        row = {"link_id": link, "taxonomy_term_id": term, "link_type": None, "link_entity": entity, "value": value}
        self._put("attribute", uuid_of("attribute", link, term), row)

    def _term(self, taxonomy: str, code: str, name: str) -> str:
        about = {"kinds": "地域資源の種類", TAXONOMY: "標準に項目のない欄"}[taxonomy]
        parent = self._put("taxonomy", uuid_of("taxonomy", taxonomy), {"name": taxonomy, "description": about})
        row = {"code": code, "name": name, "description": name, "taxonomy": taxonomy, "language": "ja"}
        return self._put("taxonomy_term", uuid_of("term", taxonomy, code), {**row, "taxonomy_id": parent})


def _pieces(languages: Cell) -> list[str]:
    return list(dict.fromkeys(piece.strip() for piece in str(languages or "").split("、") if piece.strip()))


def _is_address(url: Cell) -> bool:
    return isinstance(url, str) and web_address(url) == url
