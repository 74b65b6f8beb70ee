"""What every table must be."""

from __future__ import annotations

import geopandas as gpd
import pytest

from resourcemap.errors import InputError
from resourcemap.model.tables import PEOPLE, check


def test_more_people_of_known_ages_than_people_are_refused():
    table = gpd.GeoDataFrame(
        {"block_id": ["a", "b"], "total": [10, 10], "age_0_64": [6, 6], "age_65_over": [4, 5]},
        geometry=gpd.points_from_xy([139.7, 139.7], [35.7, 35.7]),
        crs=4326,
    )
    with pytest.raises(InputError, match=r"more than the total \(b\)"):
        check(table, PEOPLE, where="people.csv")
