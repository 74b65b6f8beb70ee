"""The layer of places alone: what is drawn, what a finger meets, and what the keyboard and a screen reader find."""

from __future__ import annotations

import numpy as np
import pytest

from tests.publish.webmap.stage import SOUTH, WEST, WIDE

pytestmark = pytest.mark.browser


def grid(side):
    """Places in rows and columns over the middle of the ground."""
    share = np.linspace(0.2, 0.8, side)
    lon, lat = (axis.ravel() for axis in np.meshgrid(WEST + WIDE * share, SOUTH + WIDE * share))
    return [lon.tolist(), lat.tolist()]


def put(page, places, **more):
    """Put places on the map and show them all."""
    code = "([[lon, lat], rough]) => { window.places = stage.makePlaces(lon, lat, rough); stage.showAll(places); }"
    page.evaluate(code, [places, more.get("rough", [])])


def where(page, lon, lat):
    spot = page.evaluate("(at) => stage.map.latLngToContainerPoint(at)", [lat, lon])
    return spot["x"], spot["y"]


@pytest.mark.parametrize(("side", "zoom", "look"), [(5, 13, "symbols"), (40, 13, "dots"), (200, 11, "gathered")])
def test_the_more_places_the_simpler_they_are_drawn(stage, side, zoom, look):
    put(stage, grid(side))
    stage.evaluate("(zoom) => stage.map.setZoom(zoom, { animate: false })", zoom)
    assert stage.evaluate("places._look(stage.map.getZoom())") == look
    assert stage.evaluate("stage.painted(places)") > 1000
    # The key of crowds is in sight while there are any.
    assert stage.locator("#map.rm-gathered").count() == (look == "gathered")


def test_few_places_are_symbols_however_close_they_are(stage):
    put(stage, grid(12))
    stage.evaluate("stage.map.setZoom(8, { animate: false })")
    assert stage.evaluate("places._look(8)") == "symbols"


def test_nothing_is_gathered_where_the_map_is_nearest(stage):
    put(stage, [[WEST + WIDE / 2] * 500, [SOUTH + WIDE / 2] * 500])
    assert stage.evaluate("[10, 15.75, 16, 19].map((zoom) => places._look(zoom))") == [
        "gathered",
        "gathered",
        "dots",
        "dots",
    ]


def test_crowds_have_every_place_once_and_do_not_move_with_the_map(stage):
    put(stage, grid(150))
    stage.evaluate("stage.map.setZoom(12, { animate: false })")
    whole = "places._crowds(places.view).reduce((sum, crowd) => sum + crowd.venues, 0)"
    assert stage.evaluate(whole) == 150 * 150
    spots = """places._crowds(places.view).map(({ x, y }) => [x + places.view.left, y + places.view.top])
        .map((spot) => spot.map(Math.round).join(" "))"""
    before = set(stage.evaluate(spots))
    stage.evaluate("stage.map.panBy([37, 21], { animate: false })")
    assert len(before & set(stage.evaluate(spots))) > len(before) * 0.8


def test_a_crowd_comes_apart_when_it_is_pressed(stage):
    put(stage, grid(150))
    stage.evaluate("stage.map.setZoom(12, { animate: false })")
    crowd = stage.evaluate(
        """(() => {
            const crowd = places._crowds(places.view).find((each) => each.x > 400 && each.y > 300);
            const { x, y } = stage.map.latLngToContainerPoint(places.spot(crowd));
            return [x, y];
        })()"""
    )
    stage.mouse.click(*crowd)
    assert stage.evaluate("stage.map.getZoom()") > 12
    assert stage.evaluate("window.picked") is None


def test_the_nearest_symbol_within_a_finger_is_pressed(stage):
    put(stage, [[WEST + 0.05, WEST + 0.052], [SOUTH + 0.05, SOUTH + 0.05]])
    x, y = where(stage, WEST + 0.05, SOUTH + 0.05)
    for away, found in ((0, 0), (-20, 0), (-24, None), (30, 1)):
        stage.evaluate("window.picked = null")
        stage.mouse.click(x + away, y)
        assert stage.evaluate("window.picked") == found


