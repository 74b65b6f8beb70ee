// The planning map: where something is missing, for whom, how sure, and where next. One text in the address says what is shown.

const OFF = "off";
const SWITCHES = ["patches", "reach", "sites"];
const STANDARD = "standard.";

class Planning {
  constructor(app) {
    const { page, map } = app;
    Object.assign(this, { app, data: page.planning, layers: new PlanningLayers(map) });
    this.figures = new Figures(page.planning).name(page.kinds.map((kind) => kind.id));
    this.choosing = matchMedia("(min-width: 761px) and (min-height: 560px)").matches;
    this.usual = this._usual();
    app.root.classList.add("rm-with-planning");
    document.querySelector(".rm-imprint").prepend(el("strong", { class: "rm-planning-map", "data-say": "planning" }, app.say("planning")), " ");
  }

  // The address, the list and the figure

  /**
   * Take in what an address or the list asks for, before it is drawn. An address without kind and layer begins with the
   * kind of the usual figure; a layer that does not exist is the usual one; a single kind that the list turns to takes
   * the figure with it where there is the same one of it.
   */
  attend(change) {
    const { state } = this.app;
    const asked = state.layer;
    if (asked === null && "kinds" in change && !state.kinds.size && this.usual) state.kinds = new Set([this.usual.kind]);
    state.layer = this._known(asked ?? "");
    if (asked !== null && state.layer !== asked) this.app.writeAddress("replace");
    if ("kinds" in change && (asked === null || !("layer" in change))) this._follow();
  }

  /** Write a layer with what there is of it. */
  _known(text) {
    const [first, ...more] = text.split("+");
    const there = first === OFF || this.figures.byText.has(first) || this.data.standards?.some((_, at) => first === `${STANDARD}${at + 1}`);
    const usual = this.usual ? this.figures.textOf(this.usual) : `${STANDARD}1`;
    return [there ? first : usual, ...SWITCHES.filter((each) => more.includes(each))].join("+");
  }

  _follow() {
    const { state, card } = this.app;
    const { figure, standard, on, switches } = this.shown;
    const [kind] = state.kinds;
    if (!on || standard !== null || state.kinds.size !== 1 || kind === figure.kind) return;
    const { measure, slot, metres, other } = figure;
    const same = this.figures.nearest(figure, { measure, kind, slot, metres, other });
    if (!same) return;
    state.layer = [this.figures.textOf(same), ...SWITCHES.filter((each) => switches.has(each))].join("+");
    if (card?.planning) queueMicrotask(() => this._again(card));
  }

  /** Show an open card again; who is in the list stays there. */
  _again(card) {
    const focused = document.activeElement;
    if (this.app.card === card) card.again();
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  }

  // What is shown

  /** Return what the address says: { on, figure, standard, switches }; what does not exist falls back to the first. */
  get shown() {
    const text = this.app.state.layer;
    if (this.read?.text !== text) this.read = { text, ...this._read(text) };
    return this.read;
  }

  _read(text) {
    const [first, ...more] = (text ?? "").split("+");
    const switches = new Set(more.filter((each) => SWITCHES.includes(each)));
    if (first === OFF) return { on: false, figure: this.usual, standard: null, switches };
    const number = first.startsWith(STANDARD) ? Number(first.slice(STANDARD.length)) - 1 : -1;
    const standard = this.data.standards?.[number] ? number : null;
    const figure = this.figures.byText.get(first) ?? this.usual;
    return { on: true, figure, standard: figure === null ? (standard ?? (this.data.standards ? 0 : null)) : standard, switches };
  }

  /** The figure shown first: people beyond reach, at the distance of the gaps, of the kind with the first sentence. */
  _usual() {
    const { list, measures } = this.figures;
    const first = ["share_beyond", "share_within", "beyond", "difference"].map((id) => this.figures.number(id)).find((at) => at >= 0);
    const kinds = Object.keys(this.data.sentences?.find(Boolean) ?? {}).map(Number);
    const rank = (each) => (each.measure === first ? 0 : measures.length) + (each.metres === this.data.metres ? 0 : 2) + (kinds.length && kinds[0] !== each.kind ? 1 : 0);
    return list.reduce((best, each) => (best === null || rank(each) < rank(best) ? each : best), null);
  }

  /** The system of the map: the one chosen, if it was measured, or else the first that was. */
  get system() {
    const { state, page } = this.app;
    const there = (at) => this.figures.measured(at) || this.data.standards?.some((each) => each.systems[at]);
    if (state.system !== null && there(state.system)) return state.system;
    const first = page.systems.findIndex((_, at) => there(at));
    return first < 0 ? 0 : first;
  }

  standing() {
    const { standard } = this.shown;
    return standard === null ? null : (this.data.standards[standard].systems[this.system] ?? null);
  }

  /** Put a choice into the address. A list of the kind looked at, and of no other, goes along to the next kind. */
  choose({ figure = this.shown.figure, standard = null, switches = this.shown.switches }) {
    const first = standard === null ? this.figures.textOf(figure) : `${STANDARD}${standard + 1}`;
    const layer = [first, ...SWITCHES.filter((each) => switches.has(each))].join("+");
    const { state, card } = this.app;
    const before = this.shown;
    const together = before.standard === null && state.kinds.size === 1 && state.kinds.has(before.figure.kind);
    const next = standard === null ? [figure.kind] : [];
    const kinds = together ? new Set(next) : state.kinds;
    this.app.update({ layer, kinds, system: this.system, area: state.system === this.system ? state.area : null });
    if (card?.planning) card.again();
  }

