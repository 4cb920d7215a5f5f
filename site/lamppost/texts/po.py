"""The translators' file as gettext's PO: the key is the message's context."""

from __future__ import annotations

from collections.abc import Iterable

from translate.misc.multistring import multistring
from translate.storage.pypo import PoWrapper, pofile, pounit

from ..text import Made
from .units import RefusedError, Returned, Unit


def written(language: str, plurals: str, units: Iterable[Unit]) -> bytes:
    """The file for a translator; ``plurals`` is the language's rule as gettext writes it."""
    store = pofile(width=-1)  # each key on one line; it has a header already, of guesses
    head = {
        "Project-Id-Version": "Lamppost",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals,
    }
    store.units[0].target = "".join(f"{name}: {value}\n" for name, value in head.items())
    store.units[0].markfuzzy(present=False)
    for unit in units:
        store.addunit(_po_unit(unit, store.wrapper))
    return bytes(store)


def _po_unit(unit: Unit, wrapper: PoWrapper | None) -> pounit:
    source = multistring(list(unit.source)) if unit.plurals else unit.source[0]
    made = pounit(source, wrapper)
    made.setcontext(unit.key)
    for note in unit.remarks:
        made.addnote(note, origin="developer")
    forms = list(unit.target) or [""] * max(unit.plurals, 1)
    made.target = multistring(forms) if unit.plurals else forms[0]
    if "%(" in unit.source[0]:
        made.settypecomment("python-format")
    if unit.made in (Made.MACHINE, Made.STALE):
        made.markfuzzy()
    return made


def read(data: bytes) -> tuple[str, list[Returned]]:
    """The language of a file, and its texts. Raises :class:`RefusedError`."""
    try:
        data.decode("utf-8")
        store = pofile.parsestring(data)
    except UnicodeDecodeError:
        raise RefusedError.of_file("not UTF-8 text") from None
    except (ValueError, LookupError) as error:
        raise RefusedError.of_file(f"not a PO file: {error}") from None
    if store.header() is None:
        raise RefusedError.of_file("not a PO file with a header that names its language")
    texts = [
        Returned(
            unit.getcontext(),
            _strings(unit.source),
            forms if any(forms := _strings(unit.target)) else (),
            settled=not unit.isfuzzy(),
        )
        for unit in store.units
        if not unit.isheader() and not unit.isobsolete()
    ]
    return str(store.parseheader().get("Language", "")), texts


def _strings(words: str) -> tuple[str, ...]:
    return tuple(map(str, words.strings if isinstance(words, multistring) else [words]))
