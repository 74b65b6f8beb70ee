"""What is this area like? Its portrait (地域アセスメント) on one sheet of A4: people, resources, reach, gaps, map."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from resourcemap.files import write_bytes
from resourcemap.publish.paper.glyphs import printed
from resourcemap.publish.paper.marks import marks
from resourcemap.publish.paper.typeset import Document, page_count
from resourcemap.publish.portrait.page import Room, page_data
from resourcemap.publish.portrait.words import day_in_words, words

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.paper.places import Places
    from resourcemap.publish.papermap import PaperMap

# As much as goes on one sheet of two sides, from the most to the least.
_ROOMS = (
    Room(12, 40, 12, 8, 10, 12),
    Room(5, 16, 12, 8, 10, 12),
    Room(3, 10, 8, 6, 6, 8),
    Room(2, 8, 6, 5, 5, 5),
    Room(1, 6, 6, 4, 4, 5),
    Room(1, 6, 4, 3, 3, 3),
    Room(1, 3, 2, 2, 1, 1),
    Room(1, 2, 1, 1, 1, 1),
)
_SIDES = 2
# As many age groups make a column as high as a tall map.
_MANY_AGES = 10


def map_size(portrait: Mapping[str, Any]) -> tuple[float, float]:
    """Return how wide and how high the map of a portrait is, in mm: as high as the ages beside it.

    Examples
    --------
    >>> map_size({"people": []})
    (107.0, 66.0)
    """
    return 107.0, 86.0 if len(portrait["people"]) > _MANY_AGES else 66.0


def write_portrait(
    released: Released,
    path: str | os.PathLike[str],
    *,
    portrait: Mapping[str, Any],
    places: Places | None = None,
    drawn: PaperMap | None = None,
    catalog: Catalog,
    title: str,
    publisher: str = "",
    as_of: date | None = None,
    language: str = "ja",
) -> Path:
    """Write the portrait of one area as a tagged PDF: one side of A4 where it fits, else two.

    All figures are those of `portrait`. What there is no room for is counted (ほか3件), and stands in its tables.

    Parameters
    ----------
    released
        The resources that may be named on paper: no others are.
    path
        The file to write; it is replaced whole.
    portrait
        What is known of the area, as plain values (`resourcemap.plan.portrait.Portrait.as_data`).
    places, drawn
        The numbered places and their map, of the size of `map_size`; a page without them has none.
    catalog
        The kinds and audiences with their labels.
    title, publisher, as_of
        What stands at the head and foot of each page.
    language
        Japanese (``ja``, ``ja-easy``), or else English; sentences about the plan are in Japanese.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["A"], "kind": "salon", "status": "active",
    ...     "channels": "paper"}, geometry=[None], crs="EPSG:4326")
    >>> everyone = {"group": "everyone", "label": "全世代", "generation": True, "people": 9, "share": 1.0,
    ...     "share_whole": 1.0}
    >>> known = {"system": "圏域", "area": "東", "metres": 500.0, "people": [everyone], "doubts": []}
    >>> known |= dict.fromkeys(["resources", "reach", "standards", "strengths", "patches", "changes", "week"], [])
    >>> path = write_portrait(release(salons, "paper"), Path(tempfile.mkdtemp()) / "east.pdf", portrait=known,
    ...     catalog=load_catalog(), title="市")
    >>> path.read_bytes()[:5]
    b'%PDF-'
    """
    spoken = "ja" if language.startswith("ja") else "en"
    said: dict[str, Any] = {"project": title, "publisher": publisher, "day": day_in_words(as_of, spoken)}
    said["map"] = None if drawn is None else {"alt": drawn.alt, "numbers": places is not None and len(places) > 0}
    drawings = marks(catalog, [row["kind"] for row in portrait["resources"]])
    if drawn is not None:
        drawings["map.svg"] = drawn.svg
    template = (files("resourcemap.publish.portrait") / "portrait.typ").read_text(encoding="utf-8")
    options: dict[str, Any] = {"title": f"{portrait['area']} {words(spoken)['heading']}", "author": publisher}
    options |= {"as_of": as_of, "language": spoken, "files": drawings, "name": "portrait.typ"}
    for room in _ROOMS:
        data = page_data(released, portrait, places=places, catalog=catalog, language=spoken, room=room)
        shown = printed(data | said)
        pdf = Document(template, shown | {"tight": False}, **options).pdf()
        sides = page_count(pdf)
        if sides in (_SIDES, _SIDES + 1):
            tighter = Document(template, shown | {"tight": True}, **options).pdf()
            if page_count(tighter) < sides:
                pdf, sides = tighter, sides - 1
        if sides <= _SIDES:
            break
    return write_bytes(path, pdf)
