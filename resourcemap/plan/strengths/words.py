"""Strengths and weaknesses in Japanese sentences, one each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from resourcemap.measure.catalogue import load_measures
from resourcemap.model.way import way_of
from resourcemap.plan.wording import amount

if TYPE_CHECKING:
    from resourcemap.model.catalog import Audience

_CALLED = {"strength": "の強み: ", "weakness": "の弱み: ", "usual": ": ", "unknown": "では言い切れません: "}


def generation_label(audience: Audience) -> str:
    """Name those counted, for a heading.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> known = load_catalog().audiences
    >>> [generation_label(known[name]) for name in ("everyone", "children", "older")]
    ['全世代', '子ども（0〜14歳）', '高齢者（65歳以上）']
    """
    if audience.id == "everyone":
        return "全世代"
    label, ages = audience.label("ja"), audience.ages("ja")
    return label if ages in label or audience.age_from is None else f"{label}（{ages}）"


def sentence(area: str, verdict: str, finding: str) -> str:
    """Say what there is to say of an area.

    Examples
    --------
    >>> sentence("みほん西", "strength", "サロンが多い。")
    'みほん西の強み: サロンが多い。'
    """
    return f"{area}{_CALLED[verdict]}{finding}"


def against_others(row: dict[str, Any]) -> str:
    """Write a figure of an area beside those of the others, and its doubts.

    Parameters
    ----------
    row
        A row of `resourcemap.plan.strengths.strengths.strengths`.

    Examples
    --------
    >>> row = {"system": "圏域", "measure": "share_within", "value": 0.92, "generation": "children",
    ...     "generation_label": "子ども（0〜14歳）", "kind_label": "子ども食堂", "distance_m": 500.0, "way": "straight",
    ...     "others_median": 0.58, "rank": 1, "tied": False, "of": 8, "doubts": ""}
    >>> against_others(row)
    '子ども（0〜14歳）の92％が子ども食堂から直線で500m以内で、ほかの圏域のまんなか（58％）より34ポイント高い（8か所中1位）。'
    """
    value, middle = row["value"], row["others_median"]
    if math.isnan(value):
        what = "開催日が分かりません" if row["measure"] == "days_per_month" else "数字がありません"
        return f"区域の中の{row['kind_label']}の{what}。{row['doubts']}"
    if math.isnan(middle):
        return f"{_now(row)}です。{row['doubts']}"
    rank = f"{row['of']}か所中{'同率' if row['tied'] else ''}{row['rank']}位"
    others = f"ほかの{row['system']}のまんなか（{_middle(row)}）{_difference(row)}"
    return f"{_now(row)}で、{others}（{rank}）。{row['doubts']}"


def against_standard(row: dict[str, Any]) -> str:
    """Write whether an area meets a standard.

    Parameters
    ----------
    row
        A row of `resourcemap.plan.standards.judging.judge`.

    Examples
    --------
    >>> row = {"standard": "サロンが近い", "met": "unmet", "measure": "share_within", "value": 0.61,
    ...     "audience_label": "65歳以上", "without": 412, "people": 1056}
    >>> against_standard(row)
    '基準「サロンが近い」を達成していません（いまは61％、65歳以上の412人に届いていません）。'
    """
    known = math.isfinite(row["value"])
    value = f"いまは{amount(row['value'], load_measures()[row['measure']])}" if known else ""
    if row["met"] == "met":
        return f"基準「{row['standard']}」を達成しています{f'（{value}）' if value else ''}。"
    if row["met"] == "no_data":
        return f"基準「{row['standard']}」は、対象の人の資料がなく、判定できません。"
    if row["met"] == "unknown":
        return f"基準「{row['standard']}」は、開催日時の分からない所があり、判定できません。"
    who = f"{row['audience_label']}の{row['without']:,}人"
    of_people = load_measures()[row["measure"]].of == "people"
    lack = f"{who}に届いていません" if of_people else f"{who}が住んでいます"
    parts = "、".join(part for part in (value, lack) if part)
    return f"基準「{row['standard']}」を達成していません（{parts}）。"


def brief(row: dict[str, Any]) -> str:
    """Write a figure beside those of the others in as few words as a table has room for; without doubts.

    Parameters
    ----------
    row
        A row of `resourcemap.plan.strengths.strengths.strengths`, against the others.

    Examples
    --------
    >>> row = {"measure": "share_within", "value": 0.92, "kind_label": "子ども食堂", "distance_m": 500.0,
    ...     "others_median": 0.58, "rank": 1, "tied": False, "of": 8}
    >>> brief(row)
    '子ども食堂: 92％が500m以内（ほかは58％、8か所中1位）'
    """
    if math.isnan(row["value"]):
        what = "開催日が分かりません" if row["measure"] == "days_per_month" else "数字がありません"
        return f"{row['kind_label']}: {what}"
    value = amount(_rounded(row["value"], row["measure"]), load_measures()[row["measure"]])
    said = {
        "share_within": f"{value}が{row['distance_m']:g}m以内",
        "per_1000": f"区域に{row.get('resources', 0)}件、千人あたり{value}",
        "days_per_month": f"開催日が合わせて月{value}",
    }[row["measure"]]
    if math.isnan(row["others_median"]):
        return f"{row['kind_label']}: {said}"
    rank = f"{row['of']}か所中{'同率' if row['tied'] else ''}{row['rank']}位"
    return f"{row['kind_label']}: {said}（ほかは{_middle(row)}、{rank}）"


def brief_standard(row: dict[str, Any]) -> str:
    """Write whether an area meets a standard in as few words as a table has room for.

    Parameters
    ----------
    row
        A row of `resourcemap.plan.standards.judging.judge`.

    Examples
    --------
    >>> row = {"standard": "サロンが近い", "met": "unmet", "measure": "share_within", "value": 0.61, "without": 412,
    ...     "value_at_most": 0.61}
    >>> brief_standard(row)
    '基準「サロンが近い」: 未達成（61％、412人に届かない）'
    """
    words = {"met": "達成", "unmet": "未達成", "unknown": "開催日時が分からず判定できない", "no_data": "判定できない"}
    measure = load_measures()[row["measure"]]
    parts = [amount(row["value"], measure)] if math.isfinite(row["value"]) else []
    if row["met"] == "unknown":
        parts = [f"{amount(row['value'], measure)}〜{amount(row['value_at_most'], measure)}"]
    if row["met"] == "unmet" and measure.of == "people":
        parts.append(f"{row['without']:,}人に届かない")
    beside = f"（{'、'.join(parts)}）" if parts else ""
    return f"基準「{row['standard']}」: {words[row['met']]}{beside}"


def standard_doubts(row: dict[str, Any], *, few: bool) -> str:
    """Write what makes it doubtful whether an area meets a standard; `few` if too few people are counted to say.

    Examples
    --------
    >>> row = {"people": 8, "kind_label": "サロン", "uncounted": 0, "unknown_age": 0, "approximate_area": True}
    >>> standard_doubts(row, few=True)
    '対象の人が8人と少ないため、割合では言えません。区域の境界はおよその形です。'
    """
    doubts = []
    if few:
        doubts.append(f"対象の人が{row['people']}人と少ないため、割合では言えません。")
    if row["uncounted"]:
        doubts.append(f"場所の分からない{row['kind_label']}が市区町村全体で{row['uncounted']}件あり、数えていません。")
    if row["unknown_age"]:
        doubts.append(f"年齢の分からない{row['unknown_age']:,}人は数えていません。")
    if row["approximate_area"]:
        doubts.append("区域の境界はおよその形です。")
    return "".join(doubts)


def _now(row: dict[str, Any]) -> str:
    who = "住民" if row["generation"] == "everyone" else row["generation_label"]
    value = amount(_rounded(row["value"], row["measure"]), load_measures()[row["measure"]])
    if row["measure"] == "share_within":
        return f"{who}の{value}が{row['kind_label']}から{way_of(row['way']).sentence_part()}{row['distance_m']:g}m以内"
    if row["measure"] == "per_1000":
        return f"区域の中の{row['kind_label']}が{row['resources']}件（{who}千人あたり{value}）"
    return f"区域の中の{row['kind_label']}の開催日が、合わせて月{value}"


def _middle(row: dict[str, Any]) -> str:
    return amount(_rounded(row["others_median"], row["measure"]), load_measures()[row["measure"]])


def _difference(row: dict[str, Any]) -> str:
    """Say how far from the middle, by the figures as they are shown."""
    value, middle = (_rounded(row[name], row["measure"]) for name in ("value", "others_median"))
    if row["measure"] == "share_within":
        points = float(math.floor(value * 100 + 0.5) - math.floor(middle * 100 + 0.5))
        far, more, less = f"{abs(points):g}ポイント", "高い", "低い"
    else:
        points = round(value - middle, 2)
        far, more, less = amount(abs(points), load_measures()[row["measure"]]), "多い", "少ない"
    if not points:
        return "と同じ"
    return f"より{far}{more if points > 0 else less}"


def _rounded(value: float, measure: str) -> float:
    return value if measure == "share_within" else round(value, 1 if measure == "days_per_month" else 2)
