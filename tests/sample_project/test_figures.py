"""Every figure of the sample, counted again by brute force: every person point with every resource.

Nothing of reach, place and coverage is used on this side. Areas are made here from the files, distances from
coordinates, and the blocks of visiting services from the cells of the sheet.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
import unicodedata
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import shapely
import shapely.geometry
from pyproj import Transformer

ROOT = Path(__file__).parents[2]
TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:6677", always_xy=True)
DISTANCES = (300, 500, 800)
SYSTEMS = ("日常生活圏域", "地区社協", "小学校区")


def shapes(name):
    features = json.loads((ROOT / "layers" / name).read_text(encoding="utf-8"))["features"]
    return [(each["properties"], shapely.geometry.shape(each["geometry"])) for each in features]


@pytest.fixture(scope="module")
def blocks():
    return {properties["block_id"]: (properties["block"], shape) for properties, shape in shapes("blocks.geojson")}


@pytest.fixture(scope="module")
def areas(blocks):
    """System -> area -> polygon."""
    made = {"小学校区": {properties["name"]: shape for properties, shape in shapes("school_districts.geojson")}}
    shape_of = dict(blocks.values())
    with (ROOT / "data" / "圏域表.csv").open(encoding="utf-8-sig") as file:
        members = list(csv.DictReader(file))
    for system in ("日常生活圏域", "地区社協"):
        parts = {}
        for member in members:
            parts.setdefault(member[system], []).append(shape_of[member["町丁目"]])
        made[system] = {area: shapely.union_all(pieces) for area, pieces in parts.items()}
    return made


@pytest.fixture(scope="module")
def homes(sample_project, blocks):
    """Person points: their block, place in metres, and people by age."""
    table = sample_project.project.homes
    points = shapely.get_coordinates(table.geometry)
    assert set(table["block_id"]) == set(blocks)
    return table, points, np.column_stack(TO_METRES.transform(*points.T))


@pytest.fixture(scope="module")
def area_of(homes, areas):
    """System -> the area of each person point, found one by one."""
    return {system: [area_at(areas[system], point) for point in shapely.points(homes[1])] for system in SYSTEMS}


def area_at(polygons, point):
    return next(area for area, polygon in polygons.items() if polygon.contains(point))


@pytest.fixture(scope="module")
def counted(sample_project):
    """The resources that count: what goes on now, and has a place or comes to people."""
    located = sample_project.project.counted
    assert located[["valid_from", "valid_to"]].isna().all(axis=None)
    return [
        row
        for row in located.to_dict("records")
        if row["status"] == "active"
        and (row["place"] == "served_area" or (row["place"] in ("venue", "stop") and row["geometry"] is not None))
    ]


@pytest.fixture(scope="module")
def served(blocks):
    """Name of a visiting service -> ids of the blocks that the sheet names."""
    sheet = openpyxl.load_workbook(ROOT / "data" / "地域資源一覧.xlsx")["一覧"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    found = {}
    for row in (dict(zip(rows[0], cells, strict=True)) for cells in rows[1:]):
        if row["場所の形"] == "訪問":
            names = re.split("[、,]", unicodedata.normalize("NFKC", row["対象地域"]))
            everywhere = names[0] in ("市内全域", "みほん市内")
            found[row["名称"]] = {block for block, (name, _) in blocks.items() if everywhere or name in names}
    return found


@pytest.fixture(scope="module")
def walk(homes, counted):
    """Kind -> metres to the nearest place, for each person point; without end where there is none."""
    table, _, metres = homes
    found = {}
    for row in counted:
        far = np.full(len(table), np.inf)
        if row["place"] != "served_area":
            spot = TO_METRES.transform(row["geometry"].x, row["geometry"].y)
            far = np.array([np.sqrt(((home - spot) ** 2).sum()) for home in metres])
        found[row["kind"]] = np.minimum(found.get(row["kind"], np.inf), far)
    return found


@pytest.fixture(scope="module")
def visited(homes, counted, served):
    """Kind -> whether somebody comes to each person point."""
    found = {}
    for row in counted:
        if row["place"] == "served_area":
            comes = homes[0]["block_id"].isin(served[row["name"]]).to_numpy()
            found[row["kind"]] = found.get(row["kind"], False) | comes
    return found


@pytest.fixture(scope="module")
def audience():
    """Kind -> people of its audience at a row of person points."""
    catalog = tomllib.loads((ROOT / "resourcemap" / "model" / "catalog.toml").read_text(encoding="utf-8"))

    def count(kind, table):
        ages = catalog["audiences"][catalog["kinds"][kind]["audience"]]
        first, last = ages.get("age_from", 0), ages.get("age_to", 200)
        if (first, last) == (0, 200):
            return table["total"].to_numpy()
        groups = [column for column in table if column.startswith("age_")]
        inside = [column for column in groups if is_inside(column, first, last)]
        return sum(table[column].to_numpy() for column in inside)

    return count


def is_inside(column, first, last):
    start, end = column.removeprefix("age_").split("_")
    return int(start) >= first and (200 if end == "over" else int(end)) <= last


def share(metres, people, part):
    """The smallest distance within which at least a part of the people have one."""
    for limit in sorted(set(metres[people > 0])):
        if 10 * int(people[metres <= limit].sum()) >= round(10 * part) * int(people.sum()):
            return limit
    return None


def test_every_person_is_counted_once(homes, sample_project):
    with (ROOT / "data" / "人口.csv").open(encoding="utf-8-sig") as file:
        expected = {row["町丁目コード"]: int(row["総数"]) for row in csv.DictReader(file) if row["町丁目コード"]}
    assert homes[0].groupby("block_id")["total"].sum().to_dict() == expected
    table = sample_project.project.coverage
    everyone = table[table["kind"] == "hiroba"].groupby("system")["people"].sum()
    assert everyone.to_dict() == dict.fromkeys(SYSTEMS, sum(expected.values()))


def test_people_within_and_beyond_every_distance(sample_project, homes, area_of, walk, visited, audience):
    expected = {}
    for kind, metres in walk.items():
        people = audience(kind, homes[0])
        comes = visited.get(kind, np.zeros(len(people), dtype=bool))
        for system in SYSTEMS:
            for area, number, far, at_home in zip(area_of[system], people, metres, comes, strict=True):
                figures = expected.setdefault((system, area, kind), [0] * (2 + len(DISTANCES)))
                figures[0] += int(number)
                figures[1] += int(number) * bool(at_home)
                for at, limit in enumerate(DISTANCES, start=2):
                    figures[at] += int(number) * bool(far <= limit or at_home)
    for row in sample_project.project.coverage.to_dict("records"):
        people, at_home, *within = expected.pop((row["system"], row["area"], row["kind"]))
        assert (row["people"], row["visited"], row["unknown_age"]) == (people, at_home, 0)
        assert [row[f"within_{limit}m"] for limit in DISTANCES] == within
        assert [row[f"beyond_{limit}m"] for limit in DISTANCES] == [people - number for number in within]
        assert [row[f"share_within_{limit}m"] for limit in DISTANCES] == [number / people for number in within]
    assert expected == {}


def test_how_far_the_nearest_place_is(sample_project, homes, area_of, walk, audience):
    for row in sample_project.project.coverage.to_dict("records"):
        here = np.array([area == row["area"] for area in area_of[row["system"]]])
        people, metres = audience(row["kind"], homes[0])[here], walk[row["kind"]][here]
        found = [row[f"nearest_{each}_m"] for each in ("mean", "median", "p90")]
        if np.isinf(metres[people > 0]).any():
            assert np.isnan(found[0])
        else:
            assert found[0] == pytest.approx(np.average(metres, weights=people), rel=1e-12)
        for figure, part in zip(found[1:], (0.5, 0.9), strict=True):
            limit = share(metres, people, part)
            assert figure == limit or (np.isnan(figure) and np.isinf(limit))


def test_how_many_there_are(sample_project, homes, areas, area_of, counted, served):
    there, come = {}, {}
    for row in counted:
        for system in SYSTEMS:
            if row["place"] == "served_area":
                visited = homes[0]["block_id"].isin(served[row["name"]])
                for area in {area for area, comes in zip(area_of[system], visited, strict=True) if comes}:
                    come.setdefault((system, area, row["kind"]), set()).add(row["activity_id"])
            else:
                area = area_at(areas[system], row["geometry"])
                there.setdefault((system, area, row["kind"]), set()).add(row["activity_id"])
    table = sample_project.project.coverage
    assert {(row["system"], row["area"], row["kind"]) for row in table.to_dict("records")} >= {*there, *come}
    for row in table.to_dict("records"):
        key = (row["system"], row["area"], row["kind"])
        assert row["resources"] == len(there.get(key, ()))
        assert row["visiting"] == len(come.get(key, ()))
        assert row["per_1000"] == row["resources"] / row["people"] * 1000


def test_gaps_are_the_people_beyond_500_m(sample_project):
    measured = sample_project.project.coverage
    kinds = tomllib.loads((ROOT / "resourcemap.toml").read_text(encoding="utf-8"))["gaps"]["kinds"]
    expected = measured[measured["kind"].isin(kinds) & (measured["beyond_500m"] > 0)]
    gaps = sample_project.project.gaps
    keys = ["system", "area", "kind"]
    assert gaps.set_index(keys)["beyond"].to_dict() == expected.set_index(keys)["beyond_500m"].to_dict()
    for system in SYSTEMS:
        people = gaps.loc[gaps["system"] == system, "beyond"].tolist()
        assert people == sorted(people, reverse=True)
