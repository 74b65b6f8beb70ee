"""Gazetteer files of every layout, brought to one table; the layouts are entries of layouts.toml."""

from __future__ import annotations

import tomllib
import zlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.errors import InputError, first_five
from resourcemap.geocode.places import Place
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TOWN = ["prefecture", "city", "oaza", "town"]
COLUMNS = [*TOWN, "lot", "lon", "lat", "source", "postcode", "file", "is_parcel"]
_ENCODINGS = ("utf-8-sig", "cp932")
_NO_TOWN = ("（大字なし）", "（その他）", "(大字なし)", "(その他)")

# What the column 確かさ of remembered places may say, other than that it is the very spot.
HOW_SURE = {"町丁目": "block", "block": "block", "大字": "town", "town": "town"}

Tables = list[tuple[str, pd.DataFrame]]


def read_tables(paths: Sequence[Path]) -> Tables:
    """Read every file and say which layout it has; all faults are raised together."""
    faults: list[str] = []
    tables = []
    for path in paths:
        try:
            tables.append(_read_table(path))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return tables


def town_rows(tables: Tables, where: str) -> pd.DataFrame:
    """Bring all tables of towns and numbers to the columns of `COLUMNS`, in the order given.

    Raises
    ------
    InputError
        When a table needs another one that was not given.
    """
    rows = [
        _rows(name, table, tables, where).assign(file=number)
        for number, (name, table) in enumerate(tables)
        if "part_of" not in _layouts()[name] and "place" not in _layouts()[name] and not _is_joined(name, tables)
    ]
    if tables and not rows and not any("place" in _layouts()[name] for name, _ in tables):
        raise InputError(
            either(
                ja=f"{where}: 住所と位置の両方がそろっていません。番号の表と位置の表を一緒に指定してください。",
                en=f"{where}: names and positions are not complete. Give both tables in one list.",
            )
        )
    return (
        pd.concat([pd.DataFrame(columns=COLUMNS), *rows], ignore_index=True)
        if not rows
        else pd.concat(rows, ignore_index=True)
    )


def remembered(tables: Tables) -> tuple[Place, ...]:
    """Collect the remembered places of all tables."""
    return tuple(place for name, table in tables if "place" in _layouts()[name] for place in _places(name, table))


@cache
def _layouts() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("resourcemap.geocode").joinpath("layouts.toml").read_text("utf-8"))


def _read_table(path: Path) -> tuple[str, pd.DataFrame]:
    if not path.is_file():
        raise InputError(
            either(
                ja=f"{path}: ファイルがありません。住所一覧の場所を確かめてください。",
                en=f"{path}: no such file. Check where the gazetteer is.",
            )
        )
    table = _read_text(path)
    for name, layout in _layouts().items():
        if set(layout["marks"]) <= set(table.columns):
            return name, table
    known = "、".join(layout["label"] for layout in _layouts().values())
    raise InputError(
        either(
            ja=f"{path}: 住所一覧の形がわかりません（列は {first_five(table.columns)}）。読めるのは {known} です。",
            en=f"{path}: not a known gazetteer layout (columns {first_five(table.columns)}). Known: {known}.",
        )
    )


def _read_text(path: Path) -> pd.DataFrame:
    for encoding in _ENCODINGS:
        try:
            return pd.read_csv(path, dtype=str, keep_default_na=False, encoding=encoding)
        except UnicodeDecodeError:
            continue
        except (pd.errors.EmptyDataError, pd.errors.ParserError, OSError, EOFError, zlib.error) as error:
            raise InputError(
                either(
                    ja=f"{path}: 表として読めません（{error}）。CSVで保存し直してください。",
                    en=f"{path}: cannot be read as a table ({error}). Save it again as CSV.",
                )
            ) from error
    raise InputError(
        either(
            ja=f"{path}: 文字コードがわかりません。UTF-8かShift_JIS（CP932）で保存し直してください。",
            en=f"{path}: unknown encoding. Save it as UTF-8 or CP932.",
        )
    )


def _rows(name: str, table: pd.DataFrame, tables: list[tuple[str, pd.DataFrame]], where: str) -> pd.DataFrame:
    """Bring a table, joined with those that belong to it, to the columns of a gazetteer and the lot."""
    layout = _layouts()[name]
    for part in layout.get("join", ()):
        for other in (other for other_name, other in tables if other_name == part["layout"]):
            table = _joined(table, other, part["on"])
    if layout["lat"] not in table or layout["lon"] not in table:
        raise InputError(
            either(
                ja=f"{where}: {layout['label']}の位置の表がありません。一緒に指定してください。",
                en=f"{where}: the positions of {layout['label']} are missing. Give them in the same list.",
            )
        )
    oaza = _text(table, layout["town"])
    oaza = oaza.mask(oaza.isin(_NO_TOWN), "")
    rows = pd.DataFrame(
        {
            "prefecture": _text(table, layout.get("prefecture", ())),
            "city": _text(table, layout.get("city", ())),
            "oaza": oaza,
            "town": oaza + _text(table, layout.get("koaza", ())),
            "lot": _text(table, layout.get("lot", ()), between="-").str.strip("-"),
            "lon": pd.to_numeric(table[layout["lon"]], errors="coerce"),
            "lat": pd.to_numeric(table[layout["lat"]], errors="coerce"),
            "source": _source(layout, table),
            "postcode": _text(table, layout.get("postcode", ())),
            "is_parcel": bool(layout.get("is_parcel", False)),
        }
    )
    rows["oaza"] = rows["oaza"].mask(rows["oaza"] == "", rows["town"])
    return rows[rows["town"] != ""]


def _joined(table: pd.DataFrame, other: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    new = [column for column in other.columns if column not in table.columns]
    return table.merge(other[[*on, *new]].drop_duplicates(on), on=on, how="left")


def _text(table: pd.DataFrame, columns: Sequence[str], *, between: str = "") -> pd.Series:
    known = [table[column].fillna("").str.strip() for column in columns if column in table]
    text = pd.Series("", index=table.index, dtype=object)
    for column in known:
        text = text + between + column
    return text


def _is_joined(name: str, tables: Tables) -> bool:
    """Tell whether a table gives its columns to another one and has no positions of its own."""
    layout = _layouts()[name]
    there = {other for other, _ in tables}
    wanted = {part["layout"] for other in there for part in _layouts()[other].get("join", ())}
    needs = {part["layout"] for part in layout.get("join", ())}
    return name in wanted and not needs & there


def _source(layout: dict[str, Any], table: pd.DataFrame) -> pd.Series:
    """Name the layout, and the day of the position where the table says it."""
    label = str(layout["label"])
    days = _text(table, layout.get("date", ()))
    return (label + " " + days).str.strip().astype("category")


def _places(name: str, table: pd.DataFrame) -> list[Place]:
    layout = _layouts()[name]["place"]
    columns = {ours: _text(table, [theirs]) for ours, theirs in layout.items()}
    lon, lat = (pd.to_numeric(columns[axis], errors="coerce") for axis in ("lon", "lat"))
    found = []
    for row in table.index[lon.notna() & lat.notna()]:
        level = HOW_SURE.get(columns["level"][row], "place")
        source = " ".join(filter(None, (_layouts()[name]["label"], columns["day"][row])))
        point = (float(lon[row]), float(lat[row]))
        found.append(Place(columns["name"][row], columns["address"][row], point, level, source))
    return found
