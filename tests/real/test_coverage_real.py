"""The figures of four cities against counts over every pair of person point and place, and people against their files.

Places and person points are those of the project; metres, sums, floating catchments and the Gini index are made here.
"""

import csv
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import python_calamine
import shapely
from pyproj import Transformer

from resourcemap.measure.tidy import WHOLE
from resourcemap.project.project import open_project

pytestmark = pytest.mark.real

HERE = Path(__file__).parent
# Kind with the most said about it, EPSG code of the plane rectangular zone, systems of areas.
CITIES = {
    "toshima": ("hiroba", 6677, {"区": 1, "町丁目": 83}),
    "komae": ("salon", 6677, {"圏域（架空）": 3, "市": 1}),
    "sapporo": ("nursery", 6678, {"区": 6, "小学校区": 202}),
    "takamatsu": ("after_school", 6673, {"町": 235}),
}
CATCHMENT = 1000


@pytest.fixture(scope="module")
def cities(real):  # noqa: ARG001 (skips where there is no real data)
    """Open a project once, with the figures of one kind and the distances of all its pairs."""
    known = {}

    def city(name):
        if name not in known:
            known[name] = of_city(name)
        return known[name]

    return city


def of_city(name):
    project = open_project(HERE / name)
    kind, code, _ = CITIES[name]
    located = project.located
    counts = (located["kind"] == kind) & (located["status"] == "active") & located.geometry.notna()
    at = metres_of(located[counts], code)
    homes = metres_of(project.homes, code)
    far = np.concatenate([apart(part, at) for part in np.array_split(homes, max(len(homes) // 5000, 1))])
    table = project.measures.astype({"system": object, "slot": object, "other": object, "measure": object})
    return SimpleNamespace(
        project=project,
        kind=kind,
        people=project.homes["total"].to_numpy(),
        places=located[counts],
        far=far,
        table=table,
        whole=table[(table["system"] == WHOLE) & (table["kind"].astype(object) == kind)],
    )


def metres_of(table, code):
    lon, lat = shapely.get_coordinates(table.geometry.to_numpy()).T
    return np.column_stack(Transformer.from_crs(4326, code, always_xy=True).transform(lon, lat))


def apart(points, others):
    return np.hypot(*(points[:, None, axis] - others[None, :, axis] for axis in (0, 1)))


def figure(rows, measure, metres=None, slot="", other=""):
    rows = rows[(rows["measure"] == measure) & (rows["slot"] == slot) & (rows["other"] == other)]
    rows = rows[rows["distance_m"].isna() if metres is None else rows["distance_m"] == metres]
    [value] = rows["value"]
    return value


def people_of_file(real, name):
    if name == "takamatsu":
        book = python_calamine.CalamineWorkbook.from_path(real / "takamatsu" / "population_202312.xlsx")
        head, *rows = book.get_sheet_by_index(0).to_python()
        return sum(int(row[head.index("totalPopulation")]) for row in rows)
    if name == "sapporo":
        people = {}
        for path in (real / "sapporo" / "blocks").glob("*.json"):
            for feature in json.loads(path.read_text("utf-8"))["features"]:
                row = feature["properties"]
                people[row["KEY_CODE"]] = max(people.get(row["KEY_CODE"], 0), row["JINKO"])
        return sum(people.values())
    with (real / "toshima" / f"{name}_blocks_2015.csv").open(encoding="utf-8") as file:
        return sum(int(row["JINKO"]) for row in csv.DictReader(file))


@pytest.mark.parametrize("name", CITIES)
def test_every_system_holds_everyone_and_loses_nobody_at_any_distance(cities, real, name):
    city, total = cities(name), people_of_file(real, name)
    assert city.people.sum() == total
    table = city.table.fillna({"distance_m": -1})
    keys = ["kind", "audience", "slot", "other", "distance_m", "measure"]
    summed = ("people", "within", "beyond", "within_or_unknown", "borderline", "lacking", "resources")
    sums = table[table["measure"].isin(summed)].groupby(["system", *keys], observed=True)["value"].sum()
    whole = sums[WHOLE]
    assert (whole.xs("people", level="measure") == total).all()
    for system, number in CITIES[name][2].items():
        assert (sums[system].reindex(whole.index) == whole).all(), system
        rows = table[table["system"] == system]
        assert rows["area_id"].nunique() == number  # besides those outside, who have none
    within, beyond = (whole.xs(measure, level="measure") for measure in ("within", "beyond"))
    assert len(beyond) > 0
    assert (within.reindex(beyond.index) + beyond == total).all()


@pytest.mark.parametrize("name", CITIES)
def test_who_is_near_is_what_every_pair_says(cities, name):
    city = cities(name)
    nearest = city.far.min(axis=1)
    for metres in city.project.distances:
        assert figure(city.whole, "within", metres) == city.people[nearest <= metres].sum()
        on_the_edge = (nearest > metres * 0.9) & (nearest <= metres * 1.1)
        assert figure(city.whole, "borderline", metres) == city.people[on_the_edge].sum()
        lacking = 1 - metres / np.maximum(nearest, metres)
        for power in (1, 2):
            depth = np.average(lacking**power, weights=city.people)
            assert figure(city.whole, f"fgt_{power}", metres) == pytest.approx(depth, rel=1e-9)
        lived_in = city.far[city.people > 0]
        assert figure(city.whole, "reaching", metres) == (lived_in <= metres).any(axis=0).sum()
    ordered = np.sort(city.far, axis=1)
    for nth, measure in enumerate(("nearest_mean_m", "nearest_2_mean_m", "nearest_3_mean_m")):
        mean = np.average(ordered[:, nth], weights=city.people)
        assert figure(city.whole, measure) == pytest.approx(mean, rel=1e-9)


@pytest.mark.parametrize("name", ["komae", "sapporo", "takamatsu"])
def test_seats_are_shared_out_as_every_pair_says(cities, name):
    city = cities(name)
    seats = pd.to_numeric(city.places["capacity"]).to_numpy(dtype=float, na_value=np.nan)
    assert figure(city.whole, "capacity_unknown") == np.isnan(seats).sum()
    thirds = np.searchsorted([CATCHMENT / 3, CATCHMENT * 2 / 3, CATCHMENT], city.far)
    near, nearer = np.array([1.0, 1.0, 1.0, 0.0])[thirds], np.array([1.0, 0.68, 0.22, 0.0])[thirds]
    for weight, measure in ((near, "access_2sfca"), (nearer, "access_e2sfca")):
        around = city.people @ weight
        each = weight @ np.divide(np.nan_to_num(seats), around, out=np.zeros(len(seats)), where=around > 0)
        assert figure(city.whole, measure) == pytest.approx(np.average(each, weights=city.people), rel=1e-9)
        for area_id, inside in by_area(city):
            rows = city.table[(city.table["area_id"] == area_id) & (city.table["kind"].astype(object) == city.kind)]
            mean = np.average(each[inside], weights=city.people[inside])
            assert figure(rows, measure) == pytest.approx(mean, rel=1e-9)
    assert figure(city.whole, "seats_available") == pytest.approx(np.nansum(seats[around > 0]), rel=1e-9)
    assert figure(city.whole, "gini") == pytest.approx(gini_of(each, city.people), rel=1e-9)


def by_area(city):
    """Some areas that are made of blocks, and which person points are in them."""
    areas, blocks = city.project.areas, city.project.homes["block_id"]
    if "blocks" not in areas:
        return
    for area_id, ids in list(zip(areas["area_id"], areas["blocks"], strict=True))[::9]:
        inside = blocks.isin(ids).to_numpy() if isinstance(ids, tuple) else np.zeros(len(blocks), bool)
        if city.people[inside].sum():
            yield area_id, inside


def gini_of(values, people):
    """1 less twice the area under the Lorenz curve."""
    order = np.argsort(values)
    share = np.append(0, np.cumsum(people[order])) / people.sum()
    had = np.append(0, np.cumsum((values * people)[order])) / (values * people).sum()
    return 1 - np.trapezoid(had, share) * 2


@pytest.mark.parametrize(
    ("name", "has", "lacks"),
    [("toshima", "hiroba", "kids_cafeteria"), ("komae", "salon", "pantry"), ("takamatsu", "after_school", None)],
)
def test_who_has_one_kind_and_lacks_another_is_what_every_pair_says(cities, name, has, lacks):
    city = cities(name)
    lacks = lacks or "childcare_base"
    located = city.project.located
    other = located[(located["kind"] == lacks) & (located["status"] == "active") & located.geometry.notna()]
    code = CITIES[name][1]
    farther = apart(metres_of(city.project.homes, code), metres_of(other, code)).min(axis=1)
    assert city.kind == has
    for metres in city.project.distances:
        alone = (city.far.min(axis=1) <= metres) & (farther > metres)
        assert figure(city.whole, "lacking", metres, other=lacks) == city.people[alone].sum()


def test_salons_of_komae_on_wednesday_afternoon(cities):
    """One is open, one does not say when it is, the others are closed; who is near only the second is not known."""
    city = cities("komae")
    names = city.places["name"].tolist()
    surely, perhaps = (city.far[:, names.index(name)] for name in ("かわせみサロン", "よりみちサロン"))
    for metres in (300, 500, 800):
        within = figure(city.whole, "within", metres, slot="水 14:00-16:00")
        or_unknown = figure(city.whole, "within_or_unknown", metres, slot="水 14:00-16:00")
        assert within == city.people[surely <= metres].sum()
        assert or_unknown == city.people[np.minimum(surely, perhaps) <= metres].sum()
    assert or_unknown > within


def test_a_telephone_desk_and_a_visiting_service_are_on_no_map(cities):
    located = cities("komae").project.located.set_index("name")
    assert located.loc[["でんわ相談みなも", "おたずね便つばさ"], "place"].tolist() == ["none", "served_area"]
    whole = cities("komae").table
    visited = whole[(whole["system"] == WHOLE) & (whole["kind"].astype(object) == "visit")]
    assert figure(visited, "visited") == 80_249 == figure(visited, "within", 500)


def test_hours_without_weekdays_are_not_known_in_any_slot(cities):
    """The nurseries of 札幌市 say from when to when they are open, not on which days."""
    city = cities("sapporo")
    for slot in ("平日 8:00-18:00", "土 9:00-12:00"):
        assert figure(city.whole, "within", 500, slot=slot) == 0
        assert figure(city.whole, "within_or_unknown", 500, slot=slot) == figure(city.whole, "within", 500)
    assert np.isnan(figure(city.whole, "days_per_month"))
    assert figure(city.whole, "days_unknown") == 526


def test_towns_of_takamatsu_reach_no_farther_than_was_said(cities):
    project = cities("takamatsu").project
    towns = project.blocks.to_crs(6673)
    points = project.people.set_index("block_id").loc[towns["block_id"]].to_crs(6673)
    assert towns["approximate"].all()
    assert shapely.hausdorff_distance(towns.geometry.to_numpy(), points.geometry.to_numpy()).max() <= 1500.1
    homes = shapely.get_coordinates(project.homes.geometry)
    assert homes == pytest.approx(shapely.get_coordinates(project.people.geometry), abs=1e-9)
    rows = project.measures.query("kind == 'childcare_base' and measure == 'resources'")
    assert rows["value"][rows["area_id"].isna()].tolist() == [1]  # on an island, 2 km from the point of its town
