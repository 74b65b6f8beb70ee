"""Words that sentences share: figures never cross a bound by rounding, and every doubt is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.measure.catalogue import load_measures
from resourcemap.model.catalog import load_catalog
from resourcemap.plan.wording import amount, doubts, people_label, percent, percent_beside, within


@given(st.floats(0, 1), st.floats(0.01, 1))
def test_a_share_beside_a_bound_stands_on_its_side(share, bound):
    bound = round(bound, 2)
    said = percent_beside(share, [bound])
    if said.endswith(("以上", "未満")):
        return
    if share < bound - 1e-6:
        assert float(said.removesuffix("％")) < bound * 100 + 1e-9


@given(st.floats(0, 1))
def test_nobody_and_everybody_are_said_only_when_it_is_so(share):
    assert (percent(share) == "0％") == (share == 0)
    assert (percent(share) == "100％") == (share == 1)


@given(st.floats(0, 1e6))
def test_within_is_true_and_no_more_than_ten_metres_too_wide(metres):
    said = float(within(metres).removesuffix("m").replace(",", ""))
    assert max(metres, 10) - 1e-6 <= said < max(metres, 1e-6) + 10


@pytest.mark.parametrize(
    ("measure", "value", "said"),
    [
        ("share_within", 0.615, "62％"),
        ("resources", 1.0, "1件"),
        ("per_1000", 0.25, "0.25件"),
        ("nearest_median_m", 1234.0, "1,234m"),
        ("gini", 0.405, "0.41"),
        ("days_per_month", float("nan"), "不明"),
    ],
)
def test_a_value_has_its_unit(measure, value, said):
    assert amount(value, load_measures()[measure]) == said


def test_every_doubt_is_said_once():
    row = {"uncounted": 1, "kind_label": "サロン", "unknown_age": 1234, "audience": "older"}
    said = doubts({**row, "audience_basis": "everyone", "approximate_area": True})
    assert said == (
        "場所の分からないサロンがほかに1件あり、数えていません。ほかに、年齢の分からない1,234人は数えていません。"
        "対象となる人だけの人口がないため、住民全員で数えました。区域の境界はおよその形です。"
    )
    sure = {"uncounted": 0, "unknown_age": 0, "audience": "everyone", "audience_basis": "everyone"}
    assert doubts({**sure, "kind_label": "AED", "approximate_area": False}) == ""


def test_people_without_ages_are_residents():
    catalog = load_catalog()
    assert people_label("everyone", "everyone", catalog) == people_label("older", "everyone", catalog) == "住民"
    assert people_label("children", "audience", catalog) == "0〜14歳"
