// Symbols drawn once and copied to the map: for every kind, look and size.

const LOOK = { plain: 0, rough: 1, suspended: 2 }; // a place that is both has 3
const DOT = 7; // pixels

/** Return the side of a symbol in pixels: smaller where a whole city is seen. */
function symbolSize(zoom) {
  return Math.round(Math.max(12, Math.min(27, 20 + (zoom - 14) * 4)));
}

/** The symbols of all kinds, for a screen of so many canvas pixels per pixel. */
class Sprites {
  constructor(kinds, ratio) {
    Object.assign(this, { kinds, ratio, made: new Map() });
  }

  symbol(kind, look, size) {
    return this._once(`${kind} ${look} ${size}`, size * 1.4 + 2, (ctx) => drawSymbol(ctx, this.kinds[kind], look, size));
  }

  /** A small disc in the colour of the kind, white between neighbours. */
  dot(kind, look) {
    return this._once(`${kind} ${look}`, DOT + 3, (ctx) => drawDot(ctx, this.kinds[kind], look));
  }

  badge(count, size) {
    const text = count > 99 ? "99+" : String(count);
    return this._once(`badge ${text} ${size}`, size * 1.8 + 6, (ctx) => drawBadge(ctx, text, size));
  }

  _once(key, side, draw) {
    const known = this.made.get(key);
    if (known) return known;
    const pixels = Math.ceil(side * this.ratio);
    const canvas = blankCanvas(pixels);
    const ctx = canvas.getContext("2d");
    ctx.setTransform(this.ratio, 0, 0, this.ratio, pixels / 2, pixels / 2);
    draw(ctx);
    const image = canvas.transferToImageBitmap?.() ?? canvas; // an image is copied quicker
    this.made.set(key, image);
    return image;
  }
}

function blankCanvas(side) {
  if (window.OffscreenCanvas) return new OffscreenCanvas(side, side);
  return Object.assign(document.createElement("canvas"), { width: side, height: side });
}

function drawSymbol(ctx, kind, look, size) {
  const path = new Path2D(kind.shape);
  const [rough, suspended] = [look & LOOK.rough, look & LOOK.suspended];
  ctx.scale(size / 24, size / 24);
  ctx.translate(-12, -12);
  ctx.lineJoin = "round";
  ctx.strokeStyle = "#fff";
  ctx.lineWidth = 5.5;
  ctx.stroke(path);
  ctx.fillStyle = suspended ? "#fff" : rough ? paler(kind.colour) : kind.colour;
  ctx.fill(path);
  if (!look) return;
  ctx.strokeStyle = kind.colour;
  ctx.lineWidth = 2.6;
  if (rough) ctx.setLineDash([4, 3]);
  ctx.stroke(path);
}

function drawDot(ctx, kind, look) {
  const disc = (radius, colour) => {
    ctx.beginPath();
    ctx.arc(0, 0, radius, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
  };
  disc(DOT / 2 + 0.7, "rgba(255, 255, 255, 0.85)");
  disc(DOT / 2, kind.colour);
  if (look & LOOK.suspended) disc(DOT / 2 - 1.4, "#fff");
  else if (look & LOOK.rough) disc(DOT / 2 - 1.4, paler(kind.colour));
}

function drawBadge(ctx, text, size) {
  const height = Math.max(11, size * 0.52);
  ctx.font = `700 ${height * 0.8}px sans-serif`;
  const width = Math.max(height, ctx.measureText(text).width + height * 0.5);
  ctx.beginPath();
  ctx.roundRect(-width / 2, -height / 2, width, height, height / 2);
  ctx.fillStyle = INK;
  ctx.strokeStyle = "#fff";
  ctx.lineWidth = 2;
  ctx.stroke();
  ctx.fill();
  ctx.fillStyle = "#fff";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, 0, height * 0.05);
}
