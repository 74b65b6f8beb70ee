"""What is read of a project: its tables, made from its files, each when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.areas.cells import cell_points, cells, ground_around
from resourcemap.areas.membership import areas_from_blocks, blocks_as_areas
from resourcemap.areas.placement import placements
from resourcemap.areas.served import served_blocks
from resourcemap.clock import today
from resourcemap.errors import InputError, ProjectError, first_five
from resourcemap.geocode.gazetteer import gazetteer_of_blocks, read_gazetteer, read_places
from resourcemap.geocode.match import locate
from resourcemap.language import either
from resourcemap.measure.question import DISTANCES
from resourcemap.model.catalog import load_catalog
from resourcemap.model.schedule.schedule import Schedule
from resourcemap.model.tables import AREAS, BLOCKS, PEOPLE, RESOURCES, check
from resourcemap.project.doubles import without_different
from resourcemap.project.folder import Folder
from resourcemap.project.freshness import checked_every
from resourcemap.project.homes import homes_of
from resourcemap.project.inputs import (
    besides,
    call_file,
    call_in_fault,
    distinct_names,
    is_kept,
    kept_aside,
    label,
    matching,
    once,
    passed_over,
)
from resourcemap.project.keys import UNMATCHED
from resourcemap.project.settings import NAME, require_known
from resourcemap.read.areas import read_areas, read_blocks, read_layer
from resourcemap.read.duplicates import find_duplicates
from resourcemap.read.people import read_membership, read_people
from resourcemap.read.resources import read_resources
from resourcemap.read.same import merge_same
from resourcemap.read.schedules.parse import read_schedule
from resourcemap.read.streets import read_streets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import geopandas as gpd

    from resourcemap.model.catalog import Catalog

DISTANCE = 500.0
PLACES = "data/places.csv"
_AREA_NOTES = ("left_aside", "mended")


class Tables(Folder):
    """What is read of a project: its tables, each made when it is first asked for.

    Nothing has to be called in an order: every table asks for the ones it needs. Tables are not to be changed.

    Parameters
    ----------
    folder
        The folder with resourcemap.toml.
    settings
        What it says.
    """

    @cached_property
    def catalog(self) -> Catalog:
        """The kinds, audiences and facilities, with the project's own kinds, and how long a check of each lasts."""
        catalog = load_catalog().with_kinds(self.settings.kinds) if self.settings.kinds else load_catalog()
        return checked_every(catalog, self.settings.freshness)

    @cached_property
    def as_of(self) -> date:
        """The day the figures and outputs are for: ``[project] date``, or today."""
        found: date = self.settings.project.get("date") or today()
        return found

    @cached_property
    def blocks(self) -> gpd.GeoDataFrame | None:
        """The town blocks as polygons; cells around points where the project has only points and an outline."""
        asked, blocks = self.settings.blocks, self._blocks_as_read
        if blocks is None:
            return None
        if (blocks.geom_type == "Point").any():
            blocks = cells(blocks, self._ground(blocks))
        check(blocks, BLOCKS, where=_names(asked["file"]))
        return blocks

    def _ground(self, points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return the ground that is shared out among block points: the outline, or what is near any of them."""
        asked = self.settings.blocks
        if "outline" in asked and "around" in asked:
            raise ProjectError(
                either(
                    ja=f"{NAME}: [blocks] の outline（外形）と around（点からの距離）は、どちらか一方にしてください。",
                    en=f"{NAME}: [blocks] has both outline and around. Keep one.",
                )
            )
        if "around" in asked:
            return ground_around(points, metres=float(asked["around"]))
        if "outline" in asked:
            return read_layer(self.paths(asked["outline"]))
        raise ProjectError(
            either(
                ja=f"{NAME}: 町丁目が点です。[blocks] outline に市区町村の外形のファイルを書いてください。"
                "外形がなければ、around = 1000 のように、点から何mまでをその町丁目とみなすかを書いてください。",
                en=f"{NAME}: the blocks are points. Name the outline's file in [blocks] outline. Where there is none, "
                "say with around = 1000 how many metres from its point a block may reach.",
            )
        )

    @cached_property
    def _blocks_as_read(self) -> gpd.GeoDataFrame | None:
        asked = self.settings.blocks
        if not asked:
            return None
        return read_blocks(
            self.paths(asked["file"]), block_id=asked.get("id"), block=asked.get("name"), city=asked.get("city")
        )

    @cached_property
    def _block_points(self) -> gpd.GeoDataFrame | None:
        """The blocks with the points that they came with; those that came as polygons stay so."""
        if self.blocks is None or self._blocks_as_read is None or not self.blocks["approximate"].any():
            return self.blocks
        return cell_points(self._blocks_as_read, self.blocks)

    @cached_property
    def areas(self) -> gpd.GeoDataFrame | None:
        """The areas of every system, in the order of the settings."""
        tables = [self._system(asked) for asked in self.settings.areas]
        if not tables:
            return None
        notes = {name: [each for table in tables for each in table.attrs.get(name, [])] for name in _AREA_NOTES}
        for table in tables:
            table.attrs = {}
        areas: gpd.GeoDataFrame = pd.concat(tables, ignore_index=True)
        areas.attrs = notes
        check(areas, AREAS, where=NAME)
        return areas

    @cached_property
    def people(self) -> gpd.GeoDataFrame | None:
        """The people of each block or mesh on one point, as read; meshes need no blocks."""
        asked = self.settings.people
        if not asked:
            return None
        people = read_people(
            self.paths(asked["file"]),
            blocks=self._block_points,
            block_id=asked.get("block_id"),
            block=asked.get("block"),
            total=asked.get("total"),
            city=asked.get("city"),
            unmatched=UNMATCHED[asked.get("unmatched", "error")],
        )
        check(people, PEOPLE, where=_names(asked["file"]))
        return people

    @cached_property
    def homes(self) -> gpd.GeoDataFrame | None:
        """The people of each block or mesh on points inside it."""
        if self.people is None:
            return None
        return homes_of(self.people, self.blocks, self.settings.people, self.paths)

    @cached_property
    def resources(self) -> gpd.GeoDataFrame:
        """The resources of all files, as read, in the order of the settings."""
        if not self.settings.resources:
            raise ProjectError(
                either(
                    ja=f"{NAME}: [[resources]] がありません。地域資源の表のファイル名を書いてください。",
                    en=f"{NAME}: there is no [[resources]]. Name the file with the resources.",
                )
            )
        asked_for = once((path, asked) for asked in self.settings.resources for path in self.paths(asked["file"]))
        names = distinct_names([path for path, _ in asked_for], self.folder)
        tables: dict[str, gpd.GeoDataFrame] = {}
        faults: list[str] = []
        for path, asked in asked_for:
            try:
                table = self._read(path, asked)
            except InputError as error:
                faults += [call_in_fault(fault, path.name, names[path]) for fault in error.faults]
                continue
            tables[label(names[path], asked.get("sheet"), tables)] = call_file(table, path.name, names[path])
        if faults:
            raise InputError(faults)
        aside = [row for table in tables.values() for row in table.attrs["left_aside"]]
        columns = {name: table.attrs["columns"] for name, table in tables.items()}
        mapping = {name: table.attrs["mapping"] for name, table in tables.items()}
        for table in tables.values():
            table.attrs = {}
        resources: gpd.GeoDataFrame = _unique_ids(pd.concat(list(tables.values()), ignore_index=True))
        resources, merged = merge_same(resources, self.settings.same)
        aside += merged
        check(resources, RESOURCES, where=first_five(tables))
        resources.attrs = {"left_aside": aside, "columns": columns, "mapping": mapping}
        return resources

    @cached_property
    def rows(self) -> gpd.GeoDataFrame:
        """The resources, without what is noted of their files: pandas copies that at every step."""
        rows = self.resources.copy(deep=False)
        rows.attrs = {}
        return rows

    @property
    def left_aside(self) -> list[dict[str, Any]]:
        """What was left aside of the inputs besides resources, and files that were passed over, with the reasons."""
        read = [self.people, self._blocks_as_read, self.areas, self.streets]
        aside = [row for table in read if table is not None for row in table.attrs.get("left_aside", [])]
        files = [self.folder / name for name in self.named if "*" in name]
        kept = kept_aside(path for name in files for path in matching(name) if is_kept(path, self.folder))
        return [*aside, *passed_over(path for name in files for path in besides(name)), *kept]

    @cached_property
    def duplicates(self) -> pd.DataFrame:
        """The pairs of resources that may be one, without those that the user says are two."""
        return without_different(find_duplicates(self.located), self.settings.different)

    @cached_property
    def schedules(self) -> pd.Series:
        """The schedule of every resource, read from its text, on the index of the resources."""
        return schedules_in(self.resources)

    @cached_property
    def located(self) -> gpd.GeoDataFrame:
        """The resources with points, how sure each is, and the venues they share."""
        return locate(self.rows, **self.locating)

    @cached_property
    def locating(self) -> dict[str, Any]:
        """What `locate` is told besides the resources: where to look, and where addresses lie."""
        project = self.settings.project
        prefecture, city = project.get("prefecture", ""), project.get("city", "")
        gazetteer = None
        if "gazetteer" in self.settings.locate:
            gazetteer = read_gazetteer(self.paths(self.settings.locate["gazetteer"]), city=city or None)
        elif self._block_points is not None and self._block_points is not self.blocks:
            gazetteer = gazetteer_of_blocks(self._block_points, city=city, prefecture=prefecture)
        places = [place for path in self._places_files if path.is_file() for place in read_places(path)]
        return {
            "gazetteer": gazetteer,
            "blocks": self.blocks,
            "places": places,
            "prefecture": prefecture,
            "city": city,
        }

    @property
    def places_file(self) -> Path:
        """The file in which places are remembered; it need not be there yet."""
        return self._places_files[0]

    @property
    def _places_files(self) -> list[Path]:
        names = self.settings.locate.get("places", PLACES)
        return [self.folder / name for name in ([names] if isinstance(names, str) else names)]

    @cached_property
    def placements(self) -> pd.DataFrame | None:
        """The areas of every resource in every system."""
        if self.areas is None:
            return None
        return placements(self.located, self.areas, served=self.served, blocks=self.blocks)

    @cached_property
    def served(self) -> pd.DataFrame | None:
        """The blocks that each visiting service goes to, or nothing where blocks or areas are not known."""
        if self.areas is None or self.blocks is None:
            return None
        return served_blocks(self.located, self.blocks, self.areas, city=self.settings.project.get("city", ""))

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds that figures are made for: those asked for, or every one that occurs or that gaps ask for."""
        asked, of_gaps = self.settings.coverage.get("kinds"), self.settings.gaps.get("kinds", [])
        require_known("[coverage] kinds", asked or [], list(self.catalog.kinds), meant=self.catalog.kind_of)
        counted = list(self.catalog.kinds if asked is None else asked)
        require_known("[gaps] kinds", of_gaps, counted, meant=self.catalog.kind_of)
        if asked is not None:
            return list(asked)
        wanted = {*self.resources["kind"], *of_gaps}
        return [kind for kind in self.catalog.kinds if kind in wanted]

    @property
    def list_system(self) -> str | None:
        """The system of areas that the list is divided by; the first one when the settings name none."""
        if self.areas is None:
            return None
        known = [str(system) for system in pd.unique(self.areas["system"])]
        system = str(self.settings.list.get("system", known[0]))
        require_known("[list] system", [system], known)
        return system

    @cached_property
    def streets(self) -> gpd.GeoDataFrame | None:
        """The streets to walk along, or nothing where distances are straight lines."""
        if "streets" not in self.settings.reach:
            return None
        return read_streets(self.paths(self.settings.reach["streets"]))

    @cached_property
    def background(self) -> dict[str, gpd.GeoDataFrame]:
        """The layers drawn under the map."""
        layers = {name: read_layer(self.paths(files)) for name, files in self.settings.background.items()}
        if self.blocks is not None:
            layers["blocks"] = self.blocks
        return layers

    @property
    def distances(self) -> list[float]:
        """The limits of reach in metres, ascending, with the one that gaps use."""
        asked = {float(metres) for metres in self.settings.coverage.get("distances", DISTANCES)}
        return sorted(asked | {self.distance})

    @property
    def distance(self) -> float:
        """The limit of reach in metres that gaps use."""
        return float(self.settings.gaps.get("distance", DISTANCE))

    def read_list(self, path: Path, kind: str) -> gpd.GeoDataFrame:
        """Read another list as resources of one kind."""
        return self._read(path, {"kind": kind})

    def read_from(self, path: Path) -> Path:
        """Return where a file of resources is read from: the file itself, unless a merge is being tried."""
        return path

    def _read(self, path: Path, asked: Mapping[str, Any]) -> gpd.GeoDataFrame:
        return read_resources(
            self.read_from(path),
            sheet=asked.get("sheet"),
            columns=asked.get("columns"),
            kind=asked.get("kind"),
            consent=asked.get("consent"),
            anywhere=asked.get("outside_japan", False),
            catalog=self.catalog,
        )

    def _system(self, asked: Mapping[str, Any]) -> gpd.GeoDataFrame:
        system = asked["system"]
        if "polygons" in asked:
            return read_areas(
                self.paths(asked["polygons"]), system=system, area=asked.get("name"), area_id=asked.get("id")
            )
        if self.blocks is None:
            raise ProjectError(
                either(
                    ja=f"{NAME}: 区分「{system}」を作るには [blocks] に町丁目のファイルが要ります。",
                    en=f"{NAME}: the areas of {system} need the town blocks. Name their file in [blocks].",
                )
            )
        if asked.get("each_block"):
            return blocks_as_areas(self.blocks, system=system)
        if "membership" not in asked:
            raise ProjectError(
                either(
                    ja=f"{NAME}: [[areas]]「{system}」に membership（町丁目と区域の表）か"
                    " polygons（区域の形）を書いてください。",
                    en=f"{NAME}: [[areas]] {system} needs membership (a table of blocks and areas) or polygons.",
                )
            )
        column = asked.get("column", system)
        path, *more = self.paths(asked["membership"])
        if more:
            raise ProjectError(
                either(
                    ja=f"{NAME}: [[areas]]「{system}」の membership に当てはまるファイルが2つ以上あります。"
                    "ひとつにしてください。",
                    en=f"{NAME}: [[areas]] {system}: more than one file matches membership. Name one.",
                )
            )
        membership = read_membership(path, block=asked.get("block"), areas=[column])
        areas = areas_from_blocks(self.blocks, membership, system=system, column=column, where=path.name)
        areas.attrs["left_aside"] = membership.attrs["left_aside"]
        return areas


def schedules_in(table: pd.DataFrame) -> pd.Series:
    """Return the schedule of every row of a table, read from its text, on the index of the table.

    Rows without a text have an empty schedule.

    Parameters
    ----------
    table
        A table with the column ``schedule``.

    Examples
    --------
    >>> table = pd.DataFrame({"schedule": ["毎週水曜 10:00-12:00", None]}, index=[7, 9])
    >>> [len(schedule.rules) for schedule in schedules_in(table)]
    [1, 0]
    """
    texts = [read_schedule(text) if isinstance(text, str) else Schedule() for text in table["schedule"]]
    return pd.Series(texts, index=table.index, dtype=object, name="schedule")


def _names(files: str | list[str]) -> str:
    return first_five(Path(name).name for name in ([files] if isinstance(files, str) else files))


def _unique_ids(resources: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Tell apart the ids that two files both use: the first keeps its own."""
    again = resources.groupby("resource_id").cumcount()
    twice = again > 0
    resources.loc[twice, "resource_id"] += "-f" + (again[twice] + 1).astype(str)
    return resources
