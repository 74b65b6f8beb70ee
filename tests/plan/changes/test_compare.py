"""Gained and lost reach, held against a count with plain loops; swapped dates swap everything."""

from datetime import date
from math import hypot

import geopandas as gpd
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcemap.plan.changes.changes import compare_rows
from resourcemap.plan.changes.compare import compare_reach
from resourcemap.plan.changes.row_changes import state_on
from resourcemap.plan.situation import Situation

OLD_ON, NEW_ON = date(2025, 11, 1), date(2026, 11, 1)
AREAS = gpd.GeoDataFrame(
    {"system": ["圏域", "圏域", "市"], "area_id": ["w", "e", "1"], "area": ["西", "東", "市"]},
    geometry=[shapely.box(-50, -50, 1000, 50), shapely.box(1000, -50, 2000, 50), shapely.box(-50, -50, 9000, 50)],
    crs=6677,
)
KINDS = ["salon", "hiroba"]
KEYS = [
    *("name", "kind", "address", "status", "place", "valid_from", "valid_to", "verified_on", "provider"),
    *("x", "serves", "given"),
]
FOUR = ["gained_real", "lost_real", "gained_knowledge", "lost_knowledge"]

row = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["輪の会", "碁の会", "詩の会", "茶の会", "絵の会"]),
        "kind": st.sampled_from(KINDS),
        "address": st.sampled_from([None, "本町1-1", "本町2-2", "本町3-3"]),
        "status": st.sampled_from(["active", "active", "suspended", "ended"]),
        "place": st.sampled_from(["venue", "venue", "served_area"]),
        "valid_from": st.sampled_from([None, None, date(2025, 1, 1), date(2026, 5, 1), date(2027, 1, 1)]),
        "valid_to": st.sampled_from([None, None, date(2025, 5, 1), date(2026, 5, 1)]),
        "verified_on": st.sampled_from([None, date(2025, 5, 1), date(2026, 5, 1)]),
        "provider": st.sampled_from([None, "甲会", "乙会"]),
        "x": st.sampled_from([None, 0, 300, 700, 1200, 1900]),
        "serves": st.sampled_from([None, "b0", "b1"]),
        "given": st.sampled_from([None, "S-1", "S-2", "S-3"]),
    }
)
lists = st.lists(row, max_size=5)
homes = st.lists(
    st.tuples(st.sampled_from([0, 250, 500, 900, 1400, 1800, 2400]), st.integers(0, 9)), min_size=1, max_size=5
)


def resources(rows):
    ids = [each["given"] or f"r{number:010x}" for number, each in enumerate(rows)]
    ids = [id_ if id_ not in ids[:number] else f"r{number:010x}" for number, id_ in enumerate(ids)]
    data = {name: pd.Series([each[name] for each in rows], dtype=object) for name in KEYS if name not in ("x", "given")}
    points = [
        None if each["x"] is None or each["place"] == "served_area" else shapely.Point(each["x"], 0) for each in rows
    ]
    table = gpd.GeoDataFrame(data, geometry=gpd.GeoSeries(points, crs=6677))
    return table.assign(resource_id=pd.Series(ids, dtype=object), activity_id=pd.Series(ids, dtype=object))


def situation(rows, people, on):
    table = resources(rows) if rows else resources([dict.fromkeys(KEYS)]).iloc[:0]
    points = gpd.GeoDataFrame(
        {"total": [count for _, count in people], "block_id": [f"b{x // 1000}" for x, _ in people]},
        geometry=[shapely.Point(x, 0) for x, _ in people],
        crs=6677,
    )
    visits = [(at, each["serves"]) for at, each in enumerate(rows) if each["place"] == "served_area" and each["serves"]]
    served = pd.DataFrame(visits, columns=["resource", "block_id"]).astype({"resource": int})
    return Situation(points, table, AREAS, served=served, on=on)


def compared(old, new):
    return compare_rows(old.resources, new.resources, old_on=old.on, new_on=new.on)


def reached(rows, on, x, kind):
    """Tell with a plain loop whether somebody at x has one of a kind within 500 m, or is visited."""
    for each in rows:
        if each["kind"] != kind or state_on(each, on) != "runs":
            continue
        if each["place"] == "served_area" and each["serves"] == f"b{x // 1000}":
            return True
        if each["place"] == "venue" and each["x"] is not None and hypot(each["x"] - x) <= 500:
            return True
    return False


@settings(max_examples=15)
@given(lists, lists, homes, homes)
def test_the_parts_are_the_whole_as_plain_loops_count_it(old_rows, new_rows, old_people, new_people):
    old, new = situation(old_rows, old_people, OLD_ON), situation(new_rows, new_people, NEW_ON)
    found = compare_reach(old, new, compared(old, new), kinds=KINDS)
    whole = found.table[found.table["system"] == "全体"].set_index("kind")
    for kind in KINDS:
        said = whole.loc[kind]
        was = sum(count for x, count in old_people if reached(old_rows, OLD_ON, x, kind))
        before = sum(count for x, count in new_people if reached(old_rows, OLD_ON, x, kind))
        now = sum(count for x, count in new_people if reached(new_rows, NEW_ON, x, kind))
        both = sum(
            count
            for x, count in new_people
            if reached(new_rows, NEW_ON, x, kind) and reached(old_rows, OLD_ON, x, kind)
        )
        assert (said["within_old"], said["within_before"], said["within"]) == (was, before, now)
        assert said["gained_real"] + said["gained_knowledge"] == now - both
        assert said["lost_real"] + said["lost_knowledge"] == before - both
    table = found.table
    assert (table["by_real"] + table["by_knowledge"] + table["by_population"] == table["difference"]).all()
    assert (table["difference"] == table["within"] - table["within_old"]).all()
    assert (
        table["within_real"] - table["within_before"]
        == table["by_real"] - table["lost_but_found"] + table["gained_but_corrected"]
    ).all()
    everyone = [*FOUR, "within_old", "within", "people", "people_old", "difference"]
    by_system = table.groupby(["system", "kind"])[everyone].sum()
    for system in ("圏域", "市"):
        assert (by_system.loc[system] == by_system.loc["全体"]).all(axis=None)
    counts = compared(old, new).counts()
    assert counts["old"].sum() == len(old_rows)
    assert counts["new"].sum() == len(new_rows)


