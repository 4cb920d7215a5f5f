// Saves a text by itself a while after the last key, to the form's own address; and keeps the page
// told of who else has it open. Without it everything works by the button.
"use strict";
const form = document.querySelector("form[data-autosave]");
const told = document.getElementById("autosave");
const WAIT = 5000; // milliseconds after the last key
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
}

form.addEventListener("input", () => {
  typedAt = Date.now();
  clearTimeout(timer);
  timer = setTimeout(save, WAIT);
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
