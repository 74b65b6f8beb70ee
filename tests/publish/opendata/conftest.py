"""Released rows that are hard to write and to read back, and the project about which they tell."""

from __future__ import annotations

import csv
import io
from datetime import date

import pandas as pd
import pytest

from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import release
from resourcemap.project.tables import schedules_in
from resourcemap.publish.opendata.about import About
from resourcemap.read.resources import read_resources

HEADINGS = (
    *(
        "管理番号",
        "活動番号",
        "名称",
        "ふりがな",
        "種類",
        "運営",
        "会場",
        "所在地",
        "場所の形",
        "対象地域",
        "開催日時",
        "状態",
    ),
    *(
        "対象",
        "定員",
        "費用",
        "申込",
        "電話",
        "ホームページ",
        "内容",
        "設備",
        "対応言語",
        "開始日",
        "終了日",
        "最終確認日",
    ),
    *("場所の確認日", "日時の確認日", "連絡先の確認日", "緯度", "経度", "承諾"),
)
AT = {"緯度": "35.7123456789", "経度": "139.7"}
FULL = AT | {
    "名称": "きんぎょサロン",
    "ふりがな": "きんぎょさろん",
    "種類": "サロン",
    "運営": "金魚の会",
    "会場": "北町ひろば",
    "所在地": "見本県みほん市北町2-13-18",
    "開催日時": "毎週水曜 14:00～16:00",
    "対象": "65歳以上",
    "定員": "20",
    "費用": "100円",
    "申込": "直接会場へ",
    "電話": "03-0000-0001",
    "ホームページ": "https://x.example/a?b=1&c=2",
    "内容": "お茶と話",
    "設備": "スロープ、駐車場、Wi-Fi",
    "対応言語": "英語、中国語",
    "開始日": "2026-04-01",
    "終了日": "2027-03-31",
    "最終確認日": "2026-10-01",
    "場所の確認日": "2026-09-01",
    "日時の確認日": "2026-09-02",
    "連絡先の確認日": "2026-09-03",
}
# What is odd about each row, and its cells.
ROWS = {
    "plain": FULL,
    "full cafeteria": FULL | {"名称": "金魚食堂", "種類": "子ども食堂"},
    "full hall": FULL | {"名称": "南町ひろば", "種類": "ひろば", "運営": "みほん市地域課"},
    "formula": AT
    | {"名称": "=cmd|'/c calc'!A0", "種類": "サロン", "運営": "+会", "内容": "@SUM(1)", "電話": "＋81-3-0000-0001"},
    "marks": AT
    | {"名称": "a\"b,c;d'e", "種類": "サロン", "運営": "</script><b>", "内容": '一行目\n二行目, "引用"\n三行目'},
    "emoji": AT | {"名称": "🍙おにぎり👨‍👩‍👧＆①㌔髙﨑", "種類": "子ども食堂", "開催日時": "第2・第4土曜 11:30～13:30"},
    "width": AT
    | {
        "名称": "Ｃａｆｅ（全角）",
        "種類": "コミュニティカフェ",
        "所在地": "北町２－１３－１８　会館２階",
        "定員": "１５",
    },
    "empty": {"名称": "名前だけ", "種類": "居場所"},
    "suspended": AT | {"名称": "休みの食堂", "種類": "子ども食堂", "状態": "休止中", "開催日時": "毎月10日"},
    "stop1": {
        "活動番号": "van",
        "名称": "移動販売",
        "種類": "移動販売",
        "場所の形": "停留所",
        "所在地": "北町1-1",
        "開催日時": "火曜 10:00～10:30",
    },
    "stop2": {
        "活動番号": "van",
        "名称": "移動販売",
        "種類": "移動販売",
        "場所の形": "停留所",
        "所在地": "南町1-1",
        "開催日時": "火曜 11:00～11:30",
    },
    "stop3": {
        "活動番号": "van",
        "名称": "移動販売",
        "種類": "移動販売",
        "場所の形": "停留所",
        "所在地": "西町1-1",
        "費用": "別",
    },
    "visit": {"名称": "学生出前便", "種類": "訪問支援", "場所の形": "訪問", "対象地域": "市内全域", "設備": "手話通訳"},
    "visit from": {
        "名称": "訪問相談",
        "種類": "相談",
        "場所の形": "訪問",
        "対象地域": "北町",
        "会場": "事務所",
        "所在地": "北町3-3",
    },
    "telephone": {
        "名称": "こころの電話",
        "種類": "相談",
        "場所の形": "電話",
        "電話": "03-0000-0002",
        "開催日時": "年中無休 24時間",
    },
    "stop of a pantry": AT
    | {"名称": "配る日", "種類": "フードパントリー", "場所の形": "停留所", "開催日時": "12/6、12/20 13時～"},
    "season": AT
    | {
        "名称": "夏の会",
        "種類": "サロン",
        "開催日時": "7月・8月の毎週金曜 10時～12時（祝日は休み）",
        "対象": "小学生とその保護者",
    },
    "strange": AT
    | {
        "名称": "不定の会",
        "種類": "サロン",
        "開催日時": "春のみ、雨天中止",
        "ホームページ": "x.example",
        "対応言語": "やさしい日本語、英語、英語",
    },
    "hall": AT
    | {
        "名称": "北町ひろば",
        "種類": "ひろば",
        "運営": "みほん市",
        "会場": "北町ひろば",
        "所在地": "北町2-13-18",
        "開催日時": "平日 9:00～17:00",
    },
    "house": AT
    | {
        "名称": "大島の家",
        "種類": "ひろば",
        "運営": "大島自治会",
        "所在地": "大島2-3",
        "開催日時": "月～土 9:00～24:00",
    },
    "elsewhere": AT | {"名称": "県外の会", "種類": "サロン", "所在地": "東京都中央区1-2"},
}


