import geopandas as gpd
import pytest
from shapely import Point

from resourcemap.geocode.venues import group_venues

STEP = 0.0001  # about 9 m east


def table(rows):
    columns = {name: [row.get(name) for row in rows] for name in ("venue", "address", "place")}
    points = [None if row.get("at") is None else Point(139.7 + row["at"] * STEP, 34.95) for row in rows]
    return gpd.GeoDataFrame(columns, geometry=points, crs=4326, index=[f"r{number}" for number in range(len(rows))])


def same(rows):
    """Write ids as letters in order of appearance, '-' for none."""
    ids = group_venues(table(rows))
    letters = {}
    return "".join("-" if id_ is None else letters.setdefault(id_, "abcdef"[len(letters)]) for id_ in ids)


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        ([{"venue": "みほん会館", "at": 0}, {"venue": "みほん　会館", "at": 0}], "aa"),
        ([{"venue": "仲町ルーム", "at": 0}, {"venue": "仲町ﾙｰﾑ", "at": 3}], "aa"),
        ([{"venue": "みほん会館", "at": 0}, {"venue": "みほん会館", "at": 4}], "ab"),
        ([{"venue": "みほん会館", "at": at} for at in (0, 6, 3)], "aaa"),
        ([{"venue": "みほん会館", "at": 0}, {"venue": "みほんひろば", "at": 0}], "ab"),
        ([{"address": "みほん1-2", "at": 0}, {"address": "みほん１丁目２", "at": 0}], "aa"),
        ([{"address": "みほん1-2", "at": 0}, {"address": "みほん1-3", "at": 0}], "ab"),
        ([{"venue": "みほん会館"}, {"venue": "みほん会館"}, {"venue": "みほん会館", "at": 0}], "aab"),
        ([{}, {"address": "みほん1-2"}], "--"),
        ([{"venue": "センター", "place": "served_area", "at": 0}, {"venue": "電話", "place": "none"}], "--"),
    ],
)
def test_rows_share_a_venue_when_name_and_place_agree(rows, groups):
    assert same(rows) == groups


def test_ids_do_not_depend_on_the_order_of_rows():
    resources = table([{"venue": "みほん会館", "at": at} for at in (0, 2, 9)])
    turned = group_venues(resources.iloc[::-1])
    assert group_venues(resources).to_dict() == turned.to_dict()
    assert turned.index.tolist() == ["r2", "r1", "r0"]


def test_ids_are_the_same_every_time():
    assert group_venues(table([{"venue": "みほん会館", "at": 0}])).tolist() == ["v51b5073cc5"]


def test_a_table_of_other_degrees_gives_the_same_ids():
    resources = table([{"venue": "みほん会館", "at": 0}])
    assert group_venues(resources.to_crs(6677)).equals(group_venues(resources))
