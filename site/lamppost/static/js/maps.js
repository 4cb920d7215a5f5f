// Shows the buttons of maps. What they do is fetched when somebody turns to the map or its list.
for (const figure of document.querySelectorAll(".map")) {
  let moving;
  const wake = () => (moving ??= import("./static/js/map.js").then((map) => map.moving(figure)));
  for (const kind of ["pointerover", "focusin"]) {
    figure.parentElement.addEventListener(kind, wake, { once: true });
  }
  const tools = figure.querySelector(".map__tools");
  tools.addEventListener("click", (event) => wake().then((press) => press(event.target.dataset.key)));
  figure.classList.add("map--moves");
}
