"""Settings of the application, each with a default that works, and where its files are."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

PROJECT = Path(__file__).resolve().parents[2]
"""The checkout: the shipped ``content/``, ``surveys/`` and ``translations/`` lie here."""

TRANSLATIONS = Path(os.environ.get("LAMPPOST_TRANSLATIONS") or PROJECT / "translations").resolve()
"""The list of languages and the catalogs. ``LAMPPOST_TRANSLATIONS`` names another folder; it is
read once, since the languages stand in the addresses.
"""

PAPERS = ("a4", "letter")
"""The sizes of paper of which briefs are printed."""

TEXT_SENDERS = ("folder",)
"""What can send text messages; ``texting`` has them."""

SHORTEST_AUDIT_DAYS = 30
"""What is younger stays in the audit log whatever is set; the database forbids to take it out."""

SHORTEST_KEY = 20
"""Characters of a key with which other software sends concerns."""

Network = IPv4Network | IPv6Network
"""A network, as ``LAMPPOST_SHARED_NETWORKS`` names them."""

_NEW_KEY = secrets.token_hex(32).encode()


@cache
def _secret(instance: Path, purpose: str) -> str:
    """A secret of an instance's key, read once: another key would not open what this one sealed."""
    return _made((instance / "secret_key").read_bytes(), purpose)


def _made(key: bytes, purpose: str) -> str:
    return hashlib.blake2b(purpose.encode(), key=key.strip()[:64]).hexdigest()


