"""The form of the worksheet of a round: which columns it has, below which headings, and what may be answered.

One module writes such files and another reads them back; both go by this one. Headings and words are Japanese,
whatever language the messages are in: they are the form itself.

The sheet `SHEET` is for people: titles, then the headings in row `HEADING_ROW`, then a row for each resource. The
sheet `ORIGINALS`, which Excel does not offer to show, holds in A1 the word `VERSION`, a blank and the title of the
project; the headings in row 2; and from row 3 on the same rows in the same order, each cell just as it was written
into `SHEET`. Before them it has the three columns `WHERE`. A cell that differs between the two was filled in by
somebody; `carried` says how the text of a source is written into both.
"""

from __future__ import annotations

from typing import Final

from resourcemap.model.tables import RESOURCES
from resourcemap.plain import visible

SHEET: Final = "確認"
ORIGINALS: Final = "元の値"
CHOICES: Final = "選択肢"
VERSION: Final = "resourcemap-worksheet-1"
HEADING_ROW: Final = 4

# The first column, by which a row is found again, and the columns that are no columns of the sources.
ID: Final = "resource_id"
WHY: Final = "確かめるわけ"
NOTE: Final = "変わったこと・メモ"
WHERE: Final = ("ファイル", "シート", "行")

# Parts of a schedule and of an address that some files have in columns of their own (read/columns.toml).
PARTS: Final = {
    "days": "開催曜日",
    "start": "開始時間",
    "end": "終了時間",
    "schedule_note": "日時の備考",
    "prefecture": "都道府県",
    "city": "市区町村",
    "address_rest": "番地",
    "building": "方書・建物",
}

# What is answered in every round, in the order of the sheet; the first four stand there even if no file has them.
ALWAYS: Final = ("verified_on", "verified_by", "consent", "consent_on")
ANSWERS: Final = (
    *ALWAYS,
    *("consent_by", "consent_until", "consent_form", "consent_fields"),
    *("verified_place", "verified_schedule", "verified_contact", "csw"),
)
# What is looked through, the most important first; only columns that a source of the sheet has are there.
FIELDS: Final = (
    *("name", "kind", "status", "venue", "prefecture", "city", "address", "address_rest", "building"),
    *("schedule", "days", "start", "end", "schedule_note", "phone"),
    *("kana", "provider", "place", "serves", "audience_text", "capacity", "cost", "how_to_join", "url", "description"),
    *("facilities", "languages", "valid_from", "valid_to", "contact", "email", "notes"),
)
DATES: Final = (
    *("verified_on", "verified_place", "verified_schedule", "verified_contact"),
    *("consent_on", "consent_until", "valid_from", "valid_to"),
)
# Words that may be chosen; `resourcemap.model.consent` and the reader of states understand every one.
CONSENTS: Final = ("有", "無", "確認中", "一覧のみ", "地図のみ", "紙面のみ")
STATUSES: Final = ("活動中", "休止中", "終了")

# What a cell of a spreadsheet holds.
LONGEST: Final = 32_767

_LABELS = {column.name: column.ja for column in RESOURCES} | PARTS
_NAMES = {label: name for name, label in _LABELS.items()}


def heading(name: str) -> str:
    """Return the heading of one of our columns, or of a part.

    Examples
    --------
    >>> heading("resource_id"), heading("verified_on"), heading("days")
    ('番号', '最終確認日', '開催曜日')
    """
    return _LABELS[name]


def name_below(text: str) -> str | None:
    """Return which column of ours, or which part, stands below a heading of the sheet; nothing for other headings.

    Examples
    --------
    >>> name_below("電話"), name_below(WHY) is None
    ('phone', True)
    """
    return _NAMES.get(text)


def carried(text: str) -> str:
    r"""Return the text of a source as it is written into both sheets.

    Ends of lines become one character, what nobody can see is left out, and what is longer than a cell is cut. Blanks
    at both ends stay.

    Examples
    --------
    >>> carried(" ０３－１２\r\n内線\x0b1 ")
    ' ０３－１２\n内線1 '
    """
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
