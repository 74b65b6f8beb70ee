"""Tags of OpenStreetMap."""

import math

import pytest

from resourcemap.read.walkable import Walk, barrier_of, slope_of, walk_of


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "motorway"},
        {"highway": "construction"},
        {"highway": "cycleway"},
        {"highway": "footway", "foot": "no"},
        {"highway": "service", "access": "private"},
        {"highway": "trunk", "motorroad": "yes"},
        {"highway": ""},
        {},
    ],
)
def test_nobody_walks_there(tags):
    assert walk_of(tags) is None


@pytest.mark.parametrize(
    ("tags", "walk"),
    [
        ({"highway": "residential", "oneway": "yes"}, Walk()),
        ({"highway": "['footway', 'steps']"}, Walk(steps=True)),
        ({"highway": "track_grade3"}, Walk()),
        ({"highway": "cycleway", "foot": "designated"}, Walk()),
        ({"highway": "service", "access": "private", "foot": "yes"}, Walk()),
        ({"highway": "footway", "oneway:foot": "yes"}, Walk(oneway_foot="forward")),
        ({"highway": "steps", "conveying": "backward"}, Walk(steps=True, oneway_foot="backward")),
        ({"highway": "steps", "ramp:wheelchair": "yes"}, Walk()),
        ({"highway": "path", "wheelchair": "no"}, Walk(closed="wheels")),
    ],
)
def test_how_a_way_is_walked(tags, walk):
    found = walk_of(tags)
    assert (found.steps, found.oneway_foot, found.closed) == (walk.steps, walk.oneway_foot, walk.closed)
    assert math.isnan(found.slope)


@pytest.mark.parametrize(
    ("tags", "closed"),
    [
        ({}, None),
        ({"barrier": "bollard"}, None),
        ({"barrier": "gate"}, None),
        ({"barrier": "gate", "locked": "yes"}, "everyone"),
        ({"barrier": "gate", "access": "no", "foot": "yes"}, None),
        ({"barrier": "fence"}, "everyone"),
        ({"barrier": "cycle_barrier"}, "wheels"),
        ({"barrier": "cycle_barrier", "wheelchair": "yes"}, None),
        ({"barrier": "kerb", "kerb": "raised"}, "wheels"),
        ({"barrier": "kerb", "kerb": "lowered"}, None),
        ({"barrier": "block", "wheelchair": "no"}, "wheels"),
    ],
)
def test_to_whom_a_barrier_is_closed(tags, closed):
    assert barrier_of(tags) == closed


@pytest.mark.parametrize("text", ["", "up", "steep", "90°", "10%%"])
def test_what_is_no_number_is_no_slope(text):
    assert math.isnan(slope_of(text))