def sheet(rows):
    """Write rows as the CSV that an office would have."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, restval="")
    writer.writeheader()
    writer.writerows(
        {"管理番号": f"S-{name}", "活動番号": name, "承諾": "オープンデータ"} | cells for name, cells in rows.items()
    )
    return text.getvalue()


@pytest.fixture(scope="session")
def catalog():
    return load_catalog()


@pytest.fixture(scope="session")
def about():
    return About(
        *("みほん市の地域資源", "みほん市社協", date(2026, 11, 1), "みほん市社協"),
        licence="CC BY 4.0",
        prefecture="見本県",
        city="みほん市",
        code="131164",
    )


@pytest.fixture(scope="session")
def hard(tmp_path_factory):
    """All hard rows, released for open data; one of them stands at its block."""
    path = tmp_path_factory.mktemp("office") / "office.csv"
    path.write_text(sheet(ROWS), encoding="utf-8", newline="")
    table = read_resources(path)
    table["located"] = ["given" if there else "no_address" for there in table.geometry.notna()]
    table["venue_id"] = None
    return release(table, "open_data")


@pytest.fixture(scope="session")
def schedules(hard):
    return schedules_in(hard.table)


@pytest.fixture(scope="session")
def same():
    """Compare released rows with what a reader found: every column but those that come with locating."""

    def compare(released, read, *, but=(), index="resource_id"):
        want, got = (pd.DataFrame(table).set_index(index, drop=False) for table in (released.table, read))
        assert sorted(got.index) == sorted(want.index)
        got = got.loc[want.index]
        for name in want.columns.difference(["geometry", "located", "venue_id", *but]):
            assert plain(got[name]) == plain(want[name]), name
        spots = [
            [None if point is None else (round(point.x, 6), round(point.y, 6)) for point in table["geometry"]]
            for table in (want, got)
        ]
        assert "geometry" in but or spots[0] == spots[1]

    return compare


def plain(cells):
    """Write days as text: what the gate looks at as text comes out as text."""
    return [None if pd.isna(cell) else str(cell) if isinstance(cell, date) else cell for cell in cells.tolist()]
