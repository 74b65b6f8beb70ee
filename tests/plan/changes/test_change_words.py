"""The sentences: every change has one, and nothing of a row that is not released is in it."""

from datetime import date

import pandas as pd
import pytest

from resourcemap.model.catalog import load_catalog
from resourcemap.plan.changes.change_words import _HAPPENED, LABELS, NATURES, told
from resourcemap.plan.changes.changes import SORTS
from resourcemap.plan.changes.compare import ReachChanges

CATALOG = load_catalog()


def change(sort, why="", **more):
    row = {"change": sort, "nature": "real", "why": why, "old": 0, "new": 0, "kind": "salon", "metres": float("nan")}
    return pd.DataFrame([row | {"field": None, "before": None, "after": None} | more])


def say(table, *, name="ひだまり", block="みほん3丁目", **more):
    named = {"names": pd.Series([name]), "blocks": pd.Series([block], dtype=object)}
    return told(table, catalog=CATALOG, **named, **more)["sentence"][0]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (change("suspended"), "みほん3丁目のサロン「ひだまり」が休止しました（実際の変化）。"),
        (
            change("gone", "no_word", nature="knowledge", new=-1),
            "みほん3丁目のサロン「ひだまり」が一覧から消えました（分かったことの変化。終わったのかは分かりません）。",
        ),
        (
            change("schedule", "other", before="毎週水曜", after="毎週木曜"),
            "みほん3丁目のサロン「ひだまり」の開催日時が変わりました（実際の変化。「毎週水曜」から「毎週木曜」へ）。",
        ),
        (
            change("kind", before="cafe", after="salon"),
            "みほん3丁目のサロン「ひだまり」の種類が変わりました（実際の変化。「コミュニティカフェ」から「サロン」へ）。",
        ),
        (
            change("capacity", nature="knowledge", after="12"),
            "みほん3丁目のサロン「ひだまり」の定員が分かりました（分かったことの変化。「12」）。",
        ),
    ],
)
def test_what_is_said(table, said):
    assert say(table) == said


def test_what_moved_is_told_from_where_to_where():
    moved = change("moved", metres=957.0)
    assert say(moved, block="南町1丁目", blocks_before=pd.Series(["駅南1丁目"])) == (
        "駅南1丁目のサロン「ひだまり」が約960m離れた南町1丁目へ移りました（実際の変化）。"
    )
    assert "別の場所へ移りました" in say(moved, block="駅南1丁目", blocks_before=pd.Series(["駅南1丁目"]))


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_has_a_label_and_words_and_hides_what_is_not_released(sort):
    assert LABELS[sort]
    reasons = [why for of, why in _HAPPENED if of == sort] or [""]
    for why in reasons:
        for nature in NATURES:
            table = change(sort, why, nature=nature, field="name", before="ひみつ", after="ないしょ", metres=30.0)
            sentence = say(table, name=None, blocks_before=pd.Series(["みほん3丁目"]))
            assert sentence.startswith("サロン1件（みほん3丁目）")
            assert sentence.endswith("）。")
            assert "ました（" in sentence
            assert "ひみつ" not in sentence
            assert "ないしょ" not in sentence


def test_the_table_of_the_caller_stays_as_it_is():
    table = change("verified", before=str(date(2025, 1, 1)))
    kept = table.copy()
    told(table, catalog=CATALOG)
    assert table.equals(kept)


def test_no_changes_have_no_sentences():
    assert told(change("closed").iloc[:0], catalog=CATALOG)["sentence"].tolist() == []


def test_another_kind_loses_its_people_and_gains_those_of_the_other():
    by_row = pd.DataFrame(
        {
            "kind": ["salon", "cafe"],
            "audience": ["older", "everyone"],
            "audience_basis": ["audience", "everyone"],
            "nature": "real",
            "old": 0,
            "new": 0,
            "gained": [0, 7],
            "lost": [5, 0],
        }
    )
    reach = ReachChanges(by_row[["kind", "audience", "audience_basis"]], by_row, None, "straight", 500.0)
    rows = pd.concat([change("kind", before="salon", after="cafe", kind="cafe"), change("moved", kind="cafe")])
    found = told(rows.reset_index(drop=True), catalog=CATALOG, reach=reach)
    assert found["sentence"][0] == (
        "コミュニティカフェ1件の種類が変わり、65歳以上の5人がサロンから直線で500m以内でなくなり、"
        "住民の7人が新たにコミュニティカフェから直線で500m以内になりました"
        "（実際の変化。「サロン」から「コミュニティカフェ」へ）。"
    )
    assert found[["gained", "lost"]].sum().tolist() == [7, 5]
