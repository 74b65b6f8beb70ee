"""The one gate: what may leave the office, and through which channel.

Defaults are the strict ones. A row without written consent stays inside; so does a row that points to a
private home; a column that is not marked public stays inside even when its row is released.
"""

from __future__ import annotations

from resourcemap.model.consent.answers import CHANNELS, PUBLIC, channels_of
from resourcemap.model.consent.gate import STRICT, Policy, release
from resourcemap.model.consent.places import coarse_places
from resourcemap.model.consent.released import Released
from resourcemap.model.consent.remarks import private_home

__all__ = [
    "CHANNELS",
    "PUBLIC",
    "STRICT",
    "Policy",
    "Released",
    "channels_of",
    "coarse_places",
    "private_home",
    "release",
]
