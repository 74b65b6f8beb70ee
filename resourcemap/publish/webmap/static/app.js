// One state for list, map and address: every change goes through `update`, and the page is drawn from the state.

const PAUSE = 150; // milliseconds
const DEEPEST = 19; // zoom; without one a map of a single place would have no end
const CLOSEST_WHOLE = 16;
const LEAST = 0.002; // degrees, about 200 m

function open(map) {
  const page = JSON.parse(document.getElementById("rm-data").textContent);
  document.getElementById("rm-data").textContent = ""; // read, and large
  page.words = wordsByLanguage(page.words, page.languages);
  new App(map, page).start();
}

/** Turn { word: [its text in every language] } into { language: { word: text } }. */
function wordsByLanguage(words, languages) {
  const of = (at) => Object.fromEntries(Object.entries(words).map(([word, texts]) => [word, texts[at]]));
  return Object.fromEntries(languages.map((language, at) => [language, of(at)]));
}

/** Give a box of a single place, or of a street, a width. */
function widened(box) {
  const { lat, lng } = box.getCenter();
  return box.extend([lat - LEAST, lng - LEAST]).extend([lat + LEAST, lng + LEAST]);
}

/** Where the ground has no names that tell a newcomer where they are, the areas of the first system do. */
function shownFirst({ ground, systems }) {
  const named = groundNames(ground).some(({ style }) => style === "station" || style === "town");
  return named || !systems.length || systems[0].areas.length > MANY_AREAS ? null : 0;
}

class App {
  constructor(map, page) {
    page.shownFirst = shownFirst(page);
    const store = new Store(page);
    const days = page.timetable ? new Days(page.timetable, store) : null;
    const filter = new Filter(page, store, days);
    this.context = { page, store, days, filter, map };
    Object.assign(this, this.context);
    const ages = new Ages(page, store);
    Object.assign(this.context, { ageOf: (row) => ages.of(row), mostlyStale: () => ages.mostlyStale() });
    this.context.near = this.near = new Near({ store, changed: () => this.nearChanged() });
    this.context.state = this.state = readAddress(location.hash, this.context);
    for (const name of ["update", "openRow", "openVenue", "openCard", "close", "sortBy"]) {
      this.context[name] = this[name].bind(this);
    }
    this.card = null;
    this.written = location.hash.slice(1);
    this.root = document.querySelector(".rm-app");
    this.box = document.getElementById("rm-card");
  }

  start() {
    this.speak();
    this.list = new ResultList(document.getElementById("rm-results"), this.context);
    this.choices = new Choices(this.context);
    this.buildMap();
    this.planning = this.page.planning ? new Planning(this) : null;
    this.buildViews();
    this.apply(this.state);
    this.showWhole(); // once more, now that the legend has its size
    if (this.state.at !== null) this.openRow(this.state.at, null, { still: true });
    requestAnimationFrame(() => requestAnimationFrame(() => this.ready()));
  }

  /** The page is drawn and can be used; what the first search would wait for is made while nobody waits. */
  ready() {
    document.documentElement.dataset.ready = "1";
    const idle = window.requestIdleCallback ?? ((call) => setTimeout(call, 50));
    const next = () => this.filter.prepare() && idle(next);
    idle(next);
  }

  // Words

  /** Say everything in the language of the state. */
  speak() {
    const { page, state } = this;
    const say = speaker(page.words[state.language], state.language);
    const terms = page.terms[state.language];
    Object.assign(this.context, { say, term: (group, at) => terms[group][at], language: state.language });
    this.say = say;
    sayAll(document.body, say);
    document.getElementById("rm-as-of").textContent = page.as_of ? say("as_of", { date: say.date(page.as_of) }) : "";
    document.getElementById("rm-reading").replaceChildren(...readingChoices(this.context));
  }

  // The map

