"""What is missing, for whom, how many, what is nearest instead, and how sure that is: rows for a committee."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.publish.gapsheet import SURENESS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WHOLE = "全体"
OUTSIDE = "どの区域にも入らない所"
COLUMNS = (
    *("system", "rank", "area", "missing", "whom", "without", "share", "short", "nearest", "lives", "sureness"),
    "sentence",
)
_OF_AREA = ("resources", "resources_open")
# As many places where people live as a cell has room for.
_PLACES = 2


def standard_rows(judged: pd.DataFrame, patches: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each area that does not meet a standard, or where that hangs on something unknown, by rank.

    Parameters
    ----------
    judged
        The standards held against the areas (`resourcemap.plan.standards.judging.judge`).
    patches
        Where those live whom they leave out, without the shapes.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, ``share`` of ``people`` as a number, and texts in Japanese. Everyone together has no rows.

    Examples
    --------
    >>> judged = pd.DataFrame({"system": ["圏域"], "area": ["東"], "standard": ["サロンが近い"], "met": ["unmet"],
    ...     "rank": [1], "audience_label": ["65歳以上"], "audience_basis": ["audience"], "audience": ["older"],
    ...     "without": [30], "people": [40], "short": [12.0], "measure": ["share_within"], "nearest": ["いずみ"],
    ...     "nearest_m": [611.0], "nearest_position": [2], "sureness": ["rough"], "approximate_area": [False],
    ...     "sentence": ["遠い。"]})
    >>> row = standard_rows(judged, pd.DataFrame()).iloc[0]
    >>> row["short"], row["nearest"], row["sureness"]
    ('あと12人', 'いずみ（半数の人が620m以内）', 'およその位置・境界を含む')
    """
    failing = judged[judged["met"].isin(["unmet", "unknown"]) & (judged["system"] != WHOLE)]
    places = _places(patches)
    rows = [
        {
            "system": row["system"],
            "rank": int(row["rank"]),
            "area": _area(row),
            "missing": row["standard"],
            "whom": _whom(row),
            "without": int(row["without"]),
            "share": row["without"] / row["people"] if row["people"] else math.nan,
            "short": _short(row),
            "nearest": _nearest(row),
            "lives": _lives(places.get((row["standard"], row["system"], row["area"]), [])),
            "sureness": _sureness(row),
            "sentence": row["sentence"],
        }
        for row in failing.to_dict("records")
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return _by_rank(table, failing["system"])


def kind_rows(gaps: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each area and kind with people beyond reach, by rank, in the form of `standard_rows`.

    Examples
    --------
    >>> gaps = pd.DataFrame({"system": ["圏域"], "rank": [1], "area": ["東"], "kind_label": ["サロン"],
    ...     "metres": [500.0], "audience_label": ["65歳以上"], "audience": ["older"], "audience_basis": ["audience"],
    ...     "beyond": [30], "share_beyond": [0.75], "resources": [1], "nearest_median_m": [611.0], "uncounted": [2],
    ...     "approximate": [0], "approximate_area": [False], "sentence": ["遠い。"]})
    >>> row = kind_rows(gaps).iloc[0]
    >>> row["missing"], row["nearest"], row["sureness"]
    ('サロン（500m以内）', '区域に1件。半数の人は620m以内', '場所の分からないもの2件を数えず')
    """
    rows = [
        {
            "system": row["system"],
            "rank": int(row["rank"]),
            "area": _area(row),
            "missing": f"{row['kind_label']}（{row['metres']:g}m以内）",
            "whom": _whom(row),
            "without": int(row["beyond"]),
            "share": row["share_beyond"],
            "short": "",
            "nearest": _half(row),
            "lives": "",
            "sureness": _doubts(row),
            "sentence": row["sentence"],
        }
        for row in gaps.to_dict("records")
    ]
    return _by_rank(pd.DataFrame(rows, columns=list(COLUMNS)), gaps["system"] if len(gaps) else pd.Series(dtype=object))


def _by_rank(table: pd.DataFrame, systems: pd.Series) -> pd.DataFrame:
    """Order by system as they come, in each by rank; what has no rank (it hangs on something unknown) last."""
    order = {system: at for at, system in enumerate(dict.fromkeys(systems))}
    keys = pd.DataFrame(
        {"system": table["system"].map(order), "last": table["rank"] == 0, "rank": table["rank"]}, index=table.index
    )
    return table.loc[keys.sort_values(["system", "last", "rank"], kind="stable").index].reset_index(drop=True)


def _area(row: Mapping[str, Any]) -> str:
    return row["area"] if isinstance(row["area"], str) else OUTSIDE


def _whom(row: Mapping[str, Any]) -> str:
    label = str(row["audience_label"])
    return (
        f"{label}（住民全員）" if row["audience_basis"] == "everyone" != row["audience"] and label != "住民" else label
    )


def _short(row: Mapping[str, Any]) -> str:
    if row["met"] == "unknown":
        return "日時しだい"
    if pd.isna(row["short"]):
        return ""
    return f"あと{int(row['short']):,}{'件' if row['measure'] in _OF_AREA else '人'}"


def _nearest(row: Mapping[str, Any]) -> str:
    if row["nearest_position"] < 0:
        return "分かっている所はありません" if row["without"] else ""
    name = row["nearest"] if isinstance(row["nearest"], str) else "名前を出していない所"
    return f"{name}（半数の人が{_within(row['nearest_m'])}）" if not pd.isna(row["nearest_m"]) else str(name)


def _half(row: Mapping[str, Any]) -> str:
    there = f"区域に{int(row['resources'])}件"
    if pd.isna(row["nearest_median_m"]):
        return there
    return f"{there}。半数の人は{_within(row['nearest_median_m'])}"


def _within(metres: float) -> str:
    """Write metres rounded up to ten: finer ones would lead to a door."""
    return f"{max(math.ceil(metres / 10 - 1e-9), 1) * 10:,}m以内"


def _places(patches: pd.DataFrame) -> dict[tuple[str, str, object], list[Mapping[str, Any]]]:
    """Return the patches of each standard and area, most people first."""
    found: dict[tuple[str, str, object], list[Mapping[str, Any]]] = {}
    if len(patches):
        for row in patches.sort_values("people", ascending=False, kind="stable").to_dict("records"):
            found.setdefault((row["standard"], row["system"], row["area"]), []).append(row)
    return found


def _lives(patches: Sequence[Mapping[str, Any]]) -> str:
    named = [f"{row['name']}（{row['people']:,}人）" for row in patches[:_PLACES]]
    rest = len(patches) - len(named)
    return "、".join([*named, *([f"ほか{rest}か所"] if rest > 0 else [])])


def _sureness(row: Mapping[str, Any]) -> str:
    if row["met"] == "unknown":
        return "開催日時が分からず、言えない"
    return SURENESS[row["sureness"]] or "確か"


def _doubts(row: Mapping[str, Any]) -> str:
    said = []
    if row["uncounted"]:
        said.append(f"場所の分からないもの{int(row['uncounted'])}件を数えず")
    if row["approximate"]:
        said.append(f"およその位置{int(row['approximate'])}件を含む")
    if row["approximate_area"]:
        said.append("境界はおよその形")
    return "、".join(said) or "確か"
