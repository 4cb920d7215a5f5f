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


def test_nothing_sticks_out_or_is_cut(path, visit):
    page = visit(path, viewport={"width": 320, "height": 640})
    found = {"320 px": page.evaluate(BEYOND) + page.evaluate(CUT)}
    page.set_viewport_size({"width": 640, "height": 800})
    page.add_style_tag(content="html { font-size: 200% }")
    found["text twice as large"] = page.evaluate(BEYOND) + page.evaluate(CUT)
    assert {way: told for way, told in found.items() if told} == {}
