"""Contacts: nobody but the desk can read them, and they go when their time is over."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from lamppost import db
from lamppost.apart import contacts, vault
from lamppost.apart.models import Contact, Subject
from lamppost.cli import main
from lamppost.sealed import SealError, boxed, new_private_key, public_key_of, unboxed

CASE = Subject("concern", b"k" * 16)
UNTIL = date(2027, 3, 1)
GIVEN = {
    "reach__name": ["Sokha"], "reach__email": ["sokha@example.org"],
    "reach__phone": ["562 555 0100"], "reach__language": ["km"], "what": ["A camera."],
}  # fmt: skip


@pytest.fixture
def kept(live, answered):  # noqa: ARG001 - what it keeps is in the app
    """A concern whose writer can be reached."""
    assert contacts.keep(CASE, answered(**GIVEN), "en", UNTIL) == 3
    db.sessions().commit()
    return CASE


def test_the_desk_reads_what_was_given(kept):
    ways = contacts.ways_to(kept)
    assert [(way.kind, way.value) for way in ways] == [
        ("name", "Sokha"), ("email", "sokha@example.org"), ("phone", "562 555 0100"),
    ]  # fmt: skip
    assert {(way.language, way.purpose, way.delete_after) for way in ways} == {
        ("km", "reach", UNTIL)
    }
    assert contacts.has_contact(kept)


@pytest.mark.usefixtures("kept")
def test_no_file_of_the_instance_but_the_key_helps_to_read_them(config, stored):
    db.sessions().remove()
    files = (path.read_bytes() for path in config.instance.rglob("*") if path.is_file())
    for data in (stored(config), *files):
        assert b"sokha@example.org" not in data
        assert b"562 555 0100" not in data


@pytest.mark.usefixtures("kept")
def test_without_the_private_key_they_are_written_and_not_read(live, config, answered):
    config.contact_private.rename(config.instance.parent / "elsewhere")
    other = Subject("concern", b"o" * 16)
    assert contacts.keep(other, answered(**GIVEN), "en", UNTIL) == 3
    db.sessions().commit()
    assert contacts.has_contact(other)
    with pytest.raises(vault.NoKeyError, match="expected the private key"):
        contacts.ways_to(other)
    assert not config.contact_private.exists()
    live.extensions["config"] = replace(config, contact_key=config.instance.parent / "elsewhere")
    assert len(contacts.ways_to(other)) == 3


def test_a_value_under_another_row_does_not_open(kept):
    one, other = db.sessions().scalars(select(Contact).limit(2))
    one.value = other.value
    db.sessions().commit()
    with pytest.raises(SealError):
        contacts.ways_to(kept)


def test_they_go_on_the_day_after_their_last(kept):
    assert contacts.purge(UNTIL) == 0
    assert contacts.purge(UNTIL + timedelta(days=1), dry_run=True) == 3
    contacts.keep_until(kept, UNTIL + timedelta(days=30))
    assert contacts.purge(UNTIL + timedelta(days=1)) == 0
    assert contacts.purge(UNTIL + timedelta(days=31)) == 3
    assert not contacts.has_contact(kept)


def test_they_go_when_their_writer_wants_it(kept):
    assert contacts.forget(Subject("pitch", kept.key)) == 0
    assert contacts.forget(kept) == 3
    assert contacts.ways_to(kept) == []


@pytest.mark.usefixtures("live")
def test_who_gave_nothing_has_no_row(answered):
    assert contacts.keep(CASE, answered(what=["A camera."]), "en", UNTIL) == 0
    assert not contacts.has_contact(CASE)


# --- the keys -----------------------------------------------------------------------------------


def test_what_is_in_a_box_comes_out_for_its_key_and_its_name_alone():
    private = new_private_key()
    public = public_key_of(private)
    found = boxed("ខ្មែរ".encode(), public, b"row")
    assert unboxed(found, private, b"row").decode() == "ខ្មែរ"
    assert boxed("ខ្មែរ".encode(), public, b"row") != found
    broken = [
        (found, new_private_key(), b"row"), (found, private, b"another row"),
        (found[:-1], private, b"row"), (b"", private, b"row"), (bytes(80), private, b"row"),
    ]  # fmt: skip
    for words, key, about in broken:
        with pytest.raises(SealError):
            unboxed(words, key, about)


def test_the_command_makes_both_keys_once(tmp_path):
    environment = {"LAMPPOST_INSTANCE": str(tmp_path / "instance")}
    for said in (True, False):
        answer = CliRunner().invoke(main, ["init"], env=environment, catch_exceptions=False)
        assert ("key of contacts" in answer.output) is said
    private = tmp_path / "instance" / "contact_key"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    public = bytes.fromhex((tmp_path / "instance" / "contact_key.pub").read_text("ascii"))
    assert public == public_key_of(bytes.fromhex(private.read_text("ascii")))


@pytest.mark.usefixtures("told")
def test_a_public_key_that_was_lost_is_made_again_of_the_private_one(config):
    vault.make_keys(config)
    before = config.contact_public.read_text("ascii")
    config.contact_public.unlink()
    assert vault.make_keys(config) is None
    assert config.contact_public.read_text("ascii") == before


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("words", ["", "xyz", "ab" * 31])
def test_a_broken_private_key_is_told(words, config):
    vault.make_keys(config)
    sealed = vault.closed(config, b"a", b"row")
    config.contact_private.chmod(0o600)
    config.contact_private.write_text(words, "ascii")
    with pytest.raises(vault.NoKeyError, match="expected"):
        vault.read(config, sealed, b"row")
