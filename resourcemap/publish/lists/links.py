"""Links of a workbook to the map: only to the address that the project's settings name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resourcemap.language import either
from resourcemap.publish.escape import is_secure_address

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


@dataclass(frozen=True)
class MapLinks:
    """The address of the map, the ids that it shows, and the system of areas of the list; false without an address."""

    address: str = ""
    shown: frozenset[str] = frozenset()
    system: str | None = None

    def __bool__(self) -> bool:
        return is_secure_address(self.address)

    def write(self, sheet: Worksheet, styles: dict[str, Format], line: int, column: int, resource_id: str) -> None:
        """Write the link that opens the map at a resource, if it is there."""
        if self and resource_id in self.shown:
            self._write(sheet, styles, line, column, {"at": resource_id})

    def write_heading(
        self, sheet: Worksheet, styles: dict[str, Format], line: int, column: int, area_id: str | None
    ) -> None:
        """Write the heading of the links: one that opens the map at the area."""
        if not self:
            return
        sheet.set_column(column, column, 8)
        if area_id is None or self.system is None:
            sheet.write_string(line, column, either(ja="地図", en="map"), styles["heading"])
            return
        self._write(sheet, styles, line, column, {"area": (self.system, area_id)}, either(ja="地図", en="map"))

    def write_address(self, sheet: Worksheet, styles: dict[str, Format], line: int) -> None:
        """Write the address of the map, as a link that people can also type from paper."""
        if self:
            sheet.write_url(
                line, 0, self.address, styles["open_left"], f"{either(ja='地図', en='Map')}: {self.address}"
            )

    def _write(
        self,
        sheet: Worksheet,
        styles: dict[str, Format],
        line: int,
        column: int,
        asked: dict[str, object],
        text: str | None = None,
    ) -> None:
        from resourcemap.publish.webmap.address import fragment  # noqa: PLC0415 (folium is slow to load)

        text = text or either(ja="開く", en="open")
        sheet.write_url(line, column, f"{self.address}#{fragment(**asked)}", styles["open"], text)  # type: ignore[arg-type]
