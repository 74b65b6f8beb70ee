"""Files written whole or not at all: each beside its target until all of a run are complete."""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from resourcemap.errors import InputError
from resourcemap.files.desk import Desk
from resourcemap.files.faults import said_of
from resourcemap.language import either, speaking, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class _Run:
    """The desks of a run, by folder, which are cleared when it ends; and the language of its user."""

    def __init__(self, ending: ExitStack) -> None:
        self.language = spoken()
        self.desks: dict[Path, Desk] = {}
        self._ending = ending

    def desk(self, folder: str | os.PathLike[str]) -> Desk:
        """Return the desk of a folder; open it when it is the first time."""
        place = Path(os.path.realpath(folder))
        if place not in self.desks:
            with speaking(self.language):
                self.desks[place] = Desk(place)
            self._ending.callback(self.desks[place].close)
        return self.desks[place]


_open: ContextVar[_Run | None] = ContextVar("run", default=None)


@contextmanager
def together(*folders: str | os.PathLike[str]) -> Iterator[None]:
    """Hold back every file that is written inside the block; all of them appear when it ends well, or none.

    A block inside another belongs to the outer one. When the program is killed while the files are put in place,
    every one of them is whole, old or new, and the next run that writes into a folder gives that folder its older
    files back. What somebody has changed since is left alone.

    Parameters
    ----------
    folders
        Kept for this run from the beginning, so that no other run reads older inputs and writes over what is newer.
        Other folders are kept from the first file that is written into them.

    Raises
    ------
    InputError
        When another run does not leave a folder within ten seconds, or files cannot be put in place.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with together():
    ...     path = write_text(folder / "a.txt", "1")
    ...     path.exists()
    False
    >>> path.exists()
    True
    """
    with _running(folders):
        yield


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a path on which nothing is yet, to write to; it becomes `path` when the block ends well.

    Missing folders are made. When the block raises, nothing is left behind and an older file at
    `path` stays as it was. An older file hands its rights on; a link stays a link, and what it points to is replaced.

    Raises
    ------
    InputError
        When there is no room, no right to write, a folder of that name, or another program that holds the file open
        (Excel on Windows).

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with replacing(folder / "note.txt") as beside:
    ...     _ = beside.write_text("done", encoding="utf-8")
    >>> [item.name for item in folder.iterdir()]
    ['note.txt']
    """
    with _running() as run:
        with speaking(run.language), said_of(path):
            target = _target(Path(path))
        desk = run.desk(target.parent)
        with said_of(path, within=desk.path, language=run.language):
            staged = desk.stage(target)
            yield staged
            desk.keep(staged, target)


def make_folder(path: str | os.PathLike[str]) -> Path:
    """Make a folder and those above it, unless it is there, and return the path.

    Raises
    ------
    InputError
        When it cannot be made.

    Examples
    --------
    >>> import tempfile
    >>> make_folder(Path(tempfile.mkdtemp()) / "maps").is_dir()
    True
    """
    folder = Path(path)
    with said_of(folder):
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


@contextmanager
def _running(folders: Sequence[str | os.PathLike[str]] = ()) -> Iterator[_Run]:
    """Give the run that is writing, or begin one that ends with the block."""
    outer = _open.get()
    if outer is not None:
        for folder in folders:
            outer.desk(folder)
        yield outer
        return
    with ExitStack() as ending:
        run = _Run(ending)
        ending.callback(_open.reset, _open.set(run))
        for folder in folders:
            run.desk(folder)
        yield run
        _put_in_place(list(run.desks.values()))


def _target(path: Path) -> Path:
    """Follow links, and refuse what is no file."""
    if "\0" in str(path):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    target = Path(os.path.realpath(path))  # a link that leads nowhere is replaced
    if target.is_dir():
        raise InputError(
            either(
                ja=f"{path}: 同じ名前のフォルダーがあるため書けません。別の名前にしてください。",
                en=f"{path}: is a folder, so no file can be written there. Choose another name.",
            )
        )
    if target.exists() and not target.is_file():
        raise InputError(
            either(
                ja=f"{path}: ふつうのファイルではないため書けません。別の名前にしてください。",
                en=f"{path}: is no plain file, so it is not replaced. Choose another name.",
            )
        )
    return target


def _put_in_place(desks: list[Desk]) -> None:
    """Rename all, or none: when one target cannot be replaced, the others get their older files back."""
    steps = [Desk.rename] if sum(map(len, desks)) < 2 else [Desk.remember, Desk.rename, Desk.forget]
    try:
        for step in steps:
            for desk in desks:
                step(desk)
    except BaseException:
        for desk in desks:
            desk.give_back()
        raise
