import re

import pytest
from shapely.geometry import Polygon

from resourcemap.errors import InputError
from resourcemap.language import speaking
from resourcemap.model.catalog import LANGUAGES, _fold, load_catalog

CATALOG = load_catalog()
ENTRIES = [
    entry
    for table in (CATALOG.kinds, CATALOG.audiences, CATALOG.facilities, CATALOG.themes)
    for entry in table.values()
]
KINDS = list(CATALOG.kinds.values())


def named(entry):
    return f"{type(entry).__name__}-{entry.id}"


def contrast_with_white(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@pytest.mark.parametrize("entry", ENTRIES, ids=named)
def test_every_entry_has_a_label_in_every_language(entry):
    assert set(entry.labels) == set(LANGUAGES)
    assert all(label == label.strip() != "" for label in entry.labels.values())
    assert re.search("[가-힣]", entry.label("ko"))
    assert not re.search("[ぁ-ゖァ-ヺ]", entry.label("zh"))
    assert entry.label("en").isascii() or "é" in entry.label("en")


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_every_kind_can_be_drawn(kind):
    assert kind.audience in CATALOG.audiences
    assert kind.theme in CATALOG.themes
    assert kind.shape in CATALOG.shapes
    assert kind.pattern in CATALOG.patterns
    assert contrast_with_white(kind.colour) >= 3


def test_no_two_kinds_look_alike_in_colour_or_on_a_monochrome_printer():
    assert len({(kind.colour, kind.shape) for kind in KINDS}) == len(KINDS)
    assert len({(kind.shape, kind.pattern) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_a_kind_is_known_by_its_id_its_labels_and_its_synonyms(kind):
    for word in (kind.id, kind.id.upper(), *kind.labels.values(), *kind.synonyms):
        assert CATALOG.kind_of(word) == kind.id, word


@pytest.mark.parametrize(("table", "ask"), [("audiences", "audiences_of"), ("facilities", "facilities_of")])
def test_audiences_and_facilities_are_known_by_their_words(table, ask):
    for entry in getattr(CATALOG, table).values():
        for word in (entry.id, entry.label("ja"), *entry.synonyms):
            assert getattr(CATALOG, ask)(word) == (entry.id,), word


@pytest.mark.parametrize("table", ["kinds", "audiences", "facilities"])
def test_no_word_stands_for_two_entries(table):
    owners = {}
    for entry in getattr(CATALOG, table).values():
        for word in {_fold(word) for word in (entry.id, *entry.labels.values(), *entry.synonyms)}:
            assert owners.setdefault(word, entry.id) == entry.id, word


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("きんぎょサロン", "salon"),
        ("ｻﾛﾝ", "salon"),
        (" 子ども 食堂 ", "kids_cafeteria"),
        ("つどいの広場", "hiroba"),
        ("多世代・多機能拠点", "hub"),
        ("外国人のための日本語学習支援", "multicultural"),
        ("Kids Cafeteria", "kids_cafeteria"),
        ("a new SALON nearby", "salon"),
        ("喫茶店", "cafe"),
        ("移動店舗", "mobile_vendor"),
        ("workshop", None),
        ("その他", None),
        ("", None),
        (None, None),
        (float("nan"), None),
        ("行事・病院", None),
    ],
)
def test_the_longest_word_in_a_cell_decides_and_a_tie_decides_nothing(text, kind):
    assert CATALOG.kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "audiences"),
    [
        ("高齢者、子ども", ("older", "children")),
        ("どなたでも", ("everyone",)),
        ("子育て中の親子", ("parents",)),
        ("小学1～6年生", ("children",)),
        ("外国につながる子ども", ("children", "foreigners")),
        ("６５歳以上の方", ("older",)),
        ("会員", ()),
        (None, ()),
    ],
)
def test_audiences_of_a_text(text, audiences):
    assert CATALOG.audiences_of(text) == audiences


@pytest.mark.parametrize(
    ("text", "facilities"),
    [
        ("段差なし", ("step_free",)),
        ("駐車場無し、駐輪場あり", ("bicycle_parking",)),
        ("エレベーター：×", ()),
        ("エレベーターはありません", ()),
        ("駐車場無料", ("parking",)),
        ("車椅子用トイレ", ("accessible_toilet",)),
        ("no parking, WiFi", ("wifi",)),
        ("", ()),
    ],
)
def test_a_facility_that_is_denied_does_not_count(text, facilities):
    assert CATALOG.facilities_of(text) == facilities


@pytest.mark.parametrize("shape", CATALOG.shapes)
def test_shapes_are_closed_and_stay_in_their_box(shape):
    path = CATALOG.shapes[shape]
    assert re.fullmatch(r"M[-\d. MLHVACZ]+Z", path)
    if set("AC") & set(path):
        return
    x = y = 0.0
    corners = []
    for command, numbers in re.findall(r"([MLHV])([-\d. ]+)", path):
        values = [float(number) for number in numbers.split()]
        x = values[0] if command != "V" else x
        y = values[-1] if command != "H" else y
        corners.append((x, y))
    outline = Polygon(corners)
    assert outline.is_valid
    assert min(outline.bounds) >= 0
    assert max(outline.bounds) <= 24
    assert outline.area > 100


