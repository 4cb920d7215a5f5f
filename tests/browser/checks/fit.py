"""Whether all has its place on a narrow screen, and when text grows (1.4.4, 1.4.10, 1.4.12)."""

from __future__ import annotations

from playwright.sync_api import Page

# What runs from right to left sticks out at the left.
_BEYOND = """() => {
  const wide = document.documentElement.clientWidth;
  const out = (box) => box.right > wide + 1 || box.left < -1;
  const scrolls = (e) =>
    e && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter((e) => out(e.getBoundingClientRect()) && !scrolls(e) && !e.closest("svg"))
    .filter((e) => getComputedStyle(e).clipPath === "none" && e.offsetWidth > 1)
    .map((e) => `sticks out: ${look.name(e)}`);
}"""

_CUT = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((e) => e.childNodes.length && !e.closest("svg") && e.offsetWidth > 1)
  .filter((e) => {
    const style = getComputedStyle(e);
    return (/hidden|clip/.test(style.overflowY) && e.scrollHeight > e.clientHeight + 1)
      || (/hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1);
  })
  .map((e) => `is cut: ${look.name(e)}`)"""

# Words in a drawing are cut where the drawing ends.
_OFF_THE_DRAWING = """() => [...document.querySelectorAll("svg text")]
  .filter((e) => {
    const [words, all] = [e, e.ownerSVGElement].map((one) => one.getBoundingClientRect());
    return words.left < all.left - 1 || words.right > all.right + 1;
  })
  .map((e) => `is cut: ${look.name(e)}`)"""

_TURNED = """() => look.rules()
  .filter(({ rule, under }) => /orientation/.test(under)
    && ["display", "visibility", "transform", "rotate", "writing-mode"]
      .some((one) => rule.style.getPropertyValue(one)))
  .map(({ rule, under }) => `${under}: ${rule.selectorText}`)"""

_ZOOM = """() => [...document.querySelectorAll("meta[name='viewport']")]
  .filter((e) => /user-scalable\\s*=\\s*(no|0)|maximum-scale\\s*=\\s*[0-4](\\D|$)/.test(e.content))
  .map((e) => `no zoom: ${e.content}`)"""


def fit(page: Page) -> list[str]:
    """Nothing sticks out of the page or is cut off."""
    scripts = (_BEYOND, _CUT, _OFF_THE_DRAWING)
    return [found for script in scripts for found in page.evaluate(script)]


def turning(page: Page) -> list[str]:
    """The page may be held either way, and made larger by the fingers (1.3.4, 1.4.4)."""
    return [*page.evaluate(_TURNED), *page.evaluate(_ZOOM)]
