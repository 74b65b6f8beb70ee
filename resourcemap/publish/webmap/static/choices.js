// What may be chosen: kinds in their themes, days, audiences, facilities, languages, areas; and what is chosen now.

const FIRST_KINDS = 8;
const SINCE = [3, 6, 12]; // months

class Choices {
  constructor(context) {
    this.context = context;
    this.allKinds = false;
    this.words = document.getElementById("rm-words");
    this.words.addEventListener("input", () => context.update({ words: this.words.value }));
    document.querySelector(".rm-filters").addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("rm-clear").addEventListener("click", () => {
      context.update({ ...emptyState(), system: context.state.system });
      this.words.focus();
    });
    this.build();
  }

  /** Make everything that has words in it; again when the language changes. */
  build() {
    const { context } = this;
    const { store, page, term, filter } = context;
    const used = new Set(store.kind);
    this.kinds = page.kinds.map((_, at) => at).filter((at) => used.has(at));
    this.kindChips = new Map(
      this.kinds.map((at) => [at, this._chip("kinds", at, [symbolSvg(page.kinds[at], { size: 20 }), term("kinds", at)])]),
    );
    this.themeChips = new Map(this._themes().map((theme) => [theme, this._themeChip(theme)]));
    this.audiences = this._group("rm-audiences", "audiences", page.audiences, (at) => term("audiences", at));
    this.facilities = this._group("rm-facilities", "facilities", page.facilities, (at) => term("facilities", at));
    this.speak = this._group("rm-speak", "speak", filter.spoken, (at) => given(filter.spoken[at]));
    this._buildDays();
    this._buildSelects();
    this.moreKinds = el("button", { type: "button", class: "rm-more-kinds rm-own", onclick: () => this._toggleKinds() });
    document.querySelector(".rm-kind-choice .rm-more-kinds")?.remove();
    document.getElementById("rm-kinds").before(this.moreKinds);
    document.querySelector(".rm-filters").hidden = !store.count;
    document.getElementById("rm-order").hidden = !store.count;
    const inMore = ["rm-days", "rm-audiences", "rm-facilities", "rm-speak", "rm-systems", "rm-since-choice"];
    document.getElementById("rm-more").hidden = inMore.every((id) => document.getElementById(id).closest("[data-choice]").hidden);
    this.laid = null;
    this._layKinds();
  }

  draw(found) {
    const { state, say, store } = this.context;
    const { counts } = found;
    if (this.words.value.trim() !== state.words.trim()) this.words.value = state.words;
    for (const [at, chip] of this.kindChips) drawChip(chip, state.kinds.has(at), counts.kinds[at]);
    for (const [theme, chip] of this.themeChips) this._drawTheme(theme, chip, counts.kinds);
    for (const group of ["audiences", "facilities", "speak"]) {
      for (const [at, chip] of this[group]) drawChip(chip, state[group].has(at), counts[group][at]);
    }
    this.days?.draw(counts.days);
    this._drawMoreKinds();
    this._drawSelects(counts.areas);
    const all = store.count;
    const n = found.rows.length;
    document.getElementById("rm-count").textContent = n === all ? say("count", { n: all }) : say("count_of", { n, all });
    document.getElementById("rm-clear").hidden = !chosenGroups(state).length;
    this._drawActive();
    this._drawUnknown(found.unknown);
    this._drawStale();
  }

  // Kinds: the first ones, or all of them under their themes

  _themes() {
    const { page } = this.context;
    return [...new Set(this.kinds.map((at) => page.kinds[at].theme))].sort((a, b) => page.themes.indexOf(a) - page.themes.indexOf(b));
  }

  _ofTheme(theme) {
    return this.kinds.filter((at) => this.context.page.kinds[at].theme === theme);
  }

