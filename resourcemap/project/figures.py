"""The step that makes figures: what it says, and the files it writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.errors import SHOWN, ProjectError, first_five
from resourcemap.language import either
from resourcemap.measure.catalogue import load_measures
from resourcemap.metres import crs_name
from resourcemap.model.schedule.spans import clock
from resourcemap.model.schedule.words import WEEKDAYS
from resourcemap.project.answers import answers
from resourcemap.project.homes import without_detail
from resourcemap.project.placing import in_no_figure
from resourcemap.project.reasons import aside, resources_in
from resourcemap.project.report import Report, where_of
from resourcemap.project.settings import NAME
from resourcemap.publish.figuresheet import write_figures_csv, write_week_csv
from resourcemap.publish.gapsheet import write_coverage_csv
from resourcemap.reach.profiles import load_profiles
from resourcemap.reach.slot_words import week_slots
from resourcemap.reach.supply import not_counted

if TYPE_CHECKING:
    from pathlib import Path

    from resourcemap.project.measured import Measured
    from resourcemap.reach.table import Reach


def coverage_report(project: Measured) -> Report:
    """Say what the figures count, and how metres were measured."""
    table = figures_of(project, project.coverage)
    measures, reach = figures_of(project, project.measures), project.reach
    located = project.located
    reasons = not_counted(located, on=project.as_of)
    off_streets = _off_streets(reach, located)
    reasons = reasons.mask((reasons == "") & off_streets, "off_streets")
    went = resources_in(located) | {
        either(ja="人口", en="people"): int(project.people["total"].sum()) if project.people is not None else 0
    }
    out = {
        either(ja="数えた資源", en="counted"): int((reasons == "").sum()),
        either(ja="人の点", en="person points"): len(project.homes) if project.homes is not None else 0,
        either(ja="表の行（区域×種類）", en="rows (area x kind)"): len(table),
    }
    if project.every_figure:
        out[either(ja="数字", en="figures")] = len(measures)
    said = (
        _measured(measures.attrs["crs"], reach),
        *_at_their_blocks(project, reasons == ""),
        *_people_off_streets(project, reach),
        *_apart(project, reach),
        *_of_streets(project),
        *in_no_figure(project.people),
        *without_detail(project.homes),
    )
    return Report(
        "coverage",
        either(ja="行ける人の数", en="Coverage"),
        went,
        out,
        aside("coverage", located[reasons != ""], reasons[reasons != ""]),
        said,
        data=records(table),
        details=tuple(answers(measures, project.distance, project.catalog, at_least=project.question.at_least)),
        more={"figures": records(measures)} if project.every_figure else {},
    )


def write_coverage(project: Measured) -> list[Path]:
    """Write the printed table, unless its name is blank; every figure and the week where the settings ask for them."""
    table, asked = figures_of(project, project.coverage), project.settings.coverage
    written = []
    if asked.get("csv", "maps/coverage.csv"):
        path = project.output("coverage", "csv", "maps/coverage.csv")
        written.append(write_coverage_csv(table, path, catalog=project.catalog))
    if asked.get("figures"):
        every = figures_of(project, project.measures)
        named = {each.id: (each.ja, each.unit_ja) for each in load_measures().values()}
        file = project.folder / asked["figures"]
        written.append(write_figures_csv(every, file, catalog=project.catalog, measures=named))
    if asked.get("week"):
        file = project.folder / asked["week"]
        week = _by_hour(figures_of(project, project.week))
        how = str(table["way"].iloc[0]) if len(table) else ""
        limits = (project.distance, project.week_at_least)
        written.append(write_week_csv(week, file, catalog=project.catalog, limits=limits, way=how))
    return written


def figures_of(project: Measured, table: pd.DataFrame | None) -> pd.DataFrame:
    """Return a table of figures.

    Raises
    ------
    ProjectError
        When the project has no people or no areas.
    """
    if table is None:
        raise ProjectError(f"{project.folder / NAME}: {without_figures()}")
    return table


def without_figures() -> str:
    """Say why there are no figures, and what to do."""
    return either(
        ja="[people] と [[areas]] の両方がないため、空白の数字は出しません。人口の表と区域を書き足してください。",
        en="Without both [people] and [[areas]] there are no figures. Add people and areas.",
    )


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Turn a table into plain values: missing ones become None, so that JSON can hold them."""
    found: list[dict[str, Any]] = json.loads(
        table.to_json(orient="records", force_ascii=False, date_format="iso", double_precision=6)
    )
    return found


def _by_hour(week: pd.DataFrame) -> pd.DataFrame:
    """Name the weekday and the hour of every slot: those of `week_slots`, by day, then hour."""
    slots = week_slots()
    weekdays, hours = [WEEKDAYS[slot.weekdays[0]] for slot in slots], [clock(slot.start) for slot in slots]
    times = len(week) // len(slots)
    return week.assign(weekday=weekdays * times, hour=hours * times)


