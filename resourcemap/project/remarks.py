"""What a person should know of a project's inputs: sentences that `resourcemap check` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.areas.overlaps import overlaps
from resourcemap.errors import first_five
from resourcemap.language import either
from resourcemap.project.freshness import freshness_notes
from resourcemap.project.personal import personal_notes
from resourcemap.project.placing import in_no_figure
from resourcemap.project.schedules import schedule_notes

if TYPE_CHECKING:
    from resourcemap.project.tables import Tables


def input_notes(project: Tables) -> list[str]:
    r"""List what a person should know of the inputs, a sentence each.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.language import speaking
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    >>> _ = (folder / "list.csv").write_text("名称,種類,会場\n本町,サロン,山田様方\n", encoding="utf-8")
    >>> with speaking("en"):
    ...     input_notes(open_project(folder))[0][:43]
    '1 rows seem to point to private homes (list'
    """
    return (
        personal_notes(project)
        + freshness_notes(project)
        + _blocks_without_people(project)
        + in_no_figure(project.people)
        + _repeated(project)
        + _several_sheets(project)
        + _given_back(project)
        + _mended(project)
        + _overlaps(project)
        + _approximate(project)
        + schedule_notes(project.rows, project.schedules)
    )


def _blocks_without_people(project: Tables) -> list[str]:
    """Name the blocks that the table of people does not have: they count as empty, which may be a slip."""
    if project.people is None or project.blocks is None:
        return []
    there = project.blocks["block_id"].isin(project.people["block_id"])
    empty = project.blocks.loc[~there, "block"]
    if empty.empty or not there.any():  # people on meshes stand in no block
        return []
    return [
        either(
            ja=f"人口の表にない町丁目が{len(empty)}あります（{first_five(empty)}）。0人として数えます。",
            en=f"{len(empty)} blocks are not in the table of people ({first_five(empty)}). They count as empty.",
        )
    ]


def _repeated(project: Tables) -> list[str]:
    """Say which blocks have people in several rows, which were added up."""
    repeated = project.people.attrs.get("repeated", []) if project.people is not None else []
    if not repeated:
        return []
    return [
        either(
            ja=f"人口の表で、{len(repeated)}の町丁目が2行以上に分かれています（{first_five(repeated)}）。足しました。",
            en=f"{len(repeated)} blocks have people in several rows ({first_five(repeated)}). They were added up.",
        )
    ]


def _several_sheets(project: Tables) -> list[str]:
    """Say of which workbooks several sheets were read as one list."""
    sheets = project.rows.groupby("source_file", sort=False)["source_sheet"].unique()
    return [
        either(
            ja=f"{file}: 見出しが同じ{len(names)}枚のシートを読みました（{first_five(names)}）。"
            "1枚だけなら sheet で指定してください。",
            en=f"{file}: read {len(names)} sheets with the same headings ({first_five(names)}). "
            "To read one, name it with sheet.",
        )
        for file, names in sheets.items()
        if len(names) > 1
    ]


def _given_back(project: Tables) -> list[str]:
    """Say how many ages that statistics had merged for secrecy were given back, and which were not."""
    merged = project.people.attrs.get("merged", []) if project.people is not None else []
    if not merged:
        return []
    undone = [row for row in merged if row["undone"]]
    people = sum(row["people"] for row in undone)
    left = first_five(f"{row['block_id']}→{row['into']}" for row in merged if not row["undone"])
    stay_ja = f"戻せず合算先に置いたもの: {left}。" if left else ""
    stay_en = f" Left where they were: {left}." if left else ""
    return [
        either(
            ja=f"秘匿で隣に合算された年齢を、{len(undone)}件（{people}人）で人口の比により戻しました。{stay_ja}",
            en=f"Ages merged into a neighbour for secrecy were given back in {len(undone)} rows ({people} people)."
            f"{stay_en}",
        )
    ]


def _mended(project: Tables) -> list[str]:
    """Name the shapes whose borders cross themselves: they were made valid, perhaps not as they were meant."""
    tables = [table for table in (project.blocks, project.areas) if table is not None]
    mended = list(dict.fromkeys(name for table in tables for name in table.attrs.get("mended", [])))
    if not mended:
        return []
    return [
        either(
            ja=f"境界線が交わるなど、形の正しくない町丁目・区域が{len(mended)}あります（{first_five(mended)}）。"
            "直して読みました。地図で形を確かめてください。",
            en=f"{len(mended)} blocks or areas have invalid shapes ({first_five(mended)}). They were mended; "
            "look at them on the map.",
        )
    ]


def _overlaps(project: Tables) -> list[str]:
    """Name the areas of one system that lie over each other."""
    if project.areas is None:
        return []
    found = overlaps(project.areas)
    notes = []
    for system, pairs in found.groupby("system", sort=False):
        shown = first_five(
            either(
                ja=f"{row.area}と{row.other} {row.square_metres:,.0f}㎡",
                en=f"{row.area} and {row.other} by {row.square_metres:,.0f} m2",
            )
            for row in pairs.itertuples()
        )
        notes.append(
            either(
                ja=f"区域（{system}）の重なりが{len(pairs)}か所あります（{shown}）。"
                "重なりの中の人と地域資源は、先に書かれた区域で数えます。",
                en=f"Areas ({system}) overlap in {len(pairs)} places ({shown}). "
                "People and resources there count in the area that comes first.",
            )
        )
    return notes


def _approximate(project: Tables) -> list[str]:
    """Say which borders are approximate."""
    rough = []
    if project.blocks is not None and project.blocks["approximate"].any():
        rough.append(either(ja="町丁目", en="blocks"))
    if project.areas is not None:
        systems = project.areas.loc[project.areas["approximate"].astype(bool), "system"].unique()
        rough += [either(ja=f"区域（{system}）", en=f"areas ({system})") for system in systems]
    notes = [
        either(
            ja=f"{what}の境界は点から作ったおよその形です。",
            en=f"The borders of {what} are approximate cells.",
        )
        for what in rough
    ]
    if rough and "around" in project.settings.blocks:
        metres = f"{project.settings.blocks['around']:,}"
        notes.append(
            either(
                ja=f"外形がないので、町丁目は点から{metres}mまでとみなしました。それより遠い資源は、どの区域にも入りません。"
                "人は点に住むものとして数えます。",
                en=f"There is no outline: blocks reach {metres} m from their point, and resources beyond are in no "
                "area. People are counted at the points.",
            )
        )
    return notes
