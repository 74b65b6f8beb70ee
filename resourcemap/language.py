"""Which language messages are written in: Japanese for Japanese users, English otherwise."""

from __future__ import annotations

import locale
import os
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_chosen: ContextVar[str | None] = ContextVar("language", default=None)


def spoken() -> str:
    """Return ``"ja"`` or ``"en"``, the language of messages.

    The choice made with `speaking` comes first, then the environment variable
    ``RESOURCEMAP_LANG``, then the language of the system.

    Examples
    --------
    >>> with speaking("ja"):
    ...     spoken()
    'ja'
    """
    chosen = _chosen.get() or os.environ.get("RESOURCEMAP_LANG") or _of_the_system()
    return "ja" if chosen.lower().startswith("ja") else "en"


def either(*, ja: str, en: str) -> str:
    """Return the wording in the language of the user.

    Examples
    --------
    >>> with speaking("en"):
    ...     either(ja="行", en="row")
    'row'
    """
    return ja if spoken() == "ja" else en


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write messages in `language` (``"ja"`` or ``"en"``) inside a ``with`` block.

    Examples
    --------
    >>> with speaking("ja"):
    ...     either(ja="行", en="row")
    '行'
    """
    before = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(before)


def _of_the_system() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    return locale.getlocale()[0] or ""
