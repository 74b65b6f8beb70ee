"""Open data as JSON of HSDS 3.0: a page of services, each with all that hangs on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from resourcemap.files import write_text
from resourcemap.publish.opendata.hsds import hsds_tables

if TYPE_CHECKING:
    import os
    from pathlib import Path

    import pandas as pd

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.opendata.about import About
    from resourcemap.publish.opendata.hsds import Row

    Object = dict[str, Any]

# What the standard wants in every address, if only as a blank.
_IN_ADDRESSES: Final = ("city", "state_province", "postal_code")


def write_hsds_json(
    released: Released, path: str | os.PathLike[str], *, schedules: pd.Series, catalog: Catalog, about: About
) -> Path:
    """Write released rows as one page of services of Open Referral HSDS 3.0, as its API gives them.

    It says the same as the package of `write_hsds`. In addresses, what is not known (postal codes) is a blank text, so
    that all required fields are there. What is said of the whole stands beside the page's own fields.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geopandas as gpd
    >>> import pandas as pd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.model.schedule.schedule import Schedule
    >>> from resourcemap.publish.opendata.about import About
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a"], "activity_id": "a", "name": "A", "kind": "salon",
    ...     "status": "active", "channels": "open_data"}, geometry=[None], crs="EPSG:4326")
    >>> path = write_hsds_json(release(salons, "open_data"), Path(tempfile.mkdtemp()) / "a.json",
    ...     schedules=pd.Series([Schedule()]), catalog=load_catalog(), about=About("みほん市"))
    >>> json.loads(path.read_text(encoding="utf-8"))["contents"][0]["status"]
    'active'
    """
    tables = hsds_tables(released, schedules=schedules, catalog=catalog, about=about)
    services = _Nested(tables).services()
    count = len(services)
    page = {"total_items": count, "total_pages": 1, "page_number": 1, "size": count}
    page |= {"first_page": True, "last_page": True, "empty": not services}
    head = json.dumps(page | about.members, ensure_ascii=False)
    lines = ",\n".join(json.dumps(service, ensure_ascii=False, allow_nan=False) for service in services)
    return write_text(path, f'{head[:-1]}, "contents": [\n{lines}\n]}}\n')


class _Nested:
    """The tables of HSDS, found by what their rows hang on."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self.tables = tables
        self.by_id = {name: {row["id"]: row for row in rows} for name, rows in tables.items()}
        self.on: dict[tuple[str, str, object], list[Object]] = {}
        for name, rows in tables.items():
            for row in rows:
                for field in ("service_id", "service_at_location_id", "location_id", "link_id"):
                    if row.get(field) is not None:
                        self.on.setdefault((name, field, row[field]), []).append(_filled(row))

    def services(self) -> list[Object]:
        """Return every service, in the order of the table."""
        return [self._service(row) for row in self.tables.get("service", [])]

    def _service(self, row: Row) -> Object:
        id_ = row["id"]
        organization = _filled(self.by_id["organization"][row["organization_id"]])
        hangs = {
            "phones": self._at("phone", "service_id", id_),
            "schedules": self._at("schedule", "service_id", id_),
            "languages": self._at("language", "service_id", id_),
            "service_areas": self._at("service_area", "service_id", id_),
            "attributes": self._attributes(id_),
            "service_at_locations": [self._link(each) for each in self._at("service_at_location", "service_id", id_)],
        }
        service = {name: cell for name, cell in _filled(row).items() if name != "organization_id"}
        return service | {"organization": organization} | _there(hangs)

    def _link(self, row: Object) -> Object:
        location = self.by_id["location"][row["location_id"]]
        addresses = [
            each | {name: each.get(name, "") for name in _IN_ADDRESSES}
            for each in self._at("address", "location_id", row["location_id"])
        ]
        place = {"addresses": addresses, "accessibility": self._at("accessibility", "location_id", row["location_id"])}
        hangs = {
            "phones": self._at("phone", "service_at_location_id", row["id"]),
            "schedules": self._at("schedule", "service_at_location_id", row["id"]),
            "attributes": self._attributes(row["id"]),
        }
        return {"id": row["id"], "location": _filled(location) | _there(place)} | _there(hangs)

    def _attributes(self, link: object) -> list[Object]:
        found = []
        for row in self._at("attribute", "link_id", link):
            term = _filled(self.by_id["taxonomy_term"][row.pop("taxonomy_term_id")])
            value = {"value": str(row.pop("value"))} if "value" in row else {}
            found.append(row | value | {"taxonomy_term": term})
        return found

    def _at(self, table: str, field: str, id_: object) -> list[Object]:
        return [dict(row) for row in self.on.get((table, field, id_), [])]


def _filled(row: Row) -> Object:
    return {name: cell for name, cell in row.items() if cell is not None}


def _there(lists: dict[str, list[Object]]) -> Object:
    return {name: rows for name, rows in lists.items() if rows}
