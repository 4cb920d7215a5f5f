"""What must hold of the shipped registry: lists, maps, counts, marks and proofs agree."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import pytest
from flask.testing import FlaskClient

from lamppost.config import PROJECT
from lamppost.registry.models import PLATE_POLICY_PARTS, Group, Known, Technology
from lamppost.registry.queries import groups_of, page_of, pages_in

TECHNOLOGIES = sorted(p.stem for p in PROJECT.glob("content/registry/technologies/*.yaml"))
PLATE_READERS = ["garage-plate-readers", "parking-plate-readers", "police-plate-readers"]
LISTED = re.compile(r'<li class="devices__item" id="(\w{7})"[^>]*>\s*<a href="/en/devices/\1/"')
PLACED = re.compile(r'<li class="devices__item" id="(\w{7})" data-spot=')
MARKED = re.compile(r'<a class="map__mark[^"]*" href="/en/devices/(\w{7})/"')
JOINED = re.compile(r'<a class="map__mark" href="#\w{7}".*?<text>(\d+)</text>')


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def pages(client: FlaskClient, address: str, more: str, length: int) -> list[str]:
    """All pages of a list."""
    numbers = range(1, pages_in(length) + 1)
    return [page(client, address if n == 1 else f"{address}{more}{n}/") for n in numbers]


# --- how much -----------------------------------------------------------------------------------


def test_there_are_25_technologies(registry):
    assert len(registry.technologies) == 25


def test_sample_devices_stand_in_all_nine_districts(registry):
    samples = [device for device in registry.devices.values() if device.sample]
    districts = {place for d in samples for place in d.place if place.startswith("district-")}
    assert len(samples) >= 200
    assert districts == {f"district-{n}" for n in range(1, 10)}


def test_the_first_place_of_a_device_is_its_district(registry):
    firsts = {device.place[0] for device in registry.devices.values() if device.place}
    assert {registry.places[place].kind for place in firsts} == {"district"}


# --- lists and maps -----------------------------------------------------------------------------


@pytest.mark.parametrize("technology", TECHNOLOGIES)
def test_every_device_stands_in_the_list_of_its_technology(client, registry, technology):
    devices = registry.devices_of(registry.technologies[technology])
    shown = pages(client, f"/en/technologies/{technology}/", "devices/", len(devices))
    assert [code for text in shown for code in LISTED.findall(text)] == [d.code for d in devices]


def test_every_device_stands_in_the_lists_of_its_places(client, registry):
    for place in registry.places.values():
        devices = registry.devices_at(place)
        shown = pages(client, f"/en/places/{place.id}/", "", len(devices))
        assert [c for text in shown for c in LISTED.findall(text)] == [d.code for d in devices]


def test_a_map_shows_the_devices_of_its_list_that_have_a_point(client, registry):
    for place in registry.places.values():
        devices = registry.devices_at(place)
        for n, text in enumerate(pages(client, f"/en/places/{place.id}/", "", len(devices)), 1):
            placed = [device.code for device in page_of(devices, n) if device.has_point]
            assert PLACED.findall(text) == placed
            assert set(MARKED.findall(text)) <= set(placed)
            joined = sum(int(number) for number in JOINED.findall(text))
            assert len(MARKED.findall(text)) + joined == len(placed)


def test_a_device_without_a_point_stands_in_every_list_and_download(client, registry):
    lost = [device for device in registry.devices.values() if not device.has_point]
    assert lost
    table = page(client, "/downloads/devices.csv")
    for device in lost:
        technology = registry.technology_of(device)
        places = [registry.places[id_] for id_ in device.place]
        lists = [
            (f"/en/technologies/{technology.id}/", "devices/", registry.devices_of(technology)),
            *((f"/en/places/{place.id}/", "", registry.devices_at(place)) for place in places),
        ]
        texts = ["".join(pages(client, at, more, len(all_))) for at, more, all_ in lists]
        for text in (*texts, page(client, f"/en/devices/starting-with/{device.code[0]}/")):
            assert device.code in LISTED.findall(text)
            assert device.code not in PLACED.findall(text) + MARKED.findall(text)
        assert f"\n{device.code}," in table
        assert page(client, f"/en/devices/{device.code}/")


# --- counts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", ["purposes", "data", "places"])
def test_a_count_is_the_length_of_the_list_it_leads_to(client, index):
    link = rf'<a href="(/en/{index}/[\w-]+/)">'
    count = r'.*?<span class="count">(.*?)</span>'
    counted = re.findall(link + count, page(client, f"/en/{index}/"), re.DOTALL)
    assert len(counted) > 10
    for address, words in counted:
        listing = page(client, address)
        further = re.findall(rf'href="({address}\d+/)"', listing)
        listing += "".join(page(client, address) for address in dict.fromkeys(further))
        items = listing.count('<li class="technology">') + listing.count('<span class="code">')
        assert items == sum(map(int, re.findall(r"\d+", words)))


def test_the_count_of_devices_of_a_technology_is_the_length_of_its_list(client, registry):
    text = page(client, "/en/technologies/")
    found = re.findall(r'href="/en/technologies/([\w-]+)/".*?(\d+) devices?<', text, re.DOTALL)
    counted = {technology: int(count) for technology, count in found}
    assert counted == {t.id: len(registry.devices_of(t)) for t in registry.technologies.values()}


def test_the_count_of_technologies_of_an_organization_is_the_length_of_its_list(client, registry):
    text = page(client, "/en/organizations/")
    for organization, roles in registry.roles.items():
        entry = text.split(f'href="/en/organizations/{organization}/"')[1].split("</li>")[0]
        assert re.search(rf"\b{len(roles)} technolog", entry)
        own = page(client, f"/en/organizations/{organization}/").split("<footer")[0]
        linked = set(re.findall(r'href="/en/technologies/([\w-]+)/"', own))
        assert linked == {technology.id for technology, _ in roles}


# --- sample marks -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "mark"),
    [
        ("/en/devices/{}/", "<strong>sample data</strong>: it is invented"),
        ("/d/{}/", "Sample: this device is invented."),
        ("/d/{}/sign/", "Sample: this device is invented."),
    ],
)
def test_a_sample_device_says_so_on_its_pages(client, registry, address, mark):
    samples = [device for device in registry.devices.values() if device.sample]
    for device in samples[::25]:
        assert mark in page(client, address.format(device.code))


@pytest.mark.parametrize("language", ["es", "km", "tl"])
def test_a_sample_device_says_so_in_every_language(client, registry, language):
    device = next(device for device in registry.devices.values() if device.sample)
    text = page(client, f"/{language}/devices/{device.code}/")
    assert re.search(r"<strong>[^<]+</strong>", text.split("<h1>")[0])
    assert "sample data</strong>" not in text
    assert page(client, f"/d/{device.code}/").count('class="sample-mark"') == 4


def test_a_sample_device_says_so_in_every_download(client, registry):
    samples = {code for code, device in registry.devices.items() if device.sample}
    for device in client.get("/downloads/registry.json").json["devices"]:
        assert device["sample"] == int(device["code"] in samples)


def test_every_list_with_sample_devices_says_that_there_are_some(client, registry):
    place = next(place for place in registry.places.values() if registry.devices_at(place))
    assert "sample" in page(client, f"/en/places/{place.id}/").split("<h1>")[0].lower()


# --- proofs -------------------------------------------------------------------------------------


def stating(technology: Technology) -> dict[str, Known]:
    """The groups of a technology that state something."""
    return {
        name: group
        for name, group in groups_of(technology).items()
        if (isinstance(group, Group) and group.items)
        or (name == "identifiability" and group.level != "unknown")
        or (name == "contract" and (group.vendor or group.ends_on or group.cost))
        or (name == "contact" and (group.phone or group.mailbox))
        or group.gap == "none"
    }


@pytest.mark.parametrize("technology", TECHNOLOGIES)
def test_whatever_is_stated_has_a_source_and_a_grade(registry, technology):
    groups = stating(registry.technologies[technology])
    assert groups
    assert {name for name, group in groups.items() if not group.sources} == set()
    assert {name for name, group in groups.items() if not group.grade} == set()


@pytest.mark.parametrize("technology", TECHNOLOGIES)
def test_whatever_is_stated_shows_its_sources_on_the_page(client, content, technology):
    text = page(client, f"/en/technologies/{technology}/")
    for name, group in stating(content.registry.technologies[technology]).items():
        section = text.split(f'id="{name}"')[1].split("</section>")[0]
        cited = re.findall(r'href="/en/sources/#([\w-]+)"', section)
        assert cited == list(group.sources)
        assert f"grade--{group.grade}" in section


def test_no_contact_is_a_person(registry):
    mailboxes = {t.contact.mailbox for t in registry.technologies.values()}
    mailboxes |= {organization.mailbox for organization in registry.organizations.values()}
    personal = re.compile(r"^[a-z]+[._][a-z]+@")  # jane.doe@
    assert [mailbox for mailbox in mailboxes if personal.match(mailbox)] == []


# --- plate readers ------------------------------------------------------------------------------


def test_the_plate_readers_are_known(registry):
    assert [t.id for t in registry.technologies.values() if t.reads_plates] == PLATE_READERS


@pytest.mark.parametrize("language", ["en", "es", "km", "tl"])
@pytest.mark.parametrize("technology", PLATE_READERS)
def test_a_plate_reader_shows_each_part_that_the_law_asks_for_or_that_it_is_missing(
    client, registry, technology, language
):
    section = page(client, f"/{language}/technologies/{technology}/")
    section = section.split('id="plate_policy"')[1].split("</section>")[0]
    missing = section.partition('<ul class="missing">')[2].count("<li>")
    held = section.partition('<ul class="missing">')[0].count("<li>")
    assert missing == len(registry.technologies[technology].missing_policy_parts)
    assert held + missing == len(PLATE_POLICY_PARTS)


def test_other_technologies_are_not_asked_for_the_policy(client):
    assert 'id="plate_policy"' not in page(client, "/en/technologies/public-wifi/")


# --- languages ----------------------------------------------------------------------------------


def test_every_place_with_words_of_its_own_has_them_in_every_language(registry):
    kinds = Counter(
        (bool(d.location_es), bool(d.location_km), bool(d.location_tl))
        for d in registry.devices.values()
    )
    assert set(kinds) <= {(True, True, True), (False, False, False)}


def test_the_name_of_every_technology_stands_on_its_page_in_every_language(client, registry):
    for technology in registry.technologies.values():
        for language, name in technology.name.languages.items():
            text = page(client, f"/{language}/technologies/{technology.id}/")
            assert name in unescape(re.search(r"<h1>(.*?)</h1>", text)[1])
