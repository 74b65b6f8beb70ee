"""Open data as GeoJSON (RFC 7946), for web maps and programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from resourcemap.files import write_text
from resourcemap.publish.opendata.rows import positions, rows_of

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.opendata.about import About


def write_geojson(released: Released, path: str | os.PathLike[str], *, catalog: Catalog, about: About) -> Path:
    """Write released rows as GeoJSON: a feature per row, in their order, in longitude and latitude.

    Rows without a point have the geometry ``null``. What is said of the whole stands beside the features, as RFC 7946
    permits: ``title``, ``publisher``, ``date``, ``license``, ``license_url``, ``attribution``.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.publish.opendata.about import About
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["A"], "kind": "salon", "status": "active",
    ...     "channels": "open_data"}, geometry=gpd.points_from_xy([139.7], [35.7]), crs="EPSG:4326")
    >>> path = Path(tempfile.mkdtemp()) / "a.geojson"
    >>> path = write_geojson(release(salons, "open_data"), path, catalog=load_catalog(), about=About("みほん市"))
    >>> json.loads(path.read_text(encoding="utf-8"))["features"][0]["geometry"]
    {'type': 'Point', 'coordinates': [139.7, 35.7]}
    """
    rows = rows_of(released, catalog).to_dict("records")
    features = [
        {"type": "Feature", "id": row["resource_id"], "geometry": _point(at), "properties": row}
        for row, at in zip(rows, positions(released.table), strict=True)
    ]
    head = json.dumps({"type": "FeatureCollection"} | about.members, ensure_ascii=False, allow_nan=False)
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, allow_nan=False) for feature in features)
    return write_text(path, f'{head[:-1]}, "features": [\n{lines}\n]}}\n')


def _point(at: tuple[float, float] | None) -> dict[str, Any] | None:
    return None if at is None else {"type": "Point", "coordinates": list(at)}
