// Reading what digits.py and shapes.py write. Coordinates become parts of the world's square at once.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const UNITS = 1e5; // in a degree

/** Read whole numbers from their base-64 digits of five bits, the lowest first. */
function readNumbers(text) {
  const value = new Uint8Array(128);
  for (let code = 0; code < DIGITS.length; code += 1) value[DIGITS.charCodeAt(code)] = code;
  const found = new Int32Array(text.length);
  let [count, number, shift] = [0, 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const digit = value[text.charCodeAt(at)];
    number |= (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    found[count] = (number >>> 1) ^ -(number & 1);
    [count, number, shift] = [count + 1, 0, 0];
  }
  return found.subarray(0, count);
}

/** Read points as { x, y }. */
function readPoints(text) {
  const steps = readNumbers(text);
  const [x, y] = [new Float64Array(steps.length / 2), new Float64Array(steps.length / 2)];
  let [lon, lat] = [0, 0];
  for (let at = 0; at < x.length; at += 1) {
    lon += steps[2 * at];
    lat += steps[2 * at + 1];
    x[at] = worldX(lon / UNITS);
    y[at] = worldY(lat / UNITS);
  }
  return { x, y };
}

/** Read lines as { x, y, start }: line n has the points from start[n] to start[n + 1]. */
function readLines(text) {
  const steps = readNumbers(text);
  const [x, y] = [new Float64Array(steps.length >> 1), new Float64Array(steps.length >> 1)];
  const start = [0];
  let [at, made, lon, lat] = [0, 0, 0, 0];
  while (at < steps.length) {
    const end = made + steps[at];
    for (at += 1; made < end; made += 1, at += 2) {
      lon += steps[at];
      lat += steps[at + 1];
      x[made] = worldX(lon / UNITS);
      y[made] = worldY(lat / UNITS);
    }
    start.push(made);
  }
  return { x: x.subarray(0, made), y: y.subarray(0, made), start: Uint32Array.from(start) };
}

/** Read shapes: their arcs as lines; ring n is made of uses[rings[n]] to uses[rings[n + 1]], shape n of the rings from
 * shapes[n] to shapes[n + 1]. A use is twice the number of an arc, plus 1 where it runs backwards. */
function readShapes({ arcs, rings: text }) {
  const numbers = readNumbers(text);
  const [uses, rings, shapes] = [[], [0], [0]];
  let [at, arc] = [0, 0];
  while (at < numbers.length) {
    let left = numbers[at++];
    for (; left > 0; left -= 1) {
      for (let more = numbers[at++]; more > 0; more -= 1) {
        const step = numbers[at++];
        arc += step >> 1;
        uses.push(2 * arc + (step & 1));
      }
      rings.push(uses.length);
    }
    shapes.push(rings.length - 1);
  }
  const [arcLines, typed] = [readLines(arcs), (list) => Uint32Array.from(list)];
  return { arcs: arcLines, uses: typed(uses), rings: typed(rings), shapes: typed(shapes), boxes: boxesOf(arcLines) };
}

/** Return the box of every line, [west, north, east, south, ...]. */
function boxesOf({ x, y, start }) {
  const boxes = new Float64Array(4 * (start.length - 1));
  for (let line = 0; line < start.length - 1; line += 1) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = start[line]; at < start[line + 1]; at += 1) {
      if (x[at] < west) west = x[at];
      if (x[at] > east) east = x[at];
      if (y[at] < north) north = y[at];
      if (y[at] > south) south = y[at];
    }
    boxes.set([west, north, east, south], 4 * line);
  }
  return boxes;
}

/** Return the box of every shape, from those of its arcs; of an empty one infinite ones that nothing meets. */
function shapeBoxes({ uses, rings, shapes, boxes }) {
  const found = new Float64Array(4 * (shapes.length - 1));
  for (let shape = 0; shape < shapes.length - 1; shape += 1) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let use = rings[shapes[shape]]; use < rings[shapes[shape + 1]]; use += 1) {
      const arc = 4 * (uses[use] >> 1);
      box[0] = Math.min(box[0], boxes[arc]);
      box[1] = Math.min(box[1], boxes[arc + 1]);
      box[2] = Math.max(box[2], boxes[arc + 2]);
      box[3] = Math.max(box[3], boxes[arc + 3]);
    }
    found.set(box, 4 * shape);
  }
  return found;
}

