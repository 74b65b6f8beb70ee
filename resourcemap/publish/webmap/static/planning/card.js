// The portrait of one area, and the table of all of them.

const MOST_LISTED = 30;
const FEW_SENTENCES = 4;
const MOST_ROWS = 300; // of the table, until all are asked for
const BESIDE = ["people", "share_beyond", "beyond", "within", "share_within", "resources", "visiting", "difference"];

function areaParts(planning, area) {
  const { data, system, app } = planning;
  const { say } = app;
  const portrait = data.portraits?.[system]?.[area] ?? {};
  const own = app.context.language.startsWith("ja");
  return [
    el("p", { class: "rm-sentence" }, areaSentence(planning, area)),
    figureList(planning, area),
    standardsOf(planning, area),
    own ? sentenceList(say("planning_patches_here"), patchesIn(planning, area), app) : null,
    resourcesIn(planning, area),
    peopleTable(portrait.people, app),
    ...(own ? ["strengths", "weaknesses", "changes", "doubts"].map((name) => sentenceList(say(`planning_${name}`), portrait[name], app)) : []),
    el("p", { class: "rm-planning-back" }, tableButton(planning)),
  ].filter(Boolean);
}

/** Say the gap of an area: the sentence of the table where it is about what is shown, else its figures in words. */
function areaSentence(planning, area) {
  const { data, system, shown, figures, app } = planning;
  const { say, context } = app;
  const { figure, standard } = shown;
  const own = context.language.startsWith("ja");
  if (standard !== null) return (own && planning.standing()?.said[area]) || planning.brief(area);
  const found = figures.standing(figure, system, area);
  if (found === "unknown") return say("planning_unknown_area");
  if (found === "nobody") return say("planning_nobody_area");
  const ofReach = ["share_beyond", "beyond", "share_within", "within"].includes(figures.measure(figure).id) && !figure.slot;
  const gap = data.sentences?.[system]?.[figure.kind]?.[area];
  if (own && gap && ofReach && figure.metres === data.metres) return gap;
  return say("planning_area_sentence", { measure: planning.measureName(figures.measure(figure)), kind: context.term("kinds", figure.kind), value: planning.valueOf(figure, area) });
}

/** List the figures of the kind shown, those of the whole beside them. */
function figureList(planning, area) {
  const { figures, shown, system, app } = planning;
  const { say, context } = app;
  if (shown.standard !== null || shown.figure === null) return null;
  const { figure } = shown;
  const near = [null, figure.metres ?? planning.data.metres];
  const fits = (each) => each.kind === figure.kind && each.who === figure.who && !each.slot && each.other === null && near.includes(each.metres);
  const alike = figures.list.filter(fits);
  const others = BESIDE.map((id) => figures.number(id)).map((measure) => alike.find((each) => each.measure === measure));
  const listed = [...new Set([figure, ...others.filter(Boolean)])].filter((each) => each === figure || figures.values(each, system)[area] !== null);
  const rows = listed.flatMap((each) => {
    const measure = figures.measure(each);
    const sure = figures.sureness(each, system, area);
    const whole = figures.whole(each);
    const value = valueText(figures.values(each, system)[area] ?? null, measure, context);
    const note = (text) => el("span", { class: "rm-note" }, text);
    const sums = whole === null || ["people", "activities"].includes(measure.unit);
    const beside = sums ? null : note(say("planning_whole", { value: valueText(whole, measure, context) }));
    const doubt = [null, "sure", "no_data"].includes(sure) ? null : note(say(`planning_sure_${sure}`));
    const shownValue = el("span", { class: "rm-value" }, value);
    return [el("dt", {}, planning.measureName(measure)), el("dd", { "data-measure": measure.id }, shownValue, beside, doubt)];
  });
  return el("dl", { class: "rm-planning-figures" }, ...rows);
}

