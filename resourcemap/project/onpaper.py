"""What paper shows of each area of a project: the same rows under the same numbers on every sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from resourcemap.errors import first_five
from resourcemap.language import either
from resourcemap.metres import to_lonlat
from resourcemap.publish.paper.glyphs import unprintable
from resourcemap.publish.paper.places import number_places

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd
    import pandas as pd

    from resourcemap.model.consent import Released
    from resourcemap.project.shown import Shown
    from resourcemap.publish.paper.places import Places
    from resourcemap.publish.papermap import Ground

CHANNEL = "paper"


@dataclass(frozen=True)
class OnPaper:
    """What paper shows, with what all sheets share worked out once.

    Parameters
    ----------
    project
        The project.
    on
        The first day that the paper is for. What may be shown today and not on that day any more is not on it.
    """

    project: Shown = field(repr=False)
    on: date

    @cached_property
    def released(self) -> Released:
        """What may be shown on paper today, and still on the first day that it is for."""
        return self.project.released(CHANNEL, self.on)

    @cached_property
    def schedules(self) -> pd.Series:
        """The schedule of every released row."""
        return self.project.schedules_of(self.released)

    @cached_property
    def placements(self) -> pd.DataFrame | None:
        """The areas of every released row."""
        return self.project.placements_of(self.released)

    @cached_property
    def ground(self) -> Ground:
        """What lies under the pins of every map."""
        from resourcemap.publish.papermap import ground_of  # noqa: PLC0415 (maps are slow to load)

        areas = self.project.areas
        return ground_of(self.project.background, *([] if areas is None else [areas]))

    def ids_by_area(self, released: Released, placements: pd.DataFrame | None) -> dict[tuple[str, str], set[str]]:
        """Return the ids of the rows of each area, by system and id; a telephone line is for all of them."""
        areas = self.project.areas
        if placements is None or areas is None:
            return {}
        table = released.table
        here = placements[placements["resource_id"].isin(table["resource_id"])]
        found = {
            (str(system), str(area_id)): set(ids)
            for (system, area_id), ids in here.groupby(["system", "area_id"])["resource_id"]
        }
        anywhere = set(table.loc[table["place"] == "none", "resource_id"])
        keys = zip(areas["system"].astype(str), areas["area_id"].astype(str), strict=True)
        return {key: found.get(key, set()) | anywhere for key in keys}

    @cached_property
    def _rows(self) -> dict[tuple[str, str], set[str]]:
        return self.ids_by_area(self.released, self.placements)

    def of_area(self, area: gpd.GeoDataFrame | None) -> Released:
        """Return what is shown of an area, a row of the areas; of all of them without one."""
        if area is None:
            return self.released
        table = self.released.table
        ids = self._rows.get((str(area["system"].iloc[0]), str(area["area_id"].iloc[0])), set())
        return self.released.only(table.index[table["resource_id"].isin(ids)])

    def places_of(self, area: gpd.GeoDataFrame | None) -> Places:
        """Return the numbered places of an area, or of all of them."""
        bounds = None if area is None else to_lonlat(area).total_bounds
        return number_places(self.of_area(area), catalog=self.project.catalog, bounds=bounds)


def letters_missing(texts: Any, language: str = "ja") -> tuple[str, ...]:
    """Say which characters of some texts, also inside lists and tables, are printed as 〓; nothing where all are there.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     letters_missing(["カフェ😀"]), letters_missing(["カフェ"])
    (('Characters that the font does not have are printed as 〓 (😀).',), ())
    """
    signs = unprintable(texts, language)
    if not signs:
        return ()
    return (
        either(
            ja=f"フォントにない文字を「〓」にしました（{first_five(signs)}）。",
            en=f"Characters that the font does not have are printed as 〓 ({first_five(signs)}).",
        ),
    )
