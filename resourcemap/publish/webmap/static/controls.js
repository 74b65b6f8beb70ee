// Things to press: chips, selects, a button of the map; and the size of the paper.

const SHORT_CREDIT = 240; // pixels: beside the buttons of the map on a phone

/** Make a chip with room for its count. */
function makeChip(label, press) {
  const count = el("span", { class: "rm-n" });
  const attributes = { type: "button", class: "rm-chip", "aria-pressed": "false", onclick: press };
  return { count, button: el("button", attributes, el("span", { class: "rm-chip-label" }, ...label.map(inOne)), count) };
}

/** Keep a text together: between its readings nothing is to be laid out. */
function inOne(part) {
  return typeof part === "string" ? el("span", { class: "rm-own" }, part) : part;
}

function drawChip({ button, count }, chosen, n) {
  button.setAttribute("aria-pressed", String(chosen));
  button.classList.toggle("rm-zero", n === 0);
  count.textContent = String(n);
}

/** Make a select from [value, text] pairs with whole numbers as values; "" stands for none. */
function select(options, value, apply, attributes = {}) {
  const made = el(
    "select",
    { ...attributes, onchange: () => apply(made.value === "" ? null : Number(made.value)) },
    ...options.map(([each, text]) => el("option", { value: each ?? "", selected: each === value }, text)),
  );
  return made;
}

/** Give the map the size of the paper while the page is printed, show all of it, and number map and list alike. */
function fitPaper(app) {
  const { map, root, places } = app;
  let before = null;
  const resize = (printing) => {
    root.classList.toggle("rm-printing", printing);
    map.rmOnPaper = printing;
    map.invalidateSize({ animate: false });
  };
  window.addEventListener("beforeprint", () => {
    before = { centre: map.getCenter(), zoom: map.getZoom() };
    resize(true);
    const numbers = numbersOf(app.list.rowsInOrder(app.found), app.store);
    places.number(numbers);
    app.list.show([...app.found], numbers);
    if (!app.card) app.showWhole();
  });
  window.addEventListener("afterprint", () => {
    places.number(null);
    app.list.show([...app.found]);
    resize(false);
    if (before) map.setView(before.centre, before.zoom, { animate: false });
  });
}

/** Number the venues from 1 in the order in which the list first names them; 0 is not on the list. */
function numbersOf(rows, store) {
  const numbers = new Int32Array(store.venues.count);
  let last = 0;
  for (const row of rows) {
    const venue = store.venueOf[row];
    if (venue >= 0 && !numbers[venue]) numbers[venue] = last += 1;
  }
  return numbers;
}

/** The credit: in the corner where it is short, else behind a button that opens it. */
function addCredit(map, credit, { say }) {
  if (!credit) return;
  if (textWidth(credit, 12) <= SHORT_CREDIT) {
    map.attributionControl.addAttribution(asHtml(credit));
    return;
  }
  const control = new L.Control({ position: "bottomright" });
  control.onAdd = () => {
    const text = el("p", { id: "rm-credit", hidden: true }, credit);
    const press = () => {
      text.hidden = !text.hidden;
      button.setAttribute("aria-expanded", String(!text.hidden));
    };
    const attributes = { type: "button", "aria-expanded": "false", "aria-controls": "rm-credit", onclick: press };
    const button = el("button", attributes, say("credit"));
    const box = el("div", { class: "rm-credit" }, text, button);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return box;
  };
  control.addTo(map);
}

/** Add the buttons of the map; `say()` of what it returns says them again in another language. */
function mapButtons(map, context, showWhole) {
  const zoom = L.control.zoom({ position: "topright" }).addTo(map);
  const whole = wholeButton(showWhole);
  whole.addTo(map);
  L.control.scale({ imperial: false, maxWidth: SCALE_WIDTH, position: "bottomright" }).addTo(map);
  const named = (button, word) => {
    const label = context.say(word);
    button.title = label;
    button.setAttribute("aria-label", label);
  };
  const say = () => {
    const [closer, farther] = zoom.getContainer().querySelectorAll("a");
    named(closer, "zoom_in");
    named(farther, "zoom_out");
    named(whole.getContainer().querySelector("button"), "whole");
    named(map.getContainer(), "map_region");
  };
  map.getContainer().setAttribute("role", "group");
  say();
  return { say };
}

function wholeButton(press) {
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => {
    const frame = svgEl("svg", { viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true" });
    const d = "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5";
    frame.append(svgEl("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 2 }));
    const box = el("div", { class: "leaflet-bar" }, el("button", { type: "button", class: "rm-whole", onclick: press }, frame));
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  return control;
}

/** The key of the symbols on the map. */
function symbolLegend({ page, store, say, state, tiles }) {
  const grey = { ...page.kinds[store.count ? store.kind[store.inOrder()[0]] : 0], colour: "#4d5a63" };
  const line = (drawing, text) => el("li", { class: "rm-own" }, drawing, el("span", {}, text));
  const lines = [];
  if (store.shared) lines.push(line(el("span", { class: "rm-badge", "aria-hidden": "true" }, "3"), say("legend_count")));
  if (store.venues.count > FEW) lines.push(crowdLine(say));
  if (store.venues.rough.includes(1)) lines.push(line(symbolSvg(grey, { size: 20, look: "rough" }), say("legend_approximate")));
  if (store.suspended.includes(1)) lines.push(line(symbolSvg(grey, { size: 20, look: "suspended" }), say("legend_suspended")));
  const approximate = state.system !== null && page.systems[state.system].approximate;
  lines.push(el("li", { class: "rm-own rm-on-paper" }, el("span", { class: "rm-number", "aria-hidden": "true" }, "1"), el("span", {}, say("print_numbers"))));
  const said = [approximate ? say("borders_approximate") : "", isBare(page.ground) && !tiles?.shown ? say("no_background") : ""].join("");
  const note = said ? el("p", { class: "rm-note rm-own" }, said) : "";
  return el("div", { class: "rm-key" }, lines.length ? el("ul", {}, ...lines) : "", note);
}

/** The key of crowds, in sight while there are any on the map. */
function crowdLine(say) {
  const circle = svgEl("circle", { cx: 11, cy: 11, r: 9, fill: "#fff", stroke: "#4d5a63", "stroke-width": 3.5 });
  const number = svgEl("text", { x: 11, y: 14.5, "text-anchor": "middle", "font-size": 10, "font-weight": 700, fill: INK }, "9");
  const drawing = svgEl("svg", { viewBox: "0 0 22 22", width: 22, height: 22, "aria-hidden": "true" }, circle, number);
  return el("li", { class: "rm-own rm-crowd-key" }, drawing, el("span", {}, say("legend_crowd")));
}
