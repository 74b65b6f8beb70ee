// From the columns of the file to rows by number: no object per row, so that 100,000 of them open at once.

const PLACE = { venue: 0, stop: 1, servedArea: 2, none: 3 };
const DEGREES = 1e6; // venues stand in whole numbers of 0.000001 degree
const PLAIN_CALL = /^[0-9][0-9-]{4,}[0-9]$/;

/** Read a column: a list, distinct values with positions, one value for all, or the few rows that have a value. */
function decode(column) {
  if (!column) return () => null;
  if (Array.isArray(column)) return (row) => column[row] ?? null;
  if (column.t && !column.i) return () => column.t[0];
  if (column.t) return (row) => column.t[column.i[row]] ?? null;
  const values = new Map(column.r.map((row, at) => [row, column.v[at]]));
  return (row) => values.get(row) ?? null;
}

/** List the distinct values of a column, and where each row has its own; -1 is none. */
function distinct(column, count) {
  if (!column) return { values: [], at: new Int32Array(count).fill(-1) };
  if (Array.isArray(column)) return { values: column, at: Int32Array.from(column, (value, row) => (value === null ? -1 : row)) };
  if (column.t) return { values: column.t, at: column.i ? Int32Array.from(column.i) : new Int32Array(count) };
  const at = new Int32Array(count).fill(-1);
  column.r.forEach((row, position) => (at[row] = position));
  return { values: column.v, at };
}

/** Give rows the text of their venue where they have none of their own; "" is none at all. */
function withVenues(column, texts, venueOf, venues) {
  const own = distinct(column, venueOf.length);
  const shared = distinct(texts, venues);
  const i = venueOf.map((venue, row) => {
    if (own.at[row] >= 0) return own.values[own.at[row]] === "" ? -1 : shared.values.length + own.at[row];
    return venue < 0 ? -1 : shared.at[venue];
  });
  return { t: [...shared.values, ...own.values], i };
}

class Store {
  constructor({ count, resources, venues }) {
    this.count = count;
    this.columns = resources;
    this.venueOf = this._numbers("at", Int32Array, -1);
    for (const [name, texts] of [["venue", venues.name], ["address", venues.address]]) {
      this.columns[name] = withVenues(resources[name], texts, this.venueOf, venues.lon.length);
    }
    this.readers = new Map(Object.entries(resources).map(([name, column]) => [name, decode(column)]));
    this.kind = this._numbers("kind", Uint16Array, 0);
    this.place = this._numbers("place", Uint8Array, PLACE.venue);
    this.suspended = this._numbers("status", Uint8Array, 0);
    this.venues = readVenues(venues);
    this.shared = hasTwice(this.venueOf); // some venue has several activities
    this._byVenue = grouped(this.venueOf, this.venues.count, this.inOrder());
  }

  /** Return the value of a column in a row, or null. */
  get(column, row) {
    return this.readers.get(column)?.(row) ?? null;
  }

  has(column) {
    return this.readers.has(column);
  }

  /** Return the number to call, or null. A plain telephone number is one itself. */
  call(row) {
    const phone = this.get("phone", row);
    const digits = PLAIN_CALL.test(phone ?? "") ? phone.replaceAll("-", "") : "";
    return digits.length >= 6 && digits.length <= 15 ? digits : this.get("call", row);
  }

  /** List the rows by kind, within a kind as in the file. */
  inOrder() {
    this._order ??= grouped(this.kind, this.kind.reduce((most, kind) => Math.max(most, kind), 0) + 1).rows;
    return this._order;
  }

  rowsAt(venue) {
    const { rows, from } = this._byVenue;
    return [...rows.subarray(from[venue], from[venue + 1])];
  }

  /** List the rows of the same activity, the row itself among them. */
  siblings(row) {
    this._first ??= this._numbers("activity", Int32Array, -1).map((first, at) => (first < 0 ? at : first));
    this._activities ??= grouped(this._first, this.count);
    const { rows, from } = this._activities;
    return [...rows.subarray(from[this._first[row]], from[this._first[row] + 1])];
  }

  /** Return the row of an id, or null. */
  rowOf(id) {
    this._ids ??= new Map(Array.from({ length: this.count }, (_, row) => [this.get("id", row), row]));
    return this._ids.get(id) ?? null;
  }

  _numbers(column, Kind, missing) {
    const made = new Kind(this.count).fill(missing);
    if (!this.columns[column]) return made;
    const read = decode(this.columns[column]);
    for (let row = 0; row < this.count; row += 1) made[row] = read(row) ?? missing;
    return made;
  }
}

/** Sort rows by a number from 0, those of -1 left out; rows of one number stay in the order given. */
function grouped(numbers, groups, order = null) {
  const from = new Uint32Array(groups + 1);
  for (const number of numbers) if (number >= 0) from[number + 1] += 1;
  for (let group = 0; group < groups; group += 1) from[group + 1] += from[group];
  const next = from.slice();
  const rows = new Uint32Array(from[groups]);
  for (let at = 0; at < numbers.length; at += 1) {
    const row = order ? order[at] : at;
    if (numbers[row] >= 0) rows[next[numbers[row]]++] = row;
  }
  return { rows, from };
}

function hasTwice(numbers) {
  const seen = new Set();
  return numbers.some((number) => number >= 0 && (seen.has(number) || !seen.add(number)));
}

function readVenues({ name, address, from: [west, south], lon, lat, rough }) {
  const count = lon.length;
  const isRough = decode(rough);
  return {
    count,
    lon: Float64Array.from(lon, (each) => (west + each) / DEGREES),
    lat: Float64Array.from(lat, (each) => (south + each) / DEGREES),
    rough: Uint8Array.from({ length: count }, (_, at) => isRough(at) ?? 0),
    name: decode(name),
    address: decode(address),
  };
}
