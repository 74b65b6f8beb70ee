// Areas: their borders, each drawn once, and their fills, under names and symbols.

const BORDER = "#5d4a80"; // dark and bluish: told from roads, water and parks without seeing red or green
const INKED = 0.84; // the ground shows through, on the map and in the key
const UNKNOWN = { paper: "#fff", ink: "#8c8c8c" }; // a hatch: no data of people, which is not nobody
const MANY_AREAS = 40; // so many names would hide the map
const NO_NAMES = [];
const CELLS = 48; // along each side of the grid in which areas are looked up

class AreaLayer {
  /** `systems` are those of the page. `tip(area)` makes an element or null, `pick(area)` is called for one that was pressed. */
  constructor(map, systems, { tip, pick }) {
    Object.assign(this, { map, systems, areaTip: tip, pickArea: pick, known: new Map(), system: null, rank: 1 });
    Object.assign(this, { fills: [], chosen: null, interactive: false });
    this.sheet = new AreaSheet(this, { pane: paneAt(map, "areas", 410), name: "areas" }).addTo(map);
    Pointer.of(map).add(this);
  }

  /** Show a system, or none; `fill(area)` gives a colour, "hatch" or null. One chosen area has a strong border. */
  show(system, { fill, chosen = null, interactive = false }) {
    this.system = system;
    const count = system === null ? 0 : this.systems[system].areas.length;
    Object.assign(this, { fills: Array.from({ length: count }, (_, area) => fill(area)), chosen, interactive });
    this.sheet.redraw();
  }

  /** Return the box of an area of the system that is shown. */
  bounds(area) {
    return boundsOf(this._read(this.system).boxes.subarray(4 * area, 4 * area + 4));
  }

  /** Return the box of all areas of a system. */
  whole(system) {
    return boundsOf(this._read(system).whole);
  }

  /** Return where the name of an area of the system that is shown stands. */
  centre(area) {
    const { x, y } = this._read(this.system).points;
    return latlngOf(x[area], y[area]);
  }

  /** Return the names of the system that is shown, for `Labels`; of many areas, those that find room have one. */
  names() {
    if (this.system === null) return NO_NAMES;
    const { boxes, points, names } = this._read(this.system);
    if (names.length) return names;
    const { areas } = this.systems[this.system];
    areas.forEach((text, at) => {
      const within = areas.length > MANY_AREAS && boxes[4 * at] <= boxes[4 * at + 2] ? [boxes[4 * at], boxes[4 * at + 2]] : null;
      names.push({ text, style: "area", x: points.x[at], y: points.y[at], within });
    });
    return names;
  }

  /** Read a system when it is first needed. */
  _read(system) {
    if (!this.known.has(system)) {
      const shapes = readShapes(this.systems[system]);
      const boxes = shapeBoxes(shapes);
      const whole = wholeBox(boxes);
      const points = readPoints(this.systems[system].points);
      this.known.set(system, { shapes, boxes, whole, points, plotter: new Plotter(shapes.arcs), names: [] });
    }
    return this.known.get(system);
  }

  // Under the pointer

  /** Return the area at an event of the map, of several the smallest; null where there is none. */
  under({ latlng }) {
    if (this.system === null) return null;
    const known = this._read(this.system);
    known.grid ??= new BoxGrid(known.boxes, known.whole);
    const [x, y] = [worldX(latlng.lng), worldY(latlng.lat)];
    const found = known.grid.at(x, y).filter((area) => isInside(known.shapes, area, x, y));
    const size = (area) => (known.boxes[4 * area + 2] - known.boxes[4 * area]) * (known.boxes[4 * area + 3] - known.boxes[4 * area + 1]);
    return found.length ? found.reduce((best, area) => (size(area) < size(best) ? area : best)) : null;
  }

  isPickable() {
    return this.interactive;
  }

  tip(area) {
    return this.areaTip(area);
  }

  spot(_, { latlng }) {
    return latlng;
  }

  pick(area) {
    this.pickArea(area);
  }
}

