"""Gazetteers from files, whose layouts are entries of layouts.toml, and from the names of blocks."""

from __future__ import annotations

import os
import tomllib
import zlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.errors import InputError, first_five
from resourcemap.geocode.address import address_key, lot_key
from resourcemap.geocode.index import Gazetteer, city_keys
from resourcemap.language import either
from resourcemap.metres import to_lonlat

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

_ENCODINGS = ("utf-8-sig", "cp932")
_NO_TOWN = ("（大字なし）", "（その他）", "(大字なし)", "(その他)")
_TOWN = ["prefecture", "city", "oaza", "town"]


def read_gazetteer(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]], *, city: str | None = None
) -> Gazetteer:
    r"""Read one or more gazetteer files as one index.

    Layouts are found by their columns: 位置参照情報 (street-block and town level), geolonia's Japanese
    addresses, アドレス・ベース・レジストリ (numbers together with their positions), or columns 町丁目, 緯度 and
    経度. Files may be UTF-8 or CP932, and compressed (``.csv.gz``).

    Parameters
    ----------
    path
        A file, or a list of files that belong together.
    city
        Keep this city or prefecture only: "みほん市", "札幌市" (all of its wards), "見本県みほん市", "東京都".

    Raises
    ------
    InputError
        When a file is missing, empty or of no known layout, or nothing is left.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "住所一覧.csv"
    >>> _ = file.write_text("町丁目,緯度,経度\nみほん一丁目,34.95,139.7\n", encoding="cp932")
    >>> read_gazetteer(file).towns["town"].tolist()
    ['みほん一丁目']
    """
    paths = [Path(path)] if isinstance(path, str | os.PathLike) else [Path(item) for item in path]
    where = "、".join(str(item) for item in paths)
    tables = _read_tables(paths)
    rows = [_rows(name, table, tables, where) for name, table in tables if "part_of" not in _layouts()[name]]
    if not rows:
        raise InputError(
            either(
                ja=f"{where}: 住所と位置の両方がそろっていません。番号の表と位置の表を一緒に指定してください。",
                en=f"{where}: names and positions are not complete. Give both tables in one list.",
            )
        )
    written = pd.concat(rows, ignore_index=True)
    kept = _of_city(written, city) if city else written
    if kept.empty:
        raise InputError(_nothing_left(where, written, city))
    return _indexed(kept)


def gazetteer_of_blocks(blocks: gpd.GeoDataFrame, *, city: str = "", prefecture: str = "") -> Gazetteer:
    """Make a gazetteer of the names of town blocks, with a point inside each.

    A block of several polygons gets a point inside the largest.

    Parameters
    ----------
    blocks
        Table of blocks with the column ``block``.
    city, prefecture
        Where all the blocks lie, so that addresses may name them.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> blocks = gpd.GeoDataFrame({"block_id": ["1"], "block": ["みほん一丁目"]},
    ...     geometry=[box(139.5, 34.75, 140.0, 35.25)], crs="EPSG:4326")
    >>> gazetteer_of_blocks(blocks, city="みほん市").towns[["city", "town", "lon"]].values.tolist()
    [['みほん市', 'みほん一丁目', 139.75]]
    """
    known = to_lonlat(blocks)
    known = known[known["block"].notna() & known.geometry.notna() & ~known.geometry.is_empty]
    # Degrees will do to see which polygon is larger; GeoSeries.area would warn.
    sizes = pd.Series([-shape.area for shape in known.geometry], index=known.index)
    same = [name for name in ("block_id", "block") if name in known]
    known = known.loc[sizes.sort_values(kind="stable").index].drop_duplicates(same).sort_index()
    points = known.geometry.representative_point()
    names = known["block"].astype(str).to_numpy()
    towns = pd.DataFrame(
        {"oaza": names, "town": names, "lon": points.x.to_numpy(), "lat": points.y.to_numpy()},
    )
    towns.insert(0, "city", city)
    towns.insert(0, "prefecture", prefecture)
    return Gazetteer(towns, {})


@cache
def _layouts() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("resourcemap.geocode").joinpath("layouts.toml").read_text("utf-8"))


def _read_tables(paths: list[Path]) -> list[tuple[str, pd.DataFrame]]:
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


def _of_city(rows: pd.DataFrame, city: str) -> pd.DataFrame:
    """Keep the rows of a city, all wards of an ordinance city, or a prefecture."""
    wanted = address_key(city)
    pairs = pd.MultiIndex.from_frame(rows[["prefecture", "city"]])
    keep = {
        (prefecture, name)
        for prefecture, name in pairs.unique()
        if wanted == address_key(prefecture)
        or wanted in city_keys(name)
        or wanted.removeprefix(address_key(prefecture)) in city_keys(name)
    }
    return rows[[pair in keep for pair in pairs]]


def _nothing_left(where: str, rows: pd.DataFrame, city: str | None) -> str:
    known = first_five((rows["prefecture"] + rows["city"]).unique()) if len(rows) else ""
    if not city:
        return either(
            ja=f"{where}: 住所がひとつもありません。中身を確かめてください。",
            en=f"{where}: there are no addresses. Check the content.",
        )
    return either(
        ja=f"{where}: {city!r} の住所がありません（あるのは {known}）。市区町村の名前を確かめてください。",
        en=f"{where}: there are no addresses of {city!r} (there are {known}). Check the name of the city.",
    )


def _indexed(rows: pd.DataFrame) -> Gazetteer:
    """Part towns from lots; a town known by its lots alone is placed at the lot nearest their middle."""
    numbers = rows.groupby(_TOWN, sort=False).ngroup()
    rows = rows.assign(number=numbers, has_lot=(rows["lot"] != "") & rows["lon"].notna() & rows["lat"].notna())
    middle = rows.groupby("number")[["lon", "lat"]].transform("mean")
    rows["off"] = (rows["lon"] - middle["lon"]) ** 2 + (rows["lat"] - middle["lat"]) ** 2
    towns = rows.sort_values(["number", "has_lot", "off"], kind="stable").drop_duplicates("number")
    lots: dict[tuple[int, str], tuple[float, float]] = {}
    numbered = rows[rows["has_lot"]]
    columns = (numbered[name].tolist() for name in ("number", "lot", "lon", "lat"))
    for number, lot, lon, lat in zip(*columns, strict=True):
        lots.setdefault((number, _lot(lot)), (lon, lat))
    return Gazetteer(towns[[*_TOWN, "lon", "lat"]].reset_index(drop=True), lots)


def _lot(text: str) -> str:
    return text if text.isascii() else lot_key(text)
