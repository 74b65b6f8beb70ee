// The texts to copy, made anew whenever a choice changes.

const { words, title, address: known, placeholder } = JSON.parse(document.getElementById("em-data").textContent);
const byId = (id) => document.getElementById(id);
const form = byId("em-form");

/** Write text that stands in a quoted attribute or between tags. */
function escaped(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (letter) => names[letter]);
}

function fill(word, values) {
  return words[word].replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);
}

/** Return the address that was typed, without what a copied one may carry behind #, or null. */
function typedAddress() {
  const typed = byId("em-address").value.trim();
  return /^https:\/\/[^\s/?#]+[^\s]*$/.test(typed) ? typed.replace(/#.*/, "") : null;
}

function draw() {
  const typed = typedAddress();
  const address = typed ?? placeholder;
  const { height, view } = Object.fromEntries(new FormData(form));
  const area = byId("em-area").value;
  const at = (...more) => {
    const parts = [byId("em-kind").value, area, view, ...more].filter(Boolean);
    return parts.length ? `${address}#${parts.join("&")}` : address;
  };
  byId("em-wrong").textContent = typed ? "" : fill("address_wrong", { placeholder });
  byId("em-frame").value =
    `<iframe src="${escaped(at("embed=1"))}" title="${escaped(title)}" width="100%" height="${height}" ` +
    `style="border: 1px solid #d9dcd8" allow="geolocation" loading="lazy"></iframe>`;
  byId("em-link").value = `<a href="${escaped(at())}">${escaped(title)}</a>`;
  byId("em-plain").value = at();
  drawPicture(at());
  drawCodes(typed, area);
}

function drawPicture(address) {
  const file = byId("em-picture-file").value.trim();
  byId("em-picture-made").hidden = !file;
  byId("em-picture").value =
    `<a href="${escaped(address)}"><img src="${escaped(file)}" alt="${escaped(fill("picture_alt", { title }))}" ` +
    `style="max-width: 100%; height: auto"></a>`;
}

/** The codes were made for one address; those of the chosen area, or all. */
function drawCodes(typed, area) {
  const other = known && typed !== known;
  byId("em-other").textContent = other ? fill("codes_other", { address: known }) : "";
  for (const code of document.querySelectorAll(".em-code")) {
    code.hidden = Boolean(area) && code.dataset.part !== area;
  }
}

async function copy(button) {
  const text = byId(button.dataset.copies);
  const said = byId("em-said");
  try {
    await navigator.clipboard.writeText(text.value);
    said.textContent = words.copied;
  } catch {
    text.focus();
    text.select();
    said.textContent = words.selected;
  }
}

for (const button of document.querySelectorAll("[data-copies]")) button.addEventListener("click", () => copy(button));
for (const code of document.querySelectorAll(".em-code")) {
  const link = code.querySelector("a");
  link.href = code.querySelector("img").src;
}
document.addEventListener("input", draw);
form.addEventListener("submit", (event) => event.preventDefault());
draw();
