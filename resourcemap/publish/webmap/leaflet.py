"""Leaflet from its package, ready to stand inside a page."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path

import rcssmin
from xstatic.pkg import leaflet

from resourcemap.publish.escape import inline_script, inline_style

_URL = re.compile(r"url\(images/([\w.-]+)\)")
# Leaflet finds its marker images through the style sheet; in a single file it is told where they are.
_ICONS = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}


@cache
def leaflet_script(*, images: bool) -> str:
    """Return the script of Leaflet as it is shipped; with the images of its markers, if asked for.

    Examples
    --------
    >>> leaflet_script(images=False)[:12], "data:image/png" in leaflet_script(images=False)
    ('/* @preserve', False)
    """
    script = (Path(leaflet.BASE_DIR) / "leaflet.js").read_text(encoding="utf-8")
    script = re.sub(r"\n?//# sourceMappingURL=.*", "", script)
    if images:
        options = ", ".join(f'{option}: "{_image(name)}"' for option, name in _ICONS.items())
        script += f'\nL.Icon.Default.imagePath = "";\nL.Icon.Default.mergeOptions({{ {options} }});\n'
    return inline_script(script)


@cache
def leaflet_style(*, images: bool) -> str:
    """Return the style sheet of Leaflet without comments; with its images inside or, where nothing shows them, without.

    Examples
    --------
    >>> [text in leaflet_style(images=False) for text in ("url(", "behavior", "leaflet-pane")]
    [False, False, True]
    """
    style = (Path(leaflet.BASE_DIR) / "leaflet.css").read_text(encoding="utf-8")
    style = re.sub(r"^\s*behavior: url\(#default#VML\);\n", "", style, flags=re.MULTILINE)
    small: str = rcssmin.cssmin(style)
    return inline_style(_URL.sub(lambda found: f'url("{_image(found[1])}")' if images else "none", small))


def _image(name: str) -> str:
    content = (Path(leaflet.BASE_DIR) / "images" / name).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"
