"""What somebody added to a map: what would ask the network is refused, with what to do."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from folium.features import GeoJson
from folium.plugins import Geocoder, Realtime, TimestampedWmsTileLayers, VectorGridProtobuf
from folium.raster_layers import ImageOverlay, TileLayer, VideoOverlay, WmsTileLayer

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.publish.webmap.policy import styles_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from branca.element import Element

_ONLINE = (WmsTileLayer, VideoOverlay, Geocoder, Realtime, TimestampedWmsTileLayers, VectorGridProtobuf)
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)")
_LOADING = ("src", "srcset", "poster", "data", "background", "ping", "formaction", "action")


def refuse_online(page: Element, host: str) -> None:
    """Refuse layers that load what they show; tiles of `host`, such as ``https://example.org``, may be loaded.

    Raises
    ------
    InputError
        Naming the layers.

    Examples
    --------
    >>> import folium
    >>> refuse_online(folium.Map(tiles=None), "")
    """
    online = [type(item).__name__ for item in _descendants(page) if _loads(item, host)]
    if online:
        raise InputError(
            either(
                ja=f"地図に足した層（{first_five(online)}）は、ネットワークから画像やデータを読みます。外してください。"
                "ネットワークの要る地図は page.save() で保存できます。",
                en=f"Layers added to the map ({first_five(online)}) load images or data from the network. Remove them, "
                "or save an online map with page.save().",
            )
        )


def refuse_icons(script: str) -> None:
    """Refuse icons of Folium, which need a library that is not in the page.

    Raises
    ------
    InputError
        When the script makes such an icon.

    Examples
    --------
    >>> refuse_icons("L.icon()")
    """
    if "L.AwesomeMarkers" in script:
        raise InputError(
            either(
                ja="folium.Icon は、この1つのファイルに入っていない部品（awesome-markers）を使います。"
                "icon を付けないか、folium.DivIcon を使うか、部品を files に渡してください。",
                en="folium.Icon uses awesome-markers, which is not in the one file. Leave the icon out, use "
                "folium.DivIcon, or give its files (jQuery's too) in files.",
            )
        )


def refuse_loading(document: str) -> None:
    """Look at the finished page: no element and no style may point outside it, and none may run a script of its own.

    Raises
    ------
    InputError
        Naming what would be loaded, or the attributes that the page would not run.

    Examples
    --------
    >>> refuse_loading('<img src="data:image/png;base64,">')
    """
    reader = _Loads()
    reader.feed(document)
    styles = styles_in(document)
    outside = reader.found + [address for rules in styles for _, address in _URL.findall(rules) if _outside(address)]
    outside += ["@import" for rules in styles if "@import" in rules]
    if outside:
        raise InputError(
            either(
                ja=f"地図に足した部品が、外のファイルを読みます（{first_five(outside)}）。外してください。",
                en=f"Something added to the map loads outside files ({first_five(outside)}). Remove it.",
            )
        )
    if reader.scripts:
        raise InputError(
            either(
                ja=f"地図に足した部品は、属性に書いたスクリプト（{first_five(reader.scripts)}）で動きます。この1つの"
                "ファイルでは動かないため、外してください。",
                en=f"Something added to the map works by scripts in attributes ({first_five(reader.scripts)}), which "
                "the one file does not run. Remove it.",
            )
        )


def _loads(item: Element, host: str) -> bool:
    if isinstance(item, ImageOverlay):
        return not str(item.url).startswith("data:")
    if isinstance(item, TileLayer) and not isinstance(item, WmsTileLayer):
        return not str(item.tiles).startswith(("data:", f"{host}/") if host else "data:")
    if isinstance(item, GeoJson):
        return not item.embed
    return isinstance(item, _ONLINE)


def _descendants(element: Element) -> Iterator[Element]:
    for child in element._children.values():  # noqa: SLF001
        yield child
        if (tiles := getattr(child, "tile_layer", None)) is not None:  # a MiniMap has tiles of its own
            yield tiles
        yield from _descendants(child)


def _outside(address: str) -> bool:
    return not address.startswith(("data:", "#")) and bool(address)


class _Loads(HTMLParser):
    """Gather the addresses that elements of a page would load by themselves, and the scripts in their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = (*_LOADING, "href") if tag in ("link", "image", "use", "base") else _LOADING
        self.found += [value for name, value in attrs if name in names and value and _outside(value)]
        self.scripts += [f"<{tag} {name}>" for name, _ in attrs if name.startswith("on")]
