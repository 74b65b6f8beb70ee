// What lies over the areas: patches of people beyond reach, how far places reach, and where something could open.

const PATCH = { color: "#7a2b06", weight: 2.5, fillColor: "#7a2b06", fillOpacity: 0.2 };
const OUTLINE = { color: "#0b5d6b", weight: 2, dashArray: "6 5", fill: false };
const SITE = { radius: 7, color: "#1b1b1b", weight: 2, fillColor: "#ffd34d", fillOpacity: 1 };

/** Shapes above the areas and below the symbols; fingers pass through them to the areas. */
class PlanningLayers {
  constructor(map) {
    const pane = paneAt(map, "planning", 415);
    this.options = { interactive: false, pane, renderer: L.svg({ pane, padding: 0.5 }) };
    this.group = L.layerGroup().addTo(map);
    this.shown = null;
  }

  /** Show some patches, an outline and sites; each may be null. The same ones as before are not drawn again. */
  show({ patches, outline, sites }) {
    const key = JSON.stringify([patches?.standard, outline && [outline.kind, outline.metres], sites?.kind]);
    if (key === this.shown) return;
    this.shown = key;
    this.group.clearLayers();
    if (outline) this._polygons(outline, OUTLINE);
    if (patches) this._polygons(patches, PATCH);
    if (sites) this._sites(sites);
  }

  _polygons(layer, style) {
    for (const rings of latlngShapes(layer)) {
      if (rings.length) L.polygon(rings, { ...this.options, smoothFactor: 0.5, ...style }).addTo(this.group);
    }
  }

  _sites({ points, order }) {
    latlngPoints(points).forEach((latlng, at) => {
      const chosen = order[at] !== null;
      const style = chosen ? SITE : { ...SITE, radius: 4, fillColor: "#fff" };
      const circle = L.circleMarker(latlng, { ...this.options, ...style }).addTo(this.group);
      if (chosen) circle.bindTooltip(String(order[at]), { permanent: true, direction: "right", className: "rm-site" });
    });
  }
}

/** Draw what is switched on, for the legend. */
function layerRows({ patches, outline, sites }, { say, term }) {
  const picture = (part) => svgEl("svg", { width: 22, height: 14, viewBox: "0 0 22 14", "aria-hidden": "true" }, part);
  const line = (attributes) => picture(svgEl("rect", { x: 1, y: 1, width: 20, height: 12, ...attributes }));
  const row = (drawing, text) => el("li", {}, drawing, el("span", {}, text));
  const rows = [];
  if (patches) {
    const people = patches.people.reduce((sum, each) => sum + each, 0);
    const drawing = line({ stroke: PATCH.color, "stroke-width": 2, fill: PATCH.fillColor, "fill-opacity": PATCH.fillOpacity });
    rows.push(row(drawing, say("planning_patches_key", { standard: patches.standard, n: patches.people.length, people })));
  }
  if (outline) {
    const drawing = line({ stroke: OUTLINE.color, "stroke-width": 2, "stroke-dasharray": "4 3", fill: "none" });
    rows.push(row(drawing, say("planning_outline_key", { kind: term("kinds", outline.kind), metres: outline.metres })));
  }
  if (sites) {
    const dot = picture(svgEl("circle", { cx: 11, cy: 7, r: 5, fill: SITE.fillColor, stroke: SITE.color, "stroke-width": 2 }));
    rows.push(row(dot, say("planning_sites_key", { n: sites.order.filter((each) => each !== null).length })));
  }
  return rows;
}