  /** Lay the chips; those that lie already stay, as somebody types letter after letter. */
  _layKinds() {
    const box = document.getElementById("rm-kinds");
    const chip = (at) => this.kindChips.get(at).button;
    const few = this.kinds.length <= FIRST_KINDS + 1;
    const inThemes = this.allKinds && !few;
    const shown = this.kinds.filter((at, place) => inThemes || few || place < FIRST_KINDS || this.context.state.kinds.has(at));
    const laid = `${inThemes} ${shown}`;
    if (laid === this.laid) return;
    this.laid = laid;
    this.moreKinds.hidden = few;
    if (!inThemes) {
      box.replaceChildren(...shown.map(chip));
      return;
    }
    box.replaceChildren(
      ...this._themes().map((theme) => {
        const kinds = this._ofTheme(theme);
        const own = kinds.length > 1 ? [this.themeChips.get(theme).button] : [];
        return el("div", { class: "rm-theme", role: "group", "aria-label": this._themeName(theme) }, ...own, ...kinds.map(chip));
      }),
    );
  }

  _themeName(theme) {
    return this.context.term("themes", this.context.page.themes.indexOf(theme));
  }

  /** A theme is pressed when all of its kinds are; pressing it chooses or leaves all of them. */
  _themeChip(theme) {
    const press = () => {
      const kinds = new Set(this.context.state.kinds);
      const own = this._ofTheme(theme);
      const all = own.every((at) => kinds.has(at));
      for (const at of own) all ? kinds.delete(at) : kinds.add(at);
      this.context.update({ kinds });
    };
    const chip = makeChip([this._themeName(theme)], press);
    chip.button.classList.add("rm-theme-chip");
    return chip;
  }

  _drawTheme(theme, chip, counts) {
    const own = this._ofTheme(theme);
    const chosen = own.filter((at) => this.context.state.kinds.has(at)).length;
    drawChip(chip, chosen === own.length, own.reduce((sum, at) => sum + counts[at], 0));
    if (chosen && chosen < own.length) chip.button.setAttribute("aria-pressed", "mixed");
  }

  _toggleKinds() {
    this.allKinds = !this.allKinds;
    this._drawMoreKinds();
  }

  _drawMoreKinds() {
    const { say } = this.context;
    const focused = document.activeElement;
    this._layKinds();
    if (focused?.classList.contains("rm-chip") && focused.isConnected) focused.focus({ preventScroll: true });
    this.moreKinds.setAttribute("aria-expanded", String(this.allKinds));
    const n = this.kinds.length - FIRST_KINDS;
    this.moreKinds.textContent = this.allKinds ? say("fewer_kinds") : say("more_kinds", { n });
  }

  // Groups of chips

  _group(id, group, items, label) {
    const { store } = this.context;
    const column = { audiences: "audience", facilities: "facilities", speak: "languages" }[group];
    const box = document.getElementById(id);
    const used = store.has(column) ? this.context.filter.used(group) : new Set();
    const chips = new Map(items.map((_, at) => at).filter((at) => used.has(at)).map((at) => [at, this._chip(group, at, [label(at)])]));
    box.replaceChildren(...[...chips.values()].map(({ button }) => button));
    box.closest("[data-choice]").hidden = !chips.size;
    return chips;
  }

  _chip(group, at, label) {
    return makeChip(label, () => {
      const chosen = new Set(this.context.state[group]);
      if (!chosen.delete(at)) chosen.add(at);
      this.context.update({ [group]: chosen });
    });
  }

  _buildDays() {
    const box = document.getElementById("rm-days");
    box.hidden = !this.context.days;
    if (box.hidden) return;
    this.days = dayChoices(this.context);
    box.replaceChildren(this.days.element);
    document.getElementById("rm-today").replaceChildren(this.days.soon);
  }

  // Areas, how long ago it was checked, the order

  _buildSelects() {
    const { context } = this;
    const { page, say, store } = context;
    const put = (id, options, apply) => {
      const made = select(options, null, apply, { id });
      document.getElementById(id).replaceWith(made);
      return made;
    };
    const systems = page.systems.map(({ name }, at) => [at, name]);
    const hasAreas = Boolean(systems.length && page.memberships);
    document.getElementById("rm-systems").hidden = !systems.length;
    this.system = put("rm-system", [[null, say("no_system")], ...systems], (at) => context.update({ system: at, area: null }));
    document.getElementById("rm-area").closest("label").hidden = !hasAreas;
    document.getElementById("rm-since-choice").hidden = !store.has("checked");
    this.since = put("rm-since", [[null, say("since_any")], ...SINCE.map((n) => [n, say(`since_${n}`)])], (since) => context.update({ since }));
    const orders = ["kind", ...(context.days ? ["next"] : []), ...(store.venues.count ? ["near"] : [])];
    this.orders = orders;
    this.sort = put("rm-sort", orders.map((order, at) => [at, say(`sort_${order}`)]), (at) => context.sortBy(orders[at]));
    this.drawnSystem = undefined;
  }

