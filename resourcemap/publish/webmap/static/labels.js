// Names on the map, drawn on the canvas: the most important first, none over another.

const LABEL_STYLES = {
  area: { font: "700 14px", colour: "#4a3d63", from: 0, to: 22, halo: 4, spacing: "0.08em", above: true },
  station: { font: "700 12px", colour: "#222", from: 12.5, to: 22, halo: 3, beside: 14 },
  water: { font: "italic 500 12px", colour: "#2c6a92", from: 13, to: 22, halo: 3, spacing: "0.1em" },
  town: { font: "500 12px", colour: "#857c69", from: 0, to: 22, halo: 3, beside: 13, clear: true },
  block: { font: "500 12px", colour: "#6a6252", from: 14.4, to: 22, halo: 3 },
  hill: { font: "500 12px", colour: "#5b6b3c", from: 13.5, to: 22, halo: 3 },
  park: { font: "500 11px", colour: "#47702f", from: 16.2, to: 22, halo: 3 },
};
const LABEL_FONT = '"Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif';

/** A layer of names. Leaflet draws it in its turn among the other paths of the canvas; it is never hit. */
const Labels = L.Path.extend({
  initialize(options) {
    L.setOptions(this, { ...options, interactive: false });
    this.groups = new Map();
    this.obstacles = () => [];
    this.above = new NamesAbove(this, options);
  },

  /** Set the names of one group: [{ text, latlng, style, within }], `within` being the ends that
   * a name must find room between, if any. Groups set first win over later ones. */
  put(group, names) {
    this.groups.set(group, names);
    if (this._map) {
      this._reset();
      this.redraw();
      this.above.redraw();
    }
  },

  _project() {
    const zoom = this._map.getZoom();
    const free = new Boxes();
    const symbols = new Boxes();
    const half = this.options.crowd.size(zoom) / 2;
    for (const latlng of this.obstacles()) {
      const { x, y } = this._map.latLngToLayerPoint(latlng);
      symbols.add([x - half, y - half, x + half, y + half]);
    }
    this._placed = [];
    for (const name of [...this.groups.values()].flat()) this._place(name, zoom, free, symbols);
  },

  _place(name, zoom, free, symbols) {
    const style = LABEL_STYLES[name.style];
    if (zoom < style.from || zoom > style.to) return;
    const { x, y } = this._map.latLngToLayerPoint(name.latlng);
    const size = Number(/(\d+)px/.exec(style.font)[1]);
    const width = textWidth(name.text, size);
    if (name.within) {
      const [west, east] = name.within.map((latlng) => this._map.latLngToLayerPoint(latlng).x);
      if (east - west < width * 0.8) return;
    }
    const at = ([dx, dy]) => [x + dx - width / 2 - 5, y + dy - size / 2 - 2, x + dx + width / 2 + 5, y + dy + size / 2 + 2];
    const { beside } = style;
    const shifts = beside
      ? [[0, beside], [0, -beside], [width / 2 + beside, 0], [-width / 2 - beside, 0]]
      : [[0, 0], [0, -size * 1.3], [0, size * 1.3]];
    const open = shifts.filter((shift) => !free.hits(at(shift)));
    if (!open.length) return;
    const shift = open.find((each) => !symbols.hits(at(each))) ?? (style.clear ? null : open[0]);
    if (!shift) return;
    free.add(at(shift));
    this._placed.push({ text: name.text, x: x + shift[0], y: y + shift[1], style });
  },

  _drawn() {
    return (this._placed ?? []).filter(({ style }) => !style.above);
  },

  _update() {
    this._pxBounds = this._renderer._bounds;
  },

  _updatePath() {
    if (!this._renderer._drawing) return;
    const ctx = this._renderer._ctx;
    ctx.save();
    ctx.globalAlpha = 1; // Leaflet leaves the one of the path before
    ctx.setLineDash([]);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const { text, x, y, style } of this._drawn()) {
      ctx.font = `${style.font} ${LABEL_FONT}`;
      if ("letterSpacing" in ctx) ctx.letterSpacing = style.spacing ? `${parseFloat(style.spacing) * 13}px` : "0px";
      ctx.strokeStyle = "rgba(255, 255, 255, 0.9)";
      ctx.lineWidth = style.halo;
      ctx.strokeText(text, x, y);
      ctx.fillStyle = style.colour;
      ctx.fillText(text, x, y);
    }
    ctx.restore();
  },

  _containsPoint: () => false,
});

/** The names that stay legible over the symbols: a layer for the end of the canvas, placed with all the others. */
const NamesAbove = L.Path.extend({
  initialize(labels, options) {
    L.setOptions(this, { ...options, interactive: false });
    this.labels = labels;
  },

  _project() {},

  _update() {
    this._pxBounds = this._renderer._bounds;
  },

  _drawn() {
    return (this.labels._placed ?? []).filter(({ style }) => style.above);
  },

  _updatePath: Labels.prototype._updatePath,
  _containsPoint: () => false,
});

/** Boxes in a grid of 64 pixels, so that asking for an overlap stays quick with thousands of them. */
class Boxes {
  cells = new Map();

  *keys([west, north, east, south]) {
    for (let x = Math.floor(west / 64); x <= Math.floor(east / 64); x += 1) {
      for (let y = Math.floor(north / 64); y <= Math.floor(south / 64); y += 1) yield `${x},${y}`;
    }
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  hits(box) {
    const [west, north, east, south] = box;
    for (const key of this.keys(box)) {
      const near = this.cells.get(key) ?? [];
      if (near.some((other) => other[0] < east && other[2] > west && other[1] < south && other[3] > north)) return true;
    }
    return false;
  }
}

/** Guess the width of a text: Japanese characters are square, others about half. */
function textWidth(text, size) {
  let width = 0;
  for (const character of text) width += character.codePointAt(0) > 0x2e7f ? size : size * 0.56;
  return width;
}
