"""The part of the page of gaps about a plan's standards: who meets them, who does not, and where those live."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import pandas as pd

from resourcemap.language import either
from resourcemap.publish.escape import html_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNS = {"met": "○", "unmet": "×", "unknown": "？", "no_data": "－"}
_LOOKS = {"unmet": ' class="s1"', "unknown": ' class="unknown"', "no_data": ' class="none"'}
_SHOWN = 10
WHOLE = "全体"


def standards_section(judged: pd.DataFrame | None, language: str) -> list[str]:
    """Return a table of areas by standards and the sentences of what is not met, per system; nothing without standards.

    Examples
    --------
    >>> standards_section(None, "ja")
    []
    """
    if judged is None or judged.empty:
        return []
    heading = either(ja="基準を満たしているか", en="Are the standards met?")
    signs = either(
        ja="○ 満たす　× 満たさない　？ 開催日時が分からず言えない　－ 判定しない（対象の人がいないなど）",
        en="○ met · × not met · ？ hangs on unknown hours · － not judged (nobody to count, say)",
    )
    names = list(pd.unique(judged["standard"]))
    items = "".join(f"<li>{html_text(_promised(judged, name))}</li>" for name in names)
    parts = [
        f'<section class="system" id="standards">\n<h2>{html_text(heading)}</h2>',
        f"<ol>{items}</ol>\n<p>{html_text(signs)}</p>",
    ]
    for system, rows in judged.groupby("system", sort=False):
        parts.append(f"<h3>{html_text(_system(str(system)))}</h3>")
        parts.append(_matrix(rows, names))
        unmet = rows[rows["rank"] > 0].sort_values("rank")
        parts.append(numbered(list(unmet["sentence"]), language, _SHOWN) if len(unmet) else _all_met())
    return [*parts, "</section>"]


def patches_section(patches: pd.DataFrame | None, language: str) -> list[str]:
    """Return where the people live who are left out, the largest patches first; nothing where there are none.

    Examples
    --------
    >>> patches_section(None, "ja")
    []
    """
    if patches is None or not len(patches):
        return []
    heading = either(ja="届かない人がまとまって住む所", en="Where those beyond reach live")
    note = either(
        ja="となり合う場所をひとつにまとめ、届かない人の多い順に並べました。形は patches.geojson にあります。",
        en="Neighbouring ground is one place; most people first. The shapes are in patches.geojson.",
    )
    parts = [f'<section class="system" id="patches">\n<h2>{html_text(heading)}</h2>\n<p>{html_text(note)}</p>']
    for standard, rows in patches.groupby("standard", sort=False):
        parts.append(f"<h3>{html_text(str(standard))}</h3>")
        parts.append(numbered(list(rows["sentence"]), language, _SHOWN))
    return [*parts, "</section>"]


def numbered(sentences: Sequence[str], language: str, shown: int) -> str:
    """Return Japanese sentences as a numbered list, those after the first few folded away.

    Examples
    --------
    >>> numbered(["一", "二"], "ja", 1).count("<ol")
    2
    """
    tongue = "" if language.startswith("ja") else ' lang="ja"'
    items = [f"<li>{html_text(sentence)}</li>" for sentence in sentences]
    first = f"<ol{tongue}>\n" + "\n".join(items[:shown]) + "\n</ol>"
    if len(items) <= shown:
        return first
    if len(items) == shown + 1:
        more = either(ja=f"続き（{len(items)}番）", en=f"More ({len(items)})")
    else:
        more = either(ja=f"続き（{shown + 1}〜{len(items)}番）", en=f"More ({shown + 1} to {len(items)})")
    rest = f'<ol{tongue} start="{shown + 1}">\n' + "\n".join(items[shown:]) + "\n</ol>"
    where = either(ja="。紙には載せません。すべて表（CSV）にあります", en="; not on paper, but in the tables (CSV)")
    summary = f'<summary>{html_text(more)}<span class="paper">{html_text(where)}</span></summary>'
    return f"{first}\n<details>\n{summary}\n{rest}\n</details>"


def _promised(judged: pd.DataFrame, name: str) -> str:
    promise = judged.loc[judged["standard"] == name, "promise"].iloc[0]
    return name if promise == name else f"{name}（{promise}）"


def _system(system: str) -> str:
    return either(ja="すべての区域をあわせて", en="Everyone together") if system == WHOLE else system


def _matrix(rows: pd.DataFrame, names: Sequence[str]) -> str:
    """Return a table: areas down, standards across by number, with their kinds; at the foot how many areas meet each.

    Areas come in their order, so that two of one name stay two.
    """
    caption = either(ja="区域ごとの基準", en="Standards by area")
    of_standard: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_dict("records"):
        of_standard.setdefault(row["standard"], []).append(row)
    shown = [name for name in names if name in of_standard]
    heads = "".join(_head(list(names).index(name) + 1, of_standard[name][0]) for name in shown)
    first = either(ja="区域", en="area")
    body = []
    for found in zip_longest(*(of_standard[name] for name in shown)):
        area = next(row["area"] for row in found if row is not None)
        label = area if isinstance(area, str) else either(ja="どの区域にも入らない所", en="in no area")
        signs = "".join(_cell(row) for row in found)
        body.append(f'<tr><th scope="row">{html_text(label)}</th>{signs}</tr>')
    if len(body) > 1:
        body.append(_met_in([of_standard[name] for name in shown]))
    return (
        f'<div class="scroll short signs" role="region" tabindex="0" aria-label="{html_text(caption)}">\n<table>\n'
        f'<thead><tr><th scope="col">{html_text(first)}</th>{heads}</tr></thead>\n<tbody>\n'
        + "\n".join(body)
        + "\n</tbody>\n</table>\n</div>"
    )


def _head(number: int, row: dict[str, Any]) -> str:
    """Head a column with the number of its standard, and what that is about in short."""
    near = "" if pd.isna(row["distance_m"]) else f"{row['distance_m']:g}m"
    short = [str(row["kind_label"]), near or either(ja="区域ごと", en="per area")]
    lines = "".join(f'<span class="who">{html_text(line)}</span>' for line in short)
    return f'<th scope="col"><span>{number}</span>{lines}</th>'


def _cell(row: dict[str, Any] | None) -> str:
    if row is None:
        return "<td></td>"
    met = str(row["met"])
    return f"<td{_LOOKS.get(met, '')}>{_SIGNS[met]}</td>"


def _met_in(standards: Sequence[list[dict[str, Any]]]) -> str:
    """Count the areas that meet each standard, among those that are judged."""
    cells = []
    for rows in standards:
        judged = [row["met"] for row in rows if row["met"] != "no_data"]
        cells.append(f"<td>{judged.count('met')}／{len(judged)}</td>")
    label = either(ja="満たす区域", en="met in")
    return f'<tr class="all"><th scope="row">{html_text(label)}</th>{"".join(cells)}</tr>'


def _all_met() -> str:
    return f"<p>{html_text(either(ja='満たしていない基準はありません。', en='Every standard is met.'))}</p>"
