"""What lies over the areas or is said of them is that of the tables, without what they do not need to tell."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from resourcemap.publish.webmap.planning import Planning


def test_sentences_of_another_distance_are_left_out(written, gaps):
    assert "sentences" not in written(Planning(gaps=gaps, metres=300))
    assert written(Planning(gaps=gaps))["sentences"] == [{"0": ["西圏域の文。", "東圏域の文。"]}]


def test_standards_are_a_letter_and_a_sentence_per_area(written):
    common = {
        "standard": "近い",
        "system": "圏域",
        "measure": "nearest_median_m",
        "threshold": 500.0,
        "promise": "約束",
    }
    rows = pd.DataFrame(
        {
            "area_id": ["e", "w"],
            "met": ["unknown", "met"],
            "value": [734.0, 12.0],
            "without": [3, 0],
            "sentence": ["あ", "い"],
        }
    ).assign(**common)
    whole = rows.iloc[[0]].assign(system="全体", area_id="全体", met="unmet")
    [standard] = written(Planning(standards=pd.concat([whole, rows])))["standards"]
    assert (standard["name"], standard["promise"], standard["threshold"]) == ("近い", "約束", 500)
    assert standard["systems"] == [{"met": "m?", "value": [10, 730], "without": [0, 3], "said": ["い", "あ"]}]


def test_patches_tell_no_ages(written):
    table = gpd.GeoDataFrame(
        {
            "standard": "近い",
            "name": ["町"],
            "people": [12],
            "sentence": ["文"],
            "system": "圏域",
            "area": ["西圏域"],
            "age_75_79": 3,
        },
        geometry=[shapely.box(139.7, 34.95, 139.701, 34.951)],
        crs=4326,
    )
    [patches] = written(Planning(patches=table))["patches"]
    assert {name for name in patches if name.startswith("age")} == set()
    assert (patches["people"], patches["area"]) == ([12], ["西圏域"])


def test_candidates_and_chosen_sites_stand_together(written):
    table = gpd.GeoDataFrame(
        {"kind": "salon", "name": ["甲館", "乙館"], "order": [None, 1.0], "sentence": [None, "文。"]},
        geometry=gpd.points_from_xy([139.7, 139.71], [34.95, 34.951]),
        crs=4326,
    )
    [sites] = written(Planning(sites=table))["sites"]
    assert (sites["name"], sites["order"], sites["said"]) == (["甲館", "乙館"], [None, 1], [None, "文。"])
