"""The figures of the planning layers are those of the table: nothing is worked out, lost or told twice."""

from __future__ import annotations

import numpy as np

from resourcemap.measure.catalogue import load_measures
from resourcemap.publish.webmap.planning import Planning, planning_data


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
