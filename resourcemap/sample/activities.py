"""What goes on in the sample city, as the office has written it down: one dictionary per row of its lists.

The names are in ``venues.toml`` and ``activities.toml``; what an office adds by hand in many spellings
(addresses, dates, consent, remarks) is drawn here. Strings that must never be published hold ``CANARY``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from resourcemap.sample.addresses import PREFECTURE, Lot
from resourcemap.sample.plane import DECIMALS, to_lonlat
from resourcemap.sample.planted import require_gap
from resourcemap.sample.spelling import address_in_some_spelling, date_in_some_spelling, phone_in_some_spelling

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

Row = dict[str, Any]

_PUBLIC_KINDS = ("診療所", "AED", "避難所", "トイレ", "店舗")
_PLACE_OF_KIND = {"移動販売": "停留所", "訪問・見守り": "訪問"}
_YES = ("有", "済", "○", "有", "有")
_NO = ("", "×", "確認中", "")
_SURNAMES = ("見本", "青葉", "若草", "小川", "丘野", "川辺", "松風", "花村", "星野", "森下")
_REMARKS = (
    "代表の足が悪く、来年度は交代の見込み",
    "鍵の管理でもめたことあり。会館とは直接やりとりしない",
    "参加者に認知症の方あり、包括と共有済み",
    "補助金の書類が毎年遅れる",
    "電話は夜8時以降は不可",
    "個人的な事情で休みがち",
)
_FIRST_CHECK = date(2024, 11, 1)


@dataclass(frozen=True)
class Venue:
    """A building or a stop.

    Parameters
    ----------
    name
        Its name.
    facilities
        Its facilities, as written.
    lot
        The house block in which it stands.
    house
        Its 号.
    """

    name: str
    facilities: str
    lot: Lot
    house: int


def place_venues(found: list[Lot], rng: np.random.Generator) -> dict[str, Venue]:
    """Give every venue a house number in its town block.

    Examples
    --------
    >>> import numpy as np
    >>> from shapely import Point
    >>> blocks = [row[1] for rows in _read("venues.toml").values() for row in rows]
    >>> venues = place_venues([Lot(block, 1, Point(0, 0)) for block in blocks], np.random.default_rng(1))
    >>> venues["中央図書館"].lot.block
    '本町3丁目'
    """
    by_block: dict[str, list[Lot]] = {}
    for lot in found:
        by_block.setdefault(lot.block, []).append(lot)
    return {
        name: Venue(name, facilities, _pick(rng, by_block[block]), 1 + int(rng.random() * 18))
        for rows in _read("venues.toml").values()
        for name, block, facilities in rows
    }


def list_activities(venues: dict[str, Venue], rng: np.random.Generator) -> tuple[list[Row], list[Row]]:
    """Write down all activities: the rows of the main list, and those of the list of food and 居場所.

    Rows of one activity (two venues, the stops of a van) share everything but place and time.

    Examples
    --------
    >>> import numpy as np
    >>> from shapely import Point
    >>> blocks = [row[1] for rows in _read("venues.toml").values() for row in rows]
    >>> draw = np.random.default_rng(1)
    >>> main, second = list_activities(place_venues([Lot(b, 1, Point(0, 0)) for b in blocks], draw), draw)
    >>> main[0]["名称"], main[0]["会場名"], len(second)
    ('ひだまりサロン', 'みほん1丁目会館', 43)
    """
    book = _read("activities.toml")
    main: list[Row] = []
    second: list[Row] = []
    shared: dict[tuple[str, str], Row] = {}
    for kind in book["kind"]:
        for name, kana, provider, venue, *times in kind["rows"]:
            details = book["details"].get(name, {})
            if (name, provider) not in shared:
                shared[name, provider] = _activity(len(shared) + 1, kind, name, kana, provider, details, rng)
            place = _place(kind["label"], venues.get(venue), details, rng)
            row = {**shared[name, provider], **place, "開催日時": times[0], "時間": times[1:]}
            row |= {header: text for header, text in details.items() if header in row}
            (second if kind.get("second_file") else main).append(row)
    _keep_the_gap(book, venues)
    return main, second


def _keep_the_gap(book: Row, venues: dict[str, Venue]) -> None:
    held = [(kind["label"], venue) for kind in book["kind"] for _, _, _, venue, *_ in kind["rows"]]
    require_gap(held, {name: venue.lot.block for name, venue in venues.items()})


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("resourcemap.sample") / name).read_text(encoding="utf-8"))


def _pick(rng: np.random.Generator, choices: Sequence[Any]) -> Any:
    return choices[int(rng.random() * len(choices))]


def _sometimes(rng: np.random.Generator, share: float, text: str) -> str:
    return text if rng.random() < share else ""


def _activity(
    number: int, kind: Row, name: str, kana: str, provider: str, details: Row, rng: np.random.Generator
) -> Row:
    """Fill the cells that do not depend on the place."""
    public = kind["label"] in _PUBLIC_KINDS
    row: Row = {
        "種類": kind["label"],
        "名称": name,
        "ふりがな": kana,
        "運営団体": provider,
        "対象": _pick(rng, kind["audience"]),
        "定員": "" if public else _sometimes(rng, 0.4, _pick(rng, ("20名", "２０人", "15", "先着10名", "30人程度"))),
        "費用": _pick(rng, kind["cost"]),
        "申込方法": _pick(rng, kind.get("join", ("申込不要", "要予約", "電話で申込"))),
        "電話番号": phone_in_some_spelling(number, rng.random()) if rng.random() < 0.85 else "",
        "ホームページ": _sometimes(rng, 0.2, f"https://example.jp/mihon/{number:03}"),
        "メール": "" if public else _sometimes(rng, 0.35, f"canary-{number:03}@example.jp"),
        "内容": _pick(rng, kind.get("about", ("",))),
        "状態": _pick(rng, ("", "", "実施中", "活動中")),
        "承諾": "有" if public else _consent(rng),
        "最終確認日": _checked(rng),
        "担当者": "" if public else _sometimes(rng, 0.7, _contact(number, rng)),
        "備考": ""
        if public
        else _sometimes(rng, 0.45, f"{_pick(rng, _REMARKS)}（カナリア{number:03} CANARY-{number:03}）"),
    }
    row |= {header: text for header, text in details.items() if header in row}
    return _marked(row, number) if _stays_inside(row) else row


def _consent(rng: np.random.Generator) -> str:
    return str(_pick(rng, _YES if rng.random() < 0.77 else _NO))


def _contact(number: int, rng: np.random.Generator) -> str:
    return f"{_pick(rng, _SURNAMES)}カナリア{number:03}（CANARY-{number:03}）"


def _remark(number: int, rng: np.random.Generator) -> str:
    return f"{_pick(rng, _REMARKS)}（カナリア{number:03} CANARY-{number:03}）"


def _checked(rng: np.random.Generator) -> str | date:
    """Draw the day of the last check; some were never checked, most within the last year."""
    days = int(515 * (1 - rng.random() ** 2))
    share = rng.random()
    return date_in_some_spelling(_FIRST_CHECK + timedelta(days=days), share) if share < 0.93 else ""


def _stays_inside(row: Row) -> bool:
    return row["承諾"] in _NO or row["状態"].startswith("終了")


def _marked(row: Row, number: int) -> Row:
    """Mark a row that must not be published, in cells that would be public otherwise."""
    mark = f"（CANARY-NO-{number:03}）"
    return row | {header: f"{row[header]}{mark}" for header in ("運営団体", "申込方法", "内容")}


def _place(label: str, venue: Venue | None, details: Row, rng: np.random.Generator) -> Row:
    """Fill the cells that say where: address in one of many spellings, coordinates only now and then."""
    draws = rng.random(3)
    shape = _PLACE_OF_KIND.get(label, "会場")
    row: Row = dict.fromkeys(("会場名", "所在地", "場所の形", "対象地域", "設備", "緯度", "経度"), "")
    if venue is None:
        return row | {"場所の形": details.get("場所の形", shape if shape == "訪問" else "")}
    lot = venue.lot
    address = address_in_some_spelling(PREFECTURE, lot.block, lot.number, venue.house, draws[0])
    row |= {"会場名": venue.name, "所在地": address, "設備": venue.facilities}
    row["場所の形"] = shape if shape != "会場" or draws[1] < 0.8 else ""
    if "所在地の誤り" in details:
        right, wrong = details["所在地の誤り"]
        return row | {"所在地": f"{lot.block}{lot.number}番{venue.house}号".replace(right, wrong)}
    if draws[2] < 0.14:
        point = to_lonlat(lot.point)
        row |= {"緯度": round(point.y, DECIMALS), "経度": round(point.x, DECIMALS)}
    return row
