"""The sample city as open data: what is written is read back as the same table, in every format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from resourcemap.model.consent import release
from resourcemap.model.schedule.schedule import dates_between, hours_on
from resourcemap.project.project import open_project
from resourcemap.project.tables import schedules_in
from resourcemap.publish.opendata.about import About
from resourcemap.publish.opendata.datapackage import write_hsds
from resourcemap.publish.opendata.forms import forms, listed, write_form
from resourcemap.publish.opendata.geojson import write_geojson
from resourcemap.publish.opendata.geopackage import write_geopackage
from resourcemap.publish.opendata.hsds_json import write_hsds_json
from resourcemap.publish.opendata.rows import is_rough
from resourcemap.publish.opendata.table import write_table
from resourcemap.read.resources import read_resources

ROOT = Path(__file__).parents[2]
NOT_COMPARED = ("geometry", "located", "venue_id")
HSDS = {"a.zip": write_hsds, "a.json": write_hsds_json}
ABOUT = About("みほん市", as_of=date(2026, 11, 1), prefecture="見本県", city="みほん市")


@pytest.fixture(scope="module")
def city():
    """The project in the root of the repository, and its rows as if all who agree had named open data."""
    project = open_project(ROOT)
    located = project.located.copy()
    located["channels"] = [f"{channels};open_data" if channels else None for channels in located["channels"]]
    released = release(located, "open_data", on=project.as_of)
    assert len(released.table) > 150
    return project.catalog, released, schedules_in(released.table)


def plain(cells):
    return [None if pd.isna(cell) else str(cell) if isinstance(cell, date) else cell for cell in cells.tolist()]


def spots(table):
    return [None if point is None else (round(point.x, 6), round(point.y, 6)) for point in table["geometry"]]


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.csv", "a.zip", "a.json"])
def test_every_row_and_column_comes_back(city, tmp_path, name):
    catalog, released, schedules = city
    how = {"catalog": catalog, "about": ABOUT}
    if name in HSDS:
        HSDS[name](released, tmp_path / name, schedules=schedules, **how)
    else:
        write = {"a.geojson": write_geojson, "a.gpkg": write_geopackage, "a.csv": write_table}[name]
        write(released, tmp_path / name, **how)
    want, got = (
        table.set_index("resource_id", drop=False) for table in (released.table, read_resources(tmp_path / name))
    )
    assert sorted(got.index) == sorted(want.index)
    got = got.loc[want.index]
    assert [c for c in want.columns.difference(NOT_COMPARED) if plain(want[c]) != plain(got[c])] == []
    told = ~is_rough(want) if name in HSDS else [True] * len(want)
    assert spots(got) == [spot if shown else None for spot, shown in zip(spots(want), told, strict=True)]


@pytest.mark.parametrize("form", list(forms()))
def test_a_standard_form_says_the_same_days_and_hours(city, tmp_path, form):
    catalog, released, schedules = city
    path = write_form(released, tmp_path / "a.csv", form=form, schedules=schedules, catalog=catalog, about=ABOUT)
    reasons = listed(released, form, about=ABOUT)
    want = released.table.loc[reasons.index[reasons == ""]]
    got = read_resources(path, kind="hiroba" if form == "public_facility" else None).set_index("resource_id")
    assert list(got.index) == want["resource_id"].tolist()
    assert len(got) > 7
    assert plain(got["phone"]) == plain(want["phone"])
    for written, read in zip(schedules[want.index], schedules_in(got), strict=True):
        days = dates_between(written, date(2026, 11, 1), date(2027, 10, 31))
        assert dates_between(read, date(2026, 11, 1), date(2027, 10, 31)) == days
        assert [hours_on(read, day) for day in days] == [hours_on(written, day) for day in days]
