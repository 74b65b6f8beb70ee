"""The scripts and the styles of the page, joined, without the comments and the spaces that only people need."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import rcssmin
import rjsmin

_STATIC = files("resourcemap.publish.webmap") / "static"


@cache
def script(names: tuple[str, ...]) -> str:
    """Join scripts of the folder static into one function, so that none of their names can meet those of Folium.

    The function is called ``openResourceMap``: what the scripts call ``open``. Names of variables stay, so that a
    message of a browser says where it comes from.

    Examples
    --------
    >>> code = script(("text", "app"))
    >>> code.startswith('const openResourceMap=(()=>{"use strict";'), code.endswith("return open;})();")
    (True, True)
    """
    parts = "\n".join(_read(f"{name}.js") for name in names)
    made: str = rjsmin.jsmin(f'const openResourceMap = (() => {{\n"use strict";\n{parts}\nreturn open;\n}})();')
    return made


@cache
def style(names: tuple[str, ...]) -> str:
    r"""Join style sheets of the folder static, in this order.

    Examples
    --------
    >>> "\n" in style(("page",)), "/*" in style(("page",))
    (False, False)
    """
    made: str = rcssmin.cssmin("\n".join(_read(f"{name}.css") for name in names))
    return made


def _read(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")