const AreaSheet = Sheet.extend({
  options: { padding: 0.1 },

  initialize(layer, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this.layer = layer;
  },

  isBlank() {
    return this.layer.system === null;
  },

  paint(ctx, view) {
    const { fills, chosen, system } = this.layer;
    const { shapes, boxes, plotter } = this.layer._read(system);
    plotter.begin(view);
    ctx.lineJoin = ctx.lineCap = "round";
    fills.forEach((fill, area) => {
      const white = fill === null && area === chosen;
      if ((fill === null && !white) || !meets(boxes, area, view)) return;
      ctx.globalAlpha = white ? 0.35 : INKED;
      ctx.fillStyle = white ? "#fff" : fill === "hatch" ? hatch(ctx, view) : fill;
      ctx.beginPath();
      plotter.traceShape(ctx, shapes, area);
      ctx.fill("evenodd");
    });
    this._borders(ctx, view, shapes, plotter);
    if (chosen === null || !fills.length) return;
    Object.assign(ctx, { globalAlpha: 1, lineWidth: 4 });
    ctx.beginPath();
    plotter.traceShape(ctx, shapes, chosen);
    ctx.stroke();
  },

  /** Thousands of areas in one view have thin borders. */
  _borders(ctx, view, shapes, plotter) {
    const { whole } = this.layer._read(this.layer.system);
    const side = Math.sqrt(((whole[2] - whole[0]) * (whole[3] - whole[1])) / this.layer.fills.length) * view.scale;
    Object.assign(ctx, { globalAlpha: 0.75, strokeStyle: BORDER, lineWidth: Math.max(0.7, Math.min(1.8, side / 40)) });
    strokeInParts(ctx, shapes.arcs.start.length - 1, (arc) => {
      if (!meets(shapes.boxes, arc, view)) return false;
      plotter.trace(ctx, arc);
      return true;
    });
  },
});

/** Boxes in a grid: which of them hold a point. */
class BoxGrid {
  constructor(boxes, [west, north, east, south]) {
    Object.assign(this, { boxes, west, north, width: (east - west) / CELLS || 1, height: (south - north) / CELLS || 1 });
    this.cells = Array.from({ length: CELLS * CELLS }, () => []);
    const cell = (value) => Math.max(0, Math.min(CELLS - 1, Math.floor(value)));
    for (let at = 0; at < boxes.length / 4; at += 1) {
      const [left, top, right, bottom] = boxes.subarray(4 * at, 4 * at + 4);
      if (!(left <= right)) continue;
      for (let row = cell((top - north) / this.height); row <= cell((bottom - north) / this.height); row += 1) {
        for (let column = cell((left - west) / this.width); column <= cell((right - west) / this.width); column += 1) {
          this.cells[row * CELLS + column].push(at);
        }
      }
    }
  }

  at(x, y) {
    const [column, row] = [Math.floor((x - this.west) / this.width), Math.floor((y - this.north) / this.height)];
    const inside = ([left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom;
    if (column < 0 || row < 0 || column > CELLS || row > CELLS) return [];
    const cell = this.cells[Math.min(row, CELLS - 1) * CELLS + Math.min(column, CELLS - 1)];
    return cell.filter((at) => inside(this.boxes.subarray(4 * at, 4 * at + 4)));
  }
}

/** Tell whether a point lies in an odd number of the rings of a shape. */
function isInside({ arcs, uses, rings, shapes }, shape, x, y) {
  let inside = false;
  for (let use = rings[shapes[shape]]; use < rings[shapes[shape + 1]]; use += 1) {
    const arc = uses[use] >> 1;
    for (let at = arcs.start[arc] + 1; at < arcs.start[arc + 1]; at += 1) {
      const [ax, ay, bx, by] = [arcs.x[at - 1], arcs.y[at - 1], arcs.x[at], arcs.y[at]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

function wholeBox(boxes) {
  const whole = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < boxes.length; at += 1) {
    whole[at % 4] = at % 4 < 2 ? Math.min(whole[at % 4], boxes[at]) : Math.max(whole[at % 4], boxes[at]);
  }
  return whole;
}

/** Return a box as Leaflet takes it; of nothing, bounds that are not valid. */
function boundsOf([west, north, east, south]) {
  return west <= east ? L.latLngBounds(latlngOf(west, south), latlngOf(east, north)) : L.latLngBounds([]);
}

/** Make the hatch of areas without data, fixed to the ground. */
function hatch(ctx, { left, top }) {
  hatch.made ??= hatchPattern(ctx);
  hatch.made.setTransform(new DOMMatrix().translate(-(left % 8), -(top % 8)));
  return hatch.made;
}

function hatchPattern(target) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const ctx = tile.getContext("2d");
  ctx.fillStyle = UNKNOWN.paper;
  ctx.fillRect(0, 0, 8, 8);
  ctx.strokeStyle = UNKNOWN.ink;
  for (const start of [-8, 0, 8]) {
    ctx.moveTo(start - 1, 9);
    ctx.lineTo(start + 9, -1);
  }
  ctx.stroke();
  return target.createPattern(tile, "repeat");
}
