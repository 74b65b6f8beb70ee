"""One file without the network: everything inside, ids in order, and a policy that forbids any request."""

from __future__ import annotations

import base64
import copy
import hashlib
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.raster_layers import ImageOverlay, TileLayer, VideoOverlay, WmsTileLayer
from xstatic.pkg import leaflet

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.publish.escape import html_text, inline_script, inline_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    import folium

# What Folium adds to every map and this page does not need.
_DROPPED = ("jquery", "bootstrap", "awesome_markers", "bootstrap_css", "glyphicons_css")
_DROPPED_CSS = ("awesome_markers_font_css", "awesome_markers_css", "awesome_rotate_css")
_ONLINE = (TileLayer, WmsTileLayer, VideoOverlay)
_ID = re.compile(r"_([0-9a-f]{32})\b")
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)")
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_LOADING = ("src", "srcset", "poster", "data", "background", "ping", "formaction", "action")
# Popups of Folium ask jQuery for one thing: to turn HTML into an element.
_TO_ELEMENT = """const $ = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return [holder.content.firstElementChild];
};"""


def offline_html(page: folium.Map, *, title: str, language: str) -> str:
    """Render a map as one HTML document that loads nothing.

    Raises
    ------
    InputError
        When something was added to the map that only works with the network.
    """
    _refuse_online(page)
    figure = _figure(page)
    figure.render()
    head = "\n".join(_head(figure))
    body, script = figure.html.render(), figure.script.render()
    _refuse_icons(script)
    if "$(" in script:
        script = f"{_TO_ELEMENT}\n{script}"
    content = f"{head}\n</head>\n<body>\n{body}\n<script>\n{inline_script(script)}\n</script>\n</body>\n</html>\n"
    content = _renumber(content, _ids(figure))
    policy = _policy(content, extended=bool(page._children))  # noqa: SLF001
    document = (
        f'<!DOCTYPE html>\n<html lang="{html_text(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html_text(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{html_text(title)}</title>\n{content}'
    )
    _refuse_loading(document)
    return document


@cache
def leaflet_files() -> dict[str, str]:
    """Return the script, the style and the images of Leaflet from its package, ready to stand inside a page.

    Examples
    --------
    >>> "url(images" in leaflet_files()["style"], leaflet_files()["script"].startswith("/* @preserve")
    (False, True)
    """
    folder = Path(leaflet.BASE_DIR)
    script = (folder / "leaflet.js").read_text(encoding="utf-8")
    script = re.sub(r"\n?//# sourceMappingURL=.*", "", script)
    style = (folder / "leaflet.css").read_text(encoding="utf-8")
    # Leaflet finds its marker images through the style sheet; in a single file it is told where they are.
    icons = {
        "iconUrl": _image("marker-icon.png"),
        "iconRetinaUrl": _image("marker-icon-2x.png"),
        "shadowUrl": _image("marker-shadow.png"),
    }
    options = ", ".join(f'{name}: "{image}"' for name, image in icons.items())
    script += f'\nL.Icon.Default.imagePath = "";\nL.Icon.Default.mergeOptions({{ {options} }});\n'
    style = re.sub(r"^\s*behavior: url\(#default#VML\);\n", "", style, flags=re.MULTILINE)
    style = _URL.sub(lambda found: f'url("{_image(Path(found[2]).name)}")', style)
    return {"script": inline_script(script), "style": inline_style(style)}


def _image(name: str) -> str:
    content = (Path(leaflet.BASE_DIR) / "images" / name).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def _figure(page: folium.Map) -> Figure:
    """Copy the map with its figure: drawing adds to both, some of it anew each time."""
    root = copy.deepcopy(page).get_root()
    if isinstance(root, Figure):
        return root
    figure = Figure()
    figure.add_child(root)
    return figure


