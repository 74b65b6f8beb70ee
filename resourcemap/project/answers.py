"""What the figures answer for everyone together, a sentence each, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.language import either
from resourcemap.measure.tidy import WHOLE
from resourcemap.plan.wording import percent
from resourcemap.publish.gappage import who_is_counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from resourcemap.model.catalog import Catalog


def answers(measures: pd.DataFrame, metres: float, catalog: Catalog, *, at_least: float = 0.0) -> Iterator[str]:
    """Say how many people of all areas together are within a distance of each kind, in each slot; then combinations.

    Parameters
    ----------
    measures
        The table of coverage.
    metres
        The distance.
    catalog
        The kinds and audiences with their labels.
    at_least
        On what share of its dates a slot had to be open.

    Examples
    --------
    >>> import pandas as pd
    >>> from resourcemap.language import speaking
    >>> from resourcemap.model.catalog import load_catalog
    >>> rows = pd.DataFrame({"system": "全体", "kind": "salon", "audience": "older", "audience_basis": "audience",
    ...     "other": "", "slot": "", "measure": ["people", "within"], "distance_m": [float("nan"), 500.0],
    ...     "value": [400.0, 100.0]})
    >>> with speaking("ja"):
    ...     list(answers(rows, 500, load_catalog()))
    ['サロン: 65歳以上400人のうち100人（25％）が500m以内']
    """
    whole = measures[measures["system"] == WHOLE]
    near = whole[whole["distance_m"] == metres]
    living = _values(whole[whole["measure"] == "people"], "kind", "audience")
    perhaps = _values(near[near["measure"] == "within_or_unknown"], "kind", "audience", "slot")
    for row in near[near["measure"] == "within"].sort_values("slot", kind="stable").to_dict("records"):
        upper = perhaps.get((row["kind"], row["audience"], row["slot"]), row["value"])
        yield _within(row, living[row["kind"], row["audience"]], upper, metres, catalog, at_least)
    for row in near[near["measure"] == "lacking"].to_dict("records"):
        yield _lacking(row, metres, catalog)
    for row in near[near["measure"] == "within_verified"].to_dict("records"):
        yield _verified(row, metres, catalog)


def _values(rows: pd.DataFrame, *keys: str) -> dict[tuple[str, ...], float]:
    return dict(zip(zip(*(rows[key] for key in keys), strict=True), rows["value"], strict=True))


def _within(row: dict[str, Any], living: float, upper: float, metres: float, catalog: Catalog, at_least: float) -> str:
    language = either(ja="ja", en="en")
    kind = catalog.kinds[row["kind"]].label(language)
    who = who_is_counted(row["audience"], row["audience_basis"], catalog, language)
    number = f"{row['value']:,.0f}" + ("" if upper == row["value"] else f"〜{upper:,.0f}")
    least, most = (percent(count / living) if living else "" for count in (row["value"], upper))
    share = f"（{least if least == most else f'{least}〜{most}'}）" if living else ""
    when_ja, when_en = _when(row["slot"], at_least)
    return either(
        ja=f"{kind}{when_ja}: {who}{living:,.0f}人のうち{number}人{share}が{metres:g}m以内",
        en=f"{kind}{when_en}: {number} of {living:,.0f} ({who}) within {metres:g} m",
    )


def _when(slot: str, at_least: float) -> tuple[str, str]:
    """Say which places count in a slot: a monthly one is not a weekly one."""
    if not slot:
        return "", ""
    if at_least <= 0:
        return f"（{slot}に開く日が年に1日でもある所）", f" open at {slot} on any date of the year"
    return f"（{slot}に、{at_least:.0%}以上の日に開く所）", f" open at {slot} on {at_least:.0%} of its dates"


def _lacking(row: dict[str, Any], metres: float, catalog: Catalog) -> str:
    language = either(ja="ja", en="en")
    has, lacks = (catalog.kinds[row[name]].label(language) for name in ("kind", "other"))
    who = who_is_counted(row["audience"], row["audience_basis"], catalog, language)
    return either(
        ja=f"{has}は{metres:g}m以内にあり、{lacks}はない人: {row['value']:,.0f}人（{who}）",
        en=f"Have {has} within {metres:g} m and lack {lacks}: {row['value']:,.0f} people ({who})",
    )


def _verified(row: dict[str, Any], metres: float, catalog: Catalog) -> str:
    language = either(ja="ja", en="en")
    kind = catalog.kinds[row["kind"]].label(language)
    return either(
        ja=f"{kind}（期間内に確認したものだけ）: {row['value']:,.0f}人が{metres:g}m以内",
        en=f"{kind}, only what was checked in that time: {row['value']:,.0f} people within {metres:g} m",
    )
