"""Open a map of 100,000 places in Chromium until it is drawn and can be used; folium's markers never come that far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.browser import Opening, look, open_ours, opening
from benchmarks.case import Case

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZE = 100_000


def agree(_data: Opening, ours: Page) -> bool:
    return look(ours) == SIZE


def run_ours(data: Opening) -> Any:
    return open_ours(data)


CASE = Case(
    work=f"open a map of {SIZE} places in Chromium, drawn and ready",
    peer=None,
    prepare=lambda: opening(SIZE, None),
    run_peer=None,
    run_ours=run_ours,
    agree=agree,
)
