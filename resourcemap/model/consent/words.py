"""The words of the gate, as the data file beside this module lists them."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> dict[str, Any]:
    """Return what words.toml holds.

    Examples
    --------
    >>> "はい" in words()["answers"]["yes"]
    True
    """
    return tomllib.loads(files("resourcemap.model.consent").joinpath("words.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Write a text in one width, so that patterns need to know one spelling.

    Examples
    --------
    >>> plain("０９０－１２３４")
    '090-1234'
    """
    return unicodedata.normalize("NFKC", text)
