"""A form that is sent back untouched changes nothing; one that is filled in changes that alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from lamppost.config import PROJECT
from lamppost.entries import entry, labels
from lamppost.entries.forms import EntryForm
from lamppost.entries.kinds import KINDS, ONLY, Kind
from lamppost.entries.leaves import Ground
from lamppost.fields import Choice, Field, Items, Part, declared
from lamppost.registry.models import GroupOf


def shipped_entries(kind: Kind, content: Any) -> Iterator[tuple[str, str, bytes, dict[str, Any]]]:
    """Each entry that is shipped: id, language of an article, its file, what that says of it."""
    if kind.key:
        data = (PROJECT / kind.file).read_bytes()
        yield from ((id_, "", data, raw) for id_, raw in entry.entries(kind, data).items())
        return
    for id_ in [ONLY] if kind.is_only else kind.ids_in(content.digests):
        for language in entry.sections(kind) if kind.is_article else [""]:
            data = (PROJECT / kind.name(id_, language)).read_bytes()
            yield id_, language, data, entry.value(kind, id_, data)


def sent_back(content: Any, fields: Any, raw: Any, **how: Any) -> EntryForm:
    """The form for a section of an entry, as it is when a browser sends it back."""
    opened = EntryForm(Ground(content, **how), fields, raw)
    return EntryForm(Ground(content, sent=MultiDict(opened.pairs()), **how), fields, raw)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_entry_sent_back_untouched_stays_byte_for_byte(kind, content):
    files = {}
    for id_, language, data, raw in shipped_entries(kind, content):
        for section, fields in entry.sections(kind).items():
            if language in ("", section):
                form = sent_back(content, fields, raw, language=language)
                assert form.value() is raw, (id_, section)
                files[kind.name(id_, language)] = (id_, data, form.value())
    assert files
    for id_, data, value in files.values():
        assert entry.with_value(kind, id_, data, value) == data


def test_a_translator_who_sends_back_what_is_there_changes_nothing(content):
    kind = KINDS["technologies"]
    data = (PROJECT / kind.name("public-wifi")).read_bytes()
    raw = entry.value(kind, "public-wifi", data)
    for fields in entry.sections(kind).values():
        form = sent_back(content, fields, raw, whole=False)
        assert form.value() is raw
        assert not [name for name, _ in form.pairs() if name.endswith((".en", ".rows", ".gone"))]


def test_no_kind_leaves_a_declared_field_out():
    for kind in KINDS.values():
        shown = {name for fields in entry.sections(kind).values() for name in fields}
        left = {"recommendations"} if kind.id == "plan" else set()
        left = set(entry.DATED) if kind.is_article else left
        assert set(declared(kind.record)) - shown == left, kind.id


def fields_in(record: type) -> Iterator[tuple[str, Field]]:
    for name, (field, _needed) in declared(record).items():
        yield name, field
        inner = field.of if isinstance(field, (Items, GroupOf)) else field
        yield name, inner
        if isinstance(inner, Part):
            yield from fields_in(inner.of)


def test_every_field_and_every_value_of_a_choice_has_words():
    for kind in KINDS.values():
        for name, field in fields_in(kind.record):
            assert name in entry.DATED or str(labels.field((name,)))
            if isinstance(field, Choice):
                assert all(str(words) for words in labels.choices(field.of).values())


TECHNOLOGY = """\
# A comment
provenance: {es: machine, km: machine, tl: machine}
verified_on: 2026-11-22
name: {en: Name, es: Nombre}   # beside it
retention:
  items:
    - applies_to:
        en: Pictures
        es: Imágenes
      duration: P60D   # two months
    - applies_to: {en: Logs}
      duration: P1Y6M
  sources: [S1, S2]
  grade: press
processing:
  items: [aggregated]
  sources: [S1]
  grade: press
contract:
  ends_on: 2031-12-31
