"""What makes it doubtful whether a figure is a strength or a weakness, and when nothing can be said."""

from __future__ import annotations

from typing import Any

import numpy as np

from resourcemap.measure.audience import EVERYONE
from resourcemap.plan.strengths.others import FEWEST, PEOPLE

STRENGTH, WEAKNESS, USUAL, DOUBTFUL = "strength", "weakness", "usual", "unknown"
# When a quarter or more of what would be counted is not known, nothing is called strong or weak.
TOO_MUCH_UNKNOWN = 0.25


def too_few(sureness: str, people: float) -> bool:
    """Tell whether a share is of so few people that it says nothing.

    Examples
    --------
    >>> too_few("few", 9), too_few("few", 400), too_few("sure", 400)
    (True, False, False)
    """
    return sureness == "few" and people < PEOPLE


class Doubts:
    """What makes one figure of one area doubtful.

    Parameters
    ----------
    row
        The figures of the area.
    whole
        Those of everyone together.
    figure
        The figure as it is said: its measure, sureness, label of the kind, and of how many areas there is one.
    verdict
        1 where it is far above the others, -1 where it is far below.
    shaken
        Whether what is not known could make it ordinary.
    """

    def __init__(
        self, row: dict[str, Any], whole: dict[str, Any], figure: dict[str, Any], *, verdict: int, shaken: bool
    ) -> None:
        self.words: list[str] = []
        self._row, self._figure, self._silent = row, figure, False
        self._of_people = figure["measure"] != "days_per_month"
        self._too_little()
        self._unplaced(whole)
        if self._of_people:
            self._unaged()
        else:
            self._days(whole)
        if row["audience_basis"] == EVERYONE and row["audience"] != EVERYONE and self._of_people:
            self._add("対象の人だけの人口がないため、住民全員で数えました。")
        if row["approximate_area"]:
            self._add("区域の境界はおよその形です。")
        elif figure["sureness"] == "rough":
            self._add("およその位置しか分からない所を含みます。")
        if shaken and not self._silent:
            self._add("分からないものの結果によっては、ほかの区域と変わらなくなります。", silent=True)
        self.verdict = DOUBTFUL if self._silent else {1: STRENGTH, -1: WEAKNESS, 0: USUAL}[verdict]

    def _add(self, words: str, *, silent: bool = False) -> None:
        self.words.append(words)
        self._silent = self._silent or silent

    def _too_little(self) -> None:
        row, figure = self._row, self._figure
        if self._of_people and (row["no_data"] or row["people"] == 0):
            self._add("ここには対象の人の資料がありません。", silent=True)
        elif self._of_people and too_few(figure["sureness"], row["people"]):
            self._add(f"対象の人が{int(row['people'])}人と少ないため、割合では言えません。", silent=True)
        elif figure["of"] <= FEWEST:
            self._add("くらべる区域が足りません。", silent=True)
        elif np.isnan(figure["value"]):
            self._silent = True

    def _unplaced(self, whole: dict[str, Any]) -> None:
        unplaced = int(self._row["uncounted"])
        if unplaced:
            much = unplaced >= TOO_MUCH_UNKNOWN * (unplaced + whole["resources"])
            what = f"場所の分からない{self._figure['kind_label']}"
            self._add(f"{what}が市区町村全体で{unplaced}件あり、数えていません。", silent=much)

    def _days(self, whole: dict[str, Any]) -> None:
        everywhere, here = int(whole["days_unknown"]), int(self._row["days_unknown"])
        if everywhere:
            much = everywhere >= TOO_MUCH_UNKNOWN * whole["resources"]
            where = f"この区域の{here}件" if here else f"ほかの区域の{everywhere}件"
            self._add(f"{where}は開催日が分からず、数えていません。", silent=much)

    def _unaged(self) -> None:
        unaged = int(self._row["unknown_age"])
        if unaged:
            much = unaged >= TOO_MUCH_UNKNOWN * (unaged + self._row["people"])
            self._add(f"年齢の分からない{unaged:,}人は数えていません。", silent=much)
