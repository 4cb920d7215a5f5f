"""Every kind of page on a narrow screen, and with text twice as large (WCAG 1.4.4, 1.4.10)."""

from __future__ import annotations

BEYOND = """() => {
  const wide = document.documentElement.clientWidth;
  const scrolls = (e) =>
    e && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > wide + 1 && !scrolls(e) && !e.closest("svg"))
    .filter((e) => getComputedStyle(e).clipPath === "none" && e.offsetWidth > 1)
    .map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`);
}"""

CUT = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((e) => e.childNodes.length && !e.closest("svg") && e.offsetWidth > 1)
  .filter((e) => /hidden|clip/.test(getComputedStyle(e).overflowY))
  .filter((e) => e.scrollHeight > e.clientHeight + 1)
  .map((e) => `${e.tagName}.${e.className}`)"""


def test_nothing_sticks_out_of_a_screen_320_pixels_wide(path, visit):
    page = visit(path, viewport={"width": 320, "height": 640})
    assert page.evaluate(BEYOND) == []
    assert page.evaluate(CUT) == []


def test_text_twice_as_large_fits(path, visit):
    page = visit(path, viewport={"width": 640, "height": 800})
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate(BEYOND) == []
    assert page.evaluate(CUT) == []