"""


@pytest.mark.parametrize(
    ("section", "filled", "found", "put"),
    [
        ("retention", {"retention.items.0.duration.number": "30"}, "P60D ", "P30D "),
        ("retention", {"retention.items.0.duration.how": "none"}, "P60D ", "none "),
        ("retention", {"retention.items.1.duration.number": "P2Y6M"}, "P1Y6M", "P2Y6M"),
        ("retention", {"retention.items.1.duration.number": "9", "retention.items.1.duration.unit":
         "TH"}, "P1Y6M", "PT9H"),
        ("retention", {"retention.items.1.working_days": "y"},
         "P1Y6M\n", "P1Y6M\n      working_days: true\n"),
        ("retention", {"retention.items.1.gone": "y"},
         "    - applies_to: {en: Logs}\n      duration: P1Y6M\n", ""),
        ("retention", {"retention.sources.0": "S3"}, "[S1, S2]", "[S3, S2]"),
        ("retention", {"retention.sources.2": "S3"}, "[S1, S2]", "[S1, S2, S3]"),
        ("retention", {"retention.sources.1": ""}, "[S1, S2]", "[S1]"),
        ("retention", {"retention.grade": "policy"},
         "[S1, S2]\n  grade: press", "[S1, S2]\n  grade: policy"),
        ("retention", {"retention.gap": "unknown"},
         "P1Y6M\n", "P1Y6M\n  gap: unknown\n"),
        ("retention", {"retention.items.0.applies_to.es": "Fotos"}, "Imágenes", "Fotos"),
        ("retention", {"retention.items.0.applies_to.by.es": "human"},
         "Imágenes\n", "Imágenes\n        by:\n          es: human\n"),
        ("retention", {"retention.items.0.applies_to.en": "Photos"},
         "en: Pictures\n        es: Imágenes\n",
         "en: Photos\n        es: Imágenes\n        stale:\n          es: 2026-11-22\n"),
        ("retention", {"retention.items.0.applies_to.en": "Photos",
                       "retention.items.0.applies_to.same": "y"}, "Pictures", "Photos"),
        ("processing", {"processing.items": ["aggregated", "local__transcribed"]},
         "[aggregated]", "[aggregated, local__transcribed]"),
        ("contract", {"contract.ends_on": "2030-01-31"}, "2031-12-31", "2030-01-31"),
        ("contract", {"contract.vendor": "city"},
         "2031-12-31\n", "2031-12-31\n  vendor: city\n"),
        ("facts", {"name.tl": "Pangalan"}, "es: Nombre}", "es: Nombre, tl: Pangalan}"),
        ("facts", {"verified_on": "2026-12-01"}, "2026-11-22", "2026-12-01"),
    ],
)  # fmt: skip
def test_what_is_filled_in_is_all_that_changes(content, section, filled, found, put):
    kind, data = KINDS["technologies"], TECHNOLOGY.encode()
    raw, fields = entry.value(kind, "x", data), entry.sections(kind)[section]
    sent = MultiDict(EntryForm(Ground(content), fields, raw).pairs())
    for name, value in filled.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    form = EntryForm(Ground(content, sent=sent), fields, raw)
    assert form.differences()
    written = entry.with_value(kind, "x", data, form.value()).decode()
    assert written == TECHNOLOGY.replace(found, put, 1)


@pytest.mark.parametrize(
    ("mine", "theirs", "both", "conflicts"),
    [
        ({"a": 2, "b": 1}, {"a": 1, "b": 2}, {"a": 2, "b": 2}, []),
        ({"a": 2, "b": 1}, {"a": 3, "b": 1}, {"a": 3, "b": 1}, ["a"]),
        ({"a": 2, "b": 1}, {"b": 1}, {"b": 1}, ["a"]),
        ({"b": 1}, {"a": 1, "b": 1, "c": 5}, {"b": 1, "c": 5}, []),
        ({"a": 1, "b": {"es": "x"}}, {"a": 1, "b": {"es": "y"}}, {"a": 1, "b": {"es": "y"}},
         ["b.es"]),
    ],
)  # fmt: skip
def test_two_changes_are_put_together_and_what_contradicts_is_told(mine, theirs, both, conflicts):
    base = {"a": 1, "b": 1}
    assert entry.merged(base, mine, theirs, {}) == (both, conflicts)
    chosen = dict.fromkeys(conflicts, "mine")
    assert entry.merged(base, mine, theirs, chosen)[1] == []
