"""The figures as files: coverage and gaps for a spreadsheet, and gaps as a page to read and print."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.files import write_text
from resourcemap.language import speaking
from resourcemap.model.way import way_of
from resourcemap.plain import to_csv
from resourcemap.publish.gappage import gap_page, who_is_counted
from resourcemap.publish.workbook import as_text

if TYPE_CHECKING:
    import os
    from datetime import date
    from pathlib import Path

    from resourcemap.model.catalog import Catalog

_GAP_HEADINGS = {
    "system": "区分",
    "rank": "順位",
    "area_id": "区域番号",
    "area": "区域",
    "approximate_area": "区域の境界",
    "kind_label": "種類",
    "audience_label": "数えた人",
    "metres": "距離の目安（m）",
    "people": "人数",
    "unknown_age": "年齢が分からず数えない人",
    "within": "届く人",
    "beyond": "届かない人",
    "share_beyond": "届かない割合（％）",
    "resources": "区域内の活動の数",
    "approximate": "うちおよその位置",
    "visiting": "訪問して来るもの",
    "visited": "訪問の届く人",
    "uncounted": "場所や訪問先が分からず数えないもの",
    "nearest_median_m": "最寄りまでの距離・半数の人（m以内）",
    "nearest_p90_m": "最寄りまでの距離・9割の人（m以内）",
    "way": "測り方",
    "sentence": "説明",
}
_STANDARD_HEADINGS = {
    "system": "区分",
    "rank": "順位",
    "area_id": "区域番号",
    "area": "区域",
    "approximate_area": "区域の境界",
    "theme": "テーマ",
    "standard": "基準",
    "promise": "基準の中身",
    "met": "判定",
    "threshold": "基準の値",
    "value": "いまの値",
    "value_at_most": "時間の分からない所が開いているときの値",
    "audience_label": "数えた人",
    "people": "人数",
    "without": "届かない人・ない区域の人",
    "short": "満たすまであと",
    "resources": "区域内の活動の数",
    "uncounted": "場所や訪問先が分からず数えないもの",
    "unsuited": "対象の年齢が違い数えないもの",
    "nearest": "いちばん近い代わり",
    "nearest_m": "代わりまでの距離・半数の人（m以内）",
    "closed_days": "区域内で開かない曜日",
    "closed_days_unknown": "開くか分からない曜日",
    "measure": "数字",
    "kind": "数字の種類",
    "audience": "数字の対象",
    "slot": "数字の時間帯",
    "distance_m": "数字の距離（m）",
    "sureness": "数字の確かさ",
    "way": "測り方",
    "sentence": "説明",
}
# How sure a figure is, in words; nothing where it is sure.
SURENESS = {
    "sure": "",
    "rough": "およその位置・境界を含む",
    "unknown": "分からないものがあり、変わりうる",
    "few": "数が少なく、割合は目安",
    "no_data": "人口の資料なし",
}
_VERDICTS = {"met": "満たす", "unmet": "満たさない", "unknown": "分からない", "no_data": "判定なし"}
_COVERAGE_HEADINGS = {
    "system": "区分",
    "area_id": "区域番号",
    "area": "区域",
    "approximate_area": "区域の境界",
    "no_data": "人口の資料",
    "kind": "種類",
    "audience": "数えた人",
    "people": "人数",
    "unknown_age": "年齢が分からず数えない人",
    "resources": "区域内の活動の数",
    "approximate": "うちおよその位置",
    "visiting": "訪問して来るもの",
    "visited": "訪問の届く人",
    "uncounted": "場所や訪問先が分からず数えないもの",
    "per_1000": "千人あたりの数",
    "nearest_mean_m": "最寄りまでの距離・平均（m）",
    "nearest_median_m": "最寄りまでの距離・半数の人（m以内）",
    "nearest_p90_m": "最寄りまでの距離・9割の人（m以内）",
    "way": "測り方",
}
_BY_DISTANCE = {
    "within": "{metres}m以内の人",
    "share_within": "{metres}m以内の割合（％）",
    "beyond": "{metres}mを超える人",
}
# What is written where a column of yes and no says yes.
_YES = {"区域の境界": "およその形", "人口の資料": "なし"}
_DISTANCE = re.compile(r"(within|share_within|beyond)_([0-9.]+)m")


def write_gaps_csv(gaps: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write the ranked gaps for a spreadsheet: UTF-8 with a mark that Excel knows, Japanese headings, CRLF.

    Shares are percent with one decimal, distances whole metres. Text that a spreadsheet would run as a formula
    gets an apostrophe before it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> gaps = pd.DataFrame({"system": ["圏域"], "rank": [1], "area": ["=中央"], "share_beyond": [0.255]})
    >>> path = write_gaps_csv(gaps, Path(tempfile.mkdtemp()) / "gaps.csv")
    >>> path.read_text(encoding="utf-8-sig").splitlines()
    ['区分,順位,区域,届かない割合（％）', "圏域,1,'=中央,25.5"]
    """
    shown = [name for name in _GAP_HEADINGS if name in gaps]
    return _write(gaps[shown].rename(columns=_GAP_HEADINGS), path)


