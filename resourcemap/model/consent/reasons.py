"""Why a row stays inside, whatever its fields."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import pandas as pd

from resourcemap.model.consent.answers import is_understood
from resourcemap.model.consent.fields import Permit, permit_of
from resourcemap.model.consent.persons import without_email, without_mobile_numbers
from resourcemap.model.consent.remarks import private_home, refused_in_remarks
from resourcemap.model.tables import STATUSES

if TYPE_CHECKING:
    import geopandas as gpd

_UNREAD: Final = object()

# Reasons that a project may answer with the kind and the block alone: nobody has refused.
LACKING: Final = ("no_consent", "unclear_consent", "unclear_fields", "other_channel", "consent_over", "consent_not_yet")


def permits(resources: gpd.GeoDataFrame) -> pd.Series:
    """Return what the consent of every row covers (`Permit`); nothing where the words of its fields are not known."""
    if "consent_fields" not in resources:
        return pd.Series(Permit(), index=resources.index, dtype=object)
    texts = resources["consent_fields"]
    known = {text: permit_of(text) for text in {text for text in texts if isinstance(text, str)}}
    said = [known[text] if isinstance(text, str) else Permit() if _is_missing(text) else None for text in texts]
    return pd.Series(said, index=resources.index, dtype=object)


def reasons_to_withhold(resources: gpd.GeoDataFrame, permit: pd.Series, channel: str, on: date | None) -> pd.Series:
    """Return for each row why it stays inside, as `release` lists it; blank where it may go out."""
    granted = resources["channels"].fillna("").str.split(";")
    reasons = pd.Series("", index=resources.index, dtype=object)
    reasons[~granted.map(lambda channels: channel in channels)] = "other_channel"
    silent = granted.map(lambda channels: not any(channels))
    reasons[silent] = "no_consent"
    if "consent" in resources:
        reasons[silent & ~resources["consent"].map(is_understood)] = "unclear_consent"
    reasons[(reasons == "") & permit.isna()] = "unclear_fields"
    for column, ends, late in (("consent_on", False, "consent_not_yet"), ("consent_until", True, "consent_over")):
        day = _days(resources, column)
        reasons[(reasons == "") & day.map(lambda each: each is _UNREAD)] = "unclear_consent"
        if on is not None:
            out = day.map(lambda each, ends=ends: isinstance(each, date) and (each < on if ends else each > on))
            reasons[(reasons == "") & out.astype(bool)] = late
    reasons[refused_in_remarks(resources)] = "refused"
    at_home = permit.map(lambda covered: covered is not None and "home" in covered.by_word).astype(bool)
    reasons[private_home(resources) & ~((reasons == "") & at_home)] = "private_home"
    if on is not None:
        over = _days(resources, "valid_to").map(lambda each: isinstance(each, date) and each < on)
        reasons[over.astype(bool)] = "over"
    reasons[(resources["status"] == "ended") | ~resources["status"].isin(STATUSES)] = "ended"
    reasons[(reasons == "") & ~resources["name"].map(_leaves_a_name).astype(bool)] = "no_name"
    return reasons


def _days(resources: gpd.GeoDataFrame, column: str) -> pd.Series:
    """Return the day in each cell: ``None`` where there is none, `_UNREAD` where it is not a day that can be read."""
    if column not in resources:
        return pd.Series(None, index=resources.index, dtype=object)
    return pd.Series([_day(cell) for cell in resources[column]], index=resources.index, dtype=object)


def _day(cell: object) -> object:
    if _is_missing(cell):
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell)[:10])
    except ValueError:
        return _UNREAD


def _is_missing(cell: object) -> bool:
    return cell is None or cell == "" or (pd.api.types.is_scalar(cell) and bool(pd.isna(cell)))


def _leaves_a_name(name: object) -> bool:
    return not isinstance(name, str) or bool(without_email(without_mobile_numbers(name) or ""))
