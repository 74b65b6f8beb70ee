// Areas: their borders, and how many of their people are beyond reach of a kind.

// ColorBrewer "Purples": safe for colour-blind readers, ordered by lightness, unlike water, parks and roads.
const CLASSES = ["#f2f0f7", "#cbc9e2", "#9e9ac8", "#756bb1", "#54278f"];
const NOBODY = "#dcdcdc";
const UNKNOWN = { paper: "#fff", ink: "#8c8c8c" }; // a hatch: no data of people, which is not nobody
const BORDER = "#5d4a80";
const INKED = 0.84; // the ground shows through, on the map and in the key

/** Return the class of a share: 0 is under 20 %, 4 is 80 % and more; null where there is nobody, or nothing is known. */
function classOf(beyond, people) {
  return people ? Math.min(CLASSES.length - 1, Math.floor((beyond / people) * CLASSES.length)) : null;
}

/** Return the figures of one kind in one system, or null. */
function figuresOf(page, system, kind) {
  return page.gaps?.systems[system]?.[kind] ?? null;
}

/** The polygons of the chosen system; drawn before names and symbols on the same canvas. */
class AreaLayer {
  constructor(map, renderer, page, tooltip, pick) {
    Object.assign(this, { map, renderer, page, tooltip, pick, polygons: [], system: null });
  }

  show(system, gapKind, chosen) {
    if (system !== this.system) this._build(system);
    const figures = gapKind === null || system === null ? null : figuresOf(this.page, system, gapKind);
    this.figures = figures;
    this.polygons.forEach((polygon, at) => polygon.setStyle(this._style(figures, at, at === chosen)));
    // Under the names and symbols, the chosen one last: its border is over those of its neighbours.
    if (chosen !== null) this.polygons[chosen].bringToBack();
    this.polygons.forEach((polygon, at) => at !== chosen && polygon.bringToBack());
  }

  _build(system) {
    this.polygons.forEach((polygon) => polygon.remove());
    this.system = system;
    const shapes = system === null ? [] : this.page.systems[system].shapes;
    this.polygons = shapes.map((shape, at) =>
      L.polygon(polygonLatlngs(shape), { renderer: this.renderer, smoothFactor: 0.5, lineJoin: "round" })
        .on("click", (event) => {
          if (!this.figures) return;
          L.DomEvent.stop(event);
          this.pick(at);
        })
        .bindTooltip(() => this.tooltip(at, this.figures), { sticky: true, direction: "top", className: "rm-tip" })
        .addTo(this.map),
    );
  }

  _style(figures, at, chosen) {
    const line = { color: BORDER, weight: chosen ? 4 : 1.8, opacity: chosen ? 1 : 0.75 };
    if (!figures) return { ...line, fill: chosen, fillColor: "#fff", fillOpacity: 0.35 };
    if (figures.people[at] === null) return { ...line, fill: true, fillColor: hatch(), fillOpacity: INKED };
    const found = classOf(figures.beyond[at], figures.people[at]);
    return { ...line, fill: true, fillColor: found === null ? NOBODY : CLASSES[found], fillOpacity: INKED };
  }
}

/** Make the hatch of areas without data, which a canvas takes for a colour. */
function hatch() {
  if (hatch.made) return hatch.made;
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
  hatch.made = ctx.createPattern(tile, "repeat");
  return hatch.made;
}

/** Fill the legend: the key of the symbols, or that of the gaps. */
function drawLegend(box, context, gap, change) {
  const { page, say } = context;
  const parts = [];
  if (page.gaps) {
    const toggle = el(
      "button",
      { type: "button", class: "rm-gap-switch", "aria-pressed": String(gap.on), onclick: () => change({ on: !gap.on }) },
      say(gap.on ? "gaps_hide" : "gaps_show"),
    );
    parts.push(toggle);
  }
  parts.push(gap.on ? gapLegend(context, gap, change) : symbolLegend(context));
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.keep ?? "switch" : null;
  box.replaceChildren(...parts);
  if (focused) (box.querySelector(`[data-keep="${focused}"]`) ?? box.querySelector("button"))?.focus();
}

