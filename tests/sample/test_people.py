"""People and area systems of the sample city."""

import numpy as np


def _ages(people):
    return people.drop(columns=["町丁目コード", "町丁目", "総数"])


def test_about_120_000_people_live_there_and_ages_sum_to_the_totals(people):
    ages = _ages(people)
    assert 115_000 <= people["総数"].sum() <= 125_000
    assert ages.shape[1] == 18
    assert (ages.sum(axis=1) == people["総数"]).all()
    assert (ages >= 0).all().all()


def test_every_block_is_counted_once(people, layer):
    blocks = layer("blocks")
    assert people["町丁目コード"].tolist() == blocks["block_id"].tolist()
    assert people["町丁目"].tolist() == blocks["block"].tolist()


def test_people_are_unevenly_spread_and_unevenly_aged(people):
    older = _ages(people).iloc[:, 13:].sum(axis=1) / people["総数"]
    assert people["総数"].quantile(0.9) > 4 * people["総数"].quantile(0.1)
    estate = older[people["町丁目"].str.startswith("南団地")]
    tower = older[people["町丁目"].str.startswith("駅南")]
    assert estate.min() > 0.4
    assert tower.max() < 0.2


def test_every_block_is_in_one_area_of_each_system(members, layer):
    assert members["町丁目"].tolist() == layer("blocks")["block"].tolist()
    assert members.notna().all().all()
    assert members["日常生活圏域"].nunique() == 8
    assert members["地区社協"].nunique() == 21


def test_areas_are_in_one_piece(members, layer):
    blocks = layer("blocks").merge(members, left_on="block", right_on="町丁目")
    for system in ("日常生活圏域", "地区社協"):
        assert set(blocks.dissolve(system).geom_type) == {"Polygon"}


def test_the_systems_do_not_nest(members):
    in_several = members.groupby("地区社協")["日常生活圏域"].nunique() > 1
    assert in_several.sum() >= 5
    assert (members.groupby("日常生活圏域")["地区社協"].nunique() > 1).all()


def test_areas_differ_in_size_but_none_is_empty(members, people):
    for system in ("日常生活圏域", "地区社協"):
        total = members.merge(people, on="町丁目").groupby(system)["総数"].sum()
        assert np.all(total > 1_000)
        assert total.max() < 10 * total.min()


def test_service_areas_do_not_reach_across_the_river(members, layer):
    water = layer("water")
    river = water[water["name"] == "みほん川"].union_all()
    blocks = layer("blocks").merge(members, left_on="block", right_on="町丁目")
    for area in blocks.dissolve("日常生活圏域").geometry:
        dry = [part for part in getattr(area.difference(river), "geoms", [area]) if part.area > 1_000]
        assert len(dry) == 1
