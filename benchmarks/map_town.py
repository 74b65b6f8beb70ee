"""A town of places to write maps of, by folium and by us, and what both wrote, read back."""

from __future__ import annotations

import html
import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import folium
import geopandas as gpd
import numpy as np
import pandas as pd

from benchmarks.case import Case
from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import Released, release
from resourcemap.publish.webmap import webmap, write_webmap

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 20261101
SHOWN = ("name", "venue", "address", "schedule", "audience_text", "cost", "phone")
_TOTAL = 1e6

Places = set[tuple[str, float, float]]

_MARKER = re.compile(r"var (marker_\w+) = L\.marker\(\s*\[([-\d.]+), ([-\d.]+)\]")
_POPUP = re.compile(r"(marker_\w+)\.bindPopup\((popup_\w+)\)")
_NAME = re.compile(r"var (html_\w+) = \$\(`.*?<b>(.*?)</b>", re.DOTALL)
_CONTENT = re.compile(r"(popup_\w+)\.setContent\((html_\w+)\)")
_FEATURES = re.compile(r"geo_json_\w+_add\((\{.*\})\);")
_HOST = re.compile(r'(?:src|href)="https?://([^/"]+)[^"]*\.(?:js|css)"')
_JSON = re.compile(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', re.DOTALL)


@dataclass(frozen=True)
class Town:
    """The released table, and where both sides write."""

    released: Released
    folder: Path


def case_of_markers(size: int, *, rounds: int = 5) -> Case:
    """Write a map of so many places with folium's markers, and with webmap."""
    peer = f"folium {folium.__version__}: Marker + Popup"
    return _case(size, peer, write_markers, places_of_markers, rounds)


def case_of_explore(size: int, *, rounds: int = 5) -> Case:
    """Write a map of so many places with explore of geopandas, and with webmap."""
    return _case(size, f"geopandas {gpd.__version__}: explore", write_explore, places_of_explore, rounds)


def _case(size: int, peer: str, write: Callable[[Town], Path], places: Callable[[Path], Places], rounds: int) -> Case:
    def agree(theirs: Path, ours: Path) -> bool:
        expected = places(theirs)
        return len(expected) == size and compared(expected, theirs, ours)

    return Case(
        work=f"write a map of {size} places with a popup each",
        peer=peer,
        prepare=lambda: town(size),
        run_peer=write,
        run_ours=write_ours,
        agree=agree,
        rounds=rounds,
    )


def town(size: int) -> Town:
    """Make places that share kinds, schedules and streets, and have names, halls and telephones of their own."""
    generator = np.random.default_rng(SEED)
    number = np.arange(size)
    kinds = np.array(list(load_catalog().kinds), dtype=object)
    table = pd.DataFrame(
        {
            "resource_id": [f"r{n}" for n in number],
            "activity_id": [f"a{n}" for n in number],
            "venue_id": [f"v{n}" for n in number],
            "name": [f"みほんの集まり <{n}> & 仲間" for n in number],
            "kind": kinds[generator.integers(0, len(kinds), size)],
            "venue": [f"みほん{n}番会館" for n in number],
            "address": [f"みほん市みほん{n % 9 + 1}丁目{n % 30 + 1}番{n % 20 + 1}号" for n in number],
            "place": "venue",
            "schedule": "毎週水曜 14時〜16時",
            "status": "active",
            "audience": "older",
            "audience_text": "おおむね65歳以上の方",
            "cost": "100円（お茶代）",
            "phone": [f"000-{n // 10_000:04}-{n % 10_000:04}" for n in number],
            "channels": "list;map;paper",
            "located": "given",
        }
    )
    lon = np.round(generator.uniform(139.67, 139.73, size), 6)
    lat = np.round(generator.uniform(34.93, 34.98, size), 6)
    resources = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")
    return Town(release(resources, "map"), Path(tempfile.mkdtemp()))


def write_markers(work: Town) -> Path:
    """Write the map as folium's users do: one Marker with one Popup for each place."""
    page = folium.Map(location=[34.955, 139.70], zoom_start=14, tiles=None)
    table = work.released.table
    for row, point in zip(table[list(SHOWN)].to_dict("records"), table.geometry, strict=True):
        first, *rest = (html.escape(str(row[name])) for name in SHOWN)
        card = f"<b>{first}</b><br>{'<br>'.join(rest)}"
        folium.Marker([point.y, point.x], popup=folium.Popup(card, max_width=300)).add_to(page)
    path = work.folder / "markers.html"
    page.save(path)
    return path


def write_explore(work: Town) -> Path:
    """Write the map as geopandas' users do: explore, with a popup of the same columns."""
    table = work.released.table[[*SHOWN, "kind", "geometry"]]
    page = table.explore(column="kind", popup=list(SHOWN), tiles=None, legend=False)
    path = work.folder / "explore.html"
    page.save(path)
    return path


def write_ours(work: Town) -> Path:
    """Write the map as our users do."""
    page = webmap(work.released, catalog=load_catalog(), title="みほん市 地域資源マップ")
    return write_webmap(page, work.folder / "ours.html")


def places_of_markers(path: Path) -> Places:
    """Read names and positions back out of a page of markers."""
    page = path.read_text(encoding="utf-8")
    popups, contents, named = (dict(form.findall(page)) for form in (_POPUP, _CONTENT, _NAME))
    return {
        (html.unescape(named[contents[popups[marker]]]), float(lat), float(lon))
        for marker, lat, lon in _MARKER.findall(page)
    }


def places_of_explore(path: Path) -> Places:
    """Read names and positions back out of a page of explore."""
    [text] = _FEATURES.findall(path.read_text(encoding="utf-8"))
    features = json.loads(text)["features"]
    spots = [(feature["properties"]["name"], feature["geometry"]["coordinates"]) for feature in features]
    return {(name, round(lat, 6), round(lon, 6)) for name, (lon, lat) in spots}


def places_of_ours(path: Path) -> Places:
    """Read names and positions back out of our page."""
    [data] = [json.loads(text) for text in _JSON.findall(path.read_text(encoding="utf-8"))]
    venues = data["venues"]
    west, south = venues["from"]
    return {
        (name, round((south + venues["lat"][at]) / 1e6, 6), round((west + venues["lon"][at]) / 1e6, 6))
        for name, at in zip(data["resources"]["name"], data["resources"]["at"], strict=True)
    }


def compared(expected: Places, peer: Path, ours: Path) -> bool:
    """Say how large both pages are, and tell whether they have the same places."""
    found = places_of_ours(ours)
    nothing = webmap(release(_nothing(), "map"), catalog=load_catalog(), title="x")
    fixed = write_webmap(nothing, ours.with_name("nothing.html")).stat().st_size
    for name, path, places, more in (("peer", peer, expected, 0), ("ours", ours, found, fixed)):
        hosts = set(_HOST.findall(path.read_text(encoding="utf-8")))
        size = path.stat().st_size
        inside = f", {(size - more) / _TOTAL:.2f} MB beyond the fixed part" if more else ""
        print(f"  {name}: {len(places)} places, {size / _TOTAL:.2f} MB{inside}, loads files from {len(hosts)} hosts")
    return expected == found


def _nothing() -> gpd.GeoDataFrame:
    return town(1).released.table.iloc[:0].assign(channels="")
