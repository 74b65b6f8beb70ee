"""Four projects on real data, built by the command line, against figures counted by other means.

The settings name the data by its place beside the repository, so `resourcemap build -p tests/real/toshima` works too;
its outputs are not tracked. Here each project is built in a copy.
"""

import csv
import json
import math
import os
import shutil
import subprocess
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import python_calamine
import shapely

from resourcemap.project.project import open_project

pytestmark = pytest.mark.real

HERE = Path(__file__).parent
PROJECTS = ("toshima", "komae", "sapporo", "takamatsu")
FIGURES = {"gaps.html", "gaps.csv", "coverage.csv", "figures.csv", "week.csv", "patches.geojson", "strengths.xlsx"}
# Only these two promise anything.
STANDARDS = {"toshima": {"standards.csv", "progress.xlsx"}, "sapporo": {"standards.csv", "progress.xlsx"}}
METRES_PER_DEGREE = 6_371_008.8 * math.pi / 180


@pytest.fixture(scope="module")
def folders(real, tmp_path_factory):
    """Copies of the projects, as far from a folder shared/real as the repository is."""
    top = tmp_path_factory.mktemp("projects")
    (top / "shared").mkdir()
    (top / "shared" / "real").symlink_to(real)
    for name in PROJECTS:
        shutil.copytree(
            HERE / name, top / "repository" / "tests" / "real" / name, ignore=shutil.ignore_patterns("maps")
        )
    return {name: top / "repository" / "tests" / "real" / name for name in PROJECTS}


@pytest.fixture(scope="module")
def built(folders):
    """Build a project once, with warnings as errors, and return what it prints as data."""
    known = {}

    def build(name):
        if name not in known:
            command = [sys.executable, "-W", "error", "-m", "resourcemap", "build", "--json", "-p", folders[name]]
            environment = os.environ | {"RESOURCEMAP_LANG": "en", "PYTHONUTF8": "1"}
            run = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
            assert (run.returncode, run.stderr) == (0, "")
            known[name] = {report["step"]: report for report in json.loads(run.stdout)}
        return known[name]

    return build


@pytest.fixture(scope="module")
def sapporo(folders):
    return open_project(folders["sapporo"])


def rows_left_aside(report):
    return sum(not entry["column"] for entry in report["left_aside"])


def plain(name):
    return unicodedata.normalize("NFKC", name).split()


def metres_between(lonlat, others):
    """Distances of every point to every other, on a sphere flattened around each: right to 0.5 % within a city."""
    step = lonlat[:, None, :] - others[None, :, :]
    return METRES_PER_DEGREE * np.hypot(step[..., 0] * np.cos(np.radians(lonlat[:, None, 1])), step[..., 1])


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("toshima", 20),
        ("komae", 16),
        ("sapporo", 528),
        ("takamatsu", 52 + 15 + 44 + 7),
    ],
)
def test_every_row_is_in_the_result_or_left_aside(built, folders, name, rows):
    reports = built(name)
    written = {path.name for path in (folders[name] / "maps").iterdir()}
    always = {"index.html", "embed.html", "resources.xlsx", "left_aside.csv", "released.json"}
    assert written == always | FIGURES | STANDARDS.get(name, set())
    check, locate = reports["check"], reports["locate"]
    assert check["in"]["rows"] == rows == check["out"]["resources"] + rows_left_aside(check)
    assert rows == locate["out"]["located"] + locate["out"]["located to the block"] + len(locate["left_aside"])
    for step, out in (("coverage", "counted"), ("map", "shown"), ("list", "shown")):
        if step in reports:
            assert rows == reports[step]["in"]["resources"]
            assert rows == reports[step]["out"][out] + len(reports[step]["left_aside"])
    asides = sum(len(report["left_aside"]) for report in reports.values())
    text = (folders[name] / "maps" / "left_aside.csv").read_text("utf-8-sig")
    assert len(list(csv.reader(text.splitlines()))) == asides + 1


