"""Office files as ZIP archives: always the same bytes, and a Word document without text to begin with."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# The first day that a ZIP archive can say.
_ZIPPED = (1980, 1, 1, 0, 0, 0)


def same_zip(content: bytes) -> bytes:
    """Pack a ZIP archive again without the times of the clock.

    Examples
    --------
    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w") as archive:
    ...     archive.writestr("a.txt", "1")
    >>> again = zipfile.ZipFile(io.BytesIO(same_zip(packed.getvalue())))
    >>> again.infolist()[0].date_time, again.read("a.txt")
    ((1980, 1, 1, 0, 0, 0), b'1')
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w") as anew:
        for name in archive.namelist():
            anew.writestr(_entry(name), archive.read(name), compresslevel=9)
    return packed.getvalue()


@cache
def blank_file() -> bytes:
    """Pack the parts of a Word document without text, those of the folder `blank`.

    Examples
    --------
    >>> "word/styles.xml" in zipfile.ZipFile(io.BytesIO(blank_file())).namelist()
    True
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in sorted(_parts(files("resourcemap.publish.paper") / "blank", "")):
            archive.writestr(_entry(name), part.read_bytes())
    return packed.getvalue()


def _parts(folder: Traversable, before: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for each in folder.iterdir():
        found += _parts(each, f"{before}{each.name}/") if each.is_dir() else [(f"{before}{each.name}", each)]
    return found


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIPPED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # whatever the machine is
    return entry