/** Say how every standard stands in an area. */
function standardsOf(planning, area) {
  const { data, system, app } = planning;
  const { say } = app;
  const rows = (data.standards ?? []).flatMap(({ name, systems }) => {
    const standing = systems[system];
    if (!standing) return [];
    const met = standing.met[area];
    const without = standing.without[area];
    const text = without ? `${say(MET_WORDS[met])}${say("planning_comma")}${say("planning_without", { n: without })}` : say(MET_WORDS[met]);
    return [el("li", {}, swatch(MET[met] ?? NOBODY), el("span", {}, given(name), el("b", {}, text)))];
  });
  return rows.length ? el("section", { class: "rm-planning-part" }, el("h3", {}, say("planning_standards")), el("ul", { class: "rm-planning-standards" }, ...rows)) : null;
}

function patchesIn(planning, area) {
  const { name, areas } = planning.app.page.systems[planning.system];
  return (planning.data.patches ?? []).filter((each) => each.system === name).flatMap((each) => each.said.filter((_, at) => each.area[at] === areas[area]));
}

/** List what the map has in the area: of the kind shown, or everything where a standard is shown. */
function resourcesIn(planning, area) {
  const { app, system, shown } = planning;
  const { store, page, say } = app;
  if (!page.memberships || shown.standard !== null || shown.figure === null) return null;
  const areasOf = decode(page.memberships[system]);
  const rows = [...store.inOrder()].filter((row) => store.kind[row] === shown.figure.kind && areasOf(row)?.includes(area));
  if (!rows.length) return null;
  const button = (row) => el("button", { type: "button", class: "rm-plain", onclick: (event) => app.openRow(row, event.currentTarget) }, store.get("name", row));
  const more = rows.length - MOST_LISTED;
  return el(
    "section",
    { class: "rm-planning-part" },
    el("h3", {}, say("planning_resources_here", { n: rows.length })),
    el("ul", { class: "rm-planning-resources" }, ...rows.slice(0, MOST_LISTED).map((row) => el("li", {}, button(row))), more > 0 ? el("li", {}, say("planning_and_more", { n: more })) : null),
  );
}

/** The generations of an area beside those of everyone together. */
function peopleTable(people, { say, context }) {
  if (!people?.length) return null;
  const share = (value) => (value === null ? "–" : say("unit_share", { n: percent(value, 1) }));
  const head = ["planning_generation", "planning_people", "planning_share", "planning_share_whole"];
  const cells = (texts) => texts.map((text) => el("td", {}, text));
  const rows = people.map(([label, count, part, whole, ages]) =>
    el("tr", {}, el("th", { scope: "row" }, agesText(label, ages, context)), ...cells([numberText(count, context.language), share(part), share(whole)])),
  );
  const headings = head.map((word) => el("th", { scope: "col" }, say(word)));
  const table = el("table", {}, el("thead", {}, el("tr", {}, ...headings)), el("tbody", {}, ...rows));
  return el("section", { class: "rm-planning-part" }, el("h3", {}, say("planning_who_lives")), table);
}

/** Name a generation: in Japanese as the figures do, in other languages by its ages. */
function agesText(label, ages, { say, language }) {
  if (language === "ja" || !ages) return given(label);
  const [from, to] = ages;
  if (to !== null) return say("planning_ages", { from, to });
  return from === 0 ? say("planning_all_ages") : say("planning_ages_over", { from });
}

/** List sentences under a heading; many of them only when they are asked for. */
function sentenceList(title, sentences, { say }) {
  if (!sentences?.length) return null;
  const list = el("ul", { class: "rm-planning-said" }, ...sentences.map((text) => el("li", {}, text)));
  const heading = el("h3", {}, say("planning_more_of", { title, n: sentences.length }));
  const whole = sentences.length > FEW_SENTENCES ? el("details", {}, el("summary", {}, heading), list) : [heading, list];
  return el("section", { class: "rm-planning-part" }, ...[whole].flat());
}

