"""Documents that people send: PDFs, checked, and without what runs or tells of their writer.

A PDF is read by a process of its own, this file as a program, which may take little time and
memory: a small one can be made to unpack into a very large one.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pikepdf

MOST_SENT_BYTES = 5_000_000
MOST_PAGES = 100
MOST_SECONDS = 2
MOST_MEMORY = 400_000_000
_START = b"%PDF-"
_REFUSED = 3

_RUNS = ("/OpenAction", "/AA", "/AcroForm", "/Metadata", "/PieceInfo", "/Collection", "/AF")
"""What a document's root may hold that runs, asks, or tells who made it."""

_NAMED = ("/JavaScript", "/EmbeddedFiles")


class DocumentError(Exception):
    """Bytes that are no PDF to keep: what was found in them, and what is expected."""

    def __init__(self, found: str, expected: str = "a PDF") -> None:
        super().__init__(f"found {found}; expected {expected}")
        self.found, self.expected = found, expected


def is_pdf(data: bytes) -> bool:
    """Whether bytes begin as a PDF does."""
    return data.startswith(_START)


def document(data: bytes) -> bytes:
    """The PDF in ``data`` without scripts, forms, enclosed files, and notes on who made it.

    Raises :class:`DocumentError`, whatever the bytes are.
    """
    if len(data) > MOST_SENT_BYTES:
        raise DocumentError(f"{len(data):,} bytes", f"at most {MOST_SENT_BYTES:,} bytes")
    if not is_pdf(data):
        raise DocumentError("another beginning")
    from .processors import anywhere  # noqa: PLC0415 - the program needs nothing of ours

    try:
        with anywhere():
            ran = subprocess.run(  # noqa: S603 - this file, by the Python that runs
                [sys.executable, "-I", str(Path(__file__))],
                input=data, capture_output=True, timeout=5 * MOST_SECONDS, check=False,
            )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise DocumentError("no end of reading it") from None
    if ran.returncode == _REFUSED:
        raise DocumentError(ran.stderr.decode(errors="replace").strip())
    if ran.returncode:
        raise DocumentError("more than can be read")
    return ran.stdout


def _cleaned(data: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise DocumentError(f"{len(pdf.pages)} pages")
            _strip(pdf)
            pdf.save(out, static_id=True, compress_streams=False)
    except pikepdf.PasswordError:
        raise DocumentError("a password on it") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise DocumentError(f"the {type(error).__name__} of reading it") from None
    return out.getvalue()


def _strip(pdf: pikepdf.Pdf) -> None:
    for name in _RUNS:
        if name in pdf.Root:
            del pdf.Root[name]
    names = pdf.Root.get("/Names")
    for name in _NAMED:
        if isinstance(names, pikepdf.Dictionary) and name in names:
            del names[name]
    with suppress(KeyError):
        del pdf.docinfo
    for page in pdf.pages:
        for name in ("/AA", "/Annots", "/Metadata", "/PieceInfo"):
            if name in page:
                del page[name]


def _main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        sys.stdout.buffer.write(_cleaned(sys.stdin.buffer.read()))
    except DocumentError as error:
        sys.stderr.write(error.found)
        return _REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(_main())
