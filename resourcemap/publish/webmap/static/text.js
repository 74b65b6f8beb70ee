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

/** Write a share in whole percent; never 0 or 100 when it is not. */
function percent(part, whole) {
  const share = (100 * part) / whole;
  if (share > 0 && share < 1) return "<1";
  if (share > 99 && share < 100) return ">99";
  return String(Math.round(share));
}

/** Return the day that it is in Japan, as "2026-04-01". */
function todayInJapan() {
  return new Date(Date.now() + 9 * 36e5).toISOString().slice(0, 10);
}

/** Count the whole months between two days, "2026-01-31" and the like; a shorter month ends with its last day. */
function monthsBetween(from, to) {
  const [a, b] = [from, to].map((day) => day.split("-").map(Number));
  const lastOfMonth = b[2] === new Date(Date.UTC(b[0], b[1], 0)).getUTCDate();
  return (b[0] - a[0]) * 12 + b[1] - a[1] - (a[2] > b[2] && !lastOfMonth ? 1 : 0);
}

/** Say how long ago something was. */
function ageText(months, say) {
  const values = { years: Math.floor(months / 12), months: months % 12 };
  if (months < 1) return say("age_within_month");
  if (!values.years) return say("age_months", { n: months });
  return values.months ? say("age_years_months", values) : say("age_years", { n: values.years });
}
