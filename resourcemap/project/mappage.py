"""The map of a project as a page: the public one, and the same with the planning layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import folium

    from resourcemap.project.planned import Planned


def map_page(project: Planned) -> folium.Map:
    """Make the map of what the project may show."""
    from resourcemap.publish.webmap import webmap  # noqa: PLC0415 (folium is slow to load)

    released = project.released("map")
    return webmap(
        released,
        areas=project.areas,
        placements=project.placements_of(released),
        schedules=project.schedules_of(released),
        background=project.background,
        catalog=project.catalog,
        credit=project.settings.project.get("credit", ""),
        contact=str(project.settings.map.get("contact", "")),
        tiles=project.settings.map.get("tiles"),
        **_head(project),
    )


def _head(project: Planned) -> dict[str, Any]:
    """Return what stands at the head. The page opens in the project's language where readers may choose it."""
    languages = project.settings.map.get("languages")
    head = project.masthead | {"languages": languages}
    if languages and head["language"] not in languages:
        head["language"] = languages[0]
    return head


def planning_page(project: Planned) -> folium.Map:
    """Make the map with the planning layers, from the public one."""
    from resourcemap.publish.webmap import with_planning  # noqa: PLC0415 (folium is slow to load)

    return with_planning(project.map_page, project.planning, areas=project.areas, catalog=project.catalog)
