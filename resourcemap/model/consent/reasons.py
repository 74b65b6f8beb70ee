"""Why a row stays inside, whatever its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from resourcemap.model.consent.answers import is_understood
from resourcemap.model.consent.fields import Permit, permit_of
from resourcemap.model.consent.persons import without_email, without_mobile_numbers
from resourcemap.model.consent.remarks import private_home, refused_in_remarks

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

# Reasons that a project may answer with the kind and the block alone: nobody has refused.
LACKING: Final = ("no_consent", "unclear_consent", "unclear_fields", "other_channel", "consent_over", "consent_not_yet")


def permits(resources: gpd.GeoDataFrame) -> pd.Series:
    """Return what the consent of every row covers (`Permit`); nothing where the words of its fields are not known."""
    if "consent_fields" not in resources:
        return pd.Series(Permit(), index=resources.index, dtype=object)
    texts = resources["consent_fields"]
    known = {text: permit_of(text) for text in texts[texts.notna()].unique()}
    said = [known[text] if isinstance(text, str) else Permit() for text in texts]
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
    if on is not None:
        day = pd.Timestamp(on).normalize()
        reasons[(reasons == "") & (_days(resources, "consent_on") > day)] = "consent_not_yet"
        reasons[(reasons == "") & (_days(resources, "consent_until") < day)] = "consent_over"
    reasons[refused_in_remarks(resources)] = "refused"
    at_home = permit.map(lambda covered: covered is not None and "home" in covered.by_word).astype(bool)
    reasons[private_home(resources) & ~((reasons == "") & at_home)] = "private_home"
    if on is not None:
        reasons[_days(resources, "valid_to") < day] = "over"
    reasons[resources["status"] == "ended"] = "ended"
    reasons[(reasons == "") & ~resources["name"].map(_leaves_a_name).astype(bool)] = "no_name"
    return reasons


def _days(resources: gpd.GeoDataFrame, column: str) -> pd.Series:
    if column not in resources:
        return pd.Series(pd.NaT, index=resources.index)
    return pd.to_datetime(resources[column], errors="coerce")


def _leaves_a_name(name: object) -> bool:
    return not isinstance(name, str) or bool(without_email(without_mobile_numbers(name) or ""))
