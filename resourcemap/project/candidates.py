"""Where a new place could open: venues that the project knows, a list of venues, or, at last, the town blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from resourcemap.errors import ProjectError, first_five
from resourcemap.geocode.match import locate
from resourcemap.language import either
from resourcemap.model.tables import EXACT
from resourcemap.project.settings import NAME
from resourcemap.reach.slots import open_in_slots
from resourcemap.read.schedules.parse import read_schedule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from resourcemap.project.planned import Planned
    from resourcemap.reach.slot_words import Slot

_YEAR = 365


@dataclass(frozen=True)
class Candidates:
    """Venues to choose from.

    Parameters
    ----------
    table
        ``name``, ``origin`` (``venue``, ``list`` or ``block``), ``kind`` and ``activity_id`` as reach asks for them,
        and points in longitude and latitude.
    aside
        Why others are none, with how many: sentences.
    """

    table: gpd.GeoDataFrame = field(repr=False)
    aside: tuple[str, ...]


def candidates(
    project: Planned,
    kind: str,
    *,
    files: Sequence[Path] = (),
    blocks: bool = False,
    step_free: bool = False,
    slot: Slot | None = None,
) -> Candidates:
    """Gather the venues where a kind of resource could open.

    Those of `files` when there are any; otherwise the venues of the project's released resources, known exactly, of
    kinds whose venues can hold something else; block points when asked for, or when there is nothing else.

    Parameters
    ----------
    project
        The project.
    kind
        The kind to open; venues that have one already are none.
    files
        Lists of venues, with addresses or positions, read as lists of resources are.
    blocks
        Whether the points of town blocks may be chosen.
    step_free
        Whether only venues that are said to be step-free may be chosen.
    slot
        When it would be open: venues in a list that are surely closed then are none. The hours of other venues are
        not known and do not count.

    Raises
    ------
    ProjectError
        When nothing is left to choose from.
    """
    listed = [row for path in files for row in [_of_file(project, path, kind, step_free=step_free, slot=slot)]]
    if not files and not blocks:
        listed = [_of_venues(project, kind, step_free=step_free)]
    tables, notes = [found.table for found in listed], [note for found in listed for note in found.aside]
    if blocks or (not files and not any(len(table) for table in tables)):
        tables.append(_of_blocks(project))
        notes.append(
            either(
                ja="候補に町丁目の中の点を使いました。実際に使える会場かどうかは分かりません。",
                en="Points of town blocks are candidates: whether there is a venue is not known.",
            )
        )
    whole = gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs="EPSG:4326") if tables else None
    if whole is None or whole.empty:
        raise ProjectError(
            "\n".join(
                [
                    either(
                        ja=f"{NAME}: 候補がひとつもありません。[sites] candidates に会場の一覧を書くか、"
                        "--blocks を付けてください。",
                        en=f"{NAME}: there is no candidate. Name a list of venues in [sites] candidates, "
                        "or use --blocks.",
                    ),
                    *notes,
                ]
            )
        )
    whole["activity_id"], whole["kind"] = np.arange(len(whole)).astype(str), kind
    return Candidates(whole, tuple(notes))


def _of_venues(project: Planned, kind: str, *, step_free: bool) -> Candidates:
    released = project.released("list")
    table, located = released.table, project.located
    held = located[(located["kind"] == kind) & (located["status"] == "active")]
    spot = table["place"] == "venue"
    hosting = table["kind"].map(lambda each: project.catalog.kinds[each].hosts)
    exact = table["located"].isin(EXACT) & table.geometry.notna()
    known = table[spot & hosting & exact & table["venue_id"].notna()]
    once = known[~known["venue_id"].duplicated()]
    has_one = once["venue_id"].isin(held["venue_id"])
    easy = _step_free(known).groupby(known["venue_id"]).any().reindex(once["venue_id"]).to_numpy(dtype=bool)
    kept = ~has_one & (easy | (not step_free))
    inside = located[(located["place"] == "venue") & ~located["venue_id"].isin(once["venue_id"])]
    notes = [
        *_told(int(has_one.sum()), ja="すでにその種類がある会場", en="venues that have one already"),
        *_told(int((~has_one & ~kept).sum()), ja="段差なしと書かれていない会場", en="venues not said to be step-free"),
        *_told(
            inside["venue_id"].nunique(),
            ja="公開の承諾がない、位置がおよそ、または集まりに使えない会場",
            en="venues without consent, known roughly, or not to gather in",
        ),
    ]
    chosen = once[kept]
    named = chosen["venue"].where(chosen["venue"].notna(), chosen["name"])
    return Candidates(_table(named, "venue", chosen.geometry), tuple(notes))


def _of_file(project: Planned, path: Path, kind: str, *, step_free: bool, slot: Slot | None) -> Candidates:
    read = project.read_list(path, kind)
    aside = len(read.attrs.get("left_aside", []))
    read.attrs = {}
    found = locate(read, **project.locating)
    exact = found["located"].isin(EXACT) & found.geometry.notna()
    easy = _step_free(found) | (not step_free)
    opens = pd.Series(_may_open(project, found, slot), index=found.index)
    notes = [
        *_told(
            aside, ja=f"{path.name} で読めなかった行・欄", en=f"rows or cells of {path.name} that could not be read"
        ),
        *_told(
            int((~exact).sum()),
            ja=f"位置が番地まで分からない会場（{first_five(found.loc[~exact, 'name'])}）",
            en=f"venues whose place is not known exactly ({first_five(found.loc[~exact, 'name'])})",
        ),
        *_told(int((exact & ~easy).sum()), ja="段差なしと書かれていない会場", en="venues not said to be step-free"),
        *_told(int((exact & easy & ~opens).sum()), ja="その時間に開いていない会場", en="venues closed at that time"),
    ]
    chosen = found[exact & easy & opens]
    return Candidates(_table(chosen["name"], "list", chosen.geometry), tuple(notes))


def _of_blocks(project: Planned) -> gpd.GeoDataFrame:
    if project.blocks is None:
        return _table(pd.Series(dtype=object), "block", gpd.GeoSeries([], crs="EPSG:4326"))
    inner = project.blocks.to_crs("EPSG:4326")
    return _table(inner["block"] + "（町丁目の中の点）", "block", inner.geometry.representative_point())


def _table(names: pd.Series, origin: str, points: gpd.GeoSeries) -> gpd.GeoDataFrame:
    columns = {"name": names.to_numpy(dtype=object), "origin": origin}
    return gpd.GeoDataFrame(columns, geometry=points.to_crs("EPSG:4326").to_numpy(), crs="EPSG:4326")


def _step_free(table: gpd.GeoDataFrame) -> pd.Series:
    return table["facilities"].fillna("").str.split(";").map(lambda found: "step_free" in found)


def _may_open(project: Planned, table: gpd.GeoDataFrame, slot: Slot | None) -> np.ndarray:
    if slot is None:
        return np.ones(len(table), dtype=bool)
    schedules = pd.Series([read_schedule(text or "") for text in table["schedule"]], index=table.index, dtype=object)
    last = project.as_of.fromordinal(project.as_of.toordinal() + _YEAR - 1)
    return open_in_slots(schedules, [slot], first=project.as_of, last=last).possibly()[:, 0]


def _told(number: int, *, ja: str, en: str) -> list[str]:
    return [either(ja=f"候補にしなかったもの: {ja} {number}件", en=f"No candidates: {number} {en}")] if number else []
