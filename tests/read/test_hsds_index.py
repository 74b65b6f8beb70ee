from resourcemap.read.hsds_index import Index

PACKAGE = {"phone": [{"id": "a", "service_id": "s"}, {"id": "b"}, {"id": "a", "service_id": "s", "number": "1"}]}


def test_rows_are_found_in_their_order_and_blank_is_a_value():
    index = Index(PACKAGE)
    assert [row.get("number") for row in index.at("phone", "service_id", "s")] == [None, "1"]
    assert [row["id"] for row in index.at("phone", "service_id", "")] == ["b"]
    assert index.at("phone", "service_id", "t") == index.at("contact", "id", "a") == []


def test_of_rows_with_one_id_the_last_is_known():
    assert Index(PACKAGE).by_id("phone") == {"a": PACKAGE["phone"][2], "b": PACKAGE["phone"][1]}
    assert Index({}).by_id("phone") == {}
