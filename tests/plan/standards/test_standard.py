"""Standards and the presets that come with the package."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest

from resourcemap.measure.conditions import Every, Often
from resourcemap.model.ages import audience_of_ages
from resourcemap.model.catalog import load_catalog
from resourcemap.plan.standards.entries import read_standards
from resourcemap.plan.standards.standard import (
    Standard,
    audience_of_id,
    catalog_for,
    load_presets,
    measures_asked,
    of_distance,
)
from resourcemap.reach.slot_words import Slot

CATALOG = load_catalog()
OF_PRESETS = [(preset, entry) for preset in load_presets().values() for entry in preset.standards]
PARTS = {"半数": 0.5} | {f"{tenths}割": tenths / 10 for tenths in range(1, 10)}
NOON = Slot((6,), 720, 780)


def test_every_theme_of_the_committees_is_there_and_all_are_read_together():
    presets = load_presets()
    assert [preset.ja for preset in presets.values()] == ["買い物支援", "子どもの居場所", "高齢者の居場所", "地域防災"]
    standards = read_standards([{"preset": id_} for id_ in presets], CATALOG, [])
    assert [standard.theme for standard in standards] == [preset.ja for preset, _ in OF_PRESETS]
    again = read_standards([{"preset": preset.ja} for preset in presets.values()], CATALOG, [])
    assert again == standards


@pytest.mark.parametrize(("preset", "entry"), OF_PRESETS, ids=[entry["name"] for _, entry in OF_PRESETS])
def test_the_name_of_a_preset_says_what_it_asks(preset, entry):
    (standard,) = read_standards([{**entry, "theme": preset.ja}], CATALOG, [])
    name = unicodedata.normalize("NFKC", entry["name"])
    assert set(standard.kinds) <= set(CATALOG.kinds)
    assert catalog_for([standard], CATALOG).audiences[standard.audience]
    if standard.measure == "share_within":
        (part,) = [word for word in PARTS if f"の{word}が" in name]
        assert standard.threshold == PARTS[part]
        assert re.findall(r"(\d+)m以内", name) == [f"{standard.distance:g}"]
        who = name.split("の" + part)[0]
        same = {"子ども": "children", "住民": "everyone"}.get(who) or audience_of_ages(who).id
        assert standard.audience == same
    else:
        assert standard.in_areas
        assert standard.threshold == 1
        assert re.findall(r"(\d+)か所", name) in ([], ["1"])
    if isinstance(standard.when, Often):
        assert standard.slot in name
    assert ("平日" in name) == ("平日" in standard.slot)


def test_a_standard_has_a_distance_only_where_its_measure_asks():
    assert Standard("x", ("salon",), "share_within", 0.5).distance == 500
    assert Standard("x", ("salon",), "resources", 1, distance=300).distance is None
    assert [name for name in measures_asked() if of_distance(name)] == [
        *("within", "share_within", "beyond", "within_own", "reaching", "fgt_0", "fgt_1", "fgt_2")
    ]


def test_what_share_of_its_dates_a_slot_must_be_open_is_told_in_its_label():
    plain = Standard("x", ("salon",), "share_within", 0.5, when=NOON)
    half = replace(plain, at_least=0.5)
    assert (plain.slot, half.slot) == ("日 12:00〜13:00", "日 12:00〜13:00（50％以上の日）")
    assert replace(half, at_least=0.0).slot == "日 12:00〜13:00（年に1日でも）"
    assert replace(half, at_least=0.7) == plain
    assert replace(plain, when=Every((NOON, NOON), label="どちらも"), at_least=0.2).slot == "どちらも（20％以上の日）"
    assert replace(plain, when=Often(1), at_least=0.2).slot == "週1回以上"


def test_several_kinds_are_one_with_the_labels_of_all_and_the_audience_of_the_first():
    standard = Standard("x", ("kids_cafeteria", "salon"), "share_within", 0.5)
    known = catalog_for([standard, standard], CATALOG)
    both = known.kinds["kids_cafeteria+salon"]
    assert (both.label("ja"), both.audience) == ("子ども食堂・サロン", "children")
    assert standard.label(known) == "子ども食堂・サロン"
    assert replace(standard, called="集まれる所").label(known) == "集まれる所"
    assert "kids_cafeteria+salon" not in CATALOG.kinds


def test_the_id_of_ages_stands_for_them():
    assert audience_of_id("age_75_over", CATALOG).ages("ja") == "75歳以上"
    assert audience_of_id("age_6_11", CATALOG).ages("ja") == "6〜11歳"
    assert audience_of_id("age_old", CATALOG) is None
