// The card: one venue with everything that happens there, one service without a place, or what a layer tells.

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
  const { store, say, near } = context;
  const { venues } = store;
  const rows = store.rowsAt(venue);
  const address = venues.address(venue);
  const metres = venues.rough[venue] ? null : (near.metres?.[venue] ?? null);
  return [
    el(
      "div",
      { class: "rm-venue" },
      address && address !== venues.name(venue) ? el("p", {}, given(address)) : null,
      metres === null ? null : el("p", { class: "rm-away rm-own" }, say("away", { distance: distanceText(metres, say) })),
      venues.rough[venue] ? el("p", { class: "rm-tag rm-rough rm-own" }, say("approximate")) : null,
      venues.rough[venue] ? el("p", { class: "rm-note rm-own" }, say("approximate_note")) : null,
      rows.length > 1 ? el("p", { class: "rm-how-many rm-own" }, say("activities", { n: rows.length })) : null,
    ),
    ...rows.map((row) => activity(row, context, row === chosen && rows.length > 1)),
  ];
}

function activity(row, context, chosen) {
  const { page, store, say, term, ageOf } = context;
  const kind = store.kind[row];
  const resting = store.suspended[row];
  const head = el(
    "div",
    { class: "rm-activity-head" },
    el("p", { class: "rm-kind rm-own" }, symbolSvg(page.kinds[kind], { size: 20 }), term("kinds", kind)),
    store.place[row] === PLACE.stop ? el("p", { class: "rm-tag rm-own" }, say("stop")) : null,
    resting ? el("p", { class: "rm-tag rm-suspended rm-own" }, say("suspended")) : null,
    ageOf(row).stale ? el("p", { class: "rm-tag rm-stale rm-own" }, say("stale")) : null,
  );
  return el(
    "article",
    { class: "rm-activity", "data-row": row, "aria-current": chosen ? "true" : null },
    head,
    el("h3", {}, nameOf(row, context)),
    resting ? el("p", { class: "rm-note rm-own" }, say("suspended_note")) : null,
    details(row, context),
    elsewhere(row, context),
    reportLink(row, context),
  );
}

function details(row, context) {
  const { store, say, term } = context;
  const get = (column) => store.get(column, row);
  const words = (column) => (get(column) ? given(get(column)) : null);
  const joined = (column, group) => (get(column) ? say.list(get(column).map((at) => term(group, at))) : null);
  const fields = [
    ["schedule", scheduleParts(row, context)],
    ["period", periodText(get("valid_from"), get("valid_to"), say)],
    ["audience", words("audience_text") ?? joined("audience", "audiences")],
    ["serves", store.place[row] === PLACE.servedArea ? words("serves") : null],
    ["cost", words("cost")],
    ["capacity", capacityParts(get("capacity"), say)],
    ["how_to_join", words("how_to_join")],
    ["phone", phoneLink(get("phone"), store.call(row))],
    ["url", webLink(get("url"), say)],
    ["description", words("description")],
    ["facilities", joined("facilities", "facilities")],
    ["languages", get("languages") ? given(get("languages").join("・")) : null],
    ["provider", words("provider")],
    ["checked", checkedParts(row, context)],
  ];
  const filled = fields.map(([word, value]) => [word, [value].flat().filter(Boolean)]).filter(([, parts]) => parts.length);
  return el(
    "dl",
    {},
    ...filled.flatMap(([word, parts]) => [el("dt", { class: "rm-own" }, say(word)), el("dd", { class: "rm-own" }, ...parts)]),
  );
}

/** Say when a row was last checked, how long ago that is for the reader, and what to do when it is long. */
function checkedParts(row, { say, ageOf }) {
  const { day, months, stale, told, partly } = ageOf(row);
  if (!told) return null;
  const text = day ? say("checked_on", { month: say.month(day), age: ageText(months, say) }) : say(partly ? "checked_partly" : "checked_unknown");
  return [text, stale ? el("span", { class: "rm-note rm-advice" }, say("stale_note")) : null];
}

function periodText(from, to, say) {
  const values = { from: from && dateText(from, say), to: to && dateText(to, say) };
  if (from && to) return from === to ? values.from : say("period_from_to", values);
  if (from) return say("period_from", values);
  return to ? say("period_to", values) : null;
}

function capacityParts(text, say) {
  if (!text) return null;
  return /^\d+$/.test(text) ? say("capacity_people", { n: Number(text) }) : given(text);
}

function phoneLink(phone, call) {
  if (!phone) return null;
  return call ? el("a", { href: `tel:${call}`, class: "rm-phone" }, given(phone)) : given(phone);
}

function webLink(url, say) {
  if (!url) return null;
  const shown = url.replace(/^https?:\/\//i, "").replace(/\/$/, "");
  const link = { href: url, target: "_blank", rel: "noopener noreferrer" };
  return el("a", link, given(shown), el("span", { class: "rm-hidden" }, say("new_window")));
}

/** A letter to the office that names the entry, where the office gave an address for it. */
function reportLink(row, { page, store, say }) {
  if (!page.contact) return null;
  const values = { id: store.get("id", row), name: store.get("name", row) };
  const subject = encodeURIComponent(say("report_subject", values));
  const body = encodeURIComponent(say("report_body", values));
  const href = `mailto:${encodeURIComponent(page.contact).replace("%40", "@")}?subject=${subject}&body=${body}`;
  return el("p", { class: "rm-report" }, el("a", { href, class: "rm-own" }, say("report_change")));
}

/** List the other venues of an activity, or the other stops of a van, as buttons that lead there. */
function elsewhere(row, { store, say, openRow }) {
  const others = store.siblings(row).filter((other) => store.venueOf[other] !== store.venueOf[row] && store.venueOf[other] >= 0);
  if (!others.length) return null;
  const word = store.place[row] === PLACE.stop ? "elsewhere_stop" : "elsewhere_venue";
  const buttons = others.map((other) => {
    const name = given(store.venues.name(store.venueOf[other]));
    return el("li", {}, el("button", { type: "button", class: "rm-plain", onclick: () => openRow(other) }, name));
  });
  return el("div", { class: "rm-elsewhere" }, el("p", { class: "rm-own" }, say(word)), el("ul", {}, ...buttons));
}

/** Name a row, with its kana above while readings are shown. */
function nameOf(row, { store, state }) {
  const [name, kana] = [store.get("name", row), store.get("kana", row)];
  return state.ruby && kana ? givenWithKana(name, kana) : given(name ?? "");
}

/** Say in one line where something takes place. */
function placeText(row, { store, say }) {
  const serves = store.get("serves", row);
  if (store.place[row] === PLACE.none) return el("span", { class: "rm-own" }, say("nowhere"));
  if (store.place[row] === PLACE.servedArea) {
    const parts = serves ? sayAround(say, "visiting", { serves: given(serves) }) : [say("visiting_plain")];
    return el("span", { class: "rm-own" }, ...parts);
  }
  const venue = store.venueOf[row];
  const address = venue < 0 ? store.get("address", row) : (store.venues.address(venue) ?? store.get("address", row));
  const name = store.get("venue", row) ?? address ?? "";
  if (venue < 0) return el("span", {}, given(name), " ", el("span", { class: "rm-own" }, say("unlocated")));
  return given(name === store.get("name", row) ? (store.get("address", row) ?? name) : name);
}
