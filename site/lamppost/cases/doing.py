"""How staff do something with a case: with the version that their page has shown, or not at all."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect
from werkzeug.wrappers import Response

from ..i18n import gettext as _
from ..urls import url
from .deeds import FrozenError, NotNowError, UnreadError

MOST_DIGITS = 8


def version_in(typed: str | None, default: int = 0) -> int:
    """The version of a case that a page says it has shown; ``default`` where it says none."""
    is_number = typed and typed.isdecimal() and len(typed) <= MOST_DIGITS
    return int(typed) if typed and is_number else default


def done(reference: str, deed: Callable[[], object]) -> Response:
    """Do it, unless the case has moved on since the page was opened; then say so, on its page."""
    try:
        deed()
    except FrozenError:
        flash(_("An open competition is under way. Until it ends, nothing that is public of this "
                "pitch changes, so that nobody has an advantage."), "error")  # fmt: skip
    except UnreadError:
        flash(_("What its writer lets be published, and the reasons of the decision, are not public"
                " yet. During a competition they cannot become so. Ask the moderators to publish or"
                " withhold them first."), "error")  # fmt: skip
    except NotNowError:
        flash(_("This cannot be done with it as it is now. Somebody else may have changed it."),
              "error")  # fmt: skip
    else:
        flash(_("Saved."), "info")
    return redirect(url("cases.case", case=reference), 303)
