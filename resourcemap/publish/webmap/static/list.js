// The list beside the map: what fits, under headings, some hundred at a time.

const FIRST = 30; // more than a screen holds, and quick enough for every key of a search
const BATCH = 80;
const MOST_ON_PAPER = 3000;

class ResultList {
  constructor(box, context) {
    Object.assign(this, { box, context, sections: [] });
    this.near = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && this._more(BATCH), {
      root: box.closest(".rm-panel"),
      rootMargin: "600px",
    });
  }

  /** Show rows; `numbers` are those of their venues on a printed map, if it has any. */
  show(rows, numbers = null) {
    this.near.disconnect();
    this.numbers = numbers;
    this.box.replaceChildren();
    this.sections = sectionsOf(rows, this.context).map((section) => ({ ...section, total: section.rows.length }));
    this.left = rows.length;
    this.open = null;
    if (!rows.length) this._sayNothing();
    this._more(numbers ? MOST_ON_PAPER : FIRST);
  }

  /** Return rows in the order in which they are listed. */
  rowsInOrder(rows) {
    return sectionsOf(rows, this.context).flatMap((section) => section.rows);
  }

  _sayNothing() {
    const word = this.context.store.count ? "none_found" : "nothing";
    this.box.append(el("p", { class: "rm-empty rm-own" }, this.context.say(word)));
  }

  _more(most) {
    this.button?.remove();
    this.button = null;
    for (let room = most; room > 0 && this.sections.length; ) {
      const section = this.sections[0];
      const now = section.rows.splice(0, room);
      this._listOf(section).append(...now.map((row) => this._entry(row)));
      room -= now.length;
      this.left -= now.length;
      if (!section.rows.length) this.sections.shift();
    }
    if (this.context.state.ruby) annotate(this.box, this.context.page.readings);
    if (!this.left) return;
    const text = this.context.say("more_results", { n: this.left });
    this.button = el("button", { type: "button", class: "rm-more-results rm-own", onclick: () => this._goOn() }, text);
    this.box.append(this.button);
    this.near.observe(this.button);
  }

  /** Show more and go to the first of it: the button that was pressed is gone. */
  _goOn() {
    const shown = this.box.querySelectorAll(".rm-entry").length;
    this._more(BATCH);
    this.box.querySelectorAll(".rm-entry")[shown]?.focus({ preventScroll: true });
  }

  _listOf(section) {
    if (this.open?.section === section) return this.open.list;
    const list = el("ul", {});
    const count = el("span", { class: "rm-n rm-own" }, this.context.say("count", { n: section.total }));
    this.box.append(el("section", { class: "rm-section" }, el("h2", {}, ...section.heading(), count), list));
    this.open = { section, list };
    return list;
  }

  _entry(row) {
    const { context } = this;
    const { store, say, openRow, near } = context;
    const number = this.numbers?.[store.venueOf[row]];
    const metres = near.sure(row);
    const lines = [
      el("span", { class: "rm-name" }, nameOf(row, context)),
      el("span", { class: "rm-where" }, placeText(row, context)),
      store.get("schedule", row) ? el("span", { class: "rm-when" }, given(store.get("schedule", row))) : null,
      metres === null ? null : el("span", { class: "rm-away rm-own" }, distanceText(metres, say)),
      ...signsOf(row, context),
    ];
    const button = el(
      "button",
      { type: "button", class: "rm-entry", "data-row": row, onclick: () => openRow(row, button) },
      number ? el("span", { class: "rm-number" }, String(number)) : symbolOf(row, context),
      el("span", { class: "rm-entry-text" }, ...lines),
    );
    if (row === context.state.at) button.setAttribute("aria-current", "true");
    return el("li", {}, button);
  }
}

/** Divide rows by kind, by their next date, or not at all when the nearest come first. */
function sectionsOf(rows, context) {
  const { state } = context;
  if (state.sort === "near" && context.near.metres) return [nearestFirst(rows, context)];
  if (state.sort === "next" && context.days) return byNextDate(rows, context);
  return byKind(rows, context);
}

function byKind(rows, { store, page, term }) {
  const sections = [];
  for (const row of rows) {
    const kind = store.kind[row];
    if (sections.at(-1)?.kind !== kind) {
      const heading = () => [symbolSvg(page.kinds[kind], { size: 24 }), el("span", { class: "rm-own" }, term("kinds", kind))];
      sections.push({ kind, heading, rows: [] });
    }
    sections.at(-1).rows.push(row);
  }
  return sections;
}

/** Dates in order, then what has none: because it is not known, resting or over. */
function byNextDate(rows, { days, say }) {
  const words = { open: "open_now", unknown: "dates_unknown", suspended: "suspended", over: "next_none" };
  const groups = new Map();
  for (const row of rows) {
    const key = days.next(row, 1)[0]?.date ?? days.now(row);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  const without = Object.keys(words);
  const dates = [...groups.keys()].sort((a, b) => without.indexOf(a) - without.indexOf(b) || (a < b ? -1 : 1));
  return dates.map((key) => ({
    rows: groups.get(key),
    heading: () => [el("span", { class: "rm-own" }, key in words ? say(words[key]) : dayOf(key, days, say))],
  }));
}

function nearestFirst(rows, { near, say }) {
  const away = (row) => near.of(row) ?? Infinity;
  const sorted = [...rows].sort((a, b) => away(a) - away(b) || a - b);
  return { rows: sorted, heading: () => [el("span", { class: "rm-own" }, say("sort_near"))] };
}

/** The short signs below an entry: what is on now or next, and what one has to know before going. */
function signsOf(row, { store, say, days, ageOf, mostlyStale, state }) {
  const venue = store.venueOf[row];
  const tag = (more, word) => el("span", { class: `rm-tag rm-own ${more}` }, say(word));
  const resting = store.suspended[row];
  const signs = [
    resting ? tag("rm-suspended", "suspended") : null,
    store.place[row] === PLACE.stop ? tag("", "stop") : null,
    venue >= 0 && store.venues.rough[venue] ? tag("rm-rough", "approximate") : null,
    ageOf(row).stale && !mostlyStale() ? tag("rm-stale", "stale") : null,
  ].filter(Boolean);
  const next = !resting && days ? nextText(row, { store, say, days, state }) : null;
  return [
    next ? el("span", { class: "rm-next rm-own" }, next) : null,
    signs.length ? el("span", { class: "rm-tags" }, ...signs) : null,
  ];
}

function symbolOf(row, { store, page }) {
  const rough = store.venueOf[row] >= 0 && store.venues.rough[store.venueOf[row]];
  const look = store.suspended[row] ? "suspended" : rough ? "rough" : "plain";
  return symbolSvg(page.kinds[store.kind[row]], { size: 24, look });
}
