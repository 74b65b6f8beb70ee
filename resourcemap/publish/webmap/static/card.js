// The card: one venue with everything that happens there, one service without a place, one area, or a table.

function drawCard(box, title, parts, { say, close }) {
  const heading = el("h2", { id: "rm-card-title", tabindex: "-1" }, title);
  const cross = svgEl("svg", { viewBox: "0 0 24 24", width: 22, height: 22, "aria-hidden": "true" });
  cross.append(svgEl("path", { d: "M6 6l12 12M18 6L6 18", stroke: "currentColor", "stroke-width": 2.2, "stroke-linecap": "round" }));
  const button = el("button", { type: "button", class: "rm-close", "aria-label": say("close"), onclick: close }, cross);
  box.replaceChildren(
    el("div", { class: "rm-card-head" }, heading, button),
    el("div", { class: "rm-card-body", tabindex: "0", role: "group", "aria-labelledby": "rm-card-title" }, ...parts),
  );
  box.hidden = false;
  heading.focus({ preventScroll: true });
}

function venueParts(venue, context, chosen) {
  const { say } = context;
  return [
    el(
      "div",
      { class: "rm-venue" },
      venue.address && venue.address !== venue.name ? el("p", {}, venue.address) : null,
      venue.rough ? el("p", { class: "rm-tag rm-rough" }, say("approximate")) : null,
      venue.rough ? el("p", { class: "rm-note" }, say("approximate_note")) : null,
      venue.resources.length > 1
        ? el("p", { class: "rm-how-many" }, say("activities", { n: venue.resources.length }))
        : null,
    ),
    ...venue.resources.map((resource) => activity(resource, context, resource === chosen && venue.resources.length > 1)),
  ];
}

function activity(resource, context, chosen) {
  const { page, say } = context;
  const kind = page.kinds[resource.kind];
  const head = el(
    "div",
    { class: "rm-activity-head" },
    el("p", { class: "rm-kind" }, symbolSvg(kind, { size: 20 }), kind.label),
    resource.place === PLACE.stop ? el("p", { class: "rm-tag" }, say("stop")) : null,
    resource.status ? el("p", { class: "rm-tag rm-suspended" }, say("suspended")) : null,
    resource.stale ? el("p", { class: "rm-tag rm-stale" }, say("stale")) : null,
  );
  return el(
    "article",
    { class: "rm-activity", "data-id": resource.id, "aria-current": chosen ? "true" : null },
    head,
    el("h3", {}, resource.name),
    resource.status ? el("p", { class: "rm-note" }, say("suspended_note")) : null,
    details(resource, context),
    elsewhere(resource, context),
  );
}

function details(resource, { page, say }) {
  const joined = (positions, names) => positions.map((at) => names[at]).join("・");
  const fields = [
    ["schedule", resource.schedule],
    ["period", periodText(resource, say)],
    ["audience", resource.audience_text || joined(resource.audience, page.audiences)],
    ["serves", resource.place === PLACE.servedArea ? resource.serves : null],
    ["cost", resource.cost],
    ["capacity", capacityText(resource.capacity, say)],
    ["how_to_join", resource.how_to_join],
    ["phone", phoneLink(resource)],
    ["url", webLink(resource.url, say)],
    ["description", resource.description],
    ["facilities", joined(resource.facilities, page.facilities)],
    ["languages", resource.languages?.split(";").join("・")],
    ["provider", resource.provider],
    ["checked", checkedText(resource, say)],
    ["verified_on", !resource.checked && resource.verified_on ? dateText(resource.verified_on, say) : null],
  ];
  const filled = fields.filter(([, value]) => value);
  return el("dl", {}, ...filled.flatMap(([word, value]) => [el("dt", {}, say(word)), el("dd", {}, value)]));
}

/** Say how old this is, and what to do about it where it is old. */
function checkedText({ checked, stale }, say) {
  if (!checked || !stale) return checked;
  return el("span", {}, checked, el("span", { class: "rm-note rm-advice" }, say("stale_note")));
}

function periodText({ valid_from: from, valid_to: to }, say) {
  const values = { from: from ? dateText(from, say) : "", to: to ? dateText(to, say) : "" };
  if (from && to) return from === to ? values.from : say("period_from_to", values);
  if (from) return say("period_from", values);
  return to ? say("period_to", values) : null;
}

function capacityText(text, say) {
  return /^\d+$/.test(text ?? "") ? say("capacity_people", { n: Number(text) }) : text;
}

function phoneLink({ phone, call }) {
  if (!phone) return null;
  return call ? el("a", { href: `tel:${call}`, class: "rm-phone" }, phone) : phone;
}

