"""What of a project's tables may be shown, and to whom."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.areas.placement import placements
from resourcemap.language import speaking
from resourcemap.model.consent import Policy, release
from resourcemap.project.counted import SHOWN, at_their_blocks, hidden_places
from resourcemap.project.keys import BY_BLOCK
from resourcemap.project.onpaper import OnPaper
from resourcemap.project.tables import Tables, schedules_in

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import geopandas as gpd

    from resourcemap.model.consent import Released
    from resourcemap.project.settings import Settings


class Shown(Tables):
    """The tables of a project as others than the office may see them: what is released, and what is counted where.

    Parameters
    ----------
    folder
        The folder with resourcemap.toml.
    settings
        What it says.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        super().__init__(folder, settings)
        self._released: dict[tuple[str, date], Released] = {}
        self._papers: dict[date, OnPaper] = {}

    @property
    def title(self) -> str:
        """The heading of every output."""
        project = self.settings.project
        return str(project.get("title") or f"{project.get('city', '')}地域資源マップ")

    @property
    def masthead(self) -> dict[str, Any]:
        """What stands at the head of every output."""
        project = self.settings.project
        return {
            "title": self.title,
            "publisher": str(project.get("publisher", "")),
            "as_of": self.as_of,
            "language": str(project.get("language", "ja")),
        }

    @property
    def policy(self) -> Policy:
        """What is done with what lacks consent, or consent for its place."""
        asked = self.settings.consent
        lacking, places = (BY_BLOCK[asked.get(name, "out")] for name in ("lacking", "places"))
        return Policy("block" if lacking else "out", "block" if places else "out")

    def on_paper(self, on: date | None = None) -> OnPaper:
        """Return what paper for a day to come shows of each area; that for the day of the project unless given."""
        day = max(on or self.as_of, self.as_of)
        if day not in self._papers:
            self._papers[day] = OnPaper(self, day)
        return self._papers[day]

    def released(self, channel: str, on: date | None = None) -> Released:
        """Return the resources that may be shown on `channel`; for a day to come, what may be today and then."""
        day = max(on or self.as_of, self.as_of)
        if (channel, day) not in self._released:
            located, blocks = self.located, self.blocks
            # What stands for a name or a place is published: it speaks as the project does, not as the terminal.
            with speaking(self.masthead["language"]):
                found = release(located, channel, on=day, policy=self.policy, blocks=blocks)
            self._released[channel, day] = found if day == self.as_of else self.released(channel).and_still(found)
        return self._released[channel, day]

    @property
    def named_in_plans(self) -> Released:
        """What sheets about a plan may name: they are lists, and they are printed."""
        listed, printed = self.released("list"), self.released("paper")
        both = listed.table.index.isin(printed.table.index) & ~listed.table.index.isin(printed.nameless)
        return listed.only(listed.table.index[both])

    def schedules_of(self, released: Released) -> pd.Series:
        """Return the schedule of every released row, read from the text that may be shown."""
        return schedules_in(released.table)

    def placements_of(self, released: Released) -> pd.DataFrame | None:
        """Return the areas of every resource, those that are shown under other ids by these."""
        if self.placements is None or self.areas is None:
            return None
        table = released.table
        known = self.located["resource_id"].loc[table.index]
        anew = dict(zip(known, table["resource_id"], strict=True))
        silent = known[self.located["serves"].loc[table.index].notna() & table["serves"].isna()]
        told = self.placements[~self.placements["resource_id"].isin(silent)]
        renamed = told.assign(resource_id=[anew.get(id_, id_) for id_ in told["resource_id"]])
        if released.coarse.empty:
            return renamed
        at_blocks = placements(table.loc[released.coarse], self.areas)
        others = renamed[~renamed["resource_id"].isin(at_blocks["resource_id"])]
        return pd.concat([others, at_blocks], ignore_index=True)

    @cached_property
    def hidden(self) -> pd.Series:
        """Which resources stand at a spot that neither map nor list shows, on the index of the resources."""
        return hidden_places(self.located, [self.released(channel) for channel in SHOWN])

    @cached_property
    def counted(self) -> gpd.GeoDataFrame:
        """The resources as figures count them: at their town block where their spot may not be told.

        Where ``[consent] figures`` asks for the exact spots, figures are for the office alone.
        """
        if not BY_BLOCK[self.settings.consent.get("figures", "block")]:
            return self.located
        return at_their_blocks(self.located, self.hidden, self.blocks, self.areas)
