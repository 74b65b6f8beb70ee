"""Folders that are gone when the program ends, and what is unpacked into them."""

from __future__ import annotations

import atexit
import io
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from resourcemap.errors import InputError
from resourcemap.language import either

if TYPE_CHECKING:
    import os


def temporary_folder() -> Path:
    """Make an empty folder that is removed when the program ends, and return its path.

    Examples
    --------
    >>> list(temporary_folder().iterdir())
    []
    """
    folder = Path(tempfile.mkdtemp(prefix="resourcemap-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def unpack(archive: bytes, folder: str | os.PathLike[str]) -> None:
    """Unpack a tar archive into `folder`; a member that would lie outside of it is refused.

    Raises
    ------
    InputError
        When a member has such a name, or is such a link.

    Examples
    --------
    >>> held = io.BytesIO()
    >>> with tarfile.open(fileobj=held, mode="w") as tar:
    ...     tar.addfile(tarfile.TarInfo("data/a.csv"))
    >>> unpack(held.getvalue(), folder := temporary_folder())
    >>> (folder / "data" / "a.csv").exists()
    True
    """
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        try:
            tar.extractall(folder, filter="data")
        except tarfile.FilterError as error:
            name = error.tarinfo.name
            raise InputError(
                either(
                    ja=f"{name}: フォルダーの外を指しているため、取り出せません。",
                    en=f"{name}: points outside of its folder and cannot be taken out.",
                )
            ) from error