function symbolLegend({ page, resources, venues, say, approximate, bare }) {
  const sample = page.kinds[resources[0]?.kind ?? 0];
  const line = (drawing, text) => el("li", {}, drawing, el("span", {}, text));
  const grey = { ...sample, colour: "#4d5a63" };
  const lines = [];
  if (venues.some((venue) => venue.resources.length > 1)) {
    lines.push(line(el("span", { class: "rm-badge", "aria-hidden": "true" }, "3"), say("legend_count")));
  }
  if (venues.some((venue) => venue.rough)) {
    lines.push(line(symbolSvg(grey, { size: 20, look: "rough" }), say("legend_approximate")));
  }
  if (resources.some((resource) => resource.status)) {
    lines.push(line(symbolSvg(grey, { size: 20, look: "suspended" }), say("legend_suspended")));
  }
  const said = [approximate ? say("borders_approximate") : "", bare ? say("no_background") : ""].join("");
  const note = said ? el("p", { class: "rm-note" }, said) : null;
  return el("div", { class: "rm-key" }, lines.length ? el("ul", {}, ...lines) : null, note);
}

function gapLegend({ page, say, names }, gap, change) {
  const { metres, kinds } = page.gaps;
  const kind = kinds[gap.kind];
  const figures = figuresOf(page, gap.system, gap.kind);
  const label = page.kinds[kind.kind].label;
  const choose = (word, keep, options, value, apply) =>
    el(
      "label",
      {},
      el("span", { class: "rm-hidden" }, say(word)),
      select(options, value, apply, { "data-keep": keep }),
    );
  const systems = names.flatMap((name, at) => (page.gaps.systems[at] ? [[at, name]] : []));
  const notes = [
    say(`gaps_${page.gaps.way}`, { times: page.gaps.times }),
    kind.everyone ? say("gaps_everyone") : "",
    page.systems[gap.system].approximate ? say("borders_approximate") : "",
    figures.outside ? say("gaps_outside", { n: figures.outside }) : "",
  ];
  return el(
    "div",
    { class: "rm-gaps" },
    choose("gaps_kind", "kind", kinds.map((each, at) => [at, page.kinds[each.kind].label]), gap.kind, (at) =>
      change({ kind: at }),
    ),
    choose("gaps_system", "system", systems, gap.system, (at) => change({ system: at })),
    el("p", { class: "rm-gap-title" }, say("gaps_title", { kind: label, metres })),
    el("p", { class: "rm-note" }, say("gaps_who", { audience: kind.everyone || !kind.audience ? say("gaps_people") : kind.audience })),
    classList(figures, say),
    el("p", { class: "rm-note" }, notes.filter(Boolean).join("")),
    el("button", { type: "button", class: "rm-plain", "data-keep": "table", onclick: () => change({ table: true }) }, say("gaps_table")),
  );
}

function classList(figures, say) {
  const counts = new Array(CLASSES.length).fill(0);
  let nobody = 0;
  const unknown = figures.people.filter((people) => people === null).length;
  figures.people.forEach((people, at) => {
    const found = classOf(figures.beyond[at], people);
    if (people === null) return;
    if (found === null) nobody += 1;
    else counts[found] += 1;
  });
  const row = (colour, text, n) =>
    el("li", {}, colour ? swatch(colour) : hatchSwatch(), el("span", {}, text), el("span", { class: "rm-n" }, say("gaps_areas", { n })));
  const rows = CLASSES.map((colour, at) => row(colour, classText(at, say), counts[at]));
  if (unknown) rows.push(row(null, say("gaps_unknown"), unknown));
  if (nobody) rows.push(row(NOBODY, say("gaps_nobody"), nobody));
  return el("ul", { class: "rm-classes" }, ...rows);
}

function classText(at, say) {
  const [from, to] = [at * 20, at * 20 + 20];
  if (at === 0) return say("gaps_class_first", { to });
  return say(at === CLASSES.length - 1 ? "gaps_class_last" : "gaps_class", { from, to });
}

function hatchSwatch() {
  const made = swatch(UNKNOWN.paper);
  const d = "M1 8L8 1M1 13L13 1M7 13L19 1M13 13L21 5M19 13L21 11";
  made.append(svgEl("path", { d, stroke: UNKNOWN.ink }));
  return made;
}

/** Draw a swatch as SVG: printers leave out background colours. */
function swatch(colour) {
  const box = { x: 0.5, y: 0.5, width: 21, height: 13 };
  const paper = svgEl("rect", { ...box, fill: PAPER.land.fillColor });
  const square = svgEl("rect", { ...box, fill: colour, "fill-opacity": INKED, stroke: "#6b6378" });
  return svgEl("svg", { width: 22, height: 14, "aria-hidden": "true" }, paper, square);
}
