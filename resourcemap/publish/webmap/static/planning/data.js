// The figures of the planning layers: which there are, their values per area, and the classes of their legend.

const NONE = "-"; // in the text of a layer: no slot, no distance
const SHARE_BREAKS = [0.2, 0.4, 0.6, 0.8];
const BY_SURENESS = ["no_data", "few", "unknown", "rough", "sure"];

/** All figures of the page. A figure is one measure of one kind, audience, slot and distance, in all areas. */
class Figures {
  constructor(planning) {
    const given = planning.figures ?? { measures: [], list: [], systems: [], who: [], slots: [] };
    Object.assign(this, { given, measures: [...given.measures], cache: new Map(), people: new Map(), within: new Map() });
    this.list = given.list.map(([measure, kind, who, slot, metres, other, derived], at) => {
      return { at, measure, kind, who, slot, metres, other, derived };
    });
    const key = ({ measure, kind, who, slot, metres, other }) => [measure, kind, who, slot, metres, other].join("|");
    this.byKey = new Map(this.list.map((figure) => [key(figure), figure]));
    this.find = (figure) => this.byKey.get(key(figure)) ?? null;
    this._addShares();
    this.byText = new Map(this.list.map((figure) => [this.textOf(figure), figure]));
  }

  /** Add who is beyond reach as a share: it stands in no table, and follows from people and those within reach. */
  _addShares() {
    const within = this.number("within");
    if (within < 0 || this.number("people") < 0) return;
    const made = this.list.filter((figure) => figure.measure === within && figure.other === null && this.peopleOf(figure));
    if (!made.length) return;
    const measure = this.measures.length;
    this.measures.push({ id: "share_beyond", unit: "share", better: "less", breaks: SHARE_BREAKS });
    this.list = [...made.map((figure) => ({ ...figure, at: null, measure, derived: 1 })), ...this.list];
  }

  /** Return the position of a measure, or -1. */
  number(id) {
    return this.measures.findIndex((measure) => measure.id === id);
  }

  measure(figure) {
    return this.measures[figure.measure];
  }

  /** Tell whether a figure is counted of people, so that an area without them has none. */
  isOfPeople(figure) {
    return !["activities", "seats", "days per month", "seat-hours per month"].includes(this.measure(figure).unit);
  }

  /** Return the figure of the people of whom another one is counted, or null. */
  peopleOf(figure) {
    if (!this.people.has(figure)) {
      const { kind, who } = figure;
      this.people.set(figure, this.find({ measure: this.number("people"), kind, who, slot: 0, metres: null, other: null }));
    }
    return this.people.get(figure);
  }

  /** Return the figure of those within reach that another one follows from. */
  withinOf(figure) {
    if (!this.within.has(figure)) this.within.set(figure, this.find({ ...figure, measure: this.number("within") }));
    return this.within.get(figure);
  }

  /** Write a figure as in the address: share_beyond.salon.older.-.500 */
  textOf({ measure, kind, who, slot, metres, other }) {
    const when = this.given.slots[slot] || NONE;
    const parts = [this.measures[measure].id, this.kindIds?.[kind] ?? kind, this.given.who[who].id, when, metres ?? NONE];
    if (other !== null) parts.push(this.kindIds?.[other] ?? other);
    return parts.map((part) => String(part).replaceAll(/[.+]/g, "_")).join(".");
  }

  name(kindIds) {
    this.kindIds = kindIds;
    this.byText = new Map(this.list.map((figure) => [this.textOf(figure), figure]));
    return this;
  }

  /** Return the figure that has the asked-for parts and otherwise stays as near as there is to another. */
  nearest(figure, change) {
    const asked = Object.entries(change);
    const order = ["kind", "who", "metres", "slot", "other"];
    const score = (each) => order.reduce((sum, part, at) => sum + (each[part] === figure[part] ? 2 ** (order.length - at) : 0), 0);
    const found = this.list.filter((each) => asked.every(([part, value]) => each[part] === value));
    return found.reduce((best, each) => (best === null || score(each) > score(best) ? each : best), null);
  }

