"""A month on paper: every row is on it, on its days or below; nothing is cut off."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pypdfium2
import pytest

from resourcemap.errors import ReleaseError
from resourcemap.model.catalog import LANGUAGES, load_catalog
from resourcemap.model.consent import release
from resourcemap.model.schedule.schedule import dates_between
from resourcemap.publish.calendar.month import OFTEN, month_sheet
from resourcemap.publish.paper.places import number_places
from resourcemap.read.schedules.parse import read_schedule

DECEMBER = date(2026, 12, 1), date(2026, 12, 31)
WEEKDAYS = "月火水木金土日"


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


def sheet_of(texts, catalog, *, names=None, month=DECEMBER[0], language="ja", **asked):
    many = range(len(texts))
    rows = {
        "resource_id": [str(number) for number in many],
        "name": names or [f"第{number}会" for number in many],
        "kind": "salon",
        "place": "venue",
        "status": asked.pop("status", "active"),
        "schedule": texts,
        "phone": "000-0000-0000",
        "channels": "paper",
    }
    spots = gpd.points_from_xy([139.7 + number / 1000 for number in many], [35.7] * len(texts))
    released = release(gpd.GeoDataFrame(rows, geometry=spots, crs="EPSG:4326"), "paper")
    return month_sheet(
        released,
        month=month,
        schedules=pd.Series([text and read_schedule(text) for text in texts], dtype=object),
        catalog=catalog,
        title="中央",
        places=number_places(released, catalog=catalog),
        publisher="みほん市社協",
        as_of=date(2026, 11, 1),
        language=language,
        **asked,
    )


def printed(sheet):
    """The text of each page, without any blanks."""
    return ["".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(sheet.pdf())]


def days_of(sheet, name):
    days = [day for week in sheet.data["weeks"] for day in week if day]
    return [day["day"] for day in days for item in day["items"] if item["name"] == name]


def below(sheet):
    return {group["heading"]: [item["name"] for item in group["items"]] for group in sheet.data["groups"]}


def test_every_row_stands_on_its_days_or_below_with_the_reason(catalog):
    texts = [
        "毎週水曜 10時〜12時",
        "第2・第4火曜",
        "平日 9時〜17時",
        "不定期",
        "春のみ",
        None,
        "2027年1月5日",
        "毎週月曜",
    ]
    sheet = sheet_of(texts, catalog, status=["active"] * 7 + ["suspended"])
    for number, text in enumerate(texts[:2]):
        expected = [day.day for day in dates_between(read_schedule(text), *DECEMBER)]
        assert days_of(sheet, f"第{number}会") == expected
    found = below(sheet)
    assert len(found.pop("場所")) == len(texts)
    assert found == {
        "週に何日も開いているもの（日ごとの欄には書いていません）": ["第2会"],
        "決まった日のないもの": ["第3会"],
        "日にちを確かめるもの（書かれたとおり）": ["第4会"],
        "日時が書かれていないもの": ["第5会"],
        "この月には開かれないもの": ["第6会"],
        "休止中のもの": ["第7会"],
    }
    (page,) = printed(sheet)
    assert all(f"第{number}会" in page for number in range(len(texts)))


def test_what_takes_place_on_most_days_is_said_once(catalog):
    dates = "、".join(f"12/{day}" for day in range(1, OFTEN))
    few, many = sheet_of([dates], catalog), sheet_of([f"{dates}、12/{OFTEN}"], catalog)
    assert len(days_of(few, "第0会")) == OFTEN - 1
    assert days_of(many, "第0会") == []
    assert [item["parts"][0] for item in many.data["groups"][1]["items"]] == [f"{dates}、12/{OFTEN}"]


LONG = (
    "地域のみんなでつくるふれあいいきいき健康サロンと多世代交流の居場所「ひだまりのいえ」第二会場（旧本町小学校跡地）"
)


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize(
    ("names", "in_weeks"),
    [([LONG] * 3, True), ([f"みほんサロン{number}番地" for number in range(40)], False), ([LONG] * 20, False)],
    ids=["long names", "forty", "forty long names"],
)
def test_the_form_is_the_one_that_fits_and_nothing_is_cut_off(catalog, names, in_weeks, across):
    texts = [f"毎週{WEEKDAYS[number % 7]}曜 10:00〜12:00" for number in range(len(names))]
    pages = printed(sheet_of(texts, catalog, names=names, across=across))
    assert ("12月1日（火）" not in pages[0]) is in_weeks
    times = sum(len(dates_between(read_schedule(text), *DECEMBER)) for text in texts)
    whole = "".join(pages)
    assert sum(whole.count(name) for name in set(names)) in (times, times + len(names))
    assert whole.count("10:00〜12:00") == times


def test_hours_are_said_as_far_as_they_are_known(catalog):
    texts = ["毎週月曜", "毎週月曜 13:30〜", "毎週月曜 〜12:00", "毎週月曜 22:00〜26:00、10:00〜11:00", "毎週月曜 終日"]
    items = sheet_of(texts, catalog).data["weeks"][1][1]["items"]
    said = {item["name"]: (item["hours"], item["note"]) for item in items}
    assert said == {
        "第0会": ([], "（時間は問合せ）"),
        "第1会": (["13:30〜"], ""),
        "第2会": (["〜12:00"], ""),
        "第3会": (["10:00〜11:00", "22:00〜翌2:00"], ""),
        "第4会": (["終日"], ""),
    }
    assert items[-1]["name"] == "第0会"


def test_weeks_begin_where_they_are_asked_to_and_holidays_have_names(catalog):
    sundays = sheet_of([], catalog, month=date(2027, 5, 9))
    mondays = sheet_of([], catalog, month=date(2027, 5, 9), week_from=0)
    assert [day["text"] for day in sundays.data["weekdays"]] == list("日月火水木金土")
    assert [day["text"] for day in mondays.data["weekdays"]] == list("月火水木金土日")
    assert sundays.data["weeks"][0] == [None] * 6 + [sundays.data["weeks"][0][6]]
    holidays = {day["day"]: day["holiday"] for week in mondays.data["weeks"] for day in week if day and day["holiday"]}
    assert holidays == {3: "憲法記念日", 4: "みどりの日", 5: "こどもの日"}
    assert "この月の予定はありません。" in printed(sundays)[0]


def test_texts_of_people_are_no_markup(catalog):
    names = ["*強*", "#import", "</script>", "=cmd|'/c'!A0", "$x$ @l <l>", "a\\b", "😀催し"]
    pages = printed(sheet_of(["毎週月曜 10時〜12時"] * len(names), catalog, names=names))
    for name in ["*強*", "#import", "</script>", "=cmd|'/c'!A0", "$x$@l<l>", "a\\b", "〓催し"]:
        assert name in "".join(pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_every_language_and_has_the_same_bytes_again(catalog, language):
    texts = ["毎週月曜 10:00〜12:00", "不定期", None]
    if language in ("ko", "zh"):
        pytest.importorskip({"ko": "pylopdf_fonts_ko", "zh": "pylopdf_fonts_zh_cn"}[language])
    made = sheet_of(texts, catalog, language=language).pdf()
    assert language != "ja" or made == sheet_of(texts, catalog, language=language).pdf()


def test_it_takes_what_may_be_printed_alone(catalog):
    with pytest.raises(ReleaseError, match='release\\(resources, "paper"\\)'):
        month_sheet(None, month=DECEMBER[0], schedules=None, catalog=catalog, title="", as_of=DECEMBER[0])