def test_the_people_of_toshima_are_all_there_in_every_system(built, real):
    with (real / "toshima" / "toshima_blocks_2015.csv").open(encoding="utf-8") as file:
        people = {row["KEY_CODE"]: int(row["JINKO"]) for row in csv.DictReader(file)}
    coverage = built("toshima")["coverage"]
    assert sum(people.values()) == coverage["in"]["people"] == 291_167
    figures = defaultdict(dict)
    for row in coverage["data"]:
        figures[row["system"], row["kind"]][row["area_id"]] = row
    assert {kind for _, kind in figures} == {
        "salon", "hiroba", "pantry", "kids_cafeteria", "consultation", "visit"
    }  # fmt: skip
    for (system, _), areas in figures.items():
        assert {id_: row["people"] for id_, row in areas.items()} == (
            people if system == "町丁目" else {"13116": 291_167}
        )
        for metres in (300, 500, 800):
            assert all(row[f"within_{metres}m"] + row[f"beyond_{metres}m"] == row["people"] for row in areas.values())


def test_who_is_near_a_hall_in_toshima_is_what_the_points_of_the_blocks_say(built, real):
    with (real / "toshima" / "toshima_blocks_2015.csv").open(encoding="utf-8") as file:
        blocks = list(csv.DictReader(file))
    lonlat = np.array([(float(row["X_CODE"]), float(row["Y_CODE"])) for row in blocks])
    halls = ["駒込３", "巣鴨４", "北大塚２", "上池袋３", "雑司が谷２", "西池袋５", "南長崎４", "千早２"]
    at = [row["MOJI"].removesuffix("丁目") in halls for row in blocks]
    nearest = metres_between(lonlat, lonlat[at]).min(axis=1)
    people = np.array([int(row["JINKO"]) for row in blocks])
    rows = [row for row in built("toshima")["coverage"]["data"] if row["kind"] == "hiroba" and row["system"] == "区"]
    assert len(rows) == 1
    for metres in (300, 500, 800):
        assert people[nearest <= metres * 0.995].sum() <= rows[0][f"within_{metres}m"]
        assert rows[0][f"within_{metres}m"] <= people[nearest <= metres * 1.005].sum()
    assert rows[0]["nearest_mean_m"] == pytest.approx((nearest * people).sum() / people.sum(), rel=0.005)
    of_block = {row["area_id"]: row for row in built("toshima")["coverage"]["data"] if row["kind"] == "hiroba"}
    far = [of_block[row["KEY_CODE"]]["nearest_median_m"] for row in blocks]
    assert far == pytest.approx(nearest, rel=0.005, abs=0.5)


def test_only_blocks_of_toshima_are_called_approximate(built):
    notes = [note for note in built("toshima")["check"]["notes"] if "approximate" in note]
    assert [note.split(" are ")[0] for note in notes] == ["The borders of blocks", "The borders of areas (町丁目)"]
    rough = {(row["system"], row["approximate_area"]) for row in built("toshima")["coverage"]["data"]}
    assert rough == {("区", False), ("町丁目", True)}


def blocks_of_sapporo(real):
    """The people of each block and ward, where a block in several pieces has them on one of the pieces."""
    wards, people = {}, {}
    for path in sorted((real / "sapporo" / "blocks").glob("*.json")):
        for feature in json.loads(path.read_text("utf-8"))["features"]:
            row = feature["properties"]
            wards[row["KEY_CODE"]] = row["CSS_NAME"]
            people[row["KEY_CODE"]] = max(people.get(row["KEY_CODE"], 0), row["JINKO"])
    return wards, people


def test_the_people_of_sapporo_are_all_there_in_every_system(built, real):
    wards, people = blocks_of_sapporo(real)
    assert {len(key) for key in people} == {9, 11}
    assert sum(people.values()) == 1_426_674
    of_ward = defaultdict(int)
    for key, ward in wards.items():
        of_ward[ward] += people[key]
    coverage = built("sapporo")["coverage"]
    assert coverage["in"]["people"] == 1_426_674
    assert built("sapporo")["check"]["out"]["blocks"] == len(people)
    rows = [row for row in coverage["data"] if row["system"] == "区"]
    assert {row["area"]: row["people"] for row in rows if row["area"]} == of_ward
    assert [row["people"] for row in rows if not row["area"]] == [0]
    districts = [row for row in coverage["data"] if row["system"] == "小学校区"]
    assert len([row for row in districts if row["area"]]) == 202
    assert sum(row["people"] for row in districts) == 1_426_674