/** Return points as Leaflet takes them. */
function latlngPoints(text) {
  const { x, y } = readPoints(text);
  return Array.from(x, (_, at) => latlngOf(x[at], y[at]));
}

/** Return every shape as a list of rings, as Leaflet's polygons take them. */
function latlngShapes(layer) {
  const read = readShapes(layer);
  return Array.from({ length: read.shapes.length - 1 }, (_, shape) => {
    const found = [];
    for (let ring = read.shapes[shape]; ring < read.shapes[shape + 1]; ring += 1) found.push(latlngRing(read, ring));
    return found;
  });
}

function latlngRing({ arcs, uses, rings }, ring) {
  const found = [];
  for (let n = rings[ring]; n < rings[ring + 1]; n += 1) {
    const [first, last] = [arcs.start[uses[n] >> 1], arcs.start[(uses[n] >> 1) + 1] - 1];
    for (let step = 0; step < last - first; step += 1) {
      const at = uses[n] & 1 ? last - step : first + step;
      found.push(latlngOf(arcs.x[at], arcs.y[at]));
    }
  }
  return found;
}

/** Lines on a canvas at one view: each drawn without the corners that fall on one pixel, the same way from both sides. */
class Plotter {
  constructor(lines) {
    this.lines = lines;
    this.x = new Float32Array(lines.x.length);
    this.y = new Float32Array(lines.x.length);
    this.count = new Int32Array(lines.start.length - 1);
  }

  /** Begin a view: nothing is plotted yet. */
  begin(view) {
    this.view = view;
    this.count.fill(0);
  }

  /** Work out the pixels of a line, once for a view; return how many there are. */
  plot(line) {
    if (this.count[line]) return this.count[line];
    const { scale, left, top } = this.view;
    const { x, y, start } = this.lines;
    const [first, last] = [start[line], start[line + 1] - 1];
    let made = first;
    for (let at = first; at <= last; at += 1) {
      const [px, py] = [x[at] * scale - left, y[at] * scale - top];
      if (at > first && at < last && Math.abs(px - this.x[made - 1]) + Math.abs(py - this.y[made - 1]) < 1) continue;
      this.x[made] = px;
      this.y[made] = py;
      made += 1;
    }
    this.count[line] = made - first;
    return made - first;
  }

  /** Add a line to the path of a canvas. */
  trace(ctx, line, { backwards = false, join = false } = {}) {
    const count = this.plot(line);
    const first = this.lines.start[line];
    const [from, step] = backwards ? [first + count - 1, -1] : [first, 1];
    if (!join) ctx.moveTo(this.x[from], this.y[from]);
    for (let n = 1; n < count; n += 1) ctx.lineTo(this.x[from + n * step], this.y[from + n * step]);
  }

  /** Add the rings of a shape to the path of a canvas. */
  traceShape(ctx, { uses, rings, shapes }, shape) {
    for (let ring = shapes[shape]; ring < shapes[shape + 1]; ring += 1) {
      for (let n = rings[ring]; n < rings[ring + 1]; n += 1) {
        this.trace(ctx, uses[n] >> 1, { backwards: Boolean(uses[n] & 1), join: n > rings[ring] });
      }
      ctx.closePath();
    }
  }
}

/** Tell whether a box, at a place in a list of boxes, meets the view. */
function meets(boxes, at, { scale, left, top, width, height }, margin = 4) {
  return (
    boxes[4 * at] * scale - left <= width + margin &&
    boxes[4 * at + 2] * scale - left >= -margin &&
    boxes[4 * at + 1] * scale - top <= height + margin &&
    boxes[4 * at + 3] * scale - top >= -margin
  );
}

/** Stroke what `trace(line)` adds to the path, a few lines at a time: browsers are slow with longer paths. */
function strokeInParts(ctx, count, trace, most = 50) {
  let traced = 0;
  ctx.beginPath();
  for (let line = 0; line < count; line += 1) {
    if (!trace(line)) continue;
    traced += 1;
    if (traced % most) continue;
    ctx.stroke();
    ctx.beginPath();
  }
  ctx.stroke();
}
