"""Every source of tiles has what a map must show and say."""

from __future__ import annotations

import pytest

from resourcemap.publish.escape import web_address
from resourcemap.publish.webmap.tiles import tile_sources


@pytest.mark.parametrize("name", tile_sources())
def test_a_source_is_complete(name):
    tiles = tile_sources()[name]
    assert all(blank in tiles.url for blank in ("{z}", "{x}", "{y}"))
    assert tiles.host.startswith("https://")
    assert "{" not in tiles.host
    assert tiles.credit.strip()
    assert web_address(tiles.link) == tiles.link
    assert 0 <= tiles.farthest < tiles.nearest <= 19
    assert set(tiles.data()) == {"url", "credit", "link", "from", "to"}