@pytest.mark.parametrize("pattern", CATALOG.patterns)
def test_patterns_are_markup_without_anything_active(pattern):
    markup = CATALOG.patterns[pattern]
    assert re.fullmatch(r'(<(rect|path|circle)( [a-z0-9-]+="[^"<>]*")+/>)+', markup)


def test_the_ages_are_those_the_labels_say():
    ages = {id_: (entry.age_from, entry.age_to) for id_, entry in CATALOG.audiences.items()}
    assert ages == {
        "everyone": (None, None),
        "older": (65, None),
        "children": (0, 14),
        "parents": (0, 9),
        "disabled": (None, None),
        "foreigners": (None, None),
    }


def test_a_project_adds_a_kind_that_looks_like_no_other():
    more = CATALOG.with_kinds({"nursery": {"ja": "保育所", "synonyms": ["保育園"]}, "bank": {"en": "Bank"}})
    nursery, bank = more.kinds["nursery"], more.kinds["bank"]
    assert more.kind_of("保育園") == "nursery"
    assert nursery.audience == "everyone"
    assert nursery.label("zh") == "保育所"
    looks = [(kind.colour, kind.shape) for kind in more.kinds.values()]
    assert len(set(looks)) == len(looks)
    assert nursery.shape != bank.shape
    assert "nursery" not in CATALOG.kinds


def test_forty_new_kinds_all_look_different():
    more = CATALOG.with_kinds({f"kind_{number}": {"ja": f"種類{number}"} for number in range(40)})
    assert len({(kind.colour, kind.shape) for kind in more.kinds.values()}) == 60
    assert len({(kind.shape, kind.pattern) for kind in more.kinds.values()}) == 60


def test_new_kinds_begin_with_the_looks_farthest_from_those_there_are():
    more = CATALOG.with_kinds({f"kind_{number}": {"ja": f"種類{number}"} for number in range(5)})
    new = [more.kinds[f"kind_{number}"] for number in range(5)]
    assert not {kind.shape for kind in new} & {"octagon", "circle"}, "too near to the circle of salons"
    assert len({kind.shape for kind in new}) == len(new)
    colours = {kind.shape: kind.colour for kind in CATALOG.kinds.values()}
    for kind in new:
        one, other = (bytes.fromhex(colour[1:]) for colour in (kind.colour, colours[kind.shape]))
        assert sum(abs(mine - its) for mine, its in zip(one, other, strict=True)) > 250


def test_a_project_changes_a_kind_and_keeps_the_rest():
    more = CATALOG.with_kinds({"salon": {"ja": "お茶の間サロン", "colour": "#0072B2", "synonyms": ["よりあい"]}})
    salon = more.kinds["salon"]
    assert (salon.label(), salon.colour, salon.shape) == ("お茶の間サロン", "#0072B2", "circle")
    assert more.kind_of("よりあい") == more.kind_of("いきいきサロン") == "salon"
    assert list(more.kinds) == list(CATALOG.kinds)


def test_a_kind_says_how_long_a_check_lasts():
    assert CATALOG.kinds["salon"].check_months == 12
    assert {kind.id for kind in CATALOG.kinds.values() if kind.check_months < 12} == {
        "pantry",
        "mobile_vendor",
        "event",
    }
    more = CATALOG.with_kinds({"salon": {"check_months": 3}, "tea": {"ja": "喫茶", "check_months": 24}})
    assert (more.kinds["salon"].check_months, more.kinds["tea"].check_months) == (3, 24)
    assert CATALOG.checked_every({"salon": 6}).kinds["salon"].check_months == 6
    assert CATALOG.kinds["salon"].check_months == 12


def test_the_kinds_of_a_project_come_before_longer_words_only_when_they_match_whole():
    more = CATALOG.with_kinds({"tea": {"ja": "サロン喫茶"}})
    assert more.kind_of("サロン喫茶") == "tea"
    assert more.kind_of("サロン") == "salon"


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        ({"x": {"ja": "え", "audience": "oldr"}}, "Did you mean older?"),
        ({"x": {"ja": "え", "shape": "sqare"}}, "Did you mean square?"),
        ({"x": {"ja": "え", "color": "#000000"}}, "Did you mean colour?"),
        ({"x": {"ja": "え", "colour": "red"}}, "is not a colour"),
        ({"x": {"colour": "#000000"}}, "no label"),
        ({"X y": {"ja": "え"}}, "cannot be an id"),
        ({"x": {"ja": "え", "synonyms": "保育所"}}, "must be a list"),
        ({"x": {"ja": "え", "check_months": 0}}, "check_months cannot be 0"),
        ({"x": {"ja": "え", "check_months": True}}, "check_months cannot be True"),
        ({"x": {"ja": "え", "check_months": "半年"}}, "check_months cannot be '半年'"),
        ({"x": {"ja": "え", "colour": "#d55e00", "shape": "circle"}}, "are those of salon"),
    ],
)
def test_a_fault_in_a_kind_says_what_was_meant(kinds, message):
    with speaking("en"), pytest.raises(InputError, match=re.escape(message)):
        CATALOG.with_kinds(kinds)


def test_all_faults_are_told_at_once():
    with pytest.raises(InputError) as caught:
        CATALOG.with_kinds({"x": {"ja": "え", "audience": "?", "shape": "?"}, "y": {}})
    assert len(caught.value.faults) == 3
