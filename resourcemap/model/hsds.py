"""What the writer and the reader of Open Referral HSDS call alike: our columns that the standard has no field for.

They stand as attributes: a term of our own taxonomy, with the value beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TAXONOMY: Final = "resourcemap"
# A required field of the standard had to be filled where our row says nothing.
NOT_SAID: Final = "-"
# The code of each term, which is our column, and the heading below which it is read.
HEADINGS: Final[Mapping[str, str]] = {
    "resource_id": "resource_id",
    "activity_id": "activity_id",
    "kana": "ふりがな",
    "provider": "運営団体",
    "address": "住所",
    "place": "場所の形",
    "schedule": "開催日時",
    "capacity": "定員",
    "url": "ホームページ",
    "facilities": "設備",
    "languages": "対応言語",
    "verified_place": "場所の確認日",
    "verified_schedule": "日時の確認日",
    "verified_contact": "連絡先の確認日",
}
