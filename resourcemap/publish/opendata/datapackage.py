"""Open data as a tabular data package of HSDS: a ZIP of CSV files, and what is in them."""

from __future__ import annotations

import io
import json
import tomllib
import zipfile
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from resourcemap.files import write_bytes
from resourcemap.plain import csv_text
from resourcemap.publish.opendata.hsds import hsds_tables

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.opendata.about import About

_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can have
_FORMATS: Final = {"uuid": ("string", "uuid"), "uri": ("string", "uri")}


@cache
def schema() -> Mapping[str, Mapping[str, Any]]:
    """Return the tables of HSDS that are filled, as hsds.toml has them.

    Examples
    --------
    >>> schema()["service"]["path"]
    'services.csv'
    """
    return tomllib.loads(files("resourcemap.publish.opendata").joinpath("hsds.toml").read_text(encoding="utf-8"))


def write_hsds(
    released: Released,
    path: str | os.PathLike[str],
    *,
    schedules: pd.Series,
    catalog: Catalog,
    about: About,
) -> Path:
    """Write released rows as Open Referral HSDS 3.0: a ZIP with a CSV per table and ``datapackage.json``.

    All tables are there, also those without rows. The CSV files are UTF-8 without a mark; a text that a spreadsheet
    would run gets an apostrophe before it. The same rows give the same bytes.

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
    >>> path = write_hsds(release(salons, "open_data"), Path(tempfile.mkdtemp()) / "a.zip",
    ...     schedules=pd.Series([Schedule()]), catalog=load_catalog(), about=About("みほん市"))
    >>> zipfile.ZipFile(path).namelist()[:3]
    ['datapackage.json', 'organizations.csv', 'services.csv']
    """
    tables = hsds_tables(released, schedules=schedules, catalog=catalog, about=about)
    content = {"datapackage.json": json.dumps(datapackage(about), ensure_ascii=False, indent=1) + "\n"}
    for name, table in schema().items():
        rows = ([row.get(field) for field in table["fields"]] for row in tables.get(name, []))
        content[table["path"]] = csv_text([list(table["fields"]), *rows])
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, text in content.items():
            entry = zipfile.ZipInfo(file, _NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return write_bytes(path, memory.getvalue())


def datapackage(about: About) -> dict[str, Any]:
    """Describe the package as the standard of tabular data packages wants it.

    Examples
    --------
    >>> from resourcemap.publish.opendata.about import About
    >>> datapackage(About("みほん市", licence="CC BY 4.0"))["licenses"][0]["name"]
    'CC-BY-4.0'
    """
    made: dict[str, Any] = {"profile": "tabular-data-package", "name": "hsds", "title": about.title}
    made["description"] = "Open Referral HSDS 3.0"
    if about.day:
        made["created"] = f"{about.day}T00:00:00Z"
    if about.publisher:
        made["contributors"] = [{"title": about.publisher, "role": "publisher"}]
    if about.credit:
        made["sources"] = [{"title": about.credit}]
    if about.licence:
        address = {"path": about.licence_address} if about.licence_address else {}
        made["licenses"] = [{"name": about.licence_id, "title": about.licence, **address}]
    made["resources"] = [_resource(name, table) for name, table in schema().items()]
    return {name: value for name, value in made.items() if value}


def _resource(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    keys = [
        {"fields": field, "reference": {"resource": other, "fields": "id"}}
        for field, other in table.get("references", {}).items()
    ]
    described: dict[str, Any] = {"fields": [_field(each, kind, table) for each, kind in table["fields"].items()]}
    described |= {"primaryKey": "id"} | ({"foreignKeys": keys} if keys else {})
    return {
        "name": name,
        "path": table["path"],
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": described,
    }


def _field(name: str, kind: str, table: Mapping[str, Any]) -> dict[str, Any]:
    type_, format_ = _FORMATS.get(kind, (kind, "default"))
    constraints: dict[str, Any] = {"required": True} if name in table["required"] else {}
    if name == "id":
        constraints["unique"] = True
    if name in table.get("allowed", {}):
        constraints["enum"] = table["allowed"][name]
    more = {"constraints": constraints} if constraints else {}
    return {"name": name, "type": type_, "format": format_, **more}