def test_hidden_places_are_not_drawn_nor_met(stage):
    put(stage, [[WEST + 0.05], [SOUTH + 0.05]])
    stage.evaluate("stage.showAll(places, { kind: Int16Array.of(-1) })")
    assert stage.evaluate("stage.painted(places)") == 0
    stage.mouse.click(*where(stage, WEST + 0.05, SOUTH + 0.05))
    assert stage.evaluate("window.picked ?? null") is None
    assert stage.evaluate("places.inView()") == []


def test_the_name_shows_under_the_pointer_and_escape_takes_it_away(stage):
    put(stage, [[WEST + 0.05], [SOUTH + 0.05]])
    x, y = where(stage, WEST + 0.05, SOUTH + 0.05)
    stage.mouse.move(x + 5, y)
    assert stage.locator(".rm-tip").inner_text().split() == ["会場0", "活動"]
    assert stage.evaluate("getComputedStyle(stage.map.getContainer()).cursor") == "pointer"
    stage.keyboard.press("Escape")
    stage.locator(".rm-tip").wait_for(state="detached")
    stage.mouse.move(x + 5, y + 1)
    stage.locator(".rm-tip").wait_for()
    stage.mouse.move(x + 200, y + 1)
    stage.locator(".rm-tip").wait_for(state="detached")


def test_the_kind_gives_the_colour_and_what_rests_is_hollow(stage):
    put(stage, [[WEST + 0.04, WEST + 0.05, WEST + 0.06], [SOUTH + 0.05] * 3], rough=[0, 0, 1])
    stage.evaluate("stage.showAll(places, { kind: Int16Array.of(1, 1, 1), resting: Uint8Array.of(0, 1, 0) })")
    colours = [
        stage.evaluate("([lat, lng]) => stage.colourAt(places, lat, lng)", [SOUTH + 0.05, WEST + lon])
        for lon in (0.04, 0.05, 0.06)
    ]
    assert colours[0] == [0, 114, 178, 255]
    assert colours[1] == [255, 255, 255, 255]
    assert all(part > 100 for part in colours[2][:3])
    assert colours[2] != colours[1]


def test_the_selected_place_has_a_ring_and_more_ink(stage):
    put(stage, [[WEST + 0.05], [SOUTH + 0.05]])
    plain = stage.evaluate("stage.painted(places)")
    related = stage.evaluate("(places.select(null, [0]), stage.painted(places))")
    chosen = stage.evaluate("(places.select(0), stage.painted(places))")
    assert plain < related < chosen
    assert stage.evaluate("(places.select(null), stage.painted(places))") == plain


def test_ones_own_position_is_marked(stage):
    put(stage, [[WEST], [SOUTH]])
    before = stage.evaluate("stage.painted(places)")
    stage.evaluate("places.me(stage.map.getCenter())")
    assert stage.evaluate("stage.painted(places)") > before + 500
    assert stage.evaluate("(places.me(null), stage.painted(places))") == before


def test_numbers_for_paper_are_black_on_white_and_leave_0_out(stage):
    put(stage, [[WEST + 0.05, WEST + 0.05, WEST + 0.08], [SOUTH + 0.05, SOUTH + 0.05, SOUTH + 0.05]])
    stage.evaluate("places.number(Int32Array.of(12, 13, 0))")
    both = stage.evaluate("stage.painted(places)")
    one = stage.evaluate("(places.number(Int32Array.of(12, 0, 0)), stage.painted(places))")
    assert one > 100
    assert both > 1.8 * one  # two numbers of one spot stand apart
    greys = stage.evaluate(
        """(() => {
            const { data } = places._ctx.getImageData(0, 0, places._container.width, places._container.height);
            for (let at = 0; at < data.length; at += 4) {
                if (data[at + 3] && (data[at] !== data[at + 1] || data[at] !== data[at + 2])) return false;
            }
            return true;
        })()"""
    )
    assert greys
    stage.evaluate("places.number(null)")
    assert stage.evaluate("stage.colourAt(places, 34.95, 139.75)") == [213, 94, 0, 255]