  buildMap() {
    const { map, page, store } = this;
    map.attributionControl.setPrefix(false);
    map.setMaxZoom(DEEPEST);
    this.buttons = mapButtons(map, this.context, () => this.showWhole());
    addCredit(map, page.credit, this.context);
    this.root.classList.toggle("rm-bare", isBare(page.ground));
    this.showWhole();
    drawGround(map, page.ground);
    this.tiles = this.context.tiles = page.tiles ? new TileBackground(map, page.tiles, () => this.drawAreas()) : null;
    this.areas = new AreaLayer(map, page.systems, { tip: (area) => this.areaTip(area), pick: (area) => this.planning?.openArea(area) });
    this.places = new PlaceLayer(store, page.kinds, {
      tip: (venue) => this.venueTip(venue),
      pick: (venue) => this.openVenue(venue),
      say: (word, values) => this.say(word, values),
    });
    this.places.addTo(map);
    this.labels = new Labels({ spots: (view) => this.places.spots(view) });
    this.labels.addTo(map);
  }

  showWhole() {
    const { bounds } = this.page;
    if (!bounds) return;
    const [west, south, east, north] = bounds;
    const all = widened(L.latLngBounds([south, west], [north, east]));
    const system = this.state.system;
    const whole = system === null ? null : this.areas?.whole(system);
    if (whole) all.extend(whole);
    const { width, height } = document.getElementById("rm-legend").getBoundingClientRect();
    const desk = matchMedia("(min-width: 761px)").matches;
    const beside = Boolean(this.planning) && desk;
    this.map.setMinZoom(0);
    this.map.setMaxBounds(null);
    this.map.fitBounds(all, {
      paddingTopLeft: [beside ? width + 26 : 10, 10],
      paddingBottomRight: [desk ? 10 : 62, beside ? 10 : height + 22],
      animate: false,
      maxZoom: CLOSEST_WHOLE,
    });
    this.map.setMinZoom(Math.max(0, Math.floor(this.map.getZoom() - 1)));
    this.map.setMaxBounds(all.pad(3));
  }

  venueTip(venue) {
    const { store, say } = this;
    const name = store.venues.name(venue);
    const rows = this.shownAt(venue);
    const only = rows.length === 1 ? store.get("name", rows[0]) : say("activities", { n: rows.length });
    return el("span", {}, el("b", {}, name), only === name ? "" : el("span", {}, only));
  }

  /** List the rows of a venue that fit now. */
  shownAt(venue) {
    return this.store.rowsAt(venue).filter((row) => this.fits[row]);
  }

  areaTip(area) {
    if (this.planning) return this.planning.areaTip(area);
    return el("b", {}, this.page.systems[this.state.system].areas[area]);
  }

  // Drawing the page from the state

  update(change = {}) {
    Object.assign(this.state, change);
    this.planning?.attend(change);
    if ("language" in change || "ruby" in change) this.sayAgain();
    this.draw();
    clearTimeout(this.typing);
    // Browsers allow few new addresses a second, and somebody may be typing.
    if ("words" in change && Object.keys(change).length === 1) this.typing = setTimeout(() => this.writeAddress("replace"), PAUSE);
    else this.writeAddress("replace");
  }

  /** Take a whole state, as from an address. */
  apply(state) {
    Object.assign(this.state, state);
    this.planning?.attend(state);
    this.root.classList.toggle("rm-embed", this.state.embed);
    this.setView(this.state.view, { quiet: true });
    this.draw();
  }

  /** Say everything in another language, or with other readings; `draw` follows. */
  sayAgain() {
    this.speak();
    this.choices.build();
    this.buttons.say();
    this.sayNear();
    if (this.card?.again) this.card.again();
  }

  draw() {
    this.drawnOn = todayInJapan();
    const found = this.filter.find(this.state);
    this.found = found.rows;
    this.fits = new Uint8Array(this.store.count);
    for (const row of found.rows) this.fits[row] = 1;
    this.choices.draw(found);
    this.list.show([...found.rows]);
    this.drawPlaces();
    this.drawAreas();
    annotate(document.body, this.state.ruby ? this.page.readings : null);
  }

