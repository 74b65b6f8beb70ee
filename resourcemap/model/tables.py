"""The columns of the four tables (resources, areas, people, streets), and their checks.

A table is a GeoDataFrame in longitude and latitude. It may carry more columns than named here; those
travel along, but count as internal. Columns of a file that are none of ours are named by `own_column`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resourcemap.errors import InputError, first_five
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name
        Its name in tables and files.
    ja
        Its heading for Japanese readers.
    en
        Its heading for others.
    required
        Whether every row must have a value.
    allowed
        The values it may hold; empty when any will do.
    public
        Whether it may leave the office once its row is released.
    partners
        Whether partners (関係機関) may see it besides, once its row is released to them.
    """

    name: str
    ja: str
    en: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    public: bool = False
    partners: bool = False


# Before the heading of a column that a file has of its own; no column of ours has a colon.
OWN = "own:"

STATUSES = ("active", "suspended", "ended")
PLACES = ("venue", "stop", "served_area", "none")
AT_A_PLACE = ("venue", "stop")
LOCATED = (
    *("given", "lot", "block", "town", "city", "venue", "place"),
    *("ambiguous", "not_found", "no_address", "no_place"),
)
EXACT = ("given", "lot", "venue", "place")
# Which way along its line a street may be walked, and to whom it is closed; no value: open to everyone.
ONEWAY_FOOT = ("both", "forward", "backward")
CLOSED_TO = ("everyone", "wheels")
# How finely a place is known, by the word of ``located``; ``none`` for all other words.
LEVELS = {**dict.fromkeys(EXACT, "exact"), "block": "block", "town": "town", "city": "city"}

RESOURCES = (
    Column("resource_id", "番号", "id", required=True, public=True),
    Column("activity_id", "活動番号", "activity id", required=True, public=True),
    Column("venue_id", "会場番号", "venue id", public=True),
    Column("name", "名称", "name", required=True, public=True),
    Column("kana", "ふりがな", "kana", public=True),
    Column("kind", "種類", "kind", required=True, public=True),
    Column("provider", "運営", "provider", public=True),
    Column("venue", "会場", "venue", public=True),
    Column("address", "所在地", "address", public=True),
    Column("place", "場所の形", "kind of place", required=True, allowed=PLACES, public=True),
    Column("serves", "対象地域", "served area", public=True),
    Column("schedule", "開催日時", "schedule", public=True),
    Column("status", "状態", "status", required=True, allowed=STATUSES, public=True),
    Column("audience", "対象", "audience", public=True),
    Column("audience_text", "対象（原文）", "audience as written", public=True),
    Column("capacity", "定員", "capacity", public=True),
    Column("cost", "費用", "cost", public=True),
    Column("how_to_join", "申込", "how to join", public=True),
    Column("phone", "電話", "phone", public=True),
    Column("url", "ホームページ", "web page", public=True),
    Column("description", "内容", "description", public=True),
    Column("facilities", "設備", "facilities", public=True),
    Column("languages", "対応言語", "languages", public=True),
    Column("valid_from", "開始日", "valid from", public=True),
    Column("valid_to", "終了日", "valid to", public=True),
    Column("verified_on", "最終確認日", "verified on", public=True),
    Column("verified_by", "確認者", "verified by", partners=True),
    Column("verified_place", "場所の確認日", "place verified on", public=True),
    Column("verified_schedule", "日時の確認日", "schedule verified on", public=True),
    Column("verified_contact", "連絡先の確認日", "contact verified on", public=True),
    Column("csw", "担当CSW", "community social worker", partners=True),
    Column("consent", "承諾", "consent", partners=True),
    Column("consent_by", "承諾者", "consent given by"),
    Column("consent_on", "承諾日", "consent given on", partners=True),
    Column("consent_form", "承諾書の様式", "form of consent"),
    Column("consent_until", "承諾期限", "consent given until", partners=True),
    Column("consent_fields", "公開する項目", "fields that may be shown"),
    Column("channels", "公開先", "channels"),
    Column("contact", "担当者", "contact person", partners=True),
    Column("email", "メール", "e-mail", partners=True),
    Column("notes", "備考", "notes"),
    Column("source_file", "ファイル", "file"),
    Column("source_sheet", "シート", "sheet"),
    Column("source_row", "行", "row"),
    Column("located", "位置の確かさ", "how located", allowed=LOCATED, public=True),
    Column("located_as", "照合した住所", "matched address"),
    Column("located_note", "位置の注記", "note on the place"),
    Column("level", "位置の段階", "level of the place", allowed=("exact", "block", "town", "city", "none")),
    Column("matched", "読み取れた部分", "text matched"),
    Column("leftover", "読み残し", "text left over"),
    Column("source", "位置の出典", "source of the place"),
    Column("bound_m", "誤差の目安（m）", "at most off by (m)"),
)

