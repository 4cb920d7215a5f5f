"""Signs that are to be printed again, as a PDF."""

from __future__ import annotations

import fcntl
import re

import pypdfium2
import pytest

from lamppost import printing

KIOSKS = "parking-kiosks"
LIST = f"/en/desk/devices/{KIOSKS}/?show=signs"
POINTS = {"a4": (595, 842), "letter": (612, 792), "10x15": (283, 425)}


@pytest.fixture
def author(sign_in):
    return sign_in("author")


@pytest.fixture
def codes(author) -> list[str]:
    """The devices whose signs are old."""
    return re.findall(r'name="codes" value="(\w+)" checked', author.get(LIST).text)


@pytest.fixture
def ask(author):
    """A function that asks for a PDF."""

    def asked(codes, size: str = "a4", **more: str):
        data = {"codes": codes, "size": size, "reason": "signs"}
        return author.post(f"/en/desk/devices/{KIOSKS}/signs/", data=data, **more)

    return asked


@pytest.mark.parametrize(
    "size", ["10x15", *(pytest.param(size, marks=pytest.mark.drill) for size in ("a4", "letter"))]
)
def test_each_sign_has_a_sheet_in_all_languages(codes, ask, size):
    few = codes[:2]
    answer = ask(few, size)
    assert answer.mimetype == "application/pdf"
    name = f"signs-{KIOSKS}-{size}.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    with pypdfium2.PdfDocument(answer.data) as pdf:
        assert len(pdf) == len(few) > 0
        for code, sheet in zip(few, pdf, strict=True):
            assert [round(n) for n in sheet.get_size()] == pytest.approx(POINTS[size], abs=1)
            text = " ".join(sheet.get_textpage().get_text_range().split())
            for words in (
                f"{code[:3]} {code[3:6]} {code[6]}",
                "Parking kiosks",
                "ម៉ាស៊ីនបង់ថ្លៃចតរថយន្ត",
            ):
                assert words in text
        titles = [one.get_title() for one in pdf.get_toc() if one.level == 0]
        assert [t.replace(" ", "")[-7:] for t in titles] == few


def test_without_a_sign_or_with_too_many_nothing_is_printed(author, ask, monkeypatch):
    monkeypatch.setattr(printing, "_run", lambda *_: pytest.fail("it printed"))
    for codes in ([], ["0000000"], [f"{n:07}" for n in range(61)]):
        answer = ask(codes)
        assert answer.status_code == 303
        assert "Tick one sign at least" in author.get(answer.location).text


def test_one_pdf_is_made_at_a_time(desk, author, codes, ask):
    lock = desk.extensions["config"].instance / "printing.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        answer = ask(codes[:1])
    assert "Another PDF is being made" in author.get(answer.location).text


def test_what_cannot_be_printed_is_told(author, codes, ask, monkeypatch):
    monkeypatch.setenv("LAMPPOST_CHROMIUM", "/nowhere/chromium")
    answer = ask(codes[:1])
    assert "The PDF was not made: Chromium" in author.get(answer.location).text


@pytest.mark.parametrize("found", [{"find_spec": None}, {"chromium": ""}], ids=list)
def test_where_nothing_prints_the_signs_are_listed(author, monkeypatch, found):
    for name, value in found.items():
        monkeypatch.setattr(printing, name, lambda *_, value=value: value)
    page = author.get(LIST).text
    assert 'name="codes"' not in page
    assert re.search(r'href="/d/\w+/sign/"', page)
