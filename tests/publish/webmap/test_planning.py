"""The data of the planning layers are those of the tables: nothing is worked out, lost or told twice."""

from __future__ import annotations

import json
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.measure.catalogue import load_measures
from resourcemap.publish.webmap.planning import Planning, planning_data, planning_words
from resourcemap.publish.webmap.planning_compared import CHANGES, as_rows
from resourcemap.publish.webmap.words import LANGUAGES


@pytest.fixture
def written(areas, catalog):
    return lambda planning: json.loads(json.dumps(planning_data(planning, areas, catalog=catalog)))


def value_of(figures, measure, kind, metres, system=0):
    """Find the values of a figure in the data, by the ids of the tables."""
    names = [each["id"] for each in figures["measures"]]
    at = next(
        at
        for at, (number, kind_, _, _, far, _, _) in enumerate(figures["list"])
        if (names[number], kind_, far) == (measure, kind, metres)
    )
    return figures["systems"][system]["values"][at], figures["list"][at][-1]


def test_every_figure_is_that_of_the_table_or_follows_from_it(written, planning, coverage, catalog):
    figures = written(planning)["figures"]
    kinds = {kind: at for at, kind in enumerate(catalog.kinds)}
    for (measure, kind, metres), rows in coverage.groupby(["measure", "kind", "distance_m"], dropna=False):
        far = None if np.isnan(metres) else metres
        values, derived = value_of(figures, measure, kinds[kind], far)
        if derived:
            assert values is None
            assert measure in ("beyond", "share_within")
            people, within = (
                value_of(figures, name, kinds[kind], d)[0] for name, d in (("people", None), ("within", far))
            )
            values = [
                p - w if measure == "beyond" else (w / p if p else None) for p, w in zip(people, within, strict=True)
            ]
        shown = [None if np.isnan(value) else value for value in rows["value"]]
        if measure.endswith("_m"):
            shown = [None if value is None else round(value, -1) for value in shown]
        assert values == shown


def test_metres_are_rounded_to_ten_as_in_the_files(written, planning):
    figures = written(planning)["figures"]
    salon = next(at for at, each in enumerate(figures["measures"]) if each["id"] == "nearest_median_m")
    at = next(at for at, each in enumerate(figures["list"]) if each[0] == salon)
    assert figures["systems"][0]["values"][at] == [230, None, None]


def test_areas_without_data_have_no_figure_but_their_places(written, coverage):
    east = (coverage["area_id"] == "e") & (coverage["measure"] != "resources")
    table = coverage.assign(sureness=coverage["sureness"].where(~east, "no_data"))
    figures = written(Planning(coverage=table, measures=load_measures()))["figures"]
    names = [each["id"] for each in figures["measures"]]
    for at, (measure, *_) in enumerate(figures["list"]):
        values = figures["systems"][0]["values"][at]
        if names[measure] == "resources":
            assert values[1] == 0
        elif values is not None:
            assert values[1] is None


def test_figures_that_do_not_follow_are_written(written, coverage):
    odd = coverage.assign(value=coverage["value"].where(coverage["measure"] != "beyond", 1))
    figures = written(Planning(coverage=odd, measures=load_measures()))["figures"]
    beyond = next(at for at, each in enumerate(figures["measures"]) if each["id"] == "beyond")
    [at] = [at for at, each in enumerate(figures["list"]) if each[0] == beyond]
    assert (figures["list"][at][-1], figures["systems"][0]["values"][at]) == (0, [1, 1, 1])


def test_sureness_is_a_digit_per_area(written, planning):
    figures = written(planning)["figures"]
    assert set(figures["systems"][0]["sure"]) == {"", "344"}


def test_areas_that_share_an_id_keep_their_own_figures(catalog, areas, coverage):
    same = coverage.assign(area_id=coverage["area_id"].where(coverage["area_id"].isna(), "x"))
    figures = planning_data(
        Planning(coverage=same, measures=load_measures()), areas.assign(area_id="x"), catalog=catalog
    )["figures"]
    assert figures["systems"][0]["values"][0] == [400, 300, 7]


def test_shares_have_fifths_and_all_kinds_of_a_measure_the_same_bounds(written, planning):
    measures = {each["id"]: each for each in written(planning)["figures"]["measures"]}
    assert measures["share_within"]["breaks"] == [0.2, 0.4, 0.6, 0.8]
    assert measures["people"]["breaks"] == [300, 400, 900]
    assert (measures["within"]["better"], measures["beyond"]["better"]) == ("more", "less")


def test_a_measure_without_a_name_is_refused(areas, catalog, coverage):
    with speaking("en"), pytest.raises(InputError, match=r"measures have no name \(people, within"):
        planning_data(Planning(coverage=coverage), areas, catalog=catalog)
    with speaking("ja"), pytest.raises(InputError, match="数字の名前がありません"):
        planning_data(Planning(coverage=coverage), areas, catalog=catalog)


def test_a_planning_map_needs_areas(catalog):
    with speaking("en"), pytest.raises(InputError, match="needs areas"):
        planning_data(Planning(), None, catalog=catalog)
    with speaking("ja"), pytest.raises(InputError, match="区域が要ります"):
        planning_data(Planning(), None, catalog=catalog)


def test_nothing_is_written_that_was_not_given(written):
    assert written(Planning()) == {"metres": 500}


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


def test_two_dates_are_figures_in_people(written):
    table = pd.DataFrame(
        {
            "system": "圏域",
            "area_id": ["w", "e"],
            "kind": "salon",
            "audience": "older",
            "audience_basis": "audience",
            "difference": [40, -15],
            "by_real": [40, 0],
        }
    )
    data = written(Planning(comparison=table, since=date(2025, 11, 1)))
    assert data["since"] == "2025-11-01"
    figures = data["figures"]
    assert [each["id"] for each in figures["measures"]] == ["difference", "by_real"]
    assert figures["systems"][0]["values"] == [[40, -15, None], [40, 0, None]]
    assert all(each["both"] == 1 for each in figures["measures"])
    assert set(as_rows(table, 500)["measure"]) <= set(CHANGES)


def test_candidates_and_chosen_sites_stand_together(written):
    table = gpd.GeoDataFrame(
        {"kind": "salon", "name": ["甲館", "乙館"], "order": [None, 1.0], "sentence": [None, "文。"]},
        geometry=gpd.points_from_xy([139.7, 139.71], [34.95, 34.951]),
        crs=4326,
    )
    [sites] = written(Planning(sites=table))["sites"]
    assert (sites["name"], sites["order"], sites["said"]) == (["甲館", "乙館"], [None, 1], [None, "文。"])


def test_the_words_are_the_same_in_every_language():
    words = {language: planning_words(language) for language in LANGUAGES}
    assert len({frozenset(each) for each in words.values()}) == 1
    assert all(text.strip() for each in words.values() for text in each.values())


def test_a_public_map_has_nothing_of_it(town, resources):
    page = town.page(resources)
    assert "planning" not in json.loads(page.data)
    assert "PlanningLayers" not in page.code
    assert "rm-planning" not in page.style
