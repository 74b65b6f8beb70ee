"""The only place that writes to the file system: beside the target, then renamed over it."""

from __future__ import annotations

import atexit
import io
import os
import shutil
import tarfile
import tempfile
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from resourcemap.errors import InputError
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Iterator

_waiting: ContextVar[list[tuple[Path, Path]] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Hold back every file that is written inside the block; all of them appear when it ends well, or none.

    A block inside another belongs to the outer one.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> with together():
    ...     path = write_text(folder / "a.txt", "1")
    ...     path.exists()
    False
    >>> path.exists()
    True
    """
    if _waiting.get() is not None:
        yield
        return
    files: list[tuple[Path, Path]] = []
    before = _waiting.set(files)
    try:
        yield
        _rename_all(files)
    finally:
        _waiting.reset(before)
        for beside, _ in files:
            beside.unlink(missing_ok=True)


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a temporary path to write to; it becomes `path` when the block ends well.

    Missing folders are made. When the block raises, nothing is left behind and an older file at
    `path` stays as it was. A target that is a folder, or that another program holds open (Excel on
    Windows), raises `InputError` and says so.

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
    if target.is_dir():
        raise InputError(
            either(
                ja=f"{target}: 同じ名前のフォルダーがあるため書けません。別の名前にしてください。",
                en=f"{target}: is a folder, so no file can be written there. Choose another name.",
            )
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(target)
    waiting = _waiting.get()
    try:
        yield beside
        beside.chmod(0o644)
        if waiting is None:
            _rename(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    if waiting is not None:
        waiting.append((beside, target))


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


def _beside(target: Path) -> Path:
    """Make an empty file of a new name in the folder of `target`."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    return Path(name)


def _rename_all(files: list[tuple[Path, Path]]) -> None:
    """Rename all, or none: when one target cannot be replaced, the others get their older files back."""
    done: list[tuple[Path, Path | None]] = []
    try:
        for beside, target in files:
            done.append((target, _put_away(target)))
            _rename(beside, target)
    except BaseException:
        for target, older in reversed(done):
            if older is None:
                target.unlink(missing_ok=True)
            else:
                older.replace(target)
        raise
    for _, older in done:
        if older is not None:
            older.unlink()


def _put_away(target: Path) -> Path | None:
    """Rename an older file, so that it can come back, and return where it is."""
    if not target.exists():
        return None
    older = _beside(target)
    try:
        _rename(target, older, name=target)
    except BaseException:
        older.unlink()
        raise
    return older


def _rename(beside: Path, target: Path, *, name: Path | None = None) -> None:
    try:
        beside.replace(target)
    except PermissionError as error:
        raise InputError(
            either(
                ja=f"{name or target}: 書き込めません。ほかのソフト（Excelなど）で開いていれば閉じて、"
                "もう一度実行してください。",
                en=f"{name or target}: cannot be written. Close it in other programs (Excel), then run again.",
            )
        ) from error
