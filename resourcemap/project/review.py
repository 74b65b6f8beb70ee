"""Places that a person has to settle: a sheet that asks, and the answers remembered in data/places.csv."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from resourcemap.errors import InputError, first_five
from resourcemap.files import together, write_text
from resourcemap.geocode.answer import Candidate
from resourcemap.geocode.match import answers
from resourcemap.language import either
from resourcemap.model.tables import AT_A_PLACE, rows_as_written
from resourcemap.plain import csv_text, from_csv
from resourcemap.project.claims import contradicted_areas
from resourcemap.project.reasons import in_words
from resourcemap.project.report import Report
from resourcemap.publish.workbook import open_workbook
from resourcemap.read.cells import as_text, fold
from resourcemap.read.delimited import decode
from resourcemap.read.formats import read_grids

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from resourcemap.project.tables import Tables

CANDIDATES = 3
_LOST = ("not_found", "ambiguous", "city", "town")
_HEADINGS = {
    "resource_id": ("番号", "id"),
    "where": ("ファイルと行", "file and row"),
    "name": ("名称", "name"),
    "address": ("住所", "address"),
    "reason": ("確かめること", "what to check"),
    "now": ("今の位置の地図", "map of the place now"),
    **{f"candidate_{n}": (f"候補{n}", f"candidate {n}") for n in range(1, CANDIDATES + 1)},
    **{f"map_{n}": (f"候補{n}の地図", f"map of candidate {n}") for n in range(1, CANDIDATES + 1)},
    "choice": ("選ぶ候補（1〜3）", "choose (1-3)"),
    "lat": ("緯度", "latitude"),
    "lon": ("経度", "longitude"),
}
_ORDER = (
    *("resource_id", "where", "name", "address", "reason", "now"),
    *(f"{part}_{n}" for n in range(1, CANDIDATES + 1) for part in ("candidate", "map")),
    *("choice", "lat", "lon"),
)
_WIDTHS = {"where": 20, "name": 26, "address": 34, "reason": 44, "now": 20, "choice": 16, "lat": 14, "lon": 14}
_MAP = "https://maps.gsi.go.jp/#17/{lat:.6f}/{lon:.6f}"
_LINK = re.compile(r"#[\d.]+/(-?\d+(?:\.\d+)?)/(-?\d+(?:\.\d+)?)")
_PAIR = re.compile(r"(-?\d+(?:\.\d+)?)\s*[,、 ]\s*(-?\d+(?:\.\d+)?)")
_PLACES = ("名称", "住所", "緯度", "経度", "確かさ", "確認日")
_SURE = {"block": "町丁目", "town": "大字"}
_JAPAN = (20.0, 46.0), (122.0, 154.0)


class _Answer(NamedTuple):
    name: str
    address: str
    lat: float
    lon: float
    status: str


def write_review(project: Tables, path: str | os.PathLike[str]) -> Report:
    """Write a sheet of the resources whose place a person must settle, with candidates and links to a map.

    Listed are addresses that were not found, fit several places or say no block; resources without any place;
    points that contradict their address; and points outside the areas or in another area than the sheet says.

    Raises
    ------
    InputError
        When the name does not end in ``.xlsx``.
    """
    if Path(path).suffix.lower() != ".xlsx":
        raise InputError(
            either(
                ja=f"{path}: 確認の表は .xlsx の名前にしてください。", en=f"{path}: the sheet to review must be .xlsx."
            )
        )
    reasons = to_review(project)
    rows = _asked(project, reasons)
    with open_workbook(
        path, title=either(ja="位置の確認", en="Places to check"), author="resourcemap", as_of=None
    ) as book:
        sheet = book.add_worksheet(either(ja="位置の確認", en="places"))
        bold, wrap = (
            book.add_format({"bold": True, "text_wrap": True}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        fill = book.add_format({"bg_color": "#FFF2CC", "border": 1})
        for column, key in enumerate(_ORDER):
            sheet.write_string(0, column, either(ja=_HEADINGS[key][0], en=_HEADINGS[key][1]), bold)
            sheet.set_column(column, column, _WIDTHS.get(key, 24 if key != "resource_id" else 10))
            for at, row in enumerate(rows, start=1):
                sheet.write_string(at, column, row.get(key, ""), fill if key in ("choice", "lat", "lon") else wrap)
        sheet.freeze_panes(1, 3)
        sheet.set_landscape()
    counts = {either(ja="確認が要るもの", en="to check"): len(rows)}
    how = either(
        ja="「選ぶ候補」に番号を書くか、緯度・経度を書き、resourcemap locate --reviewed で読み込んでください。",
        en="Write the number of a candidate, or latitude and longitude; then run resourcemap locate --reviewed.",
    )
    went = {either(ja="資源", en="resources"): len(project.located)}
    return Report("review", _title(), went, counts, notes=(how,), files=(Path(path),))


def to_review(project: Tables) -> pd.Series:
    """Say for each resource that needs a person why, on the index of the located resources."""
    located = project.located
    texts: dict[Any, list[str]] = {}
    for row, word, note, kind in zip(
        located.index, located["located"], located["located_note"], located["place"], strict=True
    ):
        lost = word in _LOST or (word == "no_address" and kind in AT_A_PLACE)
        if lost or (word == "given" and isinstance(note, str)):
            words = [_lost_words(word), note] if lost else [note]
            texts[row] = [text for text in words if isinstance(text, str)]
    index = {resource: row for row, resource in located["resource_id"].items()}
    for resource, text in area_notes(project):
        texts.setdefault(index[resource], []).append(text)
    return pd.Series({row: " ".join(texts[row]) for row in located.index if row in texts}, dtype=object)


def area_notes(project: Tables) -> list[tuple[str, str]]:
    """Say which resources lie outside the areas, or in another area than their sheet says."""
    if project.areas is None or project.placements is None:
        return []
    rows = contradicted_areas(project.located, project.areas, project.placements)
    return [
        (resource, _area_words(system, claimed, found))
        for resource, system, claimed, found in rows.itertuples(index=False, name=None)
    ]


def take_review(project: Tables, path: str | os.PathLike[str]) -> Report:
    """Read a filled sheet back and add its answers to the project's file of places.

    Nothing else is written. Older lines of that file stay as they are; for the same name and address the last one
    counts.

    Raises
    ------
    InputError
        With every answer that is no candidate or no position; then nothing is written.
    """
    rows = _filled_rows(path)
    faults: list[str] = []
    taken: list[_Answer] = []
    for number, row in rows:
        try:
            answer = _answer(row)
        except ValueError as error:
            faults.append(f"{Path(path).name} {either(ja=f'{number}行目', en=f'row {number}')}: {error}")
            continue
        if answer is not None:
            taken.append(answer)
    if faults:
        raise InputError(faults)
    target = project.places_file
    with together(target.resolve().parent):  # what somebody else adds meanwhile is not written over
        added = _remember(target, taken, str(project.as_of))
    went = {either(ja="確認の表の行", en="rows"): len(rows)}
    out = {
        either(ja="答えのある行", en="answered"): len(taken),
        either(ja="書き足した場所", en="places added"): added,
    }
    return Report("review", _title(), went, out, files=(target,) if added else ())


def _asked(project: Tables, reasons: pd.Series) -> list[dict[str, str]]:
    """Make a row of texts for each resource to look at."""
    located = project.located.loc[reasons.index]
    bare = located.set_geometry([None] * len(located), crs=located.crs) if len(located) else located
    bare = bare.drop(columns="located") if "located" in bare else bare
    found = answers(bare, **project.locating) if len(bare) else []
    written = rows_as_written(located)
    rows = []
    for at, (index, match) in enumerate(zip(located.index, found, strict=True)):
        row = located.loc[index]
        shape = row[located.geometry.name]
        own = Candidate(match.written or "", match.point, match.status)
        candidates = match.candidates or ((own,) if match.point is not None else ())
        cells = {
            "resource_id": str(row["resource_id"]),
            "where": f"{row['source_file']} {written[at]}",
            "name": _name(row),
            "address": as_text(row["address"]),
            "reason": reasons[index],
            "now": "" if shape is None else _link(shape.centroid.x, shape.centroid.y),
        }
        for number, candidate in enumerate(candidates[:CANDIDATES], start=1):
            cells[f"candidate_{number}"] = candidate.name + _how_fine(candidate.status)
            cells[f"map_{number}"] = _link(*candidate.point) if candidate.point else ""
        rows.append(cells)
    return rows


def _name(row: Mapping[str, Any]) -> str:
    venue = row.get("venue")
    return venue if isinstance(venue, str) and venue.strip() else as_text(row["name"])


def _link(lon: float, lat: float) -> str:
    return _MAP.format(lat=lat, lon=lon)


def _how_fine(status: str) -> str:
    if status == "block":
        return either(ja="（町丁目の点）", en=" (block)")
    return either(ja="（大字の点）", en=" (town)") if status in ("town", "city") else ""


def _lost_words(word: str) -> str:
    if word == "town":
        return either(ja="町丁目が分かりません。", en="The block is not known.")
    return in_words(word) + either(ja="。", en=".")


def _area_words(system: str, claimed: str | None, found: str | None) -> str:
    if found is None and claimed is None:
        return either(ja=f"「{system}」のどの区域にも入っていません。", en=f"Lies in no area of {system}.")
    if found is None:
        return either(
            ja=f"表では「{claimed}」ですが、「{system}」のどの区域にも入っていません。",
            en=f"The sheet says {claimed!r}, but it lies in no area of {system}.",
        )
    return either(
        ja=f"表では「{claimed}」ですが、位置は「{found}」です。",
        en=f"The sheet says {claimed!r}, but the place is in {found!r}.",
    )


def _filled_rows(path: str | os.PathLike[str]) -> list[tuple[int, dict[str, str]]]:
    """Read the sheet: the rows below its headings, by our names of the columns."""
    known = {fold(text): key for key, both in _HEADINGS.items() for text in both}
    needed = {"choice", "lat", "lon"}
    for grid in read_grids(path):
        for top, row in enumerate(grid.rows[:10]):
            columns = {known[fold(text)]: at for at, text in enumerate(row) if fold(text) in known}
            if needed <= set(columns):
                return [
                    (
                        grid.first + at,
                        {key: cells[place].strip() if place < len(cells) else "" for key, place in columns.items()},
                    )
                    for at, cells in enumerate(grid.rows[top + 1 :], start=top + 1)
                ]
    raise InputError(
        either(
            ja=f"{path}: 確認の表ではありません（「選ぶ候補」「緯度」「経度」の列がありません）。"
            "locate --review で作った表を指定してください。",
            en=f"{path}: not a sheet to review (no columns to choose, latitude, longitude). Make one with --review.",
        )
    )


def _answer(row: Mapping[str, str]) -> _Answer | None:
    """Read what a person wrote: a position, or else the number of a candidate; nothing is no answer."""
    name, address = row.get("name", ""), row.get("address", "")
    typed = " ".join(filter(None, (row["lat"], row["lon"])))
    if typed:
        pair = _LINK.search(typed) or _PAIR.fullmatch(unicodedata.normalize("NFKC", typed))
        if pair is None:
            raise ValueError(
                either(
                    ja=f"緯度・経度 {typed!r} が読めません。両方を数字で書いてください。",
                    en=f"{typed!r} is no latitude and longitude. Write both as numbers.",
                )
            )
        return _Answer(name, address, *_checked(float(pair[1]), float(pair[2])), "place")
    chosen = fold(row["choice"])
    if not chosen:
        return None
    link = _LINK.search(row.get(f"map_{chosen}", ""))
    if link is None:
        there = [str(n) for n in range(1, CANDIDATES + 1) if row.get(f"map_{n}")]
        raise ValueError(
            either(
                ja=f"候補 {row['choice']!r} はありません（あるのは {first_five(there) or 'なし'}）。",
                en=f"There is no candidate {row['choice']!r} (there are {first_five(there) or 'none'}).",
            )
        )
    text = row.get(f"candidate_{chosen}", "")
    status = "block" if text.endswith(("（町丁目の点）", "(block)")) else "place"
    status = "town" if text.endswith(("（大字の点）", "(town)")) else status
    return _Answer(name, address, float(link[1]), float(link[2]), status)


def _checked(lat: float, lon: float) -> tuple[float, float]:
    (south, north), (west, east) = _JAPAN
    if south <= lat <= north and west <= lon <= east:
        return lat, lon
    swapped = south <= lon <= north and west <= lat <= east
    hint = either(ja="緯度と経度が逆のようです。", en="They look swapped.") if swapped else ""
    raise ValueError(
        either(ja=f"緯度 {lat}・経度 {lon} は日本ではありません。{hint}", en=f"{lat}, {lon} is not in Japan. {hint}")
    )


def _remember(path: Path, answers_: Sequence[_Answer], day: str) -> int:
    """Write the file of places anew with the answers behind its lines; those it has already are not repeated."""
    lines = _lines(path)
    headings = lines[0] if lines else list(_PLACES)
    headings += [name for name in _PLACES if name not in headings]
    at = {name: headings.index(name) for name in _PLACES}
    newest = {tuple(_cell(line, at[name]) for name in ("名称", "住所")): line for line in lines[1:]}
    added = 0
    for answer in answers_:
        cells = {
            "名称": answer.name,
            "住所": answer.address,
            "緯度": f"{answer.lat:.7f}".rstrip("0").rstrip("."),
            "経度": f"{answer.lon:.7f}".rstrip("0").rstrip("."),
            "確かさ": _SURE.get(answer.status, "正確"),
            "確認日": day,
        }
        same = newest.get((answer.name, answer.address))
        if same is not None and all(_cell(same, at[name]) == cells[name] for name in ("緯度", "経度", "確かさ")):
            continue
        line = [""] * len(headings)
        for name, text in cells.items():
            line[at[name]] = text
        newest[answer.name, answer.address] = line
        lines = [headings, *lines[1:], line]
        added += 1
    if added:
        write_text(path, csv_text(lines), encoding="utf-8-sig")
    return added


def _lines(path: Path) -> list[list[str]]:
    if not path.is_file():
        return []
    text = decode(path.read_bytes(), where=path.name)
    return [[from_csv(cell) for cell in line] for line in csv.reader(io.StringIO(text, newline="")) if line]


def _cell(line: Sequence[str], place: int) -> str:
    return line[place] if place < len(line) else ""


def _title() -> str:
    return either(ja="位置の確認", en="Review of places")
