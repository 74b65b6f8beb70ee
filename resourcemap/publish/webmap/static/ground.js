// The map under the places, in the colours of a paper map.

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
  drawStreets(map, ground.streets, options);
  drawRail(map, ground.rail, options);
  for (const steps of ground.stations?.points ?? []) {
    L.circleMarker(latlngs(steps)[0], { ...options, radius: 5, color: "#444", weight: 2.5, fillColor: "#fff", fillOpacity: 1 }).addTo(map);
  }
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
  const kinds = { stations: "station", water: "water", hills: "hill", blocks: "block", parks: "park" };
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
