// Points sorted into square cells, in typed arrays: which is nearest, and how close they stand to one another.

const PER_CELL = 2;
const ASKED = 600; // points whose nearest is looked for: enough for a median

class PointGrid {
  /** `x` and `y` hold all points; `chosen` the numbers of those that count. */
  constructor(x, y, chosen) {
    Object.assign(this, { x, y, count: chosen.length });
    const [west, north, east, south] = boxOf(x, y, chosen);
    const [width, height] = [Math.max(east - west, 1e-9), Math.max(south - north, 1e-9)];
    this.side = Math.max(Math.sqrt((width * height * PER_CELL) / Math.max(1, chosen.length)), Math.max(width, height) / 2048);
    Object.assign(this, { west, north, columns: Math.floor(width / this.side) + 1, rows: Math.floor(height / this.side) + 1 });
    this._sort(chosen);
  }

  /** Put the points of a cell side by side: first count, then fill. */
  _sort(chosen) {
    const { x, y, west, north, side, columns, rows } = this;
    const cell = new Uint32Array(chosen.length);
    const start = (this.start = new Uint32Array(columns * rows + 1));
    for (let n = 0; n < chosen.length; n += 1) {
      const at = chosen[n];
      cell[n] = Math.floor((y[at] - north) / side) * columns + Math.floor((x[at] - west) / side);
      start[cell[n] + 1] += 1;
    }
    for (let n = 1; n < start.length; n += 1) start[n] += start[n - 1];
    const next = start.slice();
    const points = (this.points = new Uint32Array(chosen.length));
    for (let n = 0; n < chosen.length; n += 1) points[next[cell[n]]++] = chosen[n];
  }

  /** Return the point nearest to a spot within a radius, or -1; of equally near ones that with the lowest number. */
  nearest(x, y, radius, except = -1) {
    const { x: xs, y: ys, start, points, columns, rows } = this;
    let best = -1;
    let least = radius * radius;
    if (!this.count) return best;
    const from = this._cell(x - radius - this.west, columns);
    const to = this._cell(x + radius - this.west, columns);
    const last = this._cell(y + radius - this.north, rows);
    for (let row = this._cell(y - radius - this.north, rows); row <= last; row += 1) {
      const end = start[row * columns + to + 1];
      for (let n = start[row * columns + from]; n < end; n += 1) {
        const at = points[n];
        const distance = (xs[at] - x) ** 2 + (ys[at] - y) ** 2;
        if (at === except || distance > least || (distance === least && best >= 0 && at > best)) continue;
        best = at;
        least = distance;
      }
    }
    return best;
  }

  _cell(distance, most) {
    return Math.max(0, Math.min(most - 1, Math.floor(distance / this.side)));
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

/** Return the box around the chosen points. */
function boxOf(x, y, chosen) {
  let west = Infinity;
  let north = Infinity;
  let east = -Infinity;
  let south = -Infinity;
  for (let n = 0; n < chosen.length; n += 1) {
    const at = chosen[n];
    if (x[at] < west) west = x[at];
    if (x[at] > east) east = x[at];
    if (y[at] < north) north = y[at];
    if (y[at] > south) south = y[at];
  }
  return [west, north, east, south];
}
