"""What is said of open data as a whole: whose it is, of which day, under which licence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from resourcemap.publish.escape import web_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# What publishers call a licence, its name in catalogues of open data, and where its text is.
_LICENCES: Final[Mapping[str, tuple[str, str]]] = {
    "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC BY 2.1 JP": ("CC-BY-2.1-JP", "https://creativecommons.org/licenses/by/2.1/jp/"),
    "CC BY-SA 4.0": ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0 1.0": ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL 1.0": ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}


@dataclass(frozen=True)
class About:
    """What is said of a set of open data.

    Parameters
    ----------
    title
        What it is called.
    publisher
        Who publishes it.
    as_of
        The day of which it tells.
    credit
        Whom users must name.
    licence
        What the publisher permits, such as ``CC BY 4.0``, or the address of such a text; blank when nothing was
        decided, and then nothing is said.
    language
        The language of its texts.
    prefecture, city
        Whose resources they are.
    code
        全国地方公共団体コード of the city, with its check digit.
    """

    title: str = ""
    publisher: str = ""
    as_of: date | None = None
    credit: str = ""
    licence: str = ""
    language: str = "ja"
    prefecture: str = ""
    city: str = ""
    code: str = ""

    @property
    def licence_id(self) -> str:
        """The name of the licence in catalogues of open data; ``other`` when it is none that is known.

        Examples
        --------
        >>> About(licence="CC BY 4.0").licence_id, About(licence="みほん市利用規約").licence_id, About().licence_id
        ('CC-BY-4.0', 'other', '')
        """
        return _LICENCES.get(self.licence, ("other", ""))[0] if self.licence else ""

    @property
    def licence_address(self) -> str:
        """Where the text of the licence is, when that is known.

        Examples
        --------
        >>> About(licence="CC0 1.0").licence_address
        'https://creativecommons.org/publicdomain/zero/1.0/'
        """
        known = _LICENCES.get(self.licence)
        return known[1] if known else web_address(self.licence) or ""

    @property
    def day(self) -> str:
        """The day of which it tells, as ISO 8601 writes it."""
        return self.as_of.isoformat() if self.as_of else ""

    @property
    def members(self) -> dict[str, str]:
        """What is said of the whole, as members of a JSON object; nothing of what is not known.

        Examples
        --------
        >>> About("みほん市", licence="みほん市利用規約").members
        {'title': 'みほん市', 'license': 'みほん市利用規約'}
        """
        said = {
            "title": self.title,
            "publisher": self.publisher,
            "date": self.day,
            "license": self.licence,
            "license_url": self.licence_address,
            "attribution": self.credit,
        }
        return {name: text for name, text in said.items() if text}
