"""What lists say of consent, in one column or several, and in brackets of other headings."""

from __future__ import annotations

import openpyxl
import pytest

from resourcemap.read.resources import read_resources


@pytest.fixture
def salons(tmp_path):
    def read(text, **options):
        path = tmp_path / "a.csv"
        path.write_text(text, encoding="utf-8")
        return read_resources(path, kind="salon", **options)

    return read


def test_the_strictest_of_two_columns_holds(salons):
    table = salons("名称,承諾書,公開可否\nA,有,否\nB,有,可\nC,無,可\nD,有,\n")
    assert table["channels"].tolist() == [None, "list;map;paper", None, None]


@pytest.mark.parametrize("heading", ["公表の可否", "同意書", "公開可", "HP掲載", "承諾状況", "公開についての意向"])
def test_a_written_refusal_goes_before_the_consent_of_the_file(salons, heading):
    assert salons(f"名称,{heading}\nA,不可\n", consent="有")["channels"].tolist() == [None]


def test_a_column_that_only_sounds_like_consent_gives_none(salons):
    assert salons("名称,情報公開\nA,有\n")["channels"].tolist() == [None]
    assert salons("名称,情報公開\nA,\n", consent="有")["channels"].tolist() == ["list;map;paper"]


def test_a_column_that_the_user_named_is_not_overruled_by_blanks(salons):
    table = salons("名称,承諾,公開可否\nA,,可\nB,無,可\n", columns={"consent": "公開可否"})
    assert table["channels"].tolist() == ["list;map;paper", None]


def test_unknown_words_are_listed_with_their_rows(salons):
    aside = salons("名称,承諾\nA,有\nB,△\nC,無\n").attrs["left_aside"]
    assert [(entry["row"], entry["column"], entry["value"]) for entry in aside] == [(3, "承諾", "△")]


def test_a_telephone_number_that_excel_took_for_a_number_gets_its_zero_back(tmp_path):
    book = openpyxl.Workbook()
    for row in (["名称", "電話"], ["A", 300000001], ["B", 9000000001], ["C", 12345]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    table = read_resources(tmp_path / "a.xlsx", kind="salon")
    assert table["phone"].tolist() == ["0300000001", "09000000001", "12345"]


@pytest.mark.parametrize(
    "heading", ["連絡先（代表者氏名）", "住所（代表者）", "所在地【代表者】", "会場の住所（担当者）"]
)
def test_what_is_somebodys_own_stays_inside(salons, heading):
    table = salons(f"名称,{heading}\nA,みほん\n")
    assert table[["phone", "address"]].isna().all(axis=None)
    assert table[f"own:{heading}"].tolist() == ["みほん"]


@pytest.mark.parametrize("heading", ["電話（代表）", "電話（担当課）"])
def test_the_number_of_an_office_is_public(salons, heading):
    assert salons(f"名称,{heading}\nA,03-0000-0001\n")["phone"].tolist() == ["03-0000-0001"]


def test_a_home_as_the_kind_of_place_is_a_venue(salons):
    table = salons("名称,所在地,場所の形\nA,本町1,自宅\n")
    assert (*table["place"], *table["own:場所の形"]) == ("venue", "自宅")
