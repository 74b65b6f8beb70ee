// Which rows fit: OR inside a group of choices, AND across groups, and how many each further choice would have.

const SEARCHED = ["name", "kana", "venue", "address", "serves", "provider", "schedule", "description", "languages"];
const MONTH = 30.44; // days

function emptyState() {
  return {
    ...{ words: "", kinds: new Set(), audiences: new Set(), facilities: new Set(), speak: new Set() },
    ...{ days: new Set(), from: null, to: null, unknown: false, since: null, system: null, area: null },
  };
}

/** List the groups of choices in which something is chosen. */
function chosenGroups(state) {
  const sets = ["kinds", "audiences", "facilities", "speak"].filter((group) => state[group].size);
  if (state.words.trim()) sets.push("words");
  if (state.days.size || state.from !== null || state.to !== null) sets.push("days");
  if (state.since !== null) sets.push("since");
  if (state.area !== null) sets.push("area");
  return sets;
}

/** Answers questions about all rows at once; what a text, a list or a day means is worked out once. */
class Filter {
  constructor(page, store, days) {
    Object.assign(this, { page, store, days });
    this.texts = new Map();
    this.areas = new Map();
    this.lists = { audiences: this._list("audience"), facilities: this._list("facilities") };
    this.spoken = [...new Set((distinct(store.columns.languages, 0).values ?? []).flat())];
    const number = new Map(this.spoken.map((language, at) => [language, at]));
    this.lists.speak = this._list("languages", (each) => number.get(each));
  }

  /** Return the rows that fit in order, the counts of further choices, and how many fit but for days not known. */
  find(state) {
    const { store } = this;
    const groups = chosenGroups(state);
    const passes = groups.map((group) => this[`_${group}`](state));
    const failing = new Int8Array(store.count).fill(-1); // -1: fits, else the only group it fails; -2: several
    let unknown = 0;
    const wholly = new Uint8Array(store.count);
    for (let row = 0; row < store.count; row += 1) {
      for (let at = 0; at < passes.length; at += 1) {
        if (passes[at][row] === 1 || (passes[at][row] === 2 && state.unknown)) continue;
        failing[row] = failing[row] === -1 ? at : -2;
        if (failing[row] === -2) break;
      }
      if (failing[row] === -1) wholly[row] = 1;
      else if (failing[row] >= 0 && passes[failing[row]][row] === 2) unknown += 1;
    }
    const rows = store.inOrder().filter((row) => wholly[row]);
    const could = (group) => {
      const at = groups.indexOf(group);
      return (row) => failing[row] === -1 || (at >= 0 && failing[row] === at);
    };
    return { rows, unknown, counts: this._counts(could, state) };
  }

  /** Return the items of a group that any row has. */
  used(group) {
    return new Set(this.lists[group].values.flatMap((each) => each ?? []));
  }

  _counts(could, state) {
    const { store, page, lists, days } = this;
    const kinds = new Uint32Array(page.kinds.length);
    const fits = could("kinds");
    for (let row = 0; row < store.count; row += 1) if (fits(row)) kinds[store.kind[row]] += 1;
    return {
      kinds,
      audiences: counted(lists.audiences, page.audiences.length, could("audiences"), store.count),
      facilities: counted(lists.facilities, page.facilities.length, could("facilities"), store.count),
      speak: counted(lists.speak, this.spoken.length, could("speak"), store.count),
      days: days ? days.tally(could("days"), state) : new Map(),
      areas: this._areaCounts(state.system, could("area")),
    };
  }

  /** Count for every area of a system; what is everywhere counts in each. */
  _areaCounts(system, could) {
    if (system === null || !this.page.memberships) return [];
    const lists = this._areasOf(system);
    const found = counted(lists, this.page.systems[system].areas.length, could, this.store.count);
    const everywhere = lists.at.reduce((sum, position, row) => sum + (position < 0 && could(row) ? 1 : 0), 0);
    return found.map((each) => each + everywhere);
  }

  _areasOf(system) {
    if (!this.areas.has(system)) this.areas.set(system, distinct(this.page.memberships[system], this.store.count));
    return this.areas.get(system);
  }

  _kinds({ kinds }) {
    return Uint8Array.from(this.store.kind, (kind) => (kinds.has(kind) ? 1 : 0));
  }

  _audiences({ audiences }) {
    return this._having("audiences", (each) => each.some((one) => audiences.has(one)));
  }

  _facilities({ facilities }) {
    return this._having("facilities", (each) => each.some((one) => facilities.has(one)));
  }

  _speak({ speak }) {
    return this._having("speak", (each) => each.some((one) => speak.has(one)));
  }

  _having(group, test) {
    const { values, at } = this.lists[group];
    const good = values.map((each) => (each && test(each) ? 1 : 0));
    return Uint8Array.from(at, (position) => (position < 0 ? 0 : good[position]));
  }

  _days(state) {
    return this.days.fits(state);
  }

  /** A row fits when all of it was checked within the months; what was never checked, or only in part, does not. */
  _since({ since }) {
    const today = Date.parse(todayInJapan());
    const { values, at } = distinct(this.store.columns.checked, this.store.count);
    const good = values.map((day) => (today - Date.parse(day) <= since * MONTH * 864e5 ? 1 : 0));
    return Uint8Array.from(at, (position) => (position < 0 ? 0 : good[position]));
  }

  _area({ system, area }) {
    const { values, at } = this._areasOf(system);
    const good = values.map((each) => (each.includes(area) ? 1 : 0));
    return Uint8Array.from(at, (position) => (position < 0 ? 1 : good[position])); // none: everywhere
  }

  _words({ words }) {
    const found = new Uint8Array(this.store.count).fill(1);
    for (const word of fold(words).split(" ").filter(Boolean)) {
      const here = new Uint8Array(this.store.count);
      for (const name of [...SEARCHED, "kind"]) this._search(name, word, here);
      for (let row = 0; row < found.length; row += 1) found[row] &= here[row];
    }
    return found;
  }

  /** Fold one more column for the search; false when all are. */
  prepare() {
    const name = [...SEARCHED, "kind"].find((each) => !this.texts.has(each));
    if (name) this._text(name);
    return Boolean(name);
  }

  _search(name, word, here) {
    const { folded, at } = this._text(name);
    const good = folded.map((text) => text.includes(word));
    for (let row = 0; row < at.length; row += 1) if (at[row] >= 0 && good[at[row]]) here[row] = 1;
  }

  _text(name) {
    if (!this.texts.has(name)) this.texts.set(name, name === "kind" ? this._kindNames() : this._folded(name));
    return this.texts.get(name);
  }

  _folded(name) {
    const { values, at } = distinct(this.store.columns[name], this.store.count);
    return { folded: values.map((text) => fold([text].flat().join(" "))), at };
  }

  /** A kind is found by its name in any language of the page. */
  _kindNames() {
    const named = Object.values(this.page.terms).map((terms) => terms.kinds);
    return { folded: this.page.kinds.map((_, at) => fold(named.map((labels) => labels[at]).join(" "))), at: this.store.kind };
  }

  _list(column, number = (each) => each) {
    const { values, at } = distinct(this.store.columns[column], this.store.count);
    return { values: values.map((each) => each?.map(number)), at };
  }
}

/** Count the rows that have each item of a list, among those that could be found. */
function counted({ values, at }, size, could, count) {
  const lists = new Uint32Array(values.length);
  for (let row = 0; row < count; row += 1) if (at[row] >= 0 && could(row)) lists[at[row]] += 1;
  const items = new Uint32Array(size);
  values.forEach((each, position) => each?.forEach((item) => (items[item] += lists[position])));
  return items;
}
