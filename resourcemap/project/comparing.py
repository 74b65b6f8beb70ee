"""Two dates of one project held against each other: what changed, and who gained and lost reach by it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.areas.membership import blocks_as_areas
from resourcemap.areas.placement import place
from resourcemap.language import either, speaking
from resourcemap.measure.supply import only_places, supply_of
from resourcemap.model.consent import Released, release
from resourcemap.model.tables import AT_A_PLACE, EXACT
from resourcemap.plan.changes.change_words import LABELS, NATURES, told
from resourcemap.plan.changes.changes import FATES, Compared, compare_rows
from resourcemap.plan.changes.compare import ReachChanges, compare_reach
from resourcemap.plan.changes.standards_changed import standards_changed
from resourcemap.plan.situation import Situation
from resourcemap.plan.standards.judging import judge
from resourcemap.project.comparing_words import counts, notes, reach_lines, sentences, standard_lines
from resourcemap.project.counted import at_their_blocks
from resourcemap.project.figures import figures_of, records
from resourcemap.project.report import Report, where_of
from resourcemap.publish.changesheet import write_changes_csv

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from resourcemap.model.catalog import Catalog
    from resourcemap.project.planned import Planned

# What a place is known well enough to be called by its block.
_IN_A_BLOCK = ("exact", "block")
_FATES = {
    "unchanged": ("変わらない", "unchanged"), "changed": ("変わった", "changed"),
    "opened": ("始まった・加わった", "opened or added"), "closed": ("終わった・消えた", "closed or gone"),
    "unclear": ("分からない", "unclear"),
}  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """What changed between two dates of a project.

    Parameters
    ----------
    old, new
        The projects.
    compared
        What became of every row.
    changes
        The changes, with ``gained``, ``lost``, ``name`` (of released rows), ``block``, ``row`` (as the spreadsheet of
        its date shows it), labels, ``sentence`` and ``sentence_without_name``; cells of rows that are not released are
        left out.
    reach
        Who gained and lost reach; nothing where one of the projects has no people or areas.
    """

    old: Planned = field(repr=False)
    new: Planned = field(repr=False)
    compared: Compared = field(repr=False)
    changes: pd.DataFrame = field(repr=False)
    reach: ReachChanges | None = field(repr=False)

    @property
    def catalog(self) -> Catalog:
        """The catalogue of `new`, with the kinds that only `old` has."""
        return _catalog(self.old, self.new)

    @cached_property
    def before(self) -> Situation | None:
        """The resources of before, as they were known then, held against the people and areas of today."""
        then, now = _counted_alike(self.old, self.new, self.compared)
        old, new = _situation(self.old, then, self.catalog), _situation(self.new, now, self.catalog)
        return None if old is None or new is None else self._measured(replace(old, people=new.people, areas=new.areas))

    @cached_property
    def real(self) -> Situation | None:
        """The situation with the real changes alone."""
        return None if self.reach is None else self._measured(self.reach.real)

    @cached_property
    def standards(self) -> pd.DataFrame | None:
        """The standards of `new` that are newly met or lost, with the people of today; nothing where it has none."""
        judged = self.new.judged if self.new.standards else None
        if judged is None or self.before is None or self.real is None:
            return None
        asked = self.new.standards
        return standards_changed(judge(self.before, asked), judge(self.real, asked), judged)

    def _measured(self, situation: Situation) -> Situation:
        """Return a situation with its reach, measured as far and in the way that `new` measures."""
        limit = self.new.reach.limit if self.new.reach is not None else self.new.distance
        supply = supply_of(situation.resources, on=situation.on)
        served = situation.served
        if served is not None:
            served = served[supply.counts[served["resource"].to_numpy(dtype=int)]]
        places = only_places(situation.resources, supply)
        return replace(situation, reach=self.new.reach_of(situation.people, places, limit, served=served))

    def report(self, files: tuple[Path, ...] = ()) -> Report:
        """Say how many changed in which way, who gained and lost reach, and the sentences with the most people."""
        rows = self.compared.counts()
        went = {
            either(ja=f"前の資源（{self.old.as_of}）", en=f"resources of {self.old.as_of}"): int(rows["old"].sum()),
            either(ja=f"今の資源（{self.new.as_of}）", en=f"resources of {self.new.as_of}"): int(rows["new"].sum()),
        }
        fates = self.compared.rows["fate"].value_counts()
        out = {either(ja=_FATES[fate][0], en=_FATES[fate][1]): int(fates.get(fate, 0)) for fate in FATES}
        more: dict[str, list[dict[str, Any]]] = {
            "rows": [{"fate": fate, **{side: int(rows.at[fate, side]) for side in rows}} for fate in FATES],
            "reach": [] if self.reach is None else records(self.reach.table),
            "standards": [] if self.standards is None else records(self.standards),
            "by_resource": [] if self.reach is None else records(self.reach.by_row),
        }
        return Report(
            "compare",
            either(ja="2つの日付の比較", en="Comparison"),
            went,
            out,
            notes=tuple(notes(self)),
            files=files,
            data=records(self.changes),
            details=(*counts(self.changes), *reach_lines(self), *standard_lines(self), *sentences(self.changes)),
            more=more,
        )

    def write(self, path: Path) -> Path:
        """Write the changes for a spreadsheet, with the names of released rows alone."""
        now, then = _released(self.new), _released(self.old)
        return write_changes_csv(now, self.changes, path, before=then, catalog=self.catalog)


def compare(old: Planned, new: Planned, *, csv: Path | None = None) -> Report:
    r"""Compare two dates of one project, and write the changes where a file is named.

    The day of each is its ``as_of``. Distances are measured as `new` says, on both dates.

    Parameters
    ----------
    old, new
        The project of the two dates (`resourcemap.project.snapshot.open_snapshot`).
    csv
        The file to write; none when not given.

    Returns
    -------
    Report
        ``data`` holds the changes, ``more`` the counts (``rows``), who gained and lost reach (``reach``) and by which
        resource (``by_resource``), and the standards newly met and lost (``standards``).

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    >>> _ = (folder / "list.csv").write_text("名称,種類,緯度,経度\n本町,サロン,35.7,139.7\n", encoding="utf-8")
    >>> compare(open_project(folder), open_project(folder)).data
    []
    """
    comparison = comparison_of(old, new)
    return comparison.report((comparison.write(csv),) if csv is not None else ())


def comparison_of(old: Planned, new: Planned) -> Comparison:
    r"""Compare two dates of one project.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    >>> _ = (folder / "list.csv").write_text("名称,種類,緯度,経度\n本町,サロン,35.7,139.7\n", encoding="utf-8")
    >>> comparison_of(open_project(folder), open_project(folder)).compared.counts().loc["unchanged"].tolist()
    [1, 1]
    """
    compared = compare_rows(
        old.located,
        new.located,
        old_on=old.as_of,
        new_on=new.as_of,
        old_schedules=old.schedules,
        new_schedules=new.schedules,
    )
    catalog = _catalog(old, new)
    sides = zip((old, new), _counted_alike(old, new, compared), strict=True)
    before, after = (_situation(project, counted, catalog) for project, counted in sides)
    reach = None
    if before is not None and after is not None:
        reach = compare_reach(
            before,
            after,
            compared,
            metres=new.distance,
            measure=lambda people, places, served: new.reach_of(people, places, new.distance, served=served),
        )
    return Comparison(old, new, compared, _told(old, new, compared.changes, reach, catalog), reach)


def changes_in_areas(comparison: Comparison, system: str) -> pd.DataFrame:
    """Return the changes with the area of one system that each place is in today, or was in where it is gone.

    ``area_id`` and ``area`` are missing where a place is not known or in no area.
    """
    changes, new = comparison.changes, comparison.new
    areas = figures_of(new, new.areas)
    own = areas[areas["system"] == system].reset_index(drop=True)
    position = {
        side: place(project.located, own)[system].to_numpy()
        for side, project in (("old", comparison.old), ("new", new))
    }
    at = np.array(
        [
            position["new"][row] if row >= 0 else position["old"][was]
            for was, row in zip(changes["old"], changes["new"], strict=True)
        ],
        dtype=int,
    )
    named = {name: np.append(own[name].to_numpy(dtype=object), [None])[at] for name in ("area_id", "area")}
    return changes.assign(system=system, **named)


def _catalog(old: Planned, new: Planned) -> Catalog:
    """Return the catalogue of `new`, with the kinds that only `old` has."""
    more = {id_: kind for id_, kind in old.settings.kinds.items() if id_ not in new.catalog.kinds}
    return new.catalog.with_kinds(more) if more else new.catalog


def _counted_alike(old: Planned, new: Planned, compared: Compared) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the resources of both, as figures count them: a place that is hidden in one is at its block in both.

    Else giving or taking consent would look as if people had gained or lost reach, and tell where the place is.
    """
    pairs = compared.rows[(compared.rows["old"] >= 0) & (compared.rows["new"] >= 0)]
    masks = [project.hidden.to_numpy().copy() for project in (old, new)]
    rows = [pairs[side].to_numpy() for side in ("old", "new")]
    either_one = masks[0][rows[0]] | masks[1][rows[1]]
    found = []
    for project, mask, at in zip((old, new), masks, rows, strict=True):
        mask[at] |= either_one
        exact = project.located["located"].isin(EXACT) & project.located.geometry.notna()
        hidden = pd.Series(mask, index=project.located.index) & exact
        counted_exactly = project.counted is project.located and project.hidden.any()
        found.append(
            project.located
            if counted_exactly
            else at_their_blocks(project.located, hidden, project.blocks, project.areas)
        )
    return found[0], found[1]


