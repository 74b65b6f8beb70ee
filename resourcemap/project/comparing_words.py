"""What a comparison says on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.language import either
from resourcemap.measure.tidy import WHOLE
from resourcemap.plan.changes.change_words import LABELS, NATURES
from resourcemap.plan.changes.changes import SORTS
from resourcemap.plan.changes.timetables import KNOWLEDGE, REAL
from resourcemap.publish.gappage import who_is_counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resourcemap.project.comparing import Comparison
    from resourcemap.project.planned import Planned

_SHOWN = 12


def notes(comparison: Comparison) -> Iterator[str]:
    """Say what to know about the two dates: files that were used as they are now, days, what is asked otherwise."""
    old, new = comparison.old, comparison.new
    for project in (old, new):
        yield from getattr(project, "told", ())
    if old.as_of == new.as_of:
        yield either(
            ja=f"どちらも {new.as_of} の資料です。前の日付の resourcemap.toml の [project] date を確かめてください。",
            en=f"Both are for {new.as_of}. Look at [project] date of the older one.",
        )
    if old.as_of > new.as_of:
        yield either(
            ja=f"前の資料の日付（{old.as_of}）が、今の資料の日付（{new.as_of}）より後です。順番を確かめてください。",
            en=f"The first ({old.as_of}) is later than the second ({new.as_of}). Check their order.",
        )
    if comparison.reach is None:
        yield either(
            ja="どちらかに [people] か [[areas]] がないため、届く人の増減は出しません。",
            en="One of them has no [people] or no [[areas]], so nobody is counted.",
        )
    else:
        yield either(
            ja=f"届く人は、今住んでいる所から{new.distance:g}m以内で数えました。人口の変化は分けてあります。",
            en=f"People are counted where they live now, within {new.distance:g} m; the change of population is apart.",
        )
    yield from _other_ways(old, new)


def _other_ways(old: Planned, new: Planned) -> Iterator[str]:
    """Say what the two dates ask otherwise: both are held against what `new` asks."""
    reach, areas = (
        [dict(project.settings.reach) for project in (old, new)],
        [[(area["system"], area["area"]) for area in _areas(project)] for project in (old, new)],
    )
    if reach[0] != reach[1] or old.distance != new.distance:
        yield either(
            ja="距離の測り方か目安が2つの日付で違います。どちらも新しいほうで測りました。",
            en="The two dates measure distances otherwise; both were measured as the newer one says.",
        )
    if areas[0] != areas[1]:
        yield either(
            ja="区域が2つの日付で違います。どちらも新しいほうの区域で数えました。",
            en="The areas of the two dates differ; both were counted in those of the newer one.",
        )


def _areas(project: Planned) -> list[dict[str, Any]]:
    return [] if project.areas is None else pd.DataFrame(project.areas[["system", "area"]]).to_dict("records")


def counts(changes: pd.DataFrame) -> Iterator[str]:
    """Count the changes of each sort, real ones and those of knowledge.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("ja"):
    ...     list(counts(pd.DataFrame({"nature": ["real", "real"], "change": ["closed", "opened"]})))
    ['実際の変化: 始まった 1、終わった 1']
    """
    for nature in (REAL, KNOWLEDGE):
        of_nature = changes.loc[changes["nature"] == nature, "change"].value_counts()
        found = [sort for sort in SORTS if sort in of_nature]
        if found:
            yield either(
                ja=f"{NATURES[nature]}: {'、'.join(f'{LABELS[sort]} {of_nature[sort]}' for sort in found)}",
                en=f"{nature}: {', '.join(f'{sort} {of_nature[sort]}' for sort in found)}",
            )


def reach_lines(comparison: Comparison) -> Iterator[str]:
    """Say for every kind who gained and lost reach, everyone together."""
    if comparison.reach is None:
        return
    table, catalog = comparison.reach.table, comparison.catalog
    whole = table[(table["system"] == WHOLE) & (table["within"] + table["within_old"] > 0)]
    for row in whole[(whole[list(_PARTS)] != 0).any(axis=1)].to_dict("records"):
        kind = catalog.kinds[row["kind"]].label(either(ja="ja", en="en"))
        who = who_is_counted(row["audience"], row["audience_basis"], catalog, either(ja="ja", en="en"))
        gained, lost = (row[f"{what}_real"] + row[f"{what}_knowledge"] for what in ("gained", "lost"))
        yield either(
            ja=f"{kind}: {comparison.reach.metres:g}m以内の{who} {row['within_old']:,}人 → {row['within']:,}人"
            f"（実際の変化 {row['by_real']:+,}、分かったことの変化 {row['by_knowledge']:+,}、"
            f"人口の変化 {row['by_population']:+,}）。新たに届く人 {gained:,}人、届かなくなった人 {lost:,}人"
            + _made_up_for(row),
            en=f"{kind}: within {comparison.reach.metres:g} m ({who}) {row['within_old']:,} -> {row['within']:,} "
            f"(real {row['by_real']:+,}, knowledge {row['by_knowledge']:+,}, population {row['by_population']:+,}); "
            f"{gained:,} gained, {lost:,} lost reach",
        )


def _made_up_for(row: dict[str, Any]) -> str:
    """Say who lost a place really, and keeps reach by what is known now."""
    if not row["lost_but_found"]:
        return ""
    return (
        f"。ほかに{row['lost_but_found']:,}人は、届いていた所を実際の変化でなくしましたが、"
        "別の所があると分かったため届く人のままです"
    )


_PARTS = (
    *("gained_real", "lost_real", "gained_knowledge", "lost_knowledge"),
    *("lost_but_found", "gained_but_corrected", "by_population"),
)


def standard_lines(comparison: Comparison) -> Iterator[str]:
    """Say which standards are newly met and which are lost."""
    found = comparison.standards
    if found is None:
        return
    if found.empty:
        yield either(
            ja="基準: 新たに達した所も、達しなくなった所もありません。", en="No standard is newly met or newly lost."
        )
        return
    told = found[found["change"].isin(["newly_met", "newly_lost"])]
    others = len(found) - len(told)
    yield from (f"◎{sentence}" for sentence in told["sentence"][:_SHOWN])
    more = max(0, len(told) - _SHOWN) + others
    if more:
        yield either(ja=f"基準について、ほか{more}件（--json で全部出ます）", en=f"standards: {more} more (--json)")


def sentences(changes: pd.DataFrame) -> Iterator[str]:
    """Tell the changes with the most people first, then the others in their order; not each spelling and check.

    Examples
    --------
    >>> one = {"change": "closed", "gained": 0, "lost": 3, "sentence": "輪の会が終わりました。", "row": "a.csv 2"}
    >>> list(sentences(pd.DataFrame([one])))
    ['・輪の会が終わりました。  a.csv 2']
    """
    small = changes["change"].isin(["verified", "spelling"])
    table = changes[~small | (changes["gained"] + changes["lost"] > 0)]
    order = np.argsort(-(table["gained"] + table["lost"]).to_numpy(), kind="stable")
    first = table.iloc[order[:_SHOWN]]
    yield from (f"・{sentence}  {row}" for sentence, row in zip(first["sentence"], first["row"], strict=True))
    rest = len(changes) - len(first)
    if changes.empty:
        yield either(ja="変わったところはありません。", en="Nothing changed.")
    elif rest:
        yield either(
            ja=f"ほか{rest}件（-o ファイル.csv か --json で全部出ます）",
            en=f"and {rest} more (all of them with -o FILE.csv or --json)",
        )
