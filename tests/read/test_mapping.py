"""Which column is taken for which: what is certain, likely, guessed, tied, or kept inside."""

import pytest

from resourcemap.language import speaking
from resourcemap.model.consent import CHANNELS, release
from resourcemap.read.headings import likeness
from resourcemap.read.mapping import Choice
from resourcemap.read.resources import read_resources


def choices(csv_file, headings, rows=(), **options):
    text = "\n".join([headings, *(rows or ["A,サロン" + ",x" * (headings.count(",") - 1)])])
    table = read_resources(csv_file(text), **options)
    return {entry["heading"]: entry for entry in table.attrs["mapping"]}


def test_every_column_is_in_the_mapping_once_in_the_order_of_the_file(csv_file):
    table = read_resources(csv_file("名称,種類,色,TEL\nA,サロン,赤,000-0000-0001\n"))
    assert [(c["heading"], c["column"], c["sure"]) for c in table.attrs["mapping"]] == [
        ("名称", "name", "certain"),
        ("種類", "kind", "certain"),
        ("色", None, "own"),
        ("TEL", "phone", "certain"),
    ]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("主な開催日時", "schedule"),
        ("会場の住所", "address"),
        ("利用できる設備", None),
        ("サロンの対象者", "audience_text"),
        ("お問い合わせ先電話番号", "phone"),
        ("活動内容の詳細", "description"),
    ],
)
def test_a_heading_that_holds_a_known_one_is_likely_when_the_rest_says_nothing(csv_file, heading, column):
    found = choices(csv_file, f"名称,種類,{heading}")[heading]
    assert found["column"] == column
    if column:
        assert (found["sure"], found["override"]) == ("likely", f'{column} = "its heading"')


@pytest.mark.parametrize(
    "heading",
    [
        "会長の電話番号",
        "代表者住所",
        "緊急連絡先",
        "民生委員電話",
        "連絡先氏名",
        "保護者のメール",
        "団体住所",
        "連絡先住所",
    ],
)
def test_what_belongs_to_a_person_is_not_taken_by_likeness(heading):
    assert not any(likeness(heading, name) for name in ("phone", "address", "name", "email", "venue"))


def test_a_tie_is_said_and_not_decided(csv_file):
    found = choices(csv_file, "名称,種類,会場の住所,施設の住所")
    for heading in ("会場の住所", "施設の住所"):
        assert found[heading]["column"] is None
        assert "another" in found[heading]["note"]
        assert found[heading]["override"] == f'address = "{heading}"'


def test_a_second_heading_for_the_same_is_said(csv_file):
    found = choices(csv_file, "名称,種類,電話番号,TEL,電話番号")
    assert found["電話番号"]["column"] == "phone"
    for heading in ("TEL", "電話番号 (2)"):
        assert found[heading]["column"] is None
        assert found[heading]["note"] == "'電話番号' was used as phone. To use this one:"
        assert found[heading]["override"] == f'phone = "{heading}"'


INTERNAL = ["電話番号（非公開）", "住所（内部用）", "内容【取扱注意】", "ホームページ（公開しない）"]


@pytest.mark.parametrize("heading", INTERNAL)
def test_a_column_that_says_it_is_internal_is_never_public(csv_file, heading):
    text = f"名称,種類,承諾,{heading}\nA,サロン,有,ひみつ\n"
    table = read_resources(csv_file(text))
    assert table[f"own:{heading}"].tolist() == ["ひみつ"]
    for channel in CHANNELS[1:]:
        assert "ひみつ" not in release(table, channel).table.to_string()
    [found] = [entry for entry in table.attrs["mapping"] if entry["heading"] == heading]
    assert "says it is internal" in found["note"]


def test_the_user_may_publish_what_says_it_is_internal(csv_file):
    heading = "電話番号（非公開）"
    found = choices(csv_file, f"名称,種類,{heading}", columns={"phone": heading})
    assert (found[heading]["column"], found[heading]["sure"]) == ("phone", "said")


def test_another_column_takes_the_place_of_an_internal_one(csv_file):
    found = choices(csv_file, "名称,種類,電話（非公開）,連絡先")
    assert (found["連絡先"]["column"], found["電話（非公開）"]["column"]) == ("phone", None)


ROWS = [
    f"A{n},サロン,35.70{n},139.70{n},みほん市本町{n}-2,https://example.org/{n},毎週水曜 10:00～12:00,000-0000-000{n}"
    for n in range(4)
]


def test_columns_without_heading_are_taken_by_content_except_telephone_numbers(csv_file):
    table = read_resources(csv_file("\n".join(["名称,種類,,,,,,", *ROWS])))
    found = [(c["column"], c["sure"]) for c in table.attrs["mapping"][2:]]
    names = ("latitude", "longitude", "address", "url", "schedule")
    assert found == [*((name, "guessed") for name in names), (None, "own")]
    assert table.geometry.notna().all()
    assert table.attrs["mapping"][-1]["override"] == 'phone = "列8"'


def test_headings_that_say_something_are_only_proposed(csv_file):
    table = read_resources(csv_file("\n".join(["名称,種類,い,ろ,は,に,ほ,へ", *ROWS])))
    assert table["address"].isna().all()
    assert table.attrs["mapping"][4]["note"] == "looks like address. To use it:"


def test_two_columns_that_look_alike_are_not_guessed(csv_file):
    rows = [f"A{n},サロン,みほん市本町{n}-2,みほん市中町{n}-2" for n in range(4)]
    table = read_resources(csv_file("\n".join(["名称,種類,,", *rows])))
    assert table["address"].isna().all()
    assert all("another" in choice["note"] for choice in table.attrs["mapping"][2:])


def test_a_likely_name_finds_the_headings(csv_file):
    table = read_resources(csv_file("一覧\n\nサロンの名称,種類,会場住所\nA,サロン,本町1\n"))
    assert table["name"].tolist() == ["A"]


def test_lines_are_in_the_language_of_the_user():
    with speaking("ja"):
        assert Choice("TEL", "phone", "certain").as_text() == "TEL → phone 電話（確か）"
        assert Choice("色", None, "own").as_text() == "色 → そのまま残す（内部用）"


def test_own_columns_never_leave_the_office(csv_file):
    table = read_resources(csv_file("名称,種類,承諾,色,address2x,phone \nA,サロン,有,CANARY,CANARY,1\n"))
    assert (table["own:色"] == "CANARY").all()
    for channel in CHANNELS[1:]:
        passed = release(table, channel).table
        assert not [column for column in passed.columns if str(column).startswith("own:")]
        assert "CANARY" not in passed.to_string()
    assert "own:色" in release(table, "internal").table


@pytest.mark.parametrize(
    ("headings", "heading"), [("名称,種類,電話番号,電話番号", "電話番号 (2)"), ("名称,種類,電話番号,", "列4")]
)
def test_headings_that_we_gave_ourselves_can_be_named(csv_file, headings, heading):
    path = csv_file(f"{headings}\nA,サロン,000-0000-0001,000-0000-0002\n")
    assert read_resources(path, columns={"phone": heading})["phone"].tolist() == ["000-0000-0002"]
