"""Pins that would lie over each other stand aside, and hide no place."""

from __future__ import annotations

import numpy as np
import pytest

from resourcemap.publish.papermap.moving import Size, box_of, spots_of

FRAME = (0.0, 0.0, 120.0, 80.0)


@pytest.mark.parametrize("seed", range(4))
def test_no_pin_lies_over_another_or_hides_the_place_of_another(seed):
    places = np.random.default_rng(seed).normal((60, 40), (18, 12), (45, 2)).clip((3, 3), (117, 77))
    size = Size(4.7, 3.8, 3.75)
    spots = spots_of(places, [size] * len(places), FRAME)
    boxes = {number: box_of(size, spot.x, spot.y, spot.left) for number, spot in enumerate(spots) if spot}
    assert len(boxes) >= 40
    for number, (left, top, right, bottom) in boxes.items():
        assert left >= 0
        assert top >= 0
        assert right <= 120
        assert bottom <= 80
        for other, (left2, top2, right2, bottom2) in boxes.items():
            if other != number:
                assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
        for other, (x, y) in enumerate(places):
            assert other == number or not (left < x < right and top < y < bottom)


def test_what_has_room_stays_on_its_place():
    places = np.array([[20.0, 20.0], [60.0, 20.0], [100.0, 60.0]])
    spots = spots_of(places, [Size(4, 4, 3)] * 3, FRAME)
    assert [(spot.x, spot.y, spot.moved) for spot in spots] == [(20, 20, 0), (60, 20, 0), (100, 60, 0)]


def test_marks_turn_away_from_the_edge_and_boxes_are_left_free():
    spots = spots_of(np.array([[117.0, 40.0]]), [Size(4, 4, 6)], FRAME)
    assert spots[0].left
    assert spots[0].moved == 0
    hidden = np.array([[40.0, 20.0, 80.0, 60.0]])
    spot = spots_of(np.array([[79.0, 40.0]]), [Size(4, 4)], FRAME, hidden=hidden)[0]
    assert spot.x - 2 >= 80


def test_without_room_there_is_no_spot():
    places = np.tile([[5.0, 5.0]], (6, 1))
    spots = spots_of(places, [Size(5, 4)] * 6, (0, 0, 10, 10))
    assert None in spots
    assert spots_of(np.empty((0, 2)), [], FRAME) == []
