"""The gate itself: rows and columns go in, what may be shown on a channel comes out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import pandas as pd

from resourcemap.errors import ReleaseError
from resourcemap.language import either
from resourcemap.model.consent.answers import CHANNELS, is_refusal
from resourcemap.model.consent.fields import Permit
from resourcemap.model.consent.persons import without_email, without_mobile_numbers
from resourcemap.model.consent.places import coarse_places
from resourcemap.model.consent.reasons import LACKING, permits, reasons_to_withhold
from resourcemap.model.consent.released import TOKEN, Released
from resourcemap.model.consent.taking_out import take_out
from resourcemap.model.tables import AT_A_PLACE, EXACT, RESOURCES

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from resourcemap.model.tables import Column

# What the ids of resources and of activities are made of.
_IN_IDS: Final = ("kind", "name", "provider", "venue", "address")
_IN_ACTIVITIES: Final = ("kind", "name", "provider")
# What is left of a row without consent where the project shows its kind and block.
_OF_KIND: Final = ("kind", "place", "status", "audience", "located")


@dataclass(frozen=True)
class Policy:
    """What a project does with what lacks consent; the defaults are the strict ones.

    Parameters
    ----------
    lacking
        Rows without consent: left ``"out"``, or shown as their kind and ``"block"`` (みほん3丁目内), without name,
        number or hours. Refusals and private homes stay inside in any case.
    places
        Rows whose consent does not cover the place: left ``"out"``, or shown with their ``"block"``.
    """

    lacking: Literal["out", "block"] = "out"
    places: Literal["out", "block"] = "out"


STRICT: Final = Policy()


def release(
    resources: gpd.GeoDataFrame,
    channel: str,
    *,
    on: date | None = None,
    policy: Policy = STRICT,
    blocks: gpd.GeoDataFrame | None = None,
) -> Released:
    """Let through the rows and columns that may be shown on `channel`.

    Left inside, the last reason counting: ``"other_channel"`` (consent was given, but not for this one),
    ``"no_consent"``, ``"unclear_consent"`` (a word or a day that is not understood), ``"unclear_fields"`` (the same of
    ``consent_fields``), ``"consent_not_yet"`` and ``"consent_over"`` (its days), ``"refused"`` (a remark says not to
    show it), ``"private_home"`` (unless the row says 個人宅 among its fields), ``"over"`` (its dates), ``"ended"``
    (ended ones are not news, nor is a status that is not known); then ``"no_name"`` (its name is a telephone number and
    nothing else) and ``"place_withheld"``. Fields that the consent does not cover are blanked, and so are texts that
    tell them. Personal mobile numbers, e-mail addresses, names of people beside a telephone number and people as
    providers are taken out, unless the row's fields name them. A spot that a row has from another one, which is not
    shown, is given back. The channel ``"internal"`` is the office itself: all rows and columns pass. ``"partners"`` see
    some more.

    Parameters
    ----------
    resources
        The table of resources; it is not changed.
    channel
        One of `CHANNELS`.
    on
        The day it is published; rows whose dates or whose consent are over by then stay inside. Without it dates are
        not looked at.
    policy
        What is done with what lacks consent.
    blocks
        The town blocks, for rows that are shown with their block; a row outside all of them stays inside.

    Returns
    -------
    Released
        The rows that may be shown, in the order given and with their index, and what was withheld. A row whose name,
        provider, venue or address is not shown whole has other ids than inside, since those are made of these.

    Raises
    ------
    ReleaseError
        When there is no such channel, or a label is twice in the index.

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
    if not resources.index.is_unique:
        raise ReleaseError(
            either(
                ja="表の index に同じ値が2つ以上あります。reset_index(drop=True) をしてから渡してください。",
                en="The index of the table has a label twice. Give each row its own: reset_index(drop=True).",
            )
        )
    if channel == "internal":
        nothing = pd.DataFrame({"resource_id": [], "reason": []})
        return Released(channel, resources.copy(), nothing, nothing.assign(column=[]), TOKEN)
    permit = permits(resources)
    reasons = reasons_to_withhold(resources, permit, channel, on)
    coarse, nameless = _without_place(resources, permit, reasons, policy, blocks)
    source = [name for name in ("resource_id", "source_file", "source_sheet", "source_row") if name in resources]
    withheld = pd.DataFrame(resources.loc[reasons != "", source]).assign(reason=reasons[reasons != ""])
    shown = [column.name for column in RESOURCES if _goes_to(column, channel) and column.name in resources]
    table = resources.loc[reasons == "", [*shown, resources.geometry.name]].copy()
    table.attrs = {}
    _only_kinds(table, nameless)
    whereabouts = resources.reindex(columns=["venue", "address"]).loc[table.index]
    blanked = take_out(table, permit[table.index], whereabouts)
    moved = {"resource_id": table["resource_id"][coarse.index], "column": "geometry", "reason": "place"}
    blanked = pd.concat([blanked, pd.DataFrame(moved, dtype=object)]) if len(coarse) else blanked
    _put_in_blocks(table, coarse)
    table.loc[_hides_place(permit[table.index]) & ~table.index.isin(coarse.index), table.geometry.name] = None
    _give_back(table, _borrowed_inside(table, resources), blocks)
    _name_anew(table, coarse.index.union(blanked.index[blanked["column"].isin(_IN_IDS)]).union(_personal_ids(table)))
    if "name" in table:
        table["name"] = table["name"].where(table["name"].notna(), _no_name())
    return Released(channel, table, withheld, blanked, TOKEN, coarse.index, nameless)


def _goes_to(column: Column, channel: str) -> bool:
    return column.public or (column.partners and channel == "partners")


