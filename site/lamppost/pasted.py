"""What is pasted from a word processor, as Markdown. The only module with bs4 and markdownify."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from markdownify import markdownify

from .markup import cleaned

_BULLET = re.compile(r"^\s*[·•▪§]\s*")
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+")
_LEVELS = {"h1": "h2", "h5": "h4", "h6": "h4"}


def markdown_of(html: str) -> str:
    """The text of pasted HTML as CommonMark with tables: headings, lists, links, emphasis.

    All else is left out by the same allowlist that pages pass; headings begin at the second level.
    What is nested too deep comes back as its words alone.
    """
    try:
        soup = BeautifulSoup(cleaned(html, frozenset({"b", "i", *_LEVELS})), "html.parser")
        for name, put in _LEVELS.items():
            for tag in soup.find_all(name):
                tag.name = put
        for span in soup.find_all("span"):
            span.unwrap()
        _make_lists(soup)
        made = markdownify(str(soup), heading_style="ATX", bullets="-", table_infer_header=True)
    except RecursionError:
        made = re.sub("<[^>]*>", " ", str(cleaned(html)))
    lines = (line.rstrip() for line in made.replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _make_lists(soup: BeautifulSoup) -> None:
    """Paragraphs that a word processor gave a bullet or a number become items of a list."""
    for paragraph in soup.find_all("p"):
        words = paragraph.get_text().replace("\xa0", " ")
        for sign, kind in ((_BULLET, "ul"), (_NUMBER, "ol")):
            if sign.match(words):
                _make_item(soup, paragraph, sign, kind)
                break


def _make_item(soup: BeautifulSoup, paragraph: Tag, sign: re.Pattern[str], kind: str) -> None:
    before = paragraph.find_previous_sibling()
    if not (isinstance(before, Tag) and before.name == kind and before.get("title") == "made"):
        before = soup.new_tag(kind, attrs={"title": "made"})
        paragraph.insert_before(before)
    for text in paragraph.find_all(string=True):
        plain = text.replace("\xa0", " ")
        if plain.strip():
            text.replace_with(sign.sub("", plain + " ").rstrip(" ") or "")
            break
    paragraph.name = "li"
    before.append(paragraph.extract())
