"""Whether a page can be worked: by keyboard, by finger, without dragging, and in peace."""

from __future__ import annotations

from playwright.sync_api import Page

# What has the focus already is not brought into sight by getting it, and a page may still be
# scrolling: so nothing has it when this begins.
_FOCUS = """() => {
  const found = [];
  const stops = look.stops();
  document.activeElement.blur();
  for (const e of stops) {
    if (e.tabIndex > 0) found.push(`a place of its own in the order: ${look.name(e)}`);
    e.focus();
    if (document.activeElement !== e) {
      found.push(`the focus is held before ${look.name(e)}`);
      break;
    }
    const tab = new KeyboardEvent("keydown", { key: "Tab", bubbles: true, cancelable: true });
    if (!e.dispatchEvent(tab)) found.push(`Tab does not lead on from ${look.name(e)}`);
    if (!look.outlined(e)) found.push(`nothing shows the focus: ${look.name(e)}`);
    const box = e.getClientRects()[0];  // a link may go over two lines
    if (!box || box.bottom <= 0 || box.top >= innerHeight || box.width < 1) {
      found.push(`out of sight: ${look.name(e)}`);
      continue;
    }
    const at = document.elementFromPoint(
      Math.min(Math.max(box.left + Math.min(box.width, 20) / 2, 0), innerWidth - 1),
      Math.min(Math.max(box.top + Math.min(box.height, 20) / 2, 0), innerHeight - 1));
    // The marks of a map may overlap.
    const free = at && (e.contains(at) || at.contains(e) || at.closest("svg")?.contains(e));
    if (!free) found.push(`covered by ${at && look.name(at)}: ${look.name(e)}`);
  }
  const lost = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((e) => e.tabIndex < 0 && !e.closest("svg") && look.shown(e));
  found.push(...lost.map((e) => `the keyboard does not come to ${look.name(e)}`));
  scrollTo(0, 0);
  document.activeElement.blur();
  return found;
}"""

# In forced colours shadows and backgrounds vanish: the outline has to show the focus.
_FORCED_FOCUS = """() => {
  const kinds = new Map(look.stops().map((e) => [`${e.tagName}.${e.getAttribute("class")}`, e]));
  const found = [];
  for (const e of kinds.values()) {
    e.focus({ preventScroll: true });
    if (!look.outlined(e)) found.push(`nothing shows the focus: ${look.name(e)}`);
  }
  document.activeElement.blur();
  return found;
}"""

_LEAST = 24
_TARGETS = """(least) => {
  const centre = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const small = (box) => box.width < least - 0.1 || box.height < least - 0.1;
  const all = [...document.querySelectorAll(look.reach)]
    .filter((e) => look.shown(e) && !e.matches("main, .skip, [role='region']"))
    .map((e) => ({ e, box: e.getBoundingClientRect() }));
  const inText = ({ e }) => {
    if (getComputedStyle(e).display !== "inline" || e.closest("svg")) return false;
    let block = e.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    return block.textContent.trim().length > e.textContent.trim().length;
  };
  const near = (one, other) => {
    const [x, y] = centre(one.box);
    const dx = Math.max(other.box.left - x, 0, x - other.box.right);
    const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
    const [ox, oy] = centre(other.box);
    return Math.hypot(dx, dy) < least / 2 - 0.1
      || (small(other.box) && Math.hypot(x - ox, y - oy) < least - 0.1);
  };
  const crowded = all.filter((one) => small(one.box) && !inText(one))
    .filter((one) => all.some((other) => other.e !== one.e && !one.e.contains(other.e)
      && !other.e.contains(one.e) && near(one, other)));
  const lead = ({ e }) => e.getAttribute("href");
  const good = all.filter((one) => !crowded.includes(one)).map(lead);
  return crowded.filter((one) => !lead(one) || !good.includes(lead(one)))
    .map(({ e, box }) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${look.name(e)}`);
}"""

_DRAGGED = """() => {
  const parts = [...document.querySelectorAll("[draggable='true']"), ...look.dragged];
  const around = (e) => e.closest?.("figure, form, [role='group']") || e;
  return parts.filter((e) => !around(e).querySelector("button, input, select"))
    .map((e) => `only by dragging: ${e.tagName ? look.name(e) : "the page"}`);
}"""

# What a pointer or the focus brings up has to stay and to go at will: so nothing is brought up,
# but the link that skips to the main part.
_BROUGHT_UP = """() => look.rules()
  .filter(({ rule: { selectorText } }) => /:(hover|focus)/.test(selectorText)
    && !/^\\.skip:focus/.test(selectorText))
  .filter(({ rule }) => ["display", "visibility", "opacity", "clip-path", "content",
    "inset-block-start", "block-size", "max-block-size", "height", "max-height"]
    .some((one) => rule.style.getPropertyValue(one)))
  .map(({ rule }) => rule.selectorText)"""

_MOVING = """() => {
  const kinds = "video[autoplay], audio[autoplay], marquee, blink, meta[http-equiv='refresh']";
  const found = [...document.querySelectorAll(kinds)].map(look.name);
  found.push(...document.getAnimations().map((one) => `moves: ${look.name(one.effect.target)}`));
  const scrolls = getComputedStyle(document.documentElement).scrollBehavior;
  return scrolls === "smooth" ? [...found, "scrolls smoothly"] : found;
}"""

_ENDLESS = """() => document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime > 5000)
  .map((one) => `moves for more than five seconds: ${look.name(one.effect.target)}`)"""


def focus(page: Page) -> list[str]:
    """The focus comes everywhere, is seen, uncovered, and led on (2.1.1, 2.1.2, 2.4.7, 2.4.11)."""
    page.keyboard.press("Tab")  # from here on the page knows that it is worked by keyboard
    return list(page.evaluate(_FOCUS))


def forced_focus(page: Page) -> list[str]:
    """The focus is seen in forced colours too (2.4.7)."""
    return list(page.evaluate(_FORCED_FOCUS))


def targets(page: Page) -> list[str]:
    """What is pressed has 24 px, or stands alone, in a sentence, or elsewhere too (2.5.8)."""
    return list(page.evaluate(_TARGETS, _LEAST))


def dragging(page: Page) -> list[str]:
    """What can be dragged can be done without (2.5.7)."""
    return list(page.evaluate(_DRAGGED))


def hover(page: Page) -> list[str]:
    """Neither pointer nor focus brings anything up (1.4.13)."""
    return list(page.evaluate(_BROUGHT_UP))


def stillness(page: Page) -> list[str]:
    """Nothing moves for those who asked for stillness (2.3.3)."""
    return list(page.evaluate(_MOVING))


def movement(page: Page) -> list[str]:
    """Nothing moves for more than five seconds (2.2.2)."""
    return list(page.evaluate(_ENDLESS))
