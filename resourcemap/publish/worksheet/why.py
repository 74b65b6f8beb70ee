"""Why a resource stands where it does on the worksheet, in the words of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.language import speaking
from resourcemap.model.freshness import age_in_words, groups_in_words, span_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resourcemap.model.catalog import Catalog

SIGN = "！"
DUE = ("never", "due")
ORDER = (
    "並び順: 確認の期限を過ぎたもの（確認の記録のないものを含む。「！」の行）が先です。その中では、なくなると困る人"
    "（その種類に行けなくなる人）の多い順、同じ人数なら確認の古い順です。困る人の数が分からないものは0人として並べます。"
)

# Why something counts for nobody (resourcemap.reach.supply.not_counted).
_NOT_COUNTED = {
    "suspended": "休止中のため、いまは届いている人を数えていません。",
    "over": "開催期間が過ぎています。",
    "not_yet": "まだ始まっていません。",
    "no_place": "電話・オンラインなので、困る人の数は数えられません。",
    "serves_nowhere": "訪問先が書かれていないため、困る人の数は分かりません。",
}
_NOWHERE = "位置が分からないため、困る人の数は分かりません。"


def why_listed(found: pd.DataFrame, catalog: Catalog, *, metres: float | None) -> pd.Series:
    """Say of every resource when it was last checked and who would miss it.

    Parameters
    ----------
    found
        ``kind`` and ``place`` of the resources, the columns of `resourcemap.model.freshness.freshness` (``oldest``,
        ``state``, ``months``, ``due_on``, ``every``), and ``people``, ``basis`` and ``reason``: how many would lose
        reach without it, who was counted, and why it counts for nobody.
    catalog
        The kinds and their audiences.
    metres
        What is within reach; nothing where there are no people to count.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> rows = pd.DataFrame({"kind": ["salon"], "place": "venue", "state": "due", "oldest": "", "months": [27],
    ...     "every": [12], "due_on": pd.Timestamp("2025-08-01"), "people": [312], "basis": "audience", "reason": ""})
    >>> why_listed(rows, load_catalog(), metres=500)[0]
    '！2年3か月確認なし（12か月ごと）。なくなると、65歳以上312人が500m以内のサロンを失います。'
    """
    with speaking("ja"):
        said = [_when(row) + _who(row, catalog, metres) for row in found.to_dict("records")]
    return pd.Series(said, index=found.index, dtype=object)


def importance_order(found: pd.DataFrame) -> pd.Index:
    """Return the labels of resources in the order of the worksheet, as `ORDER` says it; equals stay as they are.

    Examples
    --------
    >>> rows = pd.DataFrame({"state": ["fresh", "due", "never"], "people": [900, 3, 3],
    ...     "checked_on": pd.to_datetime(["2026-09-01", "2020-01-01", None])})
    >>> importance_order(rows).tolist()
    [2, 1, 0]
    """
    keys = pd.DataFrame(
        {
            "waiting": ~found["state"].isin(DUE),
            "people": -found["people"].fillna(0).astype("int64"),
            "age": found["checked_on"].fillna(pd.Timestamp(0)),
        }
    )
    return keys.sort_values(["waiting", "people", "age"], kind="stable").index


def _when(row: Mapping[str, Any]) -> str:
    """Say when it was last checked, or is to be."""
    part = groups_in_words(row["oldest"])
    about = f"{part}は" if part else ""
    if row["state"] == "never":
        return f"{SIGN}確認の記録なし。"
    if pd.isna(row["months"]):
        return f"{SIGN}{about}確認の記録なし。"
    months, due = int(row["months"]), row["due_on"]
    if row["state"] == "due":
        return f"{SIGN}{about}{span_in_words(months)}確認なし（{row['every']}か月ごと）。"
    return f"{about}{age_in_words(months)}に確認。次は{due.year}年{due.month}月{due.day}日まで。"


def _who(row: Mapping[str, Any], catalog: Catalog, metres: float | None) -> str:
    """Say who would lose reach without it."""
    if metres is None:
        return ""
    if row["reason"]:
        return _NOT_COUNTED.get(row["reason"], _NOWHERE)
    kind = catalog.kinds[row["kind"]]
    label, visits = kind.label("ja"), row["place"] == "served_area"
    if not row["people"]:
        alone = f"この{label}だけが来ている人" if visits else f"{metres:g}m以内の{label}がここだけの人"
        return f"{alone}はいません。"
    audience = catalog.audiences[kind.audience]
    counted = audience.ages("ja") if row["basis"] == "audience" and audience.age_from is not None else "住民"
    lost = f"に{label}が来なくなります" if visits else f"が{metres:g}m以内の{label}を失います"
    return f"なくなると、{counted}{int(row['people']):,}人{lost}。"
