"""What can go wrong, said so that a person can mend it.

A message says where, what, which (the first five, then a count) and what to do.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHOWN = 5


class ResourceMapError(Exception):
    """Base of every error that resourcemap raises on purpose."""


class InputError(ResourceMapError, ValueError):
    """A file or a table has a fault that only a person can mend.

    Parameters
    ----------
    faults
        One message per fault; all of them are gathered before the error is raised.
    """

    def __init__(self, faults: str | Sequence[str]) -> None:
        self.faults: tuple[str, ...] = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__("\n".join(self.faults))


class ProjectError(InputError):
    """resourcemap.toml is missing, or asks for something that does not exist."""


class QuestionError(InputError):
    """What was asked makes no sense: the words and numbers of the question, not the data."""


class CRSError(ResourceMapError, ValueError):
    """A table has no coordinate reference system, or metres were asked of degrees."""


class ReleaseError(ResourceMapError, TypeError):
    """Something was to be published that did not pass the gate."""


def first_five(items: Iterable[object]) -> str:
    """Write the first five items and how many more there are.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     first_five([3, 7, 9]), first_five(range(8))
    ('3, 7, 9', '0, 1, 2, 3, 4 and 3 more')
    """
    words = [str(item) for item in items]
    shown, rest = words[:SHOWN], len(words) - SHOWN
    if rest <= 0:
        return either(ja="、".join(shown), en=", ".join(shown))
    return either(ja=f"{'、'.join(shown)} ほか{rest}件", en=f"{', '.join(shown)} and {rest} more")


def unknown(where: str, word: object, known: Iterable[str], *, meant: str | None = None) -> str:
    """Say that a word is not known, which one was probably meant, and which there are.

    Parameters
    ----------
    where
        The file and the entry.
    word
        What was written.
    known
        The words that will do.
    meant
        The known one that the word stands for in everyday language; the most similar one when not given.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     unknown("[list] system", "norht", ["north", "south"])
    '[list] system: there is no norht. Did you mean north? Known: north, south.'
    """
    names = list(known)
    near = meant if meant in names else next(iter(difflib.get_close_matches(str(word), names, n=1)), None)
    hint_ja, hint_en = (f"もしかして {near} ですか。", f" Did you mean {near}?") if near else ("", "")
    return either(
        ja=f"{where}: 「{word}」はありません。{hint_ja}使えるのは {'、'.join(names)} です。",
        en=f"{where}: there is no {word}.{hint_en} Known: {', '.join(names)}.",
    )
