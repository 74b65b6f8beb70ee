"""KML and KMZ, as Google My Maps and Google Earth write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.metres import LONLAT
from resourcemap.read.delimited import decode
from resourcemap.read.entries import left_aside
from resourcemap.read.guard import check_size, open_zip, parse_xml, read_member
from resourcemap.read.hypertext import plain_text
from resourcemap.read.vector import in_lonlat

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from resourcemap.read.vector import Layers

LAYER = "レイヤ"
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNNAMED = re.compile(r"無題のレイヤ.*|無題.*|untitled.*|レイヤ\s*\d*", re.IGNORECASE)
_FIELDS = {"name": "name", "description": "description", "address": "address", "phoneNumber": "phone"}
_ZIP = b"PK"
_MOST = 256 << 20


def kml_layers(path: Path, *, layer: str | None = None) -> Layers:
    r"""Read the placemarks of all folders as one layer.

    The folder's name (in My Maps the layer's) stands in the column レイヤ, where the kind is looked for when the file
    has no better column. Extended data become columns. Descriptions lose their formatting, and the lines that only
    repeat extended data: My Maps writes all of them there, the internal ones, too. Links to other files are not
    followed.

    Raises
    ------
    InputError
        When it is no KML, has no placemarks or no such folder.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.kml"
    >>> _ = path.write_text('<kml xmlns="http://www.opengis.net/kml/2.2"><Folder><name>サロン</name><Placemark>'
    ...     '<name>A</name><Point><coordinates>139.7,35.7,0</coordinates></Point></Placemark></Folder></kml>')
    >>> kml_layers(path)[0][1][["レイヤ", "name"]].values.tolist()
    [['サロン', 'A']]
    """
    root = parse_xml(_content(path), where=path.name)
    if _tag(root) != "kml":
        raise InputError(
            either(
                ja=f"{path.name}: KMLではありません（{_tag(root)}）。マイマップからKMLで書き出してください。",
                en=f"{path.name}: is no KML ({_tag(root)}). Export it as KML from My Maps.",
            )
        )
    rows, shapes = [], []
    # A layer exported alone has no folder: the document has its name.
    title = next((_text(each, "name") for each in root if _tag(each) == "Document"), "")
    for inside, placemark in _placemarks(root):
        folders = inside or (title,)
        if layer is None or layer in folders:
            rows.append(_row(folders, placemark))
            shapes.append(_shape(placemark))
    if not rows:
        raise InputError(_nothing(path.name, root, layer))
    headings = dict.fromkeys(name for row in rows for name in row)
    if not any(row[LAYER] for row in rows):
        del headings[LAYER]
    columns = {name: [row.get(name, "") for row in rows] for name in headings}
    table = gpd.GeoDataFrame(columns, geometry=np.array(shapes, dtype=object), crs=LONLAT)
    table.attrs["left_aside"] = [_not_read(path.name, each) for each in root.iter() if _tag(each) == "NetworkLink"]
    return [(None, in_lonlat(table, path.name))]


def _not_read(file: str, link: Element) -> dict[str, Any]:
    reason = either(ja="別のファイルへのリンク（たどりません）", en="a link to another file, which is not followed")
    return left_aside(file, None, None, None, _text(link, "name"), reason)


def _content(path: Path) -> bytes:
    check_size(path)
    content = path.read_bytes()
    if content.startswith(_ZIP):
        with open_zip(path) as archive:
            content = _document(archive, path.name)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content
    # The parser does not know Shift_JIS.
    return _DECLARED.sub("", decode(content, where=path.name)).encode()


def _document(archive: zipfile.ZipFile, where: str) -> bytes:
    """Return the document of a KMZ: doc.kml, else the first .kml."""
    found = sorted(name for name in archive.namelist() if name.lower().endswith(".kml"))
    if not found:
        raise InputError(
            either(
                ja=f"{where}: 中にKMLがありません。書き出し直してください。",
                en=f"{where}: has no KML inside. Export it again.",
            )
        )
    chosen = "doc.kml" if "doc.kml" in found else found[0]
    return read_member(archive, chosen, where=where, most=_MOST)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: Element, name: str) -> Element | None:
    return next((each for each in element if _tag(each) == name), None)


def _text(element: Element, name: str) -> str:
    found = _child(element, name)
    return "".join(found.itertext()).strip() if found is not None else ""


def _placemarks(root: Element) -> Iterator[tuple[tuple[str, ...], Element]]:
    """Yield each placemark with the names of its folders, innermost first, in the order of the file."""
    stack: list[tuple[tuple[str, ...], Element]] = [((), root)]
    while stack:
        folders, element = stack.pop()
        if _tag(element) == "Placemark":
            yield folders, element
            continue
        if _tag(element) == "Folder":
            folders = (_text(element, "name"), *folders)
        inner = [each for each in element if _tag(each) in ("Folder", "Document", "Placemark")]
        stack += [(folders, each) for each in reversed(inner)]


def _row(folders: tuple[str, ...], placemark: Element) -> dict[str, str]:
    named = [name for name in folders if name and not _UNNAMED.fullmatch(name)]
    row = {LAYER: named[0] if named else ""}
    more = dict(_extended(placemark))
    for tag, heading in _FIELDS.items():
        text = plain_text(_text(placemark, tag))
        if tag == "description":
            text = _without_repeats(text, more)
        if text or tag == "name":
            row[heading] = text
    for heading, text in more.items():
        row[heading if heading not in row else f"{heading} (2)"] = text
    for tag, heading in (("begin", "開始日"), ("end", "終了日")):
        for span in (each for each in placemark if _tag(each) == "TimeSpan"):
            row.setdefault(heading, _text(span, tag))
    return row


def _extended(placemark: Element) -> Iterator[tuple[str, str]]:
    block = _child(placemark, "ExtendedData")
    for element in block.iter() if block is not None else ():
        if _tag(element) == "Data":
            yield element.get("name", ""), plain_text(_text(element, "value"))
        elif _tag(element) == "SimpleData":
            yield element.get("name", ""), plain_text("".join(element.itertext()))


def _without_repeats(text: str, more: Mapping[str, str]) -> str:
    repeats = {f"{name}:{' '.join(value.split())}".replace(" ", "") for name, value in more.items()}
    whole = "\n".join(line for line in text.split("\n") if line.replace(" ", "") not in repeats)
    for name, value in more.items():  # values of several lines
        whole = whole.replace(f"{name}: {value}", "") if "\n" in value else whole
    return whole.strip()


def _shape(placemark: Element) -> shapely.Geometry | None:
    """Return the placemark's shape; of several the collection."""
    shapes = [made for element in placemark.iter() if (made := _simple(element)) is not None]
    if len(shapes) <= 1:
        return shapes[0] if shapes else None
    kinds = {shape.geom_type for shape in shapes}
    if kinds == {"Polygon"}:
        return shapely.MultiPolygon(shapes)
    if kinds == {"LineString"}:
        return shapely.MultiLineString(shapes)
    return shapely.MultiPoint(shapes) if kinds == {"Point"} else shapely.GeometryCollection(shapes)


