"""PDFs of briefs: what is read back from them is what the page says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from lamppost.briefs.page import whole_page
from lamppost.i18n import languages
from lamppost.printer import finished
from lamppost.printing import Paper, paper, printed

VISIBLE = """() => {
  for (const link of document.querySelectorAll('a[href^="http"]')) {
    if (new URL(link.href).origin !== location.origin) link.append(` (${link.href})`);
  }
  for (const list of document.querySelectorAll("ol")) {
    if (getComputedStyle(list).listStyleType === "decimal") {
      [...list.children].forEach((item, n) => item.prepend(`${n + 1}. `));
    }
  }
  return document.body.innerText;
}"""
"""The words on paper, where an address stands behind each link that leads elsewhere, and lists
have their numbers."""

HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((heading) => heading.checkVisibility())
  .map((heading) => [Number(heading.tagName[1]), heading.innerText])"""


@pytest.fixture(scope="module")
def papers(site: Path) -> Callable[[str], Paper]:
    """A function that gives a frozen page with all it shows."""

    def fetch(path: str) -> tuple[str, bytes]:
        kinds = {".css": "text/css", ".woff2": "font/woff2"}
        return kinds.get(Path(path).suffix, ""), (site / path.lstrip("/")).read_bytes()

    def found(path: str, size: str = "letter") -> Paper:
        html = (site / path.lstrip("/") / "index.html").read_text("utf-8")
        return paper(path, html, size, fetch)

    return found


def squeezed(words: str) -> str:
    return " ".join(words.replace("\u200b", "").split())


def lines(data: bytes) -> Iterator[str]:
    """The lines of a PDF, in the order in which they are read.

    PDFium takes a hyphen at the end of a line for one that was put there to break the word.
    """
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            text = page.get_textpage().get_text_range().replace("\ufffe", "-")
            yield from filter(None, map(squeezed, text.split("\n")))


def unread(data: bytes, words: str) -> str:
    """What of a text is not read back from a PDF, at the first place where they differ.

    A line of the PDF may end where the text has a space, or none, as between Khmer words.
    """
    left = squeezed(words)
    for line in lines(data):
        if not left.startswith(line):
            return f"{left[:80]!r} is {line!r}"
        left = left.removeprefix(line).lstrip()
    return left


def bookmarks(data: bytes) -> list[tuple[int, str]]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [(one.level, one.get_title()) for one in pdf.get_toc()]


def levels(headings: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(level - 1, squeezed(words)) for level, words in headings]


def embedded(data: bytes) -> bool:
    """Whether all fonts are in the file."""
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        fonts = [o for o in fonts if o.get("/Type") == "/Font" and o.get("/Subtype") != "/Type0"]
        assert fonts
        return all("/CharProcs" in font or "/FontFile2" in font.FontDescriptor for font in fonts)


def check(page: Page, data: bytes, language: str) -> None:
    """A PDF says what the page says, no less and nothing else, and what it is."""
    page.emulate_media(media="print")
    assert bookmarks(data) == levels(page.evaluate(HEADINGS))
    title = page.title()
    assert unread(data, page.evaluate(VISIBLE)) == ""
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.Root.Lang == language
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.docinfo["/Title"] == title
        assert list(pdf.docinfo.keys()) == ["/Title"]
        with pdf.open_metadata() as told:
            assert told["dc:title"] == title
            assert set(told["dc:language"]) == {language}
    assert embedded(data)


def pictures_of(data: bytes) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            yield page.render(scale=1).to_pil().convert("L")


FAINT = 100
"""A difference of greys, of 255, as the edges of a letter make that is drawn at a rounded place."""

BRIEF = "pitch-long-beach-2023"


PATHS = {code: f"/{code}/briefs/{BRIEF}/" for code in languages()}


def test_what_is_read_back_from_a_brief_is_what_its_page_says(papers, visit):
    pdfs = printed([papers(path) for path in PATHS.values()])
    for (code, path), data in zip(PATHS.items(), pdfs, strict=True):
        check(visit(path), data, code)


def test_what_chromium_writes_itself_is_not_read_back_in_khmer(visit):
    page = visit(PATHS["km"])
    page.emulate_media(media="print")
    assert unread(page.pdf(tagged=True), page.evaluate(VISIBLE)) != ""


@pytest.mark.drill
def test_the_same_page_gives_the_same_bytes_whatever_was_printed_before(papers):
    one, two = papers(PATHS["km"]), papers(PATHS["en"])
    assert printed([one, two]) == printed([two, one])[::-1]


def test_joined_clusters_look_as_they_did(visit):
    page = visit(PATHS["km"])
    before = page.pdf(tagged=True)
    pictures = [list(pictures_of(data)) for data in (before, finished(before, []))]
    for a, b in zip(*pictures, strict=True):
        assert ImageChops.difference(a, b).getextrema()[1] < FAINT


@pytest.mark.drill
@pytest.mark.parametrize("code", languages())
def test_what_is_read_back_from_a_whole_report_is_what_its_page_says(code, app, papers, visit):
    with app.test_request_context(f"/{code}/"):
        app.preprocess_request()
        now = app.extensions["published"].content
        html = whole_page(now.briefs["annual-report-2023"], now)
    page = visit(f"/{code}/")
    page.set_content(html)
    page.evaluate("document.fonts.ready")
    [data] = printed([replace(papers(PATHS[code]), html=html)])
    check(page, data, code)
    parts = [words for level, words in bookmarks(data) if level == 0]
    assert len(parts) == 5


@pytest.mark.drill
@pytest.mark.parametrize("code", languages())
def test_what_is_read_back_from_every_brief_is_what_its_page_says(code, papers, visit, site):
    paths = sorted(f"/{code}/briefs/{p.name}/" for p in (site / code / "briefs").glob("*/"))
    pdfs = printed([papers(path) for path in paths])
    for path, data in zip(paths, pdfs, strict=True):
        check(visit(path), data, code)
