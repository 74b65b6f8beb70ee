// One state for list and map: every change goes through `update`, and the page is drawn from the state.

const FIRST_KINDS = 8;
const MANY_AREAS = 40; // so many names would hide the map
const MANY_VENUES = 400; // so many numbers would hide the symbols of a whole city

function open(map) {
  const page = JSON.parse(document.getElementById("rm-data").textContent);
  const say = speaker(page.words, page.language);
  const resources = readResources(page);
  const venues = readVenues(page, resources);
  const byKind = (a, b) => a.kind - b.kind || a.row - b.row;
  resources.sort(byKind);
  for (const venue of venues) venue.resources.sort(byKind);
  const activities = Map.groupBy ? Map.groupBy(resources, (each) => each.activity) : groupBy(resources, "activity");
  const context = {
    page,
    say,
    resources,
    venues,
    names: page.systems.map((system) => system.name),
    siblings: (resource) => activities.get(resource.activity),
  };
  new App(map, context);
}

function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) {
    if (!groups.has(item[key])) groups.set(item[key], []);
    groups.get(item[key]).push(item);
  }
  return groups;
}

class App {
  constructor(map, context) {
    Object.assign(this, { map, context, ...context });
    this.state = emptyState();
    this.gap = { on: false, kind: 0, system: 0 };
    this.card = null;
    context.openResource = (resource, from) => this.openResource(resource, from);
    context.close = () => this.closeCard();
    this.root = document.querySelector(".rm-app");
    this.box = document.getElementById("rm-card");
    this.buildMap();
    this.buildFilters();
    this.list = new ResultList(document.getElementById("rm-results"), context);
    this.buildViews();
    this.update();
    this.showWhole(); // once more, now that the legend has its size
  }

  // The map

  buildMap() {
    const { map, page, say } = this;
    map.attributionControl.setPrefix(false);
    L.control.zoom({ position: "topright", zoomInTitle: say("zoom_in"), zoomOutTitle: say("zoom_out") }).addTo(map);
    wholeButton(say("whole"), () => this.showWhole()).addTo(map);
    L.control.scale({ imperial: false, maxWidth: SCALE_WIDTH, position: "bottomright" }).addTo(map);
    addCredit(map, page.credit, say);
    this.root.classList.toggle("rm-bare", isBare(page.ground));
    this.showWhole();
    drawGround(map, page.ground);
    this.renderer = L.canvas({ padding: 0.3, tolerance: 5 });
    const tooltip = (at, figures) => this.areaTip(at, figures);
    this.areas = new AreaLayer(map, this.renderer, page, tooltip, (at) => this.openArea(at));
    this.crowd = new Crowd();
    this.labels = new Labels({ renderer: this.renderer, crowd: this.crowd });
    this.labels.obstacles = () => this.markers.filter((marker) => marker.shown.length).map((marker) => marker.getLatLng());
    this.markers = this.venues.map((venue) => new VenueMarker(venue, { renderer: this.renderer }));
    this.markerOf = new Map(this.markers.map((marker) => [marker.venue.at, marker]));
    this.labels.addTo(map);
    this.group = L.featureGroup([...this.markers].sort((a, b) => b.getLatLng().lat - a.getLatLng().lat));
    const badgesFrom = this.venues.length > MANY_VENUES ? 15 : 13;
    for (const marker of this.markers) Object.assign(marker, { kinds: page.kinds, badgesFrom, crowd: this.crowd });
    this.group.addTo(map);
    this.labels.above.addTo(map);
    this.group.on("click", (event) => {
      L.DomEvent.stop(event);
      this.openVenue(event.propagatedFrom.venue);
    });
    this.group.bindTooltip((marker) => this.venueTip(marker), { direction: "top", offset: [0, -12], className: "rm-tip" });
  }

  showWhole() {
    const { bounds } = this.page;
    if (!bounds) return;
    const [west, south, east, north] = bounds;
    const all = L.latLngBounds([south, west], [north, east]);
    for (const polygon of this.areas?.polygons ?? []) all.extend(polygon.getBounds());
    const { width, height } = document.getElementById("rm-legend").getBoundingClientRect();
    const desk = matchMedia("(min-width: 761px)").matches;
    const beside = this.gap.on && desk;
    this.map.setMinZoom(0);
    this.map.setMaxBounds(null);
    this.map.fitBounds(all, {
      paddingTopLeft: [beside ? width + 26 : 10, 10],
      paddingBottomRight: [desk || !this.gap.on ? 10 : 62, beside ? 10 : height + 22],
      animate: false,
    });
    this.map.setMinZoom(Math.max(0, Math.floor(this.map.getZoom() - 1)));
    this.map.setMaxBounds(all.pad(3));
  }