def _without_place(
    resources: gpd.GeoDataFrame,
    permit: pd.Series,
    reasons: pd.Series,
    policy: Policy,
    blocks: gpd.GeoDataFrame | None,
) -> tuple[gpd.GeoDataFrame, pd.Index]:
    """Decide which rows stand at their block, and mend `reasons`, which is ours.

    Returns the blocks and points of those rows, and the labels of those that have no name.
    """
    at_a_place = resources["place"].isin(AT_A_PLACE) if "place" in resources else pd.Series(True, index=reasons.index)
    hidden = (reasons == "") & _hides_place(permit) & at_a_place
    lacking = reasons.isin(LACKING) & at_a_place & (policy.lacking == "block") & ~_refused(resources)
    asked = lacking | (hidden & (policy.places == "block"))
    places = coarse_places(resources[asked], blocks)
    places = places[places["block"].notna()]
    reasons[hidden & ~reasons.index.isin(places.index)] = "place_withheld"
    nameless = places.index[lacking[places.index]]
    reasons[nameless] = ""
    permit[nameless] = Permit()
    return places, nameless


def _refused(resources: gpd.GeoDataFrame) -> pd.Series:
    if "consent" not in resources:
        return pd.Series(False, index=resources.index)
    return resources["consent"].map(is_refusal).astype(bool)


def _hides_place(permit: pd.Series) -> pd.Series:
    return permit.map(lambda covered: covered is not None and "place" not in covered.groups).astype(bool)


def _borrowed_inside(table: gpd.GeoDataFrame, resources: gpd.GeoDataFrame) -> pd.Series:
    """Tell which rows have their spot from others of the same venue that are not shown, so that it is not theirs."""
    if "located" not in table:
        return pd.Series(False, index=table.index)
    spots = table.geometry.to_wkb(hex=True)
    borrowed = table["located"] == "venue"
    lent = resources["located"].ne("venue") & resources.geometry.notna()
    known = set(resources.geometry[lent].to_wkb(hex=True))
    return borrowed & spots.isin(known) & ~spots.isin(set(spots[~borrowed]))


def _give_back(table: gpd.GeoDataFrame, borrowed: pd.Series, blocks: gpd.GeoDataFrame | None) -> None:
    """Put rows of `table`, which is ours, that stand on a borrowed spot at their block; nowhere outside all blocks."""
    if not borrowed.any():
        return
    places = coarse_places(table[borrowed], blocks)
    spots = places.geometry.where(places["block"].notna())
    table.loc[borrowed, table.geometry.name] = spots.to_crs(table.crs)
    table.loc[borrowed, "located"] = "block"


def _only_kinds(table: gpd.GeoDataFrame, rows: pd.Index) -> None:
    """Leave of some rows of `table`, which is ours, what every place of their kind could say."""
    if not len(rows):
        return
    for column in table.columns.difference([*_OF_KIND, "resource_id", table.geometry.name]):
        table[column] = table[column].astype(object)
        table.loc[rows, column] = None
    if "activity_id" in table:  # nobody is told which of them belong together
        table.loc[rows, "activity_id"] = table.loc[rows, "resource_id"]


def _put_in_blocks(table: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> None:
    """Put rows of `table`, which is ours, at their blocks, under ids of their own."""
    if places.empty:
        return
    rows = places.index
    within = [either(ja=f"{block}内", en=f"in {block}") for block in places["block"]]
    told: dict[str, object] = {"venue": within, "address": None, "venue_id": None}
    for column, value in told.items():
        if column in table:
            table[column] = table[column].astype(object)
            table.loc[rows, column] = value
    if "located" in table:
        table.loc[table.index.isin(rows) & table["located"].isin(EXACT), "located"] = "block"
    table.loc[rows, table.geometry.name] = places.geometry.to_crs(table.crs)


def _no_name() -> str:
    return either(ja="（名称は公開していません）", en="(name not published)")


def _name_anew(table: gpd.GeoDataFrame, rows: pd.Index) -> None:
    """Give some rows of `table`, which is ours, ids made of what is shown alone.

    Those they had are made of what was taken out, too, so that it could be tried out until one fits.
    """
    if not len(rows):
        return
    if "venue_id" in table:
        table["venue_id"] = table["venue_id"].astype(object)
        table.loc[rows, "venue_id"] = None
    shown = [column for column in _IN_IDS if column in table]
    words = table.loc[rows, shown].astype(object).where(table.loc[rows, shown].notna(), "")
    for column, made_of in (("resource_id", shown), ("activity_id", _IN_ACTIVITIES)):
        if column in table:
            texts = words[[name for name in made_of if name in words]].agg("\n".join, axis=1)
            table.loc[rows, column] = _ids(texts, table.loc[rows, column])


def _personal_ids(table: gpd.GeoDataFrame) -> pd.Index:
    """Return the rows whose file gives them a telephone number or an e-mail address for an id."""
    found = pd.Series(False, index=table.index)
    for column in ("resource_id", "activity_id"):
        if column in table:
            found |= table[column].map(lambda id_: _is_of_a_person(str(id_))).astype(bool)
    return table.index[found]


def _is_of_a_person(text: str) -> bool:
    return without_email(text) != text or without_mobile_numbers(text) != text


def _ids(texts: pd.Series, known: pd.Series) -> list[str]:
    """Make an id of each text; rows that were told apart before stay so."""
    made: dict[tuple[str, str], str] = {}
    times: dict[str, int] = {}
    for text, id_ in zip(texts, known.astype(str), strict=True):
        if (text, id_) not in made:
            name = "b" + hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=5).hexdigest()
            times[text] = times.get(text, 0) + 1
            made[text, id_] = name if times[text] == 1 else f"{name}-{times[text]}"
    return [made[text, id_] for text, id_ in zip(texts, known.astype(str), strict=True)]
