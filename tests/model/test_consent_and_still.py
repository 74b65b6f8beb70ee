"""For a day to come only what consent covers on both days is shown, and of each row the less."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pytest
from shapely import Point, box

from resourcemap.errors import ReleaseError
from resourcemap.model.consent import Policy, release

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
BLOCKS = gpd.GeoDataFrame({"block": ["本町"]}, geometry=[box(139.69, 34.99, 139.72, 35.02)], crs="EPSG:4326")


def both(policy=None, **columns):
    count = len(columns["name"])
    usual = {
        "resource_id": [f"r{number}" for number in range(count)],
        "activity_id": [f"r{number}" for number in range(count)],
        "kind": "salon",
        "place": "venue",
        "status": "active",
        "venue": "みほん会館",
        "phone": "03-0000-0000",
        "consent": "有",
        "channels": "paper",
    }
    points = gpd.points_from_xy([139.70] * count, [35.0] * count)
    table = gpd.GeoDataFrame(usual | columns, geometry=points, crs="EPSG:4326")
    asked = {"policy": policy or Policy(), "blocks": BLOCKS}
    now, then = (release(table, "paper", on=day, **asked) for day in (NOVEMBER, DECEMBER))
    return now, then, now.and_still(then)


def test_what_is_over_by_then_is_withheld_and_told():
    _, _, shown = both(name=["A", "B"], consent_until=["2026-11-15", None])
    assert shown.table["name"].tolist() == ["B"]
    assert shown.withheld["reason"].to_dict() == {0: "consent_over"}


def test_what_is_over_by_then_is_a_kind_at_its_block_where_the_policy_says_so():
    now, then, shown = both(Policy("block", "block"), name=["秘密の会", "B"], consent_until=["2026-11-15", None])
    assert (0 in now.nameless, 0 in then.nameless) == (False, True)
    assert shown.nameless.tolist() == [0]
    row = shown.table.loc[0]
    assert "秘密" not in " ".join(map(str, row.drop("geometry")))
    assert not isinstance(row["phone"], str)
    assert row.geometry != Point(139.70, 35.0)
    assert shown.table.loc[1, "phone"] == "03-0000-0000"


def test_what_may_not_be_shown_yet_is_not_shown():
    _, then, shown = both(Policy("block", "block"), name=["A"], consent_on=["2026-11-20"])
    if 0 in then.table.index and 0 not in then.nameless:
        assert shown.nameless.tolist() == [0]
    assert "A" not in shown.table["name"].tolist()


def test_rows_stay_in_their_order():
    _, _, shown = both(Policy("block", "block"), name=list("ABC"), consent_until=[None, "2026-11-15", None])
    assert shown.table.index.tolist() == [0, 1, 2]
    assert shown.table.crs == "EPSG:4326"


def test_two_channels_are_not_one():
    now, _, _ = both(name=["A"])
    table = now.table.assign(channels="map")
    with pytest.raises(ReleaseError):
        now.and_still(release(table, "map", on=DECEMBER))
