"""The door of reading: what a file may not do to the machine that opens it.

Nothing is unpacked to the disk. A ZIP is looked at before it is read: how much comes out of it, how it names its
members, whether they are links. XML with its own entities or a document type is refused, so that it can neither
grow without end nor fetch anything. What is refused is said with what to do.
"""

from __future__ import annotations

import io
import json
import lzma
import stat
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from resourcemap.errors import InputError
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

MOST_BYTES: Final = 512 << 20  # of text, JSON and XML, which are read whole
MOST_UNPACKED: Final = 4 << 30
MOST_MEMBERS: Final = 10_000
MOST_DEPTH: Final = 200
MOST_CELLS: Final = 20_000_000
_RATIO = 200
_HARMLESS = 64 << 20  # a file this small may be as compressible as it likes
_CHUNK = 1 << 20
_ENCRYPTED = 0x1


def check_size(path: Path, *, most: int = MOST_BYTES) -> None:
    """Raise `InputError` when a file is larger than what may be read whole.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.language import speaking
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text("x" * 100)
    >>> with speaking("en"):
    ...     check_size(path, most=10)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    resourcemap.errors.InputError: a.csv: is larger than 0 MB, too large to read. Split it, or leave out what ...
    """
    if path.stat().st_size > most:
        raise InputError(_too_large(path.name, most))


