"""An import that is killed between two of its files: all of it lands in the end, or nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from lamppost import history, saves
from lamppost.config import PROJECT

OFFICE = "Language Access Office"

# Takes a translator's file in, in a child for each step at which it is to be killed.
KILLED = """
import json, os, shutil, signal, sys
from datetime import date
from pathlib import Path
from lamppost import catalogs, i18n, saves
from lamppost.config import Config
from lamppost.texts import handoff

given = json.loads(sys.argv[1])
WRITES = ("os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir")
left = 0

def watch(event, arguments):
    global left
    if given["swaps"]:  # counts only the files that get their new content
        is_one = event == "os.rename" and "/.lamppost/" not in str(arguments[1])
    else:
        writes = event in WRITES or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR))
        is_one = writes and any(given["copy"] in str(a) for a in arguments)
    if is_one:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

def child(n):
    global left
    copy = Path(given["copy"] + str(n))
    shutil.copytree(given["root"], copy)
    catalogs.TRANSLATIONS = i18n.TRANSLATIONS = copy / "translations"
    i18n.languages.cache_clear()
    save_files = saves.save_files
    def saved(*arguments, **named):
        global left
        left = n
        return save_files(*arguments, **named)
    handoff.save_files = saved
    handoff.compile_all = tuple
    sys.addaudithook(watch)
    config = Config(record=copy / "record", as_of=date(2026, 11, 22))
    handoff.take_in(config, Path(given["file"]), given["office"])

for n in range(given["first"], 10_000, given["every"]):
    pid = os.fork()
    if not pid:
        child(n)
        os._exit(0)
    if os.waitpid(pid, 0)[1] == 0:
        print(n)
        break
"""


@pytest.mark.parametrize(
    "kills",
    [(True, 3, 1000), pytest.param((False, 1, 1), marks=pytest.mark.drill)],
    ids=["between two files", "at every step"],
)
def test_a_killed_import_leaves_nothing_half_imported(
    handed, config, translations, tmp_path, files_in, kills
):
    swaps, first, every = kills
    root = tmp_path / "both"
    history.start(root / "record", config.record, "First published")
    shutil.copytree(translations, root / "translations")
    path = handed(('msgstr "Lugares"', 'msgstr "Sitios"'), ('"Wi-Fi público"', '"Wi-Fi gratis"'))
    path.write_text(path.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    given = {
        "root": str(root), "copy": str(tmp_path / "copy-"), "file": str(path), "office": OFFICE,
        "swaps": swaps, "first": first, "every": every,
    }  # fmt: skip
    command = [sys.executable, "-c", KILLED, json.dumps(given)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "site")}
    done = subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603
    whole = int(done.stdout)

    def state(copy):
        found = {**files_in(copy / "record" / "content"), **files_in(copy / "translations")}
        return {name: data for name, data in found.items() if not name.endswith(".mo")}

    before, after = state(root), state(tmp_path / f"copy-{whole}")
    assert sum(before[name] != after[name] for name in before) > 10
    outcomes = []
    for n in range(first, whole, every):
        copy = tmp_path / f"copy-{n}"
        config = replace(config, record=copy / "record")
        saves.mend(config)
        made = [save.note for save in history.saves(config.record)]
        assert state(copy) == (after if len(made) > 1 else before), n
        outcomes.append(made)
    assert outcomes == sorted(outcomes, key=len)
    assert outcomes[-1][0] == f"Translations into Spanish, reviewed by {OFFICE}"
