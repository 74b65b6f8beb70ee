// Things to press: chips, selects, a button of the map; and the size of the paper.

const SHORT_CREDIT = 240; // pixels: beside the buttons of the map on a phone

/** Make a chip with room for its count. */
function makeChip(choice, label, press) {
  const count = el("span", { class: "rm-n" });
  const attributes = { type: "button", class: "rm-chip", "aria-pressed": "false", onclick: press };
  return { choice, count, button: el("button", attributes, ...label, count) };
}

function drawChips(chips, chosen, counts) {
  for (const { choice, button, count } of chips) {
    const n = counts.get(choice) ?? 0;
    button.setAttribute("aria-pressed", String(chosen.has(choice)));
    button.classList.toggle("rm-zero", n === 0);
    count.textContent = String(n);
  }
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

/** Give the map the size of the paper while the page is printed, and show all of it there. */
function fitPaper(map, root, showWhole) {
  let before = null;
  const resize = (printing) => {
    root.classList.toggle("rm-printing", printing);
    map.invalidateSize({ animate: false });
  };
  window.addEventListener("beforeprint", () => {
    before = { centre: map.getCenter(), zoom: map.getZoom() };
    resize(true);
    showWhole();
  });
  window.addEventListener("afterprint", () => {
    resize(false);
    if (before) map.setView(before.centre, before.zoom, { animate: false });
  });
}

/** The credit: in the corner where it is short, else behind a button that opens it. */
function addCredit(map, credit, say) {
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

function wholeButton(label, press) {
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => {
    const frame = svgEl("svg", { viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true" });
    const d = "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5";
    frame.append(svgEl("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 2 }));
    const button = el("button", { type: "button", class: "rm-whole", title: label, "aria-label": label, onclick: press }, frame);
    const box = el("div", { class: "leaflet-bar" }, button);
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  return control;
}
