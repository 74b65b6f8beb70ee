"""Gaps: areas where people are beyond reach of a kind, ranked by people, one sentence each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.model.catalog import load_catalog
from resourcemap.model.way import STRAIGHT, way_of
from resourcemap.plan.wording import OUTSIDE, doubts, people_label, percent, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.model.catalog import Catalog


def gaps(
    coverage: pd.DataFrame,
    *,
    metres: float = 500,
    kinds: Sequence[str] | None = None,
    catalog: Catalog | None = None,
) -> pd.DataFrame:
    """Rank the areas and kinds by the people who live farther than `metres` from the nearest one.

    Parameters
    ----------
    coverage
        The table of `resourcemap.measure.coverage`, with `metres` among its distances.
    metres
        The distance that counts as reach, however `coverage` measured it.
    kinds
        Ids of the kinds to look at; all of `coverage` when not given.
    catalog
        The catalogue with the labels; the built-in one when not given.

    Returns
    -------
    pandas.DataFrame
        One row per system, area and kind with at least one person beyond; ``rank`` 1 is the one with the most
        people beyond in its system, equals keep the order of `coverage`. The columns of figures are those of
        `coverage`, under the names ``within``, ``beyond``, ``share_beyond`` and ``metres``; ``sentence`` says it in
        Japanese, for a plan. An area without any gap has no row.

    Raises
    ------
    InputError
        When `coverage` was not measured at `metres`, or does not hold one of `kinds`.

    Examples
    --------
    >>> table = pd.DataFrame({"system": ["圏域"], "area_id": ["1"], "area": ["中央"], "kind": ["salon"],
    ...     "approximate_area": [False], "audience": ["older"], "audience_basis": ["audience"], "people": [400],
    ...     "unknown_age": [0], "resources": [2], "visiting": [0], "visited": [0], "approximate": [0],
    ...     "uncounted": [0], "within_500m": [300], "beyond_500m": [100], "nearest_median_m": [210.0],
    ...     "nearest_p90_m": [640.0]})
    >>> gaps(table)["sentence"][0]
    '中央では、65歳以上の400人のうち100人（25％）が、いちばん近いサロンまで直線で500mを超えます。いちばん近い所までの距離は、半数の人が210m以内、9割の人が640m以内です。中央にあるサロンは2件です。'
    """
    known = catalog or load_catalog()
    _require(coverage, metres, kinds)
    looked_at = coverage if kinds is None else coverage[coverage["kind"].isin(kinds)]
    within, beyond = looked_at[f"within_{metres:g}m"], looked_at[f"beyond_{metres:g}m"]
    table = looked_at.assign(
        kind_label=[known.kinds[kind].label("ja") for kind in looked_at["kind"]],
        audience_label=[
            people_label(*who, known) for who in zip(looked_at["audience"], looked_at["audience_basis"], strict=True)
        ],
        within=within,
        beyond=beyond,
        share_beyond=np.where(looked_at["people"] > 0, beyond / looked_at["people"].replace(0, 1), np.nan),
        metres=metres,
        way=looked_at["way"].astype(str) if "way" in looked_at else STRAIGHT,
        anywhere=looked_at.groupby("kind")[["resources", "visiting"]].transform("sum").sum(axis=1) > 0,
    )
    table = table[table["beyond"] > 0]
    sentences = [_sentence(row) for row in table.to_dict("records")]
    table = table.assign(sentence=pd.Series(sentences, index=table.index, dtype=object))
    table = table.sort_values("beyond", ascending=False, kind="stable")
    table = table.assign(rank=table.groupby("system").cumcount() + 1)
    order = pd.Categorical(table["system"], categories=pd.unique(coverage["system"]), ordered=True)
    table = table.iloc[np.argsort(order.codes, kind="stable")]
    return table[list(COLUMNS)].reset_index(drop=True)


COLUMNS = (
    "rank",
    "system",
    "area_id",
    "area",
    "approximate_area",
    "kind",
    "kind_label",
    "audience",
    "audience_label",
    "audience_basis",
    "people",
    "unknown_age",
    "within",
    "beyond",
    "share_beyond",
    "metres",
    "way",
    "resources",
    "approximate",
    "visiting",
    "visited",
    "uncounted",
    "nearest_median_m",
    "nearest_p90_m",
    "sentence",
)


def _require(coverage: pd.DataFrame, metres: float, kinds: Sequence[str] | None) -> None:
    if f"within_{metres:g}m" not in coverage:
        measured = ", ".join(name[7:-1] for name in coverage if re.fullmatch(r"within_[0-9.]+m", str(name)))
        raise InputError(
            either(
                ja=f"{metres:g}mの数字がありません（あるのは {measured}）。"
                f"coverage の distances に {metres:g} を足してください。",
                en=f"Coverage was not measured at {metres:g} m (it has {measured}). Add it to distances.",
            )
        )
    missing = [kind for kind in kinds or () if kind not in set(coverage["kind"])]
    if missing:
        raise InputError(
            either(
                ja=f"種類 {', '.join(missing)} の数字がありません。coverage の kinds に足してください。",
                en=f"Coverage does not hold the kinds {', '.join(missing)}. Add them to kinds.",
            )
        )


def _sentence(row: dict[str, object]) -> str:
    parts = [_who(row), _how_far(row), _what_is_there(row), doubts(row)]
    return "".join(part for part in parts if part)


def _who(row: dict[str, object]) -> str:
    area, kind, metres = _area(row), row["kind_label"], row["metres"]
    way = way_of(row["way"]).sentence_part()
    if _nothing_anywhere(row):
        return f"{area}には{row['audience_label']}が{row['people']:,}人いますが、数えられる{kind}がどこにもありません。"
    if row["beyond"] == row["people"]:
        people = f"{row['audience_label']}の{row['people']:,}人全員"
    else:
        people = (
            f"{row['audience_label']}の{row['people']:,}人のうち{row['beyond']:,}人（{percent(row['share_beyond'])}）"
        )
    if _some_have_nothing(row):
        return f"{area}では、{people}に、{kind}が届いていません。"
    return f"{area}では、{people}が、いちばん近い{kind}まで{way}{metres:g}mを超えます。"


def _how_far(row: dict[str, object]) -> str:
    if _some_have_nothing(row):
        return ""
    median, p90 = row["nearest_median_m"], row["nearest_p90_m"]
    return f"いちばん近い所までの距離は、半数の人が{within(median)}以内、9割の人が{within(p90)}以内です。"


def _what_is_there(row: dict[str, object]) -> str:
    area, kind = _area(row), row["kind_label"]
    comes = f"、{row['visited']:,}人に届いています" if row["visited"] else "ます"
    visiting = f"訪問して来る{kind}が{row['visiting']}件あり{comes}。" if row["visiting"] else ""
    if _nothing_anywhere(row):
        return visiting
    if row["resources"] == 0:
        return visiting if _some_have_nothing(row) else f"{area}には{kind}がありません。{visiting}"
    rough = f"（うち{row['approximate']}件はおよその位置）" if row["approximate"] else ""
    return f"{area}にある{kind}は{row['resources']}件{rough}です。{visiting}"


def _area(row: dict[str, object]) -> str:
    return str(row["area"]) if isinstance(row["area"], str) else OUTSIDE


def _nothing_anywhere(row: dict[str, object]) -> bool:
    return not row["anywhere"]


def _some_have_nothing(row: dict[str, object]) -> bool:
    """Tell whether a kind only visits, so that those who are not visited have no nearest place."""
    return bool(pd.isna(row["nearest_p90_m"]))
