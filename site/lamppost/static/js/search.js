// Searches the site's own small indexes. The server sees which index is asked for: the first two
// letters of a street, or a code. Nothing else that is typed leaves the page.
"use strict";
const ALPHABET = "0123456789BCDFGHJKMNPQRSTVWXYZ";
const MOST = 40;
const form = document.getElementById("search");
const list = document.getElementById("results");
const status = document.getElementById("count");
const kinds = JSON.parse(list.dataset.kinds);
const files = new Map();
let asked = 0;

function load(address) {
  if (!files.has(address)) {
    files.set(address, fetch(address).then((answer) => (answer.ok ? answer.json() : [])));
  }
  return files.get(address);
}

// The same folding as the server's: no case, no accents of Latin, no marks of invisible width.
function folded(words) {
  return words
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, "")
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .trim();
}

function shardOf(word) {
  return [...word].slice(0, 2).map((c) => c.codePointAt(0).toString(16)).join("-");
}

async function pagesWith(words, index) {
  return index.pages
    .map((page) => ({ page, at: words.map((word) => page.w.indexOf(word)) }))
    .filter(({ at }) => at.every((n) => n >= 0))
    .sort((a, b) => Math.min(...a.at) - Math.min(...b.at))
    .map(({ page }) => page);
}

async function devicesAt(words, index) {
  const first = words.map((word) => word.match(/[\p{L}\p{M}\p{N}]+/u)?.[0] || "").filter((w) => w.length > 1);
  const shards = first.map(shardOf).filter((name) => index.shards.includes(name));
  if (!shards.length) return [];
  const streets = await load(form.dataset.streets.replace("SHARD", shards[0]));
  return streets
    .filter(([location]) => words.every((word) => location.includes(word)))
    .flatMap(([, [location, devices]]) =>
      devices.map(([code, technology]) => ({
        u: form.dataset.device.replace("CODE", code),
        t: location,
        k: "device",
        s: `${index.technologies[technology] || ""} · ${code}`,
      })),
    );
}

// As in find.js: only a sound code is asked for, since the server sees what is asked for.
function codeFrom(typed, prefix) {
  let bare = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  if (bare.length === 7 + prefix.length && bare.startsWith(prefix)) bare = bare.slice(prefix.length);
  bare = bare.replace(/O/g, "0").replace(/[IL]/g, "1");
  if (bare.length !== 7) return "";
  let carry = 30;
  for (const character of bare.slice(0, 6)) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return "";
    carry = (((carry + value) % 30 || 30) * 2) % 31;
  }
  return (carry + ALPHABET.indexOf(bare[6])) % 30 === 1 ? bare : "";
}

async function deviceWith(typed) {
  const code = codeFrom(typed, form.dataset.prefix);
  if (!code) return [];
  const address = form.dataset.device.replace("CODE", code);
  const there = await fetch(address, { method: "HEAD" });
  return there.ok ? [{ u: address, t: code, k: "device", s: "" }] : [];
}

function shown(result) {
  const item = document.createElement("li");
  const link = item.appendChild(document.createElement("a"));
  link.href = result.u;
  link.textContent = result.t;
  const kind = item.appendChild(document.createElement("span"));
  kind.className = "results__kind";
  kind.textContent = kinds[result.k];
  if (result.s) item.appendChild(document.createElement("p")).textContent = result.s;
  return item;
}

async function search() {
  const turn = ++asked;
  const typed = form.elements.q.value;
  const words = folded(typed).split(" ").filter(Boolean);
  if (!words.length) {
    list.replaceChildren();
    status.textContent = "";
    return;
  }
  const index = await load(form.dataset.index);
  const found = (
    await Promise.all([deviceWith(typed), pagesWith(words, index), devicesAt(words, index)])
  ).flat();
  if (turn !== asked) return;
  list.replaceChildren(...found.slice(0, MOST).map(shown));
  status.textContent = !found.length
    ? status.dataset.none
    : status.dataset.some.replace("{count}", found.length) +
      (found.length > MOST ? ` ${status.dataset.more.replace("{count}", MOST)}` : "");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `#q=${encodeURIComponent(form.elements.q.value)}`);
  search();
});
form.elements.q.addEventListener("input", search);
for (const link of document.querySelectorAll(".languages__link")) {
  link.addEventListener("click", () => {
    link.hash = form.elements.q.value && `q=${encodeURIComponent(form.elements.q.value)}`;
  });
}
// A form elsewhere on the site sends its words as ?q=; they move behind # and out of sight of servers.
const given = new URLSearchParams(location.search).get("q") ?? new URLSearchParams(location.hash.slice(1)).get("q");
if (given) {
  form.elements.q.value = given;
  history.replaceState(null, "", `${location.pathname}#q=${encodeURIComponent(given)}`);
  search();
}
