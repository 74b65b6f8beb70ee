"""Why a row was left aside, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.language import either
from resourcemap.project.report import LeftAside

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


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


def aside(
    step: str, rows: gpd.GeoDataFrame, reasons: pd.Series, *, notes: pd.Series | None = None
) -> tuple[LeftAside, ...]:
    """List rows that a step left aside, each with its reason in words."""
    words = [in_words(reason) for reason in reasons]
    hints = [note if isinstance(note, str) else "" for note in notes] if notes is not None else [""] * len(rows)
    return tuple(
        LeftAside(step, str(file), str(sheet or ""), int(row), "", hint, word)
        for file, sheet, row, hint, word in zip(
            rows["source_file"], rows["source_sheet"], rows["source_row"], hints, words, strict=True
        )
    )


def resources_in(resources: gpd.GeoDataFrame) -> dict[str, int]:
    """Count the resources that went into a step."""
    return {either(ja="資源", en="resources"): len(resources)}


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
    "off_streets": ("道から離れすぎているため、届く人の計算に入りません", "too far from any street to be reached"),
    "no_area": ("どの区域にも入っていません", "lies in none of the areas"),
    "suspended": ("休止中のため数えていません", "suspended, so not counted"),
    "ended": ("終了しているため除きました", "has ended"),
    "over": ("開催期間が過ぎています", "its dates are over"),
    "not_yet": ("開催期間がまだ来ていません", "its dates have not begun"),
    "not_meeting": ("休止中のため予定がありません", "suspended, so without dates"),
    "no_schedule": ("開催日時が書かれていません", "no days are written"),
    "not_understood": ("開催日時が読み取れません", "the days are not understood"),
    "irregular": ("決まった日がありません（不定期など）", "has no fixed days"),
    "none_in_period": ("この期間に開かれる日がありません", "has no day in this time"),
    "no_consent": ("公開の承諾がありません", "no consent to publish"),
    "unclear_consent": ("承諾の欄のことばが読めません", "the word of consent is not understood"),
    "unclear_fields": ("公開する項目の欄のことばが読めません", "the fields that may be shown are not understood"),
    "consent_over": ("承諾の期限が過ぎています", "the consent is over"),
    "consent_not_yet": ("承諾日がまだ来ていません", "the day of the consent has not come"),
    "place_withheld": ("場所の公開の承諾がありません", "no consent to show the place"),
    "refused": ("公開しないように書かれています", "a remark says not to publish it"),
    "no_name": ("名称が個人の電話番号などだけです", "its name is a personal number and nothing else"),
    "other_channel": (
        "承諾はありますが、この出し先は含まれていません",
        "consent was given, but not for this output",
    ),
    "private_home": ("個人宅と思われるため公開しません（様方・宅など）", "points to a private home"),
}
