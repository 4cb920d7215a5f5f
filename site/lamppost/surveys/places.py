"""Where something of a survey stands, in words: what its file calls ``sections[0].title.km``."""

from __future__ import annotations

from ..entries import labels
from ..entries.entry import steps
from ..i18n import gettext as _
from ..i18n import languages, speech


def place(key: str) -> str:
    """The place that a key names."""
    return " · ".join(_words(list(steps(key))))


def _words(parts: list[str]) -> list[str]:
    found: list[str] = []
    named = [part for part in parts if not part.isdigit()]
    for n, part in enumerate(parts):
        before = parts[n - 1] if n else ""
        if part.isdigit():
            number = speech().number(int(part) + 1)
            found.append(_numbered(found.pop(), before, number))
        elif part in languages():
            found.append(languages()[part].name)
        else:
            at = named.index(part)
            found.append(str(labels.field(tuple(named[max(at - 1, 0) : at + 1]))))
    return found


def _numbered(words: str, what: str, number: str) -> str:
    if what == "sections":
        return _("Section %(number)s", number=number)
    if what == "questions":
        return _("Question %(number)s", number=number)
    return f"{words} {number}"
