"""Which rows are asked for? The filters of the map, for what is printed or saved."""

from __future__ import annotations

from resourcemap.publish.choice.choice import Choice, choice_of
from resourcemap.publish.choice.choosing import chosen
from resourcemap.publish.choice.saying import said

__all__ = ["Choice", "choice_of", "chosen", "said"]
