// Fills the blanks of the letters as one types, and copies a letter. Without this they are filled by
// hand, in the mail program or on paper. Nothing that is typed leaves the page.
"use strict";
const blanks = document.querySelector(".blanks");
const letters = [...document.querySelectorAll(".letter")];

function fill(field) {
  for (const blank of document.querySelectorAll(`.letter__blank[data-blank="${field.id}"]`)) {
    blank.textContent = field.value.trim() || blank.dataset.line;
  }
  for (const letter of letters) address(letter);
}

function words(letter) {
  const parts = letter.querySelectorAll(".letter__text--sent p, .letter__text--sent li");
  return [...parts]
    .map((part) => (part.tagName === "LI" ? "- " : "") + part.textContent.trim())
    .join("\n\n")
    .replaceAll("\n\n- ", "\n- ");
}

function address(letter) {
  const link = letter.querySelector(".letter__mail");
  if (!link) return;
  const body = encodeURIComponent(words(letter).replaceAll("\n", "\r\n"));
  link.href = link.href.replace(/&body=.*/, "&body=" + body);
}

for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
  const field = blanks.querySelector(`[id="${CSS.escape(name)}"]`);
  if (field) field.value = field.maxLength > 0 ? value.slice(0, field.maxLength) : value;
}
for (const field of blanks.querySelectorAll("input")) {
  field.addEventListener("input", () => fill(field));
  if (field.value) fill(field);
}
blanks.addEventListener("submit", (event) => event.preventDefault());
blanks.hidden = false;

for (const letter of letters) {
  const button = letter.querySelector(".letter__copy");
  const told = letter.querySelector(".letter__copied");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words(letter));
    told.textContent = told.dataset.words;
  });
  button.hidden = !navigator.clipboard;
}
