"""The changes as a file: hostile text, no rows, the same bytes twice, and nothing of rows that are not released."""

import csv

import geopandas as gpd
import pandas as pd
import pytest

from resourcemap.errors import ReleaseError
from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import Released, release
from resourcemap.publish.changesheet import write_changes_csv

CATALOG = load_catalog()
ROWS = pd.DataFrame(
    {
        "change_label": ["名称が変わった", "種類が変わった", "一覧から消えた"],
        "nature_label": "実際の変化",
        "kind_label": "サロン",
        "block": ["本町1丁目", None, "=1+1"],
        "metres": [float("nan"), 120.4, float("nan")],
        "gained": [0, 12, 0],
        "lost": [3, 0, 0],
        "old_id": ["a", "b", "c"],
        "new_id": ["a", "b", None],
        "field": ["name", "kind", None],
        "sentence": ["甲が乙に", "ひみつ", "ひみつ"],
        "sentence_without_name": ["サロン1件", "サロン1件", "サロン1件"],
    }
)


def resources(names, channels, kinds=("salon", "salon", "salon")):
    return gpd.GeoDataFrame(
        {
            "resource_id": ["a", "b", "c"],
            "name": names,
            "kind": kinds,
            "status": "active",
            "channels": channels,
            "contact": "担当",
        },
        geometry=[None] * 3,
        crs="EPSG:4326",
    )


def written(path, before, after):
    write_changes_csv(release(after, "list"), ROWS, path, before=release(before, "list"), catalog=CATALOG)
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_released_rows_have_name_and_cells_and_others_have_neither(tmp_path):
    before = resources(["甲", "ひみつ", "ひみつ"], ["list", "", "list"])
    after = resources(["=乙", "ひみつ", "ひみつ"], ["list", "", ""])
    first, second, third = written(tmp_path / "a.csv", before, after)
    assert (first["名称"], first["前"], first["いま"], first["説明"]) == ("'=乙", "甲", "'=乙", "甲が乙に")
    assert (second["名称"], second["前"], second["説明"]) == ("", "", "サロン1件")
    assert (third["名称"], third["町丁目"]) == ("", "'=1+1")
    assert "ひみつ" not in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_cells_of_before_need_the_consent_of_before(tmp_path):
    before, after = resources(["甲", "x", "x"], ["", "", ""]), resources(["乙", "x", "x"], ["list", "", ""])
    first = written(tmp_path / "a.csv", before, after)[0]
    assert (first["名称"], first["前"], first["いま"]) == ("乙", "", "")


def test_kinds_are_written_as_people_call_them(tmp_path):
    open_ = ["list"] * 3
    before, after = resources(["x"] * 3, open_), resources(["x"] * 3, open_, ["salon", "cafe", "salon"])
    second = written(tmp_path / "a.csv", before, after)[1]
    assert (second["前"], second["いま"], second["離れた距離（m）"]) == ("サロン", "コミュニティカフェ", "120")


def test_no_changes_and_the_same_bytes_twice(tmp_path):
    table = resources(["x"] * 3, ["list"] * 3)
    passed = release(table, "list")
    paths = [
        write_changes_csv(passed, ROWS.iloc[:0], tmp_path / name, before=passed, catalog=CATALOG)
        for name in ("a.csv", "b.csv")
    ]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert paths[0].read_bytes().startswith("\ufeff変化,".encode())


def test_only_the_gate_makes_what_may_be_named():
    with pytest.raises(ReleaseError):
        Released("list", resources(["x"] * 3, ""), pd.DataFrame(), 0, object())