  /** Close the figures, or show again what was shown before. */
  turn() {
    const { state, card } = this.app;
    const { on } = this.shown;
    if (on) this.left = state.layer;
    state.layer = on ? OFF : (this.left ?? "");
    this.app.update({ kinds: state.kinds });
    if (card?.planning) this._again(card);
  }

  toSystem(system) {
    const { card } = this.app;
    if (card?.area !== undefined) this.app.close();
    this.app.update({ system, area: null });
    if (card?.table) card.again();
  }

  toggle(name) {
    const switches = new Set(this.shown.switches);
    if (!switches.delete(name)) switches.add(name);
    this.choose({ ...this.shown, switches });
  }

  /** Return what lies over the areas: what there is of it for the figure or the standard, and what is switched on. */
  over() {
    const { figure, standard, switches, on } = this.shown;
    const { patches = [], outlines = [], sites = [], standards = [] } = this.data;
    const kind = figure?.kind;
    const belongs = (each) => (standard === null ? this._isAbout(each, figure) : each.standard === standards[standard].name);
    const there = {
      patches: patches.find(belongs) ?? null,
      outline: standard === null ? (outlines.find((each) => each.kind === kind && each.metres === (figure.metres ?? this.data.metres)) ?? null) : null,
      sites: standard === null ? (sites.find((each) => each.kind === kind) ?? null) : null,
    };
    const shown = {
      patches: on && switches.has("patches") ? there.patches : null,
      outline: on && switches.has("reach") ? there.outline : null,
      sites: on && switches.has("sites") ? there.sites : null,
    };
    return { there: { patches: there.patches, reach: there.outline, sites: there.sites }, shown };
  }

  /** Tell whether patches are those of a figure: of its kind, its people, its times and its distance, and nothing else. */
  _isAbout(patches, figure) {
    const { who, slots } = this.figures.given;
    const asked = { kind: figure.kind, who: who[figure.who].id, everyone: who[figure.who].everyone, slot: slots[figure.slot] };
    const metres = figure.metres ?? this.data.metres;
    return figure.other === null && patches.metres === metres && Object.entries(asked).every(([part, value]) => patches[part] === value);
  }

  // The map

  draw() {
    const { app, system, shown } = this;
    const chosen = app.card?.area ?? (app.state.system === system ? app.state.area : null);
    app.areas.show(system, { fill: shown.on ? this.fills() : () => null, chosen, interactive: shown.on });
    this.layers.show(this.over().shown);
  }

  /** Make the function that gives the colour of an area. */
  fills() {
    const { figures, system } = this;
    const { figure, standard } = this.shown;
    const standing = this.standing();
    if (standard !== null) return (area) => MET[standing?.met[area]] ?? NOBODY;
    const colours = coloursOf(figures.measure(figure));
    return (area) => {
      const found = figures.standing(figure, system, area);
      if (found === "nobody") return NOBODY;
      return typeof found === "string" ? "hatch" : colours[found.class];
    };
  }

  areaTip(area) {
    const name = this.app.page.systems[this.system].areas[area];
    return el("span", {}, el("b", {}, name), this.shown.on ? el("span", {}, this.brief(area)) : "");
  }

  /** Say the figure of an area in one line. */
  brief(area) {
    const { figure, standard } = this.shown;
    const { say } = this.app;
    if (standard !== null) {
      const standing = this.standing();
      const without = standing?.without[area];
      const met = say(MET_WORDS[standing?.met[area] ?? "-"]);
      return without ? `${met}${say("planning_comma")}${say("planning_without", { n: without })}` : met;
    }
    return this.valueOf(figure, area);
  }

  /** Write the value of a figure in an area, or why there is none; a share with its people. */
  valueOf(figure, area) {
    const { say } = this.app;
    const found = this.figures.standing(figure, this.system, area);
    if (typeof found === "string") return say({ nobody: "planning_nobody", unknown: "planning_unknown", unsaid: "planning_unsaid" }[found]);
    const value = this.figures.values(figure, this.system)[area];
    const text = valueText(value, this.figures.measure(figure), this.app.context);
    const people = this.figures.measure(figure).unit === "share" ? this.figures.peopleOf(figure) : null;
    if (!people) return text;
    const all = this.figures.values(people, this.system)[area];
    return all === null ? text : say("planning_of_people", { share: text, people: all });
  }

  measureName(measure) {
    const { say } = this.app;
    return measure.id === "share_beyond" ? say("planning_share_beyond") : this.pick(measure.label);
  }

  /** Choose a label that is there in Japanese and English only. */
  pick(label) {
    return this.app.context.language.startsWith("ja") ? label.ja : label.en;
  }

  // The legend, which is the panel too

  legend() {
    const { say } = this.app;
    const { on } = this.shown;
    const title = el("h2", { class: "rm-planning-name" }, say("planning"));
    const attributes = { type: "button", class: "rm-planning-switch", "data-keep": "on", "aria-pressed": String(on) };
    const toggle = el("button", { ...attributes, onclick: () => this.turn() }, say(on ? "planning_hide" : "planning_show"));
    const parts = on ? planningPanel(this) : [symbolLegend(this.app.context)];
    return el("div", { class: "rm-planning" }, el("div", { class: "rm-planning-head" }, title, toggle), ...parts);
  }

  // Cards

  openArea(area) {
    const { page } = this.app;
    const card = { area, planning: true, again: () => this.openArea(area) };
    this.app.openCard(card, page.systems[this.system].areas[area], areaParts(this, area));
    this.app.goTo?.(this.app.areas.centre(area));
  }

  openTable() {
    const card = { planning: true, table: true, again: () => this.openTable() };
    this.app.openCard(card, this.app.say("planning_table"), [areaTable(this)]);
  }
}
