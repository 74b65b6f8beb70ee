"""Names on the map alone: none over another, beside the symbols, and only where their shape is wide enough."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PUT = """([names, spots]) => {
    window.labels = new stage.Labels({ spots: () => spots }).addTo(stage.map);
    const { scale, left, top } = labels.below._view;
    const at = ({ text, style, x, y, wide }) => {
        const within = wide === undefined ? null : [(x + left) / scale, (x + wide + left) / scale];
        return { text, style, x: (x + left) / scale, y: (y + top) / scale, within };
    };
    labels.put("names", names.map(at));
    return labels.placed(labels.below._view).map(({ text, x, y }) => [text, Math.round(x), Math.round(y)]);
}"""


def name(text, x, y, style="area", **more):
    return {"text": text, "style": style, "x": x, "y": y} | more


def test_no_name_lies_over_another_and_the_first_wins(stage):
    rows = [name(f"区域{number}", 500, 400) for number in range(12)]
    placed = stage.evaluate(PUT, [rows, []])
    assert placed[0] == ["区域0", 500, 400]
    assert 1 < len(placed) < 12
    boxes = [(x - 33, y - 9, x + 33, y + 9) for _, x, y in placed]
    for at, one in enumerate(boxes):
        for other in boxes[:at]:
            assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def test_names_stand_where_they_cover_the_fewest_symbols(stage):
    rows = [name("みほん駅", 300, 300, "station"), name("西", 600, 300), name("町", 800, 300, "town")]
    # Under the station stands a symbol; above is room. Around the town there is none.
    around = [spot for x in range(740, 880, 14) for y in range(260, 350, 14) for spot in (x, y, 10)]
    placed = stage.evaluate(PUT, [rows, [300, 314, 8, 600, 300, 5, *around]])
    stage.evaluate("stage.map.setZoom(13)")
    assert [text for text, *_ in placed] == ["みほん駅", "西"]
    assert placed[0][1:] == [300, 286]
    assert placed[1][2] != 300


def test_a_name_needs_room_in_its_shape(stage):
    rows = [name("長い長い名前の区域", 300, 300, wide=60), name("短い", 600, 300, wide=60)]
    assert [text for text, *_ in stage.evaluate(PUT, [rows, []])] == ["短い"]


def test_names_of_areas_lie_over_the_symbols_and_the_others_under_them(stage):
    stage.evaluate(PUT, [[name("圏域", 300, 300), name("みほん駅", 600, 300, "station")], []])
    assert stage.evaluate("[stage.painted(labels.above), stage.painted(labels.below)].map((count) => count > 200)") == [
        True,
        True,
    ]
    heights = stage.evaluate("['names', 'names-above'].map((pane) => Number(stage.map.getPane(pane).style.zIndex))")
    assert heights[0] < 430 < heights[1]
    assert stage.evaluate("(labels.put('names', []), stage.painted(labels.above))") == 0