AREAS = (
    Column("system", "区分", "area system", required=True, public=True),
    Column("area_id", "区域番号", "area id", required=True, public=True),
    Column("area", "区域", "area", required=True, public=True),
    Column("approximate", "およその形", "approximate", required=True, public=True),
)

BLOCKS = (
    Column("block_id", "町丁目番号", "block id", required=True, public=True),
    Column("block", "町丁目", "town block", required=True, public=True),
    Column("approximate", "およその形", "approximate", required=True, public=True),
)

PEOPLE = (
    Column("block_id", "町丁目番号", "block id", public=True),
    Column("total", "人口", "people", required=True, public=True),
)

STREETS = (
    Column("length_m", "長さ（m）", "length (m)", required=True, public=True),
    Column("slope", "勾配", "slope", public=True),
    Column("steps", "階段", "steps", public=True),
    Column("bridge", "橋・踏切", "crossing", public=True),
    Column("oneway_foot", "歩行者の一方通行", "one way on foot", allowed=ONEWAY_FOOT, public=True),
    Column("closed", "通れない人", "closed to", allowed=CLOSED_TO, public=True),
)

_AGE = re.compile(r"age_(\d+)_(\d+|over)")


def own_column(heading: str) -> str:
    """Name the column that carries what a file has below `heading`, so that it never meets a column of ours.

    Examples
    --------
    >>> own_column("備考2"), own_column("channels")
    ('own:備考2', 'own:channels')
    """
    return OWN + heading


def age_bounds(column: str) -> tuple[int, int | None] | None:
    """Return the first and last age that a column of `people` counts, or ``None`` for other columns.

    The last age is ``None`` for an open group.

    Examples
    --------
    >>> age_bounds("age_5_9"), age_bounds("age_85_over"), age_bounds("total")
    ((5, 9), (85, None), None)
    """
    match = _AGE.fullmatch(column)
    if match is None:
        return None
    return int(match[1]), None if match[2] == "over" else int(match[2])


def check(table: gpd.GeoDataFrame, columns: Sequence[Column], *, where: str) -> None:
    """Raise one `InputError` that lists every fault of a table.

    Looked at: that the required columns are there and filled, that values are allowed ones, that ids are
    not used twice, that positions are on Earth and in longitude and latitude, that people of all ages together
    are no more than the total.

    Parameters
    ----------
    table
        The table; it is not changed.
    columns
        `RESOURCES`, `AREAS`, `BLOCKS`, `PEOPLE` or `STREETS`.
    where
        What to call the table in messages, usually its file.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.language import speaking
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1", "1"], "block": ["A", "B"], "approximate": False},
    ...     geometry=gpd.points_from_xy([139.7, 139.8], [35.7, 35.7]), crs="EPSG:4326")
    >>> with speaking("en"):
    ...     check(blocks, BLOCKS, where="blocks.geojson")
    Traceback (most recent call last):
    resourcemap.errors.InputError: blocks.geojson: block_id is used twice (1). Give each row its own.
    """
    faults: list[str] = []
    for column in columns:
        faults += _column_faults(table, column, where)
    faults += _position_faults(table, where)
    faults += _age_faults(table, where)
    if faults:
        raise InputError(faults)


