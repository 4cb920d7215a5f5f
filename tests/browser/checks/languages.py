"""Passages in another language are marked, and Khmer has room for its tall letters."""

from __future__ import annotations

from playwright.sync_api import Page

# Small words that only one of the languages has; a passage with three of them, and none of its
# own language's, is not in the language it is said to be in.
_MARKED = """() => {
  const small = {
    en: ["the", "and", "of", "is", "are", "this", "that", "with", "which", "not", "to", "for"],
    es: ["el", "los", "las", "una", "del", "que", "por", "con", "para", "esta", "y", "se"],
    tl: ["ang", "ng", "mga", "sa", "ay", "nang", "ito", "hindi", "kung", "para"],
  };
  const khmer = /[\\u1780-\\u17d3]/;
  const found = [];
  const count = (words, code) => words.filter((word) => small[code].includes(word)).length;
  for (const { e, words } of look.runs()) {
    const said = e.closest("[lang]")?.lang ?? "";
    if (khmer.test(words) && said !== "km") found.push(`Khmer as ${said}: ${look.name(e)}`);
    const latin = words.toLowerCase().match(/[a-zñáéíóú]+/g) || [];
    if (small[said] && count(latin, said)) continue;
    for (const code of Object.keys(small)) {
      if (code !== said && count(latin, code) >= 3 && new Set(latin).size > 4) {
        found.push(`${code} as ${said}: ${look.name(e)}`);
      }
    }
  }
  const page = document.documentElement.lang;
  if (khmer.test(document.title) && page !== "km") found.push(`Khmer as ${page}: the title`);
  return found;
}"""

_ROOM = """() => {
  const khmer = /[\\u1780-\\u17ff]/;
  const canvas = document.createElement("canvas").getContext("2d");
  const ink = (words, style) => {
    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const box = canvas.measureText(words);
    return box.actualBoundingBoxAscent + box.actualBoundingBoxDescent;
  };
  const found = [];
  for (const { e, words, style } of look.runs()) {
    if (!khmer.test(words)) continue;
    const [line, size] = [parseFloat(style.lineHeight), parseFloat(style.fontSize)];
    const padding = parseFloat(style.paddingBlockStart) + parseFloat(style.paddingBlockEnd);
    const lines = (e.getBoundingClientRect().height - padding) / line;
    const running = e.closest("p, li, dd") && !e.closest("h1, h2, h3, .level") && words.length > 60;
    if (running && lines > 1.5 && line / size < 1.795) {
      found.push(`lines ${(line / size).toFixed(2)} high: ${look.name(e)}`);
    }
    if (lines > 1.5 && ink(words, style) > line + 1) found.push(`lines overlap: ${look.name(e)}`);
    for (let box = e; box && box !== document.body; box = box.parentElement) {
      const held = /hidden|clip/.test(getComputedStyle(box).overflowY);
      if (held && box.clientHeight + 1 < ink(words, style)) {
        found.push(`letters are cut: ${look.name(e)}`);
      }
    }
  }
  return found;
}"""


def languages(page: Page) -> list[str]:
    """Every passage is in the language it is said to be in (3.1.1, 3.1.2)."""
    return list(page.evaluate(_MARKED))


def khmer(page: Page) -> list[str]:
    """Khmer stands in lines of 1.8 and more, which no letter leaves, and no letter is cut."""
    return list(page.evaluate(_ROOM))
