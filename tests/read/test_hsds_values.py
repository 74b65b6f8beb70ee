import csv
import io

from resourcemap.model.hsds import HEADINGS
from resourcemap.model.tables import RESOURCES
from resourcemap.read.hsds_values import take_own_values
from resourcemap.read.resources import read_resources

TERMS = [
    {"id": "t1", "taxonomy": "resourcemap", "code": "address"},
    {"id": "t2", "taxonomy": "resourcemap", "code": "consent"},
    {"id": "t3", "taxonomy": "kinds", "code": "capacity"},
]
ATTRIBUTES = [
    {"id": "1", "link_id": "s", "taxonomy_term_id": "t1", "value": "本町1-2"},
    {"id": "2", "link_id": "s", "taxonomy_term_id": "t2", "value": "有"},
    {"id": "3", "link_id": "s", "taxonomy_term_id": "t3", "value": "9"},
]


def test_an_address_as_written_goes_before_its_parts_and_attributes_of_others_stay():
    package = {"taxonomy_term": TERMS, "attribute": list(ATTRIBUTES)}
    assert take_own_values(package) == {"s": {"都道府県": "", "市区町村": "", "建物名": "", "住所": "本町1-2"}}
    assert [row["id"] for row in package["attribute"]] == ["2", "3"]


def test_only_columns_that_may_be_shown_are_ever_written_so():
    public = {column.name for column in RESOURCES if column.public}
    assert set(HEADINGS) <= public


def test_a_package_cannot_give_consent_by_an_attribute(tmp_path):
    tables = {"services": [{"id": "s", "name": "会"}], "taxonomy_terms": TERMS, "attributes": ATTRIBUTES}
    for name, rows in tables.items():
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        (tmp_path / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    [row] = read_resources(tmp_path, kind="salon").to_dict("records")
    assert (row["address"], row["consent"], row["capacity"]) == ("本町1-2", None, None)