def _situation(project: Planned, counted: gpd.GeoDataFrame, catalog: Catalog) -> Situation | None:
    if project.homes is None or project.areas is None:
        return None
    return Situation(
        project.homes,
        counted,
        project.areas,
        schedules=project.schedules,
        served=project.served,
        on=project.as_of,
        catalog=catalog,
    )


def _released(project: Planned) -> Released:
    """Return what may be shown on lists and on paper; what has ended is shown too, since that is the news."""
    running = project.located.assign(status="active", valid_to=None)
    with speaking(project.masthead["language"]):
        listed, printed = (release(running, channel, on=project.as_of) for channel in ("list", "paper"))
    return listed.only(listed.table.index[listed.table.index.isin(printed.table.index)])


def _told(
    old: Planned, new: Planned, changes: pd.DataFrame, reach: ReachChanges | None, catalog: Catalog
) -> pd.DataFrame:
    """Add people, names, blocks and sentences; cells are those that the gate lets through."""
    then, now = (_by_position(project) for project in (old, new))
    names = pd.Series([now.get(row, {}).get("name") for row in changes["new"]], index=changes.index, dtype=object)
    both = [old_row in then and new_row in now for old_row, new_row in zip(changes["old"], changes["new"], strict=True)]
    fields = changes["field"].tolist()
    shown = changes.assign(
        before=[
            raw if name == "status" else _text(then[row].get(name)) if may else None
            for row, name, may, raw in zip(changes["old"], fields, both, changes["before"], strict=True)
        ],
        after=[
            raw if name == "status" else _text(now[row].get(name)) if may else None
            for row, name, may, raw in zip(changes["new"], fields, both, changes["after"], strict=True)
        ],
    )
    # How far something moved that may not be named would draw a circle around where it was.
    changes = changes.assign(metres=changes["metres"].astype(object).where(pd.Series(both, index=changes.index), None))
    was, blocks = _blocks(old, new, changes)
    with_cells = pd.Series(both, index=changes.index, dtype=bool)
    filled = changes.assign(
        before=shown["before"].where(with_cells, changes["before"]),
        after=shown["after"].where(with_cells, changes["after"]),
    )
    common = {"catalog": catalog, "reach": reach, "blocks": blocks, "blocks_before": was}
    table = told(filled, names=names, cells=with_cells, **common)
    plain = told(changes, **common)["sentence"]
    return shown.assign(
        gained=table["gained"],
        lost=table["lost"],
        change_label=changes["change"].map(LABELS),
        nature_label=changes["nature"].map(NATURES),
        kind_label=[catalog.kinds[kind].label("ja") for kind in changes["kind"]],
        name=names,
        block=blocks,
        row=_rows_as_written(old, new, changes),
        sentence=table["sentence"],
        sentence_without_name=plain,
    )


