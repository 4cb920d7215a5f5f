"""A survey on paper: printed with numbers, and typed in at the desk."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from lamppost import db
from lamppost.config import PROJECT
from lamppost.i18n import languages
from lamppost.surveys.models import Response

PRIVACY = "/en/surveys/technology-and-privacy/"
ENTER = "/en/desk/surveys/page-clarity/enter/"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the shipped record, to be changed at will; it has no history yet."""
    for name in ("content", "surveys"):
        shutil.copytree(PROJECT / name, tmp_path / "record" / name)
    return tmp_path / "record"


def main(client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).text, "html.parser").find("main")


def test_the_paper_form_numbers_every_question_and_says_who_answers_it(app, client):
    page = main(client, f"{PRIVACY}paper/")
    text = " ".join(page.get_text(" ").split())
    sections = app.extensions["published"].content.surveys["technology-and-privacy"].sections
    asked = [q for section in sections for q in section.questions if q.kind != "note"]
    assert re.findall(r"(\d+)\. ", " ".join(s.text for s in page.select("p > strong"))) == [
        str(n) for n, _q in enumerate(asked, 1)
    ]
    assert re.search(r"Only if your answer to question \d is “[^”]+”\.", text)
    assert "In ten seconds" in text  # the data practices
    assert "Write no name on it." in text


def test_the_paper_form_offers_every_choice_in_every_language(client):
    numbers = set()
    for code in languages():
        page = main(client, PRIVACY.replace("/en/", f"/{code}/") + "paper/")
        numbers.add(len(page.select(".paper__box")))
    assert len(numbers) == 1
    assert numbers.pop() > 20


def test_a_poster_speaks_every_language(client):
    page = main(client, "/surveys/page-clarity/poster/")
    assert [section["lang"] for section in page.select("section")] == list(languages())
    assert "How clear is this page?" in page.text
    assert "តើទំព័រនេះច្បាស់លាស់ប៉ុណ្ណា?" in page.text
    assert client.get("/surveys/zz/poster/").status_code == 404


def form(client, path: str = ENTER) -> dict[str, str]:
    """What the form sends that nobody types."""
    soup = main(client, path)
    return {name: soup.find(attrs={"name": name})["value"] for name in ("form-mark",)}


@pytest.fixture
def responses(desk):
    """A function that gives the responses that are kept."""

    def kept():
        with desk.app_context():
            found = db.sessions().scalars(select(Response))
            return [(one.mode, one.language, {a.part: a.value for a in one.answers})
                    for one in found]  # fmt: skip

    return kept


def test_answers_on_paper_are_typed_in_and_the_next_form_follows(sign_in, responses):
    clerk = sign_in("case_officer")
    given = {**form(clerk), "form-language": "km", "clear": "3", "missing": "អ្វីៗ"}
    answer = clerk.post(ENTER, data=given)
    assert answer.status_code == 303
    page = clerk.get(answer.location).text
    assert "Here is the next form." in page
    assert 'value="km" lang="km" selected' in page.replace("  ", " ") or "km" in answer.location
    assert responses() == [("paper", "km", {"clear": '"3"', "missing": '"អ្វីៗ"'})]


def test_a_form_that_is_sent_twice_is_kept_once(sign_in, responses):
    clerk = sign_in("author")
    given = {**form(clerk), "form-language": "en", "clear": "1"}
    clerk.post(ENTER, data=given)
    answer = clerk.post(ENTER, data=given)
    assert "had been saved already" in clerk.get(answer.location).text
    assert len(responses()) == 1


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(sign_in, responses):
    clerk = sign_in("author")
    answer = clerk.post(ENTER, data={"form-language": "en", "missing": "A great deal"})
    assert answer.status_code == 422
    assert "Choose one answer." in answer.text
    assert "A great deal" in answer.text
    answer = clerk.post(ENTER, data={"form-language": "xx", "clear": "1"})
    assert (answer.status_code, "Choose the language" in answer.text) == (422, True)
    assert responses() == []


def test_the_paper_form_is_a_pdf_in_any_language(sign_in):
    client = sign_in("author")
    desk = "/en/desk/surveys/page-clarity/"
    assert f"{desk}paper/" in client.get(desk).text
    assert "Make the PDF" in client.get(f"{desk}paper/?size=a3").text
    answer = client.get(f"{desk}paper/?language=km&size=letter")
    assert answer.mimetype == "application/pdf"
    assert "page-clarity-km-letter.pdf" in answer.headers["Content-Disposition"]
    with pypdfium2.PdfDocument(answer.data) as pdf:
        text = "".join("".join(s.get_textpage().get_text_range().split()) for s in pdf)
        assert [round(side) for side in pdf[0].get_size()] == [612, 792]
    assert "តើទំព័រនេះច្បាស់លាស់ប៉ុណ្ណា?" in text.replace("\u200b", "")
