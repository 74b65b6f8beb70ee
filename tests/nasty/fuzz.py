"""Fuzzing: inputs that are nearly right, changed at random from a seed, until time is up.

    make fuzz MINUTES=30 SEED=1

Each input must be used or refused with a message (`ResourceMapError`); anything else is a bug, and is printed with the
seed that makes it again: ``python -m tests.nasty.fuzz --target NAME --only NUMBER``.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from resourcemap.errors import ResourceMapError
from resourcemap.geocode.address import address_key, lot_key, postcode, split_lot
from resourcemap.language import speaking
from resourcemap.model.consent.answers import channels_of
from resourcemap.model.consent.fields import permit_of
from resourcemap.plain import csv_text, visible
from resourcemap.project.project import open_project
from resourcemap.read.areas import read_areas, read_blocks
from resourcemap.read.cells import clean
from resourcemap.read.people import read_people
from resourcemap.read.resources import read_resources
from resourcemap.read.schedules.parse import read_schedule
from resourcemap.read.streets import read_streets
from tests.nasty import cells, town

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ODD = [text for text in cells.TEXTS.values() if len(text) < 1000]
SLOW = 20.0  # seconds of CPU for one input
PLACEMARK = "<Placemark><name>会</name><Point><coordinates>139.71,34.95,0</coordinates></Point></Placemark>"
SEEDS = {
    ".csv": csv_text([town.HEADINGS, *town.ROWS]).encode(),
    ".tsv": "名称\t種類\t緯度\t経度\n会\tサロン\t34.95\t139.71\n".encode("cp932"),
    ".geojson": town.layer([({"名称": "会"}, {"type": "Point", "coordinates": [139.71, 34.95]})]).encode(),
    ".json": b'{"service": {"id": "s", "name": "A"}, "schedules": [{"byday": "MO"}], "locations": [{"latitude": 35}]}',
    ".kml": f"<kml><Document><Folder><name>サロン</name>{PLACEMARK}</Folder></Document></kml>".encode(),
    ".gpx": "<gpx><wpt lat='34.95' lon='139.71'><name>会</name><type>サロン</type></wpt></gpx>".encode(),
    ".umap": b'{"type":"umap","geometry":{},"properties":{},"layers":[{"type":"FeatureCollection","features":[{"type":'
    b'"Feature","properties":{"name":"A"},"geometry":{"type":"Point","coordinates":[139.7,35]}}],"_umap_options":{}}]}',
    ".html": "<table><tr><th>名称<th>種類<th colspan=2>位置<tr><td>会<td>サロン<td>34<td>139</table>".encode(),
}


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes, cut, repeat, or put something odd in."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, how = chance.randrange(len(data) + 1), chance.randrange(7)
        if how == 0 and data:
            data[at % len(data)] = chance.randrange(256)
        elif how == 1:
            del data[at : at + chance.randrange(1, 60)]
        elif how == 2:
            data[at:at] = data[at : at + chance.randrange(1, 60)] * chance.choice((1, 2, 40))
        elif how == 3:
            data[at:at] = chance.choice(ODD).encode("utf-8", "surrogatepass")
        elif how == 4:
            data[at:at] = chance.choice(
                (b"\0", b'"', b",", b"\n", b"\r", b"\xff\xfe", b"<", b"]", b"{", b"nan", b"-1e999")
            )
        elif how == 5:
            data = data[:at]
        else:
            data[at : at + 8] = chance.randbytes(chance.randrange(12))
    return bytes(data)


def odd_cell(cell: str, chance: random.Random) -> str:
    """Change one cell of text."""
    how = chance.randrange(5)
    if how == 0:
        return chance.choice(ODD)
    if how == 1:
        return cell + chance.choice(ODD)
    if how == 2 and cell:
        at = chance.randrange(len(cell))
        return (
            cell[:at] + chr(chance.choice((0x20, 0x202E, 0x3000, 0xFF0D, chance.randrange(0x3000, 0x9FFF)))) + cell[at:]
        )
    if how == 3:
        return "".join(chance.sample(cell, len(cell)))
    return cell[: chance.randrange(len(cell) + 1)] * chance.choice((0, 1, 2, 30))


def a_book(chance: random.Random) -> bytes:
    """Make a workbook with odd cells, merged ranges and parts that are changed."""
    book = openpyxl.Workbook()
    for row in [town.HEADINGS, *town.ROWS]:
        book.active.append([visible(odd_cell(cell, chance))[:9000] if chance.random() < 0.1 else cell for cell in row])
    if chance.random() < 0.5:
        top, left = chance.randrange(1, 5), chance.randrange(1, 9)
        book.active.merge_cells(
            start_row=top, start_column=left, end_row=top + chance.randrange(4), end_column=left + chance.randrange(4)
        )
    memory = io.BytesIO()
    book.save(memory)
    if chance.random() < 0.4:
        return mutated(memory.getvalue(), chance)
    changed = io.BytesIO()
    with zipfile.ZipFile(memory) as old, zipfile.ZipFile(changed, "w") as new:
        parts = old.namelist()
        spoilt = chance.choice(parts)
        for part in parts:
            new.writestr(part, mutated(old.read(part), chance) if part == spoilt else old.read(part))
    return changed.getvalue()


def fuzz_readers(folder: Path, chance: random.Random) -> None:
    suffix = chance.choice(
        [*SEEDS, ".xlsx", ".kmz", ".zip", ".txt", ".xls", ".ods", ".gpkg", ".shp", ".fgb", ".parquet"]
    )
    if suffix == ".xlsx":
        content = a_book(chance)
    elif suffix in (".kmz", ".zip"):
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", chance.choice((0, 8))) as archive:
            archive.writestr(
                chance.choice(("doc.kml", "a.geojson", "x.csv", "a/b.kml")), mutated(SEEDS[".kml"], chance)
            )
            archive.writestr("more.geojson", mutated(SEEDS[".geojson"], chance))
        content = memory.getvalue() if chance.random() < 0.6 else mutated(memory.getvalue(), chance)
    else:
        content = mutated(SEEDS.get(suffix, chance.choice(list(SEEDS.values()))), chance)
    path = town.put(folder, f"a{suffix}", content)
    readers: list[Callable[[Path], object]] = [
        lambda path: read_resources(path, kind="salon", anywhere=True),
        read_resources,
    ]
    if chance.random() < 0.3:
        readers = [read_blocks, read_people, read_streets, lambda path: read_areas(path, system="圏域", area="name")]
    for read in readers:
        with contextlib.suppress(ResourceMapError):
            read(path)


def fuzz_texts(folder: Path, chance: random.Random) -> None:
    del folder
    starts = [
        "東町2丁目3-4",
        "みほん市本町１－２－３ 会館2F",
        "毎週水曜 14:00～16:00（8月休み）",
        "第2・4土曜",
        "有（地図のみ）",
        "",
    ]
    for _ in range(50):
        text = odd_cell(chance.choice(starts), chance)
        for read in (clean, read_schedule, address_key, lot_key, postcode, split_lot, channels_of, permit_of):
            read(text)


def fuzz_settings(folder: Path, chance: random.Random) -> None:
    town.write_town(folder)
    lines = town.SETTINGS.splitlines()
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(lines))
        key, sign, _ = lines[at].partition(" = ")
        new = [
            "1",
            "-1",
            "nan",
            "1e400",
            '""',
            "[]",
            "{}",
            "true",
            '"' + "x" * 500 + '"',
            "1900-01-01",
            "[[1]]",
            '["a", 1]',
        ]
        lines[at] = f"{key} = {chance.choice(new)}" if sign and chance.random() < 0.7 else odd_cell(lines[at], chance)
    content = "\n".join(lines).encode("utf-8", "replace")
    town.put(folder, town.TOML, content if chance.random() < 0.8 else mutated(content, chance))
    with contextlib.suppress(ResourceMapError):
        project = open_project(folder)
        project.check_outputs()
        _ = project.resources, project.areas, project.people, project.kinds, project.list_system, project.distances


def fuzz_builds(folder: Path, chance: random.Random) -> None:
    town.write_town(folder)
    rows = [[odd_cell(cell, chance) if chance.random() < 0.15 else cell for cell in row] for row in town.ROWS * 2]
    town.put_rows(folder, [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows])
    if chance.random() < 0.5:
        name = chance.choice((town.MEMBERS, town.PEOPLE, town.BLOCKS, town.SCHOOLS, town.WATER))
        town.put(folder, name, mutated((folder / name).read_bytes(), chance))
    with contextlib.suppress(ResourceMapError):
        open_project(folder).build()


TARGETS: dict[str, Callable[[Path, random.Random], None]] = {
    "readers": fuzz_readers,
    "texts": fuzz_texts,
    "settings": fuzz_settings,
    "builds": fuzz_builds,
}


def attempt(target: str, seed: int, number: int) -> str:
    """Try one input, and return what went wrong, or nothing."""
    chance = random.Random(f"{target} {seed} {number}")  # noqa: S311
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings(), speaking("en"):
        warnings.simplefilter("error")
        before = time.process_time()
        try:
            TARGETS[target](Path(name) / "in", chance)
        except Exception:  # noqa: BLE001
            return traceback.format_exc()
        spent = time.process_time() - before
    return f"took {spent:.0f} s" if spent > SLOW else ""


def run(targets: list[str], seed: int, until: Callable[[int], bool]) -> Iterator[tuple[str, int, str]]:
    """Try inputs of all targets in turn, and give each with what went wrong."""
    number = 0
    while not until(number):
        for target in targets:
            yield target, number, attempt(target, seed, number)
        number += 1


def main() -> int:
    """Fuzz until the time is up; 1 when anything was found."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--minutes", type=float, default=5)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--target", choices=TARGETS)
    asked.add_argument("--only", type=int)
    options = asked.parse_args()
    targets = [options.target] if options.target else list(TARGETS)
    if options.only is not None:
        print(attempt(options.target, options.seed, options.only) or "nothing")
        return 0
    end = time.monotonic() + 60 * options.minutes
    tried: Counter[str] = Counter()
    found: dict[str, str] = {}
    for target, number, fault in run(targets, options.seed, lambda _: time.monotonic() > end):
        tried[target] += 1
        if fault and (sign := "\n".join(fault.splitlines()[-4:])) not in found:
            found[sign] = f"--target {target} --seed {options.seed} --only {number}"
            print(f"{found[sign]}\n{fault}", flush=True)
    print(f"tried {dict(tried)}; {len(found)} different faults")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
