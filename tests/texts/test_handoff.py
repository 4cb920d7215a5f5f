"""The hand-off: what comes back lands in its place, and says who has reviewed it."""

from __future__ import annotations

import pytest

from lamppost.content import read_content
from lamppost.text import Made
from lamppost.texts.handoff import export, take_in
from lamppost.texts.units import RefusedError

WIFI = "content/registry/technologies/public-wifi.yaml"
GLOSSARY = "content/glossary.yaml"
HOME = "content/pages/home/es.md"
PO = "es/LC_MESSAGES/messages.po"
OFFICE = "Language Access Office"
NAME = ('"Wi-Fi público"', '"Wi-Fi gratis"')
"""Another name of the technology, in PO."""


def entry(words: str, key: str) -> str:
    """A text's entry in a PO file."""
    return next(part for part in words.split("\n\n") if f'msgctxt "{key}"' in part)


def settle(path, *keys: str) -> None:
    """Mark texts of a PO file as done: these, or all of them."""
    parts = path.read_text("utf-8").split("\n\n")
    for number, part in enumerate(parts):
        if not keys or any(f'msgctxt "{key}"' in part for key in keys):
            parts[number] = part.replace("#, fuzzy\n", "").replace("#, fuzzy, ", "#, ")
    path.write_text("\n\n".join(parts), "utf-8")


def only(path, *keys: str) -> None:
    """Leave only these texts in a PO file."""
    head, *parts = path.read_text("utf-8").split("\n\n")
    kept = [part for part in parts if any(f'msgctxt "{key}' in part for key in keys)]
    assert kept
    path.write_text("\n\n".join([head, *kept]), "utf-8")


# --- out and in again ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["es", "km", "tl"])
@pytest.mark.parametrize("ending", [".po", ".xlf"])
def test_a_file_that_nobody_touched_changes_no_byte(config, tmp_path, state, language, ending):
    before = state()
    path = tmp_path / f"all{ending}"
    assert export(config, language, path) > 500
    done = take_in(config, path, OFFICE)
    assert (done.changed, done.reviewed, done.files) == (0, 0, [])
    assert state() == before


def test_every_text_of_a_technology_is_handed_over_with_its_place_and_its_limit(handed):
    words = handed().read_text("utf-8")
    assert entry(words, f"{WIFI}#does_not.items.0")
    assert entry(words, "interface#%(num)s day").count("msgstr[") == 2
    assert entry(words, f"{WIFI}#name").splitlines() == [
        "#. Shown: /es/technologies/public-wifi/",
        "#. At most 60 characters.",
        "#. Made by machine, reviewed by nobody yet.",
        "#, fuzzy",
        f'msgctxt "{WIFI}#name"',
        'msgid "Public Wi-Fi"',
        'msgstr "Wi-Fi público"',
    ]


@pytest.mark.parametrize(
    ("swap", "made", "fuzzy", "state"),
    [
        (("es: Wi-Fi público", "by: {es: reviewed}\n  es: Wi-Fi público"), Made.REVIEWED, 0,
         '<target state="signed-off">'),
        (("es: Wi-Fi público", "by: {es: human}\n  es: Wi-Fi público"), Made.HUMAN, 0,
         '<target state="final">'),
        (("es: Wi-Fi público", "stale: {es: 2026-11-20}\n  es: Wi-Fi público"), Made.STALE, 1,
         '<target state="needs-translation">'),
        (("  es: Wi-Fi público\n", ""), Made.MISSING, 0, '<target state="new">'),
    ],
)  # fmt: skip
def test_the_state_of_a_text_is_said_as_the_format_says_it(
    handed, broken, swap, made, fuzzy, state
):
    broken(WIFI, *swap)
    po = entry(handed().read_text("utf-8"), f"{WIFI}#name")
    assert po.count("#, fuzzy") == fuzzy
    assert ('msgstr ""' in po) == (made == Made.MISSING)
    words = handed(ending=".xlf").read_text("utf-8")
    assert state in words.split(f'id="{WIFI}#name"')[1].split("</trans-unit>")[0]


# --- new words ----------------------------------------------------------------------------------


def test_new_words_land_in_their_line_and_nowhere_else(handed, config, changed):
    done = take_in(config, handed(NAME))
    assert (done.changed, done.files) == (1, [WIFI])
    assert changed() == {WIFI: (["  es: Wi-Fi público"], ["  es: Wi-Fi gratis"])}


def test_new_words_of_xliff_land_as_those_of_po_do(handed, config, changed):
    take_in(config, handed((">Wi-Fi público<", ">Wi-Fi &lt;gratis&gt;<"), ending=".xlf"))
    assert changed() == {WIFI: (["  es: Wi-Fi público"], ["  es: Wi-Fi <gratis>"])}


@pytest.mark.drill
def test_words_that_yaml_would_misread_are_quoted(handed, config, changed):
    take_in(config, handed(('"Wi-Fi público"', '"Wi-Fi: \\"público\\" # 2"')))
    assert changed()[WIFI][1] == [r'  es: "Wi-Fi: \"público\" # 2"']
    name = read_content(config).registry.technologies["public-wifi"].name
    assert name.languages["es"] == 'Wi-Fi: "público" # 2'


