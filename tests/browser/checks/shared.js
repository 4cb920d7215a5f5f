// What the checks share in a page: what is shown, how it is called, which styles apply.
window.look = {
  reach: "a[href], button, input, select, textarea, summary, [tabindex]",

  name(e) {
    const words = (e.textContent || e.getAttribute("name") || "").trim().replace(/\s+/g, " ");
    const mark = e.getAttribute("class");
    return `${e.tagName.toLowerCase()}${mark ? "." + mark.replace(/ /g, ".") : ""} “${words.slice(0, 40)}”`;
  },

  shown(e) {
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    if (e.closest(".visually-hidden")) return false;
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.bottom + scrollY > 0;
  },

  // The words that stand in an element itself, not in one inside it.
  own(e) {
    const texts = [...e.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    return texts.map((node) => node.data).join(" ").replace(/\s+/g, " ").trim();
  },

  // Every element that is shown and has words of its own, in the order of the page.
  runs() {
    return [...document.body.querySelectorAll("*")]
      .filter((e) => !e.closest("svg, script, noscript, template") && look.own(e) && look.shown(e))
      .map((e) => ({ e, words: look.own(e), style: getComputedStyle(e) }));
  },

  // What the keyboard comes to, in the order of the page.
  stops() {
    return [...document.querySelectorAll(look.reach)]
      .filter((e) => e.tabIndex >= 0 && !e.matches(":disabled") && (look.shown(e) || e.matches(".skip")));
  },

  // Whether an element that has the focus shows it by a line around it.
  outlined(e) {
    const style = getComputedStyle(e);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  },

  // The rules of all style sheets, those inside others too, with the condition they stand under.
  rules(list = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]), under = "") {
    return list.flatMap((rule) => {
      const here = rule.conditionText ? `${under} ${rule.conditionText}`.trim() : under;
      const inside = rule.cssRules ? look.rules([...rule.cssRules], here) : [];
      return rule.selectorText ? [{ rule, under: here }, ...inside] : inside;
    });
  },

  // A colour as red, green, blue from 0 to 1, and how opaque it is.
  colour(words) {
    const numbers = words.match(/[\d.]+(?:e-?\d+)?/g).map(Number);
    const [r, g, b] = words.startsWith("color(") ? numbers : numbers.map((n) => n / 255);
    return { rgb: [r, g, b], opaque: numbers[3] ?? 1 };
  },

  over(front, back) {
    return front.rgb.map((part, n) => part * front.opaque + back[n] * (1 - front.opaque));
  },

  // What stands behind the words of an element.
  ground(e) {
    const layers = [];
    for (let at = e; at; at = at.parentElement) {
      const layer = look.colour(getComputedStyle(at).backgroundColor);
      if (layer.opaque > 0) layers.push(layer);
      if (layer.opaque === 1) break;
    }
    const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [0.07, 0.07, 0.07] : [1, 1, 1];
    return layers.reduceRight((back, layer) => look.over(layer, back), canvas);
  },

  contrast(one, other) {
    const light = (rgb) => {
      const [r, g, b] = rgb.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [less, more] = [light(one), light(other)].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05);
  },
};

// Which elements listen to a pointer that moves, as what can be dragged does.
look.dragged = new Set();
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (kind, ...rest) {
  if (/^(pointermove|mousemove|touchmove|dragstart)$/.test(kind)) look.dragged.add(this);
  return listen.call(this, kind, ...rest);
};
