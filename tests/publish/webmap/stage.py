"""A bare page with Leaflet and the layers of the map, to try each of them alone."""

from __future__ import annotations

import json
from pathlib import Path

from resourcemap.publish.webmap.leaflet import leaflet_script, leaflet_style

STATIC = Path(__file__).parents[3] / "resourcemap" / "publish" / "webmap" / "static"
SCRIPTS = (
    *("text", "symbols", "grid", "sheet", "shapes", "pointer", "sprites", "crowds", "places", "placenames"),
    *("areas", "labels", "ground"),
)
STYLES = ("page", "map")
KINDS = [
    {"id": "salon", "colour": "#d55e00", "shape": "M12 2 A10 10 0 1 1 11.9 2 Z"},
    {"id": "hiroba", "colour": "#0072b2", "shape": "M2 2 H22 V22 H2 Z"},
]
# West, south, and the width in degrees, of the ground that the tests stand on.
WEST, SOUTH, WIDE = 139.7, 34.9, 0.1

_MAKE = """
const map = L.map("map", { zoomSnap: 0.25, maxZoom: 19, attributionControl: false, zoomControl: false });
map.setView([WEST_NORTH[0], WEST_NORTH[1]], 13, { animate: false });
const words = { places_here: "見えている場所", places_named: "{n}か所", places_many: "多い{n}か所", crowd: "{n}か所" };
const say = (word, { n } = {}) => words[word].replace("{n}", n);
const makePlaces = (lon, lat, rough = []) => {
  const venues = { count: lon.length, lon: Float64Array.from(lon), lat: Float64Array.from(lat) };
  venues.rough = Uint8Array.from(lon, (_, at) => rough[at] ?? 0);
  const tip = (venue) => el("span", {}, el("b", {}, `会場${venue}`), el("span", {}, "活動"));
  const layer = new PlaceLayer({ venues }, KINDS, { tip, pick: (venue) => (window.picked = venue), context: { say } });
  return layer.addTo(map);
};
const showAll = (layer, change = {}) => {
  const count = layer.total;
  const of = (Kind, value) => new Kind(count).fill(value);
  layer.show({ kind: of(Int16Array, 0), count: of(Int32Array, 1), resting: of(Uint8Array, 0), ...change });
};
/** Count the pixels of a canvas that are not empty. */
const painted = (layer) => {
  layer._draw();
  const { width, height } = layer._container;
  if (!width) return 0;
  const { data } = layer._ctx.getImageData(0, 0, width, height);
  let count = 0;
  for (let at = 3; at < data.length; at += 4) count += data[at] > 0;
  return count;
};
/** Return the colour of a pixel, at a place on the ground. */
const colourAt = (layer, lat, lng) => {
  layer._draw();
  const point = map.latLngToLayerPoint([lat, lng]).subtract(layer._bounds.min);
  const ratio = layer._container.width / layer._view.width;
  return [...layer._ctx.getImageData(Math.round(point.x * ratio), Math.round(point.y * ratio), 1, 1).data];
};
"""
_NAMES = (
    "map makePlaces showAll painted colourAt L el PointGrid AreaLayer Labels drawGround "
    "readNumbers readLines latlngShapes latlngPoints"
)


def stage_html() -> str:
    """Return the page; what tests ask for is in ``window.stage``."""
    code = "\n".join((STATIC / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    style = "\n".join((STATIC / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    make = _MAKE.replace("WEST_NORTH[0]", str(SOUTH + WIDE / 2)).replace("WEST_NORTH[1]", str(WEST + WIDE / 2))
    names = ", ".join(_NAMES.split())
    return (
        f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>地図</title>'
        f"<style>{leaflet_style(images=False)}{style}</style></head><body>"
        '<main class="rm-app" style="display: block"><section class="rm-stage" aria-label="地図" '
        'style="height: 100vh"><div id="map" class="folium-map"></div></section></main>'
        f"<script>{leaflet_script(images=False)}</script><script>(() => {{'use strict';\n{code}\n"
        f"const KINDS = {json.dumps(KINDS)};\n{make}\nwindow.stage = {{ {names} }};}})();</script></body></html>"
    )
