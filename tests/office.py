"""LibreOffice as the reader of what we write: workbooks and Word files become PDF, and their text is read back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def texts_in_office(paths: Iterable[Path], folder: Path) -> dict[str, str]:
    """Return the text of each file, by its name, as LibreOffice prints it, without white space.

    All files in one run, for it is slow to begin; `folder` takes the PDFs and a profile.
    """
    assert OFFICE is not None
    profile = (folder / "profile").resolve().as_uri()
    # PDFs are named by the stem alone.
    copies = {path: Path(shutil.copy(path, folder / f"{n}{path.suffix}")) for n, path in enumerate(paths)}
    command = [OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*command, *copies.values()], check=True, capture_output=True, timeout=300)
    return {path.name: text_of(copy.with_suffix(".pdf")) for path, copy in copies.items()}


def text_of(pdf: Path | bytes) -> str:
    """Return the text of a PDF without white space."""
    pages = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range() for page in pages).split())
