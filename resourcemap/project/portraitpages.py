"""The portraits of areas on paper: a file per area, with what all of them share worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.errors import QuestionError, unknown
from resourcemap.files import together
from resourcemap.language import either
from resourcemap.project.comparing import comparison_of
from resourcemap.project.planning import situation_of
from resourcemap.project.portraying import portrait_asked, portrait_report
from resourcemap.project.report import Report
from resourcemap.publish.paper.filenames import distinct_file_names
from resourcemap.publish.portrait import map_size, write_portrait

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    import geopandas as gpd

    from resourcemap.model.consent import Released
    from resourcemap.plan.portrait import Portrait
    from resourcemap.project.comparing import Comparison
    from resourcemap.project.onpaper import OnPaper
    from resourcemap.project.planned import Planned
    from resourcemap.publish.paper.places import Places
    from resourcemap.publish.papermap import PaperMap

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
    on
        The day that the paper is for, where it is one to come.
    """

    project: Planned = field(repr=False)
    since: Planned | None = field(default=None, repr=False)
    on: date | None = None

    @cached_property
    def comparison(self) -> Comparison | None:
        """What has changed since then."""
        return None if self.since is None else comparison_of(self.since, self.project)

    @property
    def paper(self) -> OnPaper:
        """What paper shows of each area: the rows and numbers of all other sheets."""
        return self.project.on_paper(self.on)

    def report(self, area: str, path: Path, system: str | None = None) -> Report:
        """Write the page of an area by its name or id; the report is that of `portrait_report`."""
        found = portrait_asked(self.project, area, system, comparison=self.comparison)
        told = portrait_report(self.project, area, system, since=self.since, found=found)
        return replace(told, files=(self.write(found, path),))

    def write(self, found: Portrait, path: Path) -> Path:
        """Write the page of one area."""
        project = self.project
        areas = situation_of(project).areas
        area = areas[(areas["system"] == found.system) & (areas["area_id"].astype(str) == found.area_id)]
        released, places = self.paper.of_area(area), self.paper.places_of(area)
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
            background=self.paper.ground,
            language=project.masthead["language"],
            credit=str(project.settings.project.get("credit", "")),
        )


def portrait_page(
    project: Planned,
    area: str,
    path: Path,
    system: str | None = None,
    *,
    since: Planned | None = None,
    on: date | None = None,
) -> Report:
    """Write the portrait of one area as a PDF, for a day to come where it is given; the report is `portrait_report`.

    Raises
    ------
    QuestionError
        When there is no such system or area, or the file is no PDF or one that the project reads.
    """
    _require_pdf(project, path)
    return PortraitPages(project, since, on).report(area, path, system)


def portrait_pages(
    project: Planned,
    folder: Path,
    system: str | None = None,
    *,
    since: Planned | None = None,
    on: date | None = None,
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
    on
        The day that the paper is for, where it is one to come.
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
    pages = PortraitPages(project, since, on)
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
