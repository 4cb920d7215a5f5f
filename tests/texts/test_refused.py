"""What an import refuses: with its key, all mistakes at once, and without writing anything."""

from __future__ import annotations

import errno
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost import saves
from lamppost.texts import formats, handoff
from lamppost.texts.handoff import take_in
from lamppost.texts.units import RefusedError

WIFI = "content/registry/technologies/public-wifi.yaml"
HOW = "content/pages/how-to-read"
UP_TO = "interface#Up to %(time)s"
DAY = "interface#%(num)s day"
SAMPLE = "interface#The devices on this site"


@pytest.fixture
def refused(config, state):
    """A function that imports a file, and returns what it is refused for."""

    def told(path) -> list[str]:
        before = state()
        with pytest.raises(RefusedError) as error:
            take_in(config, path, "Language Access Office")
        assert state() == before
        return [str(mistake) for mistake in error.value.mistakes]

    return told


# --- broken texts -------------------------------------------------------------------------------


BROKEN = [
    ('msgstr "Hasta %(time)s"', 'msgstr "Hasta siempre"',
     f"{UP_TO}: placeholders differ: time"),
    ('msgstr "Hasta %(time)s"', 'msgstr "Hasta %(time)s %(hora)s"',
     f"{UP_TO}: placeholders differ: hora"),
    ('msgstr "Hasta %(time)s"', 'msgstr "Hasta el 5 % de %(time)s"',
     f"{UP_TO}: a % that is neither a placeholder nor written %%"),
    ('msgstr "Lugares"', 'msgstr "<script>alert(1)</script>"',
     "interface#Places: tags differ: <script> </script>"),
    ('msgstr "Lugares"', 'msgstr "Lugares <img src=x onerror=alert(1)"',
     "interface#Places: tags differ: <img src=x onerror=alert(1)"),
    ('msgstr "Lugares"', r'msgstr "\" onfocus=alert(1) autofocus \""',
     'interface#Places: a straight " may end an attribute; use “ and ”'),
    ('msgstr[1] "%(num)s días"', 'msgstr[1] ""', f"{DAY}: 1 forms; 2 expected"),
    ('msgstr[1] "%(num)s días"', 'msgstr[1] "%(num)s días"\nmsgstr[2] "%(num)s de días"',
     f"{DAY}: 3 forms; 2 expected"),
    ('msgid "Public Wi-Fi"', 'msgid "Free Wi-Fi"',
     f"{WIFI}#name: belongs to an older English text; export it again"),
    ('"Wi-Fi público"', f'"{"Wi-Fi " * 20}"', f"{WIFI}#name: 120 characters; at most 60"),
    ('"Wi-Fi público"', '"Wi-Fi\x07"', f"{WIFI}#name: a control character"),
    ('"Wi-Fi público"', '"Wi-Fi [aquí](page:home)"',
     f"{WIFI}#name: links differ: page:home"),
    ('"Wi-Fi público"', '"Wi-Fi en https://example.org/x."',
     f"{WIFI}#name: links differ: https://example.org/x"),
    ("(technology:public-wifi)", "(technology:wifi)",
     f"{HOW}#text.1: links differ: technology:public-wifi, technology:wifi"),
    ("(source:S5), no a", "(https://example.org/), no a",
     f"{HOW}#text.6: links differ: https://example.org/, source:S5"),
    ('msgstr "Cómo leer una ficha"', r'msgstr "Cómo leer\nuna ficha"',
     f"{HOW}#title: a line break where one line is expected"),
    (f'msgctxt "{WIFI}#name"', f'msgctxt "{WIFI}#nom"',
     f"{WIFI}#nom: the site has no such text"),
    (f'msgctxt "{WIFI}#name"', f'msgctxt "{WIFI}#summary"',
     f"{WIFI}#summary: 2 times in the file"),
    ('"Language: es\\n"', '"Language: en\\n"',
     "(file): in the language 'en'; one of es, km, tl"),
    ('"Language: es\\n"', '"Language: ../x\\n"',
     "(file): in the language '../x'; one of es, km, tl"),
]  # fmt: skip
EACH_RUN = 5
REST = [pytest.param(*broken, marks=pytest.mark.drill) for broken in BROKEN[EACH_RUN:]]


@pytest.mark.parametrize(("found", "put", "told"), [*BROKEN[:EACH_RUN], *REST])
def test_what_would_break_the_site_is_refused_with_its_key(handed, refused, found, put, told):
    path = handed()
    words = path.read_text("utf-8")
    place = words.rindex(found) if found.startswith("(") else words.index(found)
    path.write_text(words[:place] + put + words[place + len(found) :], "utf-8")
    assert told in refused(path)


def test_a_key_cannot_play_tricks_on_a_terminal(handed, refused):
    path = handed((f'msgctxt "{WIFI}#name"', 'msgctxt "\x1b[2J\\nx"'))
    assert refused(path) == [r"'\x1b[2J\nx': the site has no such text"]


def test_all_mistakes_are_told_at_once(handed, refused):
    swaps = [
        ('msgstr "Lugares"', 'msgstr "%(lugares)s"'),
        ('msgid "Public Wi-Fi"', 'msgid "Free Wi-Fi"'),
        ('msgstr[0] "%(num)s día"', 'msgstr[0] ""'),
    ]
    assert len(refused(handed(*swaps))) == 3


