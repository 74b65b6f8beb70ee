// Symbols by kind: the same shapes as SVG in the list and on the canvas of the map.

const INK = "#22303a";

/** Draw a kind's symbol for the list. */
function symbolSvg(kind, { size = 22, look = "plain" } = {}) {
  const path = { d: kind.shape, "stroke-linejoin": "round", fill: kind.colour, stroke: "#fff", "stroke-width": 1.5 };
  if (look !== "plain") {
    path.fill = look === "suspended" ? "#fff" : paler(kind.colour);
    path.stroke = kind.colour;
    path["stroke-width"] = 2.2;
    if (look === "rough") path["stroke-dasharray"] = "3.4 2.6";
  }
  const drawing = svgEl("svg", { viewBox: "-1 -1 26 26", width: size, height: size, "aria-hidden": "true" });
  drawing.classList.add("rm-symbol");
  drawing.append(svgEl("path", path));
  return drawing;
}

/** Mix a #rrggbb colour with white. */
function paler(colour, share = 0.68) {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(part + (255 - part) * share)).join(", ")})`;
}

/** A venue on the canvas: hit and moved by Leaflet as a circle, drawn as its first fitting kind. */
const VenueMarker = L.CircleMarker.extend({
  initialize(venue, options) {
    L.CircleMarker.prototype.initialize.call(this, venue.latlng, { ...options, radius: 14, weight: 6 });
    this.venue = venue;
    this.shown = venue.resources;
    this.selected = false;
    this.related = false;
  },

  _updatePath() {
    if (this._renderer._drawing && !this._empty() && this.shown.length) {
      drawVenue(this._renderer._ctx, this._point, this);
    }
  },

  _containsPoint(point) {
    return this.shown.length > 0 && point.distanceTo(this._point) <= this.crowd.reach(this._map.getZoom());
  },
});

const DOT = 7;
const FEW = 150; // so many symbols may overlap a little, as they do in the middle of a town

/** How close the venues shown are to one another: many symbols that would hide each other are drawn as dots. */
class Crowd {
  spacing = Infinity; // between half of the venues and their nearest, in pixels at zoom 0

  set(latlngs) {
    this.spacing = latlngs.length <= FEW ? Infinity : medianNearest(latlngs.map((latlng) => L.CRS.EPSG3857.latLngToPoint(latlng, 0)));
  }

  isDense(zoom) {
    return this.spacing * 2 ** zoom < symbolSize(zoom) * 0.75;
  }

  size(zoom) {
    return this.isDense(zoom) ? DOT : symbolSize(zoom);
  }

  /** Return how far from its middle a symbol can be pressed: a finger's width, less in a crowd. */
  reach(zoom) {
    return this.isDense(zoom) ? 9 : 22;
  }
}

/** Return the side of a symbol in pixels: smaller where a whole city is seen. */
function symbolSize(zoom) {
  return Math.max(12, Math.min(27, 20 + (zoom - 14) * 4));
}

/** Return the distance to the nearest other point that half of the points keep to; sorted from west to east, few are compared. */
function medianNearest(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const nearest = sorted.map((point, at) => {
    let least = Infinity;
    for (const step of [-1, 1]) {
      for (let other = sorted[at + step], n = at; other && Math.abs(other.x - point.x) < least; other = sorted[(n += step) + step]) {
        least = Math.min(least, point.distanceTo(other));
      }
    }
    return least;
  });
  return nearest.sort((a, b) => a - b)[Math.floor(nearest.length / 2)];
}

function drawVenue(ctx, point, marker) {
  const { venue, shown, kinds, crowd } = marker;
  const kind = kinds[shown[0].kind];
  const zoom = marker._map.getZoom();
  const dot = crowd.isDense(zoom) && !marker.selected && !marker.related;
  const size = dot ? DOT : symbolSize(zoom) * (marker.selected ? 1.25 : 1);
  ctx.save();
  ctx.globalAlpha = 1; // Leaflet leaves the one of the path before
  ctx.setLineDash([]);
  if (marker.selected || marker.related) drawRing(ctx, point, size, marker.selected);
  ctx.save();
  ctx.translate(point.x - size / 2, point.y - size / 2);
  ctx.scale(size / 24, size / 24);
  ctx.lineJoin = "round";
  kind.path ??= new Path2D(kind.shape);
  ctx.strokeStyle = "#fff";
  ctx.lineWidth = 5.5;
  if (!dot) ctx.stroke(kind.path);
  const suspended = shown.every((resource) => resource.status);
  ctx.fillStyle = suspended ? "#fff" : venue.rough ? paler(kind.colour) : kind.colour;
  ctx.fill(kind.path);
  if (suspended || venue.rough) {
    ctx.strokeStyle = kind.colour;
    ctx.lineWidth = dot ? 5 : 2.6;
    if (venue.rough && !dot) ctx.setLineDash([4, 3]);
    ctx.stroke(kind.path);
  }
  ctx.restore();
  if (shown.length > 1 && !dot && (zoom >= marker.badgesFrom || marker.selected)) {
    drawBadge(ctx, point.x + size * 0.46, point.y - size * 0.44, shown.length, size);
  }
  ctx.restore();
}

function drawRing(ctx, point, size, strong) {
  ctx.save();
  ctx.beginPath();
  ctx.arc(point.x, point.y, size * 0.82, 0, 2 * Math.PI);
  ctx.fillStyle = "rgba(255, 255, 255, 0.75)";
  ctx.fill();
  ctx.lineWidth = strong ? 3 : 2;
  ctx.strokeStyle = INK;
  ctx.stroke();
  ctx.restore();
}

function drawBadge(ctx, x, y, count, size) {
  const text = count > 99 ? "99+" : String(count);
  const height = Math.max(11, size * 0.52);
  ctx.save();
  ctx.font = `700 ${height * 0.8}px sans-serif`;
  const width = Math.max(height, ctx.measureText(text).width + height * 0.5);
  ctx.beginPath();
  ctx.roundRect(x - width / 2, y - height / 2, width, height, height / 2);
  ctx.fillStyle = INK;
  ctx.strokeStyle = "#fff";
  ctx.lineWidth = 2;
  ctx.stroke();
  ctx.fill();
  ctx.fillStyle = "#fff";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y + height * 0.05);
  ctx.restore();
}
