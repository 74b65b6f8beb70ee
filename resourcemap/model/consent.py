"""The one gate: what may leave the office, and through which channel.

Defaults are the strict ones. A row without written consent stays inside; so does a row that points to a
private home; a column that is not marked public stays inside even when its row is released.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

from resourcemap.errors import ReleaseError
from resourcemap.language import either
from resourcemap.model.tables import RESOURCES

if TYPE_CHECKING:
    import geopandas as gpd

CHANNELS: Final = ("internal", "partners", "list", "map", "paper", "open_data")
PUBLIC: Final = ("list", "map", "paper")

# Words of a consent column, folded to NFKC. Whatever is not understood means no.
_ALL = {
    "有",
    "あり",
    "済",
    "済み",
    "同意",
    "同意済",
    "承諾",
    "承諾済",
    "可",
    "公開可",
    "○",
    "◯",
    "〇",
    "yes",
    "y",
    "true",
    "1",
}
_WORDS = {
    "一覧": "list",
    "リスト": "list",
    "地図": "map",
    "マップ": "map",
    "web": "map",
    "紙": "paper",
    "紙面": "paper",
    "広報": "paper",
    "通信": "paper",
    "オープンデータ": "open_data",
    "関係機関": "partners",
    "list": "list",
    "map": "map",
    "paper": "paper",
    "open_data": "open_data",
    "partners": "partners",
}
_ONLY = re.compile(r"(のみ|だけ)(可|公開可)?$|可$")
_HOME = re.compile(r"様方|(?<![住在帰お社])宅(?!配|地|建|老|幼|食|急)")
_MOBILE = re.compile(r"0[789]0[-‐‑–—−ー()\s]*\d{4}[-‐‑–—−ー()\s]*\d{4}")
_BETWEEN_NUMBERS = " /・、,;\n"
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
        How many personal mobile numbers were blanked in released rows.
    """

    channel: str
    table: gpd.GeoDataFrame
    withheld: pd.DataFrame
    phones_withheld: int
    token: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.token is not _TOKEN:
            raise ReleaseError(
                either(
                    ja="公開する表は release(resources, channel) だけが作れます。",
                    en="Only release(resources, channel) makes a table that may be published.",
                )
            )


def channels_of(consent: object) -> tuple[str, ...]:
    """Read the words of a consent cell as the channels they allow.

    A plain yes (有, 済, ○, 可 ...) allows list, map and paper; partners and open data must be named. A word
    that is not understood allows nothing.

    Examples
    --------
    >>> channels_of("○"), channels_of("紙面のみ"), channels_of("一覧・地図"), channels_of("確認中")
    (('list', 'map', 'paper'), ('paper',), ('list', 'map'), ())
    """
    if not isinstance(consent, str):
        return PUBLIC if consent is True else ()
    text = unicodedata.normalize("NFKC", consent).strip().lower()
    if text in _ALL:
        return PUBLIC
    words = [_ONLY.sub("", word.strip()) for word in re.split(r"[・、,/;]|と", text)]
    if not words or any(word not in _WORDS for word in words):
        return ()
    return tuple(channel for channel in CHANNELS if channel in {_WORDS[word] for word in words})


def private_home(table: pd.DataFrame) -> pd.Series:
    """Tell which rows point to somebody's home (様方, 宅), in any of the place columns.

    Returns
    -------
    pandas.Series
        True or False, on the index of `table`.

    Examples
    --------
    >>> private_home(pd.DataFrame({"address": ["みほん1-2-3 見本様方", "みほん住宅集会所"]})).tolist()
    [True, False]
    """
    found = pd.Series(False, index=table.index)
    for column in (
        "name",
        "provider",
        "venue",
        "address",
        "serves",
        "description",
        "schedule",
        "how_to_join",
    ):
        if column in table:
            found |= table[column].map(lambda value: isinstance(value, str) and bool(_HOME.search(value))).astype(bool)
    return found


def release(resources: gpd.GeoDataFrame, channel: str) -> Released:
    """Let through the rows and columns that may be shown on `channel`.

    Left inside, in this order of reasons: ``"ended"`` (ended ones are not news), ``"private_home"``,
    ``"no_consent"`` and ``"other_channel"`` (consent was given, but not for this one). Personal mobile numbers
    (090, 080, 070) are blanked in every public column. The channel ``"internal"`` is the office itself: all
    rows and columns pass.

    Parameters
    ----------
    resources
        The table of resources; it is not changed.
    channel
        One of `CHANNELS`.

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
    reasons = _reasons(resources, channel)
    source = [name for name in ("resource_id", "source_file", "source_sheet", "source_row") if name in resources]
    withheld = pd.DataFrame(resources.loc[reasons != "", source]).assign(reason=reasons[reasons != ""])
    public = [column.name for column in RESOURCES if column.public and column.name in resources]
    table = resources.loc[reasons == "", [*public, resources.geometry.name]].copy()
    phones = _blank_mobile_numbers(table, public)
    return Released(channel, table, withheld, phones, _TOKEN)


def _reasons(resources: gpd.GeoDataFrame, channel: str) -> pd.Series:
    granted = resources["channels"].fillna("").str.split(";")
    reasons = pd.Series("", index=resources.index, dtype=object)
    reasons[~granted.map(lambda channels: channel in channels)] = "other_channel"
    reasons[granted.map(lambda channels: not any(channels))] = "no_consent"
    reasons[private_home(resources)] = "private_home"
    reasons[resources["status"] == "ended"] = "ended"
    return reasons


def _blank_mobile_numbers(table: gpd.GeoDataFrame, columns: list[str]) -> int:
    """Blank personal mobile numbers in `table`, which is ours, and count the cells."""
    blanked = 0
    for column in columns:
        cells = table[column].map(_holds_mobile_number).astype(bool)
        if not cells.any():
            continue
        blanked += int(cells.sum())
        table.loc[cells, column] = table.loc[cells, column].map(
            lambda value: _MOBILE.sub("", _plain(value)).strip(_BETWEEN_NUMBERS) or None
        )
    return blanked


def _holds_mobile_number(value: object) -> bool:
    return isinstance(value, str) and bool(_MOBILE.search(_plain(value)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
