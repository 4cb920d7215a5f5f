"""The one door by which text messages leave: the sender that ``LAMPPOST_TEXT_SENDER`` names.

A sender is a function that is told to whom, what, and in which language, and raises
:class:`~lamppost.mail.NotTakenError`. A city's provider is one more line in ``SENDERS``; until then
``folder`` writes each message into a file of its own, for a program of the City to hand on.
"""

from __future__ import annotations

import json
import secrets
import time
from typing import Protocol

from .config import Config
from .mail import NotTakenError

KEPT_DAYS = 7
"""Days after which a file that nobody has fetched is deleted: it holds a number."""


class Sender(Protocol):
    """Hands one message over."""

    def __call__(self, config: Config, to: str, words: str, language: str) -> None: ...


def _into_folder(config: Config, to: str, words: str, language: str) -> None:
    """One file a message, whole or not at all, readable by its owner alone."""
    name, message = secrets.token_hex(8), {"to": to, "language": language, "words": words}
    try:
        config.texts.mkdir(mode=0o700, exist_ok=True)
        beside = config.texts / f"{name}.part"
        beside.touch(mode=0o600)
        beside.write_text(json.dumps(message, ensure_ascii=False), "utf-8")
        beside.replace(config.texts / f"{name}.json")
    except OSError as error:
        raise NotTakenError(type(error).__name__, again=True) from None


SENDERS: dict[str, Sender] = {"folder": _into_folder}
"""By the name that the setting gives."""


def can_text(config: Config) -> bool:
    """Whether a sender is named, and the address to which a message leads."""
    return bool(config.text_sender and config.home)


def text(config: Config, to: str, words: str, language: str) -> None:
    """Hand one message over. Raises :class:`~lamppost.mail.NotTakenError`."""
    SENDERS[config.text_sender](config, to, words, language)


def forget_old(config: Config) -> None:
    """Delete the files that nobody has fetched."""
    last = time.time() - KEPT_DAYS * 24 * 60 * 60
    for path in config.texts.glob("*") if config.texts.is_dir() else ():
        if path.stat().st_mtime < last:
            path.unlink(missing_ok=True)
