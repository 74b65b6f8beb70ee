// The panel of the planning map: what is shown in a sentence, the classes with their counts, and what may be chosen.

const PARTS = ["kind", "who", "slot", "metres", "other"];

function planningPanel(planning) {
  const { figures, shown, system, app } = planning;
  const { page } = app;
  const standing = planning.standing();
  const classes =
    shown.standard === null
      ? classRows(figures, shown.figure, system, page.systems[system].areas.length, app.context)
      : standing && metRows(standing, app.context);
  const over = layerRows(planning.over().shown, app.context);
  return [
    el("p", { class: "rm-planning-title" }, titleText(planning)),
    el("ul", { class: "rm-classes" }, ...(classes || []), ...over),
    el("div", { class: "rm-planning-tools" }, tableButton(planning), chooserBox(planning)),
    ...notes(planning).map((note) => el("p", { class: "rm-note" }, note)),
  ];
}

function tableButton(planning) {
  const attributes = { type: "button", class: "rm-planning-table", "data-keep": "table", onclick: () => planning.openTable() };
  return el("button", attributes, planning.app.say("planning_table"));
}

/** Say in a sentence what is shown: what, of whom, when, how far, by which distance. */
function titleText(planning) {
  const { figures, shown, data } = planning;
  const { say, context } = planning.app;
  const standard = shown.standard === null ? null : data.standards[shown.standard];
  if (standard) return say("planning_standard_title", { standard: standard.name });
  const { figure } = shown;
  const measure = figures.measure(figure);
  const words = { measure: planning.measureName(measure), kind: context.term("kinds", figure.kind), who: whoText(planning, figure) };
  if (measure.both) return say("planning_change_title", { ...words, ...farText(planning, figure), since: dateText(data.since ?? "", say) });
  const other = figure.other === null ? "" : say("planning_lacking", { kind: context.term("kinds", figure.other) });
  return say("planning_title", { ...words, other, ...farText(planning, figure) });
}

function farText(planning, { slot, metres }) {
  const { say } = planning.app;
  const when = planning.figures.given.slots[slot];
  const { way, times } = planning.figures.given;
  const measured = { metres, way: say(`planning_${way}`, { times }) };
  return {
    when: when || say("planning_any_time"),
    far: say(metres === null ? "planning_measured" : "planning_far", measured),
  };
}

function whoText(planning, { who }) {
  return planning.pick(planning.figures.given.who[who].label);
}

/** List what the reader should know: sense, sureness, hidden places, borders, who is outside. */
function notes(planning) {
  const { figures, shown, system, data, app } = planning;
  const { say, page } = app;
  const { figure, standard } = shown;
  const said = [];
  if (standard === null) {
    const measure = figures.measure(figure);
    const better = { more: "planning_better_more", less: "planning_better_less" }[measure.better];
    if (measure.both) said.push(say("planning_both"));
    else if (better) said.push(say(better));
    if (figures.given.who[figure.who].everyone) said.push(say("planning_everyone"));
    const doubtful = page.systems[system].areas.filter((_, at) => ["few", "unknown", "rough"].includes(figures.sureness(figure, system, at))).length;
    if (doubtful) said.push(say("planning_doubtful", { n: doubtful }));
    const outside = outsideText(planning, figure);
    if (outside) said.push(outside);
  } else if (data.standards[standard].promise) said.push(say("planning_promise", { promise: data.standards[standard].promise }));
  const hidden = standard === null ? data.hidden?.[figure.kind] : Object.values(data.hidden ?? {}).reduce((sum, n) => sum + n, 0);
  if (hidden) said.push(say(data.exactly ? "planning_exactly" : "planning_hidden", { n: hidden }));
  if (page.systems[system].approximate) said.push(say("borders_approximate"));
  return said;
}

function outsideText(planning, figure) {
  const { figures, system } = planning;
  const value = figures.values(figure, system).at(-1) ?? null;
  if (!value || !["people", "activities"].includes(figures.measure(figure).unit) || figures.measure(figure).both) return null;
  return planning.app.say("planning_outside", { value: valueText(value, figures.measure(figure), planning.app.context) });
}

/** The choices, in a part that opens: only what exists can be chosen. */
function chooserBox(planning) {
  const { say } = planning.app;
  const box = el("details", { class: "rm-planning-choose", open: planning.choosing }, el("summary", { "data-keep": "choose" }, say("planning_choose")));
  box.addEventListener("toggle", () => (planning.choosing = box.open));
  box.append(el("div", { class: "rm-planning-choices" }, ...choosers(planning)), switches(planning));
  return box;
}

function choosers(planning) {
  const { figures, shown, data, app } = planning;
  const { say, page, context } = app;
  const { figure, standard } = shown;
  const named = figures.measures.map((measure, at) => [at, planning.measureName(measure)]).filter(([at]) => figures.list.some((each) => each.measure === at));
  const standards = (data.standards ?? []).map((each, at) => [`s${at}`, say("planning_standard", { standard: each.name })]);
  const chooseMeasure = (value) =>
    String(value).startsWith("s") ? planning.choose({ standard: Number(String(value).slice(1)) }) : planning.choose({ figure: figures.nearest(figure, { measure: Number(value) }) });
  const made = [chooser(say("planning_measure"), "measure", [...named, ...standards], standard === null ? figure.measure : `s${standard}`, chooseMeasure)];
  if (standard === null) {
    const texts = {
      kind: (at) => context.term("kinds", at),
      who: (at) => planning.pick(figures.given.who[at].label),
      slot: (at) => figures.given.slots[at] || say("planning_any_time"),
      metres: (metres) => (metres === null ? say("planning_no_distance") : say("unit_m", { n: metres })),
      other: (at) => (at === null ? "–" : context.term("kinds", at)),
    };
    const order = ["measure", ...PARTS];
    for (const part of PARTS) {
      const options = figures.options(figure, part);
      if (options.length < 2) continue;
      const same = Object.fromEntries(order.slice(0, order.indexOf(part)).map((each) => [each, figure[each]]));
      const apply = (value) => planning.choose({ figure: figures.nearest(figure, { ...same, [part]: options[Number(value)] }) });
      made.push(chooser(say(`planning_${part}`), part, options.map((option, at) => [at, texts[part](option)]), options.indexOf(figure[part]), apply));
    }
  }
  const systems = page.systems.flatMap((each, at) => (figures.measured(at) || standard !== null ? [[at, each.name]] : []));
  if (systems.length > 1) made.push(chooser(say("system"), "system", systems, planning.system, (at) => planning.toSystem(Number(at))));
  return made;
}

function chooser(label, keep, options, value, apply) {
  const made = el(
    "select",
    { "data-keep": keep, onchange: () => apply(made.value) },
    ...options.map(([each, text]) => el("option", { value: each, selected: String(each) === String(value) }, text)),
  );
  return el("label", {}, el("span", {}, label), made);
}

function switches(planning) {
  const { there } = planning.over();
  const on = planning.shown.switches;
  const buttons = SWITCHES.filter((name) => there[name]).map((name) => {
    const attributes = { class: "rm-planning-layer", "data-keep": name, "aria-pressed": String(on.has(name)) };
    return el("button", { type: "button", ...attributes, onclick: () => planning.toggle(name) }, planning.app.say(`planning_${name}`));
  });
  return el("div", { class: "rm-planning-layers" }, ...buttons);
}
