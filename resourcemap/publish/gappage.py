"""The page of gaps: how to read it, per system a table of area and kind, and a sentence per gap."""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from resourcemap.language import either
from resourcemap.model.way import DETOUR, STREETS, Way, way_of
from resourcemap.publish.escape import html_text, inline_style
from resourcemap.publish.standardpart import numbered, patches_section, standards_section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from resourcemap.model.catalog import Catalog

SHOWN = 20
# A table of more areas than _LONG and at most so many kinds is set in columns side by side.
_LONG = 12
_FEW_KINDS = 6
_STEPS = (20, 40, 60, 80)  # percent
_USUAL = 500.0
_BEYOND = re.compile(r"beyond_([0-9.]+)m")


@dataclass(frozen=True)
class _Kind:
    """A column of the table: a kind, and who is counted for it."""

    kind: str
    label: str
    who: str


class _Count(NamedTuple):
    """The people of one area whom a kind is for, and how many of them live beyond the distance."""

    area: object
    kind: str
    no_data: bool
    people: int
    beyond: int


def who_is_counted(audience: str, basis: str, catalog: Catalog, language: str) -> str:
    """Name the people counted for a kind: its audience, or everyone where ages are not known.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> from resourcemap.model.catalog import load_catalog
    >>> with speaking("ja"):
    ...     who_is_counted("older", "everyone", load_catalog(), "ja")
    '住民全員'
    """
    if basis == "everyone" or audience == "everyone":
        return either(ja="住民全員", en="everyone")
    return catalog.audiences[audience].ages(language)


def gap_page(
    gaps: pd.DataFrame,
    coverage: pd.DataFrame,
    *,
    catalog: Catalog,
    title: str,
    publisher: str,
    as_of: date | None,
    language: str,
    judged: pd.DataFrame | None = None,
    patches: pd.DataFrame | None = None,
) -> str:
    """Return the page as HTML with its style inside and no script; nothing in it can load anything.

    `judged` says how the standards of a plan stand (see `resourcemap.plan.standards.judging.judge`), `patches` where
    those live whom they leave out; both are left out where there are none.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> coverage = pd.DataFrame({"system": ["圏域"], "area_id": ["1"], "area": ["<b>"], "kind": ["salon"],
    ...     "approximate_area": [False], "no_data": [False], "audience": ["older"],
    ...     "audience_basis": ["audience"], "people": [4], "beyond_500m": [1]})
    >>> page = gap_page(pd.DataFrame({"system": []}), coverage, catalog=load_catalog(), title="市", publisher="",
    ...     as_of=None, language="ja")
    >>> "<b>" in page.replace("<b>25%</b>", ""), "&lt;b&gt;" in page
    (False, True)
    """
    metres = _metres(gaps, coverage)
    kinds = _kinds(coverage, catalog, language)
    style = inline_style(files("resourcemap.publish").joinpath("gappage.css").read_text(encoding="utf-8"))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    name = either(ja="空白の表", en="Gaps")
    systems = list(pd.unique(coverage["system"]))
    standards, unserved = standards_section(judged, language), patches_section(patches, language)
    parts = [
        f'<!doctype html>\n<html lang="{html_text(language)}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html_text(title)} {html_text(name)}</title>\n<style>{style}</style>\n</head>\n<body>",
        f'<header>\n<h1>{html_text(title)} <span class="whole">{html_text(name)}</span></h1>',
        f'<p class="byline">{html_text(_byline(publisher, as_of))}</p>\n</header>\n<main>',
        _how_to_read(metres, _way(coverage), by_hours=bool(standards)),
        _links(systems, standards=bool(standards), patches=bool(unserved)),
        *standards,
        *unserved,
    ]
    for number, system in enumerate(systems, start=1):
        parts.append(f'<section class="system" id="s{number}">\n<h2>{html_text(system)}</h2>')
        of_system = coverage[coverage["system"] == system]
        if of_system["approximate_area"].any():
            parts.append(f'<p class="rough">{html_text(_rough_borders())}</p>')
        parts.append(_table(of_system, system, kinds, metres))
        parts.append(_sentences(gaps[gaps["system"] == system], language))
        parts.append("</section>")
    parts.append(f"</main>\n<footer><p>{html_text(_footer())}</p></footer>\n</body>\n</html>\n")
    return "\n".join(parts)