@dataclass(frozen=True)
class Config:
    """Where the running site keeps its things, and how it is reached.

    ``record`` the folder with ``content/`` and ``surveys/``; ``instance`` the folder of the
    database and the secret key; ``base_url`` the public address of the reading pages, without a
    slash at its end, or empty while it is not known; ``live_url`` the address of the live host for
    those who read the frozen site; ``desk`` the host name at which alone staff sign in, ``off`` for
    nowhere, empty for everywhere; ``proxies`` how many proxies stand before the site and tell whose
    request it is; ``as_of`` the day from which overdue answers are judged, today unless given;
    ``publish_to`` the URLs of the folders and buckets that get what is published; ``publish_at``
    the time of day (``03:00``, the city's clock) at which the live site publishes, or empty;
    ``pdf`` the size of the paper of which briefs are frozen as PDFs too, empty for no PDFs;
    ``record_remote`` the address of the record's other copy, a git repository, and
    ``record_token`` what lets us in there, which is shown and logged nowhere; ``audit_days`` how
    long entries of the audit log are kept; ``contact_key`` the file of the private key that opens
    contacts and attachments, in the instance unless given; ``smtp`` the server that sends mail
    (``smtp://name:password@host:587``) and ``mail_from`` the address it comes from, without which
    none is sent; ``text_sender`` what sends text messages, without which no form asks where to;
    ``open311`` is ``on`` where other software may read concerns and, with one of
    ``open311_keys``, send them; ``shared_networks`` are those of which each address stands for many
    people (a library, a phone carrier), from which more is let in.
    """

    instance: Path = PROJECT / "instance"
    record: Path = PROJECT / "instance" / "record"
    base_url: str = ""
    live_url: str = ""
    desk: str = ""
    proxies: int = 0
    as_of: date | None = None
    publish_to: tuple[str, ...] = ()
    publish_at: str = ""
    pdf: str = ""
    record_remote: str = ""
    record_token: str = field(default="", repr=False)
    audit_days: int = 730
    contact_key: Path | None = None
    smtp: str = field(default="", repr=False)
    mail_from: str = ""
    text_sender: str = ""
    open311: str = ""
    open311_keys: tuple[str, ...] = field(default=(), repr=False)
    shared_networks: tuple[Network, ...] = field(default=(), repr=False)

    @classmethod
    def from_environment(cls) -> Config:
        """The settings that the environment gives, else the defaults.

        Each has a variable: ``LAMPPOST_INSTANCE``, ``LAMPPOST_RECORD``, ``LAMPPOST_BASE_URL``,
        ``LAMPPOST_LIVE_URL``, ``LAMPPOST_DESK``, ``LAMPPOST_PROXIES``, ``LAMPPOST_AS_OF`` (ISO
        8601), ``LAMPPOST_PUBLISH_TO`` (URLs, with spaces between), ``LAMPPOST_PUBLISH_AT``,
        ``LAMPPOST_PDF`` (``a4`` or ``letter``), ``LAMPPOST_RECORD_REMOTE``,
        ``LAMPPOST_RECORD_TOKEN``, ``LAMPPOST_AUDIT_DAYS``, ``LAMPPOST_CONTACT_KEY``,
        ``LAMPPOST_SMTP``, ``LAMPPOST_MAIL_FROM``, ``LAMPPOST_TEXT_SENDER`` (``folder``),
        ``LAMPPOST_OPEN311`` (``on``), ``LAMPPOST_OPEN311_KEYS`` (with spaces between) and
        ``LAMPPOST_SHARED_NETWORKS`` (with commas between).

        Raises ``ValueError`` when ``LAMPPOST_PROXIES`` is not a number, ``LAMPPOST_AS_OF`` not a
        date, ``LAMPPOST_PUBLISH_AT`` no time of day, ``LAMPPOST_PDF`` no size of paper,
        ``LAMPPOST_RECORD_REMOTE`` no address that a record may go to, ``LAMPPOST_AUDIT_DAYS``
        less than 30 days, ``LAMPPOST_TEXT_SENDER`` none that there is, ``LAMPPOST_OPEN311`` not
        ``on``, one of its keys short, or something of ``LAMPPOST_SHARED_NETWORKS`` no network.
        """
        given = {f.name: os.environ.get(f"LAMPPOST_{f.name.upper()}", "") for f in fields(cls)}
        if given["pdf"] not in ("", *PAPERS):
            raise ValueError(f"LAMPPOST_PDF: {given['pdf']!r} is none of {', '.join(PAPERS)}")
        if given["text_sender"] not in ("", *TEXT_SENDERS):
            told = f"{given['text_sender']!r} is none of {', '.join(TEXT_SENDERS)}"
            raise ValueError(f"LAMPPOST_TEXT_SENDER: {told}")
        instance = Path(given["instance"]).resolve() if given["instance"] else cls.instance
        return cls(
            instance=instance,
            record=Path(given["record"]).resolve() if given["record"] else instance / "record",
            base_url=given["base_url"].rstrip("/"),
            live_url=given["live_url"].rstrip("/"),
            desk=given["desk"],
            proxies=int(given["proxies"] or 0),
            as_of=date.fromisoformat(given["as_of"]) if given["as_of"] else None,
            publish_to=tuple(given["publish_to"].split()),
            publish_at=time.fromisoformat(given["publish_at"]).strftime("%H:%M")
            if given["publish_at"]
            else "",
            pdf=given["pdf"],
            record_remote=_remote(given["record_remote"], given["record_token"]),
            record_token=given["record_token"],
            audit_days=_days(given["audit_days"] or cls.audit_days),
            contact_key=Path(given["contact_key"]).resolve() if given["contact_key"] else None,
            smtp=_smtp(given["smtp"]),
            mail_from=given["mail_from"],
            text_sender=given["text_sender"],
            open311=_on("LAMPPOST_OPEN311", given["open311"]),
            open311_keys=_keys(given["open311_keys"]),
            shared_networks=_networks(given["shared_networks"]),
        )

    def as_environment(self) -> dict[str, str]:
        """The variables that make :meth:`from_environment` give these settings, for a process."""
        given = {f"LAMPPOST_{f.name.upper()}": getattr(self, f.name) for f in fields(self)}
        words = {
            n: " ".join(map(str, v)) if isinstance(v, tuple) else str(v or "")
            for n, v in given.items()
        }
        return {**words, "LAMPPOST_DATABASE_URL": self.database_url}

    @property
    def public(self) -> Path:
        """The folder of what is published: releases, and the link to the one that is public."""
        return self.instance / "public"

    @property
    def attachments(self) -> Path:
        """The folder of the files that people sent, encrypted."""
        return self.instance / "attachments"

    @property
    def texts(self) -> Path:
        """The folder of text messages that are to be sent."""
        return self.instance / "texts"

    @property
    def home(self) -> str:
        """The address to which messages lead, without a slash at its end; empty without one."""
        return self.live_url or self.base_url

    @property
    def contact_private(self) -> Path:
        """The file of the key that opens contacts and attachments; it may be on another machine."""
        return self.contact_key or self.instance / "contact_key"

    @property
    def contact_public(self) -> Path:
        """The file of the key that seals contacts and attachments."""
        return self.instance / "contact_key.pub"

    @property
    def database_url(self) -> str:
        """Where the database is, as SQLAlchemy writes it."""
        return (
            os.environ.get("LAMPPOST_DATABASE_URL")
            or f"sqlite:///{self.instance / 'lamppost.sqlite'}"
        )

    def secret_key(self, purpose: str = "sessions") -> str:
        """A secret for one purpose, made from the instance's key; without one, new at each start.

        ``lamppost init`` makes the key.
        """
        try:
            return _secret(self.instance, purpose)
        except FileNotFoundError:
            return _made(_NEW_KEY, purpose)

    def today(self, time_zone: str) -> date:
        """The day that counts as today, in the city's time zone."""
        return self.as_of or datetime.now(ZoneInfo(time_zone)).date()


