"""Makes the PDFs of briefs: one for each language in which a brief is written, and reports whole.

A PDF is made again only when what it shows has changed. They are kept beside the frozen trees,
each under the hash of what it was made of; ``index.json`` says which one is whose.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import orjson

from ..content import Content
from ..i18n import languages, speech
from ..printing import Fetch, paper, printed
from ..trees import write_down
from ..urls import url
from .models import Pdf
from .page import brief_page, whole_page
from .queries import parts_of, pdf_name, whole_name

INDEX = "index.json"
BATCH = 12
"""PDFs that one Chromium makes: when it fails, those before stay made."""

Pdfs = dict[tuple[str, str], Pdf]


class _Page(NamedTuple):
    """A page that becomes a PDF: of which brief, the PDF's name, where it stands, its HTML."""

    brief: str
    name: str
    path: str
    html: str


def make_pdfs(
    content: Content,
    folder: Path,
    size: str,
    *,
    speaking: Callable[[str], AbstractContextManager[None]],
    fetch: Fetch,
    origin: str,
    full: bool,
) -> Pdfs:
    """All PDFs of the briefs on paper of this ``size``; those that have changed are made.

    ``speaking`` gives a request context in a language, ``fetch`` what stands at a path of the site.

    Raises :class:`~lamppost.printing.PrintError` when they cannot be made.
    """
    if full:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    pages = []
    for code in languages():
        with speaking(code):
            pages += list(_pages(content))
    papers = [paper(page.path, page.html, size, fetch) for page in pages]
    files = [folder / f"{one.mark}.pdf" for one in papers]
    due = [n for n, file in enumerate(files) if not file.exists()]
    for start in range(0, len(due), BATCH):
        batch = due[start : start + BATCH]
        for n, data in zip(batch, printed([papers[n] for n in batch], origin=origin), strict=True):
            write_down(files[n], data)
    index = [(page.brief, page.name, one.mark) for page, one in zip(pages, papers, strict=True)]
    write_down(folder / INDEX, orjson.dumps(index))
    for file in set(folder.glob("*.pdf")) - set(files):
        file.unlink()
    return made_pdfs(folder)


def made_pdfs(folder: Path) -> Pdfs:
    """The PDFs that were made into a folder."""
    found: Pdfs = {}
    for brief, name, mark in orjson.loads((folder / INDEX).read_bytes()):
        file = folder / f"{mark}.pdf"
        found[brief, name] = Pdf(name, file, mark, file.stat().st_size)
    return found


def _pages(content: Content) -> Iterator[_Page]:
    """The pages in the language that is spoken now."""
    code = speech().code
    for brief in content.briefs.values():
        if code in brief.versions:
            path = url("briefs.brief", brief=brief.id)
            yield _Page(brief.id, pdf_name(brief.id, code), path, brief_page(brief, content))
            if parts_of(brief.id, content.briefs):
                name = whole_name(brief.id, code)
                yield _Page(brief.id, name, path, whole_page(brief, content))