@settings(max_examples=15)
@given(lists, lists, homes)
def test_everyone_is_with_one_resource_that_changed(old_rows, new_rows, people):
    old, new = situation(old_rows, people, OLD_ON), situation(new_rows, people, NEW_ON)
    both = compared(old, new)
    found = compare_reach(old, new, both, kinds=KINDS)
    whole = found.table[found.table["system"] == "全体"].set_index("kind")
    sums = found.by_row.pivot_table(index="kind", columns="nature", values=["gained", "lost"], aggfunc="sum")
    for kind in KINDS:
        for what in ("gained", "lost"):
            for nature in ("real", "knowledge"):
                told = sums.get((what, nature), pd.Series(dtype=float)).get(kind, 0)
                assert whole.loc[kind, f"{what}_{nature}"] == (0 if pd.isna(told) else told)
    changed = set(zip(both.changes["nature"], both.changes["old"], both.changes["new"], strict=True))
    assert set(zip(found.by_row["nature"], found.by_row["old"], found.by_row["new"], strict=True)) <= changed


@settings(max_examples=15)
@given(lists, homes)
def test_a_list_held_against_itself_has_not_changed(rows, people):
    one = situation(rows, people, OLD_ON)
    both = compared(one, one)
    assert both.changes.empty
    assert set(both.rows["fate"]) <= {"unchanged"}
    assert (both.rows["old"] == both.rows["new"]).all() or both.rows["old"].tolist() == both.rows["new"].tolist()
    table = compare_reach(one, one, both, kinds=KINDS).table
    assert (table[[*FOUR, "difference"]] == 0).all(axis=None)


@settings(max_examples=15)
@given(lists, lists, homes)
def test_swapped_dates_swap_what_opened_and_closed_and_who_gained_and_lost(old_rows, new_rows, people):
    one, other = situation(old_rows, people, NEW_ON), situation(new_rows, people, NEW_ON)
    there, back = compared(one, other), compared(other, one)
    counts, swapped = there.counts(), back.counts()
    # What was planned and now pauses has not opened, yet on the way back it ends.
    paused = any("suspended" in set(each.resources["status"]) for each in (one, other))
    opposites = {"unclear": "unclear"} if paused else {"opened": "closed", "closed": "opened", "unchanged": "unchanged"}
    for fate, opposite in opposites.items():
        there_and_back = swapped.loc[opposite, "new"], swapped.loc[opposite, "old"]
        assert (counts.loc[fate, "old"], counts.loc[fate, "new"]) == there_and_back
    forth = compare_reach(one, other, there, kinds=KINDS).table
    again = compare_reach(other, one, back, kinds=KINDS).table
    gained = forth["gained_real"] + forth["gained_knowledge"]
    assert gained.tolist() == (again["lost_real"] + again["lost_knowledge"]).tolist()
    assert forth["difference"].tolist() == (-again["difference"]).tolist()


def test_what_the_people_themselves_make_stands_apart():
    rows = [{**dict.fromkeys(KEYS), "name": "輪の会", "kind": "salon", "status": "active", "place": "venue", "x": 0}]
    old, new = situation(rows, [(0, 5), (900, 7)], OLD_ON), situation(rows, [(0, 9), (900, 1)], NEW_ON)
    said = compare_reach(old, new, compared(old, new)).table.iloc[0]
    assert (said["within_old"], said["within_before"], said["within"]) == (5, 9, 9)
    assert (said["by_population"], said["by_real"], said["by_knowledge"]) == (4, 0, 0)


def test_who_lost_a_place_really_and_keeps_another_that_was_merely_not_listed_is_in_neither():
    here = {**dict.fromkeys(KEYS), "kind": "salon", "status": "active", "place": "venue", "x": 0}
    old_rows = [{**here, "name": "輪の会"}]
    known = {**here, "name": "碁の会", "verified_on": date(2025, 1, 1)}
    new_rows = [{**here, "name": "輪の会", "status": "ended"}, known]
    old, new = situation(old_rows, [(0, 5)], OLD_ON), situation(new_rows, [(0, 5)], NEW_ON)
    said = compare_reach(old, new, compared(old, new)).table.iloc[0]
    assert said["lost_but_found"] == 5
    assert said[FOUR].sum() == said["difference"] == 0


def test_ages_that_one_date_does_not_know_are_counted_on_none():
    rows = [{**dict.fromkeys(KEYS), "name": "輪の会", "kind": "salon", "status": "active", "place": "venue", "x": 0}]
    old, new = situation(rows, [(0, 5)], OLD_ON), situation(rows, [(0, 9)], NEW_ON)
    ages = new.people.assign(age_0_64=[6], age_65_over=[3])
    new = Situation(ages, new.resources, AREAS, served=new.served, on=NEW_ON)
    said = compare_reach(old, new, compared(old, new)).table.iloc[0]
    assert (said["audience_basis"], said["people_old"], said["people"]) == ("everyone", 5, 9)
