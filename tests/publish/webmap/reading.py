"""Read shapes that were written as text, step by step as the docstrings of their modules tell it."""

from __future__ import annotations

from collections import Counter
from functools import reduce

import numpy as np
import shapely

from resourcemap.publish.webmap.digits import UNIT

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def numbers(text):
    """Read digits one by one."""
    found, value, weight = [], 0, 1
    for digit in text:
        code = ALPHABET.index(digit)
        value += code % 32 * weight
        weight *= 32
        if code < 32:
            found.append(-(value + 1) // 2 if value % 2 else value // 2)
            value, weight = 0, 1
    assert weight == 1
    return found


def walk(text):
    """Read lines or arcs as lists of whole-number points."""
    waiting, found, x, y = iter(numbers(text)), [], 0, 0
    for count in waiting:
        line = []
        for _ in range(count):
            x, y = x + next(waiting), y + next(waiting)
            line.append((x, y))
        found.append(line)
    return found


def rings(layer):
    """Read shapes as lists of rings, and count how often each arc is used."""
    arcs, waiting, number, used = walk(layer["arcs"]), iter(numbers(layer["rings"])), 0, Counter()
    found = []
    for count in waiting:
        shape = []
        for _ in range(count):
            ring = []
            for _ in range(next(waiting)):
                use = next(waiting)
                number += use // 2
                used[number] += 1
                arc = arcs[number][::-1] if use % 2 else arcs[number]
                assert not ring or ring[-1] == arc[0]
                ring += arc[1:] if ring else arc
            assert ring[0] == ring[-1]
            shape.append(ring)
        found.append(shape)
    return found, used


def polygons(layer):
    """Read shapes as geometries: inside is what lies in an odd number of rings."""
    made = []
    for shape in rings(layer)[0]:
        parts = [shapely.make_valid(shapely.Polygon(np.array(ring) * UNIT)) for ring in shape]
        made.append(reduce(shapely.symmetric_difference, parts) if parts else shapely.Polygon())
    return np.array(made)
