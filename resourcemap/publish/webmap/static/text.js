// Words and elements. Text of users reaches the page only through `el`, as text nodes.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element; attributes that are null or false are left out, children may be text, elements or null. */
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function svgEl(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Return text that Leaflet may take for HTML. */
function asHtml(text) {
  return el("span", {}, text).innerHTML;
}

/** Make `say(word, values)`, which fills {n} and the like; numbers are written as the language does. */
function speaker(words, language) {
  const number = new Intl.NumberFormat(language);
  const write = (value) => (typeof value === "number" ? number.format(value) : value);
  return (word, values = {}) =>
    words[word].replace(/\{(\w+)\}/g, (blank, name) => (name in values ? write(values[name]) : blank));
}

/** Fold what people may type differently: width, case, ひらがな and カタカナ, hyphens, spaces. */
function fold(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[‐‑‒–—―−]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
}

/** Write "2026-04-01" as a date of the language; anything else stays as it is. */
function dateText(text, say) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return text;
  const [year, month, day] = found.slice(1).map((part) => String(Number(part)));
  return say("date", { year, month, day });
}

/** Write a share in whole percent; never 0 or 100 when it is not. */
function percent(part, whole) {
  const share = (100 * part) / whole;
  if (share > 0 && share < 1) return "<1";
  if (share > 99 && share < 100) return ">99";
  return String(Math.round(share));
}