  drawPlaces() {
    const { store, found } = this;
    const { count } = store.venues;
    const kind = new Int16Array(count).fill(-1);
    const activities = new Int32Array(count);
    const resting = new Uint8Array(count).fill(1);
    for (const row of found) {
      const venue = store.venueOf[row];
      if (venue < 0) continue;
      if (kind[venue] < 0) kind[venue] = store.kind[row];
      activities[venue] += 1;
      if (!store.suspended[row]) resting[venue] = 0;
    }
    this.places.show({ kind, count: activities, resting });
  }

  drawAreas() {
    const { state, page, planning } = this;
    if (planning) planning.draw();
    else this.areas.show(state.system, { fill: () => null, chosen: state.area, interactive: false });
    this.labels.put("areas", this.areas.names());
    const ground = this.tiles?.shown ? [] : groundNames(page.ground); // tiles have names of their own
    this.labels.put("ground", planning ? ground.filter((name) => name.style === "station") : ground);
    const box = document.getElementById("rm-legend");
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.keep : null;
    box.replaceChildren(planning ? planning.legend() : symbolLegend(this.context));
    if (focused) box.querySelector(`[data-keep="${focused}"]`)?.focus();
  }

  // Near me

  sayNear() {
    const { near, say } = this;
    const said = document.getElementById("rm-near-said");
    const words = { waiting: "near_me_waiting", denied: "near_me_denied", lost: "near_me_unknown", on: "near_me_note" }[near.state];
    said.hidden = !words;
    said.textContent = words ? say(words) : "";
    const button = document.getElementById("rm-near");
    button.setAttribute("aria-pressed", String(near.state === "on"));
    button.textContent = say(near.state === "on" ? "near_me_off" : "near_me");
  }

  nearChanged() {
    const { near } = this;
    this.sayNear();
    this.places.me(near.here && L.latLng(near.here));
    if (near.state === "on" && near.here) {
      this.update({ sort: "near" });
      this.map.setView(near.here, Math.max(this.map.getZoom(), 15), { animate: false });
    } else if (near.state !== "waiting") this.update({ sort: this.state.sort === "near" ? "kind" : this.state.sort });
  }

  sortBy(sort) {
    this.update({ sort });
    if (sort === "near" && this.near.state !== "on") this.near.toggle();
  }

  // The card

  openRow(row, from = null, { still = false } = {}) {
    const venue = this.store.venueOf[row];
    if (venue >= 0) {
      this.openVenue(venue, row, from);
      this.goTo([this.store.venues.lat[venue], this.store.venues.lon[venue]], 15.5, still);
      return;
    }
    const parts = () => [el("div", { class: "rm-venue" }, el("p", {}, placeText(row, this.context))), activity(row, this.context, false)];
    this.openCard({ row, again: () => this.openRow(row) }, nameOf(row, this.context), parts(), from);
  }

  openVenue(venue, row = null, from = null) {
    const title = given(this.store.venues.name(venue));
    this.openCard({ venue, row, again: () => this.openVenue(venue, row) }, title, venueParts(venue, this.context, row), from);
    const current = this.box.querySelector('[aria-current="true"]');
    if (current) current.parentElement.scrollTop = current.offsetTop - current.parentElement.offsetTop - 8;
  }

  openCard(card, title, parts, from = null) {
    const before = document.activeElement;
    const first = this.card === null;
    this.returnTo = from ?? (this.box.contains(before) ? this.returnTo : before);
    this.card = card;
    if (first) this.viewBefore = this.state.view;
    this.setView("map", { quiet: true });
    drawCard(this.box, title, parts, this.context);
    if (this.state.ruby) annotate(this.box, this.page.readings);
    this.root.classList.add("rm-with-card");
    this.state.at = card.row ?? (card.venue === undefined ? null : (this.shownAt(card.venue)[0] ?? null));
    this.select(card);
    // One entry for the button "back", however many cards were opened and closed.
    this.writeAddress(first && !this.closed ? "push" : "replace");
    this.closed = false;
    if (this.planning) this.drawAreas();
  }