def _metres(gaps: pd.DataFrame, coverage: pd.DataFrame) -> float:
    """Return the distance of the gaps; without any gap, the usual one or the first that was measured."""
    if len(gaps):
        return float(gaps["metres"].iloc[0])
    measured = [float(found[1]) for name in coverage if (found := _BEYOND.fullmatch(str(name)))]
    return _USUAL if _USUAL in measured else measured[0]


def _kinds(coverage: pd.DataFrame, catalog: Catalog, language: str) -> list[_Kind]:
    first = coverage.drop_duplicates("kind").set_index("kind")
    return [
        _Kind(
            kind,
            catalog.kinds[kind].label(language),
            who_is_counted(first["audience"][kind], first["audience_basis"][kind], catalog, language),
        )
        for kind in catalog.kinds
        if kind in first.index
    ]


def _byline(publisher: str, as_of: date | None) -> str:
    day = "" if as_of is None else f"{as_of.year}年{as_of.month}月{as_of.day}日現在"
    day = either(ja=day, en=f"as of {as_of.isoformat()}" if as_of else "")
    return either(ja="　", en=" · ").join(part for part in (publisher, day) if part)


def _way(coverage: pd.DataFrame) -> Way:
    return way_of(coverage["way"].iloc[0]) if "way" in coverage and len(coverage) else Way()


def _how_far(way: Way) -> str:
    if way.form == STREETS:
        return either(
            ja="距離は道のりです（家から道まで、道から場所までの直線を含みます）。信号や渡りにくさは考えに入れていません。",
            en="Distances are along streets, with the straight way to and from them. Crossings take no time.",
        )
    if way.form == DETOUR:
        return either(
            ja=f"距離は地図の上の直線を{way.detail}倍したものです。坂・川・線路は考えに入れていません。",
            en=f"Distances are straight lines times {way.detail}. Slopes, rivers and railways are not considered.",
        )
    return either(
        ja="距離は地図の上の直線です。実際の道のりはこれより長く、坂・川・線路は考えに入れていません。",
        en="Distances are straight lines. Real trips are longer; slopes, rivers and railways are not considered.",
    )


def _how_to_read(metres: float, way: Way, *, by_hours: bool) -> str:
    hours = either(
        ja="開いている曜日は、基準が決めているときだけ見ています。定員、参加しやすさは見ていません。",
        en="Opening hours are considered where a standard asks for them; capacity and ease of joining are not.",
    )
    no_hours = either(
        ja="開いている曜日、定員、参加しやすさは見ていません。",
        en="Opening hours, capacity and ease of joining are not considered.",
    )
    lines = [
        either(
            ja=f"種類ごとに、いちばん近い所まで{way.sentence_part()} {metres:g}m を超える人の数と割合です。"
            f"ちょうど {metres:g}m の人は「届く」に数えます。",
            en=f"Per kind: how many people live farther than {metres:g} m from the nearest one.",
        ),
        _how_far(way),
        either(
            ja="数えるのは、その種類の対象となる人です（表の見出しの下に書いてあります）。人口は町丁目ごとの数で、"
            "町丁目の中に散らした点（建物やメッシュの資料がなければ等しく、町丁目の形が分からなければ1つの点）で"
            "測りました。",
            en="Counted are the people a kind is meant for (below each heading), spread in their town block (evenly "
            "where no buildings or meshes are given; on one point where its shape is not known).",
        ),
        either(
            ja="区域の外にあるものも、近ければ「届く」に数えます。訪問して来るものは、来てくれる町丁目の人に届いています。",
            en="A place on the other side of a border counts. Visiting services reach the blocks they serve.",
        ),
        either(
            ja="休止中・終了したもの、位置の分からないものは数えません。公開の承諾がないものも、人数の計算には入ります。",
            en="Suspended, ended and unlocated ones do not count. Those without consent count, but are not named.",
        ),
        either(
            ja="場所を公開できないものは、設定で変えていなければ、町丁目の中ほどにあるものとして数えました。"
            "そのため、小さな区域の割合は実際と違うことがあります。",
            en="Places that may not be shown count in the middle of their block, unless the settings say otherwise, "
            "so that shares of small areas may differ from what they are.",
        ),
        (hours if by_hours else no_hours)
        + either(
            ja="近くにあることと、通えることは同じではありません。",
            en=" Near is not the same as reachable.",
        ),
        either(
            ja="人数の多い順は、優先順位そのものではありません。話し合いの材料としてお使いください。",
            en="The order by people is not an order of priority. It is material to talk about.",
        ),
    ]
    heading = either(ja="この表の読み方", en="How to read this")
    items = "\n".join(f"<li>{html_text(line)}</li>" for line in lines)
    return f'<section class="note">\n<h2>{html_text(heading)}</h2>\n<ul>\n{items}\n</ul>\n</section>'


