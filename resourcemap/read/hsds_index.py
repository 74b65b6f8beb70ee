"""The rows of a package of Open Referral, found by what they hang on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = dict[str, str]


class Index:
    """The tables of a package; what is asked once is known from then on.

    Parameters
    ----------
    package
        The rows of each table. They must not change after the first question.

    Examples
    --------
    >>> index = Index({"phone": [{"id": "p", "service_id": "s"}, {"id": "q"}]})
    >>> index.at("phone", "service_id", "s"), index.at("phone", "service_id", ""), index.by_id("phone")["q"]
    ([{'id': 'p', 'service_id': 's'}], [{'id': 'q'}], {'id': 'q'})
    """

    def __init__(self, package: Mapping[str, Sequence[Row]]) -> None:
        self._package = package
        self._at: dict[tuple[str, str], dict[str, list[Row]]] = {}
        self._by_id: dict[str, dict[str, Row]] = {}

    def at(self, table: str, field: str, value: str) -> list[Row]:
        """Return the rows of a table whose field has a value, in their order; blank is a value, too."""
        if (table, field) not in self._at:
            found: dict[str, list[Row]] = {}
            for row in self._package.get(table, ()):
                found.setdefault(row.get(field, ""), []).append(row)
            self._at[table, field] = found
        return self._at[table, field].get(value, [])

    def by_id(self, table: str) -> Mapping[str, Row]:
        """Return the rows of a table by their ids; of several with one id, the last."""
        if table not in self._by_id:
            self._by_id[table] = {row.get("id", ""): row for row in self._package.get(table, ())}
        return self._by_id[table]
