"""What changed, told from saved files: as facts that a resident understands."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest

from lamppost import create_app
from lamppost.config import Config
from lamppost.content import read_content
from lamppost.history import save
from lamppost.registry.changes import Detail

WIFI = "technologies/public-wifi.yaml"
DEVICES = "devices/public-wifi.csv"
KEPT = """retention:
  items:
    - applies_to: {en: Logs, es: Registros, km: កំណត់ហេតុ, tl: Mga log}
      duration: P30D
  sources: [S5]
  grade: stated
old_retention:"""


@pytest.fixture
def keeping(kept: Path, change) -> None:
    """The record in which public Wi-Fi keeps its logs for 30 days, saved."""
    change(WIFI, "\nretention:", "\n" + KEPT)
    path = kept / "content" / "registry" / WIFI
    words = path.read_text("utf-8")
    start = words.index("old_retention:")
    path.write_text(words[:start] + words[words.index("does_not:", start) :], "utf-8")
    save(kept, "Found the log rule")


def first_row(kept: Path) -> list[str]:
    return (kept / "content" / "registry" / DEVICES).read_text("utf-8").splitlines()[1].split(",")


def the_change(content):
    [change] = [change for change in content.changes if change.save == content.changes[0].save]
    return change


# --- technologies -------------------------------------------------------------------------------


@pytest.mark.usefixtures("keeping")
def test_a_longer_retention_is_told_with_both_times(change, saved, visit):
    change(WIFI, "duration: P30D", "duration: P60D")
    saved("New log rule")
    page = visit().get("/en/technologies/public-wifi/").text
    assert "How long the data is kept changed from 30 days to 60 days" in page
    assert "New log rule" in page


@pytest.mark.usefixtures("keeping")
@pytest.mark.parametrize("language", ["en", "es", "km", "tl"])
def test_a_longer_retention_is_told_in_every_language(change, saved, visit, language):
    change(WIFI, "duration: P30D", "duration: P60D")
    saved("New log rule")
    page = visit().get(f"/{language}/technologies/public-wifi/").text
    changes = page.split('<ol class="changes">')[1].split("</li>")[0]
    assert "30" in changes
    assert "60" in changes
    assert ("changed from" in changes) == (language == "en")


@pytest.mark.parametrize(
    ("found", "put", "detail"),
    [
        ("status: active", "status: paused", Detail("status", "value", "active", "paused")),
        (
            "items: [connectivity]",
            "items: [connectivity, mobility]",
            Detail("purpose", "words", (), ("mobility",)),
        ),
        (
            "items: [connectivity]",
            "items: [mobility]",
            Detail("purpose", "words", ("connectivity",), ("mobility",)),
        ),
        (
            "type: local__device_identifier",
            "type: local__video",
            Detail("data", "words", ("local__device_identifier",), ("local__video",)),
        ),
        (
            "level: unknown",
            "level: pseudonymous\n  sources: [S5]\n  grade: stated",
            Detail("identifiability", "value", "unknown", "pseudonymous"),
        ),
        ("  en: Public Wi-Fi lets", "  en: Free Wi-Fi lets", Detail("summary", "text")),
        ("phone: 562-570-6911", "phone: 562-570-0000", Detail("contact", "text")),
        ("sources: [S5, S6]", "sources: [S5]", Detail("accountable", "text")),
    ],
)
def test_a_change_of_a_technology_is_told_as_a_fact(change, saved, found, put, detail):
    change(WIFI, found, put)
    told = the_change(saved("Better known"))
    assert (told.technology, told.device, told.note) == ("public-wifi", "", "Better known")
    assert told.details == (detail,)


def test_a_new_name_is_told_with_the_old_one(change, saved, visit):
    change(WIFI, "\n  en: Public Wi-Fi\n", "\n  en: Free Wi-Fi\n")
    saved("Renamed")
    page = visit().get("/en/changes/").text
    assert "Name changed from Public Wi-Fi to Free Wi-Fi" in page


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("verify_by: 2027-05-22", "verify_by: 2027-06-22"),
        ("verified_on: 2026-11-22", "verified_on: 2026-11-21"),
        ("icon: wifi", "icon: car"),
        ("# The format", "# A comment. The format"),
    ],
)
def test_what_changes_no_answer_is_not_told(change, saved, found, put):
    change(WIFI, found, put)
    assert saved("Seen again").changes == []


def test_all_facts_of_a_save_are_told_in_one_change(change, saved):
    change(WIFI, "status: active", "status: paused")
    change(WIFI, "items: [connectivity]", "items: [mobility]")
    assert [d.what for d in the_change(saved("Two facts")).details] == ["status", "purpose"]


def test_a_technology_that_comes_and_goes_is_told(kept, saved, visit):
    registry = kept / "content" / "registry"
    shutil.copy(registry / "technologies/traffic-cameras.yaml", registry / "technologies/new.yaml")
    assert the_change(saved("New")).details == (Detail("technology", "added"),)
    (registry / "technologies/new.yaml").unlink()
    assert the_change(saved("Gone")).details == (Detail("technology", "removed"),)
    page = visit().get("/en/changes/").text
    assert "Taken out of the registry." in page


def test_a_word_that_is_no_more_is_still_told(change, saved, visit, kept):
    change(WIFI, "items: [connectivity]", "items: [mobility]")
    path = kept / "content" / "registry" / "words" / "purpose.yaml"
    words = path.read_text("utf-8")
    start = words.index("  connectivity:")
    end = words.index("\n  ", words.index("icon:", start)) + 1
    path.write_text(words[:start] + words[end:], "utf-8")
    saved("Another word")
    assert "removed connectivity." in visit().get("/en/technologies/public-wifi/").text


def test_a_state_that_was_saved_without_a_check_is_not_told_as_a_removal(kept, change, saved):
    change(WIFI, "status: active", "\tstatus: active")
    save(kept, "Broken by hand")
    change(WIFI, "\tstatus: active", "status: paused")
    content = saved("Mended")
    assert [d for c in content.changes for d in c.details] == [Detail("technology", "text")] * 2


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[" * 100_000, b"a: !!int ''", b"- a", b"name: 7"])
def test_any_state_that_was_saved_without_a_check_can_be_passed_over(kept, saved, data):
    path = kept / "content" / "registry" / WIFI
    sound = path.read_bytes()
    path.write_bytes(data)
    save(kept, "Broken by hand")
    path.write_bytes(sound)
    assert len(saved("Mended").changes) == 2


# --- devices ------------------------------------------------------------------------------------


def test_a_device_that_moved_is_told_with_its_places(kept, change, saved):
    row = first_row(kept)
    change(DEVICES, row[3], "33.77061")
    told = the_change(saved("Measured again"))
    assert (told.device, told.details) == (row[0], (Detail("location", "moved"),))
    assert told.places == ("district-1", "downtown")


def test_a_device_that_moved_to_another_place_is_told_in_both(change, saved):
    change(DEVICES, "district-1;downtown", "district-2")
    assert the_change(saved("Wrong district")).places == ("district-1", "district-2", "downtown")


def test_a_device_that_comes_is_told(kept, saved):
    path = kept / "content" / "registry" / DEVICES
    lines = path.read_text("utf-8").splitlines(keepends=True)
    new = lines.pop()
    path.write_text("".join(lines), "utf-8")
    save(kept, "Fewer")
    path.write_text("".join([*lines, new]), "utf-8")
    told = the_change(saved("One more"))
    assert (told.device, told.details) == (new[:7], (Detail("device", "added"),))


def test_a_device_that_was_removed_keeps_its_address_and_says_so(kept, change, saved, visit):
    row = first_row(kept)
    change(DEVICES, f"{row[0]},public-wifi,active", f"{row[0]},public-wifi,removed")
    told = the_change(saved("Taken down"))
    assert told.details == (Detail("status", "value", "active", "removed"),)
    client = visit()
    page = client.get(f"/en/devices/{row[0]}/")
    assert page.status_code == 200
    assert "This device was removed." in page.text
    assert "Status changed from In use to Removed" in page.text
    assert client.get(f"/d/{row[0]}/").status_code == 200


def test_a_row_that_is_gone_is_told_without_a_link_that_leads_nowhere(kept, saved, visit):
    path = kept / "content" / "registry" / DEVICES
    lines = path.read_text("utf-8").splitlines(keepends=True)
    code = lines.pop(1)[:7]
    path.write_text("".join(lines), "utf-8")
    assert the_change(saved("A mistake")).details == (Detail("device", "removed"),)
    client = visit()
    for address in ("/en/changes/", "/en/technologies/public-wifi/", "/en/"):
        page = client.get(address).text
        assert code in page
        assert f"/devices/{code}/" not in page


def test_the_order_of_rows_and_columns_is_no_change(kept, saved):
    path = kept / "content" / "registry" / DEVICES
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, sorted(rows[0]))
    writer.writeheader()
    writer.writerows(reversed(rows))
    path.write_text(stream.getvalue(), "utf-8")
    assert saved("Sorted").changes == []


def test_a_changed_override_is_told_in_words(kept, saved, visit):
    code = first_row(kept)[0]
    path = kept / "content" / "registry" / DEVICES
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    rows[0]["override_retention"] = "P7D"
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), "utf-8")
    saved("Shorter here")
    page = visit().get(f"/en/devices/{code}/").text
    assert "How long the data is kept here: now 7 days" in page


# --- days and notes -----------------------------------------------------------------------------


def test_the_day_of_a_change_is_that_of_the_city(change, saved):
    change(WIFI, "status: active", "status: paused")
    [told] = saved("Paused").changes
    from_git = told.day
    assert abs((date.today() - from_git).days) <= 1  # noqa: DTZ011 - the machine's day, give or take


def test_changes_come_newest_first(change, saved):
    change(WIFI, "status: active", "status: paused")
    saved("First")
    change(WIFI, "status: paused", "status: ended")
    assert [c.note for c in saved("Second").changes] == ["Second", "First"]


@pytest.mark.parametrize("address", ["/en/", "/en/changes/", "/en/technologies/public-wifi/"])
def test_a_note_with_markup_is_shown_as_it_was_written(change, saved, visit, address):
    change(WIFI, "status: active", "status: paused")
    saved("<script>alert(1)</script> & more")
    page = visit().get(address).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "<script>alert" not in page


def test_without_a_history_nothing_has_changed(small):
    config = Config(record=small, as_of=date(2026, 11, 22))
    assert read_content(config).changes == []
    page = create_app(config).test_client().get("/en/changes/").text
    assert "Nothing has changed since the registry was first published here." in page
