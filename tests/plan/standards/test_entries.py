"""[[standards]] as people write them: every fault has its sentence, naming the entry, all at once."""

from __future__ import annotations

import math

import pytest

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.measure.conditions import Every, Often
from resourcemap.model.catalog import load_catalog
from resourcemap.plan.standards.entries import read_standards
from resourcemap.reach.slot_words import Slot

CATALOG = load_catalog()
GOOD = {"name": "近くのサロン", "kinds": "サロン", "threshold": 0.8}
NOON = "日 12:00-13:00"
# What is wrong in the entry, and a part of the sentence in Japanese and in English.
BAD = [
    ({"kinds": "saloon"}, "「saloon」はありません。もしかして salon ですか", "Did you mean salon?"),
    (
        {"kinds": ["salon", "サロソ"]},
        "「サロソ」はありません。もしかして サロン",
        "there is no サロソ",
    ),
    ({"kinds": []}, "kinds の値 [] は使えません", "kinds cannot be []"),
    ({"kinds": ["salon", 3]}, "文字の並びにしてください", "Write a list of texts"),
    ({"audience": "oldr"}, "もしかして older ですか", "Did you mean older?"),
    ({"audience": "14〜3歳"}, "「14〜3歳」はありません", "there is no 14〜3歳"),
    ({"audience": ""}, "audience の値 '' は使えません", "audience cannot be ''"),
    ({"system": "圏"}, "「圏」はありません", "there is no 圏"),
    ({"measure": "within2"}, "もしかして within ですか", "Did you mean within?"),
    ({"measure": "people"}, "「people」はありません", "there is no people"),
    ({"measure": "lacking"}, "「lacking」はありません", "there is no lacking"),
    ({"per": "town"}, "「town」はありません", "there is no town"),
    ({"treshold": 1}, "もしかして threshold ですか", "Did you mean threshold?"),
    ({"name": "  "}, "name の値 '  ' は使えません", "name cannot be '  '"),
    ({"name": 3}, "name の値 3 は使えません", "name cannot be 3"),
    ({"theme": 3}, "theme の値 3 は使えません", "theme cannot be 3"),
    ({"distance": -5}, "distance -5 は使えません。0より大きい数", "a distance of -5 makes no sense"),
    ({"distance": 0}, "distance 0 は使えません", "a distance of 0 makes no sense"),
    ({"distance": math.nan}, "distance の値 nan は使えません", "distance cannot be nan"),
    ({"distance": math.inf}, "distance の値 inf は使えません", "distance cannot be inf"),
    ({"distance": 10**400}, "distance の値 1000", "distance cannot be 1000"),
    ({"distance": "500"}, "引用符のない数にしてください", "Write a number"),
    ({"weight": -1}, "weight -1 は使えません", "a weight of -1 makes no sense"),
    ({"weight": 0}, "weight 0 は使えません", "a weight of 0 makes no sense"),
    ({"weight": math.nan}, "weight の値 nan は使えません", "weight cannot be nan"),
    ({"threshold": 80}, "0から1までの数です（80％は 0.8）", "goes from 0 to 1 (80 % is 0.8)"),
    ({"threshold": "80%"}, "threshold の値 '80%' は使えません", "threshold cannot be '80%'"),
    ({"threshold": True}, "threshold の値 True は使えません", "threshold cannot be True"),
    ({"threshold": math.nan}, "threshold の値 nan は使えません", "threshold cannot be nan"),
    ({"threshold": 0}, "threshold 0 は使えません", "a threshold of 0 makes no sense"),
    ({"threshold": -0.5}, "threshold -0.5 は使えません", "a threshold of -0.5 makes no sense"),
    ({"per": "area", "threshold": 0.8}, "整数にしてください", "is a whole number"),
    ({"per": "area", "threshold": -2}, "threshold -2 は使えません", "a threshold of -2 makes no sense"),
    ({"measure": "beyond", "threshold": -3}, "threshold -3 は使えません", "a threshold of -3 makes no sense"),
    ({"measure": "within", "threshold": 0.8}, "measure を share_within に", "is a whole number"),
    ({"at_least": 0.5}, "at_least は、slots か each_day と一緒に", "at_least needs slots or each_day"),
    (
        {"often": "週1回", "at_least": 0.5},
        "at_least は、slots か each_day と一緒に",
        "at_least needs slots or each_day",
    ),
    ({"slots": NOON, "at_least": 2}, "at_least 2 は使えません", "at_least of 2 makes no sense"),
    ({"slots": NOON, "often": "週1回"}, "slots、often は、どれかひとつだけ", "only one of slots, often"),
    ({"slots": NOON, "each_day": "平日"}, "slots、each_day は、どれかひとつだけ", "only one of slots, each_day"),
    ({"slots": "なに"}, "時間帯 'なに' は読めません", "The slot 'なに' cannot be read"),
    ({"slots": []}, "slots の値 [] は使えません", "slots cannot be []"),
    ({"each_day": "なに"}, "'なに' は読めません", "'なに' cannot be read"),
    ({"each_day": "2026-12-06 10:00-12:00"}, "1日だけです", "is a single date"),
    ({"often": "たまに"}, "頻度「たまに」は読めません", "How often 'たまに' is cannot be read"),
    ({"often": "週9回"}, "週1〜7回か、月1〜31回にしてください", "Give 1 to 7 a week"),
    ({"per": "area", "measure": "resources", "threshold": 1}, "どちらか一方だけ", "write per or measure, not both"),
    ({"per": "area", "threshold": 1, "distance": 300}, "distance は効きません", "has no distance"),
    ({"measure": "nearest_median_m", "threshold": 500, "often": "週1回"}, "開いている時間ごとには", "times of opening"),
    (
        {"measure": "resources_open", "threshold": 1},
        "slots か each_day か often を書き足して",
        "needs slots, each_day or",
    ),
]


