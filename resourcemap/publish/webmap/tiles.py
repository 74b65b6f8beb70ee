"""Where a background from the network comes from, for projects that ask for one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.publish.escape import web_address


@dataclass(frozen=True)
class Tiles:
    """One source of tiles.

    Parameters
    ----------
    url
        The address of a tile, with ``{z}``, ``{x}`` and ``{y}``.
    credit, link
        What the source asks to be written on the map, and where it leads.
    nearest, farthest
        The zooms that are loaded.
    """

    url: str
    credit: str
    link: str
    farthest: int
    nearest: int

    @property
    def host(self) -> str:
        """The only host that a page with these tiles may ask."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def data(self) -> dict[str, Any]:
        """Return what the page needs to know.

        Examples
        --------
        >>> tiles_called("pale").data()["credit"]
        '地理院タイル'
        """
        return {
            "url": self.url,
            "credit": self.credit,
            "link": web_address(self.link),
            "from": self.farthest,
            "to": self.nearest,
        }


@cache
def tile_sources() -> dict[str, Tiles]:
    """Return all sources by name.

    Examples
    --------
    >>> {name: tiles.host for name, tiles in tile_sources().items()}
    {'pale': 'https://cyberjapandata.gsi.go.jp', 'std': 'https://cyberjapandata.gsi.go.jp'}
    """
    known = tomllib.loads((files("resourcemap.publish.webmap") / "tiles.toml").read_text(encoding="utf-8"))
    return {
        name: Tiles(entry["url"], entry["credit"], entry["link"], entry["from"], entry["to"])
        for name, entry in known.items()
    }


def tiles_called(name: str) -> Tiles:
    """Return a source by its name.

    Raises
    ------
    InputError
        For a name that no source has.

    Examples
    --------
    >>> tiles_called("std").url
    'https://cyberjapandata.gsi.go.jp/xyz/std/{z}/{x}/{y}.png'
    """
    if name not in tile_sources():
        known = ", ".join(tile_sources())
        raise InputError(
            either(
                ja=f"背景のタイル {name!r} はありません。使えるのは {known} です。",
                en=f"There are no tiles called {name!r}. Known: {known}.",
            )
        )
    return tile_sources()[name]
