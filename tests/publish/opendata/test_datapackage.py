import csv
import io
import json
import re
import zipfile

import jsonschema
import pytest

from resourcemap.publish.opendata.datapackage import schema, write_hsds
from resourcemap.publish.opendata.hsds import hsds_tables
from resourcemap.read.resources import read_resources

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
# How each type of a tabular data package is written.
TYPES = {
    "uuid": {"pattern": UUID.pattern},
    "string": {},
    "uri": {"pattern": "^https?://"},
    "date": {"format": "date"},
    "time": {"pattern": "^[0-2][0-9]:[0-5][0-9]:00$"},
    "number": {"pattern": r"^-?\d+(\.\d+)?$"},
}


@pytest.fixture
def written(hard, schedules, catalog, about, tmp_path):
    def write(name="a.zip", rows=hard):
        return write_hsds(rows, tmp_path / name, schedules=schedules, catalog=catalog, about=about)

    return write


@pytest.fixture
def tables(written):
    """The filled cells of every CSV, by table."""
    with zipfile.ZipFile(written()) as archive:
        read = {name: archive.read(table["path"]).decode("utf-8") for name, table in schema().items()}
    return {
        name: [
            {field: cell for field, cell in row.items() if cell}
            for row in csv.DictReader(io.StringIO(text, newline=""))
        ]
        for name, text in read.items()
    }


def test_reading_gives_back_the_same_table(written, hard, same):
    same(hard, read_resources(written()))


def test_a_folder_with_the_same_files_reads_alike(written, hard, same, tmp_path):
    with zipfile.ZipFile(written()) as archive:
        archive.extractall(tmp_path / "folder")
    same(hard, read_resources(tmp_path / "folder"))


def test_every_row_is_as_the_standard_wants_it(tables):
    for name, table in schema().items():
        fields = {
            field: {"type": "string"}
            | TYPES[kind]
            | ({"enum": table["allowed"][field]} if field in table.get("allowed", {}) else {})
            for field, kind in table["fields"].items()
        }
        wanted = {"type": "object", "properties": fields, "required": table["required"], "additionalProperties": False}
        checker = jsonschema.Draft202012Validator(wanted, format_checker=jsonschema.FormatChecker())
        assert tables[name], name
        assert [error.message for row in tables[name] for error in checker.iter_errors(row)] == []


def test_ids_are_unique_and_references_lead_somewhere(tables):
    ids = {name: [row["id"] for row in rows] for name, rows in tables.items()}
    every = [id_ for known in ids.values() for id_ in known]
    assert len(set(every)) == len(every)
    for name, table in schema().items():
        for field, other in table.get("references", {}).items():
            assert {row[field] for row in tables[name] if field in row} <= set(ids[other]), (name, field)
    assert {row["link_id"] for row in tables["attribute"]} <= {*ids["service"], *ids["service_at_location"]}


def test_the_description_names_files_types_and_licence(written):
    with zipfile.ZipFile(written()) as archive:
        said = json.loads(archive.read("datapackage.json"))
        assert sorted(archive.namelist()) == sorted(["datapackage.json", *(each["path"] for each in said["resources"])])
    assert said["licenses"] == [
        {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    assert (said["created"], said["contributors"][0]["title"]) == ("2026-11-01T00:00:00Z", "みほん市社協")
    service = next(each for each in said["resources"] if each["name"] == "service")["schema"]
    assert service["foreignKeys"] == [
        {"fields": "organization_id", "reference": {"resource": "organization", "fields": "id"}}
    ]
    assert service["fields"][0] == {
        "name": "id",
        "type": "string",
        "format": "uuid",
        "constraints": {"required": True, "unique": True},
    }


def test_files_and_fields_are_those_of_the_specification(real):
    for name, table in schema().items():
        with (real / "hsds" / "spec_3_0" / table["path"]).open(encoding="utf-8") as file:
            assert set(table["fields"]) <= set(next(csv.reader(file))), name


def test_the_stops_of_a_van_are_one_service_and_what_differs_is_another(tables):
    vans = [row for row in tables["service"] if row["name"] == "移動販売"]
    assert sorted(row.get("fees_description", "") for row in vans) == ["", "別"]
    at = {row["id"]: sum(link["service_id"] == row["id"] for link in tables["service_at_location"]) for row in vans}
    assert sorted(at.values()) == [1, 2]


def test_rules_stand_as_rules_only_where_they_say_all(tables):
    rules = [row for row in tables["schedule"] if "freq" in row]
    assert {(row["description"], row["freq"], row.get("byday")) for row in rules} == {
        ("毎週水曜 14:00～16:00", "WEEKLY", "WE"),
        ("第2・第4土曜 11:30～13:30", "MONTHLY", "2SA,4SA"),
        ("毎月10日", "MONTHLY", None),
        ("火曜 10:00～10:30", "WEEKLY", "TU"),
        ("火曜 11:00～11:30", "WEEKLY", "TU"),
        ("月～土 9:00～24:00", "WEEKLY", "MO,TU,WE,TH,FR,SA"),
        ("年中無休 24時間", "WEEKLY", "MO,TU,WE,TH,FR,SA,SU"),
    }


def test_what_is_open_until_midnight_closes_on_the_same_day(tables):
    hours = {
        row["description"]: (row["opens_at"], row["closes_at"]) for row in tables["schedule"] if "closes_at" in row
    }
    assert hours["年中無休 24時間"] == ("00:00:00", "23:59:00")
    assert hours["月～土 9:00～24:00"] == ("09:00:00", "23:59:00")


def test_the_same_rows_give_the_same_bytes_and_ids_whatever_their_order(written, hard, schedules, catalog, about):
    assert written("a.zip").read_bytes() == written("b.zip").read_bytes()
    turned = hard.only(hard.table.index[::-1])
    ids = [
        {
            row["id"]
            for row in hsds_tables(rows, schedules=schedules, catalog=catalog, about=about)["service_at_location"]
        }
        for rows in (hard, turned)
    ]
    assert ids[0] == ids[1]


def test_a_package_without_rows_has_all_its_files(written, hard):
    with zipfile.ZipFile(written(rows=hard.only(hard.table.index[:0]))) as archive:
        assert archive.read("services.csv").decode("utf-8").count("\n") == 1
        assert len(archive.namelist()) == len(schema()) + 1
