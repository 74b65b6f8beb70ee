// Days and hours for people: the choice of them, what a card says of when it takes place, and a short line for the list.

const FIRST_HOUR = 6;
const LAST_HOUR = 22;
const YEAR_FROM = 180; // days ahead: dates as far away are written with their year
const DAY_CHOICES = ["today", "now", ...WEEKDAYS];

function dayName(token, say) {
  return say(WEEKDAYS.includes(token) ? `weekday_${token}` : `day_${token}`);
}

// The choice

/** Make chips for today and now (`soon`), chips for the weekdays and selects for the hours; `draw(counts)` shows the state. */
function dayChoices(context) {
  const { say, update } = context;
  const toggle = (token) => {
    const days = new Set(context.state.days);
    if (!days.delete(token)) days.add(token);
    update({ days });
  };
  const chips = new Map(DAY_CHOICES.map((token) => [token, makeChip(dayLabel(token, say), () => toggle(token))]));
  const from = timeSelect("rm-from", say, (minutes) => update({ from: minutes, ...laterThan(minutes, context.state.to) }));
  const to = timeSelect("rm-to", say, (minutes) => update({ to: minutes }));
  const element = el(
    "fieldset",
    { class: "rm-choice rm-day-choice" },
    el("legend", { class: "rm-own" }, say("days")),
    el("div", { class: "rm-chips" }, ...WEEKDAYS.map((token) => chips.get(token).button)),
    el(
      "div",
      { class: "rm-areas rm-times" },
      el("label", {}, el("span", { class: "rm-own" }, say("time_from")), " ", from),
      el("label", {}, el("span", { class: "rm-own" }, say("time_to")), " ", to),
    ),
  );
  const draw = (counts) => {
    const { state } = context;
    for (const [token, chip] of chips) drawChip(chip, state.days.has(token), counts.get(token) ?? 0);
    showTime(from, state.from);
    showTime(to, state.to);
    for (const option of to.options) option.disabled = option.value !== "" && state.from !== null && Number(option.value) <= state.from;
  };
  return { element, soon: el("div", { class: "rm-chips" }, chips.get("today").button, chips.get("now").button), draw };
}

/** A weekday is short for the eye and whole for the ear. */
function dayLabel(token, say) {
  if (!WEEKDAYS.includes(token)) return [dayName(token, say)];
  return [
    el("span", { class: "rm-hidden" }, say(`weekday_long_${token}`)),
    el("span", { "aria-hidden": "true" }, dayName(token, say)),
  ];
}

function timeSelect(id, say, apply) {
  const hours = Array.from({ length: LAST_HOUR - FIRST_HOUR + 1 }, (_, at) => (FIRST_HOUR + at) * 60);
  return select([[null, say("any_time")], ...hours.map((minutes) => [minutes, timeText(minutes)])], null, apply, { id });
}

/** Show a time; one that came with the address and is no full hour gets its own place. */
function showTime(made, minutes) {
  const value = String(minutes ?? "");
  const options = [...made.options];
  if (!options.some((option) => option.value === value)) {
    const after = options.find((option) => option.value !== "" && Number(option.value) > minutes) ?? null;
    made.insertBefore(el("option", { value }, timeText(minutes)), after);
  }
  made.value = value;
}

/** An end that is not after the new beginning is let go. */
function laterThan(from, to) {
  return from !== null && to !== null && to <= from ? { to: null } : {};
}

// What is said of a row

/** Make what a card says of when a row takes place; nothing where there is neither text nor timetable. */
function scheduleParts(row, { store, days, say, language }) {
  const text = store.get("schedule", row);
  const parts = text ? [given(text)] : [];
  if (!days) return parts;
  const written = days.written(row, language);
  if (written) parts.push(el("span", { class: "rm-written rm-own", lang: localeOf(language) }, written));
  if (!store.suspended[row]) parts.push(...datesOf(row, days, say));
  return parts;
}

function datesOf(row, days, say) {
  const [now, next] = [days.now(row), days.next(row)];
  const sign = { open: "open_now", today: "open_today" }[now];
  const note = (word, values) => el("span", { class: "rm-note rm-own" }, say(word, values));
  const dates = next.map(({ date, spans }) => el("li", {}, `${dayOf(date, days, say)} `, hoursText(spans, say)));
  return [
    sign ? el("span", { class: `rm-tag rm-own rm-${now}` }, say(sign)) : null,
    next.length ? el("span", { class: "rm-next-word rm-own" }, say("next_dates")) : null,
    next.length ? el("ul", { class: "rm-next-dates rm-own" }, ...dates) : null,
    next.length ? null : note(noDates(row, now, days), { date: say.date(days.until()) }),
    next.length && days.isUnsure(row) ? note("dates_partly") : null,
    next.length && next.length < 3 && days.goesOn(row) ? note("dates_known_until", { date: say.date(days.until()) }) : null,
    ...(next.length ? days.assumed(row) : []).map((what) => note(`assumed_${what}`)),
  ].filter(Boolean);
}

/** Name why there is no next date: it is over, its days are not known, or those known have run out. */
function noDates(row, now, days) {
  if (now === "over") return "next_none";
  return days.hasDates(row) ? "dates_run_out" : "dates_unknown";
}

/** Say in a short line when a row is on, now or next; null where that is not known. */
function nextText(row, { days, say }) {
  const now = days.now(row);
  if (now === "over") return say("next_none");
  const [next] = days.next(row, 1);
  if (!next) return now === "open" ? say("open_now") : null;
  const hours = next.spans ? hoursText(next.spans, say) : "";
  const sign = next.date === days.today() ? { open: "open_now", today: "open_today" }[now] : now === "open" ? "open_now" : null;
  if (sign) return `${say(sign)} ${next.date === days.today() ? hours : ""}`.trim();
  return say("next_is", { date: `${dayOf(next.date, days, say)} ${hours}`.trim() });
}

/** Write a day with its weekday, one far ahead with its year. */
function dayOf(date, days, say) {
  const ahead = dayNumber(date) - dayNumber(days.today());
  return ahead >= YEAR_FROM && date.slice(0, 4) !== days.today().slice(0, 4) ? say.date(date) : say.day(date);
}

function hoursText(spans, say) {
  return spans ? say.list(spans.map((span) => spanText(span, say))) : say("hours_unknown");
}

function spanText([start, end], say) {
  if (start === 0 && end === DAY_MINUTES) return say("hours_all_day");
  const values = { from: timeText(start), to: end > DAY_MINUTES ? say("time_next_day", { time: timeText(end - DAY_MINUTES) }) : timeText(end) };
  if (end === null) return say("hours_from", values);
  return start === null ? say("hours_to", values) : say("hours", values);
}

function timeText(minutes) {
  return minutes === null ? "" : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
