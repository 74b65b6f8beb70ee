"""The issues of a newsletter: what each area's sheet is made of, and what all of them share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.errors import InputError, ProjectError, QuestionError, unknown
from resourcemap.files import write_bytes
from resourcemap.language import either
from resourcemap.metres import metre_crs, to_metres
from resourcemap.model.catalog import LANGUAGES
from resourcemap.project.months import month_of
from resourcemap.project.news import CHANNEL, changes_since
from resourcemap.project.settings import NAME, require_known
from resourcemap.project.snapshot import open_snapshot
from resourcemap.publish.newsletter.column import read_column
from resourcemap.publish.newsletter.sheet import LARGE_MAP_MM, MAP_MM, Masthead, sheet_of
from resourcemap.publish.newsletter.words import Words
from resourcemap.publish.paper.filenames import distinct_file_names
from resourcemap.publish.paper.places import number_places

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from resourcemap.model.consent import Released
    from resourcemap.project.planned import Planned
    from resourcemap.publish.newsletter.column import Block
    from resourcemap.publish.newsletter.fitting import Fitted
    from resourcemap.publish.newsletter.news import Changes
    from resourcemap.publish.newsletter.sheet import Sheet
    from resourcemap.publish.paper.places import Places
    from resourcemap.publish.papermap import Ground, PaperMap

AREA = "{area}"
# So far beyond the border of an area is near by; so many rows there are named.
_NEAR, _MOST_NEAR = 400.0, 6


@dataclass(frozen=True)
class NewsletterAsked:
    """What is asked of a newsletter besides its month; what is not given is that of ``[newsletter]``.

    Parameters
    ----------
    areas
        Names or ids of areas; all of the system unless given.
    system
        The system of areas.
    since
        The project of the last issue: a folder, a revision or a day, as `open_snapshot` takes it.
    text
        A Markdown file with the CSW's own text; its name may hold ``{area}``.
    number
        The number of the issue.
    language
        One of `resourcemap.model.catalog.LANGUAGES`.
    large, ruby
        Large type; readings above kanji.
    pdf_only
        Whether no file for Word is written.
    """

    areas: tuple[str, ...] = ()
    system: str | None = None
    since: str | None = None
    text: str | None = None
    number: int | None = None
    language: str | None = None
    large: bool = False
    ruby: bool = False
    pdf_only: bool = False


@dataclass(frozen=True)
class Issues:
    """The issues of a month, with what all of its areas share worked out once."""

    project: Planned = field(repr=False)
    month: tuple[date, date]
    asked: NewsletterAsked

    @cached_property
    def system(self) -> str:
        """The system of areas: asked for, that of the settings, or that of the list."""
        project = self.project
        if project.areas is None:
            raise ProjectError(
                either(
                    ja=f"{NAME}: 通信は区域ごとに作ります。[[areas]] に区域を書いてください。",
                    en=f"{NAME}: a newsletter is for an area. Name areas in [[areas]].",
                )
            )
        known = [str(system) for system in pd.unique(project.areas["system"])]
        if self.asked.system is not None:
            if self.asked.system not in known:
                raise QuestionError(unknown("--system", self.asked.system, known))
            return self.asked.system
        system = str(self.said("system") or project.list_system)
        require_known("[newsletter] system", [system], known)
        return system

    @cached_property
    def areas(self) -> gpd.GeoDataFrame:
        """The areas of the system."""
        system, areas = self.system, self.project.areas
        assert areas is not None  # noqa: S101 (`system` has seen to it)
        return areas[areas["system"] == system].reset_index(drop=True)

    @cached_property
    def chosen(self) -> list[int]:
        """The positions of the areas asked for, in the order of the areas."""
        system = self.system
        names, ids = self.areas["area"].astype(str).tolist(), self.areas["area_id"].astype(str).tolist()
        found = []
        for word in self.asked.areas:
            at = [number for number, known in enumerate(zip(names, ids, strict=True)) if word in known]
            at = at or [number for number, name in enumerate(names) if name.startswith(word)]
            if len(at) != 1:
                raise QuestionError(unknown(f"--area ({system})", word, names))
            found += at
        return sorted(set(found)) if self.asked.areas else list(range(len(names)))

    @cached_property
    def released(self) -> Released:
        """What may be shown on paper today, and still on the first day of the month."""
        return self.project.released(CHANNEL, self._on)

    @cached_property
    def rows_of_areas(self) -> dict[str, set[str]]:
        """The ids of the released rows of each area, by the area's id."""
        return self._ids_by_area(self.released)

    @property
    def in_no_area(self) -> int:
        """How many released rows are in no newsletter of the system."""
        told = {id_ for ids in self.rows_of_areas.values() for id_ in ids}
        return int((~self.released.table["resource_id"].isin(told)).sum())

    @cached_property
    def schedules(self) -> pd.Series:
        """The schedule of every released row."""
        return self.project.schedules_of(self.released)

    @cached_property
    def since(self) -> Planned | None:
        """The project as it was for the last issue."""
        since = self.asked.since or str(self.said("since") or "")
        return open_snapshot(since, self.project.folder) if since else None

    @cached_property
    def changes(self) -> Changes | None:
        """What changed since then, in all areas."""
        return None if self.since is None else changes_since(self.since, self.project, on=self._on)

    @cached_property
    def _changed_by_area(self) -> dict[str, set[str]]:
        return {} if self.changes is None else self._ids_by_area(self.changes.ended)

    @cached_property
    def ground(self) -> Ground:
        """What lies under the pins of every map."""
        from resourcemap.publish.papermap import ground_of  # noqa: PLC0415 (maps are slow to load)

        return ground_of(self.project.background, self.project.areas)

    @cached_property
    def words(self) -> Words:
        """The words of the language."""
        language = self.asked.language or str(self.project.masthead["language"])
        if language not in LANGUAGES:
            raise QuestionError(unknown("--lang", language, LANGUAGES))
        return Words(language, self.asked.ruby)

    @property
    def template(self) -> Path | None:
        """The project's own template."""
        name = self.said("template")
        return self.project.folder / str(name) if name else None

    @property
    def _on(self) -> date:
        return max(self.project.as_of, self.month[0])

    def said(self, key: str) -> Any:
        """Return what ``[newsletter]`` says, or nothing."""
        return self.project.settings.newsletter.get(key)

    def file_names(self) -> list[str]:
        """Name the files of the areas asked for, without their ends."""
        first = self.month[0]
        own = self.words.language != self.project.masthead["language"]
        asked = self.asked
        parts = (self.words.language if own else "", "ruby" if asked.ruby else "", "large" if asked.large else "")
        ending = "".join(f"-{part}" for part in parts if part)
        areas = distinct_file_names(self.areas["area"].astype(str).tolist())
        return [f"newsletter-{areas[at]}-{first:%Y-%m}{ending}" for at in self.chosen]

    def sheet(self, at: int) -> Sheet:
        """Put together the issue of the area at a position."""
        area = self.areas.iloc[[at]]
        name, area_id = str(area["area"].iloc[0]), str(area["area_id"].iloc[0])
        table = self.released.table
        ids = self.rows_of_areas.get(area_id, set())
        released = self.released.only(table.index[table["resource_id"].isin(ids)])
        places = number_places(released, catalog=self.project.catalog, bounds=area.to_crs(4326).total_bounds)
        neighbours = self._neighbours(area, ids)
        draw = partial(self._map, released, places, area, neighbours)
        made = sheet_of(
            released,
            head=self._masthead(name),
            catalog=self.project.catalog,
            schedules=self.schedules,
            places=places,
            drawn=draw(*(LARGE_MAP_MM if self.asked.large else MAP_MM)),
            words=self.words,
            changes=self._changes_of(area_id, released),
            neighbours=neighbours,
            column=self._column(name),
            column_title=str(self.said("column") or ""),
            box=bool(True if self.said("box") is None else self.said("box")),
            address=self._address(area_id),
            large=self.asked.large,
        )
        return replace(made, draw=draw)

    def write(self, sheet: Sheet, path: Path) -> tuple[list[Path], Fitted]:
        """Write the files of one issue; return them, and how it was set."""
        from resourcemap.publish.newsletter.fitting import fitted_newsletter  # noqa: PLC0415 (typst is slow to load)
        from resourcemap.publish.newsletter.office import newsletter_docx  # noqa: PLC0415 (so is python-docx)

        name = str(self.said("template") or "newsletter.typ")
        fitted = fitted_newsletter(sheet, template=self._template_text, name=name)
        files = [write_bytes(path.with_name(f"{path.name}.pdf"), fitted.pdf)]
        if not self.asked.pdf_only:
            files.append(write_bytes(path.with_name(f"{path.name}.docx"), newsletter_docx(fitted.sheet)))
        return files, fitted

    @cached_property
    def _template_text(self) -> str | None:
        return None if self.template is None else _read(self.template, "[newsletter] template")

    def _masthead(self, area: str) -> Masthead:
        project, (first, last) = self.project, self.month
        texts = {key: str(self.said(key) or "") for key in ("phone", "address", "mail")}
        name = str(self.said("name") or self.words.plain("name")).replace(AREA, area)
        publisher = str(project.masthead["publisher"])
        return Masthead(name, self._number(), area, publisher, **texts, issued=project.as_of, first=first, last=last)

    def _number(self) -> int:
        """Return the number of the issue: that asked for, or counted from the first one."""
        if self.asked.number is not None:
            return self.asked.number
        if not self.said("first"):
            return 0
        begin, _ = month_of(str(self.said("first")), f"{NAME}: [newsletter] first")
        month = self.month[0]
        return max(0, 12 * (month.year - begin.year) + month.month - begin.month + 1)

    def _column(self, area: str) -> list[Block] | None:
        """Read the CSW's own text, where there is one."""
        if self.asked.text is not None:
            path, must = Path(self.asked.text.replace(AREA, area)), AREA not in self.asked.text
        elif self.said("text"):
            path, must = self.project.folder / str(self.said("text")).replace(AREA, area), False
        else:
            return None
        if not path.is_file() and not must:
            return None
        return read_column(_read(path, "--text" if self.asked.text else "[newsletter] text")) or None

    def _address(self, area_id: str) -> str:
        """Return where the map opens on the area; blank where it is not on the web."""
        address = str(self.project.settings.map.get("address", ""))
        if not address:
            return ""
        from resourcemap.publish.webmap.address import fragment  # noqa: PLC0415 (folium is slow to load)

        language = self.words.language if self.words.language != self.project.masthead["language"] else ""
        return f"{address}#{fragment(area=(self.system, area_id), language=language)}"

    def _map(
        self,
        released: Released,
        places: Places,
        area: gpd.GeoDataFrame,
        neighbours: Released | None,
        width_mm: float,
        height_mm: float,
    ) -> PaperMap | None:
        from resourcemap.publish.papermap import paper_map  # noqa: PLC0415 (maps are slow to load)

        project = self.project
        return paper_map(
            released,
            places,
            catalog=project.catalog,
            width_mm=width_mm,
            height_mm=height_mm,
            area=area,
            areas=self.areas,
            background=self.ground,
            language=self.words.language,
            neighbours=None if neighbours is None else neighbours.table,
            credit=str(project.settings.project.get("credit", "")),
            as_of=project.as_of,
        )

    def _neighbours(self, area: gpd.GeoDataFrame, own: set[str]) -> Released | None:
        """Return the rows of other areas that lie near by, the nearest first, a row per name."""
        table = self.released.table
        others = table[~table["resource_id"].isin(own) & table.geometry.notna() & (table["status"] == "active")]
        others = others[~others.index.isin(self.released.nameless)]
        if others.empty:
            return None
        metre = metre_crs(area)
        metres = to_metres(others, metre).geometry.distance(to_metres(area, metre).geometry.iloc[0])
        near = others.assign(metres=metres.to_numpy()).sort_values("metres", kind="stable")
        near = near[near["metres"] <= _NEAR].drop_duplicates("name").head(_MOST_NEAR)
        return self.released.only(near.index) if len(near) else None

    def _changes_of(self, area_id: str, released: Released) -> Changes | None:
        if self.changes is None:
            return None
        ended = self.changes.ended.table
        gone = ended.index[ended["resource_id"].isin(self._changed_by_area.get(area_id, set()))]
        return self.changes.only(released.table.index.append(gone))

    def _ids_by_area(self, released: Released) -> dict[str, set[str]]:
        placed = self.project.placements_of(released)
        if placed is None:
            return {}
        here = placed[(placed["system"] == self.system) & placed["resource_id"].isin(released.table["resource_id"])]
        of_areas = {str(area): set(ids) for area, ids in here.groupby("area_id")["resource_id"]}
        # A telephone line serves people wherever they live.
        anywhere = set(released.table.loc[released.table["place"] == "none", "resource_id"])
        return {str(area): of_areas.get(str(area), set()) | anywhere for area in self.areas["area_id"]}


def _read(path: Path, called: str) -> str:
    """Read a text that people wrote, in UTF-8 or as Windows saves it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        fault = QuestionError if called.startswith("-") else ProjectError
        raise fault(
            either(
                ja=f"{called}: {path} が読めません。ファイルの名前を確かめてください。",
                en=f"{called}: {path} cannot be read. Correct the name.",
            )
        ) from error
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(
        either(
            ja=f"{path}: 文字が読めません。UTF-8 で保存してください。",
            en=f"{path}: is no text. Save it as UTF-8.",
        )
    )
