"""Chromium for benchmarks: pages of folium get their libraries from memory, so that no network is waited for."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from xstatic.pkg import leaflet

from benchmarks.map_town import Town, town, write_ours

if TYPE_CHECKING:
    from collections.abc import Callable

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--enable-precise-memory-info",
)
_MINUTES = 10
# jQuery turns HTML into an element for popups, which is all that these pages ask of it.
_JQUERY = """window.$ = window.jQuery = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return [holder.content.firstElementChild];
};"""
# A page of folium is drawn in the first frame after all its scripts have run; ours says so itself.
PEER_READY = """() => document.readyState === "complete" && new Promise((resolve) =>
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))))"""
OURS_READY = '() => document.documentElement.dataset.ready === "1"'
# From a key until the next frame after the answer is drawn, in milliseconds.
_KEYSTROKE = """(text) => new Promise((resolve) => {
  const words = document.getElementById("rm-words");
  const begin = performance.now();
  words.value = text;
  words.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
})"""


@dataclass
class Opening:
    """Two files, and a browser to open them in."""

    work: Town
    peer: Path | None
    ours: Path
    browser: Any
    pages: dict[str, Any] = field(default_factory=dict)


def opening(size: int, write_peer: Callable[[Town], Path] | None) -> Opening:
    """Write both pages and start a browser."""
    from playwright.sync_api import sync_playwright

    path = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    work = town(size)
    browser = sync_playwright().start().chromium.launch(executable_path=path, args=list(_FLAGS))
    return Opening(work, write_peer(work) if write_peer else None, write_ours(work), browser)


def open_peer(data: Opening) -> Any:
    """Open the peer's page until it is drawn and can be used."""
    if data.peer is None:
        raise ValueError("There is no peer's page to open.")
    return _open(data, "peer", data.peer, PEER_READY)


def open_ours(data: Opening) -> Any:
    """Open our page until it is drawn and can be used."""
    return _open(data, "ours", data.ours, OURS_READY)


def look(page: Any) -> int:
    """Print what a page of ours takes in memory and how long a key takes to filter; return how much it lists."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("HeapProfiler.collectGarbage")
    heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    keys = [page.evaluate(_KEYSTROKE, text) for text in ("み", "みほ", "みほん1", "みほん12", "みほん123", "")]
    print(f"  ours: {heap:.0f} MB of heap; a key filters in {median(keys):.0f} ms (at most {max(keys):.0f})")
    digits = re.sub(r"\D", "", page.locator("#rm-count").inner_text())
    return int(digits)


def _open(data: Opening, side: str, path: Path, ready: str) -> Any:
    if side in data.pages:
        data.pages[side].close()
    page = data.pages[side] = data.browser.new_page()
    page.set_default_timeout(_MINUTES * 60_000)
    page.route(re.compile("^https?:"), _from_memory)
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_function(ready)
    return page


def _from_memory(route: Any) -> None:
    name = route.request.url.split("?")[0].rsplit("/", 1)[-1]
    library = Path(leaflet.BASE_DIR) / name
    if name.startswith("jquery"):
        route.fulfill(body=_JQUERY, content_type="text/javascript")
    elif name.startswith("leaflet.") and library.is_file():
        route.fulfill(path=library)
    else:
        route.fulfill(body="")
