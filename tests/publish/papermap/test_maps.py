"""The printed map is read back: every number once, in its place, over nothing that must be read."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from resourcemap.metres import to_metres
from resourcemap.model.catalog import LANGUAGES
from resourcemap.publish.papermap import ground_of, paper_map
from resourcemap.publish.papermap.canvas import POINT
from tests.publish.papermap.drawn import (
    CATALOG,
    CRS,
    HOSTILE,
    dots_in,
    halls,
    leaders_in,
    numbered,
    overlapping,
    pins_in,
    squares,
    texts_in,
)

SIZE = {"width_mm": 180, "height_mm": 110}


def drawn(table, **asked):
    released, places = numbered(table)
    return places, paper_map(released, places, catalog=CATALOG, **{**SIZE, **asked})


def town(count, seed=7, spread=(900, 500)):
    return halls(np.random.default_rng(seed).normal((2000, 1200), spread, (count, 2)))


@pytest.mark.parametrize(("count", "seed"), [(1, 0), (2, 1), (25, 2), (60, 3)])
def test_every_number_is_on_the_map_once_and_no_pin_lies_over_another(count, seed):
    places, made = drawn(town(count, seed))
    pins = pins_in(made.svg)
    assert sorted(pins["number"]) == list(places.table.index)
    assert made.outside == ()
    assert overlapping(pins) == []
    assert (pins[["left", "top"]].to_numpy() >= 3.6).all()
    assert (pins["right"] <= 180 - 3.6).all()
    assert set(made.cells) == set(places.table.index)


def test_pins_and_the_lines_of_moved_pins_stand_at_their_places():
    places, made = drawn(town(40, 3))
    pins, leaders = pins_in(made.svg).set_index("number"), leaders_in(made.svg)
    metres = to_metres(places.table, CRS).geometry
    on_it = [number for number in places.table.index if number not in leaders]
    assert len(leaders) > 5
    assert not any(cell.startswith("X") for cell in made.cells.values())
    # One scale in both directions, found from the pins that were not moved.
    one, two = on_it[0], max(on_it, key=lambda number: metres[number].distance(metres[on_it[0]]))
    scale = (pins.x[two] - pins.x[one]) / (metres[two].x - metres[one].x)
    for number, spot in metres.items():
        x, y = leaders.get(number, (pins.x[number], pins.y[number]))
        assert x == pytest.approx(pins.x[one] + (spot.x - metres[one].x) * scale, abs=0.1)
        assert y == pytest.approx(pins.y[one] - (spot.y - metres[one].y) * scale, abs=0.1)


def test_the_cell_of_a_number_is_where_its_pin_stands():
    _, made = drawn(town(25, 2))
    for number, x in pins_in(made.svg)[["number", "x"]].itertuples(index=False):
        column = "ABCDEFGH".index(made.cells[number][0])
        width = (180 - 7.2) / 5
        assert 3.6 + column * width <= x + 0.01 <= 3.6 + (column + 1) * width + 0.02


def test_a_crowd_is_shown_in_an_inset():
    crowd = np.random.default_rng(5).normal((0, 0), 40, (24, 2))
    around = np.array([[-3000, -1500], [3000, -1500], [3000, 1500], [-3000, 1500], [2000, 0]])
    places, made = drawn(halls(np.vstack((crowd, around))))
    pins = pins_in(made.svg)
    assert sorted([*pins["number"], *made.outside]) == list(places.table.index)
    assert made.outside == ()
    assert overlapping(pins) == []
    assert sum(cell.startswith("X") for cell in made.cells.values()) >= 20
    assert any("拡大" in text or "大きく" in text for text in texts_in(made.svg))


def test_a_small_map_of_many_places_has_numbers_without_marks():
    places, made = drawn(town(60, 4), width_mm=80, height_mm=100)
    pins = pins_in(made.svg)
    assert sorted([*pins["number"], *dots_in(made.svg)]) == list(places.table.index)
    assert len(made.crowded) < 10
    assert overlapping(pins) == []
    assert not any("サロン" in text for text in texts_in(made.svg))


SPREADS = {
    "a town of very many": np.random.default_rng(1).normal((2000, 1200), (900, 500), (300, 2)),
    "all in two millimetres, one far away": [*np.random.default_rng(2).uniform((0, 0), (40, 40), (700, 2)), (9000, 0)],
    "on a line": [(number * 15, 0) for number in range(200)],
    "two, a thousand kilometres apart": [(0, 0), (-1_000_000, 100_000)],
}


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("size", [(180, 110), (25, 12)])
def test_of_any_crowd_every_place_is_a_pin_or_a_dot_once(spread, size):
    places, made = drawn(halls(SPREADS[spread]), width_mm=size[0], height_mm=size[1])
    pins, dots = pins_in(made.svg), dots_in(made.svg)
    assert sorted([*pins["number"], *dots]) == list(places.table.index)
    assert sorted(made.crowded) == sorted(dots)
    assert made.outside == ()
    assert overlapping(pins) == []
    assert "図の外" not in made.cells.values()
    said = f"番号を書ききれない場所 {len(dots)}か所（升目は一覧に）"
    assert (said in texts_in(made.svg)) == (bool(dots) and size[0] > 100)


def test_most_of_a_large_town_has_numbers():
    _, made = drawn(halls(SPREADS["a town of very many"]))
    assert len(made.crowded) < 300 / 3


def test_on_a_very_small_map_the_legend_says_less():
    kinds = list(CATALOG.kinds)[:18]
    table = halls(np.random.default_rng(1).uniform((0, 0), (3000, 3000), (18, 2)), kind=kinds)
    places, made = drawn(table, width_mm=60, height_mm=60, background={"parks": squares(["一"], 900)})
    pins = pins_in(made.svg)
    assert sorted([*pins["number"], *made.outside]) == list(places.table.index)
    assert len(pins) == len(kinds)
    assert "何があるかは、番号の一覧に" in texts_in(made.svg)


def test_around_an_area_it_is_pale_and_what_lies_outside_is_told():
    areas = squares(["西", "東"], 2000, system="圏域", area=["西", "東"], area_id=["1", "2"])
    table = halls([(500, 500), (1500, 900), (30_000, 0)])
    places, made = drawn(table, area=areas.iloc[[0]], areas=areas, neighbours=halls([(2500, 500)]))
    far = int(places.table.index[places.table["name"] == "会館2"][0])
    assert made.outside == (far,)
    assert made.cells[far] == "図の外"
    assert far not in set(pins_in(made.svg)["number"])
    texts = texts_in(made.svg)
    assert f"地図の外にある場所: {far}" in texts
    assert {"東", "区域の境", "ほかの区域の境", "となりの区域の場所"} <= set(texts)
    assert made.alt == "西の地図。番号のある場所は3か所。"


def test_rough_and_suspended_places_look_different_and_the_legend_says_so():
    table = halls([(0, 0), (900, 0), (1800, 0)], located=["given", "block", "given"])
    table["status"] = ["active", "active", "suspended"]
    _, made = drawn(table)
    assert b"stroke-dasharray" in made.svg.split(b'class="pin" data-number="2"')[1].split(b"</g>")[0]
    assert {"およその位置（番地まで分からない）", "休止中"} <= set(texts_in(made.svg))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_every_language(language):
    _, made = drawn(town(6), language=language, as_of=date(2026, 11, 1), credit="見本")
    assert CATALOG.kinds["salon"].label(language) in texts_in(made.svg)
    assert any("2026" in text for text in texts_in(made.svg))


def test_nothing_in_names_becomes_markup():
    blocks = squares(HOSTILE, 1500)
    areas = squares(HOSTILE, 1500, system="圏域", area=HOSTILE, area_id=list("12345"), approximate=False)
    _, made = drawn(
        halls([(100, 100), (7000, 100)]),
        areas=areas,
        background={"blocks": blocks, "parks": blocks},
        credit=HOSTILE[0],
    )
    assert b"<script" not in made.svg
    assert any("<script>" in text for text in texts_in(made.svg))


def test_without_any_row_or_ground_there_is_a_map_that_says_so():
    _, made = drawn(halls([]))
    assert "地図に載せる場所はありません" in texts_in(made.svg)
    _, made = drawn(halls([]), background={"blocks": squares(["一", "二"], 900)})
    assert made.cells == {}


def test_towns_stand_in_for_ground():
    table = halls([(0, 0), (2000, 1000)], address=["豊島区長崎1-2", "豊島区駒込3-4-5"])
    _, made = drawn(table)
    assert {"長崎", "駒込"} <= set(texts_in(made.svg))


def test_the_same_bytes_each_time_also_with_ground_made_before():
    table, background = town(30), {"blocks": squares(["一", "二", "三"], 900)}
    first, again, third = (
        drawn(table, background=each)[1].svg
        for each in (background, background, ground_of(background, release_of(table)))
    )
    assert first == again == third


def release_of(table):
    return numbered(table)[1].table


def test_no_type_is_smaller_than_it_may_be():
    _, made = drawn(town(30), background={"blocks": squares(["一", "二", "三"], 900)}, credit="見本")
    assert min(text.size for text in made.texts) >= 6.5 * POINT - 1e-9
    figures = [text.size for text in made.texts if text.words.isdigit() and text.fill == "#fff"]
    assert min(figures) >= 8 * POINT - 1e-9
