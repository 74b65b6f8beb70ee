"""Open data as a GeoPackage, for QGIS and other desktop GIS."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from resourcemap.files import replacing
from resourcemap.metres import LONLAT
from resourcemap.publish.opendata.rows import positions, rows_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released
    from resourcemap.publish.opendata.about import About

LAYER: Final = "resources"
# GDAL notes when a layer changed; without a day of our own, a fixed one, so that the same rows give the same bytes.
_CLOCK: Final = "OGR_CURRENT_DATE"
_NO_DAY: Final = "1970-01-01"


def write_geopackage(released: Released, path: str | os.PathLike[str], *, catalog: Catalog, about: About) -> Path:
    """Write released rows as a GeoPackage with one layer of points in longitude and latitude (EPSG:4326).

    Days are texts in ISO 8601. Rows without a point have no geometry. What is said of the whole is in the metadata of
    the layer. The same rows give the same bytes: the times in the file are those of ``about.as_of``.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> from resourcemap.publish.opendata.about import About
    >>> salons = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["A"], "kind": "salon", "status": "active",
    ...     "channels": "open_data"}, geometry=gpd.points_from_xy([139.7], [35.7]), crs="EPSG:4326")
    >>> path = Path(tempfile.mkdtemp()) / "a.gpkg"
    >>> path = write_geopackage(release(salons, "open_data"), path, catalog=load_catalog(), about=About("みほん市"))
    >>> pyogrio.read_dataframe(path)["name"].tolist()
    ['A']
    """
    layer = _layer(released, catalog)
    with replacing(path) as beside, _at(about.day or _NO_DAY):
        pyogrio.write_dataframe(
            layer,
            beside,
            layer=LAYER,
            driver="GPKG",
            geometry_type="Point",
            layer_metadata=_metadata(about) or None,
            layer_options={"IDENTIFIER": about.title or LAYER, "DESCRIPTION": about.publisher},
        )
    return Path(path)


def _layer(released: Released, catalog: Catalog) -> gpd.GeoDataFrame:
    rows = rows_of(released, catalog)
    rows["capacity"] = pd.to_numeric(rows["capacity"]).astype("Int64")
    points = [None if at is None else shapely.Point(at) for at in positions(released.table)]
    return gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(points, index=rows.index, crs=LONLAT))


@contextmanager
def _at(day: str) -> Iterator[None]:
    """Let GDAL believe that it is midnight of a day."""
    before = pyogrio.get_gdal_config_option(_CLOCK)
    pyogrio.set_gdal_config_options({_CLOCK: f"{day}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({_CLOCK: before})


def _metadata(about: About) -> dict[str, str]:
    said = {
        "DATE": about.day,
        "LICENSE": about.licence,
        "LICENSE_URL": about.licence_address,
        "ATTRIBUTION": about.credit,
        "PUBLISHER": about.publisher,
    }
    return {name: text for name, text in said.items() if text}
