"""The receipt of a concern that is sent: the same one where the same is sent again within a day.

GeoReport gives a sender no way to say "this once more", and whoever got no answer does send once
more. So a receipt is made of all that was sent, with a key that is thrown away after a day. Nothing
of what was sent is kept for that, and a restart forgets nothing.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from ..answering.receipts import receipt_of
from ..config import Config
from ..i18n import speech
from ..locks import alone
from ..sealed import key_of
from ..staff.clock import now
from ..trees import write_down

FILE = "open311_repeats.json"
A_KEY = timedelta(hours=6)
"""For how long receipts are made with one key."""

MORE = 4
"""So many keys of before count too: receipts stay the same for a day, and six hours at most."""


def receipts_of(config: Config, sent: Mapping[str, Sequence[str]]) -> list[str]:
    """The receipts that what is sent would have had in the last day; that of now is the first."""
    words = json.dumps([speech().code, sorted(sent.items())])
    return [receipt_of(key_of(words, key, "open311 receipt")) for key in _keys(config, new=True)]


def forget_old(config: Config) -> None:
    """Throw away the keys that count no more."""
    _keys(config)


def _keys(config: Config, *, new: bool = False) -> list[str]:
    """The keys that count, the newest first; with ``new`` one of now is among them."""
    path, period = config.instance / FILE, int(now().timestamp() // A_KEY.total_seconds())
    with alone(path.with_suffix(".lock")):
        kept: dict[str, str] = json.loads(path.read_bytes()) if path.exists() else {}
        keys = {at: key for at, key in kept.items() if int(at) >= period - MORE}
        if new:
            keys.setdefault(str(period), secrets.token_hex(32))
        if keys != kept:
            write_down(path, json.dumps(keys).encode(), mode=0o600)
    return [keys[at] for at in sorted(keys, key=int, reverse=True)]