  venueTip(marker) {
    const count = marker.shown.length;
    const only = count === 1 ? marker.shown[0].name : this.say("activities", { n: count });
    return el("span", {}, el("b", {}, marker.venue.name), only === marker.venue.name ? "" : el("span", {}, only));
  }

  areaTip(at, figures) {
    const name = this.page.systems[this.areas.system].areas[at];
    if (!figures) return el("b", {}, name);
    const [people, beyond] = [figures.people[at], figures.beyond[at]];
    const { metres } = this.page.gaps;
    const text = people
      ? this.say("gaps_short", { people, beyond, percent: percent(beyond, people), metres })
      : this.say(people === null ? "gaps_unknown" : "gaps_empty");
    return el("span", {}, el("b", {}, name), el("span", {}, text));
  }

  // Filters

  buildFilters() {
    const { state, page, say } = this;
    const words = document.getElementById("rm-words");
    words.addEventListener("input", () => this.update({ words: words.value }));
    document.querySelector(".rm-filters").addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("rm-clear").addEventListener("click", () => {
      words.value = "";
      this.update({ ...emptyState(), system: state.system });
      words.focus();
    });
    const used = (values) => [...new Set(values)].sort((a, b) => a - b);
    const kinds = used(this.resources.map((resource) => resource.kind));
    const audiences = used(this.resources.flatMap((resource) => resource.audience));
    this.kindChips = this.chips("rm-kinds", "kinds", kinds, (kind) => [symbolSvg(page.kinds[kind], { size: 20 }), page.kinds[kind].label]);
    this.audienceChips = this.chips("rm-audiences", "audiences", audiences, (at) => [page.audiences[at]]);
    this.moreKinds = this.moreButton(kinds.length);
    document.getElementById("rm-audience-choice").hidden = !audiences.length;
    document.getElementById("rm-area-choice").hidden = !page.systems.length;
    document.getElementById("rm-area").parentElement.hidden = !page.memberships;
    document.getElementById("rm-more").hidden = !audiences.length && !page.systems.length;
    document.querySelector(".rm-filters").hidden = !this.resources.length;
    const system = document.getElementById("rm-system");
    const options = [[null, say("no_system")], ...this.names.map((name, at) => [at, name])];
    system.replaceWith(select(options, null, (at) => this.update({ system: at, area: null }), { id: "rm-system" }));
  }

  chips(id, group, choices, label) {
    const made = choices.map((choice) =>
      makeChip(choice, label(choice), () => {
        const chosen = new Set(this.state[group]);
        if (!chosen.delete(choice)) chosen.add(choice);
        this.update({ [group]: chosen });
      }),
    );
    document.getElementById(id).replaceChildren(...made.map(({ button }) => button));
    return made;
  }

  /** The button behind the first kinds that brings the others. */
  moreButton(kinds) {
    const press = () => {
      this.allKinds = !this.allKinds;
      this.update();
    };
    const button = el("button", { type: "button", class: "rm-more-kinds", onclick: press });
    button.hidden = kinds <= FIRST_KINDS + 1;
    this.allKinds = button.hidden;
    document.getElementById("rm-kinds").before(button);
    return button;
  }

  drawMoreKinds() {
    this.kindChips.forEach(({ choice, button }, at) => {
      button.hidden = !this.allKinds && at >= FIRST_KINDS && !this.state.kinds.has(choice);
    });
    this.moreKinds.setAttribute("aria-expanded", String(this.allKinds));
    const n = this.kindChips.length - FIRST_KINDS;
    this.moreKinds.textContent = this.allKinds ? this.say("fewer_kinds") : this.say("more_kinds", { n });
  }

