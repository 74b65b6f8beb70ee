"""The progress of a plan, a row per standard: what was promised, what is reached, the grade, and where it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.errors import SHOWN
from resourcemap.measure.catalogue import load_measures
from resourcemap.measure.tidy import WHOLE
from resourcemap.plan.standards.judging import MET, NO_DATA, UNKNOWN, UNMET
from resourcemap.plan.standards.rating import GRADES, LOWEST, rate
from resourcemap.plan.wording import OUTSIDE, amount, percent_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resourcemap.measure.catalogue import Measure

COLUMNS = (
    *("system", "theme", "standard", "promise", "audience_label", "done", "share", "grade", "grade_words"),
    *("unmet_areas", "problem"),
)


def progress(
    judged: pd.DataFrame,
    *,
    systems: Sequence[str] = (),
    grades: Sequence[tuple[float, str]] = GRADES,
    lowest: str = LOWEST,
) -> pd.DataFrame:
    """Write the rows of a plan's progress sheet, in Japanese.

    Parameters
    ----------
    judged
        What `resourcemap.plan.standards.judging.judge` returns.
    systems
        Systems of areas, in the order wanted; all of `judged` in their order when not given.
    grades, lowest
        As in `resourcemap.plan.standards.rating.rate`.

    Returns
    -------
    pandas.DataFrame
        One row per system and standard; in each system the standards of a theme together, themes in the order of
        their first standard. ``done`` says in how many areas it is met, and how it stands for everyone together;
        ``problem`` where it is not met, the areas with most people without first: five, then a count
        (``unmet_areas`` counts them all). ``grade_words`` has both ends where what is unknown could change the grade.

    Raises
    ------
    InputError
        As `resourcemap.plan.standards.rating.rate`.

    Examples
    --------
    >>> judged = pd.DataFrame({"standard": "サロンが近い", "theme": "居場所", "weight": 1.0,
    ...     "system": ["全体", "圏域", "圏域"], "area_id": ["全体", "1", "2"], "area": ["全体", "東", "西"],
    ...     "met": ["unmet", "met", "unmet"], "value": [0.61, 0.9, 0.3],
    ...     "value_at_most": [0.61, 0.9, 0.3], "measure": "share_within",
    ...     "without": [390, 0, 360], "people": [1000, 480, 520],
    ...     "audience_label": "65歳以上",
    ...     "audience": "older", "audience_basis": "audience", "resources": [4, 3, 1],
    ...     "uncounted": 0, "kind_label": "サロン", "promise": "65歳以上の80％以上が、サロンから500m以内"})
    >>> [row] = progress(judged).to_dict("records")
    >>> row["done"], row["grade"], row["problem"]
    ('圏域2か所のうち1か所で達成（50％）。全体では65歳以上の61％。', 'B', '西（360人）')
    """
    wanted = list(systems) or [system for system in judged["system"].unique() if system != WHOLE]
    rated = rate(judged, by=["standard"], grades=grades, lowest=lowest)
    bounds = [bound for bound, _ in grades]
    held: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in judged.to_dict("records"):
        held.setdefault((row["system"], row["standard"]), []).append(row)
    of_system: dict[str, list[dict[str, Any]]] = {system: [] for system in wanted}
    for rating in rated.to_dict("records"):
        of_system.setdefault(rating["system"], []).append(rating)
    rows = []
    for system in wanted:
        themes = list(dict.fromkeys(rating["theme"] for rating in of_system[system]))
        for rating in sorted(of_system[system], key=lambda rating: themes.index(rating["theme"])):
            standard = rating["standard"]
            rows.append(_row(rating, held[system, standard], held.get((WHOLE, standard), []), bounds))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(
    rating: dict[str, Any], own: list[dict[str, Any]], whole: list[dict[str, Any]], bounds: list[float]
) -> dict[str, Any]:
    """Write one standard in one system, from its rows there and for everyone together."""
    first = own[0]
    fails = [row for row in own if row["met"] in (UNMET, UNKNOWN)]
    return {
        **{name: rating[name] for name in ("system", "theme", "standard", "share", "grade")},
        "promise": first["promise"],
        "audience_label": _audience(first),
        "done": _done(rating, bounds) + _everyone(whole),
        "grade_words": _grade_words(rating),
        "unmet_areas": len(fails),
        "problem": _problem(fails) + _nothing_known(own),
    }


def _audience(row: dict[str, Any]) -> str:
    if row["audience_basis"] == "everyone" and row["audience"] != "everyone":
        return f"{row['audience_label']}全員\n（対象の人だけの人口がないため）"
    return str(row["audience_label"])


def _done(rating: dict[str, Any], bounds: list[float]) -> str:
    judged = rating[MET] + rating[UNMET]
    left_out = "、".join(
        f"{reason}{rating[verdict]}か所"
        for verdict, reason in ((UNKNOWN, "開催日時が分からない"), (NO_DATA, "対象の人口がない"))
        if rating[verdict]
    )
    if not judged:
        return f"判定できた区域がありません（{left_out}）。"
    share = percent_beside(rating["share"], bounds)
    words = f"{rating['system']}{judged}か所{_some(rating[MET], judged)}（{share}）。"
    return f"{words}ほかに、{left_out}は判定していません。" if left_out else words


def _some(met: int, judged: int) -> str:
    if met == 0:
        return "のうち、達成した所はありません" if judged > 1 else "は達成していません"
    if met == judged:
        return "すべてで達成" if judged > 1 else "で達成"
    return f"のうち{met}か所で達成"


def _everyone(whole: list[dict[str, Any]]) -> str:
    """Say how the standard stands for everyone together, where that has a meaning."""
    row = next((row for row in whole if row["met"] != NO_DATA), None)
    if row is None:
        return ""
    measure = load_measures()[str(row["measure"])]
    value = _value(row, measure)
    if row["measure"] == "share_within":
        return f"全体では{row['audience_label']}の{value}。"
    return f"全体で{value}。" if measure.of == "places" else f"全体では「{measure.ja}」が{value}。"


def _value(row: dict[str, Any], measure: Measure) -> str:
    """Write a figure; both ends where what is unknown makes a difference."""
    least = amount(float(row["value"]), measure)
    most = amount(float(row["value_at_most"]), measure) if row["met"] == UNKNOWN else least
    return least if most == least else f"{least}〜{most}（開催日時の分からない所しだい）"


def _grade_words(rating: dict[str, Any]) -> str:
    worst, best = rating["grade_at_least"], rating["grade_at_most"]
    if worst == best:
        return rating["grade"] or "－"
    ends = f"{worst}〜{best}"
    return f"{rating['grade']}\n（{ends}）" if rating["grade"] else ends


def _problem(fails: list[dict[str, Any]]) -> str:
    """Name the areas where it fails and the people without, most people first; five, then a count."""
    most_first = sorted(fails, key=lambda row: -row["without"])
    words = [
        f"{row['area'] if isinstance(row['area'], str) else OUTSIDE}"
        f"（{row['without']:,}人{'、日時不明' if row['met'] == UNKNOWN else ''}）"
        for row in most_first[:SHOWN]
    ]
    more = len(fails) - len(words)
    return "、".join(words) + (f" ほか{more}か所" if more > 0 else "")


def _nothing_known(own: list[dict[str, Any]]) -> str:
    """Say when the data has no place of the kinds at all: the list may be what is missing."""
    if any(row["resources"] for row in own):
        return ""
    label = own[0]["kind_label"]
    if any(row["uncounted"] for row in own):
        return f"\n※ 場所の分かる{label}が、資料に1件もありません。"
    return f"\n※ 資料に{label}が1件もありません。表に載せ忘れがないか、確かめてください。"
