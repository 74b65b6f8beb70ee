"""Where the people of a project are put inside their blocks: on a grid, in buildings, or on meshes of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.errors import ProjectError, first_five
from resourcemap.language import either
from resourcemap.project.settings import NAME
from resourcemap.reach.dasymetric import people_in_buildings, people_on_meshes
from resourcemap.reach.spread import spread_people
from resourcemap.read.areas import read_layer
from resourcemap.read.mesh import mesh_areas
from resourcemap.read.people import read_people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import geopandas as gpd

SPREAD = 150.0
_LACKING = (
    ("without_buildings", "建物", "building"),
    ("without_meshes", "人のいるメッシュ", "mesh with people"),
)
_OF_BUILDINGS = ("floors", "height", "dwelling")


def homes_of(
    people: gpd.GeoDataFrame,
    blocks: gpd.GeoDataFrame | None,
    asked: Mapping[str, Any],
    paths: Callable[[str | list[str]], list[Path]],
) -> gpd.GeoDataFrame:
    """Put the people of every block on points, as the section ``[people]`` says.

    Parameters
    ----------
    people
        The people of each block or mesh on one point.
    blocks
        The polygons of the blocks; not needed for people on meshes.
    asked
        What the section says: ``spread``, and ``buildings`` or ``mesh`` where files of those are given.
    paths
        Turns names of files into paths.

    Raises
    ------
    ProjectError
        When both buildings and a mesh are given, or people on meshes are to be divided once more.
    """
    metres = float(asked.get("spread", SPREAD))
    if "buildings" in asked and "mesh" in asked:
        raise ProjectError(_one_of_the_two())
    if people.attrs["meshes"] or blocks is None:
        if "buildings" in asked or "mesh" in asked:
            raise ProjectError(_needs_blocks())
        return spread_people(people, mesh_areas(people["block_id"]), metres=metres)
    if "buildings" in asked:
        columns = {name: asked[name] for name in _OF_BUILDINGS if name in asked}
        return people_in_buildings(people, blocks, read_layer(paths(asked["buildings"])), metres=metres, **columns)
    if "mesh" in asked:
        on_meshes = read_people(paths(asked["mesh"]))
        meshes = mesh_areas(on_meshes["block_id"]).assign(total=on_meshes["total"].to_numpy())
        return people_on_meshes(people, blocks, meshes, metres=metres)
    return spread_people(people, blocks, metres=metres)


def without_detail(homes: gpd.GeoDataFrame | None) -> list[str]:
    """Say which blocks have no building or no mesh, so that their people were spread evenly."""
    notes = []
    for key, ja, en in _LACKING:
        blocks = homes.attrs.get(key, []) if homes is not None else []
        if blocks:
            shown = first_five(blocks)
            notes.append(
                either(
                    ja=f"{ja}のない町丁目が{len(blocks)}あり（{shown}）、その人たちは等しく散らしました。",
                    en=f"{len(blocks)} blocks have no {en} ({shown}). Their people were spread evenly.",
                )
            )
    return notes


def _one_of_the_two() -> str:
    return either(
        ja=f"{NAME}: [people] buildings と mesh は、どちらかひとつにしてください。",
        en=f"{NAME}: [people] names both buildings and mesh. Choose one.",
    )


def _needs_blocks() -> str:
    return either(
        ja=f"{NAME}: [people] buildings と mesh は、町丁目ごとの人口（[blocks] と合わせて）にだけ使えます。",
        en=f"{NAME}: [people] buildings and mesh need people by block, with [blocks].",
    )
