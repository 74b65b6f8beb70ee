"""Rows that may be one: what `check` says of them, and a sheet to decide with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.files import write_text
from resourcemap.language import either
from resourcemap.plain import csv_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

DUPLICATES = "internal/duplicates.csv"
_SHOWN = 5
_TOLD = {"venue": "会場", "address": "所在地", "phone": "電話", "schedule": "日時", "provider": "運営"}


def settings_line(rows: Sequence[str], names: Sequence[str]) -> str:
    r"""Write what the user puts into resourcemap.toml to make rows one.

    Examples
    --------
    >>> settings_line(["a.csv 2", "b.csv 3"], ["A", "B"])
    '[[same]]\nrows = ["a.csv 2", "b.csv 3"]\nnames = ["A", "B"]'
    """
    return f"[[same]]\nrows = {_array(rows)}\nnames = {_array(names)}"


def duplicate_lines(pairs: pd.DataFrame) -> list[str]:
    """Write how many pairs there are, the first five with their rows and reasons, and what to write.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> pair = {"first_row": "a.csv 2", "second_row": "b.csv 3", "first_name": "A", "second_name": "A会",
    ...     "score": 0.91, "why": "same telephone"}
    >>> with speaking("en"):
    ...     print(duplicate_lines(pd.DataFrame([pair]))[1])
      0.91 a.csv 2 'A' / b.csv 3 'A会': same telephone
    """
    if pairs.empty:
        return []
    lines = [
        either(
            ja=f"同じものかもしれない行の組: {len(pairs)}（全部は {DUPLICATES}）",
            en=f"pairs of rows that may be one: {len(pairs)} (all of them in {DUPLICATES})",
        )
    ]
    for pair in pairs.head(_SHOWN).itertuples():
        one, other = f"{pair.first_row} {pair.first_name!r}", f"{pair.second_row} {pair.second_name!r}"
        lines.append(f"  {pair.score:.2f} {one} / {other}: {pair.why}")
    first = pairs.iloc[0]
    what = settings_line([first["first_row"], first["second_row"]], [first["first_name"], first["second_name"]])
    lines.append(
        either(
            ja="同じものなら、resourcemap.toml に次のように書くと1つになります（先に書いた行が残ります）。"
            "ちがうものなら [[same]] を [[different]] にすると、もう出ません。",
            en="If they are one, write this into resourcemap.toml (the first row is kept). Write [[different]] instead "
            "of [[same]] to see the pair no more.",
        )
    )
    return [*lines, *(f"  {line}" for line in what.split("\n"))]


def without_different(pairs: pd.DataFrame, different: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Leave out the pairs that the user says are two.

    Examples
    --------
    >>> pairs = pd.DataFrame({"first_row": ["a.csv 2"], "second_row": ["b.csv 3"]})
    >>> len(without_different(pairs, [{"rows": ["b.csv 3", "a.csv 2"]}]))
    0
    """
    groups = [{" ".join(str(row).split()) for row in group["rows"]} for group in different]
    keep = [
        number
        for number, pair in enumerate(zip(pairs["first_row"], pairs["second_row"], strict=True))
        if not any(set(pair) <= group for group in groups)
    ]
    return pairs.iloc[keep].reset_index(drop=True)


def write_duplicates(pairs: pd.DataFrame, resources: gpd.GeoDataFrame, folder: Path) -> list[Path]:
    """Write all pairs with both rows as CSV, for the office alone; nothing where there are none and were none."""
    path = folder / DUPLICATES
    if pairs.empty and not path.is_file():
        return []
    rows = resources.set_index("resource_id")
    table = pd.DataFrame({"点数": pairs["score"], "理由": pairs["why"]})
    for number, side in (("1", "first"), ("2", "second")):
        table[f"行{number}"] = pairs[f"{side}_row"]
        table[f"名称{number}"] = pairs[f"{side}_name"]
        for name, label in _TOLD.items():
            table[f"{label}{number}"] = rows[name].reindex(pairs[side]).tolist() if name in rows else None
    table["同じなら書く行"] = [
        settings_line([pair.first_row, pair.second_row], [pair.first_name, pair.second_name])
        for pair in pairs.itertuples()
    ]
    cells = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    return [write_text(path, csv_text([list(table), *cells]), encoding="utf-8-sig")]


def _array(texts: Sequence[str]) -> str:
    """Write texts as TOML does; JSON writes them alike."""
    return json.dumps([str(text) for text in texts], ensure_ascii=False)
