"""What stands in the columns of a printed list, and the order of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.language import either
from resourcemap.publish.ages import SIGN
from resourcemap.publish.workbook import as_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from resourcemap.model.catalog import Catalog

Row = dict[str, Any]
# What `resourcemap.publish.ages` adds to a row.
OF_AGE = ("told", "checked_on", "age", "partly", "stale")


@dataclass(frozen=True)
class Column:
    """A column of the list.

    Parameters
    ----------
    ja, en
        Its heading.
    width
        Its width, in the unit of spreadsheets.
    cell
        What stands in a row.
    optional
        Whether it is left out when no row has anything there.
    loud
        Whether it is set in bold.
    """

    ja: str
    en: str
    width: float
    cell: Callable[[Row], str]
    optional: bool = False
    loud: bool = False


def labelled(table: pd.DataFrame, catalog: Catalog, language: str) -> pd.DataFrame:
    """Add the labels of kinds and audiences, and sort by the catalogue's order of kinds, then by kana or name.

    Places of one activity keep their order: the stops of a van come as it drives.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> table = pd.DataFrame({"resource_id": ["1", "2"], "kind": ["shop", "salon"], "name": ["A", "B"]})
    >>> labelled(table, load_catalog(), "ja")["name"].tolist()
    ['B', 'A']
    """
    order = {kind: number for number, kind in enumerate(catalog.kinds)}
    name = table["name"].map(as_text)
    kana = table["kana"].map(as_text) if "kana" in table else name
    keys = pd.DataFrame(
        {
            "kind": table["kind"].map(lambda kind: order.get(kind, len(order))),
            "kana": kana.where(kana != "", name),
            "name": name,
        }
    )
    audience = table["audience"] if "audience" in table else pd.Series(None, index=table.index, dtype=object)
    labels = pd.DataFrame(table).assign(
        kind_label=[_kind_label(kind, catalog, language) for kind in table["kind"]],
        audience_label=[_audience_label(ids, catalog, language) for ids in audience],
    )
    return labels.loc[keys.sort_values(list(keys), kind="stable").index]


def _kind_label(kind: str, catalog: Catalog, language: str) -> str:
    """Name a kind with a mark that a monochrome printer keeps."""
    if kind not in catalog.kinds:
        return as_text(kind)
    known = catalog.kinds[kind]
    return f"{_MARKS.get(known.shape, '・')} {known.label(language)}"


def _audience_label(ids: object, catalog: Catalog, language: str) -> str:
    known = [name for name in as_text(ids).split(";") if name in catalog.audiences]
    return "・".join(catalog.audiences[name].label(language) for name in known)


def _text_of(name: str) -> Callable[[Row], str]:
    return lambda row: as_text(row.get(name))


def _venue(row: Row) -> str:
    if row["place"] == "served_area":
        return either(ja="お宅へ訪問", en="visits at home")
    if row["place"] == "none":
        return either(ja="電話・オンライン", en="telephone, online")
    return as_text(row.get("venue"))


def _address(row: Row) -> str:
    """Return the address, or where a visiting service comes to."""
    return as_text(row.get("serves" if row["place"] == "served_area" else "address"))


def _when(row: Row) -> str:
    """Return the schedule as written, or else the first and last day."""
    if schedule := as_text(row.get("schedule")):
        return schedule
    first, last = as_text(row.get("valid_from")), as_text(row.get("valid_to"))
    return first if first == last else f"{first}～{last}"


def _audience(row: Row) -> str:
    """Return the audience as written, or else the labels of the catalogue."""
    return as_text(row.get("audience_text")) or as_text(row["audience_label"])


def _status(row: Row) -> str:
    ja, en = _STATUSES[row["status"]]
    return either(ja=ja, en=en)


def _verified(row: Row) -> str:
    """Return the day of the last check with its age below it, and a sign where the next one is due."""
    if not row.get("told"):
        return as_text(row.get("verified_on")).replace("-", "/") or either(ja="記録なし", en="not recorded")
    sign = SIGN if row["stale"] else ""
    if not pd.isna(row["checked_on"]):
        return f"{sign}{as_text(row['checked_on'])}\n{row['age']}"
    if row["partly"]:
        return sign + either(ja="一部記録なし", en="not recorded in part")
    return sign + either(ja="記録なし", en="not recorded")


COLUMNS = (
    Column("種類", "kind", 14, _text_of("kind_label")),
    Column("名称", "name", 19, _text_of("name"), loud=True),
    Column("会場", "venue", 16, _venue),
    Column("所在地", "address", 17, _address),
    Column("開催日時", "when", 19, _when),
    Column("対象", "for whom", 11, _audience),
    Column("定員", "capacity", 6, _text_of("capacity"), optional=True),
    Column("費用", "cost", 8.5, _text_of("cost"), optional=True),
    Column("申込", "how to join", 11, _text_of("how_to_join"), optional=True),
    Column("電話", "telephone", 14.5, _text_of("phone")),
    Column("状態", "status", 7.5, _status),
    Column("最終確認日", "checked on", 11, _verified),
)
_STATUSES = {"active": ("活動中", "active"), "suspended": ("休止中", "suspended"), "ended": ("終了", "ended")}
# A letter of any Japanese font for each shape of the map; the label stands beside it.
_MARKS = {
    "circle": "●",
    "square": "■",
    "triangle": "▲",
    "triangle_down": "▼",
    "diamond": "◆",
    "star": "★",
    "house": "△",
    "pentagon": "☆",
    "hexagon": "◎",
    "shield": "▽",
    "trapezoid": "◇",
    "parallelogram": "▶",
    "arrow": "→",
    "arch": "∩",
    "drop": "◉",
    "heart": "♥",
    "clover": "♣",
    "cross": "＋",
    "bolt": "※",
    "octagon": "○",
}
