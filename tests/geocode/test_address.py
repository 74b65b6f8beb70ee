import pytest

from resourcemap.geocode.address import address_key, lot_key, split_lot

SAME = {
    "みほん3丁目2番1号": (
        "みほん３丁目２番１号",
        "みほん三丁目二番一号",
        "みほん 3丁目 2番 1号",
        "みほん3丁目2番地1",
        "みほん3丁目2番地の1",
        "みほん3丁目2番地1号",
        "みほん　三丁目２番１号　みほんビル２階",
        "みほん3丁目2番1号（みほんビル内）",
        "〒100-0001 みほん3丁目2番1号",
        "大字みほん3丁目2番1号",
        "ミホン3丁目2番1号",
    ),
    "みほん3-2-1": (
        "みほん３－２－１",
        "みほん３ー２ー１",
        "みほん3―2―1",
        "みほん3‐2‐1",
        "みほん3−2−1",
        "みほん3–2–1",
        "みほん3の2の1",
        "みほん三の二の一",
        "みほん三－二－一",
        "みほん三丁目2-1",
        "みほん3丁目2の1",
        "みほん3丁2-1",
        "みほん3 2 1",
        "みほん3-2-1 みほん荘",
    ),
    "北24条西10丁目": ("北二十四条西十丁目", "北24西10", "北２４条 西１０丁目"),
    "つつじが丘1": ("つつじヶ丘一丁目", "つつじケ丘１丁目", "つつじガ丘1"),
    "一之瀬町5": ("一ノ瀬町五", "一の瀬町５"),
    "番町2丁目": ("番町ニ丁目", "番町二丁目"),
    "番町1丁目": ("番町ー丁目",),
    "流通センター1丁目1-1": ("流通センター一丁目1-1", "流通センター一丁目一－一"),
    "澤渡町字上": ("沢渡町上", "沢渡町小字上"),
    "寶壽町": ("宝寿町",),
}


@pytest.mark.parametrize(("written", "other"), [(key, other) for key, others in SAME.items() for other in others])
def test_ways_of_writing_one_address_share_a_key(written, other):
    assert address_key(other) == address_key(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("みほん3番地2", "みほん3丁目2"),
        ("三番町", "三丁目"),
        ("みほん一丁目", "みほん十一丁目"),
        ("流通センター1", "流通センタ1"),
        ("みほん町", "みほん"),
    ],
)
def test_different_addresses_have_different_keys(one, other):
    assert address_key(one) != address_key(other)


@pytest.mark.parametrize(
    ("kanji", "digits"),
    [
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("百二十三", "123"),
        ("千二", "1002"),
        ("二一", "21"),
        ("一〇", "10"),
    ],
)
def test_kanji_numerals_are_read(kanji, digits):
    assert address_key(f"みほん{kanji}丁目") == f"ミホン{digits}"


def test_a_kanji_numeral_before_digits_stays_apart():
    assert address_key("八幡三1-2") == address_key("八幡三丁目1-2")


def test_numerals_in_the_name_of_a_building_do_not_join_the_number():
    assert address_key("みほん9番地7千本ビル7階").startswith("ミホン9#7千")


@pytest.mark.parametrize(
    ("rest", "lots"),
    [
        ("", ()),
        ("-2#1", ("2-1", "2")),
        ("218", ("218",)),
        ("甲218#1", ("甲218-1", "甲218", "218-1", "218")),
        ("ビル3", ()),
    ],
)
def test_numbers_are_listed_finest_first(rest, lots):
    assert split_lot(rest) == lots


@pytest.mark.parametrize(("text", "lot"), [("２番", "2"), ("2番1号", "2-1"), ("甲２１８", "甲218"), ("3-4", "3-4")])
def test_numbers_of_a_gazetteer_are_made_comparable(text, lot):
    assert lot_key(text) == lot