  drawAreaChoice() {
    const { state, page, say } = this;
    document.getElementById("rm-system").value = state.system ?? "";
    const old = document.getElementById("rm-area");
    const areas = state.system === null ? [] : page.systems[state.system].areas;
    const options = [[null, say("all_areas")], ...areas.map((name, at) => [at, name])];
    const attributes = { id: "rm-area", disabled: state.system === null };
    const made = select(options, state.area, (at) => this.update({ area: at }), attributes);
    const focused = old === document.activeElement;
    old.replaceWith(made);
    if (focused) made.focus();
  }

  // Drawing the page from the state

  update(change = {}) {
    Object.assign(this.state, change);
    const { state, page, resources, say } = this;
    const checks = tests(state, page);
    const found = fitting(resources, checks);
    drawChips(this.kindChips, state.kinds, tally(resources, checks, "kinds", (each) => [each.kind]));
    this.drawMoreKinds();
    drawChips(this.audienceChips, state.audiences, tally(resources, checks, "audiences", (each) => each.audience));
    this.drawAreaChoice();
    const all = resources.length;
    const text = found.length === all ? say("count", { n: all }) : say("count_of", { n: found.length, all });
    document.getElementById("rm-count").textContent = text;
    document.getElementById("rm-clear").hidden = isEmpty(state);
    this.list.show(found);
    this.markEntry();
    this.drawMarkers(found);
    this.drawAreas();
  }

  drawMarkers(found) {
    const shown = groupBy(found, "at");
    const zoom = this.map.getZoom();
    const dense = this.crowd.isDense(zoom);
    this.crowd.set(this.venues.filter((venue) => shown.has(venue.at)).map((venue) => venue.latlng));
    const changed = dense !== this.crowd.isDense(zoom);
    for (const marker of this.markers) {
      const now = shown.get(marker.venue.at) ?? [];
      if (changed || now.length !== marker.shown.length || now.some((each, at) => each !== marker.shown[at])) {
        marker.shown = now;
        marker.redraw();
      }
    }
  }

  drawAreas() {
    const { state, gap, page } = this;
    const system = gap.on ? gap.system : state.system;
    const chosen = gap.on ? (this.card?.area ?? state.area) : state.area;
    this.areas.show(system, gap.on ? gap.kind : null, chosen);
    this.labels.put("areas", system === null ? [] : this.areaNames(system));
    const ground = groundNames(page.ground);
    this.labels.put("ground", gap.on ? ground.filter((name) => name.style === "station") : ground);
    const approximate = system !== null && page.systems[system].approximate;
    const context = { ...this.context, approximate, bare: isBare(page.ground) };
    drawLegend(document.getElementById("rm-legend"), context, gap, (change) => this.changeGap(change));
  }

  /** Give the names of the areas; of many areas, those that are wide enough for theirs. */
  areaNames(system) {
    const { areas, points } = this.page.systems[system];
    return areas.map((text, at) => {
      const bounds = areas.length > MANY_AREAS ? this.areas.polygons[at].getBounds() : null;
      const within = bounds?.isValid() ? [bounds.getSouthWest(), bounds.getSouthEast()] : null;
      return { text, style: "area", latlng: latlngs(points[at])[0], within };
    });
  }

  /** Switch the gaps on or off, or choose another kind or system; the list then shows that kind. */
  changeGap({ table = false, ...change }) {
    if (table) return this.openTable();
    const { gap, state, page } = this;
    if (change.on) {
      this.kindsBefore = state.kinds;
      gap.system = state.system ?? page.gaps.systems.findIndex(Boolean);
      const wanted = page.gaps.kinds.findIndex((each) => state.kinds.has(each.kind));
      gap.kind = wanted >= 0 ? wanted : gap.kind;
    }
    Object.assign(gap, change);
    if (this.card?.area !== undefined || this.card?.table) this.closeCard();
    const kinds = gap.on ? new Set([page.gaps.kinds[gap.kind].kind]) : (this.kindsBefore ?? new Set());
    const switched = this.root.classList.contains("rm-with-gaps") !== gap.on;
    this.root.classList.toggle("rm-with-gaps", gap.on);
    this.update(gap.on ? { kinds, system: gap.system, area: gap.system === state.system ? state.area : null } : { kinds });
    if (switched) this.showWhole();
    return undefined;
  }

  // The card

