"""People of some ages, as an audience: 75歳以上, 0〜14歳."""

from __future__ import annotations

import re
import unicodedata

from resourcemap.model.catalog import Audience, Catalog

_FROM = re.compile(r"(\d{1,3})\s*(?:歳|才)?\s*(?:以上|\+|and over|or over)")
_BETWEEN = re.compile(r"(\d{1,3})\s*(?:歳|才)?\s*(?:から|to|[-~〜～–])\s*(\d{1,3})\s*(?:歳|才)?(?:まで)?")
_UNDER = re.compile(r"(\d{1,3})\s*(?:歳|才)?\s*未満|under\s+(\d{1,3})")
_UP_TO = re.compile(r"(\d{1,3})\s*(?:歳|才)?\s*(?:以下|まで)")


def audience_of_ages(text: str) -> Audience | None:
    """Read ages as people write them; nothing when the text says more, or something else.

    Examples
    --------
    >>> over, children = audience_of_ages("75歳以上"), audience_of_ages("6〜11歳")
    >>> over.id, over.ages("ja"), children.ages("en"), audience_of_ages("高齢者")
    ('age_75_over', '75歳以上', 'aged 6 to 11', None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if found := _FROM.fullmatch(plain):
        return _audience(int(found[1]), None)
    if found := _BETWEEN.fullmatch(plain):
        first, last = int(found[1]), int(found[2])
        return _audience(first, last) if first <= last else None
    if found := _UNDER.fullmatch(plain):
        below = int(found[1] or found[2])
        return _audience(0, below - 1) if below else None
    if found := _UP_TO.fullmatch(plain):
        return _audience(0, int(found[1]))
    return None


def audience_named(text: str, catalog: Catalog) -> Audience | None:
    """Return the audience of an id, of ages, or of an everyday word; ages are taken as they are written.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> [audience_named(text, load_catalog()).id for text in ("older", "75歳以上", "高齢の方")]
    ['older', 'age_75_over', 'older']
    """
    if text in catalog.audiences:
        return catalog.audiences[text]
    ages = audience_of_ages(text)
    if ages is not None:
        same = [each for each in catalog.audiences.values() if _bounds(each) == _bounds(ages)]
        return same[0] if same else ages
    found = catalog.audiences_of(text)
    return catalog.audiences[found[0]] if found else None


def _audience(first: int, last: int | None) -> Audience:
    plain = Audience("", {}, age_from=first, age_to=last, synonyms=())
    labels = {language: plain.ages(language) for language in ("ja", "en")}
    return Audience(f"age_{first}_{'over' if last is None else last}", labels, first, last, ())


def _bounds(audience: Audience) -> tuple[int | None, int | None]:
    return audience.age_from, audience.age_to
