"""The catalogs of the interface: whole, current, and compiled without a gap for readers."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from lamppost import catalogs
from lamppost.config import TRANSLATIONS


@pytest.fixture
def translations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extracted: Callable[[], Catalog]
) -> Path:
    """A copy of the catalogs, to be changed at will."""
    copy = tmp_path / "translations"
    shutil.copytree(TRANSLATIONS, copy, ignore=shutil.ignore_patterns("*.mo"))
    monkeypatch.setattr(catalogs, "TRANSLATIONS", copy)
    monkeypatch.setattr(catalogs, "POT", copy / "messages.pot")
    monkeypatch.setattr(catalogs, "extracted", extracted)
    return copy


@pytest.fixture(scope="module")
def extracted() -> Callable[[], Catalog]:
    """What reads the messages of the whole package, which takes seconds, once."""
    found = catalogs.extracted()
    return lambda: found


@pytest.fixture
def spanish(translations: Path) -> Path:
    return translations / "es" / "LC_MESSAGES" / "messages.po"


def swap(path: Path, pattern: str, put: str) -> None:
    words, count = re.subn(pattern, put, path.read_text("utf-8"), count=1)
    assert count
    path.write_text(words, "utf-8")


# --- what is wrong ------------------------------------------------------------------------------


def test_the_shipped_catalogs_are_whole_and_current():
    assert catalogs.mistakes() == []


def test_a_template_that_lacks_a_message_is_told(translations):
    swap(translations / "messages.pot", r'msgid "Technologies"', 'msgid "Technologeis"')
    assert catalogs.mistakes() == [
        "translations/messages.pot is not current: run lamppost catalogs update"
    ]


UP_TO = r'(msgid "Up to %\(time\)s"\nmsgstr) ".*"'
DAY = r'(msgid "%\(num\)s day"\n(?:.*\n)msgstr\[0\]) ".*"'


@pytest.mark.parametrize(
    ("pattern", "put", "told"),
    [
        (r'msgid "Places"\n', 'msgid "Plaices"\n', "'Places': is not in the catalog es"),
        (r'(msgid "Places"\nmsgstr) ".*"', r'\1 ""', "'Places': is not translated"),
        (DAY, r'\1 ""', "'%(num)s day': is not translated"),
        (UP_TO, r'\1 "Hasta siempre"', "holes differ: ['time']"),
        (UP_TO, r'\1 "%(time)s %(tiempo)s"', "holes differ: ['tiempo']"),
        ("<strong>datos de muestra</strong>", "datos de muestra", ": markup differs"),
        (
            r'(href=\\"https://dtpr.io)/(\\">DTPR</a>, CC BY 4.0; las)',
            r"\1.org\2",
            ": markup differs",
        ),
    ],
)
def test_a_message_that_is_missing_or_garbled_is_told(spanish, pattern, put, told):
    swap(spanish, pattern, put)
    [mistake] = catalogs.mistakes()
    assert mistake.startswith("translations/es: ")
    assert mistake.endswith(told)


@pytest.mark.parametrize("forms", ["nplurals=1; plural=0;", "nplurals=2; plural=(n > 1);"])
def test_plural_forms_that_are_not_those_of_the_language_are_told(forms, spanish):
    swap(spanish, r"nplurals=2; plural=\(n != 1\);", forms)
    mistakes = catalogs.mistakes()
    assert "translations/es: Plural-Forms is not nplurals=2; plural=(n != 1);" in mistakes


# --- compiling ----------------------------------------------------------------------------------


def test_every_catalog_is_compiled_once(translations):
    assert sorted(catalogs.compile_all()) == ["es", "fil", "km"]
    assert list(catalogs.compile_all()) == []
    made = {path.name for path in translations.glob("*/LC_MESSAGES/*")}
    assert made == {"messages.po", "messages.mo"}


def test_a_catalog_that_has_changed_is_compiled_again(spanish):
    list(catalogs.compile_all())
    later = spanish.with_suffix(".mo").stat().st_mtime + 10
    os.utime(spanish, (later, later))
    assert list(catalogs.compile_all()) == ["es"]


def test_whoever_reads_a_compiled_catalog_keeps_a_whole_one_while_it_is_compiled_again(spanish):
    list(catalogs.compile_all())
    compiled = spanish.with_suffix(".mo")
    whole = compiled.read_bytes()
    later = compiled.stat().st_mtime + 10
    swap(spanish, r'(msgid "Places"\nmsgstr) ".*"', r'\1 "Sitios"')
    os.utime(spanish, (later, later))
    with compiled.open("rb") as reader:
        list(catalogs.compile_all())
        assert reader.read() == whole


# --- updating -----------------------------------------------------------------------------------


def test_a_second_update_changes_no_byte(translations):
    catalogs.update()
    before = {path: path.read_bytes() for path in translations.rglob("messages.po*")}
    catalogs.update()
    assert {path: path.read_bytes() for path in before} == before


def test_an_update_takes_in_new_messages_and_loses_no_translation(spanish):
    swap(spanish, r'(?s)(msgid "Places"\nmsgstr) "(.*?)"', r'\1 "Sitios"')
    swap(spanish, r'#: \S+(?: \S+)*\nmsgid "Technologies"\nmsgstr ".*"\n\n', "")
    catalogs.update()
    with spanish.open("rb") as stream:
        catalog = read_po(stream, locale="es")
    assert (catalog["Places"].string, catalog["Technologies"].string) == ("Sitios", "")


def test_an_update_keeps_who_reviewed_a_message(spanish):
    swap(spanish, r'(#: .*\nmsgid "Places"\n)', r"# Reviewed by City Clerk\n\1")
    catalogs.update()
    words = spanish.read_text("utf-8")
    assert words.startswith("# Made by machine; a message that was reviewed says by whom.\n")
    assert words.count("# Reviewed by City Clerk\n") == 1
    assert catalogs.reviewer(catalogs.read("es")["Places"]) == "City Clerk"
