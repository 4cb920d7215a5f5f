// Shows how far a publication is, without the page being opened again; when it has ended, it is.
"use strict";
const job = document.getElementById("job");
async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return setTimeout(look, 5000);
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
  if (!now || !("atWork" in now.dataset)) return location.reload();
  const [bar, words] = [now.querySelector("progress"), now.querySelector("#job-words")];
  const shown = job.querySelector("progress");
  shown.max = bar.max;
  if (bar.hasAttribute("value")) shown.value = bar.value;
  job.querySelector("#job-words").textContent = words.textContent;
  setTimeout(look, 1000);
}
setTimeout(look, 1000);
