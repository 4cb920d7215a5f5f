// Leads from a code that was typed straight to the device; without it the form leads to the lists.
"use strict";
const ALPHABET = "0123456789BCDFGHJKMNPQRSTVWXYZ";

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

const form = document.querySelector("form[data-find]");
if (form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const input = form.elements.code;
    const error = form.querySelector(".form__error");
    const code = codeFrom(input.value, form.dataset.prefix);
    const address = `${form.dataset.find}${code}/`;
    if (code && (await fetch(address, { method: "HEAD" })).ok) {
      location.href = address;
      return;
    }
    error.textContent = form.dataset.wrong;
    error.hidden = false;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  });
}

// Words to search for go behind #, which browsers keep from servers.
const search = document.querySelector("form[role=search]");
if (search) {
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    location.href = `${search.action}#q=${encodeURIComponent(search.elements.q.value)}`;
  });
}
