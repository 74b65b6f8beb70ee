// The list beside the map: what fits, under the heading of its kind, a few hundred at a time.

const BATCH = 400;

class ResultList {
  constructor(box, context) {
    Object.assign(this, { box, context, waiting: [] });
    // The list on paper is whole.
    window.addEventListener("beforeprint", () => this._more(Infinity));
  }

  show(found) {
    this.box.replaceChildren();
    this.section = null;
    this.waiting = found;
    this.box.scrollTop = 0;
    if (!found.length) {
      const word = this.context.resources.length ? "none_found" : "nothing";
      this.box.append(el("p", { class: "rm-empty" }, this.context.say(word)));
    }
    this.counts = new Map();
    for (const { kind } of found) this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    this._more(BATCH);
  }

  _more(count) {
    this.button?.remove();
    this.button = null;
    for (const resource of this.waiting.slice(0, count)) this._sectionOf(resource.kind).append(this._entry(resource));
    this.waiting = this.waiting.slice(count);
    if (!this.waiting.length) return;
    const text = this.context.say("more_results", { n: this.waiting.length });
    this.button = el("button", { type: "button", class: "rm-more-results", onclick: () => this._more(BATCH) }, text);
    this.box.append(this.button);
  }

  _sectionOf(kind) {
    if (this.section?.kind === kind) return this.section.list;
    const { page, say } = this.context;
    const { label } = page.kinds[kind];
    const count = el("span", { class: "rm-n" }, say("count", { n: this.counts.get(kind) }));
    const list = el("ul", {});
    const heading = el("h2", {}, symbolSvg(page.kinds[kind], { size: 24 }), label, count);
    this.box.append(el("section", { class: "rm-kind-section" }, heading, list));
    this.section = { kind, list };
    return list;
  }

  _entry(resource) {
    const { page, venues, say, openResource } = this.context;
    const venue = resource.at === null ? null : venues[resource.at];
    const look = resource.status ? "suspended" : venue?.rough ? "rough" : "plain";
    const tags = [
      resource.status ? el("span", { class: "rm-tag rm-suspended" }, say("suspended")) : null,
      resource.place === PLACE.stop ? el("span", { class: "rm-tag" }, say("stop")) : null,
      venue?.rough ? el("span", { class: "rm-tag rm-rough" }, say("approximate")) : null,
      resource.stale ? el("span", { class: "rm-tag rm-stale" }, say("stale")) : null,
    ].filter(Boolean);
    const button = el(
      "button",
      { type: "button", class: "rm-entry", "data-id": resource.id, onclick: () => openResource(resource, button) },
      symbolSvg(page.kinds[resource.kind], { size: 24, look }),
      el(
        "span",
        { class: "rm-entry-text" },
        el("span", { class: "rm-name" }, resource.name),
        el("span", { class: "rm-where" }, placeText(resource, venues, say)),
        resource.schedule ? el("span", { class: "rm-when" }, resource.schedule) : null,
        tags.length ? el("span", { class: "rm-tags" }, ...tags) : null,
      ),
    );
    return el("li", {}, button);
  }
}
