"""The one door by which mail leaves: a server that ``LAMPPOST_SMTP`` names."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

from .config import Config

SECONDS = 15


class NotTakenError(Exception):
    """Nobody took a message; whether somebody might later is ``again``."""

    def __init__(self, told: str, *, again: bool) -> None:
        super().__init__(told)
        self.again = again


def can_send(config: Config) -> bool:
    """Whether a server, a sender and the address to which a message leads are set."""
    return bool(config.smtp and config.mail_from and config.home)


def send(config: Config, to: str, subject: str, body: str, language: str, end: str) -> None:
    """Hand one message over to the server. Raises :class:`NotTakenError`.

    The message says nothing of the machine it comes from, and its id nothing of when. ``end`` is
    an address that ends messages when something is posted to it (RFC 8058).
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = config.mail_from, to, subject
    message["Message-ID"] = make_msgid(domain=config.mail_from.rpartition("@")[2])
    message.set_content(body)  # which takes out what is said of the content
    message["Content-Language"], message["Auto-Submitted"] = language, "auto-generated"
    message["List-Unsubscribe"] = f"<{end}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    try:
        _hand_over(config, message)
    except smtplib.SMTPRecipientsRefused as error:
        refused = next(iter(error.recipients.values()))[0]
        raise NotTakenError(f"refused with {refused}", again=refused < 500) from None  # noqa: PLR2004
    except smtplib.SMTPResponseException as error:
        # Any other answer than to the message is about the site: its hello, password or sender.
        again = error.smtp_code < 500 or not isinstance(error, smtplib.SMTPDataError)  # noqa: PLR2004
        raise NotTakenError(f"refused with {error.smtp_code}", again=again) from None
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NotTakenError(
            f"{type(error).__name__}: no answer that it is taken", again=True
        ) from None


def _hand_over(config: Config, message: EmailMessage) -> None:
    parts = urlsplit(config.smtp)
    host, is_here = parts.hostname or "", parts.hostname in ("localhost", "127.0.0.1", "::1")
    with smtplib.SMTP(
        host, parts.port or 587, local_hostname="lamppost", timeout=SECONDS
    ) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        elif not is_here:
            raise NotTakenError("the server offers no encryption", again=True)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
