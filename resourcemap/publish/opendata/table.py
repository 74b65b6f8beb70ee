"""Open data as one CSV for spreadsheets, and what its columns mean beside it (CSVW)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from resourcemap.files import write_text
from resourcemap.model.tables import RESOURCES
from resourcemap.plain import csv_text
from resourcemap.publish.opendata.rows import NAMES, positions, rows_of

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.opendata.about import About
    from resourcemap.publish.opendata.rows import Cell

METADATA: Final = "-metadata.json"
# The kind stands in words, so that people read it.
_SHOWN: Final = tuple(name for name in NAMES if name != "kind_label")
_OURS: Final = {each.name: (each.ja, each.en) for each in RESOURCES}
_TITLES: Final[Mapping[str, tuple[str, str]]] = _OURS | {
    "audience": ("対象", "audience as written"),
    "audience_ids": ("対象の区分", "audience"),
    "longitude": ("経度", "longitude"),
    "latitude": ("緯度", "latitude"),
}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "place": {"venue": "会場", "stop": "停留所", "served_area": "訪問", "none": "会場なし"},
    "status": {"active": "活動中", "suspended": "休止中"},
    "located": {"block": "町丁目まで", "town": "町名まで", "city": "市区町村まで"}
    | dict.fromkeys(("given", "lot", "venue", "place"), "正確"),
}
_TYPES: Final = {"capacity": "integer", "longitude": "double", "latitude": "double"} | dict.fromkeys(
    ("valid_from", "valid_to", "verified_on", "verified_place", "verified_schedule", "verified_contact"), "date"
)


def write_table(
    released: Released, path: str | os.PathLike[str], *, catalog: Catalog, about: About
) -> tuple[Path, Path]:
    """Write released rows as a CSV with Japanese headings, and the metadata of CSV on the Web beside it.

    The CSV is UTF-8 with a mark that Excel knows; a text that a spreadsheet would run gets an apostrophe before it.
    The metadata says the title, the type and the name of every column, the publisher, the day and the licence.

    Returns
    -------
    tuple
        The CSV, and the metadata: the name of the CSV with ``-metadata.json`` behind it.

    Examples
    --------
    >>> import tempfile
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.publish.opendata.about import About
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["=A"], "kind": "salon", "status": "active",
    ...     "channels": "open_data"}, geometry=[None], crs="EPSG:4326")
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _, about = write_table(release(salons, "open_data"), path, catalog=load_catalog(), about=About("みほん市"))
    >>> path.read_text(encoding="utf-8-sig").splitlines()[1][:13], about.name
    ("a,,,'=A,,サロン,", 'a.csv-metadata.json')
    """
    path = Path(path)
    rows = rows_of(released, catalog)
    labels = {id_: each.label("ja") for id_, each in catalog.facilities.items()}
    rows["kind"] = rows["kind_label"]
    rows["facilities"] = [_named(ids, labels.get) for ids in rows["facilities"]]
    rows["audience_ids"] = [
        _named(ids, {id_: each.label("ja") for id_, each in catalog.audiences.items()}.get)
        for ids in rows["audience_ids"]
    ]
    for name, words in _WORDS.items():
        rows[name] = [words.get(str(cell)) for cell in rows[name]]
    points = [at or (None, None) for at in positions(released.table)]
    cells = [[*row, *at] for row, at in zip(rows[list(_SHOWN)].to_numpy().tolist(), points, strict=True)]
    headings = [_TITLES[name][0] for name in _columns()]
    written = write_text(path, csv_text([headings, *cells]), encoding="utf-8-sig")
    beside = path.with_name(path.name + METADATA)
    return written, write_text(beside, json.dumps(_metadata(path.name, about), ensure_ascii=False, indent=1) + "\n")


def _columns() -> tuple[str, ...]:
    return (*_SHOWN, "longitude", "latitude")


def _named(ids: Cell, label: Callable[[str], str | None]) -> str | None:
    return "、".join(label(id_) or id_ for id_ in str(ids).split(";")) if ids else None


def _metadata(name: str, about: About) -> dict[str, Any]:
    said = {
        "dc:title": about.title,
        "dc:publisher": about.publisher,
        "dc:date": about.day,
        "dc:license": {"@id": about.licence_address} if about.licence_address else about.licence,
        "dc:rights": about.credit,
    }
    required = {each.name for each in RESOURCES if each.required}
    columns = [
        {
            "name": column,
            "titles": _TITLES[column][0],
            "dc:description": {"@value": _TITLES[column][1], "@language": "en"},
            "datatype": _TYPES.get(column, "string"),
            "required": column in required,
        }
        for column in _columns()
    ]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": about.language}],
        "url": name,
        **{key: value for key, value in said.items() if value},
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {"columns": columns, "primaryKey": "resource_id"},
    }
