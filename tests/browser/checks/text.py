"""How words are drawn: large enough, and dark enough on what stands behind them."""

from __future__ import annotations

from playwright.sync_api import Page

# Notes to the text, captions and figures in tables may be smaller; nothing may be tiny.
_SIZES = """() => {
  const aside = ".quiet, .count, .fresh, .proof, .note, code, .code, .differs, .sample-mark, "
    + ".kicker, [class$='__facts'], [class$='__meaning'], [class$='__note'], [class$='__day'], "
    + "[class$='__caption'], [class$='__foot'], [class$='__hint'], table, nav, figure, .sign, "
    + ".facts dt";
  const found = [];
  for (const { e, words, style } of look.runs()) {
    const size = parseFloat(style.fontSize);
    const body = words.length > 40 && e.closest("main") && e.closest("p, li, dd, blockquote");
    if (size < (body && !e.closest(aside) ? 17.9 : 13.9)) found.push(`${size} px: ${look.name(e)}`);
  }
  return found;
}"""

_CONTRAST = """() => {
  const found = [];
  for (const { e, style } of look.runs()) {
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ground = look.ground(e);
    const ratio = look.contrast(look.over(look.colour(style.color), ground), ground);
    if (ratio < (large ? 4.5 : 7)) found.push(`${ratio.toFixed(1)} to 1: ${look.name(e)}`);
  }
  for (const e of document.querySelectorAll("input, select, textarea")) {
    const ground = look.ground(e.parentElement);
    const edge = look.over(look.colour(getComputedStyle(e).borderTopColor), ground);
    const shown = look.shown(e) && e.type !== "hidden";
    if (shown && look.contrast(edge, ground) < 3) found.push(`a faint edge: ${look.name(e)}`);
  }
  return found;
}"""

# A colour alone is not seen by everybody.
_LINKS = """() => [...document.querySelectorAll("main p a[href], main dd a[href], main li a[href]")]
  .filter((e) => look.shown(e) && !e.closest("nav, svg") && look.own(e.parentElement).length > 20)
  .filter((e) => {
    const style = getComputedStyle(e);
    return style.display === "inline" && !style.textDecorationLine.includes("underline")
      && parseFloat(style.borderBlockEndWidth) < 1;
  })
  .map(look.name)"""

# In forced colours the reader's own colours are drawn; only what opts out of them can be wrong.
_FORCED = """() => [...document.querySelectorAll("body, body *")]
  .filter((e) => getComputedStyle(e).forcedColorAdjust === "none" && !e.closest("svg"))
  .map(look.name)"""


def sizes(page: Page) -> list[str]:
    """Running text has 18 px and more, nothing less than 14."""
    return list(page.evaluate(_SIZES))


def contrast(page: Page) -> list[str]:
    """Words stand out 7 to 1, large ones 4.5 to 1, edges of fields 3 to 1 (1.4.6, 1.4.11)."""
    return list(page.evaluate(_CONTRAST))


def links(page: Page) -> list[str]:
    """Links in a text are underlined (1.4.1)."""
    return list(page.evaluate(_LINKS))


def forced(page: Page) -> list[str]:
    """Nothing opts out of the colours that a reader forces (1.4.1, 1.4.11)."""
    return list(page.evaluate(_FORCED))
