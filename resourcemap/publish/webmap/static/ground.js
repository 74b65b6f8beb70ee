// The map under the places, in the colours of a paper map; without any, squared paper with the names of towns.

const SCALE_WIDTH = 120; // pixels, at most
const PAPER = {
  hills: { fillColor: "#e3e8d0", fillOpacity: 0.75, weight: 0 },
  water: { fillColor: "#b9d8e8", fillOpacity: 1, color: "#8fbcd4", weight: 1 },
  parks: { fillColor: "#d3e6c2", fillOpacity: 1, weight: 0 },
  land: { fillColor: "#faf7ef", fillOpacity: 1, weight: 0 },
  blocks: { fill: false, color: "#c9bfa8", weight: 1, dashArray: "1 3", lineCap: "round" },
  outline: { fill: false, color: "#a4977c", weight: 1.8 },
};

/** Draw the background on its own canvas, below everything that can be touched. */
function drawGround(map, ground) {
  const pane = map.createPane("ground");
  pane.style.zIndex = 200;
  pane.style.pointerEvents = "none";
  const renderer = L.canvas({ pane: "ground", padding: 0.3 });
  const options = { pane: "ground", renderer, interactive: false };
  const add = (layer, style) => {
    if (layer) polygon(layer, { ...options, stroke: style.weight > 0, ...style }).addTo(map);
  };
  add(ground.blocks ?? ground.outline, PAPER.land);
  for (const layer of ["hills", "parks", "water", "blocks", "outline"]) add(ground[layer], PAPER[layer]);
  if (isBare(ground)) new Squares({ ...options, color: "#e3ddcd", weight: 1 }).addTo(map);
  drawStreets(map, ground.streets, options);
  drawRail(map, ground.rail, options);
  for (const steps of ground.stations?.points ?? []) {
    L.circleMarker(latlngs(steps)[0], { ...options, radius: 5, color: "#444", weight: 2.5, fillColor: "#fff", fillOpacity: 1 }).addTo(map);
  }
}

/** Tell whether there is no background at all, but at most names. */
function isBare(ground) {
  return Object.keys(ground).every((layer) => layer === "towns");
}

/** Squares as wide as the scale of the map is long, fixed to the ground. */
const Squares = L.Path.extend({
  initialize(options) {
    L.setOptions(this, options);
  },

  _project() {},

  _update() {
    this._pxBounds = this._renderer._bounds;
  },

  _updatePath() {
    const { _renderer: renderer, _map: map, options } = this;
    if (!renderer._drawing) return;
    const { min, max } = renderer._bounds;
    const side = scalePixels(map);
    const origin = map.getPixelOrigin();
    const ctx = renderer._ctx;
    const from = (low, start) => low + side - ((((low + start) % side) + side) % side);
    ctx.save();
    ctx.globalAlpha = 1; // Leaflet leaves the one of the path before
    ctx.setLineDash([]);
    ctx.strokeStyle = options.color;
    ctx.lineWidth = options.weight;
    ctx.beginPath();
    for (let x = from(min.x, origin.x); x < max.x; x += side) {
      ctx.moveTo(x, min.y);
      ctx.lineTo(x, max.y);
    }
    for (let y = from(min.y, origin.y); y < max.y; y += side) {
      ctx.moveTo(min.x, y);
      ctx.lineTo(max.x, y);
    }
    ctx.stroke();
    ctx.restore();
  },

  _containsPoint: () => false,
});

/** Return the length of the scale in pixels; measured in the middle of the map, so that it does not creep while it is moved. */
function scalePixels(map) {
  map.groundLatitude ??= map.getCenter().lat;
  const metres = (40075016.686 * Math.cos((map.groundLatitude * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  return L.Control.Scale.prototype._getRoundNum(metres * SCALE_WIDTH) / metres;
}

function polygon(layer, options) {
  return L.polygon(layer.shapes.flatMap(polygonLatlngs), { smoothFactor: 0.6, ...options });
}

/** Streets grow with the zoom: a casing and a white way for main roads, a thin grey line for the others. */
function drawStreets(map, streets, options) {
  if (!streets) return;
  const line = (lines, style) =>
    lines.length ? L.polyline(lines.map(latlngs), { ...options, smoothFactor: 0.6, ...style }).addTo(map) : null;
  const other = line(streets.other, { color: "#ddd5c4" });
  const casing = line(streets.main, { color: "#d2c3a2" });
  const main = line(streets.main, { color: "#fff6df" });
  const widen = () => {
    const scale = 2 ** (map.getZoom() - 14);
    other?.setStyle({ weight: Math.max(0.6, Math.min(6, 1.1 * scale)) });
    casing?.setStyle({ weight: Math.max(1.8, Math.min(13, 4.2 * Math.sqrt(scale) + scale)) });
    main?.setStyle({ weight: Math.max(0.9, Math.min(11, 2.6 * Math.sqrt(scale) + scale)) });
  };
  map.on("zoomend", widen);
  widen();
}

function drawRail(map, rail, options) {
  if (!rail) return;
  const lines = [...rail.main, ...rail.other].map(latlngs);
  if (!lines.length) return;
  const line = (style) => L.polyline(lines, { ...options, lineCap: "butt", ...style }).addTo(map);
  line({ color: "#6b6b6b", weight: 4 });
  line({ color: "#fff", weight: 2.4, dashArray: "9 9" });
}

/** Gather the names of the background, in the order of their importance. */
function groundNames(ground) {
  const kinds = { stations: "station", water: "water", hills: "hill", blocks: "block", parks: "park", towns: "town" };
  return Object.entries(kinds).flatMap(([layer, style]) => namesOf(ground[layer], style));
}

/** Give each name of a layer once: a river in three parts has one name. */
function namesOf(layer, style) {
  const seen = new Set();
  const found = [];
  (layer?.names ?? []).forEach((text, at) => {
    if (!text || seen.has(text)) return;
    seen.add(text);
    found.push({ text, style, latlng: latlngs(layer.points[at])[0] });
  });
  return found;
}