  _drawSelects(counts) {
    const { state, page } = this.context;
    this.system.value = state.system ?? "";
    this.since.value = state.since ?? "";
    this.sort.value = this.orders.indexOf(state.sort);
    if (this.drawnSystem !== state.system) this._buildAreas();
    const area = document.getElementById("rm-area");
    counts.forEach((n, at) => (area.options[at + 1].textContent = `${page.systems[state.system].areas[at]} (${n})`));
    area.value = state.area ?? "";
  }

  _buildAreas() {
    const { state, page, say, update } = this.context;
    this.drawnSystem = state.system;
    const areas = state.system === null ? [] : page.systems[state.system].areas;
    const options = [[null, say("all_areas")], ...areas.map((name, at) => [at, name])];
    const attributes = { id: "rm-area", disabled: state.system === null };
    document.getElementById("rm-area").replaceWith(select(options, state.area, (at) => update({ area: at }), attributes));
  }

  // What is chosen, so that nothing hidden narrows the list

  _drawActive() {
    const { state, update, page } = this.context;
    const box = document.getElementById("rm-active");
    const chips = [];
    const add = (label, change) =>
      chips.push(el("button", { type: "button", class: "rm-active rm-own", onclick: () => update(change()) }, label, el("span", { "aria-hidden": "true" }, " ×")));
    for (const group of ["kinds", "audiences", "facilities", "speak"]) {
      for (const at of [...state[group]].sort((a, b) => a - b)) add(this._name(group, at), () => ({ [group]: without(state[group], at) }));
    }
    for (const token of DAY_TOKENS) if (state.days.has(token)) add(dayName(token, this.context.say), () => ({ days: without(state.days, token) }));
    if (state.from !== null || state.to !== null) add(spanText([state.from, state.to], this.context.say), () => ({ from: null, to: null }));
    if (state.area !== null) add(given(page.systems[state.system].areas[state.area]), () => ({ area: null }));
    if (state.since !== null) add(this.context.say(`since_${state.since}`), () => ({ since: null }));
    const focused = box.contains(document.activeElement);
    box.replaceChildren(...chips);
    box.hidden = !chips.length;
    if (focused) (chips[0] ?? document.getElementById("rm-results")).focus({ preventScroll: true });
  }

  _name(group, at) {
    return group === "speak" ? given(this.context.filter.spoken[at]) : this.context.term(group, at);
  }

  /** Say once what holds for nearly every row, and when the days that are known have run out. */
  _drawStale() {
    const { say, days, mostlyStale } = this.context;
    const box = document.getElementById("rm-stale-all");
    const over = days && days.today() > days.until() ? say("dates_run_out", { date: say.date(days.until()) }) : "";
    const lines = [over, ...(mostlyStale() ? [say("stale"), say("stale_note")] : [])].filter(Boolean);
    box.hidden = !lines.length;
    box.replaceChildren(...lines.map((line) => el("span", { class: "rm-line" }, line)));
  }

  _drawUnknown(n) {
    const { state, say, update } = this.context;
    const box = document.getElementById("rm-unknown");
    const asked = state.days.size || state.from !== null || state.to !== null;
    box.hidden = !asked || (!n && !state.unknown);
    if (box.hidden) return;
    const press = () => update({ unknown: !state.unknown });
    const button = el("button", { type: "button", class: "rm-plain", "aria-pressed": String(state.unknown), onclick: press }, say("show_unknown"));
    box.replaceChildren(state.unknown ? "" : el("span", {}, say("unknown_left", { n })), button);
  }
}

function without(set, item) {
  const made = new Set(set);
  made.delete(item);
  return made;
}
