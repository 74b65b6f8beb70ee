// When things take place: days and hours are looked up in the timetable of the page, which holds no rules.
// Days are counted from 1970-01-01 and minutes from midnight, both in Japan, wherever the browser is.

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const EVERY_WEEKDAY = 127;
const DAY_MINUTES = 1440;
const WEEKS_AHEAD = 56; // days in which something has to take place on a weekday
const FAR_DAY = 1e6;
const ASSUMED = ["year_end", "obon", "every_year"];
const [DOES_NOT, FITS, NOT_KNOWN] = [0, 1, 2];

const weekdayOf = (day) => (((day + 3) % 7) + 7) % 7; // 1970-01-01 was a Thursday
const dayText = (day) => new Date(day * 86400000).toISOString().slice(0, 10);

/** Read "2026-04-01" as a day; anything else is NaN. */
function dayNumber(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / 86400000 : NaN;
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Tell whether a span has a moment in common with begin to end; null when that is not known. */
function spanOverlaps([start, stop], begin, end) {
  if (start !== null && stop !== null) return start < end && begin < stop;
  if (start !== null) return start < begin ? null : start < end;
  return stop > end ? null : begin < stop;
}

class Days {
  /** `clock` gives milliseconds as Date.now does. */
  constructor(timetable, store, clock = () => Date.now()) {
    Object.assign(this, { table: timetable, store, clock, cache: new Map() });
    this.first = dayNumber(this.table.first);
    this.last = this.first + this.table.days - 1;
    this.sets = this.table.sets.map(bytesOf);
    this.schedules = this.table.schedules;
    this.of = this._readSchedules();
    this._readLimits();
  }

  _readSchedules() {
    const { of, width } = this.table;
    const view = new DataView(bytesOf(of).buffer);
    const read = { 1: (at) => view.getUint8(at), 2: (at) => view.getUint16(at, true), 4: (at) => view.getUint32(at, true) };
    return Uint32Array.from({ length: this.store.count }, (_, row) => read[width](row * width));
  }

  /** Read the first and last day of each row; where one is not a date, nothing is known of the row. */
  _readLimits() {
    const { store } = this;
    this.begins = new Int32Array(store.count).fill(-FAR_DAY);
    this.ends = new Int32Array(store.count).fill(FAR_DAY);
    for (const [column, limits] of [["valid_from", this.begins], ["valid_to", this.ends]]) {
      for (let row = 0; store.has(column) && row < store.count; row += 1) {
        const text = store.get(column, row);
        if (text === null || text === undefined) continue;
        const day = dayNumber(text);
        if (Number.isNaN(day)) this.of[row] = 0;
        else limits[row] = day;
      }
    }
  }

  // The clock

  /** Return the day and the minute in Japan, where clocks are nine hours ahead all year. */
  _moment() {
    const minutes = Math.floor(this.clock() / 60000) + 9 * 60;
    return { day: Math.floor(minutes / DAY_MINUTES), minute: minutes - Math.floor(minutes / DAY_MINUTES) * DAY_MINUTES };
  }

  today() {
    return dayText(this._moment().day);
  }

  /** The last day that is known. */
  until() {
    return dayText(this.last);
  }

  /** Whether today is one of the days that are known; the first one only serves the night after it. */
  isCurrent() {
    const { day } = this._moment();
    return day > this.first && day <= this.last;
  }

  // One row

  /** List the next days with their hours, null where those are not known; today is left out once it is over. */
  next(row, n = 3) {
    if (this.store.suspended[row]) return [];
    const { day: today } = this._moment();
    if (this.begins[row] > today || this.ends[row] < this.last) return this._next(row, n);
    return this._cached(`next ${this.of[row]} ${n} now`, () => this._next(row, n));
  }

  _next(row, n) {
    const { day: today, minute } = this._moment();
    const last = Math.min(this.last, this.ends[row]);
    const found = [];
    for (let day = Math.max(today, this.first + 1, this.begins[row]); day <= last && found.length < n; day += 1) {
      const spans = this._hours(row, day);
      if (spans === undefined || (day === today && isOver(spans, minute))) continue;
      found.push({ date: dayText(day), spans });
    }
    return found;
  }

  /** Say of a row: "open", "today" (not over yet, or its hours are not known), "later", "unknown", "suspended", "over". */
  now(row) {
    const { day: today, minute } = this._moment();
    const schedule = this.schedules[this.of[row]];
    if (this.store.suspended[row]) return "suspended";
    if (this.isCurrent() && this._answer(row, this._nowAt(today, minute)) === FITS) return "open";
    if (this.ends[row] < today) return "over";
    if (today <= this.first) return "unknown";
    const [next] = this.next(row, 1);
    if (next) return next.date === dayText(today) ? "today" : "later";
    return schedule.ends ? "over" : "unknown";
  }

  /** Give a row's schedule in the words of a language, or null. */
  written(row, language) {
    return this.table.written?.[language]?.[this.of[row]] ?? null;
  }

  /** List what was taken by convention: "year_end", "obon", "every_year". */
  assumed(row) {
    const { assumed = 0 } = this.schedules[this.of[row]];
    return ASSUMED.filter((_, at) => (assumed >> at) & 1);
  }

  /** Whether a part of what the schedule says, or all of it, is not known as days. */
  isUnsure(row) {
    const schedule = this.schedules[this.of[row]];
    return Boolean(schedule.unsure || schedule.vague);
  }

  /** Whether some of its days are known, be they past. */
  hasDates(row) {
    return Boolean(this.schedules[this.of[row]].rules);
  }

  /** Whether days may come after the last one that is known. */
  goesOn(row) {
    return !this.schedules[this.of[row]].ends && this.ends[row] > this.last;
  }

  /** Return the hours of a day in order, null where they are not known, and nothing when it does not take place. */
  _hours(row, day) {
    const { rules = [] } = this.schedules[this.of[row]];
    const spans = new Map();
    let held = false;
    for (let at = 0; at < rules.length; at += 2) {
      if (!this._holds(rules[at], day)) continue;
      const hours = this.table.hours[rules[at + 1]];
      if (!hours.length) return null;
      held = true;
      for (const span of hours) spans.set(span.join(), span);
    }
    const order = (a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? DAY_MINUTES) - (b[1] ?? DAY_MINUTES);
    return held ? [...spans.values()].sort(order) : undefined;
  }

  _holds(set, day) {
    const at = day - this.first;
    return at >= 0 && at < this.table.days && (this.sets[set][at >> 3] >> (at & 7)) & 1;
  }

  // All rows: 1 where a row fits surely, 2 where that is not known, 0 where it does not. Arrays are not to be changed.

  /** Ask for "mon" to "sun" (in the next eight weeks), "today" (what is not over yet) or "now". */
  mask(token) {
    return this._cached(token, () => this._rows(this._asked(token, null, null)));
  }

  /** Ask for hours of the day on some weekdays, or today; without any of them on whatever day. */
  maskTime(from, to, tokens = []) {
    return this.fits({ days: new Set(tokens), from, to });
  }

  /** Ask for what a state has chosen: OR among days, AND with the hours; every row fits where nothing is chosen. */
  fits({ days, from = null, to = null }) {
    if (!days.size && from === null && to === null) return this._cached("all", () => new Uint8Array(this.store.count).fill(FITS));
    const tokens = days.size ? [...days].sort() : ["any"];
    return this._cached(`${tokens} ${from} ${to}`, () => {
      const masks = tokens.map((token) => this._cached(`${token} ${from} ${to}`, () => this._one(token, from, to)));
      if (masks.length === 1) return masks[0];
      return Uint8Array.from(masks[0], (_, row) => orOf(masks.map((mask) => mask[row])));
    });
  }

  /** Count for each choice of a day the rows that surely fit it, and the hours, among those that could be found. */
  tally(could, { from = null, to = null } = {}) {
    const rows = [];
    for (let row = 0; row < this.store.count; row += 1) if (could(row)) rows.push(row);
    const count = (mask) => rows.reduce((n, row) => n + (mask[row] === FITS), 0);
    return new Map([...WEEKDAYS, "today", "now"].map((token) => [token, count(this.fits({ days: new Set([token]), from, to }))]));
  }

  _one(token, from, to) {
    if (from === null && to === null) return this.mask(token);
    if (token !== "now") return this._rows(this._asked(token, from, to));
    const [open, hours] = [this.mask("now"), this.maskTime(from, to, ["today"])];
    return open.map((answer, row) => andOf(answer, hours[row]));
  }

  /** Turn a choice into days to look at, weekdays among them, and hours; null where these days are not known. */
  _asked(token, from, to) {
    const { day: today, minute } = this._moment();
    const hours = from === null && to === null ? {} : { begin: from ?? 0, end: to ?? DAY_MINUTES };
    if (token === "now") return this.isCurrent() ? this._nowAt(today, minute) : null;
    if (token === "today") return this.isCurrent() ? { first: today, last: today, weekdays: EVERY_WEEKDAY, after: minute, ...hours } : null;
    const weekdays = token === "any" ? EVERY_WEEKDAY : 1 << WEEKDAYS.indexOf(token);
    // When the timetable has run out, its last weeks are the best that is known.
    const first = today > this.last ? this.last - WEEKS_AHEAD + 1 : Math.max(today, this.first + 1);
    return { first, last: first + WEEKS_AHEAD - 1, weekdays, ...hours };
  }

  _nowAt(day, minute) {
    return { first: day, last: day, weekdays: EVERY_WEEKDAY, begin: minute, end: minute + 1 };
  }

  /** Answer for every row, each schedule once; rows that begin or end within the days asked for one by one. */
  _rows(asked) {
    const { count, suspended } = this.store;
    const rows = new Uint8Array(count);
    const known = new Uint8Array(this.schedules.length).fill(255);
    for (let row = 0; row < count; row += 1) {
      if (suspended[row]) continue;
      if (!asked) {
        rows[row] = NOT_KNOWN;
        continue;
      }
      if (this.begins[row] >= asked.first || this.ends[row] < asked.last) {
        rows[row] = this._answer(row, asked);
        continue;
      }
      const schedule = this.of[row];
      if (known[schedule] === 255) known[schedule] = this._answer(row, asked);
      rows[row] = known[schedule];
    }
    return rows;
  }

  _answer(row, asked) {
    const { rules = [], vague = 0, unsure } = this.schedules[this.of[row]];
    const [begins, ends] = [this.begins[row], this.ends[row]];
    const possible = unsure ? EVERY_WEEKDAY : vague;
    let maybe = Boolean(possible & asked.weekdays & weekdaysBetween(Math.max(asked.first, begins), Math.min(asked.last, ends)));
    for (let at = 0; at < rules.length; at += 2) {
      for (const late of [0, 1]) {
        const open = this._overlap(rules[at + 1], asked, late);
        if (open === DOES_NOT) continue;
        const first = Math.max(asked.first - late, begins);
        const days = this._weekdays(rules[at], first, Math.min(asked.last - late, ends));
        const dates = late ? ((days << 1) | (days >> 6)) & EVERY_WEEKDAY : days;
        if (!(dates & asked.weekdays)) continue;
        if (open === FITS) return FITS;
        maybe = true;
      }
      maybe ||= this._beyond(rules[at], asked, begins, ends);
    }
    return maybe ? NOT_KNOWN : DOES_NOT;
  }

  /** Where the timetable ends within the weeks asked for, days of the weeks before say what may come after it. */
  _beyond(set, { first, last, weekdays }, begins, ends) {
    if (last <= this.last || ends <= this.last) return false;
    const before = this._weekdays(set, Math.max(this.last - WEEKS_AHEAD + 1, begins), first - 1);
    return Boolean(before & weekdays);
  }

  /** Tell whether hours meet those asked for; `late` looks at those past midnight, of the day before. */
  _overlap(hours, { begin, end, after = null }, late) {
    const spans = this.table.hours[hours];
    if (begin === undefined) return late || (after !== null && spans.length && isOver(spans, after)) ? DOES_NOT : FITS;
    if (!spans.length) return late ? DOES_NOT : begin === 0 && end === DAY_MINUTES ? FITS : NOT_KNOWN;
    let maybe = false;
    for (const span of spans) {
      if (late && (span[1] ?? 0) <= DAY_MINUTES) continue;
      const answer = spanOverlaps(span, begin + late * DAY_MINUTES, end + late * DAY_MINUTES);
      if (answer) return FITS;
      maybe ||= answer === null;
    }
    return maybe ? NOT_KNOWN : DOES_NOT;
  }

  /** Gather the weekdays, as bits, of the days of a set between two days. */
  _weekdays(set, first, last) {
    const bytes = this.sets[set];
    const stop = Math.min(last, this.last) - this.first;
    let at = Math.max(first, this.first) - this.first;
    let weekday = weekdayOf(this.first + at);
    let found = 0;
    for (; at <= stop && found !== EVERY_WEEKDAY; at += 1) {
      if ((bytes[at >> 3] >> (at & 7)) & 1) found |= 1 << weekday;
      weekday = weekday === 6 ? 0 : weekday + 1;
    }
    return found;
  }

  /** Keep what was worked out until the day changes; with "today" or "now", until the minute does. */
  _cached(key, make) {
    const { day, minute } = this._moment();
    if (this.day !== day || this.minute !== minute) {
      const keep = this.day === day ? [...this.cache].filter(([known]) => !/today|now/.test(known)) : [];
      Object.assign(this, { day, minute, cache: new Map(keep) });
    }
    if (!this.cache.has(key)) this.cache.set(key, make());
    return this.cache.get(key);
  }
}

function isOver(spans, minute) {
  return spans !== null && spans.every(([, end]) => end !== null && end <= minute);
}

function weekdaysBetween(first, last) {
  if (last - first >= 6) return EVERY_WEEKDAY;
  let found = 0;
  for (let day = first; day <= last; day += 1) found |= 1 << weekdayOf(day);
  return found;
}

/** One sure answer is enough; without any, one that is not known. */
function orOf(answers) {
  return answers.includes(FITS) ? FITS : Math.max(...answers);
}

function andOf(one, other) {
  return one === DOES_NOT || other === DOES_NOT ? DOES_NOT : Math.max(one, other);
}
