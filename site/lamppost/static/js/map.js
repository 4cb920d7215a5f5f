// Moves a map and brings it closer: by buttons, keys, drag, pinch, and the wheel with Ctrl. A mark
// that stands for several devices opens as soon as there is room. Without this the map is whole.
// Nothing glides, so there is no motion to be spared.
const SVG = "http://www.w3.org/2000/svg";
const APART = 28; // as in maps.py
const LEAST_METRES = 100; // across the picture, as close as it gets

function part(name, attributes, ...inside) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

function within(least, value, most) {
  return Math.min(Math.max(value, least), most);
}

// Each device goes to the nearest mark before it, or makes its own; as the server does.
function grouped(devices, scale) {
  const groups = [];
  for (const device of devices) {
    let nearest;
    let least = APART / scale;
    for (const group of groups) {
      const away = Math.hypot(group[0].x - device.x, group[0].y - device.y);
      if (away < least) [nearest, least] = [group, away];
    }
    if (nearest) nearest.push(device);
    else groups.push([device]);
  }
  return groups;
}

function roundLength(metres) {
  const power = 10 ** Math.floor(Math.log10(metres));
  return power * [5, 2, 1].find((step) => step * power <= metres);
}

export function moving(figure) {
  const picture = figure.querySelector(".map__picture");
  const marks = picture.querySelector(".map__marks");
  const told = figure.querySelector(".map__told");
  const excerpt = figure.querySelector(".map__excerpt");
  const { width, height } = picture.viewBox.baseVal;
  const [metres, bar] = picture.dataset.scale.split(" ").map(Number);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const whole = excerpt && ["x", "y", "width", "height"].map((key) => Number(excerpt.getAttribute(key)));
  const devices = [...figure.parentElement.querySelectorAll("[data-spot]")].map((item) => {
    const [x, y, kind, status] = item.dataset.spot.split(" ");
    return { item, x: Number(x), y: Number(y), status, link: item.querySelector("a"), shape: () => shape(kind, status) };
  });
  const most = Math.max(1, (metres / bar) * width / LEAST_METRES);
  const made = new Map(); // the mark of each device that leads a group
  for (const mark of marks.children) made.set(/\w+(?=\/?$)/.exec(mark.getAttribute("href"))[0], mark);
  let groups = grouped(devices, 1);
  let streets = null;
  let [scale, left, top] = [1, 0, 0]; // what is in view begins at left, top of the whole picture

  function shape(kind, status) {
    const over = picture.querySelector(`#sign-${status}`);
    return [
      part("use", { href: `#kind-${kind}` }),
      ...(over ? [part("use", { class: "shape__sign", href: `#sign-${status}` })] : []),
    ];
  }

  function nameOf(group) {
    const place = group[0].link.textContent;
    if (group.length === 1) {
      const facts = group[0].item.querySelector(".devices__facts").textContent.trim();
      return `${place}, ${facts.split(/ ·\s+/).join(", ")}`;
    }
    const same = group.every((device) => device.link.textContent === place);
    const words = picture.dataset[same ? "at" : "around"];
    return words.replace("{num}", numbers.format(group.length)).replace("{place}", place);
  }

  function markOf(group) {
    const [device] = group;
    const { id } = device.item;
    const many = group.length > 1;
    const mark = made.get(id) || part("a", {});
    made.set(id, mark);
    if (mark.dataset.stands !== String(group.length)) {
      mark.dataset.stands = group.length;
      mark.setAttribute("class", many ? "map__mark" : `map__mark shape--${device.status}`);
      mark.setAttribute("href", many ? `#${id}` : device.link.getAttribute("href"));
      const drawn = many
        ? [part("circle", { class: "map__many", r: 11 }), part("text", {}, numbers.format(group.length))]
        : device.shape();
      mark.replaceChildren(part("title", {}, nameOf(group)), part("circle", { class: "map__target", r: 14 }), ...drawn);
    }
    const [x, y] = [(device.x - left) * scale, (device.y - top) * scale];
    mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    return mark;
  }

  function isSeen({ x, y }) {
    return x >= left && x <= left + width / scale && y >= top && y <= top + height / scale;
  }

  function drawMarks() {
    const held = marks.contains(document.activeElement) ? document.activeElement : null;
    const holder = held && groups.find((group) => made.get(group[0].item.id) === held);
    groups = grouped(devices, scale);
    const shown = groups.filter(([first]) => isSeen(first));
    marks.replaceChildren(...shown.map(markOf));
    if (held) {
      const now = shown.find((group) => group.includes(holder[0]));
      (now ? made.get(now[0].item.id) : picture).focus({ preventScroll: true });
    }
    return shown.flat().length;
  }

  function drawGround() {
    const length = roundLength(((metres / bar) * width) / scale / 4);
    const step = (length / metres) * bar * scale;
    let grid = "";
    for (let x = step - ((left * scale) % step); x < width; x += step) grid += `M${x} 0v${height}`;
    for (let y = step - ((top * scale) % step); y < height; y += step) grid += `M0 ${y}h${width}`;
    picture.querySelector(".map__grid").setAttribute("d", grid);
    picture.querySelector(".map__ground")?.setAttribute("transform", `scale(${scale / 2}) translate(${-2 * left} ${-2 * top})`);
    for (const name of picture.querySelectorAll(".map__names text")) {
      const [x, y] = [Number(name.getAttribute("x")), Number(name.getAttribute("y"))];
      name.setAttribute("transform", `translate(${(x - left) * scale - x} ${(y - top) * scale - y})`);
    }
    picture.querySelector(".map__scale path").setAttribute("d", `M12 ${height - 11}v5h${step}v-5`);
    const words = length >= 1000 ? `${numbers.format(length / 1000)} km` : `${numbers.format(length)} m`;
    picture.querySelector(".map__scale text").textContent = words;
    if (excerpt) {
      excerpt.setAttribute("x", whole[0] + (whole[2] * left) / width);
      excerpt.setAttribute("y", whole[1] + (whole[3] * top) / height);
      excerpt.setAttribute("width", whole[2] / scale);
      excerpt.setAttribute("height", whole[3] / scale);
    }
    return words;
  }

  function draw() {
    left = within(0, left, width - width / scale);
    top = within(0, top, height - height / scale);
    picture.classList.toggle("map__picture--near", scale > 1);
    const [length, shown] = [drawGround(), drawMarks()];
    told.textContent = told.dataset.words
      .replace("{shown}", numbers.format(shown))
      .replace("{all}", numbers.format(devices.length))
      .replace("{length}", length);
  }

  // What lies at x, y of the picture stays there.
  function bringCloser(by, x, y) {
    const to = within(1, scale * by, most);
    left += x / scale - x / to;
    top += y / scale - y / to;
    scale = to;
    draw();
  }

  function moveBy(x, y) {
    left += x / scale;
    top += y / scale;
    draw();
  }

  function at(event) {
    const box = picture.getBoundingClientRect();
    return [((event.clientX - box.left) * width) / box.width, ((event.clientY - box.top) * height) / box.height];
  }

  // The street map takes the drawn one's place, and gives it back.
  async function toggleStreets() {
    const button = figure.querySelector("[data-key=streets]");
    button.dataset.show ??= button.textContent;
    if (streets) {
      streets.remove();
      streets = null;
      draw();
    } else {
      told.textContent = button.dataset.loading;
      try {
        const { streetMap } = await import(button.dataset.script);
        streets = await streetMap(picture, devices, button.dataset, nameOf);
        told.textContent = "";
      } catch (error) {
        console.warn(error);
        told.textContent = button.dataset.failed;
      }
    }
    picture.classList.toggle("map__picture--away", Boolean(streets));
    button.textContent = streets ? button.dataset.back : button.dataset.show;
  }

  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function press(key) {
    if (!key) return;
    if (key === "streets") toggleStreets();
    else if (streets) streets.press(key);
    else move(key);
  }

  function move(key) {
    const led = groups.find(([first]) => made.get(first.item.id) === document.activeElement);
    const about = led ? [(led[0].x - left) * scale, (led[0].y - top) * scale] : [width / 2, height / 2];
    if (key in WAYS) moveBy(WAYS[key][0] * width / 4, WAYS[key][1] * height / 4);
    else if (key === "0") bringCloser(0, 0, 0);
    else bringCloser(key === "-" ? 0.5 : 2, ...about);
  }

  picture.addEventListener("keydown", (event) => {
    const key = event.key === "=" ? "+" : event.key;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if ("+-0".includes(key) || (key in WAYS && scale > 1)) {
      event.preventDefault();
      press(key);
    }
  });
  picture.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      bringCloser(2 ** within(-1, -event.deltaY / 100, 1), ...at(event));
    },
    { passive: false },
  );

  // One pointer drags, two pinch; a click that ends a drag follows no link.
  const pointers = new Map();
  let dragged = 0;
  picture.addEventListener("dragstart", (event) => event.preventDefault());
  picture.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!pointers.size) dragged = 0;
    pointers.set(event.pointerId, at(event));
  });
  picture.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = at(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    dragged += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (dragged < 4) return;
    picture.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, now);
    if (other) {
      const apart = ([x, y]) => Math.max(1, Math.hypot(x - other[0], y - other[1]));
      bringCloser(apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    } else if (scale > 1) {
      moveBy(before[0] - now[0], before[1] - now[1]);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    window.addEventListener(end, (event) => pointers.delete(event.pointerId));
  }
  picture.addEventListener("click", (event) => dragged >= 4 && event.detail && event.preventDefault());

  // What is pointed at or focused here is shown there too.
  function light(event) {
    const item = event.target.closest("[data-spot]");
    const mark = event.target.closest(".map__mark");
    const found = groups.find((group) =>
      group.some((device) => device.item === item || (mark && made.get(group[0].item.id) === mark)),
    );
    for (const group of groups) {
      made.get(group[0].item.id)?.classList.toggle("map__mark--lit", group === found && Boolean(item));
      for (const device of group) device.item.classList.toggle("devices__item--lit", group === found && !item);
    }
  }
  for (const kind of ["pointerover", "focusin"]) figure.parentElement.addEventListener(kind, light);

  picture.setAttribute("tabindex", "-1");
  return press;
}
