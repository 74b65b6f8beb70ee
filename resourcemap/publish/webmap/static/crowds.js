// Marks on the map that are no symbols of a kind: crowds with their number, rings, one's own position, numbers for paper.

const NUMBER = 10.5; // pixels, of numbers on paper
const SQUARE = 64; // pixels: what lies in one square is one crowd

/** Gather the venues shown in the squares of the view; the squares are fixed to the ground, so nothing jumps while the map moves. */
function gather(layer, { zoom, scale, left, top, width, height }) {
  const { shown, x, y, kind, kinds } = layer;
  const [west, north] = [Math.floor(left / SQUARE), Math.floor(top / SQUARE)];
  const [columns, rows] = [Math.floor((left + width) / SQUARE) - west + 1, Math.floor((top + height) / SQUARE) - north + 1];
  const crowds = new Array(columns * rows);
  for (let n = 0; n < shown.length; n += 1) {
    const at = shown[n];
    const column = Math.floor((x[at] * scale) / SQUARE) - west;
    const row = Math.floor((y[at] * scale) / SQUARE) - north;
    if (column < 0 || column >= columns || row < 0 || row >= rows) continue;
    const crowd = (crowds[row * columns + column] ??= {
      venues: 0,
      x: 0,
      y: 0,
      west: x[at],
      east: x[at],
      north: y[at],
      south: y[at],
      kinds: new Uint32Array(kinds.length),
      first: at,
      column,
      row,
    });
    crowd.venues += 1;
    crowd.kinds[kind[at]] += 1;
    crowd.x += x[at];
    crowd.y += y[at];
    crowd.west = Math.min(crowd.west, x[at]);
    crowd.east = Math.max(crowd.east, x[at]);
    crowd.north = Math.min(crowd.north, y[at]);
    crowd.south = Math.max(crowd.south, y[at]);
  }
  const place = (middle, from, radius) => Math.max(from + radius, Math.min(from + SQUARE - radius, middle));
  return crowds.filter(Boolean).map((crowd) => {
    const radius = crowd.venues === 1 ? symbolSize(zoom) / 2 : crowdRadius(crowd.venues);
    const middle = [(crowd.x / crowd.venues) * scale, (crowd.y / crowd.venues) * scale];
    const at = { x: middle[0] - left, y: middle[1] - top };
    if (crowd.venues === 1) return { ...crowd, ...at, radius, venue: crowd.first };
    at.x = place(middle[0], (crowd.column + west) * SQUARE, radius) - left;
    at.y = place(middle[1], (crowd.row + north) * SQUARE, radius) - top;
    return { ...crowd, ...at, radius };
  });
}

/** Return the crowd nearest to a place on the canvas, within its disc or a finger's width; null where there is none. */
function nearestCrowd(crowds, x, y) {
  let [best, least] = [null, Infinity];
  for (const crowd of crowds) {
    const away = Math.hypot(crowd.x - x, crowd.y - y);
    if (away <= Math.max(crowd.radius, FINGER) && away < least) [best, least] = [crowd, away];
  }
  return best;
}

function crowdRadius(count) {
  return Math.min(SQUARE / 2 - 2, 11 + 4.4 * Math.log10(count) + (count > 999 ? 3 : 0));
}

/** A disc with the number of places; the rim shows which kinds they are, the most frequent from the top. */
function drawCrowd(ctx, { x, y, radius, venues: count, kinds: counts }, kinds) {
  const disc = (size, colour) => {
    ctx.beginPath();
    ctx.arc(x, y, size, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
  };
  disc(radius + 1.5, "#fff");
  const order = [...counts.keys()].filter((kind) => counts[kind]).sort((a, b) => counts[b] - counts[a] || a - b);
  let from = -Math.PI / 2;
  for (const kind of order) {
    const to = from + (2 * Math.PI * counts[kind]) / count;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.arc(x, y, radius, from, to);
    ctx.fillStyle = kinds[kind].colour;
    ctx.fill();
    from = to;
  }
  disc(radius - 4, "#fff");
  ctx.font = `700 ${count > 999 ? 11 : 12}px sans-serif`;
  ctx.fillStyle = INK;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(String(count), x, y + 0.5);
}

function drawRing(ctx, x, y, radius, strong) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = "rgba(255, 255, 255, 0.75)";
  ctx.fill();
  ctx.lineWidth = strong ? 3 : 2;
  ctx.strokeStyle = INK;
  ctx.stroke();
}

/** One's own position: a target, which no kind has. */
function drawOwn(ctx, x, y) {
  const circle = (radius, fill, stroke, width) => {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width;
    ctx.stroke();
  };
  circle(17, "rgba(11, 95, 214, 0.16)", "#fff", 4);
  circle(17, "rgba(11, 95, 214, 0.16)", "#0b5fd6", 2);
  circle(6.5, "#0b5fd6", "#fff", 2.5);
}

/** Place the numbers of venues for paper: beside their spot where there is no room on it. */
function placeNumbers(layer, view) {
  const taken = new Boxes();
  const found = [];
  layer._each(view, 0, (at, x, y) => {
    if (!layer.numbers[at]) return;
    const text = String(layer.numbers[at]);
    const half = textWidth(text, NUMBER) / 2 + 4;
    const box = ([dx, dy]) => [x + dx - half, y + dy - 7.5, x + dx + half, y + dy + 7.5];
    const shift = numberShifts(half).find((each) => !taken.hits(box(each))) ?? [0, 0];
    taken.add(box(shift));
    found.push({ text, half, x: x + shift[0], y: y + shift[1], spot: [x, y] });
  });
  return found;
}

/** Draw numbers black on white, with a line to the spot of those beside it. */
function drawNumbers(ctx, numbers) {
  Object.assign(ctx, { font: `700 ${NUMBER}px ${LABEL_FONT}`, textAlign: "center", textBaseline: "middle" });
  Object.assign(ctx, { lineWidth: 1, strokeStyle: "#000" });
  for (const { x, y, spot } of numbers) if (x !== spot[0] || y !== spot[1]) drawLeader(ctx, spot, x, y);
  for (const { text, x, y, half } of numbers) {
    ctx.beginPath();
    ctx.roundRect(x - half, y - 7.5, 2 * half, 15, 7.5);
    ctx.fillStyle = "#fff";
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = "#000";
    ctx.fillText(text, x, y + 0.5);
  }
}

function drawLeader(ctx, spot, x, y) {
  ctx.beginPath();
  ctx.moveTo(...spot);
  ctx.lineTo(x, y);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(...spot, 1.8, 0, 2 * Math.PI);
  ctx.fillStyle = "#000";
  ctx.fill();
}

/** Places for a number around its spot, the nearest first. */
function numberShifts(half) {
  const shifts = [[0, 0]];
  for (let ring = 1; ring <= 4; ring += 1) {
    for (const [dx, dy] of [[0, -1], [1, 0], [-1, 0], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]]) {
      shifts.push([dx * ring * (half + 6), dy * ring * 15]);
    }
  }
  return shifts;
}
