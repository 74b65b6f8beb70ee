// Marks on the map that are no symbols of a kind: crowds with their number, rings, one's own position, numbers for paper.

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

/** Draw the numbers of venues for paper: beside their place where there is no room on it, with a line to it. */
function drawNumbers(ctx, layer, view) {
  const taken = new Boxes();
  const size = 10.5;
  ctx.font = `700 ${size}px ${LABEL_FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const labels = [];
  layer._each(view, 0, (at, x, y) => {
    if (layer.numbers[at]) labels.push({ text: String(layer.numbers[at]), x, y });
  });
  for (const label of labels) {
    const half = (ctx.measureText(label.text).width + 7) / 2;
    const box = ([dx, dy]) => [label.x + dx - half, label.y + dy - 7.5, label.x + dx + half, label.y + dy + 7.5];
    const free = numberShifts(half).find((shift) => !taken.hits(box(shift))) ?? [0, 0];
    taken.add(box(free));
    Object.assign(label, { half, shift: free });
  }
  ctx.lineWidth = 1;
  ctx.strokeStyle = "#000";
  for (const { x, y, shift } of labels) if (shift[0] || shift[1]) drawLeader(ctx, x, y, shift);
  for (const { text, x, y, half, shift } of labels) {
    ctx.beginPath();
    ctx.roundRect(x + shift[0] - half, y + shift[1] - 7.5, 2 * half, 15, 7.5);
    ctx.fillStyle = "#fff";
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = "#000";
    ctx.fillText(text, x + shift[0], y + shift[1] + 0.5);
  }
}

function drawLeader(ctx, x, y, [dx, dy]) {
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + dx, y + dy);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, y, 1.8, 0, 2 * Math.PI);
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