def test_few_places_in_the_view_are_named_for_the_keyboard(stage):
    put(stage, grid(5))
    named = stage.locator(".rm-named button")
    named.nth(24).wait_for(state="attached")
    assert named.count() == 25
    assert named.first.inner_text().split() == ["会場20", "活動"]  # the north first
    assert stage.locator(".rm-named p").inner_text() == "25か所"
    named.first.focus()
    box = named.first.bounding_box()
    x, y = where(stage, WEST + WIDE * 0.2, SOUTH + WIDE * 0.8)
    assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == pytest.approx((x, y), abs=1)
    assert min(box["width"], box["height"]) >= 44
    assert named.first.evaluate("(button) => getComputedStyle(button).opacity") == "1"
    assert named.nth(1).evaluate("(button) => getComputedStyle(button).opacity") == "0"
    named.first.press("Enter")
    assert stage.evaluate("window.picked") == 20


def test_the_one_with_the_focus_stays_when_the_map_moves_away(stage):
    put(stage, grid(5))
    named = stage.locator(".rm-named button")
    named.nth(24).wait_for(state="attached")
    named.first.focus()
    stage.evaluate("stage.map.setView([34.91, 139.8], 16, { animate: false })")
    stage.wait_for_function("document.querySelectorAll('.rm-named button').length === 1")
    assert stage.evaluate("document.activeElement.textContent") == "会場20活動"


def test_many_places_in_the_view_are_one_sentence(stage):
    put(stage, grid(9))
    stage.wait_for_function("document.querySelector('.rm-named p').textContent !== ''")
    assert stage.locator(".rm-named p").inner_text() == "多い81か所"
    assert stage.locator(".rm-named button").count() == 0
    stage.evaluate("stage.map.setZoom(15, { animate: false })")
    stage.wait_for_function("document.querySelectorAll('.rm-named button').length > 0")


def test_the_grid_finds_the_nearest_as_all_pairs_do(stage):
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=400).tolist(), rng.normal(size=400).tolist()
    asked = rng.normal(size=(60, 2)).tolist()
    found = stage.evaluate(
        """([x, y, asked]) => {
            const grid = new stage.PointGrid(Float64Array.from(x), Float64Array.from(y), Uint32Array.from(x.keys()));
            return [asked.map(([a, b]) => grid.nearest(a, b, 0.2)), grid.spacing()];
        }""",
        [x, y, asked],
    )
    spots, questions = np.column_stack([x, y]), np.array(asked)
    apart = np.linalg.norm(questions[:, None] - spots[None], axis=2)
    assert found[0] == [int(row.argmin()) if row.min() <= 0.2 else -1 for row in apart]
    among = np.linalg.norm(spots[:, None] - spots[None], axis=2) + np.diag([np.inf] * 400)
    assert found[1] == pytest.approx(np.sort(among.min(axis=1))[200])


def test_a_town_of_20_000_places_is_drawn_at_once(stage):
    rng = np.random.default_rng(5)
    put(stage, [(WEST + WIDE * rng.uniform(size=20_000)).tolist(), (SOUTH + WIDE * rng.uniform(size=20_000)).tolist()])
    spent = stage.evaluate(
        """[11, 13, 15].map((zoom) => {
            stage.map.setZoom(zoom, { animate: false });
            const runs = Array.from({ length: 5 }, () => {
                const start = performance.now();
                places._draw();
                places._ctx.getImageData(0, 0, 1, 1);
                return performance.now() - start;
            });
            return Math.min(...runs);
        })"""
    )
    assert max(spent) < 250  # 20 alone on a machine; others may be busy
