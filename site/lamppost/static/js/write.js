// Saves a text by itself a while after the last key, to the form's own address; and keeps the page
// told of who else has it open. Below, what readers will see, as long as somebody looks at it.
// Without it everything works by the buttons.
"use strict";
const form = document.querySelector("form[data-autosave]");
const told = document.getElementById("autosave");
const live = document.getElementById("live");
const WAIT = 5000; // milliseconds after the last key …
const WAIT_LIVE = 1000; // … while the preview is open
const LOOK = 60000; // how often it looks who else is here …
const IDLE = 600000; // … while somebody types: a visit has to end by itself
let timer;
let saved = "unsaved" in form.dataset ? "" : typed();
let typedAt = Date.now();

function typed() {
  const data = new FormData(form);
  data.delete("seen");
  data.delete("csrf_token");
  return JSON.stringify([...data]);
}

function take(page) {
  for (const id of ["others", "remarks"]) {
    const [here, there] = [document.getElementById(id), page.getElementById(id)];
    if (here && there && here.innerHTML !== there.innerHTML) here.replaceWith(there);
  }
}

async function save() {
  const now = typed();
  if (now === saved) return;
  told.textContent = form.dataset.saving;
  const answer = await fetch(location.href, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer?.ok || !answer.redirected) {
    told.textContent = form.dataset.failed;
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const seen = page.querySelector("form[data-autosave] [name=seen]");
  if (!seen) {
    told.textContent = form.dataset.failed;
    return;
  }
  form.elements.seen.value = seen.value;
  saved = now;
  take(page);
  told.textContent = form.dataset.saved;
  await show();
}

async function show() {
  if (!live.open) return;
  const answer = await fetch(live.dataset.from).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  live.querySelector(".live").replaceChildren(...page.querySelector("main").childNodes);
}
live.addEventListener("toggle", show);
live.hidden = false;

form.addEventListener("input", () => {
  typedAt = Date.now();
  clearTimeout(timer);
  timer = setTimeout(save, live.open ? WAIT_LIVE : WAIT);
});
window.addEventListener("beforeunload", (event) => {
  if (typed() !== saved && !form.dataset.sent) event.preventDefault();
});
form.addEventListener("submit", () => {
  clearTimeout(timer);
  form.dataset.sent = "yes";
});
setInterval(async () => {
  if (document.hidden || Date.now() - typedAt > IDLE) return;
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) take(new DOMParser().parseFromString(await answer.text(), "text/html"));
}, LOOK);

// The tools put Markdown around what is selected; what a word processor copies comes back as Markdown.
const tools = document.querySelector(".tools");
const area = document.getElementById(tools.dataset.for);
tools.hidden = false;

function put(words, from, to, start, end) {
  area.focus();
  area.setRangeText(words, from, to, "end");
  area.setSelectionRange(start, end);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function use(tool) {
  const { selectionStart: from, selectionEnd: to } = area;
  const { before, after } = tool.dataset;
  const words = area.value.slice(from, to);
  put(before + words + after, from, to, from + before.length, from + before.length + words.length);
}

tools.addEventListener("click", (event) => {
  const tool = event.target.closest("button");
  if (tool) use(tool);
});
area.addEventListener("keydown", (event) => {
  if (!event.ctrlKey || event.altKey || event.shiftKey) return;
  const tool = tools.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!tool) return;
  event.preventDefault();
  use(tool);
});
area.addEventListener("paste", async (event) => {
  const html = event.clipboardData.getData("text/html");
  if (!html) return;
  event.preventDefault();
  const plain = event.clipboardData.getData("text/plain");
  const { selectionStart: from, selectionEnd: to } = area;
  const sent = new FormData();
  sent.append("csrf_token", form.elements.csrf_token.value);
  sent.append("html", html);
  const answer = await fetch(tools.dataset.paste, { method: "POST", body: sent }).catch(() => null);
  const words = answer?.ok && !answer.redirected ? await answer.text() : plain;
  put(words, from, to, from + words.length, from + words.length);
});