def _links(systems: Sequence[str], *, standards: bool, patches: bool) -> str:
    links = [(f"s{number}", name) for number, name in enumerate(systems, start=1)]
    if patches:
        links.insert(0, ("patches", either(ja="届かない人が住む所", en="Where those beyond reach live")))
    if standards:
        links.insert(0, ("standards", either(ja="基準", en="Standards")))
    if len(links) < 2:
        return ""
    label = either(ja="この表の中", en="On this page")
    items = "".join(f'<li><a href="#{id_}">{html_text(name)}</a></li>' for id_, name in links)
    return f'<nav aria-label="{html_text(label)}"><ul>{items}</ul></nav>'


def _rough_borders() -> str:
    return either(
        ja="区域の境界は、町丁目の点から作ったおよその形です。境の近くの人は、隣の区域に数えていることがあります。",
        en="The borders of these areas are approximate, made from the points of the town blocks: "
        "people near a border may be counted in the next area.",
    )


def _table(coverage: pd.DataFrame, system: str, kinds: list[_Kind], metres: float) -> str:
    caption = either(
        ja=f"{system}ごとの、{metres:g}mを超える人の割合と人数",
        en=f"{system}: share and number of people beyond {metres:g} m",
    )
    heads = "".join(
        f'<th scope="col"><span>{html_text(kind.label)}</span><span class="who">{html_text(kind.who)}</span></th>'
        for kind in kinds
    )
    counts = _counts(coverage, metres)
    of_area: dict[str | None, list[_Count]] = {}
    for count in counts:
        of_area.setdefault(count.area if isinstance(count.area, str) else None, []).append(count)
    rows = [_row(_area(area), members, kinds) for area, members in of_area.items()]
    several = len(rows) > 1
    few = f" few k{len(kinds)}" if len(kinds) <= _FEW_KINDS else ""
    look = few if len(rows) > _LONG else " short"
    if several:
        rows.append(_row(either(ja="全体", en="All areas"), counts, kinds, look=' class="all"'))
    first = either(ja="区域", en="area")
    unknown = bool(coverage["no_data"].any())
    return (
        f'<p class="caption">{html_text(caption)}</p>\n{_legend(unknown=unknown)}\n{_order(several, unknown)}\n'
        f'<div class="scroll{look}" role="region" tabindex="0" aria-label="{html_text(caption)}">\n'
        f'<table>\n<thead><tr><th scope="col">{html_text(first)}</th>{heads}</tr></thead>\n<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody>\n</table>\n</div>"
    )


