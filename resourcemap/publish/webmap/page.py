"""The Folium map with the list beside it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Template as Blanks
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure
from folium.template import Template

from resourcemap.publish.escape import html_text, inline_script, inline_style, script_data
from resourcemap.publish.webmap.assembly import script, style
from resourcemap.publish.webmap.planning import SCRIPTS as PLANNING_SCRIPTS
from resourcemap.publish.webmap.planning import STYLES as PLANNING_STYLES
from resourcemap.publish.webmap.words import day_in, words_in

if TYPE_CHECKING:
    from datetime import date

    from resourcemap.publish.webmap.tiles import Tiles

SCRIPTS = (
    *("text", "language", "store", "days", "dayfilter", "filter", "address", "near", "ages"),
    *("symbols", "grid", "sheet", "shapes", "pointer", "sprites", "crowds", "places", "placenames", "areas"),
    *("labels", "ground", "tiles", "controls", "choices", "list", "card", "app"),
)
STYLES = ("page", "language", "choices", "list", "map", "card", "phone", "embed", "paper")
_HERE = files("resourcemap.publish.webmap")


class _Text(Element):
    """HTML that is ready; Folium would read it as a Jinja template, and a ``{{`` of somebody's text with it."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Page(folium.Map):
    """A Folium map whose HTML also has the header, the list and the legend.

    Parameters
    ----------
    data
        Everything the page shows, ready for JSON.
    title, publisher, as_of
        What stands at its head.
    tiles
        A background from the network.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }}, ...{{ this.options|tojavascript }}
            });
            openResourceMap({{ this.get_name() }});
        {% endmacro %}
    """)

    def __init__(
        self,
        data: dict[str, Any],
        *,
        title: str,
        publisher: str,
        as_of: date | None,
        centre: list[float],
        tiles: Tiles | None = None,
    ) -> None:
        # With tiles=None Leaflet knows no deepest zoom, and clusters would draw nothing.
        super().__init__(centre, tiles=None, zoom_start=13, zoom_control=False, max_zoom=19, zoom_snap=0.25)
        self.title, self.publisher, self.as_of, self.language = title, publisher, as_of, data["language"]
        self.tiles, self.contents = tiles, data
        written = {"words": _side_by_side(data["words"])} | ({"tiles": tiles.data()} if tiles else {})
        self.data = script_data(data | written)
        more = "planning" in data
        self.style = inline_style(style((*STYLES, *PLANNING_STYLES) if more else STYLES))
        self.code = inline_script(script((*SCRIPTS[:-1], *PLANNING_SCRIPTS, SCRIPTS[-1]) if more else SCRIPTS))

    def render(self, **kwargs: Any) -> str:
        """Draw the map as Folium does, and put the other parts of the page into the figure."""
        drawn: str = super().render(**kwargs)  # type: ignore[no-untyped-call]
        figure = self.get_root()
        if isinstance(figure, Figure):
            head = f"<style>{self.style}</style>\n<script>{self.code}</script>"
            figure.header.add_child(_Text(head), name="resourcemap")
            figure.html.add_child(_Text(self.body()), name=self.get_name())
        return drawn

    def body(self) -> str:
        """Return the HTML of the body: the frame with all words filled in, and the data."""
        words = words_in(self.language)
        blanks = {key: html_text(word) for key, word in words.items()}
        return Blanks(_text("page.html")).substitute(
            blanks,
            title=html_text(self.title),
            publisher=html_text(self.publisher),
            as_of=html_text(words["as_of"].format(date=day_in(self.as_of, self.language))) if self.as_of else "",
            map=html_text(self.get_name()),
            data=self.data,
        )


def _side_by_side(words: dict[str, dict[str, str]]) -> dict[str, list[str]]:
    """Write every word once, with its texts in the order of the languages."""
    return {word: [each[word] for each in words.values()] for word in next(iter(words.values()))}


@cache
def _text(name: str) -> str:
    return (_HERE / "static" / name).read_text(encoding="utf-8")