def test_an_english_text_that_has_changed_since_the_export_is_refused(handed, refused, broken):
    path = handed()
    broken(WIFI, "en: Public Wi-Fi\n", "en: Free Wi-Fi\n")
    assert refused(path) == [f"{WIFI}#name: belongs to an older English text; export it again"]


def test_a_record_with_mistakes_takes_no_texts(handed, refused, broken):
    path = handed()
    broken(WIFI, "status: active", "status: bust")
    what = "has 1 mistakes of its own: lamppost check tells them"
    assert refused(path) == [f"the record: {what}"]


@pytest.mark.parametrize("who", [" ", "Office\nmsgid", "x" * 121, "Office\u202e"])
def test_a_reviewer_who_is_no_line_of_text_is_refused(handed, config, state, who):
    path = handed()
    before = state()
    with pytest.raises(RefusedError, match=r"reviewed by: .*an office or role"):
        take_in(config, path, who)
    assert state() == before


def test_a_form_that_xliff_lacks_or_has_twice_is_refused(handed, refused):
    unit = f'id="{DAY}[1]"'
    lacking = handed((unit, f'id="{DAY}[7]"'), ending=".xlf")
    assert f"{DAY}[0]: the site has no such text" in refused(lacking)
    twice = handed((unit, f'id="{DAY}[0]"'), ending=".xlf")
    assert refused(twice)


def test_an_element_inside_a_text_is_refused(handed, refused):
    path = handed((">Wi-Fi público<", ">Wi-Fi <x id='1'/>público<"), ending=".xlf")
    assert refused(path) == [f"{WIFI}#name: an element inside the text; only plain words fit"]


@pytest.mark.drill
def test_a_file_that_cannot_be_written_leaves_all_others_as_they_were(
    handed, config, state, monkeypatch
):
    path = handed(('msgstr "Lugares"', 'msgstr "Sitios"'), ('"Wi-Fi público"', '"Wi-Fi gratis"'))
    move, moved = saves._move, []  # noqa: SLF001

    def fail_at_the_second(source, target):
        moved.append(target)
        if len(moved) == 2:
            raise OSError(errno.EIO, "the disk is broken")
        move(source, target)

    monkeypatch.setattr(saves, "_move", fail_at_the_second)
    before = state()
    with pytest.raises(saves.SaveError, match="the disk is broken"):
        take_in(config, path)
    assert len(moved) == 4
    assert state() == before


def test_what_was_changed_meanwhile_is_not_overwritten(handed, config, broken, monkeypatch):
    path = handed(('"Wi-Fi público"', '"Wi-Fi gratis"'))
    checked = handoff._rehearsed  # noqa: SLF001

    def meanwhile(*given):
        broken(WIFI, "  es: Wi-Fi público", "  es: Wi-Fi abierto")
        return checked(*given)

    monkeypatch.setattr(handoff, "_rehearsed", meanwhile)
    with pytest.raises(saves.StaleError):
        take_in(config, path)
    assert "es: Wi-Fi abierto" in (config.record / WIFI).read_text("utf-8")


# --- broken files -------------------------------------------------------------------------------

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
XLIFF = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">{}</xliff>'


@pytest.mark.parametrize(
    ("ending", "words", "told"),
    [
        (".xlf", "", "not XML"),
        (".xlf", "msgid", "not XML"),
        (".xlf", "<xliff", "not XML"),
        (".xlf", "<html/>", "XML, but not XLIFF 1.2"),
        (".xlf", '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>',
         "XML, but not XLIFF 1.2"),
        (".xlf", XLIFF.format(""), "XLIFF with no texts"),
        (".xlf", XLIFF.format("<file target-language='es'/><file target-language='km'/>"),
         "in 2 languages"),
        (".xlf", BOMB + XLIFF.format("&c;"), "a document type"),
        (".xlf", OUTSIDE + XLIFF.format("&a;"), "a document type"),
        (".xlf", XLIFF.format("<a>" * 100_000), "not XML"),
        (".po", "", "not a PO file"),
        (".po", 'msgid "a', "not a PO file"),
        (".po", XLIFF.format(""), "not a PO file"),
        (".po", 'msgid ""\nmsgstr ""\n"Language: xx\\n"\n', "in the language 'xx'"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_is_refused(tmp_path, refused, ending, words, told):
    path = tmp_path / f"bad{ending}"
    path.write_text(words, "utf-8")
    [what] = refused(path)
    assert what.startswith(f"(file): {told}")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path, refused):
    (tmp_path / "bad.po").write_bytes(b'msgid ""\nmsgstr "Language: \xff"')
    assert refused(tmp_path / "bad.po") == ["(file): not UTF-8 text"]


@pytest.mark.parametrize("ending", [".po", ".xlf"])
def test_a_file_of_50_megabytes_is_refused_before_it_is_read(tmp_path, refused, ending):
    path = tmp_path / f"big{ending}"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert refused(path) == ["(file): more than 16,000,000 bytes"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("any")
    yield path
    shutil.rmtree(path)


@given(data=st.binary() | st.text('msgidctxtr[]01 "\\\n#~,|.%').map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused(folder, data):
    for ending in formats.ENDINGS:
        path = folder / f"any{ending}"
        path.write_bytes(data)
        try:
            formats.read(path)
        except RefusedError as error:
            assert error.mistakes  # noqa: PT017 - reading it is as good