def _order(several: bool, unknown: bool) -> str:
    """Say in which order the areas stand, and what an area without data is."""
    lines = []
    if several:
        lines.append(
            either(
                ja="区域は、もとの資料の順に並んでいます。空白の多い順は、表の下の文にあります。",
                en="Areas stand in the order of their source. The sentences below are ordered by people.",
            )
        )
    if unknown:
        lines.append(
            either(
                ja="「人口の資料なし」は、人口の資料がひとつもない区域です。人がいないという意味ではなく、割合や全体には数えていません。",
                en='"No data" are areas without any data of people. It does not mean nobody; they count in no share.',
            )
        )
    return f'<p class="order">{html_text("".join(lines))}</p>' if lines else ""


def _counts(coverage: pd.DataFrame, metres: float) -> list[_Count]:
    beyond = f"beyond_{metres:g}m"
    table = coverage[["area", "kind", "no_data", "people", beyond]].fillna({"people": 0, beyond: 0})
    return [_Count(*row) for row in table.itertuples(index=False, name=None)]


def _row(name: str, counts: list[_Count], kinds: list[_Kind], *, look: str = "") -> str:
    head = f'<tr{look}><th scope="row">{html_text(name)}</th>'
    if all(count.no_data for count in counts):
        return f'{head}<td class="unknown" colspan="{len(kinds)}">{html_text(_no_data())}</td></tr>'
    people, beyond = Counter[str](), Counter[str]()
    for count in counts:
        people[count.kind] += int(count.people)
        beyond[count.kind] += int(count.beyond)
    cells = "".join(
        _cell(people[kind.kind], beyond[kind.kind]) if kind.kind in people else '<td class="none">−</td>'
        for kind in kinds
    )
    return f"{head}{cells}</tr>"


def _no_data() -> str:
    return either(ja="人口の資料なし", en="no data")


def _cell(people: int, beyond: int) -> str:
    if people == 0:
        return f'<td class="none">{either(ja="対象なし", en="nobody")}</td>'
    share = beyond / people
    step = sum(_whole(share) >= limit for limit in _STEPS)  # as written: number, colour and legend agree
    number = either(ja=f"{beyond:,}人", en=f"{beyond:,}")
    return f'<td class="s{step}"><b>{_percent(share)}</b><small>{number}</small></td>'


def _percent(share: float) -> str:
    """Write a share in whole percent; never 0 or 100 when it is not."""
    percent = share * 100
    if 0 < percent < 1:
        return "&lt;1%"
    if 99 < percent < 100:
        return "&gt;99%"
    return f"{_whole(share)}%"


def _whole(share: float) -> int:
    return math.floor(share * 100 + 0.5)


def _legend(*, unknown: bool) -> str:
    limits = [0, *_STEPS, 100]
    items = "".join(
        f'<li class="s{step}">{html_text(_between(low, high))}</li>'
        for step, (low, high) in enumerate(pairwise(limits))
    )
    items += f'<li class="unknown">{html_text(_no_data())}</li>' if unknown else ""
    label = either(ja="割合", en="share")
    return f'<ul class="legend"><li class="label">{html_text(label)}</li>{items}</ul>'


def _between(low: int, high: int) -> str:
    if low == 0:
        return either(ja=f"{high}%未満", en=f"under {high}%")
    if high == 100:
        return either(ja=f"{low}%以上", en=f"{low}% and over")
    return either(ja=f"{low}%以上{high}%未満", en=f"{low}% to under {high}%")


def _sentences(gaps: pd.DataFrame, language: str) -> str:
    heading = either(ja="人数の多い順", en="By number of people")
    if gaps.empty:
        none = either(ja="空白はありませんでした。", en="There is no gap.")
        return f"<h3>{html_text(heading)}</h3>\n<p>{html_text(none)}</p>"
    return f"<h3>{html_text(heading)}</h3>\n{numbered(list(gaps['sentence']), language, SHOWN)}"


def _area(area: object) -> str:
    return area if isinstance(area, str) else either(ja="どの区域にも入らない所", en="in no area")


def _footer() -> str:
    return either(
        ja="この表は resourcemap が作りました。数字は地図・一覧と同じ表から出しています。",
        en="Made by resourcemap from the same table as the map and the list.",
    )
