"""When something is open near the people of an area, for its portrait: weekdays by times of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.publish.portrait.words import group_label, percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resourcemap.model.catalog import Catalog

_STEPS = (0.2, 0.4, 0.6, 0.8)
_HOUR = 60


def week_tables(week: Sequence[Mapping[str, Any]], catalog: Catalog, language: str) -> list[dict[str, Any]]:
    """Return a table per generation with a row per time of the day and a cell per weekday: percent, and how dark.

    A cell ends with ``+`` where more people have something open if places of unknown hours are open. A generation
    without people has no table.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> slot = {"group": "everyone", "group_label": "全世代", "weekday": 0, "start": 540, "end": 720, "people": 40,
    ...     "share_within": 0.5, "share_within_or_unknown": 0.75}
    >>> [table] = week_tables([slot], load_catalog(), "ja")
    >>> table["label"], table["rows"]
    ('全世代 40人', [{'label': '9〜12時', 'cells': [{'text': '50+', 'step': 2}]}])
    """
    said = words(language)
    by_group: dict[str, list[Mapping[str, Any]]] = {}
    for row in week:
        if row["people"]:
            by_group.setdefault(row["group"], []).append(row)
    tables = []
    for group, rows in by_group.items():
        label = group_label(group, rows[0]["group_label"], catalog, language)
        times = list(dict.fromkeys((row["start"], row["end"]) for row in rows))
        tables.append(
            {
                "label": said["week_of"].format(label=label, people=f"{rows[0]['people']:,}"),
                "days": [said["weekdays"][day] for day in dict.fromkeys(row["weekday"] for row in rows)],
                "rows": [
                    {
                        "label": said["hours"].format(first=start // _HOUR, last=end // _HOUR),
                        "cells": [_cell(row) for row in rows if (row["start"], row["end"]) == (start, end)],
                    }
                    for start, end in times
                ],
            }
        )
    return tables


def _cell(row: Mapping[str, Any]) -> dict[str, Any]:
    share, most = row["share_within"], row["share_within_or_unknown"]
    text = percent(share)
    more = percent(most) != text and not text.startswith(">")
    return {"text": f"{text}+" if more else text, "step": sum(share >= limit for limit in _STEPS)}
