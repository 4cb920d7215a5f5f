"""Markdown to safe HTML. This is the only module that imports bleach and nh3.

Three gates, since any one of them may have a hole: markdown-it-py with raw HTML off, bleach with an
allowlist, and nh3 with the same list as the last. The content security policy is the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import bleach
import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = frozenset(
    [
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "a",
        "em",
        "strong",
        "code",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
        "br",
        "span",
    ]
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "blockquote": {"lang", "dir"},
    "ol": {"start"},
    "span": {"lang", "dir"},
    "table": {"tabindex"},
}
PROTOCOLS = frozenset({"https", "http", "mailto", "tel"})

LANGUAGE = "lang:"
"""How the address starts of what is no link but words of another language: ``[words](lang:en)``."""

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def html(
    markdown: str,
    link: Callable[[str], str] | None = None,
    *,
    quoted: str = "",
    place: Callable[[str], Markup] | None = None,
) -> Markup:
    """``markdown`` (CommonMark with tables) as HTML that holds nothing outside the allowlist.

    ``link`` turns an address as written (``page:how-to-read``) into one that can be followed;
    ``quoted`` is the language of quotations, where it is another than the text's; ``place`` makes
    what stands for a paragraph that is an image, ``![](chart:visits)``, of its address.
    """
    tokens = _markdown.parse(markdown)
    if place is None:
        return _cleaned(tokens, link, quoted)
    parts, start = [], 0
    for at, address in _alone(tokens):
        parts += [_cleaned(tokens[start:at], link, quoted), place(address)]
        start = at + _PARAGRAPH
    return Markup("").join([*parts, _cleaned(tokens[start:], link, quoted)])


_PARAGRAPH = 3
"""Of how many tokens a paragraph is: its start, what stands in it, its end."""


def _alone(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """Where paragraphs start that are an image and nothing else, and the image's address."""
    for at, token in enumerate(tokens):
        if token.type == "paragraph_open" and token.level == 0:
            children = tokens[at + 1].children or []
            if [child.type for child in children] == ["image"]:
                yield at, str(children[0].attrGet("src"))


def _cleaned(tokens: list[Token], link: Callable[[str], str] | None, quoted: str) -> Markup:
    for token in tokens:
        _mark_languages(token.children or [])
        if token.type == "blockquote_open" and quoted:
            token.attrSet("lang", quoted)
            token.attrSet("dir", "auto")
        if token.type == "table_open":
            # It may be wider than a phone, and the keyboard scrolls only what it can come to.
            token.attrSet("tabindex", "0")
        for child in token.children or ():
            if child.type == "link_open" and child.tag == "a" and link:
                child.attrSet("href", link(str(child.attrGet("href"))))
    rendered = _markdown.renderer.render(tokens, _markdown.options, {})
    cleaned = bleach.clean(
        rendered,
        tags=TAGS,
        attributes={tag: sorted(names) for tag, names in ATTRIBUTES.items()},
        protocols=PROTOCOLS,
    )
    return Markup(  # noqa: S704 - the last gate has just cleaned it
        nh3.clean(
            cleaned,
            tags=set(TAGS),
            attributes=ATTRIBUTES,
            url_schemes=set(PROTOCOLS),
            link_rel=None,
        )
    )


def cleaned(html: str, more: frozenset[str] = frozenset()) -> str:
    """HTML from elsewhere with nothing outside the allowlist, and ``more`` bare tags besides."""
    return nh3.clean(
        html,
        tags={*TAGS, *more},
        clean_content_tags={"script", "style", "title", "xml"},
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=set(PROTOCOLS),
        link_rel=None,
    )


def _mark_languages(tokens: list[Token]) -> None:
    is_open = False  # links hold no links, so the next end is this one's
    for token in tokens:
        address = str(token.attrGet("href"))
        if token.type == "link_open" and address.startswith(LANGUAGE):
            is_open, token.tag = True, "span"
            token.attrs = {"lang": address.removeprefix(LANGUAGE), "dir": "auto"}
        elif token.type == "link_close" and is_open:
            is_open, token.tag = False, "span"


# The checks of a record ask for the links, the images and the headings of the same texts.
@lru_cache(maxsize=2_000)
def _tokens(markdown: str) -> list[Token]:
    """A text's tokens, to be looked at and not changed."""
    return _markdown.parse(markdown)


def headings(markdown: str) -> list[tuple[int, str]]:
    """The headings of a text, each with its level, from 1."""
    tokens = _tokens(markdown)
    return [
        (int(token.tag[1]), following.content)
        for token, following in pairwise(tokens)
        if token.type == "heading_open"
    ]


def placed(markdown: str) -> list[str]:
    """The addresses of images that are a paragraph of their own, as they are written."""
    return [address for _, address in _alone(_tokens(markdown))]


def images(markdown: str) -> list[tuple[str, str]]:
    """The addresses of all images as they are written, and the words for each."""
    return [
        (str(child.attrGet("src")), child.content)
        for token in _tokens(markdown)
        for child in token.children or ()
        if child.type == "image"
    ]


def links(markdown: str) -> list[str]:
    """The addresses that a text links to, as they are written."""
    return [
        str(child.attrGet("href"))
        for token in _tokens(markdown)
        for child in token.children or ()
        if child.type == "link_open"
    ]


class Mark(NamedTuple):
    """A heading, link or image of a text, on the line where its paragraph begins, from 1."""

    kind: str
    line: int
    words: str
    address: str = ""
    level: int = 0


def marks(markdown: str) -> list[Mark]:
    """The headings, links and images of a text, in their order."""
    tokens, found = _tokens(markdown), []
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            line = (token.map or [0])[0] + 1
            found.append(Mark("heading", line, following.content, level=int(token.tag[1])))
    for token in tokens:
        line = (token.map or [0])[0] + 1
        children = token.children or []
        for at, child in enumerate(children):
            if child.type == "image":
                address = str(child.attrGet("src"))
                found.append(Mark("image", line, child.content, address))
            elif child.type == "link_open":
                ends = (n for n, one in enumerate(children) if n > at and one.type == "link_close")
                inside = children[at + 1 : next(ends)]
                words = "".join(one.content for one in inside)
                found.append(Mark("link", line, words, str(child.attrGet("href"))))
    return sorted(found, key=lambda mark: mark.line)
