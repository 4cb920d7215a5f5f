"""What tests of the hand-off share: catalogs of their own, and a file as a translator gets it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lamppost import catalogs, i18n
from lamppost.config import TRANSLATIONS, Config
from lamppost.texts.handoff import export


@pytest.fixture(autouse=True)
def translations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A copy of the catalogs and of the list of languages: an import changes them."""
    copy = tmp_path / "translations"
    shutil.copytree(TRANSLATIONS, copy)
    monkeypatch.setattr(catalogs, "TRANSLATIONS", copy)
    monkeypatch.setattr(i18n, "TRANSLATIONS", copy)
    i18n.languages.cache_clear()
    yield copy
    monkeypatch.undo()
    i18n.languages.cache_clear()


@pytest.fixture
def handed(tmp_path: Path, config: Config, small: Path) -> Callable[..., Path]:
    """A function that exports the small record, and replaces texts in the file that comes of it."""
    assert config.record == small

    def hand_over(*swaps: tuple[str, str], language: str = "es", ending: str = ".po") -> Path:
        path = tmp_path / f"{language}{ending}"
        export(config, language, path)
        words = path.read_text("utf-8")
        for found, put in swaps:
            assert found in words
            words = words.replace(found, put, 1)
        path.write_text(words, "utf-8")
        return path

    return hand_over


@pytest.fixture
def state(small: Path, translations: Path, files_in) -> Callable[[], dict[str, bytes]]:
    """A function that reads all files an import may change."""

    def read() -> dict[str, bytes]:
        found = {**files_in(small), **files_in(translations)}
        ours = (".mo", ".lamppost/lock")
        return {name: data for name, data in found.items() if not name.endswith(ours)}

    return read


@pytest.fixture
def changed(state) -> Callable[[], dict[str, tuple[list[str], list[str]]]]:
    """A function that tells what is no longer as it was: by file, the lines gone and new."""
    before = state()

    def tell() -> dict[str, tuple[list[str], list[str]]]:
        now = state()
        files = [name for name in {**before, **now} if before.get(name) != now.get(name)]
        pairs = {n: [x.get(n, b"").decode().splitlines() for x in (before, now)] for n in files}
        return {
            name: ([x for x in old if x not in new], [x for x in new if x not in old])
            for name, (old, new) in pairs.items()
        }

    return tell
