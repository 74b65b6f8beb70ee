"""What must hold for any address, not only for those somebody thought of."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from resourcemap.geocode.index import Gazetteer
from resourcemap.geocode.matcher import Matcher

TOWNS = [
    "みほん一丁目",
    "みほん二丁目",
    "みほん十二丁目",
    "みほん町",
    "本町",
    "本町通三丁目",
    "三番町",
    "北十条西二丁目",
]
TABLE = pd.DataFrame(
    {
        "prefecture": "見本県",
        "city": "みほん市",
        "oaza": TOWNS,
        "town": TOWNS,
        "lon": [139.7 + 0.01 * at for at in range(len(TOWNS))],
        "lat": 34.95,
    }
)
LOTS = {(at, str(lot)): (139.0 + at, 34.0 + lot / 100) for at in range(len(TOWNS)) for lot in range(1, 40)}
MATCHER = Matcher(Gazetteer(TABLE, LOTS), prefecture="見本県", city="みほん市")

WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
PIECES = [
    "みほん",
    "本町",
    "三番町",
    "市",
    "県",
    "丁目",
    "番地",
    "号",
    "の",
    "-",
    "ー",
    "（",
    "）",
    " ",
    "　",
    "十",
    "二",
    "3",
    "１",
    "甲",
    "ビル",
    "上ル",
    "〒",
    "字",
]


@given(
    town=st.sampled_from(TOWNS),
    lot=st.integers(1, 39),
    house=st.integers(1, 99),
    begin=st.sampled_from(["", "みほん市", "見本県みほん市", "見本県　みほん市 "]),
    numbers=st.sampled_from(["{}番{}号", "{}-{}", "{}番地{}", "{}の{}", "{}番地の{}", "{} - {}"]),
    end=st.sampled_from(["", "　みほんビル３階", "（会館）", " 101号室"]),
    wide=st.booleans(),
)
def test_town_and_number_are_found_however_they_are_written(town, lot, house, begin, numbers, end, wide):
    written = numbers.format(lot, house)
    address = begin + town + (written.translate(WIDE) if wide else written) + end
    match = MATCHER.match(address)
    assert (match.status, match.written) == ("lot", f"みほん市{town}{lot}")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=20))
def test_any_text_gets_a_word_and_a_point_only_where_the_table_has_one(text):
    match = MATCHER.match(text)
    assert (match.point is None) == (match.status in ("not_found", "ambiguous"))
    assert match.point is None or match.point in {*LOTS.values(), *MATCHER.gazetteer.points}
    assert match == Matcher(MATCHER.gazetteer, prefecture="見本県", city="みほん市").match(text)


@given(st.sampled_from(TOWNS), st.text("ぱぴぷぺぽ", min_size=1, max_size=3))
def test_a_name_with_something_before_it_is_not_that_name(town, before):
    assert MATCHER.match(f"{before}{town}3-2").status == "not_found"