def _head(figure: Figure) -> Iterator[str]:
    """Give the elements of the head, with links replaced by what they point to."""
    unknown = []
    for name, element in figure.header._children.items():  # noqa: SLF001
        if name in (*_DROPPED, *_DROPPED_CSS, "meta_http"):
            continue
        if name == "leaflet" and isinstance(element, JavascriptLink):
            yield f"<script>{leaflet_files()['script']}</script>"
        elif name == "leaflet_css" and isinstance(element, CssLink):
            yield f"<style>{leaflet_files()['style']}</style>"
        elif isinstance(element, JavascriptLink | CssLink):
            unknown.append(element.url)
        else:
            yield element.render()
    if unknown:
        raise InputError(
            either(
                ja=f"地図に足した部品が、ネットワークのファイルを必要とします（{first_five(unknown)}）。"
                "部品を外すか、page.save() でネットワークの要る地図として保存してください。",
                en=f"Something added to the map needs files from the network ({first_five(unknown)}). "
                "Remove it, or save an online map with page.save().",
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


def _policy(content: str, *, extended: bool) -> str:
    """Allow exactly the scripts and styles of the page, images inside it, and nothing else."""
    scripts = [code for attributes, code in _SCRIPT.findall(content) if "application/json" not in attributes]
    rules = [
        "default-src 'none'",
        f"script-src {_hashes(scripts)}",
        f"style-src {_hashes(_STYLE.findall(content))}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if extended:  # popups of Folium carry style attributes
        rules.append("style-src-attr 'unsafe-inline'")
    return "; ".join(rules)


def _hashes(parts: list[str]) -> str:
    digests = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts]
    return " ".join(f"'sha256-{digest}'" for digest in dict.fromkeys(digests)) or "'none'"


def _refuse_online(page: folium.Map) -> None:
    online = [type(item).__name__ for item in _descendants(page) if _loads(item)]
    if online:
        raise InputError(
            either(
                ja=f"地図に足した層（{first_five(online)}）は、ネットワークから画像を読みます。外してください。"
                "ネットワークの要る地図は page.save() で保存できます。",
                en=f"Layers added to the map ({first_five(online)}) load images from the network. Remove them, or "
                "save an online map with page.save().",
            )
        )


def _loads(item: Element) -> bool:
    if isinstance(item, ImageOverlay):
        return not str(item.url).startswith("data:")
    return isinstance(item, _ONLINE)


def _descendants(element: Element) -> Iterator[Element]:
    for child in element._children.values():  # noqa: SLF001
        yield child
        yield from _descendants(child)


def _refuse_icons(script: str) -> None:
    if "L.AwesomeMarkers" in script:
        raise InputError(
            either(
                ja="folium.Icon は、この1つのファイルに入れられない部品（awesome-markers）を使います。"
                "icon を付けないか、folium.DivIcon を使ってください。",
                en="folium.Icon uses awesome-markers, which cannot be put into the one file. Leave the icon out, or "
                "use folium.DivIcon.",
            )
        )


def _refuse_loading(document: str) -> None:
    """Look at the finished page: no element and no style may point outside it."""
    reader = _Loads()
    reader.feed(document)
    outside = reader.found + [
        address for rules in _STYLE.findall(document) for _, address in _URL.findall(rules) if _outside(address)
    ]
    outside += ["@import" for rules in _STYLE.findall(document) if "@import" in rules]
    if outside:
        raise InputError(
            either(
                ja=f"地図に足した部品が、外のファイルを読みます（{first_five(outside)}）。外してください。",
                en=f"Something added to the map loads outside files ({first_five(outside)}). Remove it.",
            )
        )


def _outside(address: str) -> bool:
    return not address.startswith(("data:", "#")) and bool(address)


class _Loads(HTMLParser):
    """Gather the addresses that elements of a page would load by themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = (*_LOADING, "href") if tag in ("link", "image", "use", "base") else _LOADING
        self.found += [value for name, value in attrs if name in names and value and _outside(value)]