  /** List what a part may be, the parts before it being as they are. */
  options(figure, part) {
    const before = { measure: [], kind: ["measure"], who: ["measure", "kind"], slot: ["measure", "kind", "who"] };
    before.metres = [...before.slot, "slot"];
    before.other = [...before.metres, "metres"];
    const same = this.list.filter((each) => before[part].every((other) => each[other] === figure[other]));
    return [...new Set(same.map((each) => each[part]))];
  }

  measured(system) {
    return Boolean(this.given.systems[system]);
  }

  /** Return one value per area of a system, null where nothing is known; outside of all areas is the last. */
  values(figure, system) {
    if (!this.cache.has(figure)) this.cache.set(figure, []);
    return (this.cache.get(figure)[system] ??= this._values(figure, system));
  }

  _values(figure, system) {
    const columns = this.given.systems[system];
    if (!columns) return [];
    if (!figure.derived) return columns.values[figure.at];
    const people = this.values(this.peopleOf(figure), system);
    const within = this.values(this.withinOf(figure), system);
    return people.map((count, at) => this._derive(figure, count, within[at]));
  }

  _derive(figure, people, within) {
    if (people === null || within === null) return null;
    const { id } = this.measure(figure);
    if (id === "beyond") return people - within;
    if (!people) return null;
    return id === "share_beyond" ? (people - within) / people : within / people;
  }

  /** Return the value of everyone together, or null. */
  whole(figure) {
    const { whole } = this.given;
    if (!whole) return null;
    if (!figure.derived) return whole[figure.at];
    const people = this.peopleOf(figure);
    return this._derive(figure, whole[people.at], whole[this.withinOf(figure).at]);
  }

  /** Say how sure a figure is in an area; null where nobody said how sure it is. */
  sureness(figure, system, area) {
    const at = figure.at ?? this.withinOf(figure).at;
    const digits = this.given.systems[system]?.sure[at];
    if (digits === null) return null;
    return digits ? BY_SURENESS[Number(digits[area])] : "sure";
  }

  /** Say what an area is on the map: { class } from 0, or "nobody", "unknown" (no data), "unsaid" (nothing to say). */
  standing(figure, system, area) {
    const value = this.values(figure, system)[area] ?? null;
    const people = this.peopleOf(figure);
    const count = people ? this.values(people, system)[area] : undefined;
    if (count === 0 && this.isOfPeople(figure)) return "nobody";
    if (value !== null) return { class: classOf(value, this.measure(figure)) };
    return count === null || this.sureness(figure, system, area) === "no_data" ? "unknown" : "unsaid";
  }
}

/** Return a value as it is written: shares in whole percent, others that are not whole with three figures. */
function asWritten(value, unit) {
  if (unit === "share") return Math.round(100 * value) / 100;
  return Number.isInteger(value) ? value : Number(value.toPrecision(3));
}

/** Return the class of a value as it is written, so that number and colour agree: the classes of a legend from the lowest on, zero having one of its own where it matters. */
function classOf(value, { unit, both, breaks }) {
  const size = Math.abs(asWritten(value, unit));
  const step = breaks.filter((bound) => size >= bound).length;
  if (both) return value === 0 ? breaks.length + 1 : breaks.length + 1 + Math.sign(value) * (step + 1);
  if (unit === "share") return step;
  return value === 0 ? 0 : step + 1;
}

/** List the classes of a measure: their bounds, `from` inside and `to` outside; zero has { zero: true }. */
function classesOf({ unit, both, breaks }) {
  const above = [null, ...breaks].map((from, at) => ({ from, to: breaks[at] ?? null }));
  if (unit === "share") return above;
  const zero = { zero: true };
  if (!both) return [zero, ...above];
  return [...above.map((each) => ({ ...each, fewer: true })).reverse(), zero, ...above.map((each) => ({ ...each, more: true }))];
}
