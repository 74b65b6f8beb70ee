"""The hidden folder beside the targets in which one run writes; what a killed run left there is undone or removed.

A desk is ``.resourcemap`` in the folder of the targets, so it is on their disk and has their rights. It holds

- ``lock``, held through the operating system for as long as a run writes: when the run dies, it is free;
- ``new-1.csv``: files that wait to be renamed over their targets;
- ``old-1``: the older files, as hard links where the disk has them, while several files are put in place;
- ``journal.json``: there only while some targets may be new and others old. It says how to go back.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from filelock import FileLock, Timeout

from resourcemap.errors import InputError
from resourcemap.files.faults import said_of
from resourcemap.language import either

if TYPE_CHECKING:
    from pathlib import Path

NAME = ".resourcemap"
# Long enough for another command to put its files in place; who waits for a whole build wants to be told.
PATIENCE_SECONDS = 10.0
_TRIES = 100
_LONGEST_SUFFIX = 10
_JOURNAL, _LOCK = "journal.json", "lock"
_OURS = re.compile(r"(new|old)-\d+.*|journal\.(json|new)")


class _Entry(NamedTuple):
    """One target: its name, the older file on the desk (none when there was none), and the sum of the new one."""

    name: str
    old: str | None
    sum: str


class Desk:
    """The desk of a folder, with its lock held; what a killed run left on it is dealt with.

    Parameters
    ----------
    folder
        The folder of the targets; it is made when it is missing, and removed with the desk when it stayed empty.

    Raises
    ------
    InputError
        When another run writes into the folder, or nothing can be written there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / NAME
        self._made: list[Path] = []
        self._lock: FileLock | None = None
        self._new: dict[str, Path] = {}
        self._staged = 0
        self._entries: list[_Entry] = []
        try:
            with said_of(folder):
                self._made = [each for each in (folder, *folder.parents) if not each.exists()]
                self._lock = self._locked()
                self._recover()
        except BaseException:
            self.close()
            raise

    def __len__(self) -> int:
        return len(self._new)

    def stage(self, target: Path) -> Path:
        """Return a free path on the desk for a file that will become `target`."""
        self._staged += 1
        suffix = target.suffix if re.fullmatch(rf"\.\w{{1,{_LONGEST_SUFFIX}}}", target.suffix) else ""
        return self.path / f"new-{self._staged}{suffix}"

    def keep(self, staged: Path, target: Path) -> None:
        """Take a file that is complete: it is on the disk, with the rights of the older one."""
        with staged.open("rb+") as file:
            os.fsync(file.fileno())
        with suppress(OSError):
            shutil.copymode(target, staged)
        self._new[target.name] = staged

    def remember(self) -> None:
        """Put the older files by, and write down how to go back to them."""
        for number, (name, staged) in enumerate(self._new.items(), start=1):
            target = self.folder / name
            with said_of(target):
                old = _put_by(target, self.path / f"old-{number}")
                self._entries.append(_Entry(name, old, _sum(staged)))
        with said_of(self.folder):
            draft = self.path / "journal.new"
            with draft.open("w", encoding="utf-8") as file:
                json.dump([entry._asdict() for entry in self._entries], file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path / _JOURNAL)
            _settle(self.path)

    def rename(self) -> None:
        """Rename every file over its target."""
        for name, staged in self._new.items():
            with said_of(self.folder / name):
                staged.replace(self.folder / name)
        _settle(self.folder)

    def forget(self) -> None:
        """Remove the journal: from now on the new files count."""
        with said_of(self.folder):
            (self.path / _JOURNAL).unlink(missing_ok=True)
            _settle(self.path)

    def give_back(self) -> None:
        """Give every target its older file back; where that fails, the next run tries again."""
        with suppress(OSError):
            self._undo(self._entries)

    def close(self) -> None:
        """Clear the desk and free the folder for others; a journal that could not be followed stays, with its files."""
        try:
            if self._lock is not None and not (self.path / _JOURNAL).exists():
                self._clear()
                # While it is held, so that who waits for it sees that it is gone; Windows lets go first.
                with suppress(OSError):
                    (self.path / _LOCK).unlink(missing_ok=True)
        finally:
            if self._lock is not None:
                self._lock.release()
            with suppress(OSError):
                for folder in (self.path, *self._made):
                    folder.rmdir()

    def _locked(self) -> FileLock:
        if self.path.is_symlink():
            raise InputError(
                either(
                    ja=f"{self.path}: リンクです。消してから、もう一度実行してください。",
                    en=f"{self.path}: is a link. Remove it, then run again.",
                )
            )
        for _ in range(_TRIES):
            try:
                self.path.mkdir(parents=True, exist_ok=True)
                lock = FileLock(self.path / _LOCK, timeout=PATIENCE_SECONDS)
                lock.acquire()
            except FileNotFoundError:
                continue  # whoever held it has just removed the desk
            except Timeout as error:
                raise InputError(
                    either(
                        ja=f"{self.folder}: ほかの resourcemap がこのフォルダーに書いている途中です。"
                        "終わるのを待って、もう一度実行してください。",
                        en=f"{self.folder}: another resourcemap is writing into this folder. "
                        "Wait until it is done, then run again.",
                    )
                ) from error
            return lock
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.path))

    def _recover(self) -> None:
        """Undo what a killed run had begun to put in place, and remove what it left."""
        self._undo(_read_journal(self.path / _JOURNAL))
        self._clear()

    def _undo(self, entries: list[_Entry]) -> None:
        failed: OSError | None = None
        for entry in reversed(entries):
            try:
                self._undo_one(entry)
            except OSError as error:
                failed = failed or error
        _settle(self.folder)
        if failed:
            raise failed
        (self.path / _JOURNAL).unlink(missing_ok=True)

    def _undo_one(self, entry: _Entry) -> None:
        target = self.folder / entry.name
        # What is not ours was not yet renamed, or somebody has changed it since: it stays.
        if not target.is_file() or _sum(target) != entry.sum:
            return
        old = self.path / entry.old if entry.old else None
        if old is None:
            target.unlink()
        elif old.is_file() and _sum(old) != entry.sum:
            old.replace(target)

    def _clear(self) -> None:
        with suppress(OSError):
            for path in sorted(self.path.iterdir()):
                if _OURS.fullmatch(path.name):
                    path.unlink()


def _put_by(target: Path, old: Path) -> str | None:
    """Link or copy an older file, and return the name of that; nothing when there is none."""
    if not target.exists():
        return None
    try:
        old.hardlink_to(target)
    except OSError:  # a disk without hard links, or a file of somebody else
        shutil.copy2(target, old)
    return old.name


def _read_journal(path: Path) -> list[_Entry]:
    """Read a journal; names that lead out of the folder, which no run of ours has written, are not followed."""
    if not path.is_file():
        return []
    try:
        entries = [_Entry(**each) for each in json.loads(path.read_text(encoding="utf-8"))]
    except (ValueError, TypeError, RecursionError):
        return []
    return [entry for entry in entries if _is_name(entry.name) and (entry.old is None or _is_name(entry.old))]


def _is_name(text: object) -> bool:
    return isinstance(text, str) and text not in ("", ".", "..") and not set(text) & set("/\\:\0")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """Make the names in a folder outlast a loss of power, where the system can (Windows does so by itself)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
