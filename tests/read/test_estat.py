import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.reach.spread import spread_people
from resourcemap.read.areas import read_blocks
from resourcemap.read.estat import undo_merges
from resourcemap.read.people import read_people
from resourcemap.read.table import Table

ITEMS = (
    "人口（総数）",
    "人口（総数）　男",
    "０～１４歳人口　総数",
    "１５歳以上人口　総数",
    "１５～６４歳人口　総数",
    "６５歳以上人口　総数",
    "６５歳以上人口　男",
    "７５歳以上人口　総数",
    "世帯総数",
)


def mesh_file(*rows):
    codes = ",".join(f"T001141{number:03}" for number in range(1, len(ITEMS) + 1))
    names = ",".join(f"　{name}" for name in ITEMS)
    return f"KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,{codes}\n,,,,{names}\n" + "\n".join(rows) + "\n"


MESH = mesh_file(
    "533945261,0,,,120,60,20,100,70,30,14,10,50",
    # 262 has 45 people of its own, 263 three and 264 six; the ages of all 54 stand at 262.
    "533945262,1,,533945263;533945264,45,22,9,45,30,15,7,6,20",
    "533945263,2,533945262,,3,1,*,*,*,*,*,*,*",
    "533945264,2,533945262,,6,3,*,*,*,*,*,*,*",
)


@pytest.fixture
def mesh(csv_file):
    return csv_file(MESH, name="tblT001141H5339.txt", encoding="cp932")


def test_people_of_meshes_stand_at_their_centres(mesh):
    people = read_people(mesh)
    assert people["block_id"].tolist() == ["533945261", "533945262", "533945263", "533945264"]
    assert people["total"].tolist() == [120, 45, 3, 6]
    assert list(people.columns) == [
        "block_id",
        "total",
        "age_0_14",
        "age_15_64",
        "age_65_74",
        "age_75_over",
        "geometry",
    ]
    assert shapely.distance(people.geometry[0], shapely.Point(139.703125, 35.68541666)) < 1e-6


def test_ages_that_were_added_to_a_neighbour_are_given_back(mesh):
    people = read_people(mesh)
    ages = people.filter(like="age_")
    assert ages.iloc[1:].sum().tolist() == [9, 30, 9, 6]
    assert ages.sum(axis=1).tolist() == people["total"].tolist()
    assert ages.iloc[2].sum() == 3
    assert people.attrs["merged"] == [
        {"block_id": "533945263", "into": "533945262", "people": 3, "undone": True},
        {"block_id": "533945264", "into": "533945262", "people": 6, "undone": True},
    ]


def test_where_the_people_are_secret_too_the_ages_stay(csv_file):
    rows = ("533945262,1,,533945263,48,24,8,40,28,12,6,5,20", "533945263,2,533945262,,*,*,*,*,*,*,*,*,*")
    people = read_people(csv_file(mesh_file(*rows), name="a.txt"))
    assert people["total"].tolist() == [48, 0]
    assert people.attrs["merged"] == [{"block_id": "533945263", "into": "533945262", "people": 0, "undone": False}]


def test_nobody_is_lost_or_invented():
    """Against many random merges: columns and rows keep their sums, and no number is below zero."""
    random = np.random.default_rng(20261121)
    for _ in range(300):
        count = int(random.integers(2, 7))
        true = random.integers(0, 30, (count, 4))
        true[:, 0] += 1
        totals = true.sum(axis=1) + random.integers(0, 3, count)  # some of unknown age
        shown = np.vstack([true.sum(axis=0), np.zeros((count - 1, 4), dtype=int)])
        rows = [[str(n), "1" if n == 0 else "2", "" if n == 0 else "0"] for n in range(count)]
        table = Table("a.txt", None, ("KEY_CODE", "HTKSYORI", "HTKSAKI"), rows, list(range(count)), {})
        names = ["age_0_14", "age_15_64", "age_65_74", "age_75_over"]
        counts = pd.DataFrame(shown, columns=names)
        counts.insert(0, "total", totals)
        undone, merged = undo_merges(counts, table, [str(n) for n in range(count)])
        assert all(entry["undone"] for entry in merged)
        assert undone[names].sum().tolist() == true.sum(axis=0).tolist()
        assert (undone[names].to_numpy() >= 0).all()
        assert (undone[names].sum(axis=1) <= undone["total"]).all()


