"""What is unpacked stays in its folder."""

from __future__ import annotations

import io
import tarfile

import pytest

from resourcemap.errors import InputError
from resourcemap.files import temporary_folder, unpack


@pytest.mark.parametrize(("name", "link"), [("../out.csv", ""), ("data/a.csv", "/etc/passwd")])
def test_an_archive_writes_nothing_outside_of_its_folder(name, link):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = (tarfile.SYMTYPE, link) if link else (tarfile.REGTYPE, "")
        tar.addfile(member)
    folder = temporary_folder()
    with pytest.raises(InputError, match="points outside of its folder"):
        unpack(archive.getvalue(), folder)
    assert not (folder.parent / "out.csv").exists()
