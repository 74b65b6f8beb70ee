// The state as the part of the address after #, so that a link or a QR code opens exactly that.

const DAY_TOKENS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "today", "now"];
const LAST_MINUTE = 1440;
const JOINED = ","; // between the choices of a group
const WITHIN = "~"; // between a system and its area

/** Write a state; what has its usual value is left out. */
function writeAddress(state, { page, store, filter }) {
  const parts = [
    ["q", state.words.trim()],
    ["kind", ids(state.kinds, page.kinds.map((kind) => kind.id))],
    ["for", ids(state.audiences, page.audiences)],
    ["with", ids(state.facilities, page.facilities)],
    ["speak", ids(state.speak, filter.spoken)],
    ["day", DAY_TOKENS.filter((token) => state.days.has(token)).join(JOINED)],
    ["time", writeTimes(state.from, state.to)],
    ["unknown", state.unknown ? "1" : ""],
    ["since", state.since ?? ""],
    ["area", writeArea(state, page)],
    ["sort", state.sort === "next" ? "next" : ""], // where somebody is stays on their device
    ["at", state.at === null ? "" : store.get("id", state.at)],
    ["lang", state.language === page.language ? "" : state.language],
    ["ruby", state.ruby ? "1" : ""],
    ["view", state.view === "map" ? "map" : ""],
    ["layer", state.layer ?? ""],
    ["embed", state.embed ? "1" : ""],
  ];
  return parts
    .filter(([, text]) => text !== "")
    .map(([key, text]) => `${key}=${escaped(String(text))}`)
    .join("&");
}

/** Read a state; whatever the page does not have is passed over, so that an old link still opens. */
function readAddress(text, { page, store, filter, days }) {
  const given = new Map(new URLSearchParams(text.replace(/^#/, "").replaceAll("+", "%2B")));
  const get = (key) => given.get(key) ?? "";
  const choose = (key, known) => new Set(get(key).split(JOINED).map((id) => known.indexOf(id)).filter((at) => at >= 0));
  const since = Number(get("since"));
  return {
    words: get("q"),
    kinds: choose("kind", page.kinds.map((kind) => kind.id)),
    audiences: choose("for", page.audiences),
    facilities: choose("with", page.facilities),
    speak: choose("speak", filter.spoken),
    days: new Set(get("day").split(JOINED).filter((token) => page.timetable && DAY_TOKENS.includes(token))),
    ...readTimes(page.timetable ? get("time") : ""),
    unknown: get("unknown") === "1",
    since: SINCE.includes(since) ? since : null,
    ...readArea(get("area"), page),
    sort: get("sort") === "next" && days ? "next" : "kind",
    at: get("at") ? store.rowOf(get("at")) : null,
    language: page.languages.includes(get("lang")) ? get("lang") : page.language,
    ruby: get("ruby") === "1",
    view: get("view") === "map" ? "map" : "list",
    layer: get("layer") || null,
    embed: get("embed") === "1",
  };
}

function ids(chosen, known) {
  return [...chosen].sort((a, b) => a - b).map((at) => known[at]).join(JOINED);
}

/** Escape what an address cannot hold; Japanese stays readable in most browsers. */
function escaped(text) {
  return encodeURIComponent(text).replace(/%(2C|3A|7E)/g, (code) => decodeURIComponent(code));
}

function writeTimes(from, to) {
  return from === null && to === null ? "" : `${clock(from)}-${clock(to)}`;
}

function clock(minutes) {
  return minutes === null ? "" : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

function readTimes(text) {
  const found = /^(?:(\d{1,2}):(\d\d))?-(?:(\d{1,2}):(\d\d))?$/.exec(text);
  const minutes = (hours, rest) => (hours === undefined ? null : Number(hours) * 60 + Number(rest));
  const [from, to] = found ? [minutes(found[1], found[2]), minutes(found[3], found[4])] : [null, null];
  const inOrder = from === null || to === null || from < to;
  const inADay = (from ?? 0) < LAST_MINUTE && (to ?? 0) <= LAST_MINUTE;
  return inOrder && inADay ? { from, to } : { from: null, to: null };
}

function writeArea({ system, area }, page) {
  if (system === page.shownFirst && area === null) return "";
  if (system === null) return WITHIN;
  const { name, ids: areaIds } = page.systems[system];
  return area === null ? name : `${name}${WITHIN}${areaIds[area]}`;
}

function readArea(text, page) {
  if (text === "") return { system: page.shownFirst, area: null };
  const whole = page.systems.findIndex(({ name }) => name === text);
  if (whole >= 0) return { system: whole, area: null };
  const areaIn = ({ name, ids }) => (text.startsWith(name + WITHIN) ? ids.indexOf(text.slice(name.length + 1)) : -1);
  const system = page.systems.findIndex((each) => areaIn(each) >= 0);
  const area = system < 0 ? -1 : areaIn(page.systems[system]);
  return area < 0 ? { system: null, area: null } : { system, area };
}
