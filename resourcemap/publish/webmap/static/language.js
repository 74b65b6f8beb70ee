// Languages: what the page says, how it writes numbers and dates, and readings above kanji.

const LANGUAGE_NAMES = { ja: "日本語", "ja-easy": "やさしい日本語", en: "English", zh: "中文", ko: "한국어" };
const LOCALES = { "ja-easy": "ja", zh: "zh-Hans" };
const FORMATS = { en: "en-GB" }; // 4 November 2026
const JAPANESE = /[\u3041-\u30fa\u3400-\u9fff\uff66-\uff9f々〆]/;
const BLANK = /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g; // {n}, or {n:place|places}: the word for one or for several
const SAID = { say: null, "say-label": "aria-label", "say-placeholder": "placeholder", "say-title": "title" };
const KANJI = /[\u3400-\u9fff々]/;
const OWN = "[data-say], .rm-own";
const GIVEN = ".rm-given, [data-given], .rm-read, ruby, option, svg";

/** Return the language as browsers and screen readers know it. */
function localeOf(language) {
  return LOCALES[language] ?? language;
}

/** Make `say(word, values)`, which fills {n} and the like; numbers, dates and lists are written as the language does. */
function speaker(words, language) {
  const locale = FORMATS[language] ?? localeOf(language);
  const number = new Intl.NumberFormat(locale);
  const plural = new Intl.PluralRules(locale);
  const list = new Intl.ListFormat(locale, { type: language === "en" ? "unit" : "conjunction" }); // A, B, C
  const write = (value) => (typeof value === "number" ? number.format(value) : value);
  const fill = (values) => (blank, name, one, several) => {
    if (!(name in values)) return blank;
    if (several === undefined) return write(values[name]);
    return plural.select(Number(values[name])) === "one" ? one : several;
  };
  const say = (word, values = {}) => words[word].replace(BLANK, fill(values));
  return Object.assign(say, {
    language,
    list: (items) => list.format(items),
    date: dateWriter(locale, { dateStyle: "long" }),
    month: dateWriter(locale, { year: "numeric", month: "long" }),
    day: dateWriter(locale, { month: "long", day: "numeric", weekday: "short" }),
  });
}

/** Say a word whose blanks are elements; returns texts and these elements in the order of the language. */
function sayAround(say, word, elements) {
  const parts = say(word).split(/\{(\w+)\}/);
  return parts.map((part, at) => (at % 2 ? elements[part] : part)).filter((part) => part !== "");
}

/** Make a function that writes "2026-04-01" as a date of the language; anything else stays as it is. */
function dateWriter(locale, style) {
  let format = null; // slow to make, and not every page writes every kind of date
  return (text) => {
    format ??= new Intl.DateTimeFormat(locale, { ...style, timeZone: "UTC" });
    const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
    return Number.isNaN(day) ? text : format.format(day);
  };
}

function dateText(text, say) {
  return say.date(text);
}

/** Say every marked word again, in the language of `say`, and tell the browser which language that is. */
function sayAll(root, say) {
  for (const [mark, attribute] of Object.entries(SAID)) {
    for (const element of root.querySelectorAll(`[data-${mark}]`)) {
      const text = say(element.getAttribute(`data-${mark}`));
      if (attribute) element.setAttribute(attribute, text);
      else element.textContent = text;
    }
  }
  for (const element of root.querySelectorAll("[data-given]")) markLanguage(element);
  const heading = root.querySelector("h1[data-given]");
  if (heading) document.title = say("page_title", { title: heading.textContent });
  const page = document.documentElement;
  page.lang = localeOf(say.language);
  page.dataset.language = say.language;
}

/** Show what somebody wrote, as it is; a screen reader reads Japanese as Japanese, whatever the page speaks. */
function given(text) {
  return markLanguage(el("span", { class: "rm-given" }, text));
}

function markLanguage(element) {
  if (JAPANESE.test(element.textContent)) element.lang = "ja";
  return element;
}

/** Show a name that somebody gave, with the kana beside it above its kanji; where the two do not fit, above all of it. */
function givenWithKana(name, kana) {
  const shown = given("");
  const runs = name.match(/[\u3400-\u9fff々〆ヶ]+|[^\u3400-\u9fff々〆ヶ]+/g) ?? [];
  const escaped = (run) => fold(run).replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "\\s*");
  const few = kana.length <= 60 && runs.filter((run) => KANJI.test(run)).length <= 4; // more ways to divide them than time
  const fits = new RegExp(`^${runs.map((run) => (KANJI.test(run) ? "(.+?)" : `\\s*${escaped(run)}\\s*`)).join("")}$`);
  const readings = few ? fits.exec(fold(kana))?.slice(1) : null;
  const above = (text, reading) => el("ruby", {}, text, el("rt", { "aria-hidden": "true" }, reading));
  if (!KANJI.test(name)) shown.append(name);
  else if (readings) shown.append(...runs.map((run) => (KANJI.test(run) ? above(run, readings.shift()) : run)));
  else shown.append(above(name, kana));
  return markLanguage(shown);
}

