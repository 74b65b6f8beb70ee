"""Every figure as a file: a row per figure, for a spreadsheet or another program; and the week as days by hours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.files import write_text
from resourcemap.language import speaking
from resourcemap.model.way import way_of
from resourcemap.publish.gappage import who_is_counted
from resourcemap.publish.gapsheet import SURENESS, as_cell

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from pathlib import Path

    from resourcemap.model.catalog import Catalog


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
    ...     "measure": ["within"], "value": [9.0], "sureness": ["sure"], "way": ["straight"]})
    >>> path = write_figures_csv(table, Path(tempfile.mkdtemp()) / "figures.csv", catalog=load_catalog(),
    ...     measures={"within": ("届く人", "人")})
    >>> path.read_text(encoding="utf-8-sig").splitlines()[1]
    '市,1,本町,サロン,,高齢者,65歳以上,,500,届く人,9,人,直線,'
    """
    with speaking("ja"):
        counted = {
            who: who_is_counted(*who, catalog, "ja")
            for who in dict.fromkeys(zip(figures["audience"], figures["audience_basis"], strict=True))
        }
    kinds = {kind: entry.label("ja") for kind, entry in catalog.kinds.items()} | {"": ""}
    asked = {audience: entry.label("ja") for audience, entry in catalog.audiences.items()}
    ways = {way: way_of(way).label() for way in pd.unique(figures["way"].astype(object))}
    table = pd.DataFrame(
        {
            "区分": _texts(figures["system"]),
            "区域番号": _texts(figures["area_id"]),
            "区域": _texts(figures["area"]),
            "種類": [kinds[kind] for kind in figures["kind"]],
            "足りない種類": [kinds[kind] for kind in figures["other"]],
            "対象": [asked[audience] for audience in figures["audience"]],
            "数えた人": [counted[who] for who in zip(figures["audience"], figures["audience_basis"], strict=True)],
            "時間帯": _texts(figures["slot"]),
            "距離（m）": ["" if math.isnan(metres) else f"{metres:g}" for metres in figures["distance_m"]],
            "数字": [measures[measure][0] for measure in figures["measure"]],
            "値": [
                _value(_coarse(value) if measures[measure][1] == "m" else value)
                for measure, value in zip(figures["measure"], figures["value"], strict=True)
            ],
            "単位": [measures[measure][1] for measure in figures["measure"]],
            "測り方": [ways[way] for way in figures["way"]],
            "確かさ": [SURENESS[word] for word in figures["sureness"]],
        }
    )
    return write_text(path, table.to_csv(index=False, lineterminator="\r\n"), encoding="utf-8-sig")


def _texts(values: pd.Series) -> list[str]:
    """Write texts of users as cells that no spreadsheet runs; each distinct one once."""
    known = {value: as_cell(value) for value in pd.unique(values.astype(object))}
    return [known[value] for value in values.astype(object)]


def _coarse(metres: float) -> float:
    """Round metres to ten: finer ones would lead to a door."""
    return metres if np.isnan(metres) else float(round(metres / 10) * 10)


def _value(value: float) -> str:
    """Write a number with at most six digits after the point; nothing where there is none."""
    if np.isnan(value):
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))


def write_week_csv(
    week: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    catalog: Catalog,
    limits: tuple[float, float],
    way: str = "",
) -> Path:
    """Write how many people reach something open in each hour of the week, days below each other, hours beside.

    A cell is a share of people in percent; ``12〜35`` where hours that are not known make the difference.

    Parameters
    ----------
    week
        A row per system, area, kind and slot (``weekday``, ``hour``, ``people``, ``share_within``,
        ``share_within_or_unknown``), slots by day, then hour, the same ones for all.
    path
        The file to write; it is replaced whole.
    catalog
        The kinds with their labels.
    limits
        The metres that were counted as reach, and the share of a slot's dates on which something had to be open.
    way
        How metres were measured, as the table of coverage says it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.model.catalog import load_catalog
    >>> week = pd.DataFrame({"system": "市", "area_id": "1", "area": "本町", "kind": "salon", "people": 50,
    ...     "weekday": "月", "hour": ["9:00", "10:00"], "share_within": [0.0, 0.2],
    ...     "share_within_or_unknown": [0.0, 0.5]})
    >>> path = write_week_csv(week, Path(tempfile.mkdtemp()) / "week.csv", catalog=load_catalog(),
    ...     limits=(500, 0.15))
    >>> print(path.read_text(encoding="utf-8-sig"))
    区分,区域番号,区域,種類,人数,測り方,曜日（500m以内に、その曜日の15%以上の日に開く所のある人・％）,9:00,10:00
    市,1,本町,サロン,50,直線,月,0,20〜50
    <BLANKLINE>
    """
    metres, at_least = limits
    often = f"その曜日の{at_least:.0%}以上の日に開く" if at_least else "年に1日でも開く"
    hours = list(dict.fromkeys(week["hour"]))
    first = week.iloc[:: max(len(hours), 1)]
    cells = np.array(
        [_percent(*shares) for shares in zip(week["share_within"], week["share_within_or_unknown"], strict=True)],
        dtype=object,
    ).reshape(-1, max(len(hours), 1))
    table = pd.DataFrame(
        {
            "区分": _texts(first["system"]),
            "区域番号": _texts(first["area_id"]),
            "区域": _texts(first["area"]),
            "種類": [catalog.kinds[kind].label("ja") for kind in first["kind"]],
            "人数": first["people"].to_numpy(),
            "測り方": way_of(way).label(),
            f"曜日（{metres:g}m以内に、{often}所のある人・％）": first["weekday"].to_numpy(),
            **{hour: cells[:, at] for at, hour in enumerate(hours)},
        }
    )
    return write_text(path, table.to_csv(index=False, lineterminator="\r\n"), encoding="utf-8-sig")


def _percent(least: float, most: float) -> str:
    if math.isnan(least):
        return ""
    low, high = (f"{share * 100:.0f}" for share in (least, most))
    return low if low == high else f"{low}〜{high}"
