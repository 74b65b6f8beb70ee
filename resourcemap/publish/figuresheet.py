"""Every figure as a file: a row per figure, for a spreadsheet or another program; and the week as days by hours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.files import write_text
from resourcemap.language import speaking
from resourcemap.publish.gappage import who_is_counted
from resourcemap.publish.gapsheet import as_cell

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from pathlib import Path

    from resourcemap.model.catalog import Catalog

_SURENESS = {
    "sure": "",
    "rough": "およその位置・境界を含む",
    "unknown": "分からないものがあり、変わりうる",
    "few": "数が少なく、割合は目安",
    "no_data": "人口の資料なし",
}


def write_figures_csv(
    figures: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    catalog: Catalog,
    measures: Mapping[str, tuple[str, str]],
) -> Path:
    """Write every figure of coverage, one a row: UTF-8 with a mark that Excel knows, Japanese headings, CRLF.

    Parameters
    ----------
    figures
        What `resourcemap.coverage` returns.
    path
        The file to write; it is replaced whole.
    catalog
        The kinds and audiences with their labels.
    measures
        Id of a measure -> what to call it, and its unit.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.model.catalog import load_catalog
    >>> table = pd.DataFrame({"system": ["市"], "area_id": ["1"], "area": ["本町"], "kind": ["salon"], "other": [""],
    ...     "audience": ["older"], "audience_basis": ["audience"], "slot": [""], "distance_m": [500.0],
    ...     "measure": ["within"], "value": [9.0], "sureness": ["sure"]})
    >>> path = write_figures_csv(table, Path(tempfile.mkdtemp()) / "figures.csv", catalog=load_catalog(),
    ...     measures={"within": ("届く人", "人")})
    >>> path.read_text(encoding="utf-8-sig").splitlines()[1]
    '市,1,本町,サロン,,65歳以上,,500,届く人,9,人,'
    """
    with speaking("ja"):
        counted = {
            who: who_is_counted(*who, catalog, "ja")
            for who in dict.fromkeys(zip(figures["audience"], figures["audience_basis"], strict=True))
        }
    kinds = {kind: entry.label("ja") for kind, entry in catalog.kinds.items()} | {"": ""}
    table = pd.DataFrame(
        {
            "区分": _texts(figures["system"]),
            "区域番号": _texts(figures["area_id"]),
            "区域": _texts(figures["area"]),
            "種類": [kinds[kind] for kind in figures["kind"]],
            "足りない種類": [kinds[kind] for kind in figures["other"]],
            "数えた人": [counted[who] for who in zip(figures["audience"], figures["audience_basis"], strict=True)],
            "時間帯": _texts(figures["slot"]),
            "距離（m）": ["" if math.isnan(metres) else f"{metres:g}" for metres in figures["distance_m"]],
            "数字": [measures[measure][0] for measure in figures["measure"]],
            "値": [_value(value) for value in figures["value"]],
            "単位": [measures[measure][1] for measure in figures["measure"]],
            "確かさ": [_SURENESS[word] for word in figures["sureness"]],
        }
    )
    return write_text(path, table.to_csv(index=False, lineterminator="\r\n"), encoding="utf-8-sig")


def _texts(values: pd.Series) -> list[str]:
    """Write texts of users as cells that no spreadsheet runs; each distinct one once."""
    known = {value: as_cell(value) for value in pd.unique(values.astype(object))}
    return [known[value] for value in values.astype(object)]


def _value(value: float) -> str:
    """Write a number with at most six digits after the point; nothing where there is none."""
    if np.isnan(value):
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))
