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
