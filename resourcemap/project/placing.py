"""How many people of the tables are in no figure, because their block is not among the blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.errors import first_five
from resourcemap.language import either

if TYPE_CHECKING:
    import pandas as pd


def in_no_figure(people: pd.DataFrame | None) -> list[str]:
    """Say how many rows and people were left aside, by city where the table says it; nothing where none were.

    Examples
    --------
    >>> import pandas as pd
    >>> from resourcemap.language import speaking
    >>> people = pd.DataFrame({"total": [960]})
    >>> people.attrs["unplaced"] = [{"city": "北区", "people": 28}, {"city": "北区", "people": 12}]
    >>> with speaking("en"):
    ...     in_no_figure(people)
    ['2 rows of people are of no block of the map: 40 of 1,000 people (4.0 %) are in no figure (北区 40).']
    """
    unplaced = people.attrs.get("unplaced", []) if people is not None else []
    if people is None or not unplaced:
        return []
    lost = sum(row["people"] for row in unplaced)
    all_people = lost + int(people["total"].sum())
    share = f"{100 * lost / max(all_people, 1):.1f}"
    of_city: dict[str, int] = {}
    for row in unplaced:
        of_city[row["city"]] = of_city.get(row["city"], 0) + row["people"]
    largest = sorted(of_city.items(), key=lambda item: -item[1])
    shown = first_five(either(ja=f"{city} {count:,}人", en=f"{city} {count:,}") for city, count in largest if city)
    return [
        either(
            ja=f"人口の表の{len(unplaced):,}行は町丁目の地図になく、{all_people:,}人のうち{lost:,}人（{share}％）は"
            f"どの数字にも入っていません{f'（{shown}）' if shown else ''}。",
            en=f"{len(unplaced):,} rows of people are of no block of the map: {lost:,} of {all_people:,} people "
            f"({share} %) are in no figure{f' ({shown})' if shown else ''}.",
        )
    ]