/** Make what is chosen at the head of the page: the language, and readings where it is Japanese. */
function readingChoices({ page, state, update, say }) {
  const made = [];
  if (page.languages.length > 1) made.push(languageChoice(page, state, update));
  if (page.readings && localeOf(state.language) === "ja") {
    const press = () => update({ ruby: !state.ruby });
    const attributes = { id: "rm-ruby", type: "button", "aria-pressed": String(Boolean(state.ruby)), onclick: press };
    made.push(el("button", attributes, say("furigana")));
  }
  keepFocus(made);
  return made;
}

/** Make the select of languages, each named in itself. */
function languageChoice(page, state, update) {
  const options = page.languages.map((each) =>
    el("option", { value: each, lang: localeOf(each), selected: each === state.language }, LANGUAGE_NAMES[each]),
  );
  const label = speaker(page.words[state.language], state.language)("language");
  const choice = el("select", { id: "rm-language", "aria-label": label, onchange: () => update({ language: choice.value }) }, ...options);
  return el("span", { class: "rm-language" }, globe(), choice);
}

/** A globe says "language" to those who cannot read the page yet. */
function globe() {
  const d = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3.5 9h17M3.5 15h17M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18";
  const drawing = svgEl("svg", { viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true" });
  drawing.append(svgEl("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 1.6 }));
  return drawing;
}

/** Elements made anew take the focus of those with the same id, as soon as they are in the page. */
function keepFocus(made) {
  const { id } = document.activeElement ?? {};
  if (!id || !made.some((each) => each.id === id || each.querySelector(`#${id}`))) return;
  queueMicrotask(() => document.getElementById(id)?.focus({ preventScroll: true }));
}

// Readings above kanji

/** Put readings above the kanji of the page's own words below `root`; without readings, take them away again. */
function annotate(root, readings) {
  if (!readings) {
    for (const read of root.querySelectorAll(".rm-read")) unread(read);
    return;
  }
  const own = [...(root.matches(OWN) ? [root] : []), ...root.querySelectorAll(OWN)];
  for (const element of own) readOver(element, readings);
}

function readOver(element, readings) {
  if (element.closest(GIVEN)) return;
  for (const node of [...element.childNodes]) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (KANJI.test(node.data)) node.replaceWith(el("span", { class: "rm-read" }, withReadings(node.data, readings)));
    } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(GIVEN)) readOver(node, readings);
  }
}

function unread(read) {
  for (const above of read.querySelectorAll("rt")) above.remove();
  read.replaceWith(read.textContent);
}

/**
 * Write a text with readings above its kanji. Of words that begin at the same letter the longest holds, and one of a
 * single kanji only where no other kanji is beside it. `numbers` are readings behind a figure, `alone` those of letters
 * without neighbours.
 */
function withReadings(text, readings) {
  const made = document.createDocumentFragment();
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const found = readingAt(text, at, readings);
    if (found) {
      if (plain) made.append(plain);
      made.append(...rubyOf(...found));
      plain = "";
    } else plain += text[at];
    at += found ? found[0].length : 1;
  }
  if (plain) made.append(plain);
  return made;
}

/** Return the word that begins at a letter, and its reading. */
function readingAt(text, at, { words, numbers, alone }) {
  const [before, letter, after] = [text[at - 1] ?? "", text[at], text[at + 1] ?? ""];
  const inNumber = /\d/.test(letter) && /[\d,.]/.test(before);
  for (let length = inNumber ? 0 : Math.min(longestOf(words), text.length - at); length > 1; length -= 1) {
    const part = text.slice(at, at + length);
    if (Object.hasOwn(words, part)) return [part, words[part]];
  }
  if (/\d/.test(before) && Object.hasOwn(numbers, letter)) return [letter, numbers[letter]];
  const isAlone = /^[(（・]?$/.test(before) && /^[)）・]?$/.test(after);
  if (isAlone && Object.hasOwn(alone, letter)) return [letter, alone[letter]];
  const isPart = KANJI.test(before) || KANJI.test(after);
  return !isPart && Object.hasOwn(words, letter) ? [letter, words[letter]] : null;
}

function longestOf(words) {
  if (!longestOf.known.has(words)) longestOf.known.set(words, Math.max(0, ...Object.keys(words).map((word) => word.length)));
  return longestOf.known.get(words);
}
longestOf.known = new WeakMap();

/** Put a reading above a word, not above the kana at its ends. Screen readers know the reading, so they pass over it. */
function rubyOf(word, reading) {
  let [start, end] = [0, 0];
  while (word[start] === reading[start]) start += 1;
  while (word.at(-1 - end) === reading.at(-1 - end)) end += 1;
  const above = el("rt", { "aria-hidden": "true" }, reading.slice(start, reading.length - end));
  const ruby = el("ruby", { class: "rm-ruby" }, word.slice(start, word.length - end), above);
  return [word.slice(0, start), ruby, word.slice(word.length - end)].filter(Boolean);
}
