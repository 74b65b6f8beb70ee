// Canvases of our own over the map. Leaflet's base of renderers moves and zooms them; what is drawn, their children say.

const SHARPEST = 2; // canvas pixels per pixel of the page, at most: a phone's third is not seen, but weighs
const ON_PAPER = 3;

/** Make a pane at a height among those of the map; fingers pass through it. */
function paneAt(map, name, height) {
  const pane = map.getPane(name) ?? map.createPane(name);
  pane.style.zIndex = height;
  pane.style.pointerEvents = "none";
  return name;
}

/** Longitude and latitude as parts of the world's square, 0 to 1 from west and from north. */
const worldX = (lon) => lon / 360 + 0.5;
const worldY = (lat) => {
  const sin = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
};

/** Turn parts of the world's square back into what Leaflet takes. */
function latlngOf(x, y) {
  return L.latLng((Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, (x - 0.5) * 360);
}

/** Tell whether two views show the same ground in the same size. */
function sameView(one, other) {
  return Boolean(one) && ["scale", "left", "top", "width", "height"].every((key) => one[key] === other[key]);
}

/** A canvas over the map. A child has `paint(ctx, view)` and may have `isBlank()`; `redraw()` draws in the next frame. */
const Sheet = L.Renderer.extend({
  options: { padding: 0.2, pane: "overlayPane", name: "sheet" },

  redraw() {
    if (!this._map || this._request) return;
    this._request = requestAnimationFrame(() => {
      this._request = null;
      if (this._map && !this._map._animatingZoom) this._draw();
    });
  },

  getEvents() {
    return { ...L.Renderer.prototype.getEvents.call(this), move: this._onMove };
  },

  isBlank: () => false,

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.className = `rm-sheet rm-sheet-${this.options.name}`;
    this._ctx = this._container.getContext("2d");
  },

  _destroyContainer() {
    cancelAnimationFrame(this._request);
    this._request = null;
    this._container.remove();
    this._container = null;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    const before = this._view;
    L.Renderer.prototype._update.call(this);
    const { min } = this._bounds;
    const size = this._bounds.getSize();
    const { x, y } = this._map.getPixelOrigin().add(min);
    this._view = { zoom: this._zoom, scale: 256 * 2 ** this._zoom, left: x, top: y, width: size.x, height: size.y };
    L.DomUtil.setPosition(this._container, min);
    if (!sameView(before, this._view)) this._draw(); // Leaflet tells a new view twice
  },

  /** Draw again before a hand that moves the map far uncovers what was never drawn. */
  _onMove() {
    if (this._map._animatingZoom || this._map.getZoom() !== this._zoom || !this._bounds) return;
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    if (!this._bounds.contains(L.bounds(corner, corner.add(this._map.getSize())))) this._update();
  },

  _draw() {
    const { _container: canvas, _ctx: ctx, _view: view } = this;
    const ratio = this._map.rmOnPaper ? ON_PAPER : Math.min(SHARPEST, window.devicePixelRatio || 1);
    const blank = this.isBlank();
    const [width, height] = blank ? [0, 0] : [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
      Object.assign(canvas.style, { width: `${width / ratio}px`, height: `${height / ratio}px` });
    } else {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, width, height);
    }
    if (blank) return;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.paint(ctx, { ...view, ratio });
  },
});
