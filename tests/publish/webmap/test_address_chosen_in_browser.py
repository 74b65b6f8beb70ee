"""A link of the map opens the same rows there as in Python."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from resourcemap.publish.choice import choice_of, chosen
from resourcemap.publish.choice.choosing import not_known

AS_OF = date(2026, 11, 1)


@pytest.fixture(scope="module")
def shown(sample_town):
    released = sample_town.released("map")
    return released, {
        "schedules": sample_town.schedules_of(released),
        "placements": sample_town.placements_of(released),
        "catalog": sample_town.catalog,
        "as_of": AS_OF,
    }


LINKS = (
    "",
    "kind=salon,pantry",
    "kind=salon&day=wed",
    "day=sat,sun&time=13:00-",
    "time=-9:30",
    "time=18:00-21:00&unknown=1",
    "day=fri&for=children",
    "for=older,parents&with=step_free,accessible_toilet",
    "since=6&kind=hiroba,salon,cafe",
    "q=%E3%81%95%E3%81%8F%E3%82%89%20%EF%BD%BB%EF%BE%9B%EF%BE%9D",
    "q=" + "%E5%85%AC%E5%9C%92" + "&day=mon",
)


@pytest.mark.browser
def test_the_map_shows_as_many_and_leaves_out_as_many_for_want_of_days(sample_town, shown, open_map, tmp_path):
    from resourcemap.publish.webmap import write_webmap

    released, usual = shown
    areas = sample_town.areas
    here = [f"area={system}~{rows['area_id'].iloc[0]}" for system, rows in areas.groupby("system", sort=False)]
    links = [*LINKS, *here, f"{here[0]}&day=tue&for=everyone"]
    page = open_map(write_webmap(sample_town.map_page, tmp_path / "index.html"))
    page.clock.set_fixed_time(datetime(2026, 11, 1, 0, 0, tzinfo=UTC))
    page.reload()
    page.locator(".rm-entry").first.wait_for()
    seen, ours = [], []
    for link in links:
        page.evaluate("link => { location.hash = link || 'q=' }", link)
        page.wait_for_timeout(60)
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        rows = page.eval_on_selector_all(".rm-entry", "all => all.map((e) => Number(e.dataset.row))")
        choice = choice_of(link)
        fits = chosen(released, choice, **usual)
        seen.append((link, sorted(rows)))
        ours.append((link, sorted(released.table.index.get_indexer(fits).tolist())))
        if not_known(released, choice, **usual):
            assert str(not_known(released, choice, **usual)) in page.locator("#rm-unknown").inner_text()
    assert seen == ours
    assert len({len(rows) for _, rows in ours}) > 8
