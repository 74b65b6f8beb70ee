"""Layers that are wrong are mended, or refused with the file and the row; nobody waits for ever."""

from __future__ import annotations

import pytest

from tests.nasty import shapes, town
from tests.nasty.building import require_built, require_refused


@pytest.mark.parametrize("name", shapes.BLOCKS)
def test_blocks(tmp_path, name):
    content, words = shapes.BLOCKS[name]
    folder = town.write_town(tmp_path / "town")
    town.put(folder, town.BLOCKS, content)
    if words is None:
        require_built(folder)
    else:
        require_refused(folder, words)