def _by_position(project: Planned) -> dict[int, dict[str, Any]]:
    """Return the released rows by their position in the located table."""
    table = _released(project).table
    positions = project.located.index.get_indexer(table.index)
    rows = pd.DataFrame(table.drop(columns=table.geometry.name)).to_dict("records")
    return {int(position): row for position, row in zip(positions, rows, strict=True)}


def _text(value: object) -> str | None:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return f"{value:g}" if isinstance(value, float) else str(value)


def _blocks(old: Planned, new: Planned, changes: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Name the block of every changed place: where it was, and where it is today, or was where that is not known."""
    then, now = _blocks_of(old), _blocks_of(new)
    was = [then[row] if row >= 0 else None for row in changes["old"]]
    found = [(now[row] if row >= 0 else None) or before for row, before in zip(changes["new"], was, strict=True)]
    before, after = (pd.Series(each, index=changes.index, dtype=object) for each in (was, found))
    return before, after


def _blocks_of(project: Planned) -> list[str | None]:
    located = project.located
    if project.blocks is None:
        return [None] * len(located)
    areas = blocks_as_areas(project.blocks, system="町丁目")
    known = located["place"].isin(AT_A_PLACE) & located["level"].isin(_IN_A_BLOCK)
    points = located.set_geometry(located.geometry.where(known))
    names = project.blocks["block"].tolist()
    return [names[at] if at >= 0 else None for at in place(points, areas)["町丁目"]]


def _rows_as_written(old: Planned, new: Planned, changes: pd.DataFrame) -> list[str]:
    then, now = where_of(old.located), where_of(new.located)
    return [
        now[new_row] if new_row >= 0 else either(ja=f"前の {then[old_row]}", en=f"{then[old_row]} of before")
        for old_row, new_row in zip(changes["old"], changes["new"], strict=True)
    ]