def _simple(element: Element) -> shapely.Geometry | None:
    tag = _tag(element)
    try:
        if tag == "Polygon":
            outer = [_ring(each) for each in element if _tag(each) == "outerBoundaryIs"]
            inner = [_ring(each) for each in element if _tag(each) == "innerBoundaryIs"]
            return shapely.Polygon(outer[0], inner) if outer else None
        if tag == "Point":
            return shapely.Point(_coordinates(element)[0])
        return shapely.LineString(_coordinates(element)) if tag == "LineString" else None
    except (ValueError, IndexError, shapely.errors.ShapelyError):
        return None  # a shape without coordinates is no shape; the row stays


def _ring(boundary: Element) -> list[tuple[float, float]]:
    ring = _child(boundary, "LinearRing")
    return _coordinates(ring) if ring is not None else []


def _coordinates(element: Element) -> list[tuple[float, float]]:
    """Read "lon,lat,height" between spaces."""
    found = []
    for triple in re.sub(r"\s*,\s*", ",", _text(element, "coordinates")).split():
        lon, lat = (float(number) for number in triple.split(",")[:2])
        if not (np.isfinite(lon) and np.isfinite(lat)):
            raise ValueError(triple)
        found.append((lon, lat))
    return found


def _nothing(name: str, root: Element, layer: str | None) -> str:
    if layer is not None:
        return either(
            ja=f"{name}: レイヤ「{layer}」がありません。名前を確かめてください。",
            en=f"{name}: there is no layer {layer!r}. Check its name.",
        )
    if any(_tag(element) == "NetworkLink" for element in root.iter()):
        return either(
            ja=f"{name}: 中身はインターネットへのリンクだけです。マイマップで「ネットワークリンクで最新に保つ」の"
            "チェックを外して書き出し直してください。",
            en=f"{name}: is only a link to the internet. Export it again without 'keep data up to date with "
            "network link'.",
        )
    return either(
        ja=f"{name}: 場所（Placemark）がひとつもありません。書き出すレイヤを確かめてください。",
        en=f"{name}: has no placemarks. Check which layer you exported.",
    )
