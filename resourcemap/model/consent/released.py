"""What passed the gate, and the record of what did not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from resourcemap.errors import ReleaseError
from resourcemap.language import either

if TYPE_CHECKING:
    import geopandas as gpd

TOKEN: Final = object()
# Why a cell of a released row is blank.
OF_PERSONS: Final = ("email", "person")
BLANKED: Final = ("not_agreed", "place", "in_text", "mobile", "home", *OF_PERSONS)


@dataclass(frozen=True)
class Released:
    """Rows and columns that passed the gate; only `release` makes one.

    Parameters
    ----------
    channel
        The channel they were released for.
    table
        What may be shown. Internal columns are gone, not blanked.
    withheld
        One row per resource that stays inside: ``resource_id``, ``reason`` (a word for programs) and
        ``source_file``, ``source_sheet``, ``source_row``. No names.
    blanked
        One row per cell of released rows that was blanked or had something taken out, on the label of its row:
        ``resource_id`` as the office knows it, ``column`` and ``reason``, one of `BLANKED`. ``place`` counts rows that
        stand at their block instead of their spot.
    coarse
        The labels in `table` of rows that stand at their block instead of their spot.
    nameless
        The labels in `table` of rows of which nothing is shown but the kind and the block; they are among `coarse`.
    """

    channel: str
    table: gpd.GeoDataFrame
    withheld: pd.DataFrame
    blanked: pd.DataFrame
    token: object = field(repr=False, compare=False)
    coarse: pd.Index = field(default_factory=lambda: pd.Index([]))
    nameless: pd.Index = field(default_factory=lambda: pd.Index([]))

    def __post_init__(self) -> None:
        if self.token is not TOKEN:
            raise ReleaseError(
                either(
                    ja="公開する表は release(resources, channel) だけが作れます。",
                    en="Only release(resources, channel) makes a table that may be published.",
                )
            )

    @property
    def phones_withheld(self) -> int:
        """How many cells of released rows had personal mobile numbers, which were taken out."""
        return int((self.blanked["reason"] == "mobile").sum())

    @property
    def persons_withheld(self) -> int:
        """How many cells had e-mail addresses, or names of people beside a telephone number or as a provider."""
        return int(self.blanked["reason"].isin(OF_PERSONS).sum())

    def only(self, rows: pd.Index) -> Released:
        """Return the same with some of its rows, in the order asked for; what was withheld stays as it is.

        Examples
        --------
        >>> import geopandas as gpd
        >>> from resourcemap.model.consent import release
        >>> salons = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["A", "B"], "status": "active",
        ...     "channels": "map"}, geometry=[None, None], crs="EPSG:4326")
        >>> release(salons, "map").only(pd.Index([1])).table["name"].tolist()
        ['B']
        """
        return replace(
            self,
            table=self.table.loc[rows],
            blanked=self.blanked[self.blanked.index.isin(rows)],
            coarse=self.coarse[self.coarse.isin(rows)],
            nameless=self.nameless[self.nameless.isin(rows)],
        )

    def and_still(self, later: Released) -> Released:
        """Return what both let through, of each row the less: for a day to come, when less may be shown than today.

        Rows and cells that only one of them has are gone; a row of which one shows no more than its block, or its kind,
        is shown so. What `later` withholds is among the withheld.

        Raises
        ------
        ReleaseError
            When they are for different channels.

        Examples
        --------
        >>> from datetime import date
        >>> import geopandas as gpd
        >>> from resourcemap.model.consent import release
        >>> salons = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["A", "B"], "status": "active",
        ...     "channels": "map", "consent_until": [None, "2026-11-30"]}, geometry=[None, None], crs="EPSG:4326")
        >>> today, then = (release(salons, "map", on=date(2026, month, 1)) for month in (11, 12))
        >>> both = today.and_still(then)
        >>> both.table["name"].tolist(), both.withheld["reason"].tolist()
        (['A'], ['consent_over'])
        """
        if later.channel != self.channel:
            raise ReleaseError(
                either(
                    ja=f"公開先の違う表です（{self.channel} と {later.channel}）。",
                    en=f"These tables are for two channels, {self.channel} and {later.channel}.",
                )
            )
        kept = self.table.index[self.table.index.isin(later.table.index)]
        less_today = kept.isin(self.nameless) & ~kept.isin(later.nameless)
        less_today |= kept.isin(self.coarse) & ~kept.isin(later.coarse) & ~kept.isin(later.nameless)
        table = pd.concat([later.table.loc[kept[~less_today]], self.table.loc[kept[less_today]]]).loc[kept]
        columns = [name for name in table.columns if name in self.table and name != table.geometry.name]
        table[columns] = table[columns].where(self.table.loc[kept, columns].notna(), None)
        withheld = later.withheld[~later.withheld.index.isin(self.withheld.index)]
        blanked = pd.concat([self.blanked, later.blanked]).drop_duplicates()
        return replace(
            self,
            table=table,
            withheld=pd.concat([self.withheld, withheld]),
            blanked=blanked[blanked.index.isin(kept)],
            coarse=kept[kept.isin(self.coarse) | kept.isin(later.coarse)],
            nameless=kept[kept.isin(self.nameless) | kept.isin(later.nameless)],
        )

    def counts(self) -> dict[str, object]:
        """Count what is shown and what is not, by reason, in the order of the reasons' names; no names of anything.

        Examples
        --------
        >>> import geopandas as gpd
        >>> from resourcemap.model.consent import release
        >>> salons = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["A", "B"], "status": "active",
        ...     "channels": ["list;map;paper", ""]}, geometry=[None, None], crs="EPSG:4326")
        >>> release(salons, "map").counts()
        {'channel': 'map', 'shown': 1, 'without_place': 0, 'withheld': {'no_consent': 1}, 'blanked': {}}
        """
        return {
            "channel": self.channel,
            "shown": len(self.table),
            "without_place": len(self.coarse),
            "withheld": _by_reason(self.withheld),
            "blanked": _by_reason(self.blanked),
        }


def _by_reason(rows: pd.DataFrame) -> dict[str, int]:
    return {str(reason): int(count) for reason, count in rows["reason"].value_counts().sort_index().items()}
