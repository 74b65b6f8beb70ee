// The places in the view for screen readers and the keyboard: buttons that show themselves at their symbol when they have the focus.

const NAMED = 60; // more would be a walk without an end; the list has them all

class PlaceNames {
  constructor(layer, map, context) {
    Object.assign(this, { layer, map, context, buttons: new Map() });
    this.list = el("ul", {});
    this.sentence = el("p", { class: "rm-hidden" });
    this.box = el("div", { class: "rm-named", role: "group" }, this.sentence, this.list);
    L.DomEvent.disableClickPropagation(this.box);
    map.getContainer().append(this.box);
    this.later = () => this.renew();
    map.on("moveend", this.later);
    this.renew();
  }

  remove() {
    this.map.off("moveend", this.later);
    this.box.remove();
  }

  /** Name what is in the view, when the page has nothing more urgent to do. */
  renew() {
    if (this.waiting) return;
    const idle = window.requestIdleCallback ?? ((call) => setTimeout(call, 50));
    this.waiting = idle(() => {
      this.waiting = null;
      if (this.layer._map) this._name();
    });
  }

  _name() {
    const { buttons, list } = this;
    const { say } = this.context;
    const venues = this.layer.inView();
    const few = venues.length <= NAMED;
    this.box.setAttribute("aria-label", say("places_here"));
    this.sentence.textContent = say(few ? "places_named" : "places_many", { n: venues.length });
    const wanted = new Set(few ? venues : []);
    for (const [venue, button] of buttons) {
      // Whoever is there stays there, even when the map has moved away.
      if (wanted.has(venue) || button === document.activeElement) continue;
      button.parentElement.remove();
      buttons.delete(venue);
    }
    for (const venue of wanted) {
      const button = buttons.get(venue) ?? this._button(venue);
      button.replaceChildren(this.layer.venueTip(venue));
      this._place(button, venue);
      if (button !== document.activeElement) list.append(button.parentElement);
    }
  }

  _button(venue) {
    const button = el("button", { type: "button", onclick: () => this.layer.pickVenue(venue) });
    button.addEventListener("focus", () => this._place(button, venue));
    el("li", {}, button);
    this.buttons.set(venue, button);
    return button;
  }

  /** Put the button at its symbol; its name stands on the side where there is more room. */
  _place(button, venue) {
    const { x, y } = this.map.latLngToContainerPoint(this.layer.latlng(venue));
    Object.assign(button.style, { left: `${x}px`, top: `${y}px` });
    button.classList.toggle("rm-leftward", x > this.map.getSize().x / 2);
  }
}
