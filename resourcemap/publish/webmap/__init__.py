"""The map people open: one file with the list beside the map, that works without the network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from resourcemap.errors import InputError, ReleaseError
from resourcemap.files import write_text
from resourcemap.language import either
from resourcemap.model.consent import Released
from resourcemap.publish.ages import ages
from resourcemap.publish.webmap.figures import figures
from resourcemap.publish.webmap.ground import areas_by_system, bare_ground, bounds, ground
from resourcemap.publish.webmap.offline import offline_html
from resourcemap.publish.webmap.page import LANGUAGES, Page, words_in
from resourcemap.publish.webmap.places import checks, memberships, resources, venues
from resourcemap.publish.webmap.timetable import schedules_shown, timetable
from resourcemap.publish.webmap.tiles import tiles_called

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
    coverage: pd.DataFrame | None = None,
    gaps: pd.DataFrame | None = None,
    background: Mapping[str, gpd.GeoDataFrame] | None = None,
    metres: float = 500,
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
    contact
        The mail address of the office, for "tell us of a change" on every card; without it there is no such link.
    language
        The language in which the page opens, of ``ja``, ``ja-easy``, ``en``, ``zh`` and ``ko``; what people wrote stays as it
        is in all of them.
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
    unknown = [each for each in (language, *(languages or ())) if each not in LANGUAGES]
    if unknown:
        raise InputError(
            either(
                ja=f"地図のことば {unknown[0]!r} はありません。使えるのは {', '.join(LANGUAGES)} です。",
                en=f"There is no page in language {unknown[0]!r}. Known: {', '.join(LANGUAGES)}.",
            )
        )
    source = tiles_called(tiles) if tiles else None
    table = released.table
    layers = dict(background or {})
    first = None if areas is None or not len(areas) else areas[areas["system"] == areas["system"].iloc[0]]
    box = bounds(table, first, *(layers.get(name) for name in ("blocks", "outline")))
    known = (language, *(each for each in languages or LANGUAGES if each != language))
    data: dict[str, Any] = {
        "languages": known,
        "language": language,
        "words": {each: words_in(each) for each in known},
        "terms": {each: _terms(catalog, each) for each in known},
        **_catalogue(catalog),
        "as_of": as_of.isoformat() if as_of else None,
        "contact": contact or None,
        "credit": credit,
        "bounds": box,
        "count": len(table),
        "resources": resources(table, catalog) | checks(ages(released, catalog, as_of)),
        "venues": venues(table),
        "ground": ground(layers) or bare_ground(table, first),
        "systems": [],
    }
    if schedules is not None and as_of is not None:
        data["timetable"] = timetable(schedules_shown(schedules, released), as_of, languages=list(known))
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


def _catalogue(catalog: Catalog) -> dict[str, Any]:
    """Write the ids of the catalogue, and how its kinds look."""
    return {
        "kinds": [
            {
                "id": kind.id,
                "theme": kind.theme,
                "colour": kind.colour,
                "shape": catalog.shapes[kind.shape],
                "check_months": kind.check_months,
            }
            for kind in catalog.kinds.values()
        ],
        "themes": list(catalog.themes),
        "audiences": list(catalog.audiences),
        "facilities": list(catalog.facilities),
    }


def _terms(catalog: Catalog, language: str) -> dict[str, list[str]]:
    """Write the labels of the catalogue in a language."""
    return {
        "kinds": [kind.label(language) for kind in catalog.kinds.values()],
        "themes": [theme.label(language) for theme in catalog.themes.values()],
        "audiences": [_without_note(audience.label(language)) for audience in catalog.audiences.values()],
        "facilities": [facility.label(language) for facility in catalog.facilities.values()],
    }


def _without_note(label: str) -> str:
    """Cut what a label says in brackets: how a group is counted matters to figures only."""
    return re.split(r"\s*[（(]", label)[0]
