import csv
import io
import json
import zipfile

import pytest
import shapely

from resourcemap.errors import InputError
from resourcemap.model.consent import release
from resourcemap.read.formats import read_grids
from resourcemap.read.resources import read_resources

V3 = {
    "organizations": [{"id": "o1", "name": "みほん会", "website": "https://x.example"}],
    "services": [
        {
            "id": "s1",
            "organization_id": "o1",
            "name": "よろず相談",
            "status": "active",
            "eligibility_description": "区民",
            "minimum_age": "18",
            "fees_description": "無料",
            "application_process": "電話で",
            "assured_date": "2026-05-01",
        },
        {"id": "s2", "organization_id": "o1", "name": "訪問相談", "status": "temporarily closed"},
    ],
    "locations": [
        {"id": "l1", "location_type": "physical", "name": "会館", "latitude": "35.7", "longitude": "139.7"},
        {"id": "l2", "location_type": "physical", "name": "集会所"},
        {"id": "l3", "location_type": "virtual", "name": "オンライン"},
        {"id": "l9", "name": "使われない場所"},
    ],
    "service_at_location": [{"id": f"sl{n}", "service_id": "s1", "location_id": f"l{n}"} for n in (1, 2, 3)],
    "addresses": [
        {
            "id": "a1",
            "location_id": "l1",
            "attention": "山田",
            "address_1": "本町1-2",
            "address_2": "2階",
            "city": "みほん市",
            "state_province": "見本県",
            "country": "JP",
            "address_type": "physical",
        }
    ],
    "phones": [
        {"id": "p1", "organization_id": "o1", "number": "03-0000-0001"},
        {"id": "p2", "service_at_location_id": "sl2", "number": "03-0000-0002", "extension": "9"},
        {"id": "p3", "contact_id": "c1", "number": "090-0000-0003"},
    ],
    "contacts": [{"id": "c1", "service_id": "s1", "name": "山田花子", "email": "yamada@x.example"}],
    "languages": [{"id": "g1", "service_id": "s1", "name": "中国語"}, {"id": "g2", "service_id": "s1", "code": "ko"}],
    "accessibility": [{"id": "x1", "location_id": "l1", "description": "スロープあり"}],
    "schedules": [
        {
            "id": "h1",
            "service_id": "s1",
            "freq": "MONTHLY",
            "byday": "2TU,4TU",
            "opens_at": "10:00",
            "closes_at": "12:00",
        },
        {
            "id": "h2",
            "service_at_location_id": "sl2",
            "freq": "WEEKLY",
            "byday": "WE",
            "opens_at": "13:30",
            "closes_at": "15:00",
            "valid_from": "2026-04-01",
            "valid_to": "2027-03-31",
        },
    ],
    "service_areas": [{"id": "v1", "service_id": "s2", "name": "市内全域"}],
    "taxonomy_terms": [{"id": "t1", "name": "相談窓口"}],
    "attributes": [
        {"id": f"b{n}", "link_id": f"s{n}", "link_entity": "service", "taxonomy_term_id": "t1"} for n in (1, 2)
    ],
}


