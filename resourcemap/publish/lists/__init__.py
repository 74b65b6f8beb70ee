"""The list of resources per area: a workbook to hand out, on screen and on monochrome A4."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.language import either, speaking
from resourcemap.publish.ages import ages
from resourcemap.publish.lists.cells import COLUMNS, OF_AGE, labelled
from resourcemap.publish.lists.everything import everything_name, fill_everything
from resourcemap.publish.lists.links import MapLinks
from resourcemap.publish.lists.listing import require_release
from resourcemap.publish.lists.overview import fill_overview
from resourcemap.publish.lists.sections import choose_system, divide, overview_name
from resourcemap.publish.lists.sheet import Masthead, fill_section, styles
from resourcemap.publish.workbook import as_text, open_workbook

if TYPE_CHECKING:
    import os
    from collections.abc import Collection
    from datetime import date

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released

CHANNELS = ("list", "paper", "partners", "internal")


def write_list(
    released: Released,
    path: str | os.PathLike[str],
    *,
    placements: pd.DataFrame | None = None,
    areas: pd.DataFrame | None = None,
    system: str | None = None,
    catalog: Catalog,
    title: str,
    publisher: str = "",
    as_of: date | None = None,
    language: str = "ja",
    note: str = "",
    map_address: str = "",
    on_map: Collection[str] = (),
) -> Path:
    """Write the list of resources as a workbook (XLSX): an overview, then a sheet per area, ready to print.

    A row is one activity at one place, so an activity with places in two areas stands in both sheets. Rows are in the
    order of the catalogue's kinds, then by kana or name. Suspended resources are listed and said to be suspended. The
    day of the last check stands with its age, marked with ！ when the next one is due. Those without a place of their
    own (visits, telephone, online) have a sheet of their own, and so have those in no area. Every cell is text:
    nothing in it is a formula, and links lead to the map alone, from a column that is not printed. The internal list
    has one more sheet, with every column there is, those of the files too.

    Parameters
    ----------
    released
        What the gate let through for ``"list"``, ``"paper"`` or ``"internal"``.
    path
        The file to write; it is replaced whole.
    placements
        The area of every resource in every system (`resourcemap.placements`); without it there is one sheet.
    areas
        The areas, to have a sheet for those without any resource too, in this order.
    system
        The system of areas to divide by; the first of `placements` when not given.
    catalog
        The kinds and audiences with their labels.
    title, publisher, as_of
        What stands at the head of every page.
    language
        The language of labels; headings are in Japanese or else in English.
    note
        A sentence at the head of every sheet: what was chosen, where not everything is listed.
    map_address
        Where the map is (https), for links that open it at an area or a row; without it there are none.
    on_map
        The ids of the resources that the map shows; others have no link.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    ReleaseError
        When `released` did not come from the gate, or was released for another channel.
    InputError
        When `placements` has no `system` of that name.

    Examples
    --------
    >>> import tempfile
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> salon = gpd.GeoDataFrame({"resource_id": ["1"], "activity_id": ["1"], "name": ["みほんサロン"],
    ...     "kind": ["salon"], "place": ["venue"], "status": ["active"], "channels": ["list"]},
    ...     geometry=gpd.points_from_xy([139.7], [34.95]), crs="EPSG:4326")
    >>> path = Path(tempfile.mkdtemp()) / "resources.xlsx"
    >>> write_list(release(salon, "list"), path, catalog=load_catalog(), title="一覧").name
    'resources.xlsx'
    """
    require_release(released, CHANNELS)
    chosen = choose_system(placements, system)
    with speaking(language if language.startswith("ja") else "en"):
        head = Masthead(_title(title, released.channel), as_text(publisher), _day(as_of), as_text(note))
        links = MapLinks(map_address, frozenset(on_map), chosen)
        found = ages(released, catalog, as_of)
        table = labelled(
            pd.DataFrame(released.table).assign(**{name: found[name] for name in OF_AGE}), catalog, language
        )
        sections = divide(table, placements, areas, chosen)
        rows = table.to_dict("records")
        columns = [column for column in COLUMNS if not column.optional or any(map(column.cell, rows))]
        kinds = dict(zip(table["kind"], table["kind_label"], strict=True))
        with open_workbook(path, title=head.title, author=head.publisher, as_of=as_of) as book:
            looks = styles(book)
            stale = bool(found["stale"].any())
            fill_overview(
                book.add_worksheet(overview_name()), looks, head, sections, kinds, released, stale=stale, links=links
            )
            for section in sections:
                fill_section(book.add_worksheet(section.sheet), looks, head, section, columns, links)
            if released.channel in _TITLES:
                sheet = book.add_worksheet(everything_name(released.channel))
                fill_everything(sheet, looks, head, released, catalog, language)
    return Path(path)


def _title(title: str, channel: str) -> str:
    if channel not in _TITLES:
        return as_text(title)
    ja, en = _TITLES[channel]
    return either(ja=f"【{ja}】{as_text(title)}", en=f"[{en}] {title}")


def _day(as_of: date | None) -> str:
    if as_of is None:
        return ""
    return either(ja=f"{as_of.year}年{as_of.month}月{as_of.day}日現在", en=f"as of {as_of.isoformat()}")


# What stands before the title of lists that are not for everybody.
_TITLES = {
    "internal": ("内部用・配布しないでください", "INTERNAL, do not hand out"),
    "partners": ("関係機関用・公開しないでください", "FOR PARTNERS, not to be published"),
}
