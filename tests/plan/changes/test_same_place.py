import pytest

from resourcemap.plan.changes.same_place import place_key, relation, spelling_key


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("みほん市本町2-3-5", "本町二丁目3番5号", "same"),
        ("見本県みほん市本町2-3-5", "本町2-3-5", "same"),
        ("本町2-3-5", "本町2丁目3番5号 本町会館", "same"),
        ("本町2", "本町2-3-5", "finer"),
        ("本町2-3-5", "本町2", "finer"),
        ("本町2-3", "本町2-30", "other"),
        ("本町2-3-5", "南町2-3-5", "other"),
        ("1-2", "本町1-2", "other"),
        (None, "本町1-2", ""),
        (None, None, ""),
    ],
)
def test_addresses_of_one_place(old, new, said):
    assert relation(old, new, None, None) == said


def test_venues_are_asked_where_an_address_is_missing():
    assert relation("本町1-1", None, "本町会館", "本町　会館") == "same"
    assert relation(None, None, "本町会館", "南町会館") == "other"
    assert relation("本町1-1", "本町1-1", "本町会館", "南町会館") == "same"


def test_a_spelling_is_no_other_name():
    names = ("ひだまりサロン", "ヒダマリ・サロン", "ひだまり サロン", "ひだまりサロン（休止中）")
    assert len({spelling_key(name) for name in names}) == 1
    assert spelling_key("サロン（本町）") != spelling_key("サロン（南町）")
    assert spelling_key(None) == spelling_key(float("nan")) == place_key(float("nan")) == ""
