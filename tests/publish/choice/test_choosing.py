"""The map's filters in Python, and sentences where a map would pass over what it does not know."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest

from resourcemap.errors import QuestionError
from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import release
from resourcemap.publish.choice import Choice, choice_of, chosen, said
from resourcemap.publish.choice.choosing import not_known
from resourcemap.publish.choice.naming import named
from resourcemap.publish.choice.saying import words_in
from resourcemap.publish.webmap.address import fragment
from resourcemap.read.schedules.parse import read_schedule

AREAS = pd.DataFrame(
    {"system": ["圏域", "圏域", "学区"], "area_id": ["w", "e", "n"], "area": ["西圏域", "東圏域", "東圏域"]}
)
ROWS = [
    {
        "name": "きんぎょサロン",
        "schedule": "毎週水曜 22時〜26時",
        "languages": "英語・中国語",
        "valid_to": "2026-11-10",
    },
    {"name": "でんわ相談", "kind": "consultation", "place": "none", "schedule": "随時"},
    {"name": "訪問便", "kind": "visit", "place": "served_area", "schedule": "毎週金曜", "status": "suspended"},
    {"name": "カフェ ｱｵｿﾞﾗ", "kind": "cafe", "schedule": "毎月第1土曜", "verified_on": "2026-09-01"},
]


@pytest.fixture(scope="module")
def shown():
    usual = {"kind": "salon", "place": "venue", "status": "active", "channels": "map", "valid_to": None}
    rows = [{"resource_id": f"r{at}", **usual, **row} for at, row in enumerate(ROWS)]
    table = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=[None] * len(rows), crs="EPSG:4326")
    released = release(table, "map")
    placed = pd.DataFrame({"resource_id": ["r0", "r3", "r1"], "system": "圏域", "area_id": ["w", "e", None]})
    return released, {
        "schedules": released.table["schedule"].map(read_schedule),
        "placements": placed,
        "catalog": load_catalog(),
        "as_of": date(2026, 11, 1),
    }


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, [0, 1, 2, 3]),
        ({"words": "あおぞら　CAFÉ"}, [3]),  # the kind is found by its name in any language
        ({"words": "アオゾラ サロン"}, []),
        ({"languages_spoken": ("中国語",)}, [0]),
        ({"area": ("圏域", "w")}, [0, 1, 2]),
        ({"area": ("圏域", None)}, [0, 1, 2, 3]),
        ({"days": ("thu",), "time": "00:00-02:00"}, [0]),  # past midnight it is Thursday
        ({"days": ("wed",), "time": "00:00-02:00"}, []),
        ({"days": ("fri",), "unknown": True}, [1]),  # a suspended one takes place on no day
        ({"since": 3}, [3]),
    ],
)
def test_rows_are_those_of_the_map(shown, asked, rows):
    released, usual = shown
    assert chosen(released, Choice(**asked), **usual).tolist() == rows


def test_those_of_unknown_days_are_counted_where_they_are_left_out(shown):
    released, usual = shown
    assert not_known(released, Choice(days=("sun",)), **usual) == 1
    assert not_known(released, Choice(kinds=("salon",)), **usual) == 0


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"kinds": ("saloon",)}, "kinds: there is no saloon. Did you mean salon"),
        ({"area": ("圏域", "x")}, r"areas \(圏域\): there is no x\. Known: e, w"),
        ({"area": ("区", "w")}, "systems of areas: there is no 区. Known: 圏域"),
        ({"languages_spoken": ("独語",)}, "languages: there is no 独語. Known: 中国語, 英語"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(shown, asked, words):
    released, usual = shown
    with pytest.raises(QuestionError, match=words):
        chosen(released, Choice(**asked), **usual)


def test_a_link_says_what_was_written_into_it():
    asked = {
        "words": "さくら & みほん+",
        "kinds": ["salon", "cafe"],
        "audiences": ["older"],
        "facilities": ["wifi"],
        "languages_spoken": ["中国語"],
        "days": ["wed", "sun"],
        "time": "9:00-16:30",
        "since": 6,
        "area": ("圏域", "w~1"),
    }
    link = f"https://example.or.jp/m/?a=1#{fragment(**asked, view='map', at='r1')}"
    tuples = {name: tuple(value) if isinstance(value, list) else value for name, value in asked.items()}
    assert choice_of(link) == Choice(**tuples)
    assert choice_of("https://example.or.jp/m/").is_empty


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("#day=today", "'today' is soon wrong"),
        ("#day=wed,now", "'now' is soon wrong"),
        ("#day=someday", "there is no someday"),
        ("#time=16:00-14:00", "cannot be read"),
        ("#time=late", "cannot be read"),
        ("#since=5", "there is no 5. Known: 3, 6, 12"),
        ("#since=x", "there is no x"),
    ],
)
def test_a_link_that_a_map_would_pass_over_is_refused(link, words):
    with pytest.raises(QuestionError, match=words):
        choice_of(link)


def test_people_ask_by_names():
    catalog = load_catalog()
    asked = named(
        kinds=["サロン"], days=["水", "土曜日", "Sunday", "平日"], area="東圏域", catalog=catalog, areas=AREAS
    )
    assert asked.days == ("wed", "sat", "sun", "mon", "tue", "thu", "fri")
    assert (asked.kinds, asked.area) == (("salon",), ("圏域", "e"))
    usual = {"catalog": catalog, "areas": AREAS}
    assert named(area="東圏域", system="学区", **usual).area == ("学区", "n")
    assert named(area="学区~東圏域", system="圏域", **usual).area == ("学区", "n")
    with pytest.raises(
        QuestionError, match=r"(?s)kinds: there is no 謎.*days: there is no 昨日.*areas: there is no 北"
    ):
        named(kinds=["謎"], days=["昨日"], area="北", **usual)
    with pytest.raises(QuestionError, match="soon wrong"):
        named(days=["today"], **usual)


@pytest.mark.parametrize("language", ["ja", "ja-easy", "en", "zh", "ko"])
def test_everything_chosen_is_said_in_every_language(language):
    choice = Choice("語", ("salon",), ("older",), ("wifi",), ("中国語",), ("wed",), "9:00-", True, 6, ("圏域", "w"))
    text = said(choice, catalog=load_catalog(), areas=AREAS, not_known=7, language=language)
    assert set(words_in(language)) == set(words_in("ja"))
    parts = ("語", "西圏域", "中国語", "9:00", "6", "7", words_in(language)["wed"])
    assert [part for part in parts if part not in text] == []
    assert "{" not in text
    assert said(Choice(area=("圏域", None)), catalog=load_catalog(), language=language) == ""
