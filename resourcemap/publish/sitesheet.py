"""Sites that should open next, for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.files import write_text
from resourcemap.publish.gapsheet import as_cell

if TYPE_CHECKING:
    import os
    from pathlib import Path

_HEADINGS = {
    "order": "順番",
    "name": "会場",
    "origin": "候補の出どころ",
    "adds": "増える分",
    "total": "そこまでの合計",
    "runner_up": "次点",
    "runner_up_loses": "次点にしたときに減る分",
    "longitude": "経度",
    "latitude": "緯度",
    "sentence": "説明",
}
_ORIGINS = {"venue": "いまの会場", "list": "会場の一覧", "block": "町丁目の中の点"}


def write_sites_csv(sites: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write sites in the order of what each adds: UTF-8 with a mark that Excel knows, Japanese headings, CRLF.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> table = pd.DataFrame({"order": [1], "name": ["=西集会所"], "origin": ["venue"], "adds": [412.0]})
    >>> path = write_sites_csv(table, Path(tempfile.mkdtemp()) / "sites.csv")
    >>> path.read_text(encoding="utf-8-sig").splitlines()
    ['順番,会場,候補の出どころ,増える分', "1,'=西集会所,いまの会場,412"]
    """
    shown = [name for name in _HEADINGS if name in sites]
    table = sites.assign(origin=sites["origin"].map(_ORIGINS))[shown]
    for name in ("longitude", "latitude"):
        if name in table:
            table[name] = [f"{value:.6f}" for value in table[name]]
    cells = pd.DataFrame(
        {_HEADINGS[name]: [as_cell(value, _HEADINGS[name]) for value in table[name]] for name in shown}, dtype=object
    )
    return write_text(path, cells.to_csv(index=False, lineterminator="\r\n"), encoding="utf-8-sig")
