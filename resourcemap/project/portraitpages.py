"""The portraits of areas on paper: a file per area, with what all of them share worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.errors import QuestionError, unknown
from resourcemap.files import together
from resourcemap.language import either
from resourcemap.metres import to_lonlat
from resourcemap.project.comparing import comparison_of
from resourcemap.project.planning import situation_of
from resourcemap.project.portraying import portrait_asked, portrait_report
from resourcemap.project.report import Report
from resourcemap.publish.paper.filenames import distinct_file_names
from resourcemap.publish.paper.places import number_places
from resourcemap.publish.portrait import map_size, write_portrait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    from resourcemap.model.consent import Released
    from resourcemap.plan.portrait import Portrait
    from resourcemap.project.comparing import Comparison
    from resourcemap.project.planned import Planned
    from resourcemap.publish.paper.places import Places
    from resourcemap.publish.papermap import Ground, PaperMap

CHANNEL = "paper"
_PDF = ".pdf"


@dataclass(frozen=True)
class PortraitPages:
    """The portraits of a project, ready to be written.

    Parameters
    ----------
    project
        The project.
    since
        The project of before, where its portraits are to say what has changed.
    """

    project: Planned = field(repr=False)
    since: Planned | None = field(default=None, repr=False)

    @cached_property
    def comparison(self) -> Comparison | None:
        """What has changed since then."""
        return None if self.since is None else comparison_of(self.since, self.project)

    @cached_property
    def ground(self) -> Ground:
        """What lies under the pins of every map."""
        from resourcemap.publish.papermap import ground_of  # noqa: PLC0415 (maps are slow to load)

        return ground_of(self.project.background, situation_of(self.project).areas)

    @cached_property
    def rows_of_areas(self) -> dict[tuple[str, str], set[str]]:
        """The ids of the released rows of each area, by system and id of the area."""
        table = self.project.placements_of(self.project.released(CHANNEL))
        if table is None:
            return {}
        return {
            (str(system), str(area)): set(ids)
            for (system, area), ids in table.groupby(["system", "area_id"], sort=False)["resource_id"]
        }

    def write(self, found: Portrait, path: Path) -> Path:
        """Write the page of one area."""
        project = self.project
        areas = situation_of(project).areas
        own = (areas["system"] == found.system) & (areas["area_id"].astype(str) == found.area_id)
        area, table = areas[own], project.released(CHANNEL).table
        ids = self.rows_of_areas.get((found.system, found.area_id), set())
        released = project.released(CHANNEL).only(table.index[table["resource_id"].isin(ids)])
        # The numbers are those of the other papers of the area.
        places = number_places(released, catalog=project.catalog, bounds=to_lonlat(area).total_bounds)
        portrait = found.as_data()
        return write_portrait(
            released,
            path,
            portrait=portrait,
            places=places,
            drawn=self._map(released, places, area, map_size(portrait)),
            catalog=project.catalog,
            **project.masthead,
        )

    def _map(self, released: Released, places: Places, area: gpd.GeoDataFrame, size: tuple[float, float]) -> PaperMap:
        from resourcemap.publish.papermap import paper_map  # noqa: PLC0415 (maps are slow to load)

        project, areas = self.project, situation_of(self.project).areas
        return paper_map(
            released,
            places,
            catalog=project.catalog,
            width_mm=size[0],
            height_mm=size[1],
            area=area,
            areas=areas[areas["system"].isin(area["system"])],
            background=self.ground,
            language=project.masthead["language"],
            credit=str(project.settings.project.get("credit", "")),
        )


def portrait_page(
    project: Planned, area: str, path: Path, system: str | None = None, *, since: Planned | None = None
) -> Report:
    """Write the portrait of one area as a PDF; the report is that of `portrait_report`.

    Raises
    ------
    QuestionError
        When there is no such system or area, or the file is no PDF or one that the project reads.
    """
    _require_pdf(project, path)
    pages = PortraitPages(project, since)
    found = portrait_asked(project, area, system, comparison=pages.comparison)
    return replace(portrait_report(project, area, system, since=since, found=found), files=(pages.write(found, path),))


def portrait_pages(
    project: Planned,
    folder: Path,
    system: str | None = None,
    *,
    since: Planned | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Report:
    """Write the portraits of all areas of a system into a folder, a PDF each by the name of the area.

    Parameters
    ----------
    project
        The project.
    folder
        Where they go; made where it is not there.
    system
        The system of areas; that of the strengths when not given.
    since
        The project of before, where they are to say what has changed.
    progress
        Called before each area with its name, how many are done, and how many there are.

    Raises
    ------
    QuestionError
        When there is no such system, or the folder is a file.
    """
    areas = situation_of(project).areas
    systems = [str(each) for each in pd.unique(areas["system"])]
    asked = system or project.compared_system
    if asked not in systems:
        raise QuestionError(unknown("--system", asked, systems))
    if folder.is_file():
        raise QuestionError(
            either(
                ja=f"-o {folder}: ファイルです。--all のときは、フォルダーの名前にしてください。",
                en=f"-o {folder}: is a file. With --all, name a folder.",
            )
        )
    pages = PortraitPages(project, since)
    own = areas[areas["system"] == asked]
    names = distinct_file_names([f"portrait-{area}" for area in own["area"]])
    written: list[Path] = []
    with together():
        for area_id, area, name in zip(own["area_id"], own["area"], names, strict=True):
            if progress:
                progress(str(area), len(written), len(own))
            found = portrait_asked(project, str(area_id), asked, comparison=pages.comparison)
            written.append(pages.write(found, folder / f"{name}{_PDF}"))
    counted = {either(ja="区域", en="areas"): len(own)}
    title = either(ja=f"地域アセスメント（{asked}）", en=f"Portraits ({asked})")
    return Report("portrait", title, counted, {either(ja="ファイル", en="files"): len(written)}, files=tuple(written))


def _require_pdf(project: Planned, path: Path) -> None:
    if path.suffix.lower() != _PDF:
        raise QuestionError(
            either(
                ja=f"-o {path}: 地域アセスメントはPDFで書きます。名前の終わりを .pdf にしてください。",
                en=f"-o {path}: a portrait is written as a PDF. Let the name end in .pdf.",
            )
        )
    project.require_free(path, "-o")