def open_zip(path: Path, *, most: int = MOST_UNPACKED) -> zipfile.ZipFile:
    r"""Open a ZIP file after a look at what would come out of it.

    Raises
    ------
    InputError
        When it is no ZIP, is locked, would unpack into too much, or names members outside itself.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.language import speaking
    >>> path = Path(tempfile.mkdtemp()) / "a.zip"
    >>> with zipfile.ZipFile(path, "w") as made:
    ...     made.writestr("../a.csv", "x")
    >>> with speaking("en"):
    ...     open_zip(path)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    resourcemap.errors.InputError: a.zip: a member is called '../a.csv' and would reach outside. Do not open this ...
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise InputError(broken_zip(path.name)) from error
    faults = _zip_faults(path.name, archive.infolist(), most)
    if faults:
        archive.close()
        raise InputError(faults)
    return archive


def read_member(archive: zipfile.ZipFile, name: str, *, where: str, most: int = MOST_BYTES) -> bytes:
    r"""Read one member of a ZIP, never more than `most` bytes, whatever its header claims.

    Examples
    --------
    >>> memory = io.BytesIO()
    >>> with zipfile.ZipFile(memory, "w") as made:
    ...     made.writestr("a.csv", "名称")
    >>> read_member(zipfile.ZipFile(memory), "a.csv", where="a.zip").decode()
    '名称'
    """
    chunks = []
    size = 0
    for chunk in member_chunks(archive, name, where=where):
        size += len(chunk)
        if size > most:
            raise InputError(_too_large(f"{where} ({name})", most))
        chunks.append(chunk)
    return b"".join(chunks)


def member_chunks(archive: zipfile.ZipFile, name: str, *, where: str) -> Iterator[bytes]:
    """Read one member of a ZIP in pieces; a broken one is an `InputError`.

    Examples
    --------
    >>> memory = io.BytesIO()
    >>> with zipfile.ZipFile(memory, "w") as made:
    ...     made.writestr("a.csv", "ab")
    >>> list(member_chunks(zipfile.ZipFile(memory), "a.csv", where="a.zip"))
    [b'ab']
    """
    try:
        with archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                yield chunk
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, KeyError, ValueError),
        *(struct.error, lzma.LZMAError),
    ) as error:
        raise InputError(broken_zip(where)) from error


def parse_xml(content: bytes, *, where: str) -> Element:
    """Parse XML that may come from anybody; entities, document types and endless nesting are refused.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> parse_xml(b"<a><b/></a>", where="a.kml").tag
    'a'
    >>> with speaking("en"):
    ...     parse_xml(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', where="a.kml")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    resourcemap.errors.InputError: a.kml: has entities or a document type of its own, which may do harm. Save ...
    """
    depth = 0
    try:
        parser = iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True)
        for event, element in parser:
            depth += 1 if event == "start" else -1
            if depth > MOST_DEPTH:
                raise InputError(_too_deep(where))
            root = element
    except DefusedXmlException as error:
        raise InputError(
            either(
                ja=f"{where}: 独自の実体宣言（DTD）があり、害のおそれがあるため読みません。"
                "作ったソフトで書き出し直してください。",
                en=f"{where}: has entities or a document type of its own, which may do harm. Save it again "
                "from the program that made it.",
            )
        ) from error
    except (SyntaxError, ValueError, LookupError) as error:  # ParseError is a SyntaxError
        raise InputError(
            either(
                ja=f"{where}: XMLとして読めません（{error}）。作ったソフトで書き出し直してください。",
                en=f"{where}: cannot be read as XML ({error}). Export it again.",
            )
        ) from error
    found: Element = root
    return found


def parse_json(text: str, *, where: str) -> Any:
    """Parse JSON that may come from anybody; endless nesting is refused.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     parse_json("[" * 100_000, where="a.json")
    Traceback (most recent call last):
    resourcemap.errors.InputError: a.json: is nested too deeply to be data. Export it again.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InputError(_too_deep(where)) from error
    except ValueError as error:
        raise InputError(
            either(
                ja=f"{where}: JSONとして読めません（{error}）。作ったソフトで書き出し直してください。",
                en=f"{where}: cannot be read as JSON ({error}). Export it again.",
            )
        ) from error


def broken_zip(where: str) -> str:
    """Say that a ZIP, or a file that is one inside, cannot be read.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     broken_zip("a.zip")
    'a.zip: is no ZIP file, or a broken one. Fetch or save it again.'
    """
    return either(
        ja=f"{where}: ZIPとして読めません。壊れているおそれがあります。もう一度受け取るか、保存し直してください。",
        en=f"{where}: is no ZIP file, or a broken one. Fetch or save it again.",
    )


def too_many_cells(where: str) -> str:
    """Say that a sheet spans more cells than can be read.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     too_many_cells("a.xlsx").split(": ")[1][:34]
    'spans more than 20 million cells, '
    """
    millions = MOST_CELLS // 1_000_000
    return either(
        ja=f"{where}: 表が{millions * 100}万セルを超えて広がっています"
        "（遠くのセルに文字が残っているのかもしれません）。"
        "必要な範囲だけを新しいシートに写してください。",
        en=f"{where}: spans more than {millions} million cells, perhaps by a stray cell far out. "
        "Copy the part you need to a new sheet.",
    )


def _zip_faults(where: str, members: list[zipfile.ZipInfo], most: int) -> list[str]:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > most or (unpacked > _HARMLESS and unpacked > _RATIO * packed):
        return [
            either(
                ja=f"{where}: 開くと{unpacked >> 20}MB・{len(members)}個にふくらむため、読みません。"
                "中身が確かなら、展開して必要なファイルだけを渡してください。",
                en=f"{where}: would unpack into {unpacked >> 20} MB in {len(members)} files, so it is not opened. "
                "If you trust it, unpack it and give the file you need.",
            )
        ]
    faults = [_member_fault(where, member) for member in members]
    return [fault for fault in faults if fault][:1]


def _member_fault(where: str, member: zipfile.ZipInfo) -> str:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]:
        return either(
            ja=f"{where}: 中のファイル名 {member.filename!r} が外のフォルダーを指しています。"
            "このファイルは開かないでください。",
            en=f"{where}: a member is called {member.filename!r} and would reach outside. Do not open this file.",
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        return either(
            ja=f"{where}: 中の {member.filename!r} は別の場所へのリンクです。リンクのないZIPにしてください。",
            en=f"{where}: its member {member.filename!r} is a link to somewhere else. Give a ZIP without links.",
        )
    if member.flag_bits & _ENCRYPTED:
        return either(
            ja=f"{where}: パスワードがかかっています。パスワードを外して保存し直してください。",
            en=f"{where}: locked by a password. Save it without one.",
        )
    return ""


def _too_large(where: str, most: int) -> str:
    return either(
        ja=f"{where}: {most >> 20}MBを超えるため読めません。分けるか、要らない部分を除いてください。",
        en=f"{where}: is larger than {most >> 20} MB, too large to read. Split it, or leave out what you do not need.",
    )


def _too_deep(where: str) -> str:
    return either(
        ja=f"{where}: 入れ子が深すぎて、データとして読めません。作ったソフトで書き出し直してください。",
        en=f"{where}: is nested too deeply to be data. Export it again.",
    )
