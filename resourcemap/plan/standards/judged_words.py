"""Standards, and how they stand in an area, in Japanese sentences for a plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.measure.conditions import Every, Often
from resourcemap.model.way import way_of
from resourcemap.plan.wording import OUTSIDE, doubts, percent, within

if TYPE_CHECKING:
    from resourcemap.model.catalog import Catalog
    from resourcemap.plan.standards.standard import Standard

# Units in which a value is said; the others are bare numbers.
_COUNTERS = {"m": "m", "activities": "件", "people": "人", "days per month": "日", "seats": "席"}
_OF_AREA = ("resources", "resources_open")
# How near, and to whom: "half of them have the second nearest one within ...".
_NTH = {"nearest": "いちばん近い", "nearest_2": "2番目に近い", "nearest_3": "3番目に近い"}
_PARTS = {"mean": "平均で", "median": "半数が", "p90": "9割が"}
_HAIR = 1e-9


def standard_sentence(standard: Standard, catalog: Catalog) -> str:
    """Write what a standard promises.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.plan.standards.standard import Standard
    >>> standard_sentence(Standard("x", ("salon",), "share_within", 0.8, audience="older"), load_catalog())
    '65歳以上の80％以上が、サロンから500m以内'
    >>> standard_sentence(Standard("x", ("kids_cafeteria",), "resources", 1, audience="children"), load_catalog())
    '区域に子ども食堂が1件以上'
    >>> standard_sentence(Standard("x", ("salon",), "nearest_p90_m", 800), load_catalog())
    '65歳以上の9割が、いちばん近いサロンまで800m以内'
    """
    what = asked_kind(standard, catalog)
    audience = catalog.audiences[standard.audience or catalog.kinds[standard.kind].audience]
    who = "住民" if audience.id == "everyone" else audience.ages("ja")
    amount = f"{_goal(standard)}{_side(standard)}"
    if standard.measure == "share_within":
        return f"{who}の{amount}が、{what}から{standard.distance:g}m以内"
    if standard.measure in _OF_AREA:
        return f"{what}が区域に{amount}" if isinstance(standard.when, Every) else f"区域に{what}が{amount}"
    if nth := _nth(standard):
        return f"{who}の{_part(standard)}、{nth}{what}まで{_goal(standard)}以内"
    near = f"、{standard.distance:g}m以内" if standard.distance else ""
    return f"{what}の「{standard.of.ja}」が{amount}（{who}{near}）"


def asked_kind(standard: Standard, catalog: Catalog) -> str:
    """Name the kinds of a standard, with when they must be open.

    Examples
    --------
    >>> from resourcemap.measure.conditions import Often
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.plan.standards.standard import Standard
    >>> asked_kind(Standard("x", ("salon",), "share_within", 0.8, when=Often(1)), load_catalog())
    '週1回以上開くサロン'
    """
    return f"{_when(standard)}{standard.label(catalog)}"


def judged_sentence(row: dict[str, Any], standard: Standard) -> str:
    """Write how a standard stands in an area: the people, the figure, what is nearest instead, and the doubts.

    Parameters
    ----------
    row
        A row of `resourcemap.plan.standards.judging.judge`.
    standard
        Its standard.

    Examples
    --------
    >>> from resourcemap.plan.standards.standard import Standard
    >>> row = {"area": "中央", "met": "unmet", "audience_label": "65歳以上", "people": 400, "without": 100,
    ...     "value": 0.75, "value_at_most": 0.75, "short": 20, "kind_label": "サロン", "distance_m": 500.0,
    ...     "way": "straight", "nearest": "ひだまり", "nearest_m": 620.0, "nearest_position": 3, "resources": 2,
    ...     "closed_days": "", "closed_days_unknown": "", "uncounted": 0, "unknown_age": 0, "sureness": "sure",
    ...     "approximate_area": False, "audience_basis": "audience", "audience": "older"}
    >>> judged_sentence(row, Standard("x", ("salon",), "share_within", 0.8))
    '中央では、65歳以上の400人のうち100人（25％）が、サロンから直線で500m以内に入りません。基準は80％以上、いまは75％で、あと20人に届けば満たします。この100人のいちばん近い所は、「ひだまり」が最も多く、半数の人はいちばん近い所まで直線で620m以内です。'
    """
    area = str(row["area"]) if isinstance(row["area"], str) else OUTSIDE
    if row["met"] == "no_data":
        return f"{area}{_not_judged(row, standard)}"
    if row["met"] == "met":
        kept = f"{area}は、基準「{standard.name}」を満たしています（{_as_it_is(row, standard)}）。"
        return f"{kept}{_for_others(row)}{doubts(row)}"
    lacks = _who_lacks(area, row, standard)
    return "".join(
        [lacks, _how_far_off(row, standard), _nearest(row, standard), _closed(area, row), _for_others(row), doubts(row)]
    )


def _for_others(row: dict[str, Any]) -> str:
    if not row.get("unsuited"):
        return ""
    return f"対象の年齢が違う{row['kind_label']}（全体で{row['unsuited']}件）は数えていません。"


def _as_it_is(row: dict[str, Any], standard: Standard) -> str:
    now = _now(row["value"], standard)
    if isinstance(standard.when, Every) and standard.measure in _OF_AREA:
        return f"いちばん少ない{_part_of_week(standard.when)}でも{now}"
    return f"いまは{now}"


def _not_judged(row: dict[str, Any], standard: Standard) -> str:
    if row["sureness"] == "no_data":
        return "には、人口の資料がないため、判定しません。"
    if not row["people"]:
        return f"には、数える{row['audience_label']}がいないため、判定しません。"
    return f"では、「{standard.of.ja}」を計算できないため、判定しません。"


def _who_lacks(area: str, row: dict[str, Any], standard: Standard) -> str:
    if standard.measure == "share_within":
        return f"{area}では、{_those_beyond(row, standard)}。"
    if standard.measure in _OF_AREA:
        return _what_is_there(area, row, standard)
    if nth := _nth(standard):
        return f"{area}では、{_how_near(nth, row, standard)}。"
    now = _now(row["value"], standard)
    return f"{area}では、{_when(standard)}{row['kind_label']}の「{standard.of.ja}」が{now}です（{_everyone(row)}）。"


def _those_beyond(row: dict[str, Any], standard: Standard) -> str:
    """Say who is not within reach; those who perhaps are, are not said to be beyond."""
    way, without, people = way_of(row["way"]).sentence_part(), row["without"], row["people"]
    near, is_within = f"{_when(standard)}{row['kind_label']}から{way}{standard.distance:g}m以内", "に入"
    if isinstance(standard.when, Every):
        near, is_within = f"「{near}」", "に当てはま"
    some = f"{_everyone(row)}のうち{without:,}人（{percent(without / people)}）"
    if without == people:
        some = _everyone(row)
    if _perhaps(row):
        nobody = "のだれも" if 1 < without == people else "は"
        return f"{some}{nobody}、{near}{is_within}るとは言い切れません"
    everyone = "全員" if 1 < without == people else ""
    return f"{some}{everyone}が、{near}{is_within}りません"


def _what_is_there(area: str, row: dict[str, Any], standard: Standard) -> str:
    living = f"（{_everyone(row)}が住んでいます）" if row["people"] else ""
    if living and row["audience_label"] == "住民":
        living = f"（住民は{row['people']:,}人です）"
    now, kind = _now(row["value"], standard), row["kind_label"]
    surely = "確かなものは、" if _perhaps(row) else ""
    if isinstance(standard.when, Every):
        return (
            f"{area}では、{standard.slot}{kind}が{_goal(standard)}以上開いている、とは言えません。"
            f"{surely}いちばん少ない{_part_of_week(standard.when)}に{now}です{living}。"
        )
    if surely:
        sure = f"{now}しかありません" if row["value"] else "ひとつもありません"
        return f"{area}では、{_when(standard)}{kind}は、確かなものが{sure}{living}。"
    return f"{area}には、{_when(standard)}{kind}が{f'{now}しか' if row['value'] else ''}ありません{living}。"


def _how_near(nth: str, row: dict[str, Any], standard: Standard) -> str:
    who, place, part = _everyone(row), f"{nth}{row['kind_label']}", _part(standard)
    if math.isnan(row["value"]):
        return f"{who}の中に、{place}のない人がいて、距離を出せません"
    way = way_of(row["way"]).sentence_part()
    if part == _PARTS["mean"]:
        return f"{who}は、{place}まで{way}平均{math.ceil(row['value'] - _HAIR):,}mです"
    return f"{who}のうち{part[:-1]}は、{place}まで{way}{within(row['value'])}以内です"


def _how_far_off(row: dict[str, Any], standard: Standard) -> str:
    goal, now, most = f"基準は{_goal(standard)}", _now(row["value"], standard), _now(row["value_at_most"], standard)
    if row["met"] == "unknown":
        low, high = (now, most) if standard.of.better == "more" else (most, now)
        return f"{goal}{_side(standard)}ですが、開催日時の分からない所があり、{low}〜{high}のどこかとしか言えません。"
    if _nth(standard):
        return f"{goal}以内です。"
    known = "分かっているだけで" if _perhaps(row) else ""
    perhaps = f"開催日時の分からない所がすべて開いていても、{most}です。" if known else ""
    return f"{goal}{_side(standard)}、いまは{known}{now}{_short(row, standard)}。{perhaps}"


def _short(row: dict[str, Any], standard: Standard) -> str:
    if pd.isna(row["short"]):
        return "です"
    if isinstance(standard.when, Every) and standard.measure in _OF_AREA:
        return f"で、いちばん少ない{_part_of_week(standard.when)}には、あと{row['short']:,}件が要ります"
    if standard.measure in _OF_AREA:
        return f"で、あと{row['short']:,}件で満たします"
    return f"で、あと{row['short']:,}人に届けば満たします"


def _nearest(row: dict[str, Any], standard: Standard) -> str:
    if not row["without"]:
        return ""
    if row["nearest_position"] >= 0:
        return f"この{row['without']:,}人のいちばん近い所は、{_nearest_place(row)}"
    if standard.when:
        return "近くに、開いていると分かっている所はありません。"
    return f"数えられる{row['kind_label']}は、どこにもありません。"


def _nearest_place(row: dict[str, Any]) -> str:
    named, near = isinstance(row["nearest"], str), not pd.isna(row["nearest_m"])
    name = f"「{row['nearest']}」" if named else "名前を出していない所"
    if not near:
        far = (
            "が最も多いですが、半数以上の人には、近くに見つかりません。" if named else "が最も多く、距離も出しません。"
        )
        return f"{name}{far}"
    way, metres = way_of(row["way"]).sentence_part(), within(row["nearest_m"])
    if row["without"] == 1:
        return f"{name}で、{way}{metres}以内です。"
    return f"{name}が最も多く、半数の人はいちばん近い所まで{way}{metres}以内です。"


def _closed(area: str, row: dict[str, Any]) -> str:
    if row["resources"] == 0 or not row["closed_days"]:
        return ""
    perhaps = f"（{row['closed_days_unknown']}曜日は分かりません）" if row["closed_days_unknown"] else ""
    days = "どの曜日にも" if len(row["closed_days"].split("・")) == 7 else f"{row['closed_days']}曜日に"
    return f"{area}には、{days}決まって開く{row['kind_label']}がありません{perhaps}。"


def _everyone(row: dict[str, Any]) -> str:
    return f"{row['audience_label']}の{row['people']:,}人"


def _perhaps(row: dict[str, Any]) -> bool:
    """Tell whether places of unknown hours would make the figure another one."""
    return bool(row["value_at_most"] != row["value"] and not math.isnan(row["value"]))


def _when(standard: Standard) -> str:
    """Say when something must be open, before its kind."""
    if standard.when is None:
        return ""
    if isinstance(standard.when, Often):
        return f"{standard.slot}開く"
    return f"{standard.slot}{'、' if isinstance(standard.when, Every) else 'に'}開いている"


def _part_of_week(every: Every) -> str:
    days = [slot.weekdays for slot in every.slots]
    return "日" if all(len(day) == 1 for day in days) and len(set(days)) == len(days) else "時間帯"


def _nth(standard: Standard) -> str:
    """Return which nearest place a measure of distance is about, in words; nothing for other measures."""
    return _NTH.get(standard.measure.rsplit("_", 2)[0], "") if standard.of.unit == "m" else ""


def _part(standard: Standard) -> str:
    return _PARTS[standard.measure.rsplit("_", 2)[1]]


def _side(standard: Standard) -> str:
    if standard.of.unit == "share" and standard.threshold == 1:
        return ""  # nobody can have more
    return "以上" if standard.of.better == "more" else "以下"


def _goal(standard: Standard) -> str:
    if standard.of.unit == "share":
        return f"{standard.threshold * 100:.6g}％"
    return f"{_number(standard.threshold, 6)}{_COUNTERS.get(standard.of.unit, '')}"


def _now(value: float, standard: Standard) -> str:
    """Write a figure; where rounding would put it on the other side of the goal, with one digit more."""
    if math.isnan(value):
        return "不明"
    share = standard.of.unit == "share"
    scale, digits = (100 if share else 1), (0 if share or standard.of.unit == "m" else 2)
    said, goal, off = _round(value * scale, digits), standard.threshold * scale, value - standard.threshold
    if abs(off) > _HAIR and (said - goal) * off <= 0:
        shift = 0.5 if off > 0 else -0.5  # away from the goal
        digits += 1
        said = _round(value * scale + (shift * (1 - 1e-6)) / 10**digits, digits)
        return f"{said:.{digits}f}％" if share else f"{_number(said, digits)}{_COUNTERS.get(standard.of.unit, '')}"
    return percent(value) if share else f"{_number(value, digits)}{_COUNTERS.get(standard.of.unit, '')}"


def _round(value: float, digits: int) -> float:
    return math.floor(value * 10.0**digits + 0.5) / 10.0**digits


def _number(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:,.0f}"
