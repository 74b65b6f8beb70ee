// Points sorted into square cells, in typed arrays: which is nearest, and how close they stand to one another.

const PER_CELL = 2;
const ASKED = 600; // points whose nearest is looked for: enough for a median

class PointGrid {
  /** `x` and `y` hold all points; `chosen` the numbers of those that count. */
  constructor(x, y, chosen) {
    Object.assign(this, { x, y, count: chosen.length });
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const at of chosen) {
      west = Math.min(west, x[at]);
      east = Math.max(east, x[at]);
      north = Math.min(north, y[at]);
      south = Math.max(south, y[at]);
    }
    const [width, height] = [Math.max(east - west, 1e-9), Math.max(south - north, 1e-9)];
    this.side = Math.max(Math.sqrt((width * height * PER_CELL) / Math.max(1, chosen.length)), Math.max(width, height) / 2048);
    Object.assign(this, { west, north, columns: Math.floor(width / this.side) + 1, rows: Math.floor(height / this.side) + 1 });
    this._sort(chosen);
  }

  /** Put the points of a cell side by side: first count, then fill. */
  _sort(chosen) {
    const { x, y, west, north, side, columns, rows } = this;
    const cell = new Uint32Array(chosen.length);
    this.start = new Uint32Array(columns * rows + 1);
    chosen.forEach((at, n) => {
      cell[n] = Math.floor((y[at] - north) / side) * columns + Math.floor((x[at] - west) / side);
      this.start[cell[n] + 1] += 1;
    });
    for (let n = 1; n < this.start.length; n += 1) this.start[n] += this.start[n - 1];
    const next = this.start.slice();
    this.points = new Uint32Array(chosen.length);
    chosen.forEach((at, n) => {
      this.points[next[cell[n]]] = at;
      next[cell[n]] += 1;
    });
  }

  /** Return the point nearest to a spot within a radius, or -1; of equally near ones that with the lowest number. */
  nearest(x, y, radius, except = -1) {
    let [best, least] = [-1, radius * radius];
    const clamp = (value, most) => Math.max(0, Math.min(most - 1, Math.floor(value / this.side)));
    if (!this.count) return best;
    const [from, to] = [clamp(x - radius - this.west, this.columns), clamp(x + radius - this.west, this.columns)];
    const last = clamp(y + radius - this.north, this.rows);
    for (let row = clamp(y - radius - this.north, this.rows); row <= last; row += 1) {
      const end = this.start[row * this.columns + to + 1];
      for (let n = this.start[row * this.columns + from]; n < end; n += 1) {
        const at = this.points[n];
        const distance = (this.x[at] - x) ** 2 + (this.y[at] - y) ** 2;
        if (at !== except && (distance < least || (distance === least && (best < 0 || at < best)))) [best, least] = [at, distance];
      }
    }
    return best;
  }

  /** Return the distance to the nearest other point that half of the points keep to. */
  spacing() {
    const step = Math.max(1, Math.floor(this.count / ASKED));
    const found = [];
    for (let n = 0; n < this.count; n += step) found.push(this._distance(this.points[n]));
    return found.length > 1 ? found.sort((a, b) => a - b)[found.length >> 1] : Infinity;
  }

  _distance(at) {
    const [x, y] = [this.x[at], this.y[at]];
    for (let radius = this.side; radius < this.side * 4096; radius *= 2) {
      const near = this.nearest(x, y, radius, at);
      if (near >= 0) return Math.hypot(this.x[near] - x, this.y[near] - y);
    }
    return Infinity;
  }
}
