"""One file without the network: everything inside, ids in order, and a policy that forbids any request."""

from __future__ import annotations

import copy
import hashlib
import re
from typing import TYPE_CHECKING

from branca.element import CssLink, Element, Figure, JavascriptLink

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.publish.escape import inline_script
from resourcemap.publish.webmap.additions import refuse_icons, refuse_loading, refuse_online
from resourcemap.publish.webmap.leaflet import leaflet_script, leaflet_style
from resourcemap.publish.webmap.localfiles import LocalFiles
from resourcemap.publish.webmap.policy import document, policy_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping

    from resourcemap.publish.webmap.page import Page

# What Folium adds to every map and this page does not need, unless the caller gives it.
_SCRIPTS = ("jquery", "bootstrap", "awesome_markers")
_STYLES = ("bootstrap_css", "glyphicons_css", "awesome_markers_font_css", "awesome_markers_css", "awesome_rotate_css")
_ID = re.compile(r"_([0-9a-f]{32})\b")
# Popups of Folium ask jQuery for one thing: to turn HTML into an element.
_TO_ELEMENT = """const $ = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return [holder.content.firstElementChild];
};"""


def offline_html(
    page: Page, *, title: str, language: str, files: Mapping[str, str | os.PathLike[str] | None] | None = None
) -> str:
    """Render a map as one HTML document that loads nothing but the tiles it was told to.

    `files` are local copies of what additions to the map load from hosts, by address; ``None`` leaves one out.

    Raises
    ------
    InputError
        When something was added to the map that only works with the network, or a file cannot be read.
    """
    extended = bool(page._children)  # noqa: SLF001
    host = page.tiles.host if page.tiles else ""
    local = LocalFiles(files or {})
    refuse_online(page, host)
    figure = _figure(page)
    figure.render()
    head = "\n".join(_head(figure, local, images=extended))
    # The data is large, and comes from one place that has made it safe: it is looked at no more.
    mark = f"rm-data-{hashlib.sha256(page.data.encode()).hexdigest()}"
    body, script = figure.html.render().replace(page.data, mark, 1), figure.script.render()
    if not local.has("jquery"):
        refuse_icons(script)
        if "$(" in script:
            script = f"{_TO_ELEMENT}\n{script}"
    content = f"{head}\n</head>\n<body>\n{body}\n<script>\n{inline_script(script)}\n</script>\n</body>\n</html>\n"
    content = _renumber(content, _ids(figure))
    policy = policy_of(content, images_from=host, style_attributes=extended)
    made = document(content, title=title, language=language, policy=policy)
    refuse_loading(made)
    return made.replace(mark, page.data, 1)


def _figure(page: Page) -> Figure:
    """Copy the map with its figure: drawing adds to both, some of it anew each time."""
    root = copy.deepcopy(page).get_root()
    if isinstance(root, Figure):
        return root
    figure = Figure()
    figure.add_child(root)
    return figure


def _head(figure: Figure, local: LocalFiles, *, images: bool) -> Iterator[str]:
    """Give the elements of the head, with links replaced by what they point to."""
    unknown = []
    for name, element in figure.header._children.items():  # noqa: SLF001
        if name == "leaflet" and isinstance(element, JavascriptLink):
            yield f"<script>{leaflet_script(images=images)}</script>"
        elif name == "leaflet_css" and isinstance(element, CssLink):
            yield f"<style>{leaflet_style(images=images)}</style>"
        elif isinstance(element, JavascriptLink | CssLink):
            if element.url in local:
                yield local.element(name, element)
            elif name not in (*_SCRIPTS, *_STYLES):
                unknown.append(element.url)
        elif name != "meta_http":
            yield element.render()
    if unknown:
        raise InputError(
            either(
                ja=f"地図に足した部品が、ネットワークのファイルを必要とします（{first_five(unknown)}）。"
                "手もとの写しを write_webmap の files に {アドレス: ファイル} の形で渡すか、部品を外すか、"
                "page.save() でネットワークの要る地図として保存してください。",
                en=f"Something added to the map needs files from the network ({first_five(unknown)}). Give local "
                "copies of them to write_webmap as files={address: path}, remove it, or save an online map with "
                "page.save().",
            )
        )


def _ids(element: Element) -> set[str]:
    """Gather the random ids of an element and of everything in it."""
    found, waiting = set(), [element]
    while waiting:
        item = waiting.pop()
        found.add(item._id)  # noqa: SLF001
        waiting += item._children.values()  # noqa: SLF001
        waiting += [
            part for name in ("header", "html", "script") if isinstance(part := getattr(item, name, None), Element)
        ]
    return found


def _renumber(content: str, ids: set[str]) -> str:
    """Replace Folium's random ids by numbers in order of appearance; equal ones in somebody's text stay."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"_{numbers.setdefault(found[1], len(numbers) + 1)}" if found[1] in ids else found[0]

    return _ID.sub(number, content)
