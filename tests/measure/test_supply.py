"""What is known of every resource that figures count."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from resourcemap.measure.supply import supply_of

ON = date(2026, 11, 1)


def test_only_what_was_checked_as_a_whole_counts_as_checked_of_late():
    table = gpd.GeoDataFrame(
        {
            "kind": "salon",
            "activity_id": list("abcde"),
            "status": "active",
            "place": ["venue", "venue", "venue", "none", "venue"],
            "verified_on": ["2026-10-01", "2024-10-01", "2024-10-01", None, "2062-10-01"],
            "verified_place": [None, "2026-10-01", "2026-10-01", None, None],
            "verified_schedule": [None, "2026-10-01", "2026-10-01", "2026-10-01", None],
            "verified_contact": [None, "2026-10-01", None, "2026-10-01", None],
        },
        geometry=gpd.points_from_xy([0] * 5, [0] * 5),
        crs=6677,
    )
    supply = supply_of(table, on=ON)
    assert supply.since(ON, 12).tolist() == [True, True, False, True, False]
