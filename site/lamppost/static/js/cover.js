// Lets one draw on a photo what is to be covered: a box that is drawn fills the first empty row of
// numbers. Without it the numbers are typed, and the buttons do the rest.
"use strict";
const photo = document.querySelector(".cover");
let drawn;
let from;

function rows() {
  return [...document.querySelectorAll(".cover-row")].map((row) => [...row.querySelectorAll("input")]);
}

function at(event) {
  const { left, top, width, height } = photo.getBoundingClientRect();
  const inside = (part) => Math.min(100, Math.max(0, part * 100));
  return [inside((event.clientX - left) / width), inside((event.clientY - top) / height)];
}

function box(to) {
  const [left, top] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
  return [left, top, Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])];
}

function show([left, top, width, height]) {
  Object.assign(drawn.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
}

photo.addEventListener("pointerdown", (event) => {
  if (!event.isPrimary || event.button || !rows().some((row) => row.every((one) => !one.value))) return;
  event.preventDefault();
  photo.setPointerCapture(event.pointerId);
  from = at(event);
  drawn = document.createElement("span");
  drawn.className = "cover__box";
  photo.append(drawn);
  show(box(from));
});
photo.addEventListener("pointermove", (event) => drawn && show(box(at(event))));
photo.addEventListener("pointercancel", () => {
  drawn?.remove();
  drawn = undefined;
});
photo.addEventListener("pointerup", (event) => {
  if (!drawn) return;
  const made = box(at(event));
  const row = rows().find((one) => one.every((input) => !input.value));
  if (made[2] < 0.5 || made[3] < 0.5 || !row) drawn.remove();
  else row.forEach((input, n) => (input.value = made[n].toFixed(1)));
  drawn = undefined;
});
photo.classList.add("cover--drawn-on");
document.getElementById("cover-hint").hidden = false;
