"""The portraits of all areas at once, in brief: who lives there, what stands out, what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from resourcemap.plan.portrait import age_groups, area_doubts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from resourcemap.plan.situation import Situation

_VERDICTS = {"strength": "strengths", "weakness": "weaknesses"}


def portraits(
    situation: Situation,
    coverage: pd.DataFrame,
    *,
    kinds: Sequence[str],
    strengths: pd.DataFrame | None = None,
    changes: pd.DataFrame | None = None,
) -> dict[tuple[str, str], dict[str, Any]]:
    """Say of every area what its `portrait` says first.

    Parameters
    ----------
    situation
        People, resources and areas.
    coverage
        A row per area and kind (`resourcemap.by_area`), with ``approximate`` and ``uncounted``.
    kinds
        Ids of kinds, in the order wanted.
    strengths
        What areas have more and less of (`resourcemap.strengths`).
    changes
        A table of changes with ``system``, ``area_id`` and ``sentence``, in the order wanted.

    Returns
    -------
    dict
        By system and id of the area: ``people`` (rows of generations, as those of a portrait), ``doubts``, and where
        there are any ``strengths``, ``weaknesses`` (as found, without the name of the area) and ``changes``, a Japanese
        sentence each.

    Examples
    --------
    >>> from datetime import date
    >>> import geopandas as gpd, pandas as pd
    >>> from shapely import box
    >>> from resourcemap.plan.situation import Situation
    >>> homes = gpd.GeoDataFrame({"total": [30, 70]}, geometry=gpd.points_from_xy([0, 900], [0, 0]), crs=6677)
    >>> halls = gpd.GeoDataFrame({"kind": "hiroba", "activity_id": "a", "status": "active", "place": "venue",
    ...     "located": "given"}, index=[0], geometry=gpd.points_from_xy([200], [0]), crs=6677)
    >>> town = gpd.GeoDataFrame({"system": ["圏域", "圏域"], "area_id": ["1", "2"], "area": ["本町", "東町"]},
    ...     geometry=[box(-50, -50, 500, 50), box(500, -50, 1000, 50)], crs=6677)
    >>> rows = pd.DataFrame({"system": "圏域", "area_id": ["1", "2"], "kind": "hiroba", "audience": "everyone",
    ...     "audience_basis": "audience", "approximate": [0, 1], "uncounted": 0})
    >>> found = portraits(Situation(homes, halls, town, on=date(2026, 11, 1)), rows, kinds=["hiroba"])
    >>> found["圏域", "2"]["people"][0]["people"], found["圏域", "2"]["doubts"]
    (70, ['この区域のひろばのうち1件は、およその位置しか分かりません。'])
    """
    areas = situation.areas
    found: dict[tuple[str, str], dict[str, Any]] = {}
    rough = areas["approximate"].to_numpy(dtype=bool) if "approximate" in areas else np.zeros(len(areas), dtype=bool)
    doubtful = _by_area(coverage, kinds, situation)
    for system in areas["system"].unique():
        counts = _counts(situation, str(system))
        for position in np.flatnonzero((areas["system"] == system).to_numpy()).tolist():
            area = (str(system), str(areas["area_id"].iloc[position]))
            everyone = int(counts[0][1][position])
            people = [_row(group, numbers, position, everyone) for group, numbers in counts if group["generation"]]
            lost = sum(int(numbers[position]) for group, numbers in counts if group["group"] == "unknown_age")
            doubts = area_doubts(everyone, lost, bool(rough[position]), doubtful.get(area, []))
            found[area] = {"people": people, "doubts": list(doubts)}
    _add(found, strengths, "verdict")
    _add(found, changes, None)
    return found


def _counts(situation: Situation, system: str) -> list[tuple[dict[str, Any], np.ndarray]]:
    """Count everyone and every age group in each area of a system, by the position of the area."""
    home = situation.homes[system]
    inside, total = home >= 0, int(situation.ages["total"].sum())
    made = []
    for group, label, numbers, generation in age_groups(situation):
        sums = np.bincount(home[inside], weights=numbers[inside], minlength=len(situation.areas))
        whole = int(numbers.sum()) / total if total else np.nan
        made.append(({"group": group, "label": label, "generation": generation, "share_whole": whole}, sums))
    return made


def _row(group: dict[str, Any], numbers: np.ndarray, position: int, everyone: int) -> dict[str, Any]:
    here = int(numbers[position])
    return {**group, "people": here, "share": here / everyone if everyone else np.nan}


def _by_area(
    coverage: pd.DataFrame, kinds: Sequence[str], situation: Situation
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Gather what makes the figures of each area doubtful, kinds in the order asked for."""
    labels = {kind: situation.catalog.kinds[kind].label("ja") for kind in kinds}
    names = ["system", "area_id", "kind", "audience", "audience_basis", "approximate", "uncounted"]
    rows = coverage.loc[coverage["kind"].isin(list(kinds)) & coverage["area_id"].notna(), names]
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    order = {kind: at for at, kind in enumerate(kinds)}
    for row in sorted(rows.to_dict("records"), key=lambda each: order[str(each["kind"])]):
        known = {**row, "kind_label": labels[str(row["kind"])]}
        found.setdefault((str(row["system"]), str(row["area_id"])), []).append(known)
    return found


def _add(found: dict[tuple[str, str], dict[str, Any]], table: pd.DataFrame | None, verdict: str | None) -> None:
    """Put the sentences of a table to the areas that they are about."""
    if table is None or table.empty:
        return
    for row in table[table["area_id"].notna()].to_dict("records"):
        area = (str(row["system"]), str(row["area_id"]))
        name = "changes" if verdict is None else _VERDICTS.get(str(row[verdict]))
        if name and area in found:
            found[area].setdefault(name, []).append(row["finding" if "finding" in row else "sentence"])
