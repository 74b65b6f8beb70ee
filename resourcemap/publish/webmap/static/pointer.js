// What lies under the pointer: layers on canvases are asked in the order of their rank, and the first answer counts.

/** One for each map. A layer has `rank`, `under(event)` -> thing or null, `tip(thing)` -> element or null,
 * `spot(thing, event)` -> where the tip stands, `pick(thing)`, and may have `isPickable()`. */
class Pointer {
  static of(map) {
    map.rmPointer ??= new Pointer(map);
    return map.rmPointer;
  }

  constructor(map) {
    Object.assign(this, { map, layers: [], shown: null, hovers: matchMedia("(hover: hover)").matches });
    this.tooltip = L.tooltip({ direction: "top", offset: [0, -12], className: "rm-tip" });
    map.on("click", (event) => this._click(event));
    map.on("mousemove", (event) => this._move(event));
    map.on("mouseout zoomstart movestart", () => this._leave());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this._leave());
  }

  add(layer) {
    this.layers = [...this.layers, layer].sort((a, b) => a.rank - b.rank);
  }

  remove(layer) {
    this.layers = this.layers.filter((each) => each !== layer);
    this._leave();
  }

  _find(event) {
    // What was added to the map in other ways, such as Folium's markers, answers for itself.
    if (event.originalEvent.target.closest?.(".leaflet-interactive, .leaflet-popup, .leaflet-control")) return {};
    for (const layer of this.layers) {
      const thing = layer.under(event);
      if (thing !== null) return { layer, thing };
    }
    return {};
  }

  _click(event) {
    const { layer, thing } = this._find(event);
    if (!layer) return;
    this._leave();
    if (layer.isPickable?.() ?? true) layer.pick(thing);
  }

  _move(event) {
    if (!this.hovers) return;
    const { layer, thing } = this._find(event);
    if (!layer) return this._leave();
    this._mark(layer.isPickable?.() ?? true);
    if (this.shown?.layer !== layer || this.shown.thing !== thing) {
      this.shown = { layer, thing };
      const content = layer.tip(thing);
      if (!content) return this.tooltip.remove();
      this.tooltip.setContent(content);
    }
    this.tooltip.setLatLng(layer.spot(thing, event));
    if (!this.map.hasLayer(this.tooltip)) this.map.openTooltip(this.tooltip);
    return undefined;
  }

  _leave() {
    this.shown = null;
    this._mark(false);
    this.tooltip.remove();
  }

  _mark(over) {
    this.map.getContainer().classList.toggle("rm-pointing", over);
  }
}
