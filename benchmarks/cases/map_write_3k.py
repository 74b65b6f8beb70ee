"""Write a map of 3,000 places with a popup each: folium's Marker and Popup, and webmap."""

from __future__ import annotations

import html
import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import folium
import geopandas as gpd
import numpy as np
import pandas as pd

from benchmarks.case import Case
from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import Released, release
from resourcemap.publish.webmap import webmap, write_webmap

SIZE = 3_000
SEED = 20261101
SHOWN = ("name", "venue", "address", "schedule", "audience_text", "cost", "phone")

Places = set[tuple[str, float, float]]

_MARKER = re.compile(r"var (marker_\w+) = L\.marker\(\s*\[([-\d.]+), ([-\d.]+)\]")
_POPUP = re.compile(r"(marker_\w+)\.bindPopup\((popup_\w+)\)")
_NAME = re.compile(r"var (html_\w+) = \$\(`.*?<b>(.*?)</b>", re.DOTALL)
_CONTENT = re.compile(r"(popup_\w+)\.setContent\((html_\w+)\)")
_HOST = re.compile(r'(?:src|href)="https?://([^/"]+)[^"]*\.(?:js|css)"')
_JSON = re.compile(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', re.DOTALL)


@dataclass(frozen=True)
class Work:
    """The released table, and where both sides write."""

    released: Released
    folder: Path


def prepare() -> Work:
    generator = np.random.default_rng(SEED)
    number = np.arange(SIZE)
    kinds = np.array(list(load_catalog().kinds), dtype=object)
    table = pd.DataFrame(
        {
            "resource_id": [f"r{n}" for n in number],
            "activity_id": [f"a{n}" for n in number],
            "venue_id": [f"v{n}" for n in number],
            "name": [f"みほんの集まり <{n}> & 仲間" for n in number],
            "kind": kinds[generator.integers(0, len(kinds), SIZE)],
            "venue": [f"みほん{n}番会館" for n in number],
            "address": [f"みほん市みほん{n % 9 + 1}丁目{n % 30 + 1}番{n % 20 + 1}号" for n in number],
            "place": "venue",
            "schedule": "毎週水曜 14時〜16時",
            "status": "active",
            "audience": "older",
            "audience_text": "おおむね65歳以上の方",
            "cost": "100円（お茶代）",
            "phone": [f"000-0000-{n:04}" for n in number],
            "channels": "list;map;paper",
            "located": "given",
        }
    )
    lon = np.round(generator.uniform(139.67, 139.73, SIZE), 6)
    lat = np.round(generator.uniform(34.93, 34.98, SIZE), 6)
    resources = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")
    return Work(release(resources, "map"), Path(tempfile.mkdtemp()))


def run_peer(work: Work) -> Path:
    page = folium.Map(location=[34.955, 139.70], zoom_start=14, tiles=None)
    table = work.released.table
    for row, point in zip(table[list(SHOWN)].to_dict("records"), table.geometry, strict=True):
        first, *rest = (html.escape(str(row[name])) for name in SHOWN)
        card = f"<b>{first}</b><br>{'<br>'.join(rest)}"
        folium.Marker([point.y, point.x], popup=folium.Popup(card, max_width=300)).add_to(page)
    path = work.folder / "peer.html"
    page.save(path)
    return path


def run_ours(work: Work) -> Path:
    page = webmap(work.released, catalog=load_catalog(), title="みほん市 地域資源マップ")
    return write_webmap(page, work.folder / "ours.html")


def places_of_peer(path: Path) -> Places:
    """Read names and positions back out of folium's page."""
    page = path.read_text(encoding="utf-8")
    popups, contents, named = (dict(form.findall(page)) for form in (_POPUP, _CONTENT, _NAME))
    return {
        (html.unescape(named[contents[popups[marker]]]), float(lat), float(lon))
        for marker, lat, lon in _MARKER.findall(page)
    }


def places_of_ours(path: Path) -> Places:
    """Read names and positions back out of our page."""
    blocks = (json.loads(text) for text in _JSON.findall(path.read_text(encoding="utf-8")))
    [data] = [block for block in blocks if "resources" in block]
    venues = data["venues"]
    return {
        (name, venues["lat"][at], venues["lon"][at])
        for name, at in zip(data["resources"]["name"], data["resources"]["at"], strict=True)
    }


def agree(peer: Path, ours: Path) -> bool:
    expected, found = places_of_peer(peer), places_of_ours(ours)
    for name, path, places in (("peer", peer, expected), ("ours", ours, found)):
        hosts = set(_HOST.findall(path.read_text(encoding="utf-8")))
        size = path.stat().st_size / 1e6
        print(f"  {name}: {len(places)} places, {size:.2f} MB, loads files from {len(hosts)} hosts")
    return len(expected) == SIZE and expected == found


CASE = Case(
    work=f"write a map of {SIZE} places with a popup each",
    peer=f"folium {folium.__version__}: Marker + Popup",
    prepare=prepare,
    run_peer=run_peer,
    run_ours=run_ours,
    agree=agree,
)
