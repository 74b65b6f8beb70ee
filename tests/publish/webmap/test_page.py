"""Only released rows, and every text as text."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from resourcemap.errors import InputError, ReleaseError
from resourcemap.model.consent import release
from resourcemap.publish.webmap import webmap, write_webmap


def test_only_what_passed_the_gate_for_maps_is_accepted(resources, catalog):
    for given in (resources, release(resources, "list"), release(resources, "internal")):
        with pytest.raises(ReleaseError, match="release"):
            webmap(given, catalog=catalog, title="x")


def test_what_was_withheld_is_nowhere_in_the_file(text):
    assert "きんぎょサロン" in text
    assert "ひみつの会" not in text


def test_an_unknown_language_is_refused(town, resources):
    with pytest.raises(InputError, match="There is no page in language 'fr'"):
        town.page(resources, language="fr")


def test_an_unknown_background_layer_is_refused(town, resources, background):
    with pytest.raises(InputError, match=r"unknown layers .lakes."):
        town.page(resources, background={"lakes": background["water"]})


def test_the_first_view_is_that_of_the_first_system(town, resources, areas):
    far = areas.assign(system="広域", geometry=areas.translate(3)).iloc[[0]]
    both = pd.concat([areas, far], ignore_index=True)
    assert json.loads(town.page(resources, areas=both).data)["bounds"] == [139.7, 34.95, 139.72, 34.96]


def test_without_a_background_the_areas_give_the_outline(town, resources):
    assert list(json.loads(town.page(resources, background=None).data)["ground"]) == ["outline"]


def test_without_areas_either_towns_of_the_addresses_are_named(catalog, resources):
    page = webmap(release(resources, "map"), catalog=catalog, title="x")
    assert json.loads(page.data)["ground"] == {"towns": {"names": ["西町"], "points": "4310a4kr1G"}}


def test_the_tables_given_stay_as_they_were(town, resources, areas, background):
    before = (resources.copy(), areas.copy(), background["blocks"].copy())
    town.page(resources)
    for old, new in zip(before, (resources, areas, background["blocks"]), strict=True):
        assert old.equals(new)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_hostile_text_stays_text(town, hostile, tmp_path, language, read):
    path = town.write(hostile, tmp_path / "h.html", title="</title><script>x</script>{{7*7}}", language=language)
    reader = read(path.read_text(encoding="utf-8"))
    assert json.loads(reader.data)["resources"]["name"] == list(hostile["name"])[:9]
    assert sum(tag == "script" for tag, _ in reader.tags) == 4
    assert not any(name.startswith("on") for _, attributes in reader.tags for name in attributes)


def test_nothing_to_show_still_makes_a_page(catalog, resources, tmp_path):
    page = webmap(release(resources.assign(channels=""), "map"), catalog=catalog, title="まだ")
    assert write_webmap(page, tmp_path / "empty.html").stat().st_size > 100_000


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("高松市番町二丁目3-5", ["番町"]),
        ("香川県高松市扇町２－８－７", ["扇町"]),
        ("東京都豊島区南大塚一丁目99", ["南大塚"]),
        ("香川県綾歌郡綾川町陶1720", ["綾川町陶"]),
        ("四日市市諏訪町1-2", ["諏訪町"]),
        ("高松市", []),
        ("1-2", []),
        (None, []),
    ],
)
def test_a_town_is_what_stands_between_city_and_number(catalog, resources, address, town):
    page = webmap(release(resources.iloc[[0]].assign(address=address), "map"), catalog=catalog, title="x")
    assert json.loads(page.data)["ground"]["towns"]["names"] == town
