"""The file of a survey: read, written with all else of it kept, and who has written at it."""

from __future__ import annotations

from typing import Any

from ..config import Config
from ..history import saves
from ..record import yaml_value
from ..saves import Files, digest, file_now, save_files
from ..staff.models import Staff
from ..texts.rewrite import rewritten
from .load import FOLDER


def name_of(survey: str) -> str:
    """The name of its file."""
    return f"{FOLDER}/{survey}.yaml"


def held(data: bytes) -> dict[str, Any]:
    """What a file says. Raises :class:`~lamppost.record.YamlError` for what is not YAML."""
    top = yaml_value(data.decode())
    return top if isinstance(top, dict) else {}


def changed(data: bytes, **facts: Any) -> bytes:
    """The file with some of its facts changed, or taken out where they are None."""
    top = {**held(data), **facts}
    kept = {name: value for name, value in top.items() if value is not None}
    return rewritten(data.decode(), kept).encode()


def save(config: Config, survey: str, data: bytes | None, *, over: bytes | None, note: str,
         by: Staff) -> None:  # fmt: skip
    """Write the file in place of what it held (``over``), or take it away, as one save.

    Raises :class:`~lamppost.saves.SaveError`.
    """
    name = name_of(survey)
    files: Files = {name: data}
    seen = {name: digest(over)} if over is not None else {}
    save_files(config, files, seen=seen, note=note, author=(by.name, by.email))


def now(config: Config, survey: str) -> bytes | None:
    """What the file holds now; None where there is none."""
    return file_now(config, name_of(survey))


def writers(config: Config, survey: str) -> set[str]:
    """The mailboxes of all who have saved the file since it came to be."""
    name, found = name_of(survey), set()
    for one in saves(config.record):
        mine = [file for file in one.files if file.name == name]
        if mine:
            found.add(one.mailbox)
            if mine[0].before is None:
                break
    return found
