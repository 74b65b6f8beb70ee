"""The standard forms of Japanese open data: lists of children's cafeterias and of public facilities."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from resourcemap.files import write_text
from resourcemap.plain import csv_text
from resourcemap.publish.opendata.address import parts_of
from resourcemap.publish.opendata.days import hours_of
from resourcemap.publish.opendata.rows import positions, rows_of

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.opendata.about import About
    from resourcemap.publish.opendata.rows import Cell

PUBLIC: Final = "public_facility"
# What may stand behind the name of a city where it is the city itself that runs a place.
_OFFICE: Final = re.compile(r"(?:役所|役場|(?:[^会法]*)(?:課|部|局|室|係|支所|出張所)|教育委員会.{0,10}課?)?$")
_HIRAGANA: Final = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


@cache
def forms() -> Mapping[str, Mapping[str, Any]]:
    """Return every form by its name, as forms.toml has it.

    Examples
    --------
    >>> {name: len(form["headings"]) for name, form in forms().items()}
    {'kids_cafeteria': 49, 'public_facility': 56}
    """
    return tomllib.loads(files("resourcemap.publish.opendata").joinpath("forms.toml").read_text(encoding="utf-8"))


def listed(released: Released, form: str, *, about: About, public_kinds: Collection[str] = ()) -> pd.Series:
    """Say of every row of the kinds of a form whether it is listed there, and else why not.

    A public facility is a hall or a hub at a place whose provider is the municipality itself (みほん市福祉課), or what
    is of a kind that the publisher says to be public in `public_kinds`. A salon in a public hall is none, nor is a hall
    of neighbours.

    Returns
    -------
    pandas.Series
        Blank where a row is listed, else ``suspended`` (the forms cannot say that something does not meet now),
        ``not_public`` or ``no_place``; on the index of those rows.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.publish.opendata.about import About
    >>> halls = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["北町ひろば", "大島の家"], "kind": "hiroba",
    ...     "provider": ["みほん市", "大島自治会"], "place": "venue", "status": "active", "channels": "open_data"},
    ...     geometry=[None, None], crs="EPSG:4326")
    >>> listed(release(halls, "open_data"), "public_facility", about=About(city="みほん市")).tolist()
    ['', 'not_public']
    """
    table = released.table
    kinds = {*forms()[form]["kinds"], *(public_kinds if form == PUBLIC else ())}
    rows = table[table["kind"].isin(kinds)]
    reasons = pd.Series("", index=rows.index, dtype=object)
    if form == PUBLIC:
        own = [
            kind in public_kinds or is_municipal(name, about)
            for kind, name in zip(rows["kind"], _of(rows), strict=True)
        ]
        reasons[~pd.Series(own, index=rows.index, dtype=bool)] = "not_public"
        reasons[rows["place"] != "venue"] = "no_place"
    reasons[rows["status"] == "suspended"] = "suspended"
    return reasons


def is_municipal(provider: object, about: About) -> bool:
    """Tell whether a provider is the municipality itself, and not an association that is named after it.

    Examples
    --------
    >>> from resourcemap.publish.opendata.about import About
    >>> about = About(prefecture="見本県", city="みほん市")
    >>> [is_municipal(name, about) for name in ("みほん市", "見本県みほん市高齢福祉課", "みほん市社会福祉協議会")]
    [True, True, False]
    """
    if not isinstance(provider, str) or not about.city:
        return False
    name = "".join(provider.split()).removeprefix(about.prefecture)
    return name.startswith(about.city) and bool(_OFFICE.fullmatch(name.removeprefix(about.city)))


def write_form(
    released: Released,
    path: str | os.PathLike[str],
    *,
    form: str,
    schedules: pd.Series,
    catalog: Catalog,
    about: About,
    public_kinds: Collection[str] = (),
) -> Path:
    """Write the rows that belong into a form as its CSV: the headings of the standard in its order, UTF-8 with a mark.

    Cells of which nothing is known are blank. The schedule stands as written, with weekdays and hours beside it where
    they are surely known. Only exact positions are given.

    Parameters
    ----------
    released
        Rows released for open data.
    path
        Where to write.
    form
        ``"kids_cafeteria"`` or ``"public_facility"``.
    schedules
        The schedule of each row.
    catalog
        The kinds there are.
    about
        Whose list it is.
    public_kinds
        Kinds that are public facilities whoever runs them (see `listed`).

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.model.schedule.schedule import Schedule
    >>> from resourcemap.publish.opendata.about import About
    >>> halls = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["北町ひろば"], "kind": "hiroba", "place": "venue",
    ...     "provider": "みほん市", "status": "active", "channels": "open_data"}, geometry=[None], crs="EPSG:4326")
    >>> path = write_form(release(halls, "open_data"), Path(tempfile.mkdtemp()) / "a.csv", form="public_facility",
    ...     schedules=pd.Series([Schedule()]), catalog=load_catalog(), about=About(city="みほん市", code="992011"))
    >>> path.read_text(encoding="utf-8-sig").splitlines()[1][:19]
    '992011,a,みほん市,北町ひろば'
    """
    chosen = listed(released, form, about=about, public_kinds=public_kinds)
    part = released.only(chosen.index[chosen == ""])
    headings, columns = forms()[form]["headings"], forms()[form]["columns"]
    points = [at or (None, None) for at in positions(part.table, exact=True)]
    rows = [
        _cells(row, schedules[label], at, about)
        for label, row, at in zip(part.table.index, rows_of(part, catalog).to_dict("records"), points, strict=True)
    ]
    lines = [[row.get(columns.get(heading, "")) for heading in headings] for row in rows]
    return write_text(path, csv_text([headings, *lines]), encoding="utf-8-sig")


def _of(rows: pd.DataFrame) -> pd.Series:
    return rows["provider"] if "provider" in rows else pd.Series(None, index=rows.index, dtype=object)


def _cells(row: dict[str, Cell], schedule: Any, at: tuple[float | None, float | None], about: About) -> dict[str, Cell]:
    written = row["schedule"]
    hours = hours_of(schedule, written if isinstance(written, str) else None)
    facilities = str(row["facilities"] or "").split(";")
    address = parts_of(str(row["address"]), about) if row["address"] else None
    made: dict[str, Cell] = {
        "code": about.code,
        "municipality": about.prefecture + about.city,
        "prefecture": address.prefecture if address else None,
        "city": address.city if address else None,
        "kana": str(row["kana"]).translate(_HIRAGANA) if row["kana"] else None,
        "venue": row["venue"] if row["venue"] != row["name"] else None,
        "longitude": at[0],
        "latitude": at[1],
    }
    made |= {name: "有" for name in ("step_free", "accessible_toilet") if name in facilities}
    return row | made | hours._asdict()
