"""Attachments: cleaned, encrypted, given from the draft to what it becomes, and deleted."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import zlib
from datetime import date, timedelta

import pikepdf
import pytest
from PIL import Image

from lamppost import db
from lamppost.apart import attachments
from lamppost.apart.models import DRAFT, Subject

BOTH = ("picture", "pdf")
MINE = Subject(DRAFT, b"m" * 32)
CASE = Subject("concern", b"k" * 16)
UNTIL = date(2026, 12, 7)


@pytest.fixture
def question(sections):
    """The question that asks for files."""
    return sections[0].questions[2]


@pytest.fixture
def add(live, question):  # noqa: ARG001 - what it adds is in the app
    """A function that sends a file to the draft."""

    def added(name: str, data: bytes, subject: Subject = MINE):
        kept = attachments.add(subject, question, name, data, UNTIL)
        db.sessions().commit()
        return kept

    return added


def test_a_photo_keeps_nothing_of_where_and_by_whom_it_was_taken(photo):
    assert b"Sokha" in photo
    data, media_type = attachments.cleaned(photo, BOTH)
    assert media_type == "image/jpeg"
    assert b"Sokha" not in data
    assert not Image.open(io.BytesIO(data)).getexif()


def test_a_pdf_keeps_no_script_no_enclosed_file_and_no_name(pdf):
    assert pdf.count(b"Sokha") >= 3
    data, media_type = attachments.cleaned(pdf, BOTH)
    assert media_type == "application/pdf"
    assert b"Sokha" not in data
    with pikepdf.open(io.BytesIO(data)) as found:
        assert len(found.pages) == 1
        assert "/OpenAction" not in found.Root


def pages(count: int) -> bytes:
    made = pikepdf.new()
    for _ in range(count):
        made.add_blank_page()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def locked() -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def bomb() -> bytes:
    """A PDF of little size whose table of objects unpacks into a gigabyte."""
    packed = zlib.compressobj(1)
    zeros = bytes(10_000_000)
    table = b"".join([*(packed.compress(zeros) for _ in range(100)), packed.flush()])
    head = b"%PDF-1.5\n"
    entry = b"1 0 obj\n<< /Type /XRef /Size 5 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode"
    body = entry + b" /Length %d >>\nstream\n" % len(table) + table + b"\nendstream\nendobj\n"
    return head + body + b"startxref\n%d\n%%%%EOF\n" % len(head)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "found"),
        (b"hello", "found"),
        (SVG, "expected a picture"),
        (b"MZ" + bytes(1000), "expected a picture"),
        (b"%PDF-1.7\nnothing", "expected a PDF"),
        (pages(101), "101 pages"),
        (locked(), "a password"),
        (bytes(attachments.MOST_BYTES + 1), "expected at most"),
    ],
)
def test_what_is_neither_a_picture_nor_a_plain_pdf_is_refused(data, told):
    with pytest.raises(attachments.RefusedError, match=told):
        attachments.cleaned(data, BOTH)


def test_a_pdf_that_unpacks_without_end_is_refused_soon_and_in_little_memory():
    # In a process of its own: the tests before this one had children too.
    program = (
        "import resource, sys\n"
        "from lamppost.documents import DocumentError, document\n"
        "try: document(sys.stdin.buffer.read())\n"
        "except DocumentError: pass\n"
        "else: raise SystemExit('it was taken')\n"
        "spent = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(spent.ru_utime + spent.ru_stime, spent.ru_maxrss)\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=bomb(), capture_output=True, check=True)  # noqa: S603
    seconds, kilobytes = map(float, done.stdout.split())
    assert seconds < 8
    assert kilobytes < 400_000


def test_only_what_the_question_takes_is_taken(photo, pdf):
    for data, takes in ((photo, ("pdf",)), (pdf, ("picture",))):
        with pytest.raises(attachments.RefusedError, match="another kind"):
            attachments.cleaned(data, takes)


def test_a_file_lies_encrypted_outside_of_the_public_folder(add, config, pdf, stored):
    kept = add("C:\\Users\\Sokha\\my\u202eplan.pdf", pdf)
    assert kept.name == "myplan.pdf"
    (path,) = config.attachments.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert config.public not in path.parents
    assert b"%PDF" not in path.read_bytes()
    assert b"myplan" not in stored(config)
    (found,) = attachments.attachments_of(MINE)
    assert attachments.name_of(found) == "myplan.pdf"
    assert attachments.bytes_of(found).startswith(b"%PDF")
    assert found.size == kept.size


def test_a_file_on_the_disk_tells_no_time_finer_than_its_day(add, config, photo):
    add("a.jpg", photo)
    (path,) = config.attachments.iterdir()
    assert path.stat().st_mtime_ns % (24 * 60 * 60 * 10**9) == 0


def test_what_the_answers_name_is_handed_over_and_the_rest_goes(add, config, photo, pdf, answered):
    named, other = add("a.jpg", photo), add("b.pdf", pdf)
    anothers = add("c.pdf", pdf, Subject(DRAFT, b"x" * 32))
    # Who knows the key of another's file gains nothing by naming it.
    answers = answered(proof=[named.written(), anothers.written()])
    gone = attachments.hand_over(MINE, answers, CASE, UNTIL + timedelta(days=90))
    db.sessions().commit()
    attachments.remove(gone)
    (found,) = attachments.attachments_of(CASE)
    assert found.id.hex() == named.id
    assert attachments.attachments_of(MINE) == []
    assert len(list(config.attachments.iterdir())) == 2
    assert other.id not in {found.id.hex(), anothers.id}


def test_files_go_when_their_time_is_over_and_lost_ones_are_swept_up(add, config, photo):
    add("a.jpg", photo)
    lost = config.attachments / "lost"
    lost.write_bytes(b"a")
    assert attachments.purge(UNTIL) == 0
    os.utime(lost, (0, 0))
    assert attachments.purge(UNTIL, dry_run=True) == 1
    assert attachments.purge(UNTIL) == 1
    assert len(list(config.attachments.iterdir())) == 1
    assert attachments.purge(UNTIL + timedelta(days=1)) == 1
    assert list(config.attachments.iterdir()) == []
    assert attachments.attachments_of(MINE) == []


def test_no_draft_takes_files_without_end(add, photo, monkeypatch):
    monkeypatch.setattr(attachments, "MOST_OF_A_DRAFT", 1)
    add("a.jpg", photo)
    with pytest.raises(attachments.RefusedError, match="expected fewer"):
        add("b.jpg", photo)
