"""Why a row was left aside, in words for people."""

from __future__ import annotations

from resourcemap.language import either


def in_words(reason: str) -> str:
    """Say a reason of `not_counted`, `locate` or `release` in the language of the user.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("ja"):
    ...     in_words("suspended")
    '休止中のため数えていません'
    """
    ja, en = _WORDS[reason]
    return either(ja=ja, en=en)


_WORDS = {
    "not_found": ("住所が住所一覧に見つかりません", "the address is not in the gazetteer"),
    "ambiguous": ("住所に当てはまる場所が2つ以上あります", "the address fits more than one place"),
    "city": ("住所が市区町村までしか書かれていません", "the address names only the city"),
    "too_rough": (
        "町名までで丁目が分からず、500mより大きくずれるおそれがあるため数えていません",
        "known only to a town of several blocks, perhaps over 500 m off, so not counted",
    ),
    "no_address": ("住所も位置もありません", "neither an address nor a position"),
    "no_place": ("電話・オンラインなど、場所がありません", "has no place (telephone, online)"),
    "visits": ("訪問・配達で届くため、場所はありません", "comes to people, so has no place"),
    "serves_nowhere": ("訪問先の地域（対象地域）が書かれていません", "does not say whom it visits (served area)"),
    "no_area": ("どの区域にも入っていません", "lies in none of the areas"),
    "suspended": ("休止中のため数えていません", "suspended, so not counted"),
    "ended": ("終了しているため除きました", "has ended"),
    "over": ("開催期間が過ぎています", "its dates are over"),
    "not_yet": ("開催期間がまだ来ていません", "its dates have not begun"),
    "no_consent": ("公開の承諾がありません", "no consent to publish"),
    "unclear_consent": ("承諾の欄のことばが読めません", "the word of consent is not understood"),
    "refused": ("公開しないように書かれています", "a remark says not to publish it"),
    "no_name": ("名称が個人の電話番号などだけです", "its name is a personal number and nothing else"),
    "other_channel": (
        "承諾はありますが、この出し先は含まれていません",
        "consent was given, but not for this output",
    ),
    "private_home": ("個人宅と思われるため公開しません（様方・宅など）", "points to a private home"),
}
