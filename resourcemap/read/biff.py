"""Old workbooks (.xls): how far out their cells are, found before a library makes room for all of them.

Only what is needed for that is read of the container (Compound File Binary) and of its records (BIFF).
"""

from __future__ import annotations

import struct
from typing import Final

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sector numbers from here on are marks
_STREAMS = ("Workbook", "Book")
_DIMENSIONS = (0x0000, 0x0200)
_CELLS = frozenset({0x0003, 0x0004, 0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x0206, 0x0406})
_ENTRY = 128
_BEYOND = 1 << 32


def xls_cells(content: bytes) -> int:
    """Return how many cells the largest sheet of an old workbook claims to span; 0 when its form is not understood.

    Examples
    --------
    >>> xls_cells(b"no workbook")
    0
    """
    if not content.startswith(MAGIC):
        return 0
    try:
        return max((_span(stream) for stream in _Container(content).streams(_STREAMS)), default=0)
    except (struct.error, IndexError, ValueError):
        return 0


class _Container:
    """The sectors of a compound file, and the chains they make."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.size = 1 << min(struct.unpack_from("<H", content, 30)[0], 16)
        self.small = 1 << min(struct.unpack_from("<H", content, 32)[0], 16)
        count, first = struct.unpack_from("<I4xI", content, 44)[0], struct.unpack_from("<I", content, 48)[0]
        self.cutoff, mini = struct.unpack_from("<II", content, 56)
        self.table = self._numbers(b"".join(self._sector(number) for number in self._tables(count)))
        self.entries = self._chain(first)
        self.minis = self._numbers(self._chain(mini))

    def streams(self, names: tuple[str, ...]) -> list[bytes]:
        found = []
        root = b""
        for place in range(0, len(self.entries) - _ENTRY + 1, _ENTRY):
            entry = self.entries[place : place + _ENTRY]
            name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", errors="replace")
            start, size = struct.unpack_from("<II", entry, 116)
            if place == 0:
                root = self._chain(start)
            elif name in names:
                stream = self._small_chain(start, root) if size < self.cutoff else self._chain(start)
                found.append(stream[:size])
        return found

    def _tables(self, count: int) -> list[int]:
        numbers = list(struct.unpack_from("<109I", self.content, 76))
        following = struct.unpack_from("<I", self.content, 68)[0]
        while following < _END and len(numbers) <= count:
            sector = self._numbers(self._sector(following))
            numbers += sector[:-1]
            following = sector[-1]
        return [number for number in numbers[:count] if number < _END]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.content[start : start + self.size]

    def _chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        while number < len(self.table) and len(parts) <= len(self.table):
            parts.append(self._sector(number))
            number = self.table[number]
        return b"".join(parts)

    def _small_chain(self, number: int, root: bytes) -> bytes:
        parts: list[bytes] = []
        while number < len(self.minis) and len(parts) <= len(self.minis):
            parts.append(root[number * self.small : (number + 1) * self.small])
            number = self.minis[number]
        return b"".join(parts)

    @staticmethod
    def _numbers(content: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))


def _span(stream: bytes) -> int:
    """Multiply the farthest row and column that the records of a stream mention, and those that it claims."""
    claimed = last_row = last_column = place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        if kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", stream, place)
            last_row, last_column = max(last_row, row), max(last_column, column)
        elif kind in _DIMENSIONS and length >= 8:
            claimed = max(claimed, _claimed(stream[place : place + length]))
        place += length
    return max(claimed, (last_row + 1) * (last_column + 1))


def _claimed(record: bytes) -> int:
    """Return the area of a record of dimensions; rows have four bytes since BIFF8."""
    first, last, left, right = map(int, struct.unpack_from("<IIHH" if len(record) >= 12 else "<HHHH", record))
    if last < first or right < left:
        return _BEYOND  # less than nothing, which the library takes for more than everything
    return (last - first) * (right - left)