def test_a_message_lands_in_the_catalog(handed, config, changed):
    take_in(config, handed(('msgstr "Lugares"', 'msgstr "Sitios"')))
    assert changed() == {PO: (['msgstr "Lugares"'], ['msgstr "Sitios"'])}


def test_a_paragraph_lands_in_its_page_with_the_day(handed, config, changed, broken):
    broken(HOME, "updated: 2026-11-22", "updated: 2026-11-01")
    body = (config.record / HOME).read_text("utf-8").split("---\n")[2].strip()
    take_in(config, handed((body[:20], "Todo es nuevo.")))
    old, new = changed()[HOME]
    assert old == [body]
    assert new == ["Todo es nuevo." + body[20:]]
    assert "updated: 2026-11-22" in (config.record / HOME).read_text("utf-8")


def test_new_words_that_nobody_reviewed_are_not_called_reviewed(handed, config, broken):
    broken(WIFI, "provenance: {es: machine", "provenance: {es: {reviewed: Clerk}")
    take_in(config, handed(NAME))
    technology = read_content(config).registry.technologies["public-wifi"]
    assert technology.name.in_language("es").made == Made.MACHINE
    assert technology.summary.in_language("es").made == Made.REVIEWED


def test_a_translation_that_was_missing_is_put_behind_the_others(handed, config, broken):
    broken(WIFI, "  es: Wi-Fi público\n", "")
    missing = 'msgid "Public Wi-Fi"\nmsgstr ""'
    take_in(config, handed((missing, missing.replace('""', '"Wi-Fi público"'))))
    words = (config.record / WIFI).read_text("utf-8")
    assert "  tl: Pampublikong Wi-Fi\n  es: Wi-Fi público\nsummary:" in words


def test_a_page_that_was_missing_is_made(handed, config):
    english = (config.record / "content/pages/home/en.md").read_text("utf-8")
    spanish = (config.record / HOME).read_text("utf-8")
    (config.record / HOME).unlink()
    path = handed()
    words = path.read_text("utf-8")
    pairs = zip(_texts(english), _texts(spanish), strict=True)
    for source, target in pairs:
        found = f'msgid "{source}"\nmsgstr ""'
        assert found in words
        words = words.replace(found, f'msgid "{source}"\nmsgstr "{target}"')
    path.write_text(words, "utf-8")
    take_in(config, path)
    assert (config.record / HOME).read_text("utf-8") == spanish


def _texts(page: str) -> list[str]:
    _, head, body = page.split("---\n")
    lines = dict(line.split(": ", 1) for line in head.splitlines())
    return [lines["title"], lines["summary"], body.strip()]


def test_a_page_does_not_come_to_be_in_parts(handed, config, state):
    (config.record / HOME).unlink()
    title = 'msgid "Welcome"\nmsgstr ""'
    path = handed((title, title.replace('""', '"Hola"')))
    before = state()
    with pytest.raises(RefusedError, match=r"content/pages/home: 1 of the page's 3 texts"):
        take_in(config, path)
    assert state() == before


# --- briefs -------------------------------------------------------------------------------------

BRIEF = "content/briefs/pitch-long-beach-2023"


@pytest.fixture
def whole(tmp_path, config):
    """A function that exports the whole shipped record, which has briefs."""

    def export_all(language: str, ending: str = ".po"):
        path = tmp_path / f"whole{ending}"
        export(config, language, path)
        return path

    return export_all


@pytest.mark.parametrize(("language", "ending"), [("es", ".xlf"), ("km", ".po"), ("tl", ".xlf")])
def test_the_texts_of_briefs_come_back_as_they_went(whole, config, files_in, language, ending):
    before = files_in(config.record)
    path = whole(language, ending)
    words = path.read_text("utf-8")
    assert f"{BRIEF}#text.0" in words
    assert f"{BRIEF}/brief.yaml#title" in words
    assert "![](" not in words
    assert take_in(config, path, OFFICE).files == []
    assert files_in(config.record) == before


def test_a_paragraph_of_a_brief_lands_in_its_file(whole, config):
    path = whole("es")
    key = f"{BRIEF}#text.0"
    only(path, key)
    text = entry(path.read_text("utf-8"), key)
    old = text.split('msgstr "')[1]
    path.write_text(path.read_text("utf-8").replace(old, "Hola. " + old, 1), "utf-8")
    assert take_in(config, path).files == [f"{BRIEF}/es.md"]
    assert "\n\nHola. " in (config.record / BRIEF / "es.md").read_text("utf-8")


@pytest.mark.drill
def test_a_brief_in_one_more_language_says_so(whole, config, broken):
    version, said = config.record / BRIEF / "km.md", config.record / BRIEF / "brief.yaml"
    was, there = _body(version), whole("km", ".xlf").read_text("utf-8")
    broken(f"{BRIEF}/brief.yaml", "languages: [en, es, km, tl]", "languages: [en, es, tl]")
    version.unlink()
    path = whole("km", ".xlf")
    assert there != path.read_text("utf-8")
    path.write_text(there, "utf-8")
    assert take_in(config, path).files == [f"{BRIEF}/km.md", f"{BRIEF}/brief.yaml"]
    assert "languages: [en, es, km, tl]" in said.read_text("utf-8")
    assert _body(version) == was
    assert read_content(config).problems == []


