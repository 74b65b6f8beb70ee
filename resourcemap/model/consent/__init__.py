"""The one gate: what may leave the office, and through which channel.

Defaults are the strict ones. A row without written consent stays inside; so does a row that points to a
private home; a column that is not marked public stays inside even when its row is released.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

from resourcemap.errors import ReleaseError
from resourcemap.language import either
from resourcemap.model.consent.answers import CHANNELS, PUBLIC, channels_of, is_understood
from resourcemap.model.consent.persons import is_person, without_email, without_mobile_numbers, without_names
from resourcemap.model.consent.remarks import private_home, refused_in_remarks
from resourcemap.model.tables import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import geopandas as gpd

__all__ = ["CHANNELS", "PUBLIC", "Released", "channels_of", "private_home", "release"]

_TOKEN: Final = object()


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
    phones_withheld
        How many cells of released rows had personal mobile numbers, which were blanked.
    persons_withheld
        How many cells had e-mail addresses, or names of people beside a telephone number or as a provider.
    """

    channel: str
    table: gpd.GeoDataFrame
    withheld: pd.DataFrame
    phones_withheld: int
    token: object = field(repr=False, compare=False)
    persons_withheld: int = 0

    def __post_init__(self) -> None:
        if self.token is not _TOKEN:
            raise ReleaseError(
                either(
                    ja="公開する表は release(resources, channel) だけが作れます。",
                    en="Only release(resources, channel) makes a table that may be published.",
                )
            )


def release(resources: gpd.GeoDataFrame, channel: str, *, on: date | None = None) -> Released:
    """Let through the rows and columns that may be shown on `channel`.

    Left inside, in this order of reasons: ``"ended"`` (ended ones are not news), ``"over"`` (its dates),
    ``"private_home"``, ``"refused"`` (a remark says not to show it), ``"no_consent"``, ``"unclear_consent"`` (a
    word that is not understood), ``"other_channel"`` (consent was given, but not for this one) and ``"no_name"``
    (its name is a telephone number and nothing else). Personal mobile numbers and e-mail addresses are blanked
    in every public column, and names of people beside a telephone number. The channel ``"internal"`` is the
    office itself: all rows and columns pass.

    Parameters
    ----------
    resources
        The table of resources; it is not changed.
    channel
        One of `CHANNELS`.
    on
        The day it is published; rows whose dates are over by then stay inside. Without it dates are not looked at.

    Returns
    -------
    Released
        The rows that may be shown, in the order given and with their index, and what was withheld.

    Raises
    ------
    ReleaseError
        When there is no such channel.

    Examples
    --------
    >>> import geopandas as gpd
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a", "b"], "name": ["A", "B"], "status": "active",
    ...     "channels": ["list;map;paper", ""], "notes": "secret"}, geometry=[None, None], crs="EPSG:4326")
    >>> passed = release(salons, "map")
    >>> passed.table["name"].tolist(), "notes" in passed.table, passed.withheld["reason"].tolist()
    (['A'], False, ['no_consent'])
    """
    if channel not in CHANNELS:
        raise ReleaseError(
            either(
                ja=f"公開先 {channel!r} はありません。使えるのは {', '.join(CHANNELS)} です。",
                en=f"There is no channel {channel!r}. Known: {', '.join(CHANNELS)}.",
            )
        )
    if channel == "internal":
        return Released(channel, resources.copy(), pd.DataFrame({"resource_id": [], "reason": []}), 0, _TOKEN)
    reasons = _reasons(resources, channel, on)
    source = [name for name in ("resource_id", "source_file", "source_sheet", "source_row") if name in resources]
    withheld = pd.DataFrame(resources.loc[reasons != "", source]).assign(reason=reasons[reasons != ""])
    public = [column.name for column in RESOURCES if column.public and column.name in resources]
    table = resources.loc[reasons == "", [*public, resources.geometry.name]].copy()
    phones, persons = _take_out(table, public)
    return Released(channel, table, withheld, phones, _TOKEN, persons)


def _reasons(resources: gpd.GeoDataFrame, channel: str, on: date | None) -> pd.Series:
    granted = resources["channels"].fillna("").str.split(";")
    reasons = pd.Series("", index=resources.index, dtype=object)
    reasons[~granted.map(lambda channels: channel in channels)] = "other_channel"
    silent = granted.map(lambda channels: not any(channels))
    reasons[silent] = "no_consent"
    if "consent" in resources:
        reasons[silent & ~resources["consent"].map(is_understood)] = "unclear_consent"
    reasons[refused_in_remarks(resources)] = "refused"
    reasons[private_home(resources)] = "private_home"
    if on is not None and "valid_to" in resources:
        reasons[pd.to_datetime(resources["valid_to"], errors="coerce") < pd.Timestamp(on).normalize()] = "over"
    reasons[resources["status"] == "ended"] = "ended"
    reasons[(reasons == "") & ~resources["name"].map(_leaves_a_name).astype(bool)] = "no_name"
    return reasons


def _leaves_a_name(name: object) -> bool:
    return not isinstance(name, str) or bool(without_email(without_mobile_numbers(name) or ""))


def _take_out(table: gpd.GeoDataFrame, columns: list[str]) -> tuple[int, int]:
    """Blank what belongs to persons in `table`, which is ours; count the cells with numbers, and with the rest."""
    numbers = sum(_rewrite(table, column, without_mobile_numbers) for column in columns)
    names = sum(_rewrite(table, column, without_email) for column in columns)
    if "phone" in columns:
        names += _rewrite(table, "phone", without_names)
    if "provider" in columns:
        names += _rewrite(table, "provider", lambda name: None if is_person(name) else name)
    return numbers, names


def _rewrite(table: gpd.GeoDataFrame, column: str, rewrite: Callable[[str], str | None]) -> int:
    """Rewrite the texts of a column of `table`, which is ours, and count those that changed."""
    new = {text: rewrite(text) for text in table[column].unique() if isinstance(text, str)}
    changed = table[column].map(lambda cell: isinstance(cell, str) and new[cell] != cell).astype(bool)
    if changed.any():
        table.loc[changed, column] = table.loc[changed, column].map(new)
    return int(changed.sum())