def test_several_files_with_one_mesh_are_added(csv_file):
    row = "533945261,0,,,10,5,2,8,5,3,1,1,4"
    files = [csv_file(mesh_file(row), name=f"{name}.txt") for name in "ab"]
    assert read_people(files)["total"].tolist() == [20]


def test_meshes_can_be_blocks(mesh):
    blocks = read_blocks(mesh)
    assert blocks["block_id"].tolist()[0] == "533945261"
    assert blocks.geometry[0].area == pytest.approx(22.5 / 3600 * 15 / 3600)
    assert spread_people(read_people(mesh), blocks, metres=100)["total"].sum() == 174


def test_a_plain_list_of_meshes_is_read(csv_file):
    assert read_people(csv_file("メッシュコード,人口\n53394526,7\n"))["total"].tolist() == [7]


def test_meshes_and_blocks_are_not_mixed(csv_file, mesh):
    blocks = gpd.GeoDataFrame(
        {"block_id": ["1"], "block": ["本町"]}, geometry=[shapely.box(139, 35, 140, 36)], crs=4326
    )
    town = csv_file("町丁目,人口\n本町,3\n", name="b.csv")
    with pytest.raises(InputError, match="of town blocks and of meshes"):
        read_people([mesh, town], blocks=blocks)
    with pytest.raises(InputError, match=r"has people of town blocks\. Give the blocks"):
        read_people(town)


def test_small_areas_with_two_rows_of_headings_are_read(csv_file):
    items = ("総数、年齢「不詳」含む", "総数０～４歳", "総数５～９歳", "総数１０歳以上", "男０～４歳", "総数６５歳以上")
    head = "KEY_CODE,HYOSYO,CITYNAME,NAME,HTKSYORI,HTKSAKI,GASSAN,"
    text = head + ",".join(f"T001082{n:03}" for n in range(1, 7)) + "\n,,,,,,," + ",".join(items) + "\n"
    text += "01101,1,中央区,,0,,,30,4,6,20,2,8\n"
    text += "01101001001,3,中央区,北一条,1,,01101001002,25,4,6,20,2,8\n"
    text += "01101001002,3,中央区,北二条,2,01101001001,,5,X,X,X,X,X\n"
    blocks = gpd.GeoDataFrame(
        {"block_id": ["01101001001", "01101001002"], "block": ["北一条", "北二条"]},
        geometry=[shapely.box(141, 43, 141.1, 43.1), shapely.box(141.1, 43, 141.2, 43.1)],
        crs=4326,
    )
    people = read_people(csv_file(text, name="tblT001082C01101.txt", encoding="cp932"), blocks=blocks)
    assert people["total"].tolist() == [25, 5]
    ages = people.filter(like="age_")
    assert ages.columns.tolist() == ["age_0_4", "age_5_9", "age_10_64", "age_65_over"]
    assert ages.sum(axis=1).tolist() == [25, 5]
    assert [entry["row"] for entry in people.attrs["left_aside"]] == [3]


def test_water_without_people_is_left_aside(tmp_path):
    shapes = gpd.GeoDataFrame(
        {
            "KEY_CODE": ["131160010", "131160020", "131160030"],
            "S_NAME": ["本町一丁目", "水面", "舟の家"],
            "HCODE": [8101, 8154, 8154],
            "JINKO": [10, 0, 2],
        },
        geometry=[shapely.box(x, 35, x + 0.1, 35.1) for x in (139.0, 139.1, 139.2)],
        crs=6668,
    )
    shapes.to_file(tmp_path / "a.shp", encoding="CP932")
    blocks = read_blocks(tmp_path / "a.shp")
    assert blocks["block"].tolist() == ["本町一丁目", "舟の家"]
    assert [entry["value"] for entry in blocks.attrs["left_aside"]] == ["水面"]
    people = read_people(tmp_path / "a.shp", blocks=blocks)
    assert people["total"].tolist() == [10, 2]
    assert [entry["reason"] for entry in people.attrs["left_aside"]] == ["water, where nobody lives"]
