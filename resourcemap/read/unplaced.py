"""People of a block that is not among the blocks: refused, or listed where the user says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resourcemap.errors import first_five
from resourcemap.language import either
from resourcemap.read.entries import left_aside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resourcemap.read.table import Table


@dataclass(frozen=True)
class Unplaced:
    """The rows of one table whose block is not found.

    Parameters
    ----------
    table
        The table.
    rows
        Their positions.
    cities
        The city of every row of the table.
    shared
        Which of `rows` have a name that several blocks have.
    """

    table: Table
    rows: Sequence[int]
    cities: Sequence[str]
    shared: Sequence[bool]

    def faults(self) -> list[str]:
        """Say which blocks are missing, and the ways out; nothing when there are none.

        Examples
        --------
        >>> from resourcemap.language import speaking
        >>> from resourcemap.read.table import Table
        >>> table = Table("a.csv", None, ("区", "町名"), [["北区", "東茨戸"]], [2], {"city": 0, "block": 1})
        >>> with speaking("en"):
        ...     Unplaced(table, [0], ["北区"], [False]).faults()[0].split(". ")[0]
        'a.csv: 1 rows have people of a block that is not among the blocks (北区 東茨戸 (row 2))'
        """
        if not self.rows:
            return []
        shown = first_five(
            either(
                ja=f"{self._name(row) or '（空）'}（{self.table.numbers[row]}行）",
                en=f"{self._name(row) or '(blank)'} (row {self.table.numbers[row]})",
            )
            for row in self.rows
        )
        more_ja = (
            "同じ名前の町丁目が2つ以上あるものは、町丁目コードで書くか、両方に区・市区町村の列を足してください。"
            if any(self.shared)
            else ""
        )
        more_en = (
            " Where several blocks share a name, give their ids, or a column of the city in both files."
            if any(self.shared)
            else ""
        )
        return [
            either(
                ja=f"{self.table.where}: 町丁目の地図にない町丁目が{len(self.rows)}件あります（{shown}）。"
                f"名前を直すか、その町丁目を地図に足してください。{more_ja}その人たちをどの数字にも入れないなら、"
                '[people] に unmatched = "除く" と書いてください。',
                en=f"{self.table.where}: {len(self.rows)} rows have people of a block that is not among the blocks "
                f"({shown}). Correct the names, or add the blocks.{more_en} To leave these people out of every figure, "
                'write unmatched = "aside" in [people].',
            )
        ]

    def entries(self, people: Sequence[int]) -> list[dict[str, Any]]:
        """Make an entry for each of the rows, with its people in the reason.

        Examples
        --------
        >>> from resourcemap.language import speaking
        >>> from resourcemap.read.table import Table
        >>> table = Table("a.csv", None, ("区", "町名"), [["北区", "東茨戸"]], [2], {"city": 0, "block": 1})
        >>> with speaking("en"):
        ...     [entry] = Unplaced(table, [0], ["北区"], [False]).entries([40])
        >>> entry["row"], entry["value"], entry["reason"]
        (2, '北区 東茨戸', 'not among the blocks, in no figure (40 people)')
        """
        entries = []
        for row, shared in zip(self.rows, self.shared, strict=True):
            group = _shared() if shared else _missing()
            reason = either(ja=f"{group}（{people[row]:,}人）", en=f"{group} ({people[row]:,} people)")
            entry = left_aside(
                self.table.file, self.table.sheet, self.table.numbers[row], None, self._name(row), reason
            )
            entries.append(entry | {"group": group})
        return entries

    def records(self, people: Sequence[int]) -> list[dict[str, Any]]:
        """Return city, block and people of each of the rows.

        Examples
        --------
        >>> from resourcemap.read.table import Table
        >>> table = Table("a.csv", None, ("区", "町名"), [["北区", "東茨戸"]], [2], {"city": 0, "block": 1})
        >>> Unplaced(table, [0], ["北区"], [False]).records([40])
        [{'file': 'a.csv', 'row': 2, 'city': '北区', 'block': '東茨戸', 'people': 40}]
        """
        return [
            {
                "file": self.table.file,
                "row": self.table.numbers[row],
                "city": self.cities[row],
                "block": self._block(row),
                "people": int(people[row]),
            }
            for row in self.rows
        ]

    def _block(self, row: int) -> str:
        place = self.table.ours.get("block", self.table.ours.get("block_id"))
        return "" if place is None else " ".join(self.table.rows[row][place].split())

    def _name(self, row: int) -> str:
        return " ".join(filter(None, (self.cities[row], self._block(row))))


def nobody_placed(records: Sequence[Mapping[str, Any]]) -> str:
    """Say that none of the blocks with people is among the blocks: the files are of different places.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     nobody_placed([{"city": "北区", "block": "東茨戸"}])
    'None of the 1 blocks with people is among the blocks (北区 東茨戸). Check that both files are of one place.'
    """
    shown = first_five(f"{each['city']} {each['block']}".strip() for each in records)
    return either(
        ja=f"人口の表の町丁目{len(records)}件が、ひとつも町丁目の地図にありません（{shown}）。"
        "同じ市区町村のファイルか、確かめてください。",
        en=f"None of the {len(records)} blocks with people is among the blocks ({shown}). "
        "Check that both files are of one place.",
    )


def _missing() -> str:
    return either(ja="町丁目の地図にないので、どの数字にも入りません", en="not among the blocks, in no figure")


def _shared() -> str:
    return either(
        ja="同じ名前の町丁目が2つ以上あるので、どの数字にも入りません",
        en="a name that several blocks have, in no figure",
    )