def _body(path) -> str:
    return path.read_text("utf-8").split("---\n")[2]


# --- reviewed -----------------------------------------------------------------------------------


@pytest.mark.drill
def test_a_file_reviewed_as_a_whole_says_so_once(handed, config, changed):
    path = handed()
    settle(path)
    done = take_in(config, path, OFFICE)
    assert done.unsettled == 0
    old, new = changed()[WIFI]
    assert old == ["provenance: {es: machine, km: machine, tl: machine}"]
    assert new == [f"provenance: {{es: {{reviewed: {OFFICE}}}, km: machine, tl: machine}}"]
    assert changed()[HOME] == (["provenance: machine"], [f"provenance: {{reviewed: {OFFICE}}}"])
    assert changed()["languages.yaml"][1] == [
        f"- {{code: es, catalog: es, locale: es_US, name: Español, interface: {{reviewed: {OFFICE}}}}}"  # noqa: E501
    ]
    content = read_content(config)
    assert content.problems == []
    assert content.pages["home"].in_language("es")[2] == Made.REVIEWED
    assert take_in(config, handed(), "Somebody else").files == []


def test_a_single_text_that_was_reviewed_says_so_itself(handed, config, changed):
    path = handed()
    settle(path, f"{WIFI}#name")
    done = take_in(config, path, OFFICE)
    assert (done.changed, done.reviewed) == (0, 1)
    assert done.unsettled > 100
    assert changed() == {WIFI: ([], [f"  by: {{es: {{reviewed: {OFFICE}}}}}"])}
    name = read_content(config).registry.technologies["public-wifi"].name
    assert [name.in_language(code).made for code in ("es", "km")] == [Made.REVIEWED, Made.MACHINE]


@pytest.mark.drill
def test_a_single_message_that_was_reviewed_says_so_itself(handed, config, changed):
    path = handed()
    settle(path, "interface#Places")
    take_in(config, path, OFFICE)
    assert changed() == {
        PO: (
            ["# Made by machine, reviewed by nobody yet."],
            ["# Made by machine; a message that was reviewed says by whom.",
             f"# Reviewed by {OFFICE}"],
        )
    }  # fmt: skip
    assert "#, fuzzy" not in entry(handed().read_text("utf-8"), "interface#Places")


@pytest.mark.drill
def test_new_words_take_the_name_of_the_reviewer_off_a_message(handed, config, changed):
    path = handed()
    settle(path, "interface#Places")
    take_in(config, path, OFFICE)
    take_in(config, handed(('msgstr "Lugares"', 'msgstr "Sitios"')))
    assert changed() == {PO: (['msgstr "Lugares"'], ['msgstr "Sitios"'])}


@pytest.mark.drill
def test_a_review_in_xliff_counts_by_its_state(handed, config, changed):
    found = '<target state="needs-review-translation">Wi-Fi público'
    put = '<target state="signed-off">Wi-Fi público'
    take_in(config, handed((found, put), ending=".xlf"), OFFICE)
    assert changed() == {WIFI: ([], [f"  by: {{es: {{reviewed: {OFFICE}}}}}"])}


def test_part_of_a_page_reviewed_leaves_the_page_unreviewed(handed, config, changed):
    path = handed()
    settle(path, "content/pages/home#title")
    assert take_in(config, path, OFFICE).reviewed == 0
    assert changed() == {}


@pytest.mark.drill
def test_what_people_wrote_stays_theirs_when_it_is_reviewed(handed, config, broken):
    broken(WIFI, "provenance: {es: machine", "provenance: {es: human")
    take_in(config, handed(NAME), OFFICE)
    name = read_content(config).registry.technologies["public-wifi"].name
    assert name.in_language("es") == ("Wi-Fi gratis", "es", Made.HUMAN)


def test_a_text_that_follows_the_english_again_is_no_longer_stale(handed, config, broken):
    broken(WIFI, "  tl: Pampu", "  stale: {es: 2026-11-20, km: 2026-11-20}\n  tl: Pampu")
    path = handed()
    settle(path, f"{WIFI}#name")
    take_in(config, path)
    assert "  stale: {km: 2026-11-20}\n  tl: Pampu" in (config.record / WIFI).read_text("utf-8")
    name = read_content(config).registry.technologies["public-wifi"].name
    assert name.in_language("es").made == Made.MACHINE


@pytest.mark.drill
def test_a_page_that_follows_the_english_again_is_no_longer_stale(handed, config, broken):
    broken(HOME, "translates: 2026-11-22", "translates: 2026-11-20")
    path = handed()
    settle(path)
    only(path, "content/pages/home#")
    take_in(config, path)
    page = read_content(config).pages["home"]
    assert page.in_language("es")[2] == Made.MACHINE
