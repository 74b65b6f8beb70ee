import struct

import pytest

from resourcemap.errors import InputError
from resourcemap.read.biff import MAGIC, xls_cells
from resourcemap.read.sheets import read_sheets

SECTOR = 512


def record(kind, *fields):
    body = b"".join(fields)
    return struct.pack("<HH", kind, len(body)) + body


def workbook(*records, small=False):
    """A compound file with one stream called Workbook: sector 0 its table, 1 its folder, then the stream."""
    stream = record(0x0809, struct.pack("<HH", 0x0600, 0x0010)) + b"".join(records) + record(0x000A)
    cutoff = 4096 if small else 0
    size = len(stream)
    stream += bytes(-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    minis = [*range(1, (size + 63) // 64), 0xFFFFFFFE]
    first_mini = len(table) if small else 0xFFFFFFFE
    table += [0xFFFFFFFE] if small else []
    header = bytearray(SECTOR)
    header[:8] = MAGIC
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)
    struct.pack_into("<IIIII", header, 56, cutoff, first_mini, int(small), 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    start = struct.pack("<II", 2, len(stream)) if small else struct.pack("<II", 0xFFFFFFFE, 0)
    folder = entry("Root Entry", 5, start) + entry("Workbook", 2, struct.pack("<II", 0 if small else 2, size))
    parts = [bytes(header), padded(struct.pack(f"<{len(table)}I", *table), b"\xff"), padded(folder), stream]
    if small:
        parts.append(padded(struct.pack(f"<{len(minis)}I", *minis), b"\xff"))
    return b"".join(parts)


def padded(content, fill=b"\0"):
    return content + fill * (-len(content) % SECTOR)


def entry(name, kind, start):
    text = name.encode("utf-16-le")
    content = bytearray(128)
    content[: len(text)] = text
    struct.pack_into("<HB", content, 64, len(text) + 2, kind)
    content[116:124] = start
    return bytes(content)


CELL = 0x0203


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize(
    ("records", "cells"),
    [
        ([record(0x0200, struct.pack("<IIHHH", 0, 10, 0, 5, 0))], 50),
        ([record(0x0200, struct.pack("<IIHHH", 0, 2**32 - 1, 0, 10, 0))], 10 * (2**32 - 1)),
        ([record(CELL, struct.pack("<HHHd", 9, 4, 0, 1.0))], 50),
        ([record(CELL, struct.pack("<HHHd", 65535, 65535, 0, 1.0))], 65536**2),
        ([record(CELL, struct.pack("<HHHd", n, 0, 0, 1.0)) for n in range(200)], 200),
    ],
)
def test_the_span_of_an_old_workbook_is_found(records, cells, small):
    assert xls_cells(workbook(*records, small=small and len(records) == 1)) == cells


@pytest.mark.parametrize(("first", "rows"), [(0, 2**32 - 1), (0, 2**31), (131, 10)])
def test_a_workbook_that_claims_more_than_memory_is_refused(tmp_path, first, rows):
    """The library would ask for it at once, and end the whole program."""
    path = tmp_path / "a.xls"
    path.write_bytes(workbook(record(0x0200, struct.pack("<IIHHH", first, rows, 0, 10, 0))))
    with pytest.raises(InputError, match="spans more than 20 million cells"):
        read_sheets(path)


@pytest.mark.parametrize("length", [0, 8, 40, 80, 511, 512, 513, 1100, 1600])
def test_a_broken_container_is_not_understood(length):
    assert xls_cells(workbook(record(0x0200, struct.pack("<IIHHH", 0, 10, 0, 5, 0)))[:length]) in (0, 50)


def test_a_chain_that_bites_its_tail_ends():
    content = bytearray(workbook(record(0x0200, struct.pack("<IIHHH", 0, 10, 0, 5, 0))))
    struct.pack_into("<I", content, SECTOR + 8, 2)
    assert xls_cells(bytes(content)) == 50
