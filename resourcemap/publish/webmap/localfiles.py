"""Local copies of scripts and styles that additions to a map would load from a host."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from branca.element import JavascriptLink

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.publish.escape import inline_script, inline_style

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from branca.element import CssLink

_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)")
_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=[^\n]*")
_TYPES = {
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".eot": "font/eot",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


class LocalFiles:
    """Files by the address they would be loaded from; those that are ``None`` are left out of the page."""

    def __init__(self, files: Mapping[str, str | os.PathLike[str] | None]) -> None:
        self._files = files
        self._written: set[str] = set()

    def __contains__(self, address: str) -> bool:
        return address in self._files

    def has(self, name: str) -> bool:
        """Tell whether the element that Folium calls `name` was put into the page.

        Examples
        --------
        >>> LocalFiles({}).has("jquery")
        False
        """
        return name in self._written

    def element(self, name: str, link: JavascriptLink | CssLink) -> str:
        """Write a script or a style that stands in the page in place of a link.

        Examples
        --------
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "a.js"
        >>> _ = path.write_text("a();", encoding="utf-8")
        >>> LocalFiles({"https://example.org/a.js": path}).element("a", JavascriptLink("https://example.org/a.js"))
        '<script>a();</script>'
        """
        path = self._files[link.url]
        if path is None:
            return ""
        self._written.add(name)
        text = _MAP.sub("", _bytes(path).decode("utf-8-sig", errors="replace"))
        if isinstance(link, JavascriptLink):
            return f"<script>{inline_script(text)}</script>"
        return f"<style>{inline_style(self._style(text, link.url))}</style>"

    def _style(self, text: str, address: str) -> str:
        """Put the images and fonts of a style sheet into it."""
        missing: list[str] = []

        def inside(found: re.Match[str]) -> str:
            if found[2].startswith(("data:", "#")):
                return found[0]
            whole = urljoin(address, found[2])
            plain = whole.split("#")[0].split("?")[0]
            given = next((each for each in (found[2], whole, plain) if each in self._files), None)
            if given is None:
                missing.append(plain)
                return found[0]
            path = self._files[given]
            return "none" if path is None else f'url("{_data(path, plain)}")'

        text = _URL.sub(inside, text)
        if missing:
            missing = list(dict.fromkeys(missing))
            raise InputError(
                either(
                    ja=f"{address} は、ほかのファイルも使います（{first_five(missing)}）。files に足してください。"
                    "None を渡すと、入れずに書きます。",
                    en=f"{address} uses more files ({first_five(missing)}). Add them to files; None leaves one out.",
                )
            )
        return text


def _bytes(path: str | os.PathLike[str]) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise InputError(
            either(
                ja=f"{path}: 読めません（{fault.strerror}）。",
                en=f"{path}: cannot be read ({fault.strerror}).",
            )
        ) from fault


def _data(path: str | os.PathLike[str], address: str) -> str:
    suffix = Path(urlsplit(address).path).suffix.lower()
    content = base64.b64encode(_bytes(path)).decode()
    return f"data:{_TYPES.get(suffix, 'application/octet-stream')};base64,{content}"
