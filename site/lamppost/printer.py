"""Prints pages with Chromium, and adds to the PDFs what Chromium leaves out.

A program of its own, which :mod:`lamppost.printing` starts with a folder: it holds ``job.json``
and the files that this names, and gets a PDF for each page.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String
from playwright.sync_api import Browser, Error, Route, sync_playwright

from .clusters import join_clusters

PAPER: dict[str, dict[str, Any]] = {
    "a4": {"format": "A4"},
    "letter": {"format": "Letter"},
    "10x15": {"width": "10cm", "height": "15cm"},
}
MILLISECONDS = 15_000
"""How long a page may take to open."""

HEADERS = {"Content-Security-Policy": "script-src 'none'; object-src 'none'; frame-src 'none'"}
FLAGS = ("--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run")  # fmt: skip

READY = """async (known) => {
  for (const link of document.querySelectorAll("a[href]")) {
    const [address, inside] = [link.getAttribute("href"), link.href.startsWith(location.origin)];
    if (!known && inside && !address.startsWith("#")) link.removeAttribute("href");
  }
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode()));
  await document.fonts.ready;
  return [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((heading) => heading.checkVisibility())
    .map((heading) => heading.textContent.replace(/\\s+/g, " ").trim())
    .filter(Boolean);
}"""
"""Waits for pictures and fonts, takes away links that lead nowhere, gives the headings."""


def main(folder: Path) -> None:
    """Print what the job in a folder names."""
    job = orjson.loads((folder / "job.json").read_bytes())
    with sync_playwright() as playwright:
        # Without the sandbox, as Playwright does by itself: it needs more than a container gives,
        # and these pages are our own, without script or network.
        browser = playwright.chromium.launch(
            executable_path=job["chromium"] or None, args=list(FLAGS)
        )
        for n, paper in enumerate(job["papers"]):
            data, headings = _printed(browser, folder, paper, job["origin"], known=job["known"])
            (folder / f"{n}.pdf").write_bytes(finished(data, headings))
        browser.close()


def _printed(
    browser: Browser, folder: Path, paper: dict[str, Any], origin: str, *, known: bool
) -> tuple[bytes, list[str]]:
    """A page as Chromium prints it, and its headings."""
    files: dict[str, list[str]] = paper["files"]

    def answer(route: Route) -> None:
        address = route.request.url
        kind, name = files.get(address.removeprefix(origin), ("", ""))
        if not name:
            route.abort()
            return
        headers = {**HEADERS, "Content-Type": kind}
        route.fulfill(body=(folder / name).read_bytes(), headers=headers)

    context = browser.new_context(service_workers="block", offline=False)
    context.set_default_timeout(MILLISECONDS)
    context.route("**/*", answer)
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="light")
    page.goto(origin + paper["path"])
    headings = page.evaluate(READY, known)
    data = page.pdf(tagged=True, outline=True, **PAPER[paper["size"]])
    context.close()
    return data, headings


def finished(data: bytes, headings: list[str]) -> bytes:
    """A PDF of Chromium with what it lacks; the same bytes for the same pages.

    Its clusters are joined, its bookmarks say what the headings say, and title and language stand
    where readers look for them. No date and no name of a program stay in it.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        join_clusters(pdf)
        _number_tags(pdf)
        _name_bookmarks(pdf, headings)
        title, language = str(pdf.docinfo.get("/Title", "")), str(pdf.Root.get("/Lang", ""))
        for name in list(pdf.docinfo.keys()):
            if name != "/Title":
                del pdf.docinfo[name]
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            for name in list(told):
                del told[name]
            told["dc:title"] = title
            told["dc:language"] = {language}
            told["dc:format"] = "application/pdf"
        pdf.Root.Lang = String(language)
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pdf.Root.PageMode = Name.UseOutlines
        pdf.remove_unreferenced_resources()
        out = BytesIO()
        pdf.save(
            out, deterministic_id=True, recompress_flate=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )  # fmt: skip
    return out.getvalue()


def _name_bookmarks(pdf: pikepdf.Pdf, headings: list[str]) -> None:
    """Give each bookmark the words of its heading: Chromium joins lines without a space."""
    bookmarks = list(_below(pdf.Root.get("/Outlines")))
    if len(bookmarks) == len(headings):
        for bookmark, words in zip(bookmarks, headings, strict=True):
            bookmark.Title = String(words)


def _number_tags(pdf: pikepdf.Pdf) -> None:
    """Number the tags of tables from one: Chromium counts on from page to page."""
    held = list(_tags(list(pdf.objects)))
    numbers = {tag: f"tag{n:08}" for n, tag in enumerate(sorted({tag for _, _, tag in held}), 1)}
    for holder, key, tag in held:
        holder[key] = String(numbers[tag])


def _tags(holders: list[Any]) -> Iterator[tuple[Any, Any, str]]:
    """Where the names of tags stand: in what, under which key, and which name."""
    for holder in holders:
        if isinstance(holder, Stream) or not isinstance(holder, (Array, Dictionary)):
            continue
        entries = holder.items() if isinstance(holder, Dictionary) else enumerate(holder)
        for key, value in list(entries):
            if isinstance(value, String) and re.fullmatch(rb"node\d{8}", bytes(value)):
                yield holder, key, str(value)
            elif isinstance(value, (Array, Dictionary)) and not value.is_indirect:
                yield from _tags([value])


def _below(item: Object | None) -> Iterator[Object]:
    child = None if item is None else item.get("/First")
    while child is not None:
        yield child
        yield from _below(child)
        child = child.get("/Next")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except Error as error:
        told = str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
        sys.exit(f"Chromium: {told} (LAMPPOST_CHROMIUM names another)")
