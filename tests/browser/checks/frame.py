"""Where help is: the ways to it stand in the same order on every page (3.2.6)."""

from __future__ import annotations

from playwright.sync_api import Page

# The links of the frame, without their language, compared with those of the English home page.
_HELP = """async () => {
  if (document.body.matches(".plain")) return [];
  const links = (page) => [...page.querySelectorAll("body > header .menu a, body > footer nav a")]
    .map((e) => e.getAttribute("href").replace(/^\\/[a-z]{2}\\//, "/"));
  const home = new DOMParser().parseFromString(await (await fetch("/en/")).text(), "text/html");
  const [here, there] = [links(document), links(home)];
  return here.join() === there.join() ? [] : [`${here} is not ${there}`];
}"""


def help_order(page: Page) -> list[str]:
    """The links of the page's frame are those of every other page, in the same order."""
    return list(page.evaluate(_HELP))