def write_standards_csv(judged: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write how every standard stands in every area for a spreadsheet, in the form of `write_gaps_csv`.

    Values stand in the unit of their measure: a share of 0.8 is 0.8. The columns that begin with 数字 are the key of
    the figure in the table of coverage.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> judged = pd.DataFrame({"area": ["中央"], "standard": ["サロンが近い"], "met": ["unmet"], "value": [0.755]})
    >>> path = write_standards_csv(judged, Path(tempfile.mkdtemp()) / "standards.csv")
    >>> path.read_text(encoding="utf-8-sig").splitlines()
    ['区域,基準,判定,いまの値', '中央,サロンが近い,満たさない,0.755']
    """
    shown = [name for name in _STANDARD_HEADINGS if name in judged]
    exact = [name for name in ("threshold", "value", "value_at_most") if name in judged]
    plain = {name: [_exactly(value) for value in judged[name]] for name in exact}
    words = {"sureness": judged["sureness"].map(SURENESS)} if "sureness" in judged else {}
    table = judged.assign(met=judged["met"].map(_VERDICTS), **words, **plain)
    return _write(table[shown].rename(columns=_STANDARD_HEADINGS), path)


def write_coverage_csv(coverage: pd.DataFrame, path: str | os.PathLike[str], *, catalog: Catalog) -> Path:
    """Write the main figures of every area and kind for a spreadsheet, in the form of `write_gaps_csv`.

    「人口の資料」 is 「なし」 for an area without any data of people: its 0 people are not nobody, but unknown.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.model.catalog import load_catalog
    >>> table = pd.DataFrame({"system": ["圏域"], "area": ["中央"], "kind": ["salon"], "audience": ["older"],
    ...     "audience_basis": ["everyone"], "people": [10], "within_300m": [4], "share_within_300m": [0.4]})
    >>> path = write_coverage_csv(table, Path(tempfile.mkdtemp()) / "coverage.csv", catalog=load_catalog())
    >>> path.read_text(encoding="utf-8-sig").splitlines()
    ['区分,区域,種類,数えた人,人数,300m以内の人,300m以内の割合（％）', '圏域,中央,サロン,住民全員,10,4,40.0']
    """
    labels = [catalog.kinds[kind].label("ja") for kind in coverage["kind"]]
    with speaking("ja"):
        counted = [
            who_is_counted(audience, basis, catalog, "ja")
            for audience, basis in zip(coverage["audience"], coverage["audience_basis"], strict=True)
        ]
    table = coverage.assign(kind=labels, audience=counted)
    shown = [name for name in table if name in _COVERAGE_HEADINGS or _DISTANCE.fullmatch(name)]
    return _write(table[shown].rename(columns=_coverage_heading), path)


def write_gaps_html(
    gaps: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    coverage: pd.DataFrame,
    catalog: Catalog,
    title: str,
    publisher: str = "",
    as_of: date | None = None,
    language: str = "ja",
    judged: pd.DataFrame | None = None,
    patches: pd.DataFrame | None = None,
) -> Path:
    """Write the gaps as one page that opens without a network: how to read it, a table per system, the sentences.

    Parameters
    ----------
    gaps
        The ranked gaps (`resourcemap.gaps`).
    path
        The file to write; it is replaced whole.
    coverage
        The figures that the gaps were found in (`resourcemap.coverage`).
    catalog
        The kinds and audiences with their labels.
    title, publisher, as_of
        What stands at the head of the page.
    language
        The language of the page and its labels; the sentences are Japanese.
    judged, patches
        How standards stand in every area, and where those live whom they leave out, when there are any.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.model.catalog import load_catalog
    >>> table = pd.DataFrame({"system": ["圏域"], "area_id": ["1"], "area": ["中央"], "kind": ["salon"],
    ...     "approximate_area": [False], "no_data": [False], "audience": ["older"],
    ...     "audience_basis": ["audience"], "people": [400], "beyond_500m": [100]})
    >>> path = Path(tempfile.mkdtemp()) / "gaps.html"
    >>> page = write_gaps_html(pd.DataFrame({"system": []}), path, coverage=table, catalog=load_catalog(), title="市")
    >>> "25%" in page.read_text(encoding="utf-8")
    True
    """
    with speaking(language if language.startswith("ja") else "en"):
        page = gap_page(
            gaps,
            coverage,
            catalog=catalog,
            title=as_text(title),
            publisher=as_text(publisher),
            as_of=as_of,
            language=language,
            judged=judged,
            patches=patches,
        )
    return write_text(path, page)


def _write(table: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    cells = pd.DataFrame(
        {heading: [as_cell(value, str(heading)) for value in table[heading]] for heading in table}, dtype=object
    )
    return write_text(path, cells.to_csv(index=False, lineterminator="\r\n"), encoding="utf-8-sig")


def as_cell(value: object, heading: str = "") -> str:
    """Write a value as the text of a cell that no spreadsheet runs as a formula.

    Examples
    --------
    >>> as_cell("=1+1"), as_cell(0.5, "割合（％）"), as_cell(None)
    ("'=1+1", '50.0', '')
    """
    if isinstance(value, (bool, np.bool_)):
        return _YES.get(heading, "") if value else ""
    if isinstance(value, str) and heading == "測り方":
        return way_of(value).label()
    if isinstance(value, str):
        return to_csv(as_text(value))
    if isinstance(value, float) and not math.isnan(value):
        return _number(value, heading)
    return as_text(value)


def _number(value: float, heading: str) -> str:
    """Write shares as percent, rates with two decimals, metres whole: rounded up where everyone must be within."""
    if "％" in heading:
        return f"{value * 100:.1f}"
    if "千人" in heading:
        return f"{value:.2f}"
    if "（m" in heading:  # to ten metres: finer ones would lead to a door
        return str(math.ceil(value / 10 - 1e-9) * 10 if "m以内" in heading else round(value / 10) * 10)
    return str(round(value))


def _exactly(value: float) -> str:
    """Write a value in its unit with up to four decimals."""
    return "" if math.isnan(value) else f"{value:.4f}".rstrip("0").rstrip(".")


def _coverage_heading(name: str) -> str:
    found = _DISTANCE.fullmatch(name)
    if found:
        return _BY_DISTANCE[found[1]].format(metres=found[2])
    return _COVERAGE_HEADINGS.get(name, name)
