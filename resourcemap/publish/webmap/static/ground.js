// The map under the places, in the colours of a paper map; without any, squared paper with the names of towns.

const SCALE_WIDTH = 120; // pixels, at most
const PAPER = {
  land: { fillColor: "#faf7ef" },
  hills: { fillColor: "#e3e8d0", fillOpacity: 0.75 },
  parks: { fillColor: "#d3e6c2" },
  water: { fillColor: "#b9d8e8", color: "#8fbcd4", weight: 1 },
  blocks: { color: "#c9bfa8", weight: 1, dash: [1, 3] },
  outline: { color: "#a4977c", weight: 1.8 },
};
const BLOCK_WIDE = 22; // pixels: borders of smaller blocks would hide the streets
const STREETS_FROM = 12; // smaller streets of a whole city are only a grey veil
const ROADS_FROM = 8;

/** Draw the background on its own canvas, below everything that can be touched. */
function drawGround(map, ground) {
  return new GroundSheet(ground, { pane: paneAt(map, "ground", 250), name: "ground" }).addTo(map);
}

/** Tell whether there is no background at all, but at most names. */
function isBare(ground) {
  return Object.keys(ground).every((layer) => layer === "towns");
}

const GroundSheet = Sheet.extend({
  initialize(ground, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this.bare = isBare(ground);
    this.shapes = new Map();
    for (const layer of ["blocks", "outline", "hills", "parks", "water"]) {
      if (ground[layer]) this.shapes.set(layer, shapesOf(ground[layer]));
    }
    const lines = (text) => (text ? new LineLayer(readLines(text)) : null);
    this.streets = { main: lines(ground.streets?.main), other: lines(ground.streets?.other) };
    this.rail = [lines(ground.rail?.main), lines(ground.rail?.other)].filter(Boolean);
    this.stations = ground.stations ? readPoints(ground.stations.points) : { x: [], y: [] };
  },

  paint(ctx, view) {
    ctx.lineJoin = "round";
    if (this.bare) drawSquares(ctx, view, this._map);
    for (const layer of ["outline", "blocks"]) this.shapes.get(layer)?.fillTogether(ctx, view, PAPER.land);
    for (const layer of ["hills", "parks", "water"]) this.shapes.get(layer)?.fillEach(ctx, view, PAPER[layer]);
    const blocks = this.shapes.get("blocks");
    if (blocks && blocks.side * view.scale > BLOCK_WIDE) blocks.border(ctx, view, PAPER.blocks);
    this.shapes.get("outline")?.border(ctx, view, PAPER.outline);
    this._paintStreets(ctx, view);
    for (const style of [{ color: "#6b6b6b", weight: 4 }, { color: "#fff", weight: 2.4, dash: [9, 9] }]) {
      for (const rail of this.rail) rail.draw(ctx, view, { ...style, cap: "butt" });
    }
    this._paintStations(ctx, view);
  },

  /** Streets grow with the zoom: a casing and a light way for main roads, a thin grey line for the others. */
  _paintStreets(ctx, view) {
    const wide = 2 ** (view.zoom - 14);
    const { main, other } = this.streets;
    const veil = Math.min(1, (view.zoom - STREETS_FROM + 0.25) / 1.5);
    if (veil > 0) other?.draw(ctx, view, { color: "#ddd5c4", weight: Math.max(0.6, Math.min(6, 1.1 * wide)), opacity: veil });
    if (!main || view.zoom < ROADS_FROM) return;
    main.draw(ctx, view, { color: "#d2c3a2", weight: Math.max(1.2, Math.min(13, 4.2 * Math.sqrt(wide) + wide)) });
    if (view.zoom > 10.5) main.draw(ctx, view, { color: "#fff6df", weight: Math.max(0.7, Math.min(11, 2.6 * Math.sqrt(wide) + wide)) });
  },

  _paintStations(ctx, { zoom, scale, left, top, width, height }) {
    const { x, y } = this.stations;
    Object.assign(ctx, { globalAlpha: 1, lineWidth: 2.5, strokeStyle: "#444", fillStyle: "#fff" });
    const radius = zoom < 11.5 ? 2.5 : 5;
    for (let at = 0; at < x.length; at += 1) {
      const [px, py] = [x[at] * scale - left, y[at] * scale - top];
      if (px < -9 || py < -9 || px > width + 9 || py > height + 9) continue;
      ctx.beginPath();
      ctx.arc(px, py, radius, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    }
  },
});

/** Lines on the canvas, those in the view. */
class LineLayer {
  constructor(lines) {
    Object.assign(this, { lines, boxes: boxesOf(lines), plotter: new Plotter(lines) });
  }

  draw(ctx, view, { color, weight, dash = [], opacity = 1, cap = "round" }) {
    if (!sameView(this.plotter.view, view)) this.plotter.begin(view);
    Object.assign(ctx, { strokeStyle: color, lineWidth: weight, globalAlpha: opacity, lineCap: cap });
    ctx.setLineDash(dash);
    strokeInParts(ctx, this.lines.start.length - 1, (line) => {
      if (!meets(this.boxes, line, view, weight)) return false;
      this.plotter.trace(ctx, line);
      return true;
    });
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }
}

/** Shapes on the canvas, those in the view; their borders are the lines of their arcs. */
class ShapeLayer {
  constructor(shapes) {
    Object.assign(this, { shapes, lines: new LineLayer(shapes.arcs), boxes: shapeBoxes(shapes), count: shapes.shapes.length - 1 });
    const [west, north, east, south] = wholeBox(this.boxes);
    this.side = Math.sqrt(((east - west) * (south - north)) / Math.max(1, this.count));
  }

  /** Fill all at once: no hair of the ground shows between neighbours. */
  fillTogether(ctx, view, { fillColor }) {
    ctx.fillStyle = fillColor;
    ctx.beginPath();
    this._each(view, (shape, plotter) => plotter.traceShape(ctx, this.shapes, shape));
    ctx.fill("evenodd");
  }

  /** Fill one after the other: those that overlap lie over one another. */
  fillEach(ctx, view, { fillColor, fillOpacity = 1, color, weight }) {
    Object.assign(ctx, { fillStyle: fillColor, strokeStyle: color ?? "#000", lineWidth: weight ?? 1 });
    this._each(view, (shape, plotter) => {
      ctx.globalAlpha = fillOpacity;
      ctx.beginPath();
      plotter.traceShape(ctx, this.shapes, shape);
      ctx.fill("evenodd");
      if (color) ctx.stroke();
    });
    ctx.globalAlpha = 1;
  }

  border(ctx, view, style) {
    this.lines.draw(ctx, view, style);
  }

  _each(view, call) {
    const { plotter } = this.lines;
    if (!sameView(plotter.view, view)) plotter.begin(view);
    for (let shape = 0; shape < this.count; shape += 1) if (meets(this.boxes, shape, view)) call(shape, plotter);
  }
}

/** Squares as wide as the scale of the map is long, fixed to the ground. */
function drawSquares(ctx, { left, top, width, height }, map) {
  const side = scalePixels(map);
  const first = (start) => side - (((start % side) + side) % side);
  Object.assign(ctx, { globalAlpha: 1, strokeStyle: "#e3ddcd", lineWidth: 1 });
  ctx.beginPath();
  for (let x = first(left); x < width; x += side) {
    ctx.moveTo(x, 0);
    ctx.lineTo(x, height);
  }
  for (let y = first(top); y < height; y += side) {
    ctx.moveTo(0, y);
    ctx.lineTo(width, y);
  }
  ctx.stroke();
}

/** Return the length of the scale in pixels; measured in the middle of the map, so that it does not creep while it is moved. */
function scalePixels(map) {
  map.groundLatitude ??= map.getCenter().lat;
  const metres = (40075016.686 * Math.cos((map.groundLatitude * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  return L.Control.Scale.prototype._getRoundNum(metres * SCALE_WIDTH) / metres;
}

/** Gather the names of the background, in the order of their importance, for `Labels`. */
function groundNames(ground) {
  const kinds = { stations: "station", water: "water", hills: "hill", blocks: "block", parks: "park", towns: "town" };
  if (!groundNames.known.has(ground)) {
    groundNames.known.set(ground, Object.entries(kinds).flatMap(([layer, style]) => namesOf(ground[layer], style)));
  }
  return groundNames.known.get(ground);
}
groundNames.known = new WeakMap();

/** Read the shapes of a layer once: to draw them, and to see which are wide enough for their names. */
function shapesOf(layer) {
  if (!shapesOf.known.has(layer)) shapesOf.known.set(layer, new ShapeLayer(readShapes(layer)));
  return shapesOf.known.get(layer);
}
shapesOf.known = new WeakMap();

/** Give each name of a layer once: a river in three parts has one name. */
function namesOf(layer, style) {
  if (!layer?.names) return [];
  const seen = new Set();
  const { x, y } = readPoints(layer.points);
  const boxes = LABEL_STYLES[style].room ? shapesOf(layer).boxes : null;
  return layer.names.flatMap((text, at) => {
    if (!text || seen.has(text)) return [];
    seen.add(text);
    return [{ text, style, x: x[at], y: y[at], within: boxes && [boxes[4 * at], boxes[4 * at + 2]] }];
  });
}
