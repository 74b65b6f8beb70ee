"""The only place that writes to the file system: beside the target, then renamed over it, all of a run or none."""

from __future__ import annotations

from resourcemap.files.faults import in_words
from resourcemap.files.temporary import temporary_folder, unpack
from resourcemap.files.writing import make_folder, replacing, together, write_bytes, write_text

__all__ = [
    "in_words",
    "make_folder",
    "replacing",
    "temporary_folder",
    "together",
    "unpack",
    "write_bytes",
    "write_text",
]
