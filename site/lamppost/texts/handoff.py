"""Hands all texts of the site to translators as one file a language, and takes them back."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from babel import Locale

from ..catalogs import compile_all, po
from ..config import Config
from ..content import Content, read_content
from ..fields import MOST_REVIEWER, shown, texts_read
from ..history import SITE
from ..i18n import languages
from ..record import FOLDERS
from ..saves import mend, save_files
from ..text import SOURCE_LANGUAGE, Made
from ..trees import write_down
from . import articles, checks, formats, inline, interface, tables
from .units import Changes, Mistake, Put, RefusedError, Returned, Unit


class Done(NamedTuple):
    """What an import did: how many texts got new words, how many count as reviewed from now on.

    ``save`` is the id of the save that it made; empty where none was.
    """

    language: str
    files: list[str]
    changed: int
    reviewed: int
    unsettled: int
    save: str = ""


def export(config: Config, language: str, file: Path) -> int:
    """Write all texts for the translators of ``language``; returns how many there are.

    Raises :class:`RefusedError` when the record has mistakes.
    """
    _, units = _all(config, language)
    data = formats.written(file.suffix, language, interface.plural_rule(language), units)
    write_down(file, data)
    return len(units)


def take_in(
    config: Config,
    file: Path,
    reviewed_by: str = "",
    *,
    note: str = "",
    rehearse: bool = False,
) -> Done:
    """Take the texts of a translator's file into the site as one save, all of them or none.

    Texts that the file calls done count as reviewed by ``reviewed_by``, if that is given. ``note``
    is the public one; without it, it says which texts came in. A rehearsal does everything but
    write.

    Raises :class:`RefusedError` with every mistake of the file, and
    :class:`~lamppost.saves.SaveError` when it cannot be saved.
    """
    if not rehearse:
        mend(config)
    who = reviewed_by.strip()
    if reviewed_by and not (who and who.isprintable() and len(who) <= MOST_REVIEWER):
        what = f"{shown(reviewed_by)}; an office or role, in at most {MOST_REVIEWER} characters"
        raise RefusedError([Mistake("reviewed by", what)])
    language, texts = formats.read(file)
    if language not in languages() or language == SOURCE_LANGUAGE:
        others = ", ".join(code for code in languages() if code != SOURCE_LANGUAGE)
        raise RefusedError.of_file(f"in the language {language!r}; one of {others}")
    content, units = _all(config, language)
    puts = _checked(texts, {unit.key: unit for unit in units}, who)
    record, translations = _changes(config, language, puts, content, units)
    after = _rehearsed(config, language, record)
    root = po(language).parents[2]
    done = _done(language, puts, units, after, [*record, *translations])
    if rehearse or not done.files:
        return done
    seen = content.digests  # who has changed a file since it was read here is not overwritten
    saved = save_files(
        config,
        record,
        seen={name: seen[name].hex() for name in record if name in seen},
        note=note.strip() or _note(language, who),
        author=SITE,
        beside={root / name: data for name, data in translations.items()},
    )
    if translations:
        languages.cache_clear()
        list(compile_all())
    return done._replace(save=saved)


def _note(language: str, who: str) -> str:
    name = Locale.parse(languages()[language].locale).get_language_name("en")
    return f"Translations into {name}" + (f", reviewed by {who}" if who else "")


def _all(config: Config, language: str) -> tuple[Content, list[Unit]]:
    with texts_read() as found:
        content = read_content(config)
    if content.problems:
        what = f"has {len(content.problems)} mistakes of its own: lamppost check tells them"
        raise RefusedError([Mistake("the record", what)])
    return content, [
        *interface.units(language),
        *inline.units(found, language),
        *articles.units(content, language),
        *tables.units(content, language),
    ]


def _checked(texts: list[Returned], units: dict[str, Unit], who: str) -> list[Put]:
    found: list[Mistake] = []
    puts = []
    times = Counter(text.key for text in texts)
    found += [Mistake(key, f"{n} times in the file") for key, n in times.items() if n > 1]
    for back in texts:
        unit = units.get(back.key)
        if unit is None:
            found.append(Mistake(back.key, "the site has no such text"))
        elif back.target:
            found += checks.mistakes(unit, back)
            words = back.target
            puts.append(Put(unit, words, words != unit.target, back.settled, who))
    if found:
        raise RefusedError(found)
    return puts


def _changes(
    config: Config, language: str, puts: list[Put], content: Content, units: list[Unit]
) -> tuple[Changes, Changes]:
    """What changes in the record, and in the folder of the catalogs."""
    effective = [put for put in puts if not put.does_nothing]
    in_yaml = [put for put in effective if ".yaml#" in put.unit.key]
    in_pages = [put for put in puts if articles.has(put.unit)]
    in_tables = [put for put in effective if put.unit.key.startswith(tables.FOLDER)]
    messages = [put for put in effective if put.unit.is_message]
    record = inline.changes(config.record, language, in_yaml, units)
    record |= articles.changes(config.record, language, in_pages, content, units, record)
    record |= tables.changes(config.record, language, in_tables)
    return record, interface.changes(language, messages)


def _rehearsed(config: Config, language: str, changes: Changes) -> list[Unit]:
    """The record's texts after the changes, made on a copy. Raises when the check finds fault."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in FOLDERS:
            if (config.record / name).is_dir():
                shutil.copytree(config.record / name, copy / name)
        for name, data in changes.items():
            (copy / name).write_bytes(data)
        with texts_read() as texts:
            content = read_content(replace(config, record=copy))
        if content.problems:
            broken = [Mistake("the record", f"would break: {p}") for p in content.problems]
            raise RefusedError(broken)
        return [*inline.units(texts, language), *articles.units(content, language)]


def _done(
    language: str, puts: list[Put], before: list[Unit], after: Iterable[Unit], files: list[str]
) -> Done:
    was = {unit.key: unit.made for unit in before}
    now = {unit.key for unit in after if unit.made == Made.REVIEWED != was[unit.key]}
    messages = [put for put in puts if put.unit.is_message and isinstance(put.how, dict)]
    return Done(
        language,
        files,
        changed=sum(put.changed for put in puts),
        reviewed=len(now) + len(messages),
        unsettled=sum(not put.settled for put in puts),
    )
