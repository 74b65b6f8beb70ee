"""Small issues: released rows of a made-up area, put together as the project does."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import release
from resourcemap.project.tables import schedules_in
from resourcemap.publish.newsletter.sheet import Masthead, sheet_of
from resourcemap.publish.newsletter.words import Words
from resourcemap.publish.paper.places import number_places
from resourcemap.publish.papermap import paper_map

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
ADDRESS = "https://www.example.or.jp/map/#area=%E5%9C%8F%E5%9F%9F~1"


def rows_of(names, **more):
    """Make a table of salons on a grid, one every 200 m."""
    count = len(names)
    return gpd.GeoDataFrame(
        {
            "resource_id": [f"r{number}" for number in range(count)],
            "activity_id": [f"a{number}" for number in range(count)],
            "name": names,
            "kind": "salon",
            "place": "venue",
            "status": "active",
            "schedule": "毎週水曜 14:00〜16:00",
            "venue": [f"{number}番集会所" for number in range(count)],
            "channels": "list;map;paper",
            **more,
        },
        geometry=gpd.points_from_xy(
            [139.70 + 0.002 * (number % 8) for number in range(count)],
            [35.70 + 0.002 * (number // 8) for number in range(count)],
        ),
        crs="EPSG:4326",
    )


@pytest.fixture(scope="session")
def make_sheet():
    """Make an issue of some rows."""

    def made(table, language="ja", *, ruby=False, large=False, address=ADDRESS, name="さくら通信", **more):
        catalog, released = load_catalog(), release(table, "paper")
        places = number_places(released, catalog=catalog)
        area = gpd.GeoDataFrame(
            {"system": "圏域", "area_id": ["1"], "area": ["さくら台"]},
            geometry=[shapely.box(139.69, 35.69, 139.73, 35.73)],
            crs="EPSG:4326",
        )
        drawn = paper_map(
            released, places, catalog=catalog, width_mm=180, height_mm=100, area=area, areas=area, language=language
        )
        head = Masthead(name, 9, "さくら台", "みほん市社協", "000-0000", "本町1-1", "a@example.jp", FIRST, FIRST, LAST)
        schedules = schedules_in(released.table) if len(table) else pd.Series(dtype=object)
        return sheet_of(
            released,
            head=head,
            catalog=catalog,
            schedules=schedules,
            places=places,
            drawn=drawn,
            words=Words(language, ruby),
            large=large,
            address=address,
            **more,
        )

    return made
