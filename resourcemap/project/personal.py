"""What `check` says of rows that touch persons: homes, mobile numbers, e-mail addresses, names; and of consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.errors import first_five
from resourcemap.language import either
from resourcemap.model.consent import private_home
from resourcemap.model.consent.persons import is_person, without_email, without_mobile_numbers
from resourcemap.model.consent.reasons import permits
from resourcemap.model.consent.taking_out import NO_TEXTS
from resourcemap.model.tables import RESOURCES
from resourcemap.project.report import where_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from resourcemap.project.tables import Tables

_PUBLIC = tuple(column.name for column in RESOURCES if column.public and column.name not in NO_TEXTS)


def personal_notes(project: Tables) -> list[str]:
    r"""List which rows touch persons, a sentence each: what is not published, and the word that would allow it.

    Looked at are all rows, whether they have consent or not, and of the texts those that may be shown.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.language import speaking
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    >>> _ = (folder / "list.csv").write_text("名称,種類,会場\n本町,サロン,山田様方\n", encoding="utf-8")
    >>> with speaking("en"):
    ...     personal_notes(open_project(folder))[0][:49]
    '1 rows seem to point to private homes (list.csv 2'
    """
    resources = project.rows
    covered = permits(resources)
    provider = resources["provider"].map(lambda name: isinstance(name, str) and is_person(name)).astype(bool)
    found = {
        "home": private_home(resources),
        "mobile": _says(resources, without_mobile_numbers),
        "email": _says(resources, without_email),
        "person": provider,
    }
    notes = [_note(resources, rows & ~_allowed(covered, word), *_OF_PERSONS[word]) for word, rows in found.items()]
    return [note for note in (*notes, _note(resources, covered.isna(), *_UNREAD)) if note]


def _note(resources: pd.DataFrame, rows: pd.Series, ja: str, en: str) -> str:
    found = resources[rows]
    if found.empty:
        return ""
    named = {"n": len(found), "rows": first_five(where_of(found))}
    return either(ja=ja.format(**named), en=en.format(**named))


def _allowed(covered: pd.Series, word: str) -> pd.Series:
    return covered.map(lambda permit: permit is not None and word in permit.by_word).astype(bool)


def _says(resources: pd.DataFrame, rewrite: Callable[[str], str | None]) -> pd.Series:
    """Tell which rows have something in a public text that `rewrite` takes out."""
    found = pd.Series(False, index=resources.index)
    for column in _PUBLIC:
        if column in resources:
            cells = resources[column]
            texts = [text for text in cells.unique() if isinstance(text, str) and rewrite(text) != text]
            found |= cells.isin(texts)
    return found


_OF_PERSONS = {
    "home": (
        "個人宅（様方・宅など）と思われる行が{n}行あります（{rows}）。「公開する項目」に「個人宅も可」とない行は出しません。",
        "{n} rows seem to point to private homes ({rows}). Kept inside, unless their fields of consent name 個人宅.",
    ),
    "mobile": (
        "携帯電話の番号が{n}行にあります（{rows}）。「公開する項目」に「携帯も可」とない行は、番号を伏せます。",
        "{n} rows have mobile numbers ({rows}). Taken out, unless the row's fields of consent name 携帯.",
    ),
    "email": (
        "公開する欄にメールアドレスのある行が{n}行あります（{rows}）。「公開する項目」に「メールも可」とない行は伏せます。",
        "{n} rows show e-mail addresses ({rows}). Taken out, unless their fields of consent name メール.",
    ),
    "person": (
        "運営の欄が個人の氏名と思われる行が{n}行あります（{rows}）。「公開する項目」に「氏名も可」とない行は伏せます。",
        "{n} providers look like people ({rows}). Names are taken out, unless the row's fields of consent name 氏名.",
    ),
}
_UNREAD = (
    "「公開する項目」が読めない行が{n}行あります（{rows}）。公開しません。「名称・日時のみ」「電話以外」のように書いてください。",
    "{n} rows have fields of consent that are not understood ({rows}). Not published. Write such as 電話以外.",
)