def faults_of(entries, language="en", systems=("圏域",)):
    with speaking(language), pytest.raises(InputError) as error:
        read_standards(entries, CATALOG, systems)
    return error.value.faults


@pytest.mark.parametrize(("wrong", "ja", "en"), BAD, ids=lambda each: str(each)[:40])
def test_a_fault_has_one_sentence_that_names_the_entry(wrong, ja, en):
    entries = [{**GOOD, "name": "よい"}, {**GOOD, **wrong}]
    for language, part in (("ja", ja), ("en", en)):
        (fault,) = faults_of(entries, language)
        assert part in fault
        assert fault.startswith("[[standards]] 2")
        if isinstance(entries[1]["name"], str):
            assert f"「{entries[1]['name']}」" in fault


@pytest.mark.parametrize("key", ["name", "kinds", "threshold"])
def test_what_must_be_there_is_asked_for(key):
    (fault,) = faults_of([{name: value for name, value in GOOD.items() if name != key}])
    assert f"it has no {key}" in fault


def test_all_faults_of_all_entries_are_told_at_once():
    entries = [{**GOOD, "kinds": "saloon", "audience": "oldr", "distance": -1}, {"name": "b"}, {**GOOD, "name": "b"}]
    faults = faults_of(entries)
    named = [fault.split("」")[0] for fault in faults[:-1]]
    assert named == ["[[standards]] 1「近くのサロン"] * 3 + ["[[standards]] 2「b"] * 2
    assert faults[-1].startswith("[[standards]] 2 and 3 are both named 'b'")


def test_a_theme_taken_twice_says_which_entries():
    faults = faults_of([{"preset": "older"}, {**GOOD}, {"preset": "older"}], "ja")
    assert len(faults) == 2
    assert all(fault.startswith("[[standards]] 1と3: 「") for fault in faults)


def test_a_fault_of_an_entry_with_a_theme_is_told_once():
    (fault,) = faults_of([{"preset": "older", "treshold": 1}])
    assert fault.startswith("[[standards]] 1 preset older: there is no treshold")
    (fault,) = faults_of([{"preset": "oldr"}])
    assert "Did you mean older?" in fault
    (fault,) = faults_of([{"preset": "older", "name": "a"}], "ja")
    assert "preset と name は一緒に書けません" in fault


def test_a_theme_that_is_changed_is_named_by_what_it_promises():
    plain = read_standards([{"preset": "safety", "weight": 3}], CATALOG, [])
    assert [standard.name for standard in plain] == ["住民の9割が、避難所から800m以内", "住民の8割が、AEDから300m以内"]
    assert {standard.weight for standard in plain} == {3}
    changed = read_standards([{"preset": "safety", "distance": 400}], CATALOG, [])
    assert [standard.name for standard in changed] == [
        "住民の90％以上が、避難所から400m以内",
        "住民の80％以上が、AEDから400m以内",
    ]
    others = read_standards([{"preset": "older", "kinds": "サロン"}], CATALOG, [])
    assert {standard.called for standard in others} == {""}


@pytest.mark.parametrize(
    ("text", "often"),
    [
        ("週1回", Often(1)),
        ("毎週", Often(1)),
        ("週に2日以上", Often(2)),
        ("月２回", Often(2, "month")),
        ("毎月", Often(1, "month")),
        ("weekly", Often(1)),
        ("2 times a month", Often(2, "month")),
        ("once a week", Often(1)),
    ],
)
def test_how_often_is_read_as_people_write_it(text, often):
    (standard,) = read_standards([{**GOOD, "often": text}], CATALOG, [])
    assert standard.when == often


def test_times_are_read():
    asked = {"slots": [NOON, "月 10:00-12:00", NOON]}
    (both,) = read_standards([{**GOOD, **asked}], CATALOG, [])
    assert both.when == Every((Slot((6,), 720, 780), Slot((0,), 600, 720)))
    (one,) = read_standards([{**GOOD, "slots": [NOON, NOON]}], CATALOG, [])
    assert (one.when, one.slot) == (Slot((6,), 720, 780), NOON)
    (weekdays,) = read_standards([{**GOOD, "each_day": " 平日 "}], CATALOG, [])
    assert (len(weekdays.when.slots), weekdays.slot) == (5, "平日のどの日も")
    (monday,) = read_standards([{**GOOD, "each_day": "月"}], CATALOG, [])
    assert monday.slot == "月曜日"


def test_words_stand_for_ids():
    asked = {"name": " 名前 ", "kinds": ["サロン", "salon", "ひろば"], "threshold": 2, "per": "区域", "often": "週1回"}
    (standard,) = read_standards([{**asked, "system": "圏域"}], CATALOG, ["圏域"])
    assert (standard.name, standard.kinds, standard.measure) == ("名前", ("salon", "hiroba"), "resources_open")
    assert (standard.systems, standard.distance, standard.audience) == (("圏域",), None, "older")
    assert read_standards([], CATALOG, []) == []


def test_a_distance_beside_a_preset_changes_the_standards_that_have_one():
    near, every_day = read_standards([{"preset": "older", "distance": 400}], CATALOG, [])
    assert (near.distance, every_day.distance) == (400, None)
