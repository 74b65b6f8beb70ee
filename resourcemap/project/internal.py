"""What is not for everybody, beside the outputs and not among them: the internal list, and the one for partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.language import either
from resourcemap.project.reasons import aside, resources_in
from resourcemap.project.report import Report
from resourcemap.publish.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

    from resourcemap.project.shown import Shown

LIST = "internal/resources_internal.xlsx"
PARTNERS = "internal/resources_partners.xlsx"


def internal_list(project: Shown) -> Report:
    """Say what the internal list holds: every resource, with every column of its file."""
    count = {either(ja="資源", en="resources"): len(project.located)}
    note = either(
        ja="内部用です。承諾のない行、担当者や備考など、公開しない内容も全部入っています。外に出さないでください。",
        en="For the office alone: it holds rows without consent, contact persons and notes. Do not hand it out.",
    )
    return Report("internal", internal_title(), count, count, notes=(note,))


def internal_title() -> str:
    """Name the step."""
    return either(ja="内部用の一覧", en="Internal list")


def write_internal_list(project: Shown) -> list[Path]:
    """Write the internal list into the folder ``internal``, beside ``maps`` and not below it."""
    return [_write(project, "internal", LIST)]


def partners_list(project: Shown) -> Report:
    """Say what the list for partners holds: the resources whose consent names them."""
    released = project.released("partners")
    rows = project.located.loc[released.withheld.index]
    shown = {either(ja="載せた資源", en="shown"): len(released.table)}
    note = either(
        ja="関係機関用です。承諾に「関係機関」とある行だけを、担当者なども含めて載せています。公開しないでください。",
        en="For partners: only rows whose consent names partners, with contact persons. Do not publish it.",
    )
    left = aside("partners", rows, released.withheld["reason"])
    return Report("partners", partners_title(), resources_in(project.located), shown, left, (note,))


def partners_title() -> str:
    """Name the step."""
    return either(ja="関係機関用の一覧", en="List for partners")


def write_partners_list(project: Shown) -> list[Path]:
    """Write the list for partners into the folder ``internal``: the office hands it on, nobody publishes it."""
    return [_write(project, "partners", PARTNERS)]


def _write(project: Shown, channel: str, name: str) -> Path:
    released = project.released(channel)
    return write_list(
        released,
        project.folder / name,
        placements=project.placements_of(released),
        areas=project.areas,
        system=project.settings.list.get("system"),
        catalog=project.catalog,
        **project.masthead,
    )
