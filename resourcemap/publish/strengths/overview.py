"""The first sheet: a row per area, a sign per kind, and how to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.way import way_of
from resourcemap.publish.looks import PAGE_WIDTH, POINTS, begin, headings, on_paper, paragraphs
from resourcemap.publish.workbook import as_text, row_height

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.publish.looks import Head

_FIRST = 2
_AREA_WIDTH, _COUNT_WIDTH = 22.0, 9.0
_NARROWEST, _WIDEST = 6.0, 12.0
_ONE_PAGE = 20
_READING = """\
・ ＋ は強み、－ は弱みがあること、± は両方、？ は言い切れないこと、空らんは、ほかとあまり変わらないことです。
・ 強みと弱みの数は、いくつもの世代に言える同じことを1つと数えます。
・ 種類の欄は、その種類の対象となる人についての、区域どうしの比較です。世代ごとと基準は、区域のシートにあります。
・ 強みは、ほかの区域のまんなか（中央値）より10ポイント以上（数と開催日は4分の1以上）高く、\
ほかの区域の上位4分の1に入るものです。人で10人、数で1件、開催日で月4日より小さな差は、強みとも弱みともしません。
・ 弱みはその反対です。基準を達成していれば強み、達成していなければ弱みに数えます。
・ 対象の人が10人より少ないとき、場所や日時や年齢の分からないものが4分の1以上あるときは、言い切れないとしています。
・ 強み・弱みは、いまの表にあるものの近さと数です。質や評判、必要としている人の数は、この表からは分かりません。
・ 開催日は、区域の中のものを合わせた日数で、人口の多さは考えていません。"""


def fill_overview(
    sheet: Worksheet, styles: dict[str, Format], head: Head, areas: list[pd.DataFrame], names: list[str]
) -> None:
    """Fill the first sheet; `names` are those of the sheets of the areas."""
    if not areas:
        begin(sheet, styles, "強みと弱み", "くらべるものがありません。", [PAGE_WIDTH])
        on_paper(sheet, head, "強みと弱み")
        return
    kinds = _kinds(areas)
    room = (PAGE_WIDTH - _AREA_WIDTH - 3 * _COUNT_WIDTH) / max(len(kinds), 1)
    widths = [_AREA_WIDTH, *[_COUNT_WIDTH] * 3, *[min(max(room, _NARROWEST), _WIDEST)] * len(kinds)]
    system = as_text(areas[0]["system"].iloc[0])
    left = PAGE_WIDTH - sum(widths)  # with few kinds, the words need more room than the table
    wide = [*widths, left] if left > 1 else widths
    begin(sheet, styles, f"強みと弱み（{system}）", _measured(areas, head), wide)
    headings(sheet, styles, _FIRST, ["区域", "強み", "弱み", "達成した\n基準", *kinds.values()], widths)
    line = _FIRST + 1
    for rows, name in zip(areas, names, strict=True):
        _write_area(sheet, styles, line, rows, name, kinds)
        sheet.set_row(line, max(20.0, row_height([as_text(rows["area"].iloc[0])], widths[:1], points=POINTS)))
        line += 1
    lines = _READING.split("\n")
    paragraphs(sheet, styles, line + 1, "読み方", lines, columns=len(wide), width=sum(wide))
    sheet.freeze_panes(_FIRST + 1, 1)
    on_paper(sheet, head, "強みと弱み", header_rows=(_FIRST, _FIRST), one_page=len(areas) <= _ONE_PAGE)


def _kinds(areas: list[pd.DataFrame]) -> dict[str, str]:
    """Return the label of every kind that is compared."""
    return {
        str(kind): as_text(label)
        for rows in areas
        for kind, label, against in zip(rows["kind"], rows["kind_label"], rows["against"], strict=True)
        if against == "others"
    }


def _write_area(
    sheet: Worksheet, styles: dict[str, Format], line: int, rows: pd.DataFrame, name: str, kinds: dict[str, str]
) -> None:
    target = name.replace("'", "''")
    sheet.write_url(line, 0, f"internal:'{target}'!A1", styles["link"], as_text(rows["area"].iloc[0]))
    records = rows.to_dict("records")
    once = {tuple(row[key] for key in ("kind", "measure", "against", "standard", "verdict")) for row in records}
    for at, verdict in enumerate(("strength", "weakness"), start=1):
        sheet.write_number(line, at, sum(key[-1] == verdict for key in once), styles["number"])
    held = [
        row["verdict"] for row in records if row["against"] == "standard" and row["verdict"] in ("strength", "weakness")
    ]
    met = f"{held.count('strength')}／{len(held)}" if held else "－"
    sheet.write_string(line, 3, met, styles["middle"])
    for at, kind in enumerate(kinds, start=4):
        own = [row for row in records if row["against"] == "others" and row["kind"] == kind]
        whom = next((row["audience"] for row in own if row["measure"] != "share_within"), None)
        sign = _sign({row["verdict"] for row in own if whom is None or row["audience"] == whom})
        sheet.write_string(line, at, sign, styles["no" if sign == "－" else "middle"])


def _sign(found: set[str]) -> str:
    if {"strength", "weakness"} <= found:
        return "±"
    if "strength" in found:
        return "＋"
    if "weakness" in found:
        return "－"
    return "？" if "unknown" in found else ""


def _measured(areas: list[pd.DataFrame], head: Head) -> str:
    first = next((rows[rows["measure"] == "share_within"] for rows in areas), areas[0])
    compared = first[first["against"] == "others"]
    if compared.empty:
        return head.day
    metres, way = compared["distance_m"].iloc[0], way_of(compared["way"].iloc[0]).sentence_part()
    return f"近さは、{way}{metres:g}m以内に住む人の割合です。{head.day}"
