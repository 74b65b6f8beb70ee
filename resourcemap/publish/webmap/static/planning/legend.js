// Colours and words of the classes, and how values are written.

// ColorBrewer "Purples" and "PuOr": ordered by lightness, told apart by colour-blind readers, unlike water and parks.
const PURPLES = ["#f2f0f7", "#cbc9e2", "#9e9ac8", "#756bb1", "#54278f"];
const FEWER = ["#fdb863", "#e08214", "#8c4a06"];
const MORE = ["#b2abd2", "#8073ac", "#542788"];
const EMPTY = "#ffffff";
const NOBODY = "#dcdcdc";
const MET = { m: "#d8e6f3", u: "#f1a340", "?": "#fee8c8" };

const UNIT_WORDS = {
  "people": "unit_people",
  "activities": "unit_activities",
  "m": "unit_m",
  "activities per 1,000 people": "unit_per_1000",
  "days per month": "unit_days",
  "seat-hours per month": "unit_seat_hours",
  "seats per person": "unit_seats_each",
  "seats per person, shared out": "unit_seats_each",
  "seats": "unit_seats",
  "ratio": "unit_ratio",
};

/** Return the colours of the classes of a measure, as many as it has. */
function coloursOf(measure) {
  const count = measure.breaks.length + 1;
  if (measure.both) return [...FEWER.slice(0, count).reverse(), EMPTY, ...MORE.slice(0, count)];
  const purples = { 1: [2], 2: [1, 3], 3: [0, 2, 4], 4: [0, 1, 3, 4] }[count]?.map((at) => PURPLES[at]) ?? PURPLES;
  return measure.unit === "share" ? purples : [EMPTY, ...purples];
}

/** Write a value with its unit. */
function valueText(value, { unit, both }, { say, language }) {
  if (value === null) return "–";
  if (unit === "share") return say("unit_share", { n: percent(value, 1) });
  const number = numberText(value, language);
  const signed = both && value > 0 ? `+${number}` : number;
  return UNIT_WORDS[unit] ? say(UNIT_WORDS[unit], { n: signed }) : signed;
}

const NUMBERS = {}; // a writer of numbers per language: making one takes longer than writing a thousand

/** Write a number; what is not whole with three figures. */
function numberText(value, language) {
  NUMBERS[language] ??= new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 4 });
  return NUMBERS[language].format(asWritten(value));
}

/** Write the bounds of a class in words. */
function classText({ from, to, zero, fewer, more }, measure, context) {
  const { say } = context;
  const plain = { unit: measure.unit };
  if (zero) return measure.both ? say("planning_same") : valueText(0, plain, context);
  const share = measure.unit === "share";
  const whole = ["people", "activities"].includes(measure.unit);
  const write = (bound) => (share ? say("unit_share", { n: String(Math.round(bound * 100)) }) : valueText(bound, plain, context));
  const bare = (bound) => (share ? String(Math.round(bound * 100)) : numberText(bound, context.language));
  let text;
  if (from === null && to === null) text = say("planning_some");
  else if (from === null) text = say("planning_under", { to: write(to) });
  else if (to === null) text = say("planning_over", { from: write(from) });
  else if (whole && to - 1 === from) text = write(from);
  else text = say("planning_between", { from: bare(from), to: write(whole ? to - 1 : to) });
  if (fewer) return say("planning_fewer", { text });
  return more ? say("planning_more", { text }) : text;
}

/** Draw the classes with how many areas each has; the rest only where there are any. */
function classRows(figures, figure, system, areas, context) {
  const { say } = context;
  const measure = figures.measure(figure);
  const colours = coloursOf(measure);
  const counts = { nobody: 0, unknown: 0, unsaid: 0, classes: colours.map(() => 0) };
  for (let area = 0; area < areas; area += 1) {
    const standing = figures.standing(figure, system, area);
    if (typeof standing === "string") counts[standing] += 1;
    else counts.classes[standing.class] += 1;
  }
  const rows = classesOf(measure).map((each, at) => classRow(swatch(colours[at]), classText(each, measure, context), counts.classes[at], say));
  if (counts.unsaid) rows.push(classRow(hatchSwatch(), say("planning_unsaid"), counts.unsaid, say));
  if (counts.unknown) rows.push(classRow(hatchSwatch(), say("planning_unknown"), counts.unknown, say));
  if (counts.nobody) rows.push(classRow(swatch(NOBODY), say("planning_nobody"), counts.nobody, say));
  return rows;
}

function classRow(drawing, text, n, say) {
  return el("li", {}, drawing, el("span", {}, text), el("span", { class: "rm-n" }, say("planning_areas", { n })));
}

/** Draw how many areas meet a standard. */
function metRows(standing, context) {
  const { say } = context;
  const count = (letter) => [...standing.met].filter((each) => each === letter).length;
  const rows = ["u", "?", "m"].map((letter) => classRow(swatch(MET[letter]), say(MET_WORDS[letter]), count(letter), say));
  return count("-") ? [...rows, classRow(swatch(NOBODY), say(MET_WORDS["-"]), count("-"), say)] : rows;
}

const MET_WORDS = { m: "planning_met", u: "planning_unmet", "?": "planning_met_unknown", "-": "planning_met_none" };

/** Draw a swatch as SVG: printers leave out background colours. */
function swatch(colour) {
  const box = { x: 0.5, y: 0.5, width: 21, height: 13 };
  const paper = svgEl("rect", { ...box, fill: "#fff" });
  const square = svgEl("rect", { ...box, fill: colour, "fill-opacity": INKED, stroke: "#6b6378" });
  return svgEl("svg", { width: 22, height: 14, viewBox: "0 0 22 14", "aria-hidden": "true" }, paper, square);
}

function hatchSwatch() {
  const made = swatch(UNKNOWN.paper);
  const d = "M1 8L8 1M1 13L13 1M7 13L19 1M13 13L21 5M19 13L21 11";
  made.append(svgEl("path", { d, stroke: UNKNOWN.ink }));
  return made;
}
