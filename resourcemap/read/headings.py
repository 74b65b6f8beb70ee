"""Which heading is which of our columns, and in which row the headings stand."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from resourcemap.errors import InputError, first_five
from resourcemap.language import either
from resourcemap.model.tables import RESOURCES
from resourcemap.read.cells import clean, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resourcemap.read.grid import Grid

LOOKED_AT = 30
_LIKELY_ROW = 2
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]|【[^】]*】|〔[^〕]*〕")
_SHORTEST = 2
# Words of a heading that do not change whose it is.
_WORDS = (
    r"主な|おもな|会場|施設|場所|活動|開催|実施|開設|サロン|教室|店舗?|食堂|拠点|ひろば|広場|窓口|居場所|資源|イベント|催し|行事"
    r"|サービス|利用|参加|予定|現在|基本|最新|登録|掲載|の|と|・|等|など|情報|詳細|について|欄|正式|とな|る方|ください|[\d_/|]"
)
_FILLER = re.compile(f"(?:{_WORDS})*")
_CONTACT_FILLER = re.compile(f"(?:{_WORDS}|お?問い?合わ?せ先?|お?申し?込み?先?)*")
_MARKS = re.compile(r"[:：*＊※◎●■□]|必須$|^必須")


@cache
def known_headings(section: str) -> Mapping[str, tuple[str, ...]]:
    """Return the folded headings known for each column of a section of columns.toml, best first.

    Examples
    --------
    >>> known_headings("resources")["capacity"][:2]
    ('定員', '定員数')
    """
    content = tomllib.loads(files("resourcemap.read").joinpath("columns.toml").read_text(encoding="utf-8"))
    known = {name: [fold(word) for word in words] for name, words in content[section].items()}
    if section == "resources":
        for column in RESOURCES:
            if column.name in known:
                known[column.name] += [fold(column.ja), fold(column.en), fold(column.name)]
    return {name: tuple(dict.fromkeys(words)) for name, words in known.items()}


def match_headings(headings: Sequence[str], section: str, columns: Mapping[str, str] | None = None) -> dict[str, int]:
    """Say at which position each of our columns stands in a row of headings.

    What `columns` names is taken as said; for the rest, columns choose in the order of columns.toml, and no
    heading is taken twice.

    Examples
    --------
    >>> match_headings(["施設名", "会場", "電話（代表）", "色"], "resources")
    {'name': 0, 'venue': 1, 'phone': 2}
    """
    whole, bare = _positions([fold(text) for text in headings]), _positions([bare_heading(text) for text in headings])
    found: dict[str, int] = {}
    for name, heading in (columns or {}).items():
        if (position := whole.get(fold(heading))) is not None:
            found[name] = position
    used = set(found.values())
    for positions in (whole, bare):
        for name, words in known_headings(section).items():
            if name in found:
                continue
            free = (positions[word] for word in words if word in positions and positions[word] not in used)
            if (position := next(free, None)) is not None:
                found[name] = position
                used.add(position)
    return dict(sorted(found.items(), key=lambda item: item[1]))


def heading_row(
    grid: Grid, section: str, *, needs: Sequence[str], columns: Mapping[str, str] | None = None
) -> tuple[int | None, int]:
    """Find the row of headings: among the first rows, the one with most known headings.

    Parameters
    ----------
    grid
        The sheet.
    section
        The section of columns.toml.
    needs
        Columns of ours of which the row must have one.
    columns
        Headings the user named.

    Returns
    -------
    tuple
        Its position from 0 and how many columns it has, or ``None`` and 0.

    Examples
    --------
    >>> from resourcemap.read.grid import Grid
    >>> heading_row(Grid("a.csv", None, [["一覧"], [], ["名称", "住所"], ["A", "B"]]), "resources", needs=["name"])
    (2, 2)
    """
    best, most = None, 0
    for position, row in enumerate(grid.rows[:LOOKED_AT]):
        found = match_headings(row, section, columns)
        if len(found) > most and any(name in found for name in needs):
            best, most = position, len(found)
    if best is None and section == "resources":
        return _likely_row(grid, needs, columns)
    return best, most


def _likely_row(grid: Grid, needs: Sequence[str], columns: Mapping[str, str] | None) -> tuple[int | None, int]:
    """Find a row with known headings of which none is needed, and one heading that is likely to be."""
    best, most = None, _LIKELY_ROW - 1
    for position, row in enumerate(grid.rows[:LOOKED_AT]):
        found = match_headings(row, "resources", columns)
        if len(found) <= most:
            continue
        free = [text for place, text in enumerate(row) if place not in found.values()]
        if any(likeness(text, name) for name in needs for text in free):
            best, most = position, len(found)
    return best, most if best is not None else 0


def heading_faults(grid: Grid, headings: Sequence[str], columns: Mapping[str, str] | None) -> list[str]:
    """Name the headings that the user named and the file does not have.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> from resourcemap.read.grid import Grid
    >>> with speaking("en"):
    ...     heading_faults(Grid("a.csv", None, []), ["名称", "住所"], {"name": "名前"})
    ["a.csv: there is no column '名前' (wanted as name). It has 名称, 住所."]
    """
    there = {fold(text) for text in headings}
    shown = [" ".join(clean(text).split()) for text in headings if text.strip()]
    faults = []
    for name, heading in (columns or {}).items():
        if fold(heading) in there:
            continue
        close = get_close_matches(heading, shown, n=1)
        hint = either(ja=f"「{close[0]}」のことですか。", en=f"Did you mean {close[0]!r}? ") if close else ""
        faults.append(
            either(
                ja=f"{grid.where}: 列「{heading}」（{name} として指定）がありません。{hint}"
                f"ある列は {'、'.join(shown)} です。",
                en=f"{grid.where}: there is no column {heading!r} (wanted as {name}). {hint}It has {', '.join(shown)}.",
            )
        )
    return faults


def check_column_names(columns: Mapping[str, str] | None, section: str) -> None:
    """Raise `InputError` when a user's `columns` names a column that is none of ours.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     check_column_names({"blok": "町名"}, "people")
    Traceback (most recent call last):
    resourcemap.errors.InputError: columns: there is no 'blok'. Did you mean 'block'? Known: block_id, block,
    total, city.
    """
    known = list(known_headings(section))
    faults = []
    for name in columns or {}:
        if name in known:
            continue
        close = get_close_matches(name, known, n=1)
        hint = either(ja=f"{close[0]} のことですか。", en=f"Did you mean {close[0]!r}? ") if close else ""
        faults.append(
            either(
                ja=f"columns: {name!r} という項目はありません。{hint}使えるのは {', '.join(known)} です。",
                en=f"columns: there is no {name!r}. {hint}Known: {', '.join(known)}.",
            )
        )
    if faults:
        raise InputError(faults)


def bare_heading(text: str) -> str:
    """Fold a heading without what stands in brackets and without marks.

    Examples
    --------
    >>> bare_heading("電話 ※（代表）")
    '電話'
    """
    return _MARKS.sub("", _BRACKETS.sub("", fold(text)))


def likeness(heading: str, name: str) -> float:
    """Say how much of a heading is a known heading of one of our columns, when the rest says nothing by itself.

    ``0.0`` when there is no known one in it, or when the rest says something: the telephone number of a
    chairperson is not that of a salon.

    Examples
    --------
    >>> likeness("主な開催日時", "schedule"), likeness("会長の電話番号", "phone")
    (0.6666666666666666, 0.0)
    """
    text = bare_heading(heading)
    filler = _CONTACT_FILLER if name in ("phone", "email", "url") else _FILLER
    shares = [
        len(word) / len(text)
        for word in known_headings("resources")[name]
        if len(word) >= _SHORTEST
        and not word.isascii()
        and word in text
        and filler.fullmatch(text.replace(word, "", 1))
    ]
    return max(shares, default=0.0)


def headings_seen(grid: Grid) -> str:
    """Show what stands in the row that looks most like headings, for a message.

    Examples
    --------
    >>> from resourcemap.read.grid import Grid
    >>> headings_seen(Grid("a.csv", None, [["表"], ["A"], ["B", "C"]])).count("B")
    1
    """
    rows = [[clean(text) for text in row if text.strip()] for row in grid.rows[:LOOKED_AT]]
    longest = max(rows, key=len, default=[])
    return first_five(longest)


def _positions(words: Sequence[str]) -> dict[str, int]:
    """Give each word its first position."""
    found: dict[str, int] = {}
    for position, word in enumerate(words):
        if word:
            found.setdefault(word, position)
    return found