def _apart(project: Measured, reach: Reach | None) -> list[str]:
    """Say who lives, and what is, on a piece of street that hangs together with none of the largest piece."""
    if reach is None or project.homes is None or reach.apart.empty:
        return []
    people, places = (reach.apart.loc[reach.apart["table"] == name, "position"] for name in ("people", "resources"))
    number = int(project.homes["total"].iloc[people.to_numpy(dtype=int)].sum())
    named = first_five(where_of(project.located.iloc[places.to_numpy(dtype=int)]))
    return [
        either(
            ja=f"ほかの道とつながっていない道に、{number:,}人と資源{len(places)}件{f'（{named}）' if named else ''}が"
            "あります。そこからは、同じ道の中にしか届きません。橋や横断の抜けた道がないか、確かめてください。",
            en=f"{number:,} people and {len(places)} resources{f' ({named})' if named else ''} are on streets apart "
            "from all others; they reach only what is there. See whether bridges or crossings are missing.",
        )
    ]


def _of_streets(project: Measured) -> list[str]:
    """Say how the file of streets was read: what was left aside or measured, the first few."""
    rows = project.streets.attrs.get("left_aside", []) if project.streets is not None else []
    words = [f"{row['file']}: {row['reason']}" for row in rows[:SHOWN]]
    more = len(rows) - len(words)
    return [*words, either(ja=f"ほか{more}件", en=f"and {more} more")] if more > 0 else words


def _at_their_blocks(project: Measured, counts: pd.Series) -> list[str]:
    """Say how many resources the figures take to be at their block, or that they rest on spots not to be told."""
    hidden = int((project.hidden & counts).sum())
    if not hidden:
        return []
    if project.counted is project.located:
        return [
            either(
                ja=f"場所を公開できない{hidden}件も、正確な位置で数えました（[consent] figures）。"
                "人数から場所が割り出されるおそれがあります。この数字は外に出さないでください。",
                en=f"{hidden} places that may not be shown were counted at their exact spots ([consent] figures). "
                "They could be worked out from the figures: keep these in the office.",
            )
        ]
    return [
        either(
            ja=f"場所を公開できない{hidden}件は、町丁目の中ほどにあるものとして数えました（数字から場所が分からないように）。"
            '内部で使う数字は、[consent] figures = "正確" にすると正確な位置で数えます。',
            en=f"{hidden} places that may not be shown were counted as if in the middle of their block, so that no "
            'figure tells where they are. For figures of the office alone, write figures = "exact" below [consent].',
        )
    ]


def _measured(crs: object, reach: Reach | None) -> str:
    """Say how metres were measured."""
    name = crs_name(crs)
    if reach is not None and reach.way == "streets":
        profile = load_profiles().get(reach.profile)
        who = either(ja=profile.ja, en=profile.en) if profile else reach.profile
        return either(
            ja=f"距離は道のりで、「{who}」が通れる道をたどり、{name} で測りました。",
            en=f"Distances are along streets that this walker may take: {who}; measured in {name}.",
        )
    if reach is not None and reach.way == "detour":
        return either(
            ja=f"距離は直線の{reach.factor:g}倍（まわり道の係数）で、{name} で測りました。",
            en=f"Distances are straight lines times {reach.factor:g} (detour factor), measured in {name}.",
        )
    return either(
        ja=f"距離は直線で、{name} で測りました。",
        en=f"Distances are straight lines, measured in {name}.",
    )


def _off_streets(reach: Reach | None, located: pd.DataFrame) -> pd.Series:
    """Tell which resources are too far from any street."""
    found = pd.Series(False, index=located.index)
    if reach is not None:
        far = reach.far[reach.far["table"] == "resources"]
        found.iloc[far["position"].to_numpy(dtype=int)] = True
    return found


def _people_off_streets(project: Measured, reach: Reach | None) -> list[str]:
    if reach is None or project.homes is None:
        return []
    far = reach.far[reach.far["table"] == "people"]
    number = int(project.homes["total"].iloc[far["position"].to_numpy(dtype=int)].sum())
    if not number:
        return []
    everyone = int(project.homes["total"].sum())
    return [
        either(
            ja=f"道から離れすぎている{len(far):,}地点の{number:,}人（全体の{number / everyone:.1%}）は、"
            "（訪問の届く人のほかは）どこにも届かない人として数えました。道のファイルの範囲か [reach] snap を"
            "確かめてください。",
            en=f"{number:,} people ({number / everyone:.1%}) at {len(far):,} points are too far from any street and "
            "count as beyond reach of everything. Look at the extent of the streets, or at [reach] snap.",
        )
    ]
