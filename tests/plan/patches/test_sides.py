"""The side of a block that a piece of it is on."""

from __future__ import annotations

import math

import pytest

from resourcemap.plan.patches.sides import side, together


@pytest.mark.parametrize(
    ("degrees", "name"),
    [
        (0, "東"),
        (22, "東"),
        (23, "北東"),
        (90, "北"),
        (135, "北西"),
        (180, "西"),
        (-180, "西"),
        (-135, "南西"),
        (-90, "南"),
        (-46, "南東"),
        (-22, "東"),
    ],
)
def test_eight_directions(degrees, name):
    east, north = 30 * math.cos(math.radians(degrees)), 30 * math.sin(math.radians(degrees))
    assert side(east, north, radius=100, share=0.3, middle=False) == f"の{name}側"


def test_near_the_centre():
    assert side(20, 0, radius=100, share=0.3, middle=True) == "の中央"
    assert side(20, 0, radius=100, share=0.3, middle=False) == "の一部"
    assert side(20, 0, radius=100, share=0.51, middle=False) == "の大部分"


def test_the_whole_has_no_side():
    assert side(90, 0, radius=100, share=0.9, middle=False) == ""


def test_three_parts_have_a_name():
    assert together(["甲", "乙", "丙", "丁", "戊"], [5, 4, 3, 3, 3]) == "甲・乙・丙ほか2町丁目"
    assert together(["甲", "乙", "丙"], [3, 3, 3]) == "甲・乙・丙"
    assert together([f"{number}丁目" for number in range(100)], [1] * 100) == "0丁目・1丁目・2丁目ほか97町丁目"
