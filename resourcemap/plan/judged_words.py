"""Standards, and how they stand in an area, in Japanese sentences for a plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.measure.conditions import Every
from resourcemap.model.way import way_of
from resourcemap.plan.gaps import OUTSIDE, percent

if TYPE_CHECKING:
    from resourcemap.model.catalog import Catalog
    from resourcemap.plan.standards import Standard

# Units in which a value is said; the others are bare numbers.
_COUNTERS = {"m": "m", "activities": "件", "people": "人", "days per month": "日", "seats": "席"}


def standard_sentence(standard: Standard, catalog: Catalog) -> str:
    """Write what a standard promises.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.plan.standards import Standard
    >>> standard_sentence(Standard("x", ("salon",), "share_within", 0.8, audience="older"), load_catalog())
    '65歳以上の80％以上が、サロンから500m以内'
    >>> standard_sentence(Standard("x", ("kids_cafeteria",), "resources", 1, audience="children"), load_catalog())
    '区域に子ども食堂が1件以上'
    """
    kind, what = standard.label(catalog), asked_kind(standard, catalog)
    audience = catalog.audiences[standard.audience or catalog.kinds[standard.kind].audience]
    who = "住民" if audience.id == "everyone" else audience.ages("ja")
    amount = f"{_amount(standard.threshold, standard)}{'以上' if standard.of.better == 'more' else '以下'}"
    if standard.measure == "share_within":
        return f"{who}の{amount}が、{what}から{standard.distance:g}m以内"
    if standard.measure in ("resources", "resources_open"):
        if isinstance(standard.when, Every):
            return f"{standard.slot}、開いている{kind}が区域に{amount}"
        return f"区域に{what}が{amount}"
    near = f"、{standard.distance:g}m以内" if standard.distance else ""
    return f"{what}の「{standard.of.ja}」が{amount}（{who}{near}）"


def asked_kind(standard: Standard, catalog: Catalog) -> str:
    """Name the kinds of a standard, with when they must be open.

    Examples
    --------
    >>> from resourcemap.measure.conditions import Often
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.plan.standards import Standard
    >>> asked_kind(Standard("x", ("salon",), "share_within", 0.8, when=Often(1)), load_catalog())
    '週1回以上開くサロン'
    """
    return f"{_when(standard)}{standard.label(catalog)}"


def judged_sentence(row: dict[str, Any], standard: Standard) -> str:
    """Write how a standard stands in an area: the people, the figure, what is nearest instead, and the doubts.

    Parameters
    ----------
    row
        A row of `resourcemap.plan.judging.judge`.
    standard
        Its standard.

    Examples
    --------
    >>> from resourcemap.plan.standards import Standard
    >>> row = {"area": "中央", "met": "unmet", "audience_label": "65歳以上", "people": 400, "without": 100,
    ...     "value": 0.75, "value_at_most": 0.75, "short": 20, "kind_label": "サロン", "distance_m": 500.0,
    ...     "way": "straight", "nearest": "ひだまり", "nearest_m": 620.0, "nearest_position": 3, "resources": 2,
    ...     "closed_days": "", "closed_days_unknown": "", "uncounted": 0, "unknown_age": 0,
    ...     "approximate_area": False, "audience_basis": "audience", "audience": "older"}
    >>> judged_sentence(row, Standard("x", ("salon",), "share_within", 0.8))
    '中央では、65歳以上の400人のうち100人（25％）が、サロンから直線で500m以内に入りません。基準は80％以上、いまは75％で、あと20人に届けば満たします。この100人にいちばん近いのは多くの場合「ひだまり」で、半数の人が直線で620m以内です。'
    """
    area = str(row["area"]) if isinstance(row["area"], str) else OUTSIDE
    if row["met"] == "no_data":
        return f"{area}には、数える{row['audience_label']}がいないため、判定しません。"
    if row["met"] == "met":
        now = "" if math.isinf(row["value"]) else f"（いまは{_amount(row['value'], standard)}）"
        return f"{area}は、基準を満たしています{now}。{_doubts(row)}"
    return "".join([_who_lacks(area, row, standard), _nearest(row), _closed(row), _doubts(row)])


def _who_lacks(area: str, row: dict[str, Any], standard: Standard) -> str:
    what, people = f"{_when(standard)}{row['kind_label']}", f"{row['audience_label']}の{row['people']:,}人"
    now, goal = _amount(row["value"], standard), f"{_amount(standard.threshold, standard)}"
    side = "以上" if standard.of.better == "more" else "以下"
    if standard.measure == "share_within":
        way = way_of(row["way"]).sentence_part()
        share = row["without"] / row["people"]
        some = (
            f"{people}全員"
            if row["without"] == row["people"]
            else f"{people}のうち{row['without']:,}人（{percent(share)}）"
        )
        first = f"{area}では、{some}が、{what}から{way}{standard.distance:g}m以内に入りません。"
    elif standard.measure in ("resources", "resources_open"):
        has = "ありません" if row["value"] == 0 else f"{now}しかありません"
        first = f"{area}には、{what}が{has}（{people}が住んでいます）。"
        if isinstance(standard.when, Every):
            first = (
                f"{area}では、{row['kind_label']}が「{standard.slot}」開いているとは言えません。"
                f"いちばん少ない日は{now}です（{people}が住んでいます）。"
            )
    else:
        first = f"{area}では、{what}の「{standard.of.ja}」が{now}です（{people}）。"
    if row["met"] == "unknown":
        most = _amount(row["value_at_most"], standard)
        return f"{first}基準は{goal}{side}ですが、開催日時の分からない所があり、{now}〜{most}のどこかとしか言えません。"
    return f"{first}基準は{goal}{side}、いまは{now}{_short(row, standard)}。"


def _short(row: dict[str, Any], standard: Standard) -> str:
    if pd.isna(row["short"]):
        return "です"
    if standard.measure in ("resources", "resources_open"):
        fewest = "いちばん少ない日に" if isinstance(standard.when, Every) else ""
        return f"で、{fewest}あと{row['short']:,}件で満たします"
    return f"で、あと{row['short']:,}人に届けば満たします"


def _nearest(row: dict[str, Any]) -> str:
    way = way_of(row["way"]).sentence_part()
    if row["nearest_position"] < 0:
        return "代わりになる所は、ほかにもありません。" if pd.isna(row["nearest_m"]) else ""
    whose = f"この{row['without']:,}人に"
    name = f"「{row['nearest']}」" if isinstance(row["nearest"], str) else "、名前を出していない所"
    far = "" if pd.isna(row["nearest_m"]) else f"で、半数の人が{way}{_rounded(row['nearest_m'])}以内"
    return f"{whose}いちばん近いのは多くの場合{name}{far}です。"


def _closed(row: dict[str, Any]) -> str:
    if row["resources"] == 0 or not row["closed_days"]:
        return ""
    perhaps = f"（{row['closed_days_unknown']}は分かりません）" if row["closed_days_unknown"] else ""
    return f"区域の中では、{row['closed_days']}曜日に開く所がありません{perhaps}。"


def _doubts(row: dict[str, Any]) -> str:
    doubts = []
    if row["uncounted"]:
        doubts.append(f"場所の分からない{row['kind_label']}がほかに{row['uncounted']}件あり、数えていません。")
    if row["unknown_age"]:
        doubts.append(f"ほかに、年齢の分からない{row['unknown_age']:,}人は数えていません。")
    if row["audience_basis"] == "everyone" and row["audience"] != "everyone":
        doubts.append("対象となる人だけの人口がないため、住民全員で数えました。")
    if row["approximate_area"]:
        doubts.append("区域の境界はおよその形です。")
    return "".join(doubts)


def _when(standard: Standard) -> str:
    """Say when something must be open, before its kind."""
    if standard.when is None:
        return ""
    verb = "開く" if standard.slot.endswith(("以上", "も")) else "に開いている"
    return f"{standard.slot}{verb}"


def _amount(value: float, standard: Standard) -> str:
    if math.isnan(value):
        return "不明"
    if standard.of.unit == "share":
        return percent(value)
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{number}{_COUNTERS.get(standard.of.unit, '')}"


def _rounded(metres: float) -> str:
    """Write metres rounded up to ten: "within" must stay true."""
    return f"{math.ceil(metres / 10 - 1e-9) * 10:,}m"
