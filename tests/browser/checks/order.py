"""Whether the page is read in the order in which it is seen, with and without its styles."""

from __future__ import annotations

from playwright.sync_api import Page

# What comes later in the page stands lower, or further along the same row. Compared are the parts
# that stand side by side in what holds them both, since a row of cards is read card by card.
_COLUMN = """() => {
  const found = [];
  const afloat = (e) => e && (/absolute|fixed|sticky/.test(getComputedStyle(e).position)
    || afloat(e.parentElement));
  // What is drawn as its contents alone has no place of its own.
  const place = (e) => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const isContents = getComputedStyle(e).display === "contents";
    return (isContents ? range : e).getBoundingClientRect();
  };
  let before = null;
  for (const { e } of look.runs()) {
    if (afloat(e)) continue;
    if (before && !before.contains(e) && !e.contains(before)) {
      let [first, second] = [before, e];
      while (!first.parentElement.contains(e)) first = first.parentElement;
      while (second.parentElement !== first.parentElement) second = second.parentElement;
      const [one, two] = [place(first), place(second)];
      const row = two.top < one.bottom - 1 && one.top < two.bottom - 1;
      if (two.bottom <= one.top + 1 || (row && two.right <= one.left + 1)) {
        found.push(`${look.name(e)} is seen before ${look.name(before)}`);
      }
    }
    before = e;
  }
  return found;
}"""

# The map stands beside its list, whose links are the same: which is read first is all one.
_MAY = [".map"]
_ASKED = """(may) => [...document.body.querySelectorAll("*")]
  .filter((e) => !may.some((one) => e.matches(one)))
  .filter((e) => {
    const style = getComputedStyle(e);
    return style.order !== "0" || /reverse/.test(style.flexDirection + style.flexWrap);
  })
  .map((e) => `another order: ${look.name(e)}`)"""

# Words that a style adds are not there for those who read without styles, and cannot be selected.
_ADDED = """() => [...document.body.querySelectorAll("*")].flatMap((e) => ["::before", "::after"]
  .filter((part) => {
    const written = getComputedStyle(e, part).content.match(/"[^"]*"/g) || [];
    return /\\p{L}{2}/u.test(written.join(""));
  })
  .map((part) => `${part} adds words: ${look.name(e)}`))"""


def column(page: Page) -> list[str]:
    """In one column the order of the page is the order that is seen (1.3.2, 2.4.3)."""
    return list(page.evaluate(_COLUMN))


def order(page: Page) -> list[str]:
    """No style asks for another order, and none adds words (1.3.1, 1.3.2)."""
    return [*page.evaluate(_ASKED, _MAY), *page.evaluate(_ADDED)]
