"""Questions whose answers are kept apart from all others: how to reach somebody, and files.

Neither stands among what is ``stored`` of answers. A contact goes to ``apart/contacts.py``. A file
is kept when it arrives (``apart/attachments.py``), and a :class:`Kept` tells of it in the draft:
nothing that a browser sends can name a file, so a ``File`` has no input that is taken as words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from markupsafe import Markup

from ..fields import Choice, Items, Whole, stated
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..i18n import lazy_gettext as _l
from .conditions import Value
from .models import Option, Question, Sent, World, WrongError, first
from .written import short

WAYS = ("name", "email", "phone", "text")
ASKS = (*WAYS, "language")

_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}\.[^@\s,;<>\".]{2,60}")
_PHONE = re.compile(r"\+?[\d\s().\-/]{5,30}(\s?(x|ext\.?)\s?\d{1,6})?", re.IGNORECASE)
_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Question):
    """How to reach who writes: what ``asks`` names, each of it left to them.

    Where an answer is required, an e-mail address or a phone number is.
    """

    kind: ClassVar[str] = "contact"
    missing: ClassVar = _l("Write how we can reach you.")
    apart: ClassVar[bool] = True

    publish: str = stated(Choice(of=("never",)), default="never")
    asks: tuple[str, ...] = stated(Items(of=Choice(of=ASKS), most=len(ASKS)), default=ASKS)

    @property
    def names(self) -> tuple[str, ...]:
        """An input for each thing that is asked."""
        return tuple(f"{self.key}.{part}" for part in self.asks)

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """That it asks for nothing."""
        if not set(self.asks) & set(WAYS):
            yield "asks", ", ".join(self.asks) or "nothing", "some of " + ", ".join(WAYS)

    def asked(self, world: World) -> tuple[str, ...]:
        """What it asks here: where to send messages only where the site sends them.

        Who asks for a phone number reaches people by hand, and may write to them so too.
        """
        by_hand = "phone" in self.asks
        sends = {"text": world.sends_texts, "email": world.sends_mail or by_hand}
        return tuple(part for part in self.asks if sends.get(part, True))

    def is_asked(self, world: World) -> bool:
        """Whether any way is left by which somebody could be reached."""
        reach = set(self.asks) - {"name", "language"}
        return not reach or not reach.isdisjoint(self.asked(world))

    def options(self, _world: World) -> list[Option]:
        """The languages in which somebody can be written to."""
        return [Option(one.code, one.name) for one in languages().values()]

    def value(self, sent: Sent, world: World) -> dict[str, str] | None:
        """What was given of it."""
        asked = self.asked(world)
        given = {part: " ".join(first(sent, f"{self.key}.{part}").split()) for part in asked}
        if given.get("language") not in languages():
            given.pop("language", None)
        given = {part: short(words, 200) for part, words in given.items() if words}
        if "email" in given and not _EMAIL.fullmatch(given["email"]):
            raise WrongError(_("Write an e-mail address with an @, such as name@example.org."))
        if any(part in given and not _is_phone(given[part]) for part in ("phone", "text")):
            raise WrongError(_("Write a phone number with its area code."))
        ways = set(given) & set(WAYS)
        if self.required and ways and not ways & {"email", "phone", "text"}:
            raise WrongError(_("Write an e-mail address or a phone number."))
        return given if ways else None

    def operand(self, value: dict[str, str]) -> Value:
        """Which of it was given; never what."""
        return tuple(part for part in WAYS if part in value)

    def told(self, value: dict[str, str], world: World) -> list[str | Markup]:
        """What was given, a line each."""
        words = dict(self.options(world))
        language = [words[value["language"]]] if "language" in value else []
        return [*(value[part] for part in WAYS if part in value), *language]


def _is_phone(words: str) -> bool:
    digits = sum(letter.isdecimal() for letter in words)
    return bool(_PHONE.fullmatch(words)) and digits >= _FEWEST_DIGITS


class Kept(NamedTuple):
    """A file that was sent: the key of its row, and what its writer is told of it."""

    id: str
    name: str
    media_type: str
    size: int

    @classmethod
    def read(cls, words: str) -> Kept:
        """One from the draft."""
        return cls(*json.loads(words))

    def written(self) -> str:
        """One for the draft."""
        return json.dumps(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Question):
    """PDFs and pictures."""

    kind: ClassVar[str] = "file"
    missing: ClassVar = _l("Choose a file.")
    apart: ClassVar[bool] = True

    publish: str = stated(Choice(of=("never",)), default="never")
    most: int = stated(Whole(least=1, most=5), default=1)
    takes: tuple[str, ...] = stated(
        Items(of=Choice(of=("picture", "pdf")), most=2), default=("picture", "pdf")
    )

    @property
    def names(self) -> tuple[str, ...]:
        """None that is taken as words."""
        return ()

    @property
    def inputs(self) -> tuple[str, str]:
        """The input of the files, and that of those to be taken away."""
        return self.key, f"{self.key}.remove"

    @property
    def accept(self) -> str:
        """What a browser is told to offer."""
        kinds = {"picture": "image/jpeg,image/png,image/webp", "pdf": "application/pdf"}
        return ",".join(kinds[one] for one in self.takes)

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """That it takes nothing."""
        if not self.takes:
            yield "takes", "nothing", "picture, pdf, or both"

    def kept(self, sent: Sent) -> list[Kept]:
        """The files in a draft."""
        return [Kept.read(words) for words in sent.get(self.key, ())]

    def value(self, sent: Sent, _world: World) -> tuple[Kept, ...] | None:
        """The files."""
        return tuple(self.kept(sent)) or None

    def operand(self, _value: Any) -> Value:
        """That there is one."""
        return "yes"

    def told(self, value: tuple[Kept, ...], _world: World) -> list[str | Markup]:
        """Their names and sizes."""
        return [
            _("%(name)s, %(size)s KB", name=one.name, size=speech().number(-(-one.size // 1000)))
            for one in value
        ]