function webLink(url, say) {
  if (!url) return null;
  const shown = url.replace(/^https?:\/\//i, "").replace(/\/$/, "");
  const link = { href: url, target: "_blank", rel: "noopener noreferrer" };
  return el("a", link, shown, el("span", { class: "rm-hidden" }, say("new_window")));
}

/** List the other venues of an activity, or the other stops of a van, as buttons that lead there. */
function elsewhere(resource, { siblings, venues, say, openResource }) {
  const others = siblings(resource).filter((other) => other.at !== resource.at && other.at !== null);
  if (!others.length) return null;
  const word = resource.place === PLACE.stop ? "elsewhere_stop" : "elsewhere_venue";
  const buttons = others.map((other) =>
    el("li", {}, el("button", { type: "button", class: "rm-plain", onclick: () => openResource(other) }, venues[other.at].name)),
  );
  return el("div", { class: "rm-elsewhere" }, el("p", {}, say(word)), el("ul", {}, ...buttons));
}

/** Say in one line where something without a point takes place. */
function placeText(resource, venues, say) {
  if (resource.place === PLACE.none) return say("nowhere");
  if (resource.place === PLACE.servedArea) {
    return resource.serves ? say("visiting", { serves: resource.serves }) : say("visiting_plain");
  }
  const venue = resource.at === null ? null : venues[resource.at];
  const name = resource.venue ?? venue?.address ?? resource.address ?? "";
  if (!venue) return [name, say("unlocated")].filter(Boolean).join("　");
  return name === resource.name ? (resource.address ?? name) : name;
}

function areaParts(page, system, area, kind, say) {
  const figures = figuresOf(page, system, kind);
  const label = page.kinds[page.gaps.kinds[kind].kind].label;
  const { metres } = page.gaps;
  const people = figures.people[area];
  const beyond = figures.beyond[area];
  const row = (name, value) => [el("dt", {}, name), el("dd", {}, value)];
  const counted = people === null ? say("gaps_unknown") : say("gaps_figure_people_n", { n: people });
  const far = people ? `${say("gaps_figure_people_n", { n: beyond })}（${percent(beyond, people)}％）` : "–";
  return [
    el("p", { class: "rm-sentence" }, areaSentence(page, system, area, kind, say)),
    el(
      "dl",
      {},
      ...row(say("gaps_figure_people"), counted),
      ...row(say("gaps_figure_beyond", { metres }), far),
      ...row(say("gaps_figure_resources", { kind: label }), say("gaps_figure_places", { n: figures.resources[area] })),
      ...(figures.visiting[area]
        ? row(say("gaps_figure_visiting"), say("gaps_figure_visits", { n: figures.visiting[area] }))
        : []),
    ),
  ];
}

function areaSentence(page, system, area, kind, say) {
  const figures = figuresOf(page, system, kind);
  const values = {
    people: figures.people[area],
    beyond: figures.beyond[area],
    percent: percent(figures.beyond[area], figures.people[area] || 1),
    metres: page.gaps.metres,
    kind: page.kinds[page.gaps.kinds[kind].kind].label,
  };
  if (values.people === null) return say("gaps_unknown_area");
  if (!values.people) return say("gaps_empty");
  if (!values.beyond) return say("gaps_none", values);
  return figures.sentences?.[area] ?? say("gaps_some", values);
}

/** All areas of a system, those with the most people beyond reach first, those without data last. */
function areaTable(page, system, kind, say, pick) {
  const figures = figuresOf(page, system, kind);
  const { areas } = page.systems[system];
  const rank = (at) => (figures.people[at] === null ? -1 : figures.beyond[at]);
  const order = areas.map((_, at) => at).sort((a, b) => rank(b) - rank(a) || a - b);
  const head = ["gaps_col_area", "gaps_col_beyond", "gaps_col_share", "gaps_col_resources"];
  const number = (value) => el("td", {}, value);
  const rows = order.map((at) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, el("button", { type: "button", class: "rm-plain", onclick: () => pick(at) }, areas[at])),
      number(figures.people[at] === null ? say("gaps_unknown") : say("gaps_figure_people_n", { n: figures.beyond[at] })),
      number(figures.people[at] ? `${percent(figures.beyond[at], figures.people[at])}％` : "–"),
      number(String(figures.resources[at])),
    ),
  );
  const headings = head.map((word) => el("th", { scope: "col" }, say(word, { metres: page.gaps.metres })));
  return el("table", {}, el("thead", {}, el("tr", {}, ...headings)), el("tbody", {}, ...rows));
}
