"""What the cells of consent columns say, alone and together."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from resourcemap.model.consent.words import plain, words

if TYPE_CHECKING:
    from collections.abc import Sequence

CHANNELS: Final = ("internal", "partners", "list", "map", "paper", "open_data")
PUBLIC: Final = ("list", "map", "paper")

_ONLY = re.compile(r"(のみ|だけ)(可|公開可|掲載可)?$|(公開可|掲載可|掲載|可)$")
_BRACKETS = re.compile(r"(.+?)\s*\((.+)\)")
_DATE = re.compile(
    r"(?:令和|平成|r|h)?\s*[\d元]{1,4}[年./-]\s*\d{1,2}(?:[月./-](?:\s*\d{1,2}日?)?)?(?:付け?|受領|取得)?"
)
_EMPTY = frozenset({"", "×", "無", "なし", "無し", "いいえ", "no", "n", "0", "false"})
_APART = re.compile(r"[・、,/;]|と")


def channels_of(consent: object) -> tuple[str, ...]:
    """Read the words of a consent cell as the channels they allow.

    A plain yes (有, 済, ○, 可 ...) allows list, map and paper; partners and open data must be named. A word
    that is not understood allows nothing.

    Examples
    --------
    >>> channels_of("○"), channels_of("紙面のみ"), channels_of("一覧・地図"), channels_of("確認中")
    (('list', 'map', 'paper'), ('paper',), ('list', 'map'), ())
    >>> channels_of("有（令和6年4月1日）"), channels_of("有（HP・紙）")
    (('list', 'map', 'paper'), ('map', 'paper'))
    """
    if not isinstance(consent, str):
        return PUBLIC if consent is True else ()
    return _channels(_folded(consent)) or ()


def is_understood(consent: object) -> bool:
    """Tell whether a consent cell is blank or a word we know: yes, no, not yet, or the names of channels.

    Examples
    --------
    >>> is_understood("はい"), is_understood("確認中"), is_understood("△")
    (True, True, False)
    """
    if not isinstance(consent, str):
        return True
    text = _folded(consent)
    return not text.strip("-‐–—−ー・*") or _channels(text) is not None or text in _no() or text in _pending()


def is_refusal(consent: object) -> bool:
    """Tell whether a consent cell says no in so many words.

    Examples
    --------
    >>> is_refusal("公開不可"), is_refusal("確認中"), is_refusal("")
    (True, False, False)
    """
    return isinstance(consent, str) and _folded(consent) in _no()


def has_no_limit(text: str) -> bool:
    """Tell whether a cell of how long consent holds says that it holds until somebody takes it back.

    Examples
    --------
    >>> has_no_limit("期限なし"), has_no_limit("次年度まで")
    (True, False)
    """
    return _folded(text).strip("-‐–—−ー") in {"", *map(plain, words()["limit"]["none"])}


def is_consent_heading(heading: str) -> bool:
    """Tell whether a heading asks for consent, or for its refusal.

    Examples
    --------
    >>> is_consent_heading("公表の可否"), is_consent_heading("非公開"), is_consent_heading("公開講座")
    (True, True, False)
    """
    text = _bare(heading)
    return bool(_pattern("consent").fullmatch(text) or _pattern("refusal").fullmatch(text))


def is_near_consent(heading: str) -> bool:
    """Tell whether a heading has to do with consent, so that a clear no below it must be heard.

    Examples
    --------
    >>> is_near_consent("地域の方への公開について"), is_near_consent("備考")
    (True, False)
    """
    return bool(_pattern("near").search(plain(heading).lower()))


def field_of_heading(heading: str) -> str | None:
    """Return the group of fields (`resourcemap.model.consent.fields.GROUPS`) that a heading asks consent for, if any.

    Examples
    --------
    >>> field_of_heading("電話の公開可否"), field_of_heading("住所（公開可否）"), field_of_heading("HP掲載")
    ('phone', 'place', None)
    """
    text = "".join(plain(heading).lower().split())
    found = _pattern("field").fullmatch(text)
    if not found or _spoken_of(heading):
        return None
    return next((name for name, spellings in words()["fields"].items() if found["field"] in spellings), None)


def agreed(
    cells: Sequence[tuple[str, str | None]], near: Sequence[tuple[str, str | None]] = ()
) -> tuple[tuple[str, ...], str | None]:
    """Read all that one row says of consent: every general column must allow a channel, and none may refuse it.

    A column whose heading names channels (HP掲載) speaks of those alone.

    Parameters
    ----------
    cells
        Heading and text of each consent column.
    near
        Heading and text of cells below headings that only have to do with consent: a clear no in one refuses
        everything, and below a heading that asks (公開についての意向) any no, or none yet.

    Returns
    -------
    tuple
        The channels, and the words that decided.

    Examples
    --------
    >>> agreed([("承諾書", "有"), ("公開可否", "否")])
    ((), '否')
    >>> agreed([("承諾", "有"), ("HP掲載", "否"), ("紙面掲載", "可")])
    (('paper',), '有')
    """
    refused = next((cell for heading, cell in near if cell and _refuses(heading, cell)), None)
    refused = refused or next(
        (cell for heading, cell in cells if _pattern("refusal").fullmatch(_bare(heading)) and _is_filled(cell)), None
    )
    if refused:
        return (), refused if is_refusal(refused) else "不可"
    asked = [(heading, cell) for heading, cell in cells if not _pattern("refusal").fullmatch(_bare(heading))]
    general = [cell for heading, cell in asked if not _spoken_of(heading)]
    special = [(spoken, cell) for heading, cell in asked if (spoken := _spoken_of(heading))]
    allowed = set(channels_of(general[0])) if general else {name for (allows, _), _ in special for name in allows}
    for cell in general:
        allowed &= set(channels_of(cell))
    for (allows, refuses), cell in special:
        allowed -= set(refuses if is_refusal(cell) else () if channels_of(cell) else allows)
    return tuple(name for name in CHANNELS if name in allowed), _deciding(general or [cell for _, cell in special])


def _refuses(heading: str, cell: str) -> bool:
    text = _folded(cell)
    asks = _pattern("asks").search(plain(heading).lower())
    return bool(_pattern("clear_no").search(text)) or bool(asks and (text in _no() or text in _pending()))


def _deciding(cells: Sequence[str | None]) -> str | None:
    """Choose the cell that says least: a no, then what is not understood, then a blank, then the narrowest yes."""

    def strictness(cell: str | None) -> tuple[int, int]:
        kind = 0 if is_refusal(cell) else 1 if not is_understood(cell) else 2
        return kind, len(channels_of(cell))

    return min(cells, key=strictness, default=None)


def _channels(text: str) -> tuple[str, ...] | None:
    """Return the channels a folded text allows; nothing when it is no yes."""
    if text in _yes():
        return PUBLIC
    if (found := _BRACKETS.fullmatch(text)) and found[1] in _yes():
        return PUBLIC if _DATE.fullmatch(found[2].strip()) else _named(found[2])
    return _named(text)


def _named(text: str) -> tuple[str, ...] | None:
    known = {word: name for name, spellings in words()["answers"]["channels"].items() for word in spellings}
    parts = [_ONLY.sub("", part.strip()) for part in _APART.split(text)]
    if any(part not in known for part in parts):
        return None
    return tuple(channel for channel in CHANNELS if channel in {known[part] for part in parts})


@cache
def _spoken_of(heading: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the channels that a heading names: those that its yes allows, and those that its no refuses."""
    found = [each for each in words()["headings"]["channels"] if re.search(each["words"], plain(heading).lower())]
    if not found:
        return None
    allows, refuses = (tuple(name for each in found for name in each[key]) for key in ("allows", "refuses"))
    return allows, refuses


def _is_filled(cell: str | None) -> bool:
    return _folded(cell or "").strip("-‐–—−ー・*") not in _EMPTY


def _folded(text: str) -> str:
    return " ".join(plain(text).split()).lower().rstrip("。.")


def _bare(heading: str) -> str:
    return re.sub(r"\s|\([^()]*\)|\[[^\]]*\]|【[^】]*】|[※*:]", "", plain(heading)).lower()


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(words()["headings"][name])


@cache
def _yes() -> frozenset[str]:
    return frozenset(plain(word) for word in words()["answers"]["yes"])


@cache
def _no() -> frozenset[str]:
    return frozenset(plain(word) for word in words()["answers"]["no"])


@cache
def _pending() -> frozenset[str]:
    return frozenset(plain(word) for word in words()["answers"]["pending"])
