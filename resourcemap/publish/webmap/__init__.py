"""The map people open: one file with the list beside the map, that works without the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.errors import ReleaseError
from resourcemap.files import write_text
from resourcemap.language import either
from resourcemap.model.consent import Released
from resourcemap.publish.webmap.contents import contents
from resourcemap.publish.webmap.offline import offline_html
from resourcemap.publish.webmap.page import Page
from resourcemap.publish.webmap.planning import Planning, planning_data, planning_words
from resourcemap.publish.webmap.tiles import tiles_called
from resourcemap.publish.webmap.words import languages_in_order

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import folium
    import geopandas as gpd
    import pandas as pd

    from resourcemap.model.catalog import Catalog

_JAPAN = [36.0, 138.0]


def webmap(
    released: Released,
    *,
    areas: gpd.GeoDataFrame | None = None,
    placements: pd.DataFrame | None = None,
    schedules: pd.Series | None = None,
    planning: Planning | None = None,
    background: Mapping[str, gpd.GeoDataFrame] | None = None,
    catalog: Catalog,
    title: str,
    publisher: str = "",
    credit: str = "",
    contact: str = "",
    as_of: date | None = None,
    language: str = "ja",
    languages: Sequence[str] | None = None,
    tiles: str | None = None,
) -> folium.Map:
    """Make the map of released resources, with a list, filters, areas and gaps.

    The result is a Folium map: whatever Folium offers can be added to it. `write_webmap` refuses additions that
    need the network.

    Parameters
    ----------
    released
        What ``release(resources, "map")`` let through.
    areas
        Areas of one or several systems; without them there are no borders and no gaps.
    placements
        The area of each resource (`resourcemap.placements`); a visiting service may have several. Without it there
        is no choice of an area.
    schedules
        The schedule of each row of ``released.table``, read from the text that is shown there:
        ``released.table["schedule"].map(rm.read_schedule, na_action="ignore")``. Together with `as_of` it gives the
        choice of days, the next dates and what is open now, for 400 days; without it schedules stay text.
    planning
        What a planning committee asks of the map: coverage, gaps, sites and the like, as layers. Without it the
        page has no figures.
    background
        Layers drawn under the map, any of ``hills``, ``water``, ``parks``, ``blocks``, ``streets``, ``rail``,
        ``stations`` and ``outline``.
    catalog
        The catalogue with labels, colours and shapes.
    title, publisher, as_of
        What stands at the head of the page.
    credit
        Whose data it is, in the corner of the map.
    contact
        The mail address of the office, for "tell us of a change" on every card; without it there is no such link.
    language
        The language in which the page opens, of ``ja``, ``ja-easy``, ``en``, ``zh`` and ``ko``; what people wrote
        stays as it is in all of them.
    languages
        Those that the reader may choose, all five unless given.
    tiles
        A background from the network under the places, by its name in tiles.toml (``"pale"``, ``"std"``); without the
        network `background` stays. The page then may load images from that one host, and nothing else.

    Raises
    ------
    ReleaseError
        For a table that did not pass the gate for the channel ``"map"``.
    InputError
        For an unknown language, source of tiles or background layer, `schedules` of other rows, and `planning`
        without `areas` or with measures that have no name.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     webmap(gpd.GeoDataFrame(), catalog=None, title="みほん市 地域資源マップ")
    Traceback (most recent call last):
    resourcemap.errors.ReleaseError: A web map shows only what release(resources, "map") let through.
    """
    given: object = released
    if not isinstance(given, Released) or given.channel != "map":
        raise ReleaseError(
            either(
                ja='地図に載せられるのは release(resources, "map") を通った表だけです。',
                en='A web map shows only what release(resources, "map") let through.',
            )
        )
    known = languages_in_order(language, languages)
    source = tiles_called(tiles) if tiles else None
    data = contents(
        released,
        areas=areas,
        placements=placements,
        schedules=schedules,
        background=dict(background or {}),
        catalog=catalog,
        credit=credit,
        contact=contact,
        as_of=as_of,
        languages=known,
    )
    if planning is not None:
        data = _planned(data, planning, areas, catalog)
    box = data["bounds"]
    centre = [(box[1] + box[3]) / 2, (box[0] + box[2]) / 2] if box else _JAPAN
    return Page(data, title=title, publisher=publisher, as_of=as_of, centre=centre, tiles=source)


def with_planning(
    page: folium.Map, planning: Planning, *, areas: gpd.GeoDataFrame | None, catalog: Catalog
) -> folium.Map:
    """Return a map of `webmap` with planning layers, as `webmap` makes it; the one that is given stays as it is.

    Parameters
    ----------
    page
        What `webmap` made. What was added to it is not on the new map.
    planning
        The layers.
    areas, catalog
        Those that `page` was made with.

    Raises
    ------
    ReleaseError
        For a map that `webmap` did not make.
    InputError
        Without `areas`, or for measures that have no name.

    Examples
    --------
    >>> import folium
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     with_planning(folium.Map(), Planning(), areas=None, catalog=None)
    Traceback (most recent call last):
    resourcemap.errors.ReleaseError: Planning layers stand on maps made by webmap.
    """
    if not isinstance(page, Page):
        raise ReleaseError(
            either(
                ja="計画の層を載せられるのは webmap で作った地図だけです。",
                en="Planning layers stand on maps made by webmap.",
            )
        )
    data = _planned(page.contents, planning, areas, catalog)
    centre = page.location
    return Page(data, title=page.title, publisher=page.publisher, as_of=page.as_of, centre=centre, tiles=page.tiles)


def write_webmap(
    page: folium.Map,
    path: str | os.PathLike[str],
    *,
    files: Mapping[str, str | os.PathLike[str] | None] | None = None,
) -> Path:
    """Write a map of `webmap` as one HTML file that works without the network, and return the path.

    Leaflet is inside; a Content-Security-Policy lets only the scripts of the page run and forbids any request. The
    same tables give the same bytes.

    Parameters
    ----------
    page
        What `webmap` made, and whatever of Folium was added to it.
    path
        The file to write.
    files
        Local copies of the scripts, styles, images and fonts that additions would load from a host, by address;
        ``None`` in place of a path leaves one out of the page. What the page does not load is passed over.

    Raises
    ------
    ReleaseError
        For a map that `webmap` did not make.
    InputError
        When something was added to the map that only works with the network, or one of `files` cannot be read.

    Examples
    --------
    >>> import folium
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     write_webmap(folium.Map(), "map.html")
    Traceback (most recent call last):
    resourcemap.errors.ReleaseError: write_webmap writes maps made by webmap.
    """
    if not isinstance(page, Page):
        raise ReleaseError(
            either(
                ja="write_webmap が書けるのは webmap で作った地図だけです。",
                en="write_webmap writes maps made by webmap.",
            )
        )
    return write_text(path, offline_html(page, title=_title(page), language=page.language, files=files))


def _title(page: Page) -> str:
    """Return the title of the file: that of a planning map says what it is."""
    if "planning" not in page.contents:
        return page.title
    title: str = planning_words(page.language)["page_title"].format(title=page.title)
    return title


def _planned(
    data: dict[str, Any], planning: Planning, areas: gpd.GeoDataFrame | None, catalog: Catalog
) -> dict[str, Any]:
    """Add the planning layers and their words to the data of a page."""
    words = {language: known | planning_words(language) for language, known in data["words"].items()}
    return data | {"planning": planning_data(planning, areas, catalog=catalog), "words": words}
