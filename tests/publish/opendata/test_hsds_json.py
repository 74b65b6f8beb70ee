import json

import jsonschema
import pytest

from resourcemap.publish.opendata.datapackage import schema
from resourcemap.publish.opendata.hsds_json import write_hsds_json
from resourcemap.read.resources import read_resources

TYPES = {"number": {"type": "number"}}
# What of the tables hangs on what, as the standard nests it, and whether there may be many.
NESTED = {
    "service": {
        "organization": "organization",
        "phones": "phone",
        "schedules": "schedule",
        "languages": "language",
        "service_areas": "service_area",
        "attributes": "attribute",
        "service_at_locations": "service_at_location",
    },
    "service_at_location": {
        "location": "location",
        "phones": "phone",
        "schedules": "schedule",
        "attributes": "attribute",
    },
    "location": {"addresses": "address", "accessibility": "accessibility"},
    "attribute": {"taxonomy_term": "taxonomy_term"},
}
# Wanted in an address, if only blank; and what the nesting itself says.
MORE = {"address": ["city", "state_province", "postal_code"]}


@pytest.fixture
def page(hard, schedules, catalog, about, tmp_path):
    path = write_hsds_json(hard, tmp_path / "a.json", schedules=schedules, catalog=catalog, about=about)
    return json.loads(path.read_text(encoding="utf-8"))


def wanted(table):
    """Write as a JSON schema what the standard wants of an object of a table."""
    said = schema()[table]
    fields = {name: {"type": "string"} | TYPES.get(kind, {}) for name, kind in said["fields"].items()}
    for name, values in said.get("allowed", {}).items():
        fields[name]["enum"] = values
    for name, other in NESTED.get(table, {}).items():
        many = name.endswith("s") or name == "accessibility"
        fields[name] = {"type": "array", "items": wanted(other), "minItems": 1} if many else wanted(other)
    by_nesting = {*said.get("references", {}), "link_id", "taxonomy_term_id"}
    required = [name for name in said["required"] if name not in by_nesting] + MORE.get(table, [])
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


def test_reading_gives_back_the_same_table(hard, schedules, catalog, about, same, tmp_path):
    path = write_hsds_json(hard, tmp_path / "a.json", schedules=schedules, catalog=catalog, about=about)
    same(hard, read_resources(path))


def test_every_object_is_as_the_standard_wants_it(page):
    jsonschema.Draft202012Validator(wanted("service")).validate(page["contents"][0])
    checker = jsonschema.Draft202012Validator({"type": "array", "items": wanted("service"), "minItems": 10})
    assert [error.message for error in checker.iter_errors(page["contents"])] == []


def test_the_page_says_how_much_there_is_and_whose_it_is(page, about):
    count = len(page["contents"])
    counts = {"total_items": count, "total_pages": 1, "page_number": 1, "size": count}
    ends = {"first_page": True, "last_page": True, "empty": False}
    assert {name: page[name] for name in page if name != "contents"} == counts | ends | about.members
    assert about.members["license_url"].startswith("https://creativecommons.org/")


def test_a_page_without_services_is_empty(hard, schedules, catalog, about, tmp_path):
    none = hard.only(hard.table.index[:0])
    path = write_hsds_json(none, tmp_path / "a.json", schedules=schedules, catalog=catalog, about=about)
    page = json.loads(path.read_text(encoding="utf-8"))
    assert (page["contents"], page["empty"], page["total_items"]) == ([], True, 0)


def test_what_hangs_on_a_service_is_called_as_in_the_specification(real):
    example = json.loads((real / "hsds" / "spec_3_0" / "service_full.json").read_text(encoding="utf-8"))
    link, attribute = example["service_at_locations"][0], example["attributes"][0]
    location = link["location"]
    assert set(NESTED["service"]) <= set(example)
    # Its schema has attributes there; the example happens to show them on the service alone.
    assert set(NESTED["service_at_location"]) <= {*link, "attributes"}
    assert set(NESTED["location"]) <= set(location)
    assert set(NESTED["attribute"]) <= set(attribute)
    assert {*schema()["service"]["fields"]} - {"organization_id"} <= set(example)
    assert {*schema()["address"]["fields"]} - {"location_id"} <= set(location["addresses"][0])
