"""Write 5,000 areas into a map: folium's GeoJson, and ours, where neighbours share their borders."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import folium

from benchmarks.case import Case
from benchmarks.map_town import town
from benchmarks.tessellation import tessellation
from benchmarks.workloads import Size as TownSize
from benchmarks.workloads import drawn
from resourcemap.model.catalog import load_catalog
from resourcemap.publish.webmap import webmap, write_webmap

if TYPE_CHECKING:
    import geopandas as gpd

COUNT = 5_000
METRES = 70_000.0
SEED = 17
_JSON = re.compile(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', re.DOTALL)
_TOTAL = 1e6


@dataclass(frozen=True)
class Work:
    """The areas, and where both sides write."""

    areas: gpd.GeoDataFrame
    folder: Path


def prepare() -> Work:
    seeds = drawn(TownSize(COUNT, 1, METRES, 40, SEED)).homes
    blocks = tessellation(seeds, METRES, seed=SEED, name="areas").assign(approximate=False)
    blocks["area_id"] = blocks["area_id"].astype(str)
    return Work(blocks.to_crs("EPSG:4326"), Path(tempfile.mkdtemp()))


def run_peer(work: Work) -> Path:
    page = folium.Map(location=[34.955, 139.70], zoom_start=10, tiles=None)
    folium.GeoJson(work.areas[["area", "geometry"]], tooltip=folium.GeoJsonTooltip(["area"])).add_to(page)
    path = work.folder / "peer.html"
    page.save(path)
    return path


def run_ours(work: Work) -> Path:
    page = webmap(_nobody(), areas=work.areas, catalog=load_catalog(), title="区域")
    return write_webmap(page, work.folder / "ours.html")


def agree(peer: Path, ours: Path) -> bool:
    [data] = [json.loads(text) for text in _JSON.findall(ours.read_text(encoding="utf-8"))]
    names = data["systems"][0]["areas"]
    shapes = len(json.dumps({key: data["systems"][0][key] for key in ("arcs", "rings")}))
    page = peer.read_text(encoding="utf-8")
    print(f"  peer: {len(page.encode()) / _TOTAL:.2f} MB; ours: {shapes / _TOTAL:.2f} MB of shapes")
    ascii_names = (json.dumps(name)[1:-1] for name in names)
    return len(names) == COUNT and all(name in page for name in ascii_names) and shapes < 3 * _TOTAL


def _nobody():  # type: ignore[no-untyped-def]  # noqa: ANN202
    from resourcemap.model.consent import release

    return release(town(1).released.table.assign(channels=""), "map")


CASE = Case(
    work=f"write a map of {COUNT} areas",
    peer=f"folium {folium.__version__}: GeoJson",
    prepare=prepare,
    run_peer=run_peer,
    run_ours=run_ours,
    agree=agree,
)
