"""What stays in the office: the internal list with every column, beside the outputs and not among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.language import either
from resourcemap.project.report import Report
from resourcemap.publish.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

    from resourcemap.project.tables import Tables

LIST = "internal/resources_internal.xlsx"


def internal_list(project: Tables) -> Report:
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


def write_internal_list(project: Tables) -> list[Path]:
    """Write the internal list into the folder ``internal``, beside ``maps`` and not below it."""
    return [
        write_list(
            project.released("internal"),
            project.folder / LIST,
            placements=project.placements,
            areas=project.areas,
            system=project.settings.list.get("system"),
            catalog=project.catalog,
            **project.masthead,
        )
    ]