def _days(given: int | str) -> int:
    if (days := int(given)) < SHORTEST_AUDIT_DAYS:
        raise ValueError(f"LAMPPOST_AUDIT_DAYS is a number of days, at least {SHORTEST_AUDIT_DAYS}")
    return days


def _on(name: str, given: str) -> str:
    if given not in ("", "on"):
        raise ValueError(f"{name} is on, or empty")
    return given


def _keys(given: str) -> tuple[str, ...]:
    """Keys that nobody guesses."""
    keys = tuple(given.split())
    if any(len(key) < SHORTEST_KEY for key in keys):
        raise ValueError(f"LAMPPOST_OPEN311_KEYS: a key has at least {SHORTEST_KEY} characters")
    return keys


def _networks(given: str) -> tuple[Network, ...]:
    """Networks with commas or spaces between."""
    return tuple(map(_network, given.replace(",", " ").split()))


def _network(given: str) -> Network:
    try:
        return ip_network(given)
    except ValueError:
        expected = "expected such as 203.0.113.0/24 or 2001:db8::/32, with commas between"
        told = f"LAMPPOST_SHARED_NETWORKS: {given!r} is no network; {expected}"
        raise ValueError(told) from None


def _smtp(url: str) -> str:
    """The address of a mail server."""
    parts = urlsplit(url)
    if url and (parts.scheme != "smtp" or not parts.hostname):
        raise ValueError("LAMPPOST_SMTP is smtp://host:port, with name:password@ where it asks")
    return url


def _remote(url: str, token: str) -> str:
    """The address of the record's other copy, if it is one that keeps its secrets."""
    parts = urlsplit(url)
    is_here = parts.scheme == "file" or parts.hostname in ("localhost", "127.0.0.1", "::1")
    if url and parts.scheme not in ("https", "http", "file"):
        raise ValueError("LAMPPOST_RECORD_REMOTE starts with https://, or with file://")
    if parts.username or parts.password:
        raise ValueError("LAMPPOST_RECORD_REMOTE holds no name; the token is LAMPPOST_RECORD_TOKEN")
    if token and parts.scheme == "http" and not is_here:
        raise ValueError("LAMPPOST_RECORD_TOKEN goes to https:// alone: others could read it")
    return url