/** All areas in a table that can be sorted by each column; those without a figure stand last. */
function areaTable(planning) {
  const { app, system, figures, shown } = planning;
  const { say, context, page } = app;
  const columns = tableColumns(planning);
  const { areas } = page.systems[system];
  planning.sorted ??= { column: 1, down: true };
  const { column, down } = planning.sorted = columns[planning.sorted.column] ? planning.sorted : { column: 1, down: true };
  const known = (area) => columns[column].value(area);
  const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b, "ja") : a - b) * (down ? -1 : 1);
  const order = areas.map((_, at) => at).sort((a, b) => {
    const [one, other] = [known(a), known(b)];
    if (one === null || other === null) return (one === null) - (other === null) || a - b;
    return compare(one, other) || a - b;
  });
  const heading = ({ title }, at) => {
    const sorted = at === column ? (down ? "descending" : "ascending") : null;
    const press = () => {
      planning.sorted = { column: at, down: at === column ? !down : at > 0 };
      planning.openTable();
      document.querySelector(`#rm-card [data-sort="${at}"]`)?.focus();
    };
    const arrow = sorted ? el("span", { "aria-hidden": "true" }, down ? " ▼" : " ▲") : null;
    return el("th", { scope: "col", "aria-sort": sorted }, el("button", { type: "button", class: "rm-planning-sort", "data-sort": at, onclick: press }, title, arrow));
  };
  const name = (area) => el("th", { scope: "row" }, el("button", { type: "button", class: "rm-plain", onclick: () => planning.openArea(area) }, areas[area]));
  const listed = planning.allRows ? order : order.slice(0, MOST_ROWS);
  const more = order.length - listed.length;
  const showAll = () => {
    planning.allRows = true;
    planning.openTable();
  };
  const rows = listed.map((area) => el("tr", { "data-area": area }, name(area), ...columns.slice(1).map(({ text }) => el("td", {}, text(area)))));
  return el(
    "div",
    { class: "rm-planning-all" },
    el("p", { class: "rm-sentence" }, titleText(planning)),
    el("table", {}, el("thead", {}, el("tr", {}, ...columns.map(heading))), el("tbody", {}, ...rows)),
    more > 0 ? el("button", { type: "button", class: "rm-more-results", onclick: showAll }, say("more_results", { n: more })) : null,
    el("p", { class: "rm-note" }, say("planning_table_note")),
  );

  function tableColumns() {
    const first = { title: say("area"), value: (area) => areas[area] };
    if (shown.standard !== null) {
      const standing = planning.standing();
      const rank = { u: 2, "?": 1, m: 0 };
      return [
        first,
        {
          title: say("planning_stands"),
          value: (area) => rank[standing?.met[area]] ?? null,
          text: (area) => say(MET_WORDS[standing?.met[area] ?? "-"]),
        },
        {
          title: say("planning_without_column"),
          value: (area) => standing?.without[area] ?? null,
          text: (area) => valueText(standing?.without[area] ?? null, { unit: "people" }, context),
        },
      ];
    }
    const { figure } = shown;
    const people = figures.peopleOf(figure);
    const values = figures.values(figure, system);
    const shownValue = (area) => (typeof figures.standing(figure, system, area) === "string" ? null : values[area]);
    const made = [first, { title: planning.measureName(figures.measure(figure)), value: shownValue, text: (area) => cellText(planning, figure, area) }];
    if (people && people !== figure) {
      const counts = figures.values(people, system);
      made.push({ title: say("planning_counted"), value: (area) => counts[area], text: (area) => valueText(counts[area], { unit: "people" }, context) });
    }
    const sureness = (area) => figures.sureness(figure, system, area);
    if (sureness(0) === null) return made;
    made.push({
      title: say("planning_sureness"),
      value: (area) => BY_SURENESS.indexOf(sureness(area)),
      text: (area) => say(`planning_sure_${sureness(area)}`),
    });
    return made;
  }
}

/** Write a value alone, or why there is none. */
function cellText(planning, figure, area) {
  const found = planning.figures.standing(figure, planning.system, area);
  if (typeof found === "string") return planning.valueOf(figure, area);
  return valueText(planning.figures.values(figure, planning.system)[area], planning.figures.measure(figure), planning.app.context);
}
