"""What tests of contacts and attachments share: an instance, a form that asks for both, files."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from datetime import date

import pikepdf
import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import delete, update

from lamppost import create_app, db
from lamppost.answering.asked import Asked
from lamppost.answering.flow import Flow
from lamppost.answering.models import Unsent
from lamppost.answering.unsent import subject_of
from lamppost.apart import attachments, contacts
from lamppost.apart.models import Attachment, Contact, Subject
from lamppost.config import PROJECT, Config
from lamppost.fields import At, Problem
from lamppost.i18n import languages
from lamppost.published import content
from lamppost.questions.answers import Answers
from lamppost.questions.kinds import Sections
from lamppost.questions.load import read_sections
from lamppost.questions.models import World
from lamppost.record import yaml_value
from lamppost.registry.models import Technology
from lamppost.text import Text

TODAY = date(2026, 11, 22)
UNTIL = date(2027, 3, 1)
CASE = Subject("concern", b"k" * 16)


class Told(Asked):
    """A form that keeps what it is told as a concern does."""

    blueprint = "told"

    def __init__(self) -> None:
        super().__init__("told", Text({"en": "Tell us"}), read_form(), 1)

    @property
    def card(self) -> Technology:
        """Any."""
        return next(iter(content().registry.technologies.values()))

    @property
    def home(self) -> str:
        """Any."""
        return "/en/"

    def send(self, receipt: str, answers: Answers, language: str) -> None:
        """Keep the contact, and hand the files over."""
        session = db.sessions()
        session.execute(update(Unsent).values(sent=True, content=None))
        contacts.keep(CASE, answers, language, UNTIL)
        gone = attachments.hand_over(subject_of(receipt), answers, CASE, UNTIL)
        session.commit()
        attachments.remove(gone)


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Settings of an instance."""
    config = Config(instance=tmp_path_factory.mktemp("apart"), record=PROJECT, as_of=TODAY)
    db.upgrade(config.database_url)
    return config


@pytest.fixture(scope="session")
def _app(config: Config) -> Flask:
    app = create_app(config)
    app.testing = True
    flow = Flow("told", __name__, "/<language:language>/tell", Told, lambda _key: None)
    app.register_blueprint(flow.blueprint)
    return app


@pytest.fixture
def told(_app: Flask, config: Config) -> Iterator[Flask]:
    """The live app with that form in it; what a test leaves behind is gone in the next."""
    yield _app
    _app.extensions["config"] = config
    _app.extensions.pop("clock", None)
    with _app.app_context():
        for table in (Unsent, Contact, Attachment):
            db.sessions().execute(delete(table))
        db.sessions().commit()
    shutil.rmtree(config.attachments, ignore_errors=True)
    for key in (config.contact_public, config.contact_private):
        key.unlink(missing_ok=True)


@pytest.fixture
def live(told: Flask) -> Iterator[Flask]:
    """The same, with its context open."""
    with told.app_context():
        yield told


def read_form() -> Sections:
    """A form that asks for words, a contact and files."""
    words = """
    - title: {en: A section}
      questions:
      - {type: long_text, key: what, text: {en: What}}
      - {type: contact, key: reach, text: {en: How can we reach you}}
      - {type: file, key: proof, most: 2, text: {en: Files}}
    """
    problems: list[Problem] = []
    at = At("content/forms/a.yaml", problems, {}, tuple(languages()), {}, "sections")
    found = read_sections(yaml_value(words), at)
    assert problems == []
    return found


@pytest.fixture
def sections() -> Sections:
    """Its sections."""
    return read_form()


@pytest.fixture
def answered(sections: Sections) -> Callable[..., Answers]:
    """A function that sees what was sent through that form."""

    def seen(**sent: list[str]) -> Answers:
        names = {name.replace("__", "."): words for name, words in sent.items()}
        return Answers(sections, names, World(today=TODAY))

    return seen


@pytest.fixture(scope="session")
def photo() -> bytes:
    """A photo as a phone takes it, which tells where that was."""
    image = Image.new("RGB", (640, 480), "teal")
    exif = Image.Exif()
    exif[0x010F] = "A phone of Sokha"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """A PDF that runs a script, holds a file and names its writer."""
    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Author"] = "Sokha"
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('Sokha')")
    made.attachments["a.txt"] = b"enclosed by Sokha"
    with made.open_metadata() as meta:
        meta["dc:creator"] = ["Sokha"]
    out = io.BytesIO()
    made.save(out, compress_streams=False)
    return out.getvalue()
