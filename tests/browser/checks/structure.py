"""What a page is made of: headings, landmarks, tables, pictures, and parts that name others."""

from __future__ import annotations

from playwright.sync_api import Page

_HEADINGS = """() => {
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const found = headings.filter((e) => !e.textContent.trim()).map((e) => `empty ${e.tagName}`);
  const first = headings.filter((e) => e.tagName === "H1").length;
  if (first !== 1) found.push(`${first} h1`);
  headings.reduce((level, e) => {
    const next = Number(e.tagName[1]);
    if (next > level + 1) found.push(`a jump from ${level} to ${next}: ${look.name(e)}`);
    return next;
  }, 0);
  return found;
}"""

_LANDMARKS = """() => {
  const found = [];
  const inside = "article, aside, main, nav, section";
  const outer = (kind) => [...document.querySelectorAll(kind)].filter((e) => !e.closest(inside));
  const asked = { header: outer("header"), main: [...document.querySelectorAll("main")] };
  if (!document.body.matches(".plain")) asked.footer = outer("footer");
  for (const [kind, all] of Object.entries(asked)) {
    if (all.length !== 1) found.push(`${all.length} ${kind}`);
  }
  const named = (e) => e.getAttribute("aria-label")
    || (e.getAttribute("aria-labelledby") || "").split(" ")
      .map((id) => document.getElementById(id)?.textContent.trim() || "").join(" ").trim();
  const names = [...document.querySelectorAll("nav")].map(named);
  if (names.some((name) => !name)) found.push("a nav without a name");
  if (new Set(names).size < names.length) found.push("two navs of the same name");
  return found;
}"""

_REFERENCES = """() => {
  const found = [];
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const twice = ids.filter((id, n) => ids.indexOf(id) < n);
  if (twice.length) found.push(`twice the same id: ${twice}`);
  const known = new Set(ids);
  for (const kind of ["for", "headers", "aria-labelledby", "aria-describedby", "aria-controls",
    "aria-owns", "aria-details", "aria-errormessage", "aria-activedescendant", "form", "list"]) {
    for (const e of document.querySelectorAll(`[${kind}]`)) {
      for (const id of e.getAttribute(kind).split(" ")) {
        if (!known.has(id)) found.push(`${kind} names nothing: ${look.name(e)}`);
      }
    }
  }
  for (const e of document.querySelectorAll("a[href^='#']")) {
    const id = e.getAttribute("href").slice(1);  // a link in a picture has no hash
    if (!known.has(id)) found.push(`a link to no part: ${look.name(e)}`);
  }
  return found;
}"""

_TABLES = """() => [...document.querySelectorAll("table:not([role='presentation'])")]
  .filter((table) => !table.querySelector("th"))
  .map((table) => `no th in ${look.name(table)}`)"""

# A picture that needs so many words is a picture of words.
_PICTURES = """() => [...document.querySelectorAll("img, input[type='image']")]
  .filter((e) => !e.closest("figure") && e.alt.trim().split(/\\s+/).length >= 3)
  .map((e) => `words as a picture: ${e.alt}`)"""


def headings(page: Page) -> list[str]:
    """One ``h1``, no level left out, none empty (1.3.1, 2.4.6)."""
    return list(page.evaluate(_HEADINGS))


def landmarks(page: Page) -> list[str]:
    """One header, main part and footer, and each nav with a name of its own (1.3.1, 2.4.1)."""
    return list(page.evaluate(_LANDMARKS))


def references(page: Page) -> list[str]:
    """No id twice, and nothing that names or leads to a part that is not there (1.3.1, 4.1.2)."""
    return list(page.evaluate(_REFERENCES))


def tables(page: Page) -> list[str]:
    """Every table of data has heading cells, a small one too (1.3.1)."""
    return list(page.evaluate(_TABLES))


def pictures(page: Page) -> list[str]:
    """No text stands as a picture (1.4.5)."""
    return list(page.evaluate(_PICTURES))
