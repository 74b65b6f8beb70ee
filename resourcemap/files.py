"""The only place that writes to the file system: beside the target, then renamed over it."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from resourcemap.errors import InputError
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a temporary path to write to; it becomes `path` when the block ends well.

    Missing folders are made. When the block raises, nothing is left behind and an older file at
    `path` stays as it was. A target that another program holds open (Excel on Windows) raises
    `InputError` and says so.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with replacing(folder / "note.txt") as beside:
    ...     _ = beside.write_text("done", encoding="utf-8")
    >>> [item.name for item in folder.iterdir()]
    ['note.txt']
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o644)
        _rename(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def make_folder(path: str | os.PathLike[str]) -> Path:
    """Make a folder and those above it, unless it is there, and return the path.

    Examples
    --------
    >>> import tempfile
    >>> make_folder(Path(tempfile.mkdtemp()) / "maps").is_dir()
    True
    """
    folder = Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_text(path: str | os.PathLike[str], text: str, *, encoding: str = "utf-8") -> Path:
    r"""Write `text` with Unix line ends, whole or not at all, and return the path.

    Examples
    --------
    >>> import tempfile
    >>> write_text(Path(tempfile.mkdtemp()) / "a.txt", "一\n").name
    'a.txt'
    """
    return write_bytes(path, text.encode(encoding))


def write_bytes(path: str | os.PathLike[str], content: bytes) -> Path:
    """Write `content`, whole or not at all, and return the path.

    Examples
    --------
    >>> import tempfile
    >>> write_bytes(Path(tempfile.mkdtemp()) / "a.bin", b"1").read_bytes()
    b'1'
    """
    with replacing(path) as beside:
        beside.write_bytes(content)
    return Path(path)


def _rename(beside: Path, target: Path) -> None:
    try:
        beside.replace(target)
    except PermissionError as error:
        raise InputError(
            either(
                ja=f"{target}: 書き込めません。ほかのソフト（Excelなど）で開いていれば閉じて、"
                "もう一度実行してください。",
                en=f"{target}: cannot be written. Close it in other programs (Excel), then run again.",
            )
        ) from error
