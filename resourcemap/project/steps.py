"""The steps of a project: each looks at its tables and says what it did; some write files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.errors import InputError
from resourcemap.files import together
from resourcemap.language import either
from resourcemap.model.tables import EXACT
from resourcemap.project.columns import column_lines, column_records
from resourcemap.project.doubles import duplicate_lines, write_duplicates
from resourcemap.project.figures import (
    coverage_report,
    records,
    without_figures,
    write_coverage,
)
from resourcemap.project.folder import EMBED
from resourcemap.project.gapping import gaps_report, write_gaps
from resourcemap.project.internal import (
    internal_list,
    internal_title,
    partners_list,
    partners_title,
    write_internal_list,
    write_partners_list,
)
from resourcemap.project.leftaside import LEFT_ASIDE, write_left_aside
from resourcemap.project.listing import map_links
from resourcemap.project.planning import rating_report, strengths_report, write_rating, write_strengths
from resourcemap.project.planningmap import planning_asked, planning_report, planning_title, write_planning
from resourcemap.project.reasons import aside, in_words, resources_in
from resourcemap.project.record import write_record
from resourcemap.project.remarks import input_notes
from resourcemap.project.report import LeftAside, Report, where_of
from resourcemap.project.review import area_notes
from resourcemap.publish.lists import write_list
from resourcemap.read.duplicates import duplicate_records

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from resourcemap.project.planned import Planned

    Progress = Callable[[str, int, int], None]

_LOCATED = [
    *("resource_id", "name", "located", "located_as", "located_note"),
    *("level", "matched", "leftover", "source", "bound_m"),
]
_CHANNELS = {"map": "map", "list": "list"}
# Steps that need people and areas.
_OF_FIGURES = ("coverage", "gaps", "rating", "strengths")
# What reads files or holds settings against them, each after what it needs.
_INPUTS = (
    *("resources", "blocks", "areas", "people", "homes", "locating", "served"),
    *("background", "streets", "kinds", "question", "standards", "list_system"),
)


def run(project: Planned, names: Sequence[str], progress: Progress | None = None) -> list[Report]:
    """Run some steps; every one is computed before the first file is written, and all files appear or none.

    Parameters
    ----------
    project
        The tables of a project.
    names
        Steps in the order of `STEPS`; or ``planning``, ``internal`` or ``partners``, which are done only when
        asked for.
    progress
        Called before each step with its title, how many are done, and how many there are.

    Examples
    --------
    >>> list(STEPS)
    ['check', 'locate', 'coverage', 'gaps', 'rating', 'strengths', 'map', 'list']
    """
    project.check_outputs()
    work = [(name, _ALL[name]) for name in names] + [(name, _WRITERS[name]) for name in names if name in _WRITERS]
    reports: dict[str, Report] = {}
    with together():
        for done, (name, task) in enumerate(work):
            if progress:
                progress(_TITLES[name](), done, len(work))
            made = task(project)
            reports[name] = made if isinstance(made, Report) else replace(reports[name], files=tuple(made))
    return list(reports.values())


def build(project: Planned, progress: Progress | None = None) -> list[Report]:
    r"""Run every step that the project has the inputs for, and list what was left aside and withheld.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    >>> _ = (folder / "list.csv").write_text("名称,種類,緯度,経度\n本町,サロン,35.7,139.7\n", encoding="utf-8")
    >>> [path.name for report in build(open_project(folder)) for path in report.files]
    ['index.html', 'embed.html', 'resources.xlsx', 'left_aside.csv', 'left_aside.csv', 'released.json']
    """
    figures = bool(project.settings.people and project.settings.areas)
    left_out: tuple[str, ...] = () if figures else _OF_FIGURES
    if figures and not project.settings.standards:
        left_out = ("rating",)
    names = [name for name in STEPS if name not in left_out]
    if planning_asked(project):
        names.insert(names.index("map") + 1, "planning")
    # Kept from the beginning: a build that began earlier would otherwise write older figures over newer ones.
    with together((project.folder / LEFT_ASIDE).parent):
        reports = run(project, names, progress)
        doubtful = column_lines(project.resources.attrs["mapping"], doubtful_only=True)
        reports[0] = replace(reports[0], details=(*doubtful, *duplicate_lines(project.duplicates)))
        if not figures:
            reports[0] = replace(reports[0], notes=(*reports[0].notes, without_figures()))
        return [*reports, _summary(project, reports)]


def _check(project: Planned) -> Report:
    """Read every input and say how it was understood; the faults of all of them come at once."""
    _read_everything(project)
    resources = project.resources
    aside = tuple(LeftAside("check", **row) for row in resources.attrs["left_aside"])
    rows = len(resources) + sum(not row.column for row in aside)
    elsewhere = tuple(LeftAside("check", **row) for row in project.left_aside)
    out = {
        either(ja="資源", en="resources"): len(resources),
        either(ja="活動", en="activities"): resources["activity_id"].nunique(),
    }
    if project.blocks is not None:
        out[either(ja="町丁目", en="blocks")] = len(project.blocks)
    if project.areas is not None:
        out |= {str(system): len(rows_) for system, rows_ in project.areas.groupby("system", sort=False)}
    if project.people is not None:
        out[either(ja="人口", en="people")] = int(project.people["total"].sum())
    return Report(
        "check",
        _TITLES["check"](),
        {either(ja="表の行", en="rows"): rows},
        out,
        (*aside, *elsewhere),
        tuple(input_notes(project)),
        details=(*column_lines(resources.attrs["mapping"]), *duplicate_lines(project.duplicates)),
        more={
            "columns": column_records(resources.attrs["mapping"]),
            "duplicates": duplicate_records(project.duplicates),
        },
    )


def _read_everything(project: Planned) -> None:
    faults: dict[str, None] = {}
    for table in _INPUTS:
        try:
            getattr(project, table)
        except InputError as error:
            faults |= dict.fromkeys(error.faults)
    if faults:
        raise InputError(list(faults))


def _locate(project: Planned) -> Report:
    """Say how every resource was located."""
    located = project.located
    nowhere = located[located.geometry.isna()]
    visits = nowhere["place"] == "served_area"
    put_aside = aside("locate", nowhere, nowhere["located"].mask(visits, "visits"), notes=nowhere["located_note"])
    placed = located[located.geometry.notna()]
    exact, in_town = placed["located"].isin(EXACT), placed["located"] == "town"
    out = {
        either(ja="位置が分かったもの", en="located"): int(exact.sum()),
        either(ja="町丁目までのもの（およその位置）", en="located to the block"): int((~exact & ~in_town).sum()),
    }
    if in_town.any():
        out[either(ja="町名までのもの（丁目が分からない）", en="located to a town, block unknown")] = int(in_town.sum())
    out[either(ja="会場", en="venues")] = int(placed["venue_id"].nunique())
    odd = placed[placed["located_note"].notna()]
    notes = [f"{where}: {note}" for where, note in zip(where_of(odd), odd["located_note"], strict=True)]
    data = records(pd.DataFrame(located[_LOCATED]))
    names = dict(zip(located["resource_id"], where_of(located), strict=True))
    areas = [f"{names[resource]}: {text}" for resource, text in area_notes(project)]
    said = (*_first(notes), *_first(areas))
    return Report("locate", _TITLES["locate"](), resources_in(located), out, put_aside, said, data=data)


def _map(project: Planned) -> Report:
    """Say what the map shows."""
    return _published(project, "map")


def _list(project: Planned) -> Report:
    """Say what the list shows."""
    shown = _published(project, "list")
    if project.list_system is None:
        return shown
    divided = either(ja=f"「{project.list_system}」ごとに分けます。", en=f"Divided by {project.list_system}.")
    return replace(shown, notes=(*shown.notes, divided))


def _published(project: Planned, step: str) -> Report:
    released = project.released(_CHANNELS[step])
    reasons = released.withheld["reason"]
    rows = project.located.loc[released.withheld.index]
    out = {either(ja="載せた資源", en="shown"): len(released.table)}
    notes = [_nothing_shown(project, reasons)] if released.table.empty and len(rows) else []
    if released.phones_withheld:
        notes.append(
            either(
                ja=f"携帯電話の番号を{released.phones_withheld}か所で伏せました。",
                en=f"Blanked {released.phones_withheld} personal mobile numbers.",
            )
        )
    if released.persons_withheld:
        notes.append(
            either(
                ja=f"個人の氏名・メールアドレスと思われるものを{released.persons_withheld}か所で伏せました。",
                en=f"Blanked {released.persons_withheld} names or e-mail addresses of people.",
            )
        )
    return Report(
        step,
        _TITLES[step](),
        resources_in(project.located),
        out,
        aside(step, rows, reasons),
        tuple(notes),
        data=records(pd.DataFrame(released.table.drop(columns=released.table.geometry.name))),
    )


def _nothing_shown(project: Planned, reasons: pd.Series) -> str:
    """Say that an output is empty, why, and what to do."""
    most = in_words(str(reasons.mode().iloc[0]))
    read = project.resources.attrs.get("columns", {}).values()
    if any("consent" in columns for columns in read) or any("consent" in asked for asked in project.settings.resources):
        return either(
            ja=f"1件も載りません。いちばん多い理由: {most}。表の「承諾」の欄を確かめてください。",
            en=f"Nothing is shown. Most often: {most}. Look at the column of consent.",
        )
    return either(
        ja="1件も載りません。承諾の列が見つからないためです。表に「承諾」の列（有・無）を足すか、resourcemap.toml の"
        '[resources.columns] に consent = "その列の名前" と書いてください。',
        en="Nothing is shown: no column of consent was found. Add one (有 or 無), or write "
        'consent = "its heading" below [resources.columns] in resourcemap.toml.',
    )


def _write_map(project: Planned) -> list[Path]:
    from resourcemap.publish.webmap import write_webmap  # noqa: PLC0415 (folium is slow to load)

    path = write_webmap(project.map_page, project.output("map", "file", "maps/index.html"))
    return [path, *_write_embed(project, path.name)]


def _write_embed(project: Planned, name: str) -> list[Path]:
    from resourcemap.publish.webmap.embed import write_embed  # noqa: PLC0415

    if not project.settings.map.get("embed", EMBED):
        return []
    head = {key: value for key, value in project.masthead.items() if key != "as_of"}
    return [
        write_embed(
            project.released("map"),
            project.output("map", "embed", EMBED),
            areas=project.areas,
            catalog=project.catalog,
            address=project.settings.map.get("address", ""),
            file=name,
            **head,
        )
    ]


def _write_list(project: Planned) -> list[Path]:
    path = project.output("list", "file", "maps/resources.xlsx")
    return [
        write_list(
            project.released("list"),
            path,
            placements=project.placements_of(project.released("list")),
            areas=project.areas,
            system=project.list_system,
            catalog=project.catalog,
            **map_links(project),
            **project.masthead,
        )
    ]


def _summary(project: Planned, reports: list[Report]) -> Report:
    """Write what was left aside by every step, and what was withheld from every output, without names."""
    rows = sum(len(report.left_aside) for report in reports)
    files = (*write_left_aside(project, reports), write_record(project, reports))
    count = either(ja="除いた行・欄", en="rows and cells")
    return Report("left_aside", _TITLES["left_aside"](), {count: rows}, {count: rows}, files=files)


def _first(notes: list[str], most: int = 5) -> list[str]:
    rest = len(notes) - most
    return notes if rest <= 0 else [*notes[:most], either(ja=f"ほか{rest}件", en=f"and {rest} more")]


STEPS: dict[str, Callable[[Planned], Report]] = {
    "check": _check,
    "locate": _locate,
    "coverage": coverage_report,
    "gaps": gaps_report,
    "rating": rating_report,
    "strengths": strengths_report,
    "map": _map,
    "list": _list,
}
_ALL = STEPS | {"planning": planning_report, "internal": internal_list, "partners": partners_list}
_WRITERS: dict[str, Callable[[Planned], list[Path]]] = {
    "check": lambda project: write_duplicates(project.duplicates, project.located, project.folder),
    "internal": write_internal_list,
    "partners": write_partners_list,
    "coverage": write_coverage,
    "gaps": write_gaps,
    "rating": write_rating,
    "strengths": write_strengths,
    "map": _write_map,
    "planning": write_planning,
    "list": _write_list,
}
_TITLES: dict[str, Callable[[], str]] = {
    "check": lambda: either(ja="読み込み", en="Read"),
    "locate": lambda: either(ja="位置", en="Locate"),
    "coverage": lambda: either(ja="行ける人の数", en="Coverage"),
    "gaps": lambda: either(ja="空白", en="Gaps"),
    "rating": lambda: either(ja="評価", en="Rating"),
    "strengths": lambda: either(ja="強みと弱み", en="Strengths"),
    "map": lambda: either(ja="地図", en="Map"),
    "planning": planning_title,
    "list": lambda: either(ja="一覧", en="List"),
    "internal": internal_title,
    "partners": partners_title,
    "left_aside": lambda: either(ja="除いたもの", en="Left aside"),
}
