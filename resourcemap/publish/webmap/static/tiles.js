// A background from the network, over the own one, for projects that ask for it. Without a network nothing is asked for.

const TILE = 256; // pixels

class TileBackground {
  constructor(map, tiles, changed) {
    Object.assign(this, { map, tiles, changed, shown: false });
    const { url, from, to } = tiles;
    const zooms = { minZoom: from, maxNativeZoom: to, maxZoom: map.getMaxZoom() };
    this.layer = L.tileLayer(url, { pane: paneAt(map, "tiles", 260), ...zooms });
    const credit = el("a", { href: tiles.link, target: "_blank", rel: "noopener noreferrer" }, tiles.credit);
    map.attributionControl.addAttribution(credit.outerHTML);
    window.addEventListener("online", () => this._ask());
    window.addEventListener("offline", () => this._show(false));
    this._ask();
  }

  /** Ask for one tile first: where the host cannot be reached, the hundred others are not asked for. */
  _ask() {
    if (!navigator.onLine || this.shown) return;
    const image = new Image();
    image.addEventListener("load", () => this._show(navigator.onLine));
    image.src = this._tileInTheMiddle();
  }

  _tileInTheMiddle() {
    const { map, tiles } = this;
    const z = Math.min(tiles.to, Math.max(tiles.from, Math.round(map.getZoom())));
    const { x, y } = map.project(map.getCenter(), z).divideBy(TILE).floor();
    return L.Util.template(tiles.url, { x, y, z });
  }

  _show(shown) {
    if (shown === this.shown) return;
    this.shown = shown;
    if (shown) this.layer.addTo(this.map);
    else this.layer.remove();
    this.changed();
  }
}