  close() {
    this.box.hidden = true;
    this.card = null;
    this.closed = true;
    this.state.at = null;
    this.setView(this.viewBefore ?? "map", { quiet: true });
    this.root.classList.remove("rm-with-card");
    this.select({});
    this.writeAddress("replace");
    if (this.planning) this.drawAreas();
    const target = this.returnTo?.isConnected && this.returnTo !== document.body ? this.returnTo : null;
    const visible = target && target.getClientRects().length && getComputedStyle(target).visibility !== "hidden";
    (visible ? target : this.map.getContainer()).focus({ preventScroll: true });
  }

  /** Mark the venue of the open card, and more lightly the other venues of its activities. */
  select({ venue = null, row = null }) {
    const { store } = this;
    const rows = row !== null ? [row] : venue === null ? [] : store.rowsAt(venue);
    const others = new Set(rows.flatMap((each) => store.siblings(each)).map((each) => store.venueOf[each]));
    const about = row !== null && venue === null && store.venueOf[row] >= 0 ? store.venueOf[row] : venue;
    this.places.select(about, [...others].filter((each) => each >= 0 && each !== about));
    const marked = new Set(rows.map(String));
    for (const entry of document.querySelectorAll(".rm-entry")) {
      if (marked.has(entry.dataset.row)) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    }
  }

  /** Bring a place into the part of the map that the card leaves free. */
  goTo(latlng, nearest = 0, still = false) {
    const { map } = this;
    const zoom = Math.max(map.getZoom(), nearest);
    const stage = map.getContainer().getBoundingClientRect();
    const card = this.box.getBoundingClientRect();
    const below = card.width > stage.width * 0.7;
    const legend = below || !this.planning ? 0 : document.getElementById("rm-legend").getBoundingClientRect().width;
    const shift = below ? [0, card.height / 2] : [(card.width - legend) / 2, 0];
    const centre = map.unproject(map.project(latlng, zoom).add(shift), zoom);
    if (still || matchMedia("(prefers-reduced-motion: reduce)").matches) map.setView(centre, zoom, { animate: false });
    else map.flyTo(centre, zoom, { duration: 0.6 });
  }

  // Views and the address

  buildViews() {
    for (const button of document.querySelectorAll(".rm-tabs button")) {
      button.addEventListener("click", () => this.setView(button.dataset.view));
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.card) this.close();
    });
    document.getElementById("rm-near").addEventListener("click", () => this.near.toggle());
    window.addEventListener("popstate", () => {
      this.closed = false;
      this.readAddress();
    });
    document.querySelector(".rm-skip").addEventListener("click", (event) => {
      event.preventDefault(); // the address is the state
      document.getElementById("rm-results").focus();
    });
    window.addEventListener("hashchange", () => this.readAddress());
    document.addEventListener("visibilitychange", () => this.comeBack());
    fitPaper(this);
    new ResizeObserver(() => this.map.invalidateSize({ animate: false })).observe(this.map.getContainer());
  }

  /** Somebody looks at the page again: another day, or later on the same, other things may be on. */
  comeBack() {
    if (document.hidden || !this.days) return;
    if (this.drawnOn !== todayInJapan() || this.state.days.has("now")) this.draw();
  }

  setView(view, { quiet = false } = {}) {
    this.root.dataset.view = view;
    this.state.view = view;
    for (const button of document.querySelectorAll(".rm-tabs button")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
    if (!quiet) this.writeAddress("replace");
  }

  writeAddress(entry) {
    const text = writeAddress(this.state, this.context);
    if (text === this.written) return;
    this.written = text;
    const address = text ? `#${text}` : location.pathname + location.search;
    try {
      if (entry === "push") history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    } catch {
      // A page inside another may not be allowed to write its address; it works without.
    }
  }

  /** Follow the address: the button "back", a link inside the page, or somebody who typed it. */
  readAddress() {
    const text = location.hash.slice(1);
    if (text === this.written) return;
    const state = readAddress(location.hash, this.context);
    this.written = text;
    const language = state.language !== this.state.language || state.ruby !== this.state.ruby;
    const before = this.state.at;
    Object.assign(this.state, state);
    if (language) this.sayAgain();
    this.apply(state);
    if (state.at !== null && state.at !== before) this.openRow(state.at, null, { still: true });
    if (state.at === null && this.card) this.close();
  }
}