def as_csv(rows):
    memory = io.StringIO()
    writer = csv.DictWriter(memory, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return memory.getvalue()


@pytest.fixture
def package(tmp_path):
    def write(tables, name="package"):
        folder = tmp_path / name
        folder.mkdir()
        for table, rows in tables.items():
            (folder / f"{table}.csv").write_text(as_csv(rows), encoding="utf-8")
        (folder / "datapackage.json").write_text(json.dumps({"name": "x", "resources": []}))
        return folder

    return write


def as_service_full():
    """The same services as one JSON."""
    services = []
    for service in V3["services"]:
        hangs = {
            table: [row for row in V3[table] if row.get("service_id") == service["id"]]
            for table in ("contacts", "languages", "schedules", "service_areas")
        }
        full = service | hangs | {"organization": dict(V3["organizations"][0])}
        full["organization"]["phones"] = [V3["phones"][0]]
        full["attributes"] = [{"id": "b", "taxonomy_term": V3["taxonomy_terms"][0]}]
        if full["contacts"]:
            full["contacts"] = [full["contacts"][0] | {"phones": [V3["phones"][2]]}]
        full["service_at_locations"] = [
            as_link_full(link) for link in V3["service_at_location"] if service["id"] == "s1"
        ]
        services.append(full)
    return services


def as_link_full(link):
    location = next(row for row in V3["locations"] if row["id"] == link["location_id"])
    hangs = {
        table: [row for row in V3[table] if row.get("location_id") == location["id"]]
        for table in ("addresses", "accessibility")
    }
    full = {"id": link["id"], "location": location | hangs}
    for table in ("phones", "schedules"):
        full[table] = [row for row in V3[table] if row.get("service_at_location_id") == link["id"]]
    return full


def check(read):
    assert len(read) == 4
    assert read["activity_id"].tolist() == ["s1", "s1", "s1", "s2"]
    assert read["resource_id"].tolist() == ["sl1", "sl2", "sl3", "s2"]
    assert read["kind"].tolist() == ["consultation"] * 4
    assert read["provider"].unique().tolist() == ["みほん会"]
    assert read["venue"].tolist() == ["会館", "集会所", "オンライン", None]
    assert read["address"].tolist() == ["見本県みほん市本町1-2 2階", None, None, None]
    assert read["schedule"].tolist() == [
        "第2・第4火曜日 10:00〜12:00",
        "毎週水曜日 13:30〜15:00",
        "第2・第4火曜日 10:00〜12:00",
        None,
    ]
    assert read["phone"].tolist() == ["03-0000-0001", "03-0000-0002（内線9）", "03-0000-0001", "03-0000-0001"]
    assert read["place"].tolist() == ["venue", "venue", "none", "served_area"]
    assert read["status"].tolist() == ["active", "active", "active", "suspended"]
    assert read["languages"].tolist() == ["中国語、ko"] * 3 + [None]
    assert read["facilities"].tolist() == ["step_free", None, None, None]
    assert read["serves"].tolist() == [None, None, None, "市内全域"]
    assert read["audience_text"][0] == "区民、18歳以上"
    assert (read["cost"][0], read["how_to_join"][0], str(read["verified_on"][0])) == ("無料", "電話で", "2026-05-01")
    assert str(read["valid_to"][1]) == "2027-03-31"
    assert read.geometry[0] == shapely.Point(139.7, 35.7)
    assert read.geometry[1:].isna().all()


def test_a_data_package_is_one_row_per_service_and_location(package):
    read = read_resources(package(V3))
    check(read)
    assert [entry["value"] for entry in read.attrs["left_aside"]] == ["使われない場所"]


def test_a_zip_and_the_datapackage_json_are_the_same(package, tmp_path):
    folder = package(V3)
    check(read_resources(folder / "datapackage.json"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"data/{path.name}")
    check(read_resources(tmp_path / "a.zip"))


@pytest.mark.parametrize("page", [False, True])
def test_json_gives_the_same_as_csv(tmp_path, page):
    services = as_service_full()
    path = tmp_path / "services.json"
    path.write_text(json.dumps({"contents": services} if page else services, ensure_ascii=False), encoding="utf-8")
    check(read_resources(path))


def test_organizations_and_services_at_locations_are_read(tmp_path):
    service = as_service_full()[0]
    organization = service.pop("organization") | {"services": [service]}
    (tmp_path / "o.json").write_text(json.dumps(organization, ensure_ascii=False), encoding="utf-8")
    assert read_resources(tmp_path / "o.json")["provider"].tolist() == ["みほん会"] * 3
    links = [link | {"service": service} for link in service.pop("service_at_locations")]
    (tmp_path / "l.json").write_text(json.dumps(links, ensure_ascii=False), encoding="utf-8")
    read = read_resources(tmp_path / "l.json")
    assert (read["activity_id"].tolist(), read["venue"].tolist()) == (["s1"] * 3, ["会館", "集会所", "オンライン"])


def test_contacts_never_leave(package):
    read = read_resources(package(V3), consent="有")
    assert read["contact"][0] == "山田花子 yamada@x.example 090-0000-0003"
    published = release(read, "list").table.to_csv()
    assert "よろず相談" in published
    assert not [word for word in ("山田", "yamada", "090-0000-0003") if word in published]


def test_the_first_generation_has_weekdays_and_holidays(package):
    tables = {
        "services": [{"id": "s1", "name": "相談", "status": "inactive"}],
        "locations": [{"id": "l1", "name": "会館"}],
        "services_at_location": [{"id": "x", "service_id": "s1", "location_id": "l1"}],
        "physical_addresses": [
            {"id": "a", "location_id": "l1", "address_1": "1 Main St", "city": "Town", "country": "US"}
        ],
        "postal_addresses": [{"id": "b", "location_id": "l1", "address_1": "PO Box 1", "city": "Town"}],
        "regular_schedules": [
            {"service_id": "s1", "weekday": day, "opens_at": "09:00:00", "closes_at": hour}
            for day, hour in (("1", "17:00:00"), ("Tuesday", "17:00:00"), ("6", "12:00:00"))
        ],
        "holiday_schedules": [
            {"service_id": "s1", "closed": "true", "start_date": "2026-12-29", "end_date": "2027-01-03"},
            {
                "service_id": "s1",
                "closed": "false",
                "start_date": "2026-12-28",
                "end_date": "2026-12-28",
                "opens_at": "9:00",
                "closes_at": "12:00",
            },
        ],
        "accessibility_for_disabilities": [
            {"location_id": "l1", "accessibility": name} for name in ("ramp", "restroom")
        ],
    }
    read = read_resources(package(tables), kind="consultation").iloc[0]
    assert read["schedule"] == (
        "毎週月・火曜日 09:00〜17:00、毎週土曜日 09:00〜12:00（2026-12-29〜2027-01-03は休み、2026-12-28は09:00〜12:00）"
    )
    assert (read["status"], read["address"]) == ("suspended", "1 Main St, Town, US")
    assert read["facilities"] == "step_free;accessible_toilet"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '{"a": 1, "organization": 2}'),
        ("a.json", '[3, "service"]'),
        ("a.json", '"organization"'),
        ("a.json", "[]service"),
    ],
)
def test_other_json_is_told(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    with pytest.raises(
        InputError, match=r"a\.json: (JSON or a data package of a kind that is not known|cannot be read)|GeoJSON"
    ):
        read_grids(tmp_path / name)


def test_json_nested_too_deeply_is_told(tmp_path):
    (tmp_path / "a.json").write_text('{"service":' * 50_000)
    with pytest.raises(InputError, match="nested too deeply"):
        read_grids(tmp_path / "a.json")
