import pytest

from resourcemap.model.names import fold_name


@pytest.mark.parametrize(
    "spelling",
    [
        "雑司が谷一丁目",
        "雑司が谷１丁目",
        "雑司ケ谷1丁目",
        "雑司ヶ谷 1 丁目",
        "雑司ガ谷一丁目",
        "\ufeff雑司が谷\u3000一丁目",
        "雑司が谷\u200b1丁目",
    ],
)
def test_all_spellings_of_a_block_meet(spelling):
    assert fold_name(spelling) == "雑司ケ谷1丁目"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("十丁目", "10丁目"),
        ("十一丁目", "11丁目"),
        ("二十丁目", "20丁目"),
        ("百二十三番", "123番"),
        ("二三丁目", "23丁目"),
        ("番町ニ丁目", "番町2丁目"),
        ("番町ー丁目", "番町1丁目"),
        ("新川一条１丁目", "新川1条1丁目"),
        ("二十四軒四条七丁目", "24軒4条7丁目"),
        ("三鷹", "三鷹"),
        ("千石四丁目", "千石4丁目"),
        ("ＡＢＣ", "abc"),
        ("", ""),
    ],
)
def test_numerals_before_a_counter_become_digits(written, folded):
    assert fold_name(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("みほん1丁目", "みほん11丁目"),
        ("緑が丘", "緑丘"),
        ("ながさき", "なけさき"),
        ("センター丁目", "センタ1丁目"),
    ],
)
def test_different_names_stay_apart(one, other):
    assert fold_name(one) != fold_name(other)
