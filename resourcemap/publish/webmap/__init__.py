"""The map people open: one file with the list beside the map, that works without the network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from resourcemap.errors import InputError, ReleaseError
from resourcemap.files import write_text
from resourcemap.language import either, speaking
from resourcemap.model.consent import Released
from resourcemap.publish.ages import ages
from resourcemap.publish.webmap.figures import figures
from resourcemap.publish.webmap.ground import areas_by_system, bare_ground, bounds, ground
from resourcemap.publish.webmap.offline import offline_html
from resourcemap.publish.webmap.page import LANGUAGES, Page, words_in
from resourcemap.publish.webmap.places import checks, memberships, resources, venues
from resourcemap.publish.webmap.tiles import tiles_called
from resourcemap.publish.webmap.timetable import schedules_shown, timetable

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
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
    coverage: pd.DataFrame | None = None,
    gaps: pd.DataFrame | None = None,
    background: Mapping[str, gpd.GeoDataFrame] | None = None,
    metres: float = 500,
    catalog: Catalog,
    title: str,
    publisher: str = "",
    credit: str = "",
    as_of: date | None = None,
    language: str = "ja",
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
    coverage, gaps
        The tables of `resourcemap.coverage` and `resourcemap.gaps`, measured at `metres`; without `coverage` no
        gaps are shown.
    background
        Layers drawn under the map, any of ``hills``, ``water``, ``parks``, ``blocks``, ``streets``, ``rail``,
        ``stations`` and ``outline``.
    metres
        Who lives farther than this counts as beyond reach, however `coverage` measured it.
    catalog
        The catalogue with labels, colours and shapes.
    title, publisher, as_of
        What stands at the head of the page.
    credit
        Whose data it is, in the corner of the map.
    language
        Language of the page and of catalogue terms, ``"ja"`` or ``"en"``; what people wrote stays as it is.

    tiles
        A background from the network under the places, by its name in tiles.toml (``"pale"``, ``"std"``); without the
        network `background` stays. The page then may load images from that one host, and nothing else.

    Raises
    ------
    ReleaseError
        For a table that did not pass the gate for the channel ``"map"``.
    InputError
        For an unknown language, source of tiles or background layer, `schedules` of other rows, or `coverage` not
        measured at `metres`.

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
    if language not in LANGUAGES:
        raise InputError(
            either(
                ja=f"地図のことば {language!r} はありません。使えるのは {', '.join(LANGUAGES)} です。",
                en=f"There is no page in language {language!r}. Known: {', '.join(LANGUAGES)}.",
            )
        )
    source = tiles_called(tiles) if tiles else None
    table = released.table
    layers = dict(background or {})
    first = None if areas is None or not len(areas) else areas[areas["system"] == areas["system"].iloc[0]]
    box = bounds(table, first, *(layers.get(name) for name in ("blocks", "outline")))
    data: dict[str, Any] = {
        "words": dict(words_in(language)),
        "language": language,
        "credit": credit,
        "bounds": box,
        **_terms(catalog, language),
        "count": len(table),
        "resources": resources(table, catalog) | _ages(released, catalog, as_of, language),
        "venues": venues(table),
        "ground": ground(layers) or bare_ground(table, first),
        "systems": [],
    }
    if schedules is not None and as_of is not None:
        data["timetable"] = timetable(schedules_shown(schedules, released), as_of, languages=[language])
    if areas is not None and len(areas):
        data["systems"] = areas_by_system(areas)
        if placements is not None:
            data["memberships"] = memberships(table, areas, placements)
        if coverage is not None and len(coverage):
            data["gaps"] = figures(coverage, gaps, areas, metres=metres, catalog=catalog, language=language)
    centre = [(box[1] + box[3]) / 2, (box[0] + box[2]) / 2] if box else _JAPAN
    return Page(data, title=title, publisher=publisher, as_of=as_of, language=language, centre=centre, tiles=source)


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
    return write_text(path, offline_html(page, title=page.title, language=page.language, files=files))


def _ages(released: Released, catalog: Catalog, as_of: date | None, language: str) -> dict[str, list[Any]]:
    """Write how old what is known of every row is, in the language of the page, and which rows are stale."""
    with speaking(language):
        found = ages(released, catalog, as_of)
    return checks(found, words_in(language)) if found["told"].any() else {}


def _terms(catalog: Catalog, language: str) -> dict[str, Any]:
    """Write the terms of the catalogue in the language of the page."""
    return {
        "kinds": [
            {"label": kind.label(language), "colour": kind.colour, "shape": catalog.shapes[kind.shape]}
            for kind in catalog.kinds.values()
        ],
        "audiences": [_without_note(audience.label(language)) for audience in catalog.audiences.values()],
        "facilities": [facility.label(language) for facility in catalog.facilities.values()],
    }


def _without_note(label: str) -> str:
    """Cut what a label says in brackets: how a group is counted matters to figures only."""
    return re.split(r"\s*[（(]", label)[0]