  openResource(resource, from) {
    if (resource.at !== null) {
      this.openVenue(this.venues[resource.at], resource, from);
      this.flyTo(this.venues[resource.at].latlng, 15.5);
      return;
    }
    const place = el("p", {}, placeText(resource, this.venues, this.say));
    const parts = [el("div", { class: "rm-venue" }, place), activity(resource, this.context, false)];
    this.openCard({ resource }, resource.name, parts, from);
  }

  openVenue(venue, resource = null, from = null) {
    this.openCard({ venue, resource }, venue.name, venueParts(venue, this.context, resource), from);
    const current = this.box.querySelector('[aria-current="true"]');
    if (current) current.parentElement.scrollTop = current.offsetTop - current.parentElement.offsetTop - 8;
  }

  openArea(at) {
    const { page, say, gap } = this;
    const parts = areaParts(page, gap.system, at, gap.kind, say);
    this.openCard({ area: at }, page.systems[gap.system].areas[at], parts);
    this.flyTo(latlngs(page.systems[gap.system].points[at])[0]);
  }

  openTable() {
    const { page, say, gap } = this;
    const label = page.kinds[page.gaps.kinds[gap.kind].kind].label;
    const table = areaTable(page, gap.system, gap.kind, say, (at) => this.openArea(at));
    this.openCard({ table: true }, `${say("gaps_table")}（${label}）`, [table]);
  }

  openCard(card, title, parts, from = null) {
    const before = document.activeElement;
    this.returnTo = from ?? (this.box.contains(before) ? this.returnTo : before);
    this.card = card;
    this.setView("map");
    drawCard(this.box, title, parts, this.context);
    this.root.classList.add("rm-with-card");
    this.select(card.venue ?? null, card.resource);
    if (this.gap.on) this.drawAreas();
  }

  closeCard() {
    this.box.hidden = true;
    this.card = null;
    this.root.classList.remove("rm-with-card");
    this.select(null);
    if (this.gap.on) this.drawAreas();
    const target = this.returnTo?.isConnected && this.returnTo !== document.body ? this.returnTo : null;
    const visible = target && target.getClientRects().length && getComputedStyle(target).visibility !== "hidden";
    (visible ? target : this.map.getContainer()).focus({ preventScroll: true });
  }

  /** Mark the venue of the open card, and more lightly the other venues of its activities. */
  select(venue, resource = null) {
    const about = resource ? [resource] : (venue?.resources ?? []);
    const related = new Set(about.flatMap((each) => this.context.siblings(each)).map((each) => each.at));
    for (const marker of this.markers) {
      const selected = marker.venue === venue;
      const near = !selected && related.has(marker.venue.at);
      if (selected !== marker.selected || near !== marker.related) {
        Object.assign(marker, { selected, related: near });
        marker.redraw();
      }
    }
    if (venue) this.markerOf.get(venue.at).bringToFront();
    this.markEntry();
  }

  markEntry() {
    const { venue, resource } = this.card ?? {};
    const ids = new Set((resource ? [resource] : (venue?.resources ?? [])).map((each) => each.id));
    for (const entry of document.querySelectorAll(".rm-entry")) {
      if (ids.has(entry.dataset.id)) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    }
  }

  /** Bring a place into the part of the map that the card leaves free. */
  flyTo(latlng, nearest = 0) {
    const { map } = this;
    const zoom = Math.max(map.getZoom(), nearest);
    const stage = map.getContainer().getBoundingClientRect();
    const card = this.box.getBoundingClientRect();
    const below = card.width > stage.width * 0.7;
    const legend = below || !this.gap.on ? 0 : document.getElementById("rm-legend").getBoundingClientRect().width;
    const shift = below ? [0, card.height / 2] : [(card.width - legend) / 2, 0];
    const centre = map.unproject(map.project(latlng, zoom).add(shift), zoom);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) map.setView(centre, zoom, { animate: false });
    else map.flyTo(centre, zoom, { duration: 0.6 });
  }

  // Views

  buildViews() {
    for (const button of document.querySelectorAll(".rm-tabs button")) {
      button.addEventListener("click", () => this.setView(button.dataset.view));
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.card) this.closeCard();
    });
    fitPaper(this.map, this.root, () => this.showWhole());
    new ResizeObserver(() => this.map.invalidateSize({ animate: false })).observe(this.map.getContainer());
  }

  setView(view) {
    this.root.dataset.view = view;
    for (const button of document.querySelectorAll(".rm-tabs button")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
  }
}
