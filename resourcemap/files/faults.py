"""What the operating system refuses, in sentences: a full disk, a folder that may not be written, a bad name."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from resourcemap.errors import InputError
from resourcemap.language import either, speaking, spoken

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

_KINDS = {
    errno.ENOSPC: "full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "full",
    errno.EFBIG: "large",
    errno.EROFS: "read_only",
    errno.ENAMETOOLONG: "long",
    **dict.fromkeys((errno.EINVAL, errno.ELOOP, errno.EILSEQ), "name"),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.EEXIST), "folder"),
}
_OF_WINDOWS = {112: "full", 123: "name", 206: "long"}
_SENTENCES = {
    "full": (
        "ディスクがいっぱいで書けません。空きを作ってから、もう一度実行してください。",
        "the disk is full. Make room on it, then run again.",
    ),
    "large": (
        "このディスクか利用者に許された大きさを超えるため、書けません。別の場所に書き出してください。",
        "is larger than this disk or this user may have. Write it to another place.",
    ),
    "read_only": (
        "読み取り専用の場所のため、書けません。書き込める場所へ移してから、もう一度実行してください。",
        "lies where nothing can be written (read-only). Move the project to where it can, then run again.",
    ),
    "held": (
        "書き込めません。ほかのソフト（Excelなど）で開いていれば閉じ、書き込む権限を確かめて、もう一度実行してください。",
        "cannot be written. Close it in other programs (Excel), see that you may write there, then run again.",
    ),
    "long": ("名前が長すぎます。短い名前にしてください。", "the name is too long. Choose a shorter one."),
    "name": (
        "ファイルの名前として使えません。別の名前にしてください。",
        "cannot be the name of a file. Choose another name.",
    ),
    "folder": (
        "フォルダーがなく、作ることもできません。場所の名前を確かめてください。",
        "its folder is not there and cannot be made. Check the name of the place.",
    ),
}


def in_words(error: OSError, path: object) -> str:
    """Say why a file cannot be written, and what to do.

    Parameters
    ----------
    error
        What the operating system said.
    path
        The file that was to be written, or its folder.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     in_words(OSError(errno.ENOSPC, "No space left on device"), "maps/index.html")
    'maps/index.html: the disk is full. Make room on it, then run again.'
    """
    return f"{path}: {_reason(error)}"


@contextmanager
def said_of(path: str | os.PathLike[str], *, within: Path | None = None, language: str | None = None) -> Iterator[None]:
    """Turn what the operating system refuses inside the block into `InputError` about `path`.

    Parameters
    ----------
    path
        What the user knows of.
    within
        Errors that name a file outside of this folder are passed on: they are about something else.
    language
        The language of the sentence, where what is written inside the block may be in another than the user's.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> try:
    ...     with speaking("en"), said_of("maps/a.csv"):
    ...         raise OSError(errno.EFBIG, "File too large")
    ... except InputError as error:
    ...     print(error)
    maps/a.csv: is larger than this disk or this user may have. Write it to another place.
    """
    try:
        yield
    except Exception as error:
        refused = _refused(error)
        if refused is None or _is_elsewhere(refused, within):
            raise
        with speaking(language or spoken()):
            raise InputError(in_words(refused, path)) from error


def _is_elsewhere(error: OSError, folder: Path | None) -> bool:
    return folder is not None and error.filename is not None and not Path(error.filename).is_relative_to(folder)


def _refused(error: Exception) -> OSError | None:
    """Return the error of the operating system; xlsxwriter wraps it in one of its own."""
    inner = error.args[0] if error.args else None
    return next((each for each in (error, inner) if isinstance(each, OSError)), None)


def _reason(error: OSError) -> str:
    kind = _OF_WINDOWS.get(getattr(error, "winerror", None) or 0) or _KINDS.get(error.errno or 0)
    if kind is None and not isinstance(error, PermissionError):
        why = error.strerror or error
        return either(
            ja=f"書き込めません（{why}）。ディスクやネットワークの接続を確かめて、もう一度実行してください。",
            en=f"cannot be written ({why}). See that the disk or network drive is connected, then run again.",
        )
    ja, en = _SENTENCES[kind or "held"]
    return either(ja=ja, en=en)
