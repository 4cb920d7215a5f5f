// Lets a question come and go with the answers before it. The server decides what is asked when the
// page is sent; conditions mean the same here (docs/questions.md).
"use strict";
const plain = (a) => ((a = Array.isArray(a) ? a.join(" ") : a), a === "" ? null : a);
const truth = (a) => (Array.isArray(a) ? a.length > 0 : Boolean(a));
const either = (a, b, sort) => typeof a === sort || typeof b === sort;
const keys = (a) => (Array.isArray(a) ? a : String(plain(a) ?? "").split(/\s+/).filter(Boolean));
const number = (a) =>
  typeof a === "string" && !/^\s*-?\d{1,18}(\.\d{1,9})?\s*$/.test(a) ? null : a === null ? a : Number(a);

function equal(a, b) {
  [a, b] = [plain(a), plain(b)];
  if (a === null || b === null) return a === b;
  if (either(a, b, "boolean")) return truth(a) === truth(b);
  return either(a, b, "number") ? number(a) === number(b) : a === b;
}

function ordered(a, b, compare) {
  [a, b] = [plain(a), plain(b)];
  if (either(a, b, "boolean")) return compare(truth(a), truth(b));
  [a, b] = [number(a), number(b)];
  return a !== null && b !== null && compare(a, b);
}

const DOES = {
  value: (a) => a,
  or: (a, b) => truth(a) || truth(b),
  and: (a, b) => truth(a) && truth(b),
  not: (a) => !truth(a),
  "=": equal,
  "!=": (a, b) => !equal(a, b),
  "<": (a, b) => ordered(a, b, (c, d) => c < d),
  "<=": (a, b) => ordered(a, b, (c, d) => c <= d),
  ">": (a, b) => ordered(a, b, (c, d) => c > d),
  ">=": (a, b) => ordered(a, b, (c, d) => c >= d),
  selected: (a, b) => keys(a).includes(String(b)),
  "count-selected": (a) => keys(a).length,
};

function value([does, ...of], answer) {
  if (does === "answer") return answer(of[0]);
  return DOES[does](...(does === "value" ? of : of.map((one) => value(one, answer))));
}

function answerIn(form) {
  return (name) => {
    const found = [...form.querySelectorAll(`[name="${name}"]`)];
    const chosen = found.filter((one) => !("checked" in one) || one.checked || one.options);
    const given = chosen.map((one) => one.value);
    return found[0]?.type === "checkbox" && found.length > 1 ? given : (given[0] ?? null);
  };
}

function follow(form) {
  const places = [...form.querySelectorAll("[data-when]")].map((place) => {
    const away = place.querySelector("template");
    const nodes = [...(away ? away.content : place).childNodes];
    place.replaceChildren(...(away ? [] : nodes));
    return { place, nodes, name: place.dataset.name, when: JSON.parse(place.dataset.when) };
  });
  const field = form.elements.shown;
  const update = () => {
    const shown = new Set(field.value.split(" "));
    for (const { place, nodes, name, when } of places) {
      const asks = truth(value(when, answerIn(form)));
      if (asks !== place.hasChildNodes()) place.replaceChildren(...(asks ? nodes : []));
      shown[asks ? "add" : "delete"](name);
    }
    field.value = [...shown].join(" ");
  };
  form.addEventListener("change", update);
  addEventListener("pageshow", update);
  update();
}

follow(document.querySelector("[data-when]").closest("form"));