def rows_as_written(table: pd.DataFrame) -> list[str]:
    """Name rows as their spreadsheet shows them: ``file シート!12``, or the number of the row in the table.

    Examples
    --------
    >>> import pandas as pd
    >>> rows_as_written(pd.DataFrame({"name": ["a"], "source_row": [12], "source_sheet": ["一覧"]}))
    ['一覧!12']
    """
    if "source_row" not in table:
        return [str(row) for row in table.index]
    sheets = table["source_sheet"] if "source_sheet" in table else [None] * len(table)
    return [
        f"{sheet}!{row}" if isinstance(sheet, str) and sheet else str(row)
        for sheet, row in zip(sheets, table["source_row"], strict=True)
    ]


def _column_faults(table: gpd.GeoDataFrame, column: Column, where: str) -> list[str]:
    if column.name not in table:
        return [_no_column(column, where)] if column.required else []
    values = table[column.name]
    faults = []
    if column.required and (missing := values.isna()).any():
        empty = table[missing]
        rows = first_five(rows_as_written(empty))
        faults.append(
            either(
                ja=f"{where}: {len(table)}行のうち{len(empty)}行に「{column.ja}」がありません（行 {rows}）。"
                "記入してください。",
                en=f"{where}: {len(empty)} of {len(table)} rows have no {column.name} (rows {rows}). Fill it in.",
            )
        )
    if column.allowed and (wrong := values.notna() & ~values.isin(column.allowed)).any():
        shown = first_five(repr(value) for value in values[wrong].unique())
        known = ", ".join(column.allowed)
        faults.append(
            either(
                ja=f"{where}: 「{column.ja}」に使えない値があります（{shown}）。使えるのは {known} です。",
                en=f"{where}: {column.name} has unknown values ({shown}). Allowed: {known}.",
            )
        )
    if column.name in ("resource_id", "block_id") and column.required and values.duplicated().any():
        twice = first_five(values[values.duplicated()].unique())
        faults.append(
            either(
                ja=f"{where}: 「{column.ja}」が重なっています（{twice}）。行ごとに別の値にしてください。",
                en=f"{where}: {column.name} is used twice ({twice}). Give each row its own.",
            )
        )
    return faults


def _no_column(column: Column, where: str) -> str:
    return either(
        ja=f"{where}: 「{column.ja}」の列がありません。列名を直すか、resourcemap.toml の columns で指定してください。",
        en=f"{where}: there is no column for {column.name}. Rename one, or name it in columns of resourcemap.toml.",
    )


def _position_faults(table: gpd.GeoDataFrame, where: str) -> list[str]:
    bounds = table.geometry.bounds
    off = table[(bounds["miny"] < -90) | (bounds["maxy"] > 90) | (bounds["minx"] < -180) | (bounds["maxx"] > 180)]
    if not len(off):
        return []
    first = off.geometry.iloc[0].bounds
    return [
        either(
            ja=f"{where}: {len(off)}行の位置が地球上にありません（行 {first_five(rows_as_written(off))}、"
            f"最初は緯度 {first[1]}・経度 {first[0]}）。緯度は−90〜90、経度は−180〜180です。座標系を確かめてください。",
            en=f"{where}: {len(off)} rows are not on Earth (rows {first_five(rows_as_written(off))}; the first has "
            f"latitude {first[1]}, longitude {first[0]}). Latitude is -90 to 90, longitude -180 to 180.",
        )
    ]


def _age_faults(table: gpd.GeoDataFrame, where: str) -> list[str]:
    ages = [column for column in table if age_bounds(str(column))]
    if not ages or "total" not in table:
        return []
    more = table[table[ages].sum(axis=1) > table["total"]]
    if more.empty:
        return []
    named = first_five(more["block_id"] if "block_id" in more else rows_as_written(more))
    return [
        either(
            ja=f"{where}: 年齢別の人数の合計が総数より多い町丁目があります（{named}）。数を直してください。",
            en=f"{where}: people of all ages together are more than the total ({named}). Correct the numbers.",
        )
    ]
