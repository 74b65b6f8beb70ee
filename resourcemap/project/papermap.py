"""The printed map of a project, with the list of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resourcemap.errors import InputError, ProjectError, QuestionError, unknown
from resourcemap.language import either
from resourcemap.model.catalog import LANGUAGES
from resourcemap.project.onpaper import letters_missing
from resourcemap.project.reasons import aside
from resourcemap.project.report import Report
from resourcemap.project.settings import NAME
from resourcemap.publish.paper.places import number_places
from resourcemap.publish.papermap.sheet import require_known, write_papermap

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import geopandas as gpd

    from resourcemap.model.consent import Released
    from resourcemap.project.onpaper import OnPaper
    from resourcemap.project.planned import Planned
    from resourcemap.publish.paper.places import Places


@dataclass(frozen=True)
class MapAsked:
    """What is asked of a printed map.

    Parameters
    ----------
    area
        The name or id of an area; the whole project unless given.
    system
        The system of areas; that of the list unless given, or else the first that has such an area.
    kinds
        Ids or names of kinds; all of them unless given.
    size
        ``a4``, ``a3`` or ``postcard``.
    landscape
        Whether it lies on its long side.
    language
        One of `resourcemap.model.catalog.LANGUAGES`; that of the project unless given.
    on
        The first day that it is for; that of the project unless given.
    """

    area: str | None = None
    system: str | None = None
    kinds: tuple[str, ...] = ()
    size: str = "a4"
    landscape: bool = False
    language: str | None = None
    on: date | None = None


def write_map_sheet(project: Planned, path: Path, asked: MapAsked | None = None) -> Report:
    r"""Write the printed map of an area, or of the whole project, in the form of its suffix.

    Parameters
    ----------
    project
        The project.
    path
        The file to write: ``.pdf``, ``.svg`` or ``.png``; of the latter two there is a file for each page.
    asked
        What is asked.

    Raises
    ------
    QuestionError
        For a suffix, size, area, system, kind or language that is not known.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.language import speaking
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    >>> _ = (folder / "list.csv").write_text("名称,種類,緯度,経度,承諾\n本町,サロン,35.7,139.7,有\n", encoding="utf-8")
    >>> with speaking("en"):
    ...     print(write_map_sheet(open_project(folder), folder / "map.pdf").as_text().splitlines()[2])
      out: on the map 1, places 1
    """
    question = asked or MapAsked()
    language = question.language or str(project.masthead["language"])
    if language not in LANGUAGES:
        raise QuestionError(unknown("--lang", language, LANGUAGES))
    try:
        require_known(path, question.size)
    except InputError as error:
        raise QuestionError(error.faults) from error
    project.require_free(path, "-o")
    area, paper = _area(project, question), project.on_paper(question.on)
    released = _of_kinds(project, paper.of_area(area), question.kinds)
    # The numbers are those of all other paper of the area, unless some kinds alone are asked for.
    places = number_places(released, catalog=project.catalog) if question.kinds else paper.places_of(area)
    files = write_papermap(
        released,
        path,
        places=places,
        title=project.title,
        publisher=str(project.masthead["publisher"]),
        area=area,
        areas=_system(project, area, question.system),
        background=paper.ground if project.background or project.areas is not None else None,
        neighbours=_neighbours(project, paper, released, area, question.kinds),
        catalog=project.catalog,
        language=language,
        credit=str(project.settings.project.get("credit", "")),
        as_of=project.as_of,
        size=question.size,
        across=question.landscape,
    )
    withheld = paper.released.withheld
    title = either(ja="紙の地図", en="Paper map") + ("" if area is None else f" {area['area'].iloc[0]}")
    return Report(
        "papermap",
        title,
        {either(ja="資源", en="resources"): len(project.located)},
        {
            either(ja="地図の資源", en="on the map"): int(places.numbers.notna().sum()),
            either(ja="場所", en="places"): len(places),
        },
        aside("papermap", project.located.loc[withheld.index], withheld["reason"]),
        (
            *_notes(places, len(paper.released.table) - len(released.table)),
            *letters_missing(places.table["name"].tolist(), language),
        ),
        tuple(files),
    )


def _notes(places: Places, elsewhere: int) -> tuple[str, ...]:
    """Say which rows are not on the map though they may be."""
    notes = []
    without = int(places.numbers.isna().sum())
    if without:
        notes.append(
            either(
                ja=f"場所の決まっていないものが{without}件あり、地図には載りません（訪問、電話など）。",
                en=f"{without} have no place and are not on the map: visits, telephone lines.",
            )
        )
    if elsewhere:
        notes.append(
            either(
                ja=f"ほかの区域・種類の{elsewhere}件には、番号を付けていません。",
                en=f"{elsewhere} of other areas or kinds have no number.",
            )
        )
    return tuple(notes)


def _area(project: Planned, asked: MapAsked) -> gpd.GeoDataFrame | None:
    """Return the row of the area asked for."""
    if asked.area is None and asked.system is None:
        return None
    areas = project.areas
    if areas is None:
        raise ProjectError(
            either(
                ja=f"{NAME}: 区域がありません。[[areas]] を書くか、--area なしで実行してください。",
                en=f"{NAME}: there are no areas. Write [[areas]], or leave out --area.",
            )
        )
    systems = [str(system) for system in areas["system"].unique()]
    if asked.system is not None and asked.system not in systems:
        raise QuestionError(unknown("--system", asked.system, systems))
    if asked.area is None:
        return None
    named = areas[(areas["area"].astype(str) == asked.area) | (areas["area_id"].astype(str) == asked.area)]
    if asked.system is not None:
        named = named[named["system"] == asked.system]
    if named.empty:
        here = areas if asked.system is None else areas[areas["system"] == asked.system]
        raise QuestionError(unknown("--area", asked.area, list(dict.fromkeys(here["area"].astype(str)))))
    usual = named[named["system"] == project.list_system]
    return (named if usual.empty else usual).iloc[[0]]


def _system(project: Planned, area: gpd.GeoDataFrame | None, asked: str | None) -> gpd.GeoDataFrame | None:
    """Return the areas whose borders are shown."""
    if project.areas is None:
        return None
    system = asked or project.list_system if area is None else area["system"].iloc[0]
    return project.areas[project.areas["system"] == system]


def _of_kinds(project: Planned, released: Released, kinds: tuple[str, ...]) -> Released:
    if not kinds:
        return released
    known = project.catalog
    wanted = [word if word in known.kinds else known.kind_of(word) for word in kinds]
    faults = [
        unknown("--kind", word, [kind.label() for kind in known.kinds.values()])
        for word, kind in zip(kinds, wanted, strict=True)
        if kind is None
    ]
    if faults:
        raise QuestionError(faults)
    return released.only(released.table.index[released.table["kind"].isin(wanted)])


def _neighbours(
    project: Planned, paper: OnPaper, released: Released, area: gpd.GeoDataFrame | None, kinds: tuple[str, ...]
) -> gpd.GeoDataFrame | None:
    """Return the rows of other areas, of the same kinds."""
    if area is None:
        return None
    others = _of_kinds(project, paper.released, kinds).table
    return others[~others.index.isin(released.table.index)]
