// All venues on one canvas. Few are symbols; many that would hide each other are dots, and very many are gathered.

const FEW = 150; // so many symbols may overlap a little, as they do in the middle of a town
const MANY = 400; // so many numbers would hide the symbols of a whole city
const APART = 16; // from this zoom on nothing is gathered: it would not come apart any more
const FINGER = 22; // pixels from the middle of a symbol in which it can be pressed
const HIDDEN = -1;

const PlaceLayer = Sheet.extend({
  options: { name: "places", pane: "places" },
  rank: 0,

  /** `kinds` have a colour and a shape. `tip(venue)` makes an element, `pick(venue)` is called for a venue that was pressed;
   * `context.say`, where it is given, lets the layer name what it shows for screen readers and the keyboard. */
  initialize(store, kinds, { tip, pick, context = null }) {
    L.Renderer.prototype.initialize.call(this, {});
    const { count, lon, lat } = store.venues;
    Object.assign(this, { store, kinds, venueTip: tip, pickVenue: pick, context, total: count, numbers: null, own: null });
    this.x = lon.map(worldX);
    this.y = lat.map(worldY);
    this.order = southward(this.y);
    this.rough = store.venues.rough;
    this.related = new Set();
    this.selected = null;
    this.kind = new Int16Array(count).fill(HIDDEN);
    this._count();
  },

  onAdd(map) {
    paneAt(map, "places", 430);
    L.Renderer.prototype.onAdd.call(this, map);
    Pointer.of(map).add(this);
    if (this.context) this.names = new PlaceNames(this, map, this.context);
  },

  onRemove(map) {
    Pointer.of(map).remove(this);
    this.names?.remove();
    L.Renderer.prototype.onRemove.call(this, map);
  },

  /** Show what fits: for every venue the kind it is drawn as (-1: hidden), how many activities, whether all are suspended. */
  show({ kind, count, resting }) {
    Object.assign(this, { kind, counts: count, resting });
    this._count();
    this.redraw();
    this.names?.renew();
  },

  /** Mark one venue, and more lightly those related to it. */
  select(venue, related = []) {
    this.selected = venue;
    this.related = new Set(related);
    this.redraw();
  },

  /** Draw numbers instead of symbols, for paper; 0 leaves a venue out, null goes back. */
  number(numbers) {
    this.numbers = numbers;
    if (this._map) this._draw(); // paper does not wait for the next frame
  },

  /** Mark one's own position. */
  me(latlng) {
    const { lat, lng } = latlng ? L.latLng(latlng) : {};
    this.own = latlng ? [worldX(lng), worldY(lat)] : null;
    this.redraw();
  },

  /** Return the venues shown in the view, from north to south. */
  inView() {
    const { x: left, y: top } = this._map.getPixelBounds().min;
    const { x: width, y: height } = this._map.getSize();
    const scale = 256 * 2 ** this._map.getZoom();
    const inside = (at) => {
      const [x, y] = [this.x[at] * scale - left, this.y[at] * scale - top];
      return x >= 0 && x <= width && y >= 0 && y <= height;
    };
    return [...this.shown.filter(inside)];
  },

  /** Return what names should not cover in a view: middles and half sides, [x, y, half, ...] in pixels of its canvas. */
  spots(view) {
    if (this.numbers) return placeNumbers(this, view).flatMap(({ x, y, half }) => [x, y, half]);
    if (this._look(view.zoom) === "gathered") return this._crowds(view).flatMap(({ x, y, radius }) => [x, y, radius]);
    const half = this._size(view.zoom) / 2;
    const found = [];
    this._each(view, half, (at, x, y) => found.push(x, y, half));
    return found;
  },

  // Under the pointer

  /** Return the venue, or the crowd of venues, at an event of the map; null where there is none. */
  under({ containerPoint, latlng }) {
    if (!this._map || !this.view) return null;
    const { zoom, scale, left, top } = this.view;
    const [x, y] = [worldX(latlng.lng), worldY(latlng.lat)];
    if (this._look(zoom) === "gathered") {
      const crowd = nearestCrowd(this._crowds(this.view), x * scale - left, y * scale - top);
      return crowd ? (crowd.venue ?? crowd) : null;
    }
    const reach = this._look(zoom) === "dots" ? 9 : FINGER;
    const at = this.grid.nearest(x, y, reach / scale);
    return at < 0 ? null : at;
  },

  tip(thing) {
    if (typeof thing === "number") return this.venueTip(thing);
    return this.context ? el("span", {}, this.context.say("crowd", { n: thing.venues })) : null;
  },

  spot(thing) {
    const { left, top, scale } = this.view;
    return typeof thing === "number" ? this.latlng(thing) : latlngOf((thing.x + left) / scale, (thing.y + top) / scale);
  },

  pick(thing) {
    if (typeof thing === "number") return this.pickVenue(thing);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const bounds = L.latLngBounds(latlngOf(thing.west, thing.north), latlngOf(thing.east, thing.south));
    const zoom = Math.max(this._map.getZoom() + 1, Math.min(this._map.getBoundsZoom(bounds.pad(0.2)), APART));
    return this._map.setView(bounds.getCenter(), zoom, { animate: !still });
  },

  latlng(at) {
    return latlngOf(this.x[at], this.y[at]);
  },

  // How much room there is

  _count() {
    const { order, kind } = this;
    const shown = new Uint32Array(order.length);
    let count = 0;
    for (let n = 0; n < order.length; n += 1) if (kind[order[n]] !== HIDDEN) shown[count++] = order[n];
    this.shown = shown.subarray(0, count);
    this.grid = new PointGrid(this.x, this.y, this.shown);
    this.gathered = null;
    this.spacing = this.shown.length > FEW ? this.grid.spacing() : Infinity;
  },

  /** How the venues look at a zoom: "symbols", "dots" or "gathered". */
  _look(zoom) {
    const room = this.spacing * 256 * 2 ** zoom;
    if (room >= symbolSize(zoom) * 0.75) return "symbols";
    return zoom >= APART || room >= DOT * 0.6 ? "dots" : "gathered";
  },

  _size(zoom) {
    return this._look(zoom) === "dots" ? DOT : symbolSize(zoom);
  },

  // Drawing

  paint(ctx, view) {
    this.view = view;
    if (this.sprites?.ratio !== view.ratio) this.sprites = new Sprites(this.kinds, view.ratio);
    const gathered = !this.numbers && this._look(view.zoom) === "gathered";
    this._map.getContainer().classList.toggle("rm-gathered", gathered);
    if (this.numbers) drawNumbers(ctx, placeNumbers(this, view));
    else if (gathered) this._paintCrowds(ctx, view);
    else this._paintAll(ctx, view);
    for (const at of this.related) if (at !== this.selected) this._paintMarked(ctx, view, at, false);
    if (this.selected !== null) this._paintMarked(ctx, view, this.selected, true);
    if (this.own) drawOwn(ctx, this.own[0] * view.scale - view.left, this.own[1] * view.scale - view.top);
  },

  /** Call for every venue shown in the view, from north to south, with its place on the canvas. */
  _each({ scale, left, top, width, height }, margin, call) {
    const { shown, x, y } = this;
    for (let n = 0; n < shown.length; n += 1) {
      const at = shown[n];
      const px = x[at] * scale - left;
      if (px < -margin || px > width + margin) continue;
      const py = y[at] * scale - top;
      if (py >= -margin && py <= height + margin) call(at, px, py);
    }
  },

  _paintAll(ctx, view) {
    const { sprites } = this;
    const dots = this._look(view.zoom) === "dots";
    const size = symbolSize(view.zoom);
    const badges = !dots && view.zoom >= (this.total > MANY ? 15 : 13);
    const known = [];
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    this._each(view, size, (at, x, y) => {
      const look = this._lookOf(at);
      const key = this.kind[at] * 4 + look;
      const image = (known[key] ??= dots ? sprites.dot(this.kind[at], look) : sprites.symbol(this.kind[at], look, size));
      stamp(ctx, image, x, y, view.ratio);
      if (badges && this.counts[at] > 1) stamp(ctx, sprites.badge(this.counts[at], size), x + size * 0.46, y - size * 0.44, view.ratio);
    });
    ctx.restore();
  },

  _paintCrowds(ctx, view) {
    const size = symbolSize(view.zoom);
    for (const crowd of this._crowds(view)) {
      if (crowd.venue === undefined) drawCrowd(ctx, crowd, this.kinds);
      else this._paintOne(ctx, view, crowd.venue, crowd.x, crowd.y, size);
    }
  },

  /** Gather once for a view: names and the pointer ask again. */
  _crowds(view) {
    if (!sameView(this.gathered?.view, view)) this.gathered = { view, crowds: gather(this, view) };
    return this.gathered.crowds;
  },

  _paintMarked(ctx, view, at, strong) {
    if (this.kind[at] === HIDDEN) return;
    const size = Math.max(18, symbolSize(view.zoom)) * (strong ? 1.25 : 1);
    const [x, y] = [this.x[at] * view.scale - view.left, this.y[at] * view.scale - view.top];
    drawRing(ctx, x, y, size * 0.82, strong);
    this._paintOne(ctx, view, at, x, y, size);
  },

  _paintOne(ctx, { ratio }, at, x, y, size) {
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    stamp(ctx, this.sprites.symbol(this.kind[at], this._lookOf(at), size), x, y, ratio);
    if (this.counts[at] > 1) stamp(ctx, this.sprites.badge(this.counts[at], size), x + size * 0.46, y - size * 0.44, ratio);
    ctx.restore();
  },

  _lookOf(at) {
    return (this.rough[at] ? LOOK.rough : 0) | (this.resting[at] ? LOOK.suspended : 0);
  },
});

/** Put a sprite with its middle at a place, on whole pixels of the canvas: the quickest way, and the sharpest. */
function stamp(ctx, image, x, y, ratio) {
  ctx.drawImage(image, Math.round(x * ratio - image.width / 2), Math.round(y * ratio - image.height / 2));
}

/** Return the numbers of all points from north to south: those in the south are drawn over the others. */
function southward(y) {
  const steps = 65536;
  let [north, south] = [Infinity, -Infinity];
  for (const value of y) {
    north = Math.min(north, value);
    south = Math.max(south, value);
  }
  const scale = (steps - 1) / Math.max(south - north, 1e-12);
  const start = new Uint32Array(steps + 1);
  for (const value of y) start[Math.floor((value - north) * scale) + 1] += 1;
  for (let n = 1; n < start.length; n += 1) start[n] += start[n - 1];
  const order = new Uint32Array(y.length);
  y.forEach((value, at) => {
    const row = Math.floor((value - north) * scale);
    order[start[row]] = at;
    start[row] += 1;
  });
  return order;
}
