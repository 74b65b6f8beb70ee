"""Gazetteers from files, and from the names of blocks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.errors import InputError, first_five
from resourcemap.geocode.address import address_key, lot_key
from resourcemap.geocode.index import Gazetteer, city_keys
from resourcemap.geocode.layouts import TOWN, read_tables, remembered, town_rows
from resourcemap.geocode.prepared import SUFFIX, read_prepared, rows_of
from resourcemap.language import either
from resourcemap.metres import to_lonlat

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from resourcemap.geocode.places import Place


def read_gazetteer(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]], *, city: str | None = None
) -> Gazetteer:
    r"""Read one or more gazetteer files as one index.

    Layouts are found by their columns: 位置参照情報 (street-block and town level), geolonia's Japanese
    addresses, アドレス・ベース・レジストリ (towns, 街区, 住居番号 and 地番, together with their positions), columns
    町丁目, 緯度 and 経度, or remembered places (名称 or 住所, 緯度, 経度). Files may be UTF-8 or CP932, and compressed
    (``.csv.gz``). A town that several files have is one town; its point is from the first of them. One index that
    `write_gazetteer` prepared (``.npz``) may stand for all of them.

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
    tables = read_tables([item for item in paths if item.suffix != SUFFIX])
    ready = [read_prepared(item) for item in paths if item.suffix == SUFFIX]
    if len(paths) == len(ready) == 1 and not city:
        return ready[0]
    places = remembered(tables) + tuple(place for each in ready for place in each.places)
    written = [town_rows(tables, where), *(rows_of(_inside(each, city)) for each in ready)]
    rows = pd.concat([each.assign(file=each["file"] + 1000 * at) for at, each in enumerate(written)], ignore_index=True)
    kept = _of_city(rows, city) if city else rows
    if kept.empty and (len(rows) or not places):
        raise InputError(_nothing_left(where, rows, city))
    return _indexed(kept, places)


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
    towns["source"] = either(ja="町丁目の図", en="the map of town blocks")
    return Gazetteer(towns, {})


def _of_city(rows: pd.DataFrame, city: str) -> pd.DataFrame:
    """Keep the rows of a city, all wards of an ordinance city, or a prefecture; and those that name no city."""
    wanted = address_key(city)
    pairs = pd.MultiIndex.from_frame(rows[["prefecture", "city"]])
    keep = {
        (prefecture, name)
        for prefecture, name in pairs.unique()
        if not name
        or wanted == address_key(prefecture)
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


def _inside(table: Gazetteer, city: str | None) -> Gazetteer:
    """Keep a city of a prepared gazetteer before its rows are unfolded."""
    if not city:
        return table
    pairs = pd.DataFrame(table.city_pairs, columns=["prefecture", "city"])
    return table.only(frozenset(_of_city(pairs, city).index)) if len(pairs) else table


def _indexed(rows: pd.DataFrame, places: tuple[Place, ...]) -> Gazetteer:
    """Part towns from lots; a town known by its lots alone is placed at the lot nearest their middle."""
    numbers = _numbers(rows)
    rows = rows.astype({"is_parcel": bool, "lon": float, "lat": float})
    rows = rows.assign(number=numbers, has_lot=(rows["lot"] != "") & rows["lon"].notna() & rows["lat"].notna())
    middle = rows.groupby("number")[["lon", "lat"]].transform("mean")
    rows["off"] = (rows["lon"] - middle["lon"]) ** 2 + (rows["lat"] - middle["lat"]) ** 2
    towns = rows.sort_values(["number", "has_lot", "off"], kind="stable").drop_duplicates("number")
    numbered = rows[rows["has_lot"]]
    # Numbers of lots (地番) run anew where houses have numbers of their own (住居表示), so they would mislead there.
    housed = numbered.loc[~numbered["is_parcel"], "number"].unique()
    numbered = numbered[~(numbered["is_parcel"] & numbered["number"].isin(housed))]
    lots: dict[tuple[int, str], tuple[float, float]] = {}
    columns = (numbered[name].tolist() for name in ("number", "lot", "lon", "lat"))
    for number, lot, lon, lat in zip(*columns, strict=True):
        lots.setdefault((number, _lot(lot)), (lon, lat))
    sources = {int(number): str(text) for number, text in numbered.groupby("number")["source"].agg(_newest).items()}
    written = rows[rows["postcode"] != ""].drop_duplicates("number")
    postcodes = dict(zip(written["number"], written["postcode"], strict=True))
    towns = towns.assign(postcode=[postcodes.get(number, "") for number in towns["number"]])
    return Gazetteer(towns[[*TOWN, "lon", "lat", "source", "postcode"]].reset_index(drop=True), lots, sources, places)


def _numbers(rows: pd.DataFrame) -> np.ndarray:
    """Give each town a number; one that two files write differently is one, unless a file has several such."""
    numbers = np.asarray(rows.groupby(TOWN, sort=False).ngroup(), dtype=int)
    if rows["file"].nunique() < 2:
        return numbers
    towns = rows[[*TOWN[:2], "town", "file"]].assign(number=numbers).drop_duplicates()
    shared = towns.groupby(TOWN[:2])["file"].transform("nunique") > 1
    towns = towns[shared]
    keys = {name: address_key(name) for name in towns["town"].unique()}
    towns = towns.assign(key=towns["town"].map(keys))
    groups = [*TOWN[:2], "key"]
    alone = towns.groupby([*groups, "file"])["number"].transform("nunique") == 1
    towns = towns[alone.groupby([towns[name] for name in groups]).transform("all")] if len(towns) else towns
    first = towns.groupby(groups)["number"].transform("min")
    same = dict(zip(towns["number"].tolist(), first.tolist(), strict=True))
    merged = np.array([same.get(number, number) for number in numbers.tolist()], dtype=int)
    return np.asarray(pd.factorize(merged)[0], dtype=int)


def _newest(sources: pd.Series) -> str:
    """Return the last of several sources: their days stand at their ends."""
    return max(map(str, sources.unique()))


def _lot(text: str) -> str:
    return text if text.isascii() else lot_key(text)


def read_places(path: str | os.PathLike[str]) -> tuple[Place, ...]:
    r"""Read places remembered by name or address (名称, 住所, 緯度, 経度, 確かさ, 確認日).

    Raises
    ------
    InputError
        When the file is missing or has no such columns.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "places.csv"
    >>> _ = file.write_text("名称,住所,緯度,経度\nみほん会館,,34.95,139.7\n", encoding="utf-8")
    >>> [(place.name, place.point) for place in read_places(file)]
    [('みほん会館', (139.7, 34.95))]
    """
    return remembered(read_tables([Path(path)]))
