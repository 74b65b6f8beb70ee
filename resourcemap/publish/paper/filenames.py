"""Names of files that Windows, ZIP and a mail take."""

from __future__ import annotations

import re
import unicodedata

from resourcemap.plain import visible

_REFUSED = re.compile(r"[<>:\"/\\|?*\x00-\x1f]|\s+")
_DEVICES = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE)
_LONGEST = 60


def file_name(text: str) -> str:
    """Return a text as a part of a file's name: one form of each letter, nothing that Windows refuses, not too long.

    Different texts may get the same name; who writes several files tells them apart.

    Examples
    --------
    >>> file_name("東/西 圏域"), file_name("con"), file_name("...")
    ('東_西_圏域', 'con_', '_')
    """
    name = _REFUSED.sub("_", unicodedata.normalize("NFC", visible(text).strip()))[:_LONGEST].rstrip(". ")
    name = name.lstrip(".") or "_"
    return f"{name}_" if _DEVICES.match(name) else name


def distinct_file_names(texts: list[str]) -> list[str]:
    """Return `file_name` of each text, numbered from the second on where several would be the same.

    Names that differ in large and small letters alone are the same to Windows.

    Examples
    --------
    >>> distinct_file_names(["東/西", "東:西", "中央"])
    ['東_西', '東_西-2', '中央']
    """
    taken: set[str] = set()
    made = []
    for text in texts:
        plain = name = file_name(text)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.casefold())
        made.append(name)
    return made
