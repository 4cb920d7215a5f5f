"""The registry's pages, and what each of them shows, as hashes for the freeze."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from ..addresses import Address, key
from ..content import Content
from .changes import Change
from .models import Device
from .numbers import counted
from .queries import page_of, pages_in


def addresses(content: Content) -> Iterator[Address]:
    """Every page of the registry."""
    registry = content.registry
    every_technology = content.digest("content/registry/technologies/")
    technologies = {
        id_: key(
            content.digests[f"content/registry/technologies/{id_}.yaml"], *registry.overdue_in(t)
        )
        for id_, t in registry.technologies.items()
    }
    counts = key(
        every_technology,
        [(t, len(registry.devices_of(found))) for t, found in registry.technologies.items()],
        [(p, len(registry.devices_at(found))) for p, found in registry.places.items()],
    )
    for name in ("technologies", "places", "organizations"):
        yield Address(f"registry.{name}", {}, counts)
    yield Address("registry.script", {}, b"")
    yield Address("registry.letters_script", {}, b"")
    yield Address("registry.checks", {}, key(counts, registry.overdue))
    yield Address("registry.numbers", {}, key(every_technology, *counted(registry)))
    yield from _technologies(content, technologies)
    yield from _devices(content, technologies, every_technology)
    yield from _places(content, every_technology)
    yield from _facets(content, counts)
    for id_ in registry.roles:
        yield Address("registry.organization", {"organization": id_}, counts)
    pages = pages_in(len(content.changes))
    for number in range(1, pages + 1):
        saves = _saves(content, page_of(content.changes, number))
        values = {"number": number} if number > 1 else {}
        yield Address(
            "registry.changes", values, key(every_technology, pages, saves, content.codes_digest)
        )


def _saves(content: Content, changes: list[Change]) -> list[tuple[str, list[str]]]:
    """What a list of changes tells: its saves, and which cases led to each."""
    led = content.cases.led_to
    return [(one.save, [case.reference for case in led(one.save)]) for one in changes]


def _technologies(content: Content, technologies: dict[str, bytes]) -> Iterator[Address]:
    registry, survey = content.registry, content.survey_of_technologies
    asked = (survey.id, survey.title) if survey else ()
    for id_, digest in technologies.items():
        devices = registry.devices_of(registry.technologies[id_])
        saves = _saves(content, [c for c in content.changes if c.technology == id_][:10])
        cases = content.cases
        is_told = cases.about(technology=id_) or cases.assessed_for(id_)
        told = cases.digest if is_told else b""
        codes = content.codes_digest if saves else b""
        first = key(digest, saves, codes, _rows(devices, 1), asked, told)
        yield Address("registry.technology", {"technology": id_}, first)
        yield Address("registry.ask", {"technology": id_}, digest)
        for number in range(2, pages_in(len(devices)) + 1):
            values = {"technology": id_, "number": number}
            yield Address("registry.technology", values, key(digest, _rows(devices, number)))


def _devices(
    content: Content, technologies: dict[str, bytes], every_technology: bytes
) -> Iterator[Address]:
    registry = content.registry
    near = registry.neighbourhood.digests()
    changed = content.changes_of_device
    passed = registry.past_their_end
    told_of = {case.device for case in content.cases.listed}
    also = ("registry.short", "registry.sign")
    for code, device in registry.devices.items():
        # Neighbours are shown with the name of their technology, whichever that is.
        shown = device.digest + technologies[device.technology] + near.get(code, b"")
        if code in passed or code in changed:
            saves = [change.save for change in changed.get(code, ())]
            shown += key(code in passed, *saves)
        if code in told_of:
            shown += content.cases.digest
        digest = blake2b(shown + every_technology, digest_size=12).digest()
        yield Address("registry.device", {"code": code}, digest, also)
    characters = {c: len(found) for c, found in registry.by_first_character.items()}
    yield Address("registry.devices", {}, key(sorted(characters.items())))
    for character, devices in registry.by_first_character.items():
        for number in range(1, pages_in(len(devices)) + 1):
            values = {"character": character, **({"number": number} if number > 1 else {})}
            digest = key(every_technology, _rows(devices, number))
            yield Address("registry.devices_starting", values, digest)


def _places(content: Content, every_technology: bytes) -> Iterator[Address]:
    for id_, place in content.registry.places.items():
        devices = content.registry.devices_at(place)
        said = content.cases.at(id_, content.registry.codes_at(id_))
        told = content.cases.digest if said else b""
        for number in range(1, pages_in(len(devices)) + 1):
            values = {"place": id_, **({"number": number} if number > 1 else {})}
            yield Address(
                "registry.place", values, key(every_technology, _rows(devices, number), told)
            )


def _facets(content: Content, counts: bytes) -> Iterator[Address]:
    registry = content.registry
    for facet, index, page in (
        ("purpose", "registry.purposes", "registry.purpose"),
        ("data", "registry.data", "registry.data_type"),
    ):
        listed = registry.listed(facet)
        yield Address(
            index, {}, key(counts, [(word, len(found)) for word, found in listed.items()])
        )
        for word, found in listed.items():
            digests = b"".join(device.digest for device in found.devices)
            yield Address(page, {"word": word}, key(counts, digests))


def _rows(devices: list[Device], number: int) -> bytes:
    return key(len(devices), b"".join([device.digest for device in page_of(devices, number)]))
