"""Find written addresses among all towns of Japan: jageocoder, and Matcher with a prepared index.

With the folder of real data beside the repository these are 3,580 addresses as people wrote them and 277,630 towns;
without it, addresses made of the sample city's gazetteer. Both sides know the same towns and nothing finer.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.case import Case
from resourcemap.geocode.gazetteer import read_gazetteer
from resourcemap.geocode.matcher import Matcher
from resourcemap.geocode.prepared import VERSION
from resourcemap.metres import metres_between

if TYPE_CHECKING:
    from resourcemap.geocode.index import Gazetteer

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "real"
JAPAN = REAL / "gazetteer" / "towns_japan_geolonia.csv.gz"
WRITTEN = REAL / "addresses" / "normalised_addresses_dev.csv"
SAMPLE = ROOT / "data" / "住所一覧.csv"
SHARE = 0.99  # of the addresses that both find must be at the same point
SAME = 1.0  # metres
SHOWN = 12

Points = list[tuple[float, float] | None]

_BLOCK = re.compile(r"(.+?)([一二三四五六七八九十百]+丁目?|[\d０-９]+丁目?)")
_COUNTY, _WARD = re.compile(r"(.+?郡)(.+)"), re.compile(r"(.+?市)(.+区)")
_PREPARE = "import sys; from resourcemap.project.barelist import prepare_gazetteer as p; p(sys.argv[1:2], sys.argv[2])"


@dataclass
class Work:
    """The addresses, our index, and the folder where the peer's database is or will be."""

    addresses: list[str]
    gazetteer: Gazetteer
    folder: Path
    has_database: bool = field(default=False)


def source() -> Path:
    return JAPAN if JAPAN.is_file() else SAMPLE


def folder_of(path: Path) -> Path:
    """Name a folder for what is built from a gazetteer, kept from run to run."""
    mark = hashlib.blake2b(f"{path.name} {path.stat().st_size} {VERSION}".encode(), digest_size=6).hexdigest()
    return Path(tempfile.gettempdir()) / f"resourcemap-locate-{mark}"


def prepare() -> Work:
    path = source()
    folder = folder_of(path)
    folder.mkdir(exist_ok=True)
    index = folder / "index.npz"
    if not index.is_file():
        # In a process of its own, so that its memory does not count as ours.
        subprocess.run([sys.executable, "-c", _PREPARE, str(path), str(index)], check=True, cwd=ROOT)
    begin = time.perf_counter()
    gazetteer = read_gazetteer(index)
    seconds = time.perf_counter() - begin
    print(f"  prepared index of {len(gazetteer.towns):,} towns read in {seconds:.2f} s", file=sys.stderr)
    return Work(addresses(gazetteer), gazetteer, folder)


def addresses(gazetteer: Gazetteer) -> list[str]:
    if WRITTEN.is_file() and JAPAN.is_file():
        return pd.read_csv(WRITTEN, dtype=str)["住所"].tolist()
    towns = zip(gazetteer.prefecture_names, gazetteer.city_names, gazetteer.town_names, strict=True)
    return [f"{prefecture}{city}{town}{number}-1" for prefecture, city, town in towns for number in range(1, 40)]


def run_ours(work: Work) -> Points:
    matcher = Matcher(work.gazetteer)
    return [matcher.match(address).point for address in work.addresses]


def run_peer(work: Work) -> Points:
    import jageocoder

    if not work.has_database:
        logging.getLogger("jageocoder").setLevel(logging.ERROR)
        jageocoder.init(db_dir=str(database(work)))
        work.has_database = True
    found = (jageocoder.search(address)["candidates"] for address in work.addresses)
    return [(first[0]["x"], first[0]["y"]) if first else None for first in found]


def database(work: Work) -> Path:
    """Build the peer's database of the same towns with its own tool."""
    folder = work.folder / "database"
    if (folder / "address.trie").is_file():
        return folder
    towns = work.folder / "towns.geojson"
    towns.write_text(json.dumps({"type": "FeatureCollection", "features": features(work.gazetteer)}), encoding="utf-8")
    attributes = [f"--{name}={name}" for name in ("pref", "county", "city", "ward", "oaza", "aza")]
    command = [sys.executable, "-m", "jageocoder_dbtool", "geojson2db", f"--db-dir={folder}", "--code=code"]
    subprocess.run([*command, *attributes, str(towns)], check=True, capture_output=True)
    return folder


def features(gazetteer: Gazetteer) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    for row, (prefecture, city, oaza, town) in enumerate(
        zip(
            gazetteer.prefecture_names,
            gazetteer.city_names,
            gazetteer.oaza_names,
            gazetteer.town_names,
            strict=True,
        )
    ):
        if not gazetteer.has_point(row):
            continue
        block = _BLOCK.fullmatch(oaza)
        county, ward = _COUNTY.fullmatch(city), _WARD.fullmatch(city)
        names = {
            "pref": prefecture,
            "county": county[1] if county else "",
            "city": ward[1] if ward else county[2] if county else city,
            "ward": ward[2] if ward else "",
            "oaza": block[1] if block else oaza,
            "aza": (block[2] if block else "") + town.removeprefix(oaza),
        }
        point = {"type": "Point", "coordinates": list(gazetteer.point(row))}
        made.append({"type": "Feature", "properties": names | {"code": str(row)}, "geometry": point})
    return made


def agree(peer: Points, ours: Points) -> bool:
    written = addresses(read_gazetteer(folder_of(source()) / "index.npz"))
    both = [(text, one, other) for text, one, other in zip(written, peer, ours, strict=True) if one and other]
    apart = [(float(metres_between(*one, *other)), text) for text, one, other in both]
    off = sorted((item for item in apart if item[0] > SAME), reverse=True)
    share = 1 - len(off) / max(len(both), 1)
    print(f"  found: peer {sum(map(bool, peer))}, ours {sum(map(bool, ours))} of {len(written)}")
    print(f"  both: {len(both)}, of these at the same point: {share:.4f}")
    for metres, text in off[:SHOWN]:
        print(f"    {metres:,.0f} m apart: {text}")
    return len(both) > SHARE * len(written) and share > SHARE


CASE = Case(
    work="find 3,580 written addresses among all towns of Japan" if JAPAN.is_file() else "find sample addresses",
    peer=f"jageocoder {version('jageocoder')}: search, over the same towns",
    prepare=prepare,
    run_peer=run_peer,
    run_ours=run_ours,
    agree=agree,
)
