"""The columns of every file, and what each was taken for, as lines and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.language import either
from resourcemap.read.mapping import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def column_lines(mapping: Mapping[str, Sequence[Mapping[str, Any]]], *, doubtful_only: bool = False) -> list[str]:
    r"""Write the columns of every file, a line each; those a person should look at have a mark and what to write.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     print("\n".join(column_lines({"a.csv": [vars(Choice("TEL", "phone", "certain"))]})))
    columns of a.csv: 1 (1 known, 0 kept as they are, 0 to look at)
      TEL → phone (certain)
    """
    lines = []
    for name, choices in mapping.items():
        known = sum(choice["column"] is not None for choice in choices)
        doubtful = sum(bool(choice["note"]) for choice in choices)
        kept = len(choices) - known
        lines.append(
            either(
                ja=f"{name} の列: {len(choices)}（わかった {known}、そのまま残す {kept}、見てほしい ※ {doubtful}）",
                en=f"columns of {name}: {len(choices)} ({known} known, {kept} kept as they are, {doubtful} to look at)",
            )
        )
        lines += [f"  {Choice(**choice).as_text()}" for choice in choices if choice["note"] or not doubtful_only]
    if any(choice["override"] for choices in mapping.values() for choice in choices):
        lines.append(
            either(
                ja="※ の列を変えるには、resourcemap.toml のその [[resources]] のあとに [resources.columns] と書き、"
                "その下に、示したとおりに書いてください。",
                en="To change a column, write [resources.columns] after its [[resources]] in resourcemap.toml, and "
                "below that the line shown.",
            )
        )
    return lines


def column_records(mapping: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Give the same as records, with the file.

    Examples
    --------
    >>> column_records({"a.csv": [vars(Choice("TEL", "phone", "certain"))]})[0]["file"]
    'a.csv'
    """
    return [{"file": name, **choice} for name, choices in mapping.items() for choice in choices]