def test_people_are_spread_inside_their_block(sapporo, real):
    _, people = blocks_of_sapporo(real)
    homes = sapporo.homes
    assert homes.groupby("block_id")["total"].sum().to_dict() == people
    shapes = sapporo.blocks.set_index("block_id").geometry[homes["block_id"]].to_numpy()
    assert shapely.intersects(shapes, homes.geometry.to_numpy()).all()


def test_who_is_near_a_nursery_in_one_ward_is_what_counting_every_pair_says(built, sapporo, real):
    wards, _ = blocks_of_sapporo(real)
    features = json.loads((real / "sapporo" / "nurseryFacilities.geojson").read_text("utf-8"))["features"]
    nurseries = np.array([feature["geometry"]["coordinates"] for feature in features])
    homes = sapporo.homes[sapporo.homes["block_id"].map(wards) == "北区"]
    nearest = metres_between(shapely.get_coordinates(homes.geometry), nurseries).min(axis=1)
    people = homes["total"].to_numpy()
    [row] = [row for row in built("sapporo")["coverage"]["data"] if row["area"] == "北区"]
    assert row["kind"] == "nursery"
    for metres in (300, 500, 1000):
        assert people[nearest <= metres * 0.995].sum() <= row[f"within_{metres}m"]
        assert row[f"within_{metres}m"] <= people[nearest <= metres * 1.005].sum()
    assert row["nearest_mean_m"] == pytest.approx((nearest * people).sum() / people.sum(), rel=0.005)


def test_school_districts_hold_the_people_and_nurseries_inside_them(built, sapporo, real):
    features = json.loads((real / "sapporo" / "Elementary.geojson").read_text("utf-8"))["features"]
    nurseries = json.loads((real / "sapporo" / "nurseryFacilities.geojson").read_text("utf-8"))["features"]
    spots = shapely.points([feature["geometry"]["coordinates"] for feature in nurseries])
    homes, people = sapporo.homes.geometry.to_numpy(), sapporo.homes["total"].to_numpy()
    rows = {row["area"]: row for row in built("sapporo")["coverage"]["data"] if row["system"] == "小学校区"}
    parts = defaultdict(list)
    for feature in features:
        parts[feature["properties"]["name"]].append(shapely.make_valid(shapely.geometry.shape(feature["geometry"])))
    for name in sorted(parts)[::10]:
        shape = shapely.union_all(parts[name])
        shapely.prepare(shape)
        assert rows[name]["people"] == people[shapely.contains(shape, homes)].sum()
        assert rows[name]["resources"] == shapely.contains(shape, spots).sum()


def test_nurseries_keep_their_capacity_and_are_a_kind_of_the_project(built, real):
    features = json.loads((real / "sapporo" / "nurseryFacilities.geojson").read_text("utf-8"))["features"]
    full = [feature["properties"]["Full"] or "" for feature in features]
    shown = built("sapporo")["map"]["data"]
    assert {row["kind"] for row in shown} == {"nursery"}
    assert [row["capacity"] for row in shown] == [int(text) if text.isdigit() else None for text in full]
    unread = [row for row in built("sapporo")["check"]["left_aside"] if row["column"] == "Full"]
    assert len(unread) == sum(bool(text) and not text.isdigit() for text in full)


def test_lists_of_takamatsu_become_a_map_and_a_list(built, real):
    reports = built("takamatsu")
    lists = {"community_center": "hiroba", "regional_child_rearing_support_base": "childcare_base",
             "children_club": "after_school", "regional_comprehensive_support_center": "consultation"}  # fmt: skip
    shown = reports["map"]["data"]
    for file, kind in lists.items():
        book = python_calamine.CalamineWorkbook.from_path(real / "takamatsu" / f"{file}.xlsx")
        head, *rows = book.get_sheet_by_index(0).to_python()
        names = [plain(row[head.index("name")]) for row in rows]
        assert [plain(row["name"]) for row in shown if row["kind"] == kind] == names
    assert all("：" not in row["schedule"] for row in shown if row["kind"] == "childcare_base")
    located = {row["resource_id"]: row["located"] for row in reports["locate"]["data"]}
    assert sorted(set(located.values())) == ["block", "given"]
    assert sum(status == "block" for status in located.values()) == 10
