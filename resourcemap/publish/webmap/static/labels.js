// Names on the map: the most important first, none over another, and beside the symbols where there is room.

const LABEL_STYLES = {
  area: { weight: "700", size: 14, colour: "#4a3d63", from: 0, to: 22, halo: 4, spacing: 1.1, above: true, room: 0.8 },
  station: { weight: "700", size: 12, colour: "#222", from: 12.5, to: 22, halo: 3, beside: 14 },
  water: { weight: "italic 500", size: 12, colour: "#2c6a92", from: 13, to: 22, halo: 3, spacing: 1.3 },
  town: { weight: "500", size: 12, colour: "#857c69", from: 0, to: 22, halo: 3, beside: 13, clear: true },
  block: { weight: "500", size: 12, colour: "#6a6252", from: 13, to: 22, halo: 3, room: 0.6 },
  hill: { weight: "500", size: 12, colour: "#5b6b3c", from: 13.5, to: 22, halo: 3 },
  park: { weight: "500", size: 11, colour: "#47702f", from: 16.2, to: 22, halo: 3 },
};
// `room`: the share of a name's width that its shape must have on the map.
const LABEL_FONT = '"Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif';

/** A canvas with the names that `drawn(style)` chooses from those that were placed. */
const NameSheet = Sheet.extend({
  initialize(labels, drawn, options) {
    L.Renderer.prototype.initialize.call(this, options);
    Object.assign(this, { labels, drawn });
  },

  isBlank() {
    return ![...this.labels.groups.values()].some((names) => names.some(({ style }) => this.drawn(LABEL_STYLES[style])));
  },

  paint(ctx, view) {
    Object.assign(ctx, { textAlign: "center", textBaseline: "middle", lineJoin: "round", strokeStyle: "rgba(255, 255, 255, 0.9)" });
    for (const { text, x, y, style } of this.labels.placed(view)) {
      if (!this.drawn(style)) continue;
      ctx.font = `${style.weight} ${style.size}px ${LABEL_FONT}`;
      if ("letterSpacing" in ctx) ctx.letterSpacing = `${style.spacing ?? 0}px`;
      ctx.lineWidth = style.halo;
      ctx.strokeText(text, x, y);
      ctx.fillStyle = style.colour;
      ctx.fillText(text, x, y);
    }
  },
});

/** All names, in groups. Names of areas stay legible over the symbols, the others lie under them. */
class Labels {
  /** `spots(view)` gives what names should not cover, as `PlaceLayer.spots` does. */
  constructor({ spots }) {
    Object.assign(this, { spots, groups: new Map() });
    this.below = new NameSheet(this, (style) => !style.above, { pane: "names", name: "names" });
    this.above = new NameSheet(this, (style) => style.above, { pane: "names-above", name: "names-above" });
  }

  addTo(map) {
    this.below.options.pane = paneAt(map, "names", 420);
    this.above.options.pane = paneAt(map, "names-above", 440);
    this.below.addTo(map);
    this.above.addTo(map);
    return this;
  }

  /** Set the names of one group: [{ text, style, x, y, within }], x and y in parts of the world's square, `within` being
   * the x of the ends that a name must find room between, if any. Groups set first win over later ones. */
  put(group, names) {
    this.groups.set(group, names);
    this.renew();
  }

  /** Place the names anew, as the symbols have changed. */
  renew() {
    this.view = null;
    this.below.redraw();
    this.above.redraw();
  }

  /** Place the names of a view, once for both canvases. */
  placed(view) {
    if (sameView(this.view, view)) return this.found;
    this.view = view;
    this.found = [];
    const [free, symbols] = [new Boxes(), new Boxes()];
    const spots = this.spots(view);
    for (let n = 0; n < spots.length; n += 3) {
      const [x, y, half] = [spots[n], spots[n + 1], spots[n + 2]];
      symbols.add([x - half, y - half, x + half, y + half]);
    }
    for (const names of this.groups.values()) for (const name of names) this._place(name, view, free, symbols);
    return this.found;
  }

  _place(name, { zoom, scale, left, top, width: right, height: bottom }, free, symbols) {
    const style = LABEL_STYLES[name.style];
    if (zoom < style.from || zoom > style.to) return;
    const [x, y] = [name.x * scale - left, name.y * scale - top];
    const { size, beside } = style;
    const width = (name.width ??= textWidth(name.text, size));
    if (x < -width || x > right + width || y < -40 || y > bottom + 40) return;
    if (name.within && (name.within[1] - name.within[0]) * scale < width * style.room) return;
    const at = ([dx, dy]) => [x + dx - width / 2 - 5, y + dy - size / 2 - 2, x + dx + width / 2 + 5, y + dy + size / 2 + 2];
    const shifts = beside
      ? [[0, beside], [0, -beside], [width / 2 + beside, 0], [-width / 2 - beside, 0], [width / 2, beside], [-width / 2, beside]]
      : [[0, 0], [0, -size * 1.3], [0, size * 1.3], [width / 2, size], [-width / 2, size], [0, -size * 2.4], [0, size * 2.4]];
    const shift = this._freest(shifts.map((each) => [each, at(each)]).filter(([, box]) => !free.hits(box)), symbols, style);
    if (!shift) return;
    free.add(at(shift));
    this.found.push({ text: name.text, x: x + shift[0], y: y + shift[1], style });
  }

  /** Choose the shift that covers the fewest symbols, the first of equals; names that must be clear cover none. */
  _freest(open, symbols, { clear }) {
    let [best, least] = [null, clear ? 1 : Infinity];
    for (const [shift, box] of open) {
      const covered = symbols.count(box);
      if (covered < least) [best, least] = [shift, covered];
      if (!least) break;
    }
    return best;
  }
}

/** Boxes in a grid of 64 pixels, so that asking for an overlap stays quick with thousands of them. */
class Boxes {
  cells = new Map();

  *_keys([west, north, east, south]) {
    for (let x = Math.floor(west / 64); x <= Math.floor(east / 64); x += 1) {
      for (let y = Math.floor(north / 64); y <= Math.floor(south / 64); y += 1) yield x * 65536 + y;
    }
  }

  add(box) {
    for (const key of this._keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  hits(box) {
    return this.count(box, 1) > 0;
  }

  /** Count the boxes that overlap one, up to a number; a box on the edge of two cells may count twice. */
  count(box, most = Infinity) {
    const [west, north, east, south] = box;
    let found = 0;
    for (const key of this._keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (other[0] < east && other[2] > west && other[1] < south && other[3] > north) found += 1;
        if (found >= most) return found;
      }
    }
    return found;
  }
}

/** Guess the width of a text: Japanese characters are square, others about half. */
function textWidth(text, size) {
  let width = 0;
  for (const character of text) width += character.codePointAt(0) > 0x2e7f ? size : size * 0.56;
  return width;
}
