"""Resources as columns: nobody left out, venues shared, only safe links."""

from __future__ import annotations

import json

import pandas as pd

from resourcemap.publish.webmap.places import checks


def column(table, name, count=9):
    """Return the values of a column, whatever its form."""
    coded = table.get(name)
    if isinstance(coded, dict) and "t" in coded:
        return [None if at < 0 else coded["t"][at] for at in coded.get("i", [0] * count)]
    if isinstance(coded, dict):
        values = dict(zip(coded["r"], coded["v"], strict=True))
        return [values.get(row) for row in range(count)]
    return coded


def test_every_released_resource_is_in_the_data(data):
    assert data["count"] == 9
    assert column(data["resources"], "id") == [f"r{number}" for number in range(9)]
    assert column(data["resources"], "at") == [0, 0, 0, 1, 2, 3, None, None, None]
    assert column(data["venues"], "name") == ["区民ひろば西", "北団地前", "南公園前", "青空"]
    assert column(data["venues"], "rough", 4) == [None, None, None, 1]


def test_links_are_made_only_of_addresses_and_numbers(data):
    assert [url for url in column(data["resources"], "url") if url] == ["https://example.org/niji"]
    assert [call for call in column(data["resources"], "call") if call] == ["0300001234"]


def test_what_comes_by_telephone_belongs_to_every_area(data):
    lists = column({"areas": data["memberships"][0]}, "areas")
    assert lists == [[0], [0], [0], [1], [1], [1], None, [0], []]


def test_rows_without_a_venue_id_share_a_venue_on_the_same_spot(town, resources):
    rows = resources.iloc[[0, 1, 3]].assign(venue_id=None)
    assert column(json.loads(town.page(rows).data)["resources"], "at") == [0, 0, 1]


def test_the_most_exact_row_of_a_venue_gives_its_position(town, resources):
    rows = resources.iloc[[3, 0]].assign(venue_id="v", located=["block", "given"])
    venues = json.loads(town.page(rows).data)["venues"]
    assert venues["from"] == [139703000, 34955000]
    assert "rough" not in venues


def test_a_venue_shows_an_address_that_was_found_not_one_with_a_slip(town, resources):
    rows = resources.iloc[[0, 1]].assign(venue_id="v", located=["venue", "lot"], address=["みはん1-1", "みほん1-1"])
    data = json.loads(town.page(rows).data)
    assert column(data["venues"], "address", 1) == ["みほん1-1"]
    assert column(data["resources"], "address", 2) == ["みはん1-1", None]


def test_texts_of_the_venue_are_not_said_again_and_none_is_blank(town, resources):
    rows = resources.iloc[[0, 1, 2, 8]].assign(venue=["ひろば", None, "別館", "どこか"])
    page = json.loads(town.page(rows).data)
    assert column(page["venues"], "name", 1) == ["ひろば"]
    assert column(page["resources"], "venue", 4) == [None, "", "別館", "どこか"]


def test_an_activity_is_known_by_its_first_row(data, town, resources):
    assert column(data["resources"], "activity") == [None, None, None, None, 3, None, None, None, None]
    assert "activity" not in json.loads(town.page(resources.iloc[:3]).data)["resources"]


def test_plain_telephone_numbers_are_links_without_saying_so_again(town, resources):
    phones = ["03-0000-1234", "０３－００００－１２３４", "内線12", "12-345", "03-1234-5678-9012-3456"]
    page = json.loads(town.page(resources.iloc[:5].assign(phone=phones)).data)
    assert column(page["resources"], "call", 5) == [None, "0300001234", None, None, None]


def test_the_office_of_a_visiting_service_is_not_on_the_map(town, resources):
    rows = resources.iloc[[0]].assign(place="served_area")
    assert json.loads(town.page(rows).data)["venues"] == {"from": [0, 0], "lon": [], "lat": []}


def test_every_row_says_when_it_was_checked_and_whether_it_is_stale(data):
    assert column(data["resources"], "checked") == ["2026-09-01"] + ["never"] * 8
    assert column(data["resources"], "stale") == [None] + [1] * 8


def test_parts_that_were_never_checked_and_rows_that_tell_nothing_say_so():
    day = pd.Timestamp("2025-10-05")
    rows = [(True, day, "1年前", False, True), (True, pd.NaT, "", True, True), (False, pd.NaT, "", False, False)]
    ages = pd.DataFrame(rows, columns=["told", "checked_on", "age", "partly", "stale"])
    said = checks(ages)
    assert column(said, "checked", 3) == ["2025-10-05", "partly", None]
    assert column(said, "stale", 3) == [1, 1, None]
