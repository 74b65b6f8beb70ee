"""The committed layers and lists of the sample city, read with plain tools."""

import csv
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).parents[2]
METRES = "EPSG:6677"


@pytest.fixture(scope="session")
def layer():
    """Read one layer, in metres."""
    return lambda name: gpd.read_file(ROOT / "layers" / f"{name}.geojson").to_crs(METRES)


@pytest.fixture(scope="session")
def people():
    return pd.read_csv(ROOT / "data" / "人口.csv", dtype={"町丁目コード": str})


@pytest.fixture(scope="session")
def members():
    return pd.read_csv(ROOT / "data" / "圏域表.csv")


@pytest.fixture(scope="session")
def addresses():
    return pd.read_csv(ROOT / "data" / "住所一覧.csv")


@pytest.fixture(scope="session")
def book():
    return load_workbook(ROOT / "data" / "地域資源一覧.xlsx")


@pytest.fixture(scope="session")
def main_list(book):
    """Read the filled rows of the main list as dictionaries, without the sum."""
    rows = list(book["一覧"].iter_rows(min_row=4, values_only=True))
    found = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    return [row for row in found if row["名称"] and row["種類"]]


@pytest.fixture(scope="session")
def second_list():
    text = (ROOT / "data" / "食糧支援と居場所.csv").read_bytes().decode("cp932")
    return [row for row in csv.DictReader(text.splitlines()) if row["施設名"]]
