"""How staff do something with a case: with the version that their page has shown, or not at all."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect
from werkzeug.wrappers import Response

from ..i18n import gettext as _
from ..pitches.queries import evaluator
from ..staff.gate import i_may, me
from ..urls import url
from .deeds import ConflictError, FrozenError, NotNowError, UnreadError
from .models import Case
from .ways import WAYS

MOST_DIGITS = 8


def version_in(typed: str | None, default: int = 0) -> int:
    """The version of a case that a page says it has shown; ``default`` where it says none."""
    is_number = typed and typed.isdecimal() and len(typed) <= MOST_DIGITS
    return int(typed) if typed and is_number else default


def interest_told() -> str:
    """What is told to whoever keeps away from a pitch."""
    return _("You have told of an interest of your own in this pitch. Others work on it, and its"
             " files are closed to you.")  # fmt: skip


def opens_files(case: Case) -> bool:
    """Whether the one who is signed in may open its files.

    Who weighs a pitch may, once they have said that they have no interest of their own in it.
    """
    said = evaluator(case, me())
    if said and said.has_conflict:
        return False
    return i_may(WAYS[case.kind].files) or (said is not None and i_may("evaluate pitches"))


def done(reference: str, deed: Callable[[], object]) -> Response:
    """Do it, unless the case has moved on since the page was opened; then say so, on its page."""
    try:
        deed()
    except FrozenError:
        flash(_("An open competition is under way. Until it ends, nothing that is public of this "
                "pitch changes, so that nobody has an advantage."), "error")  # fmt: skip
    except ConflictError:
        flash(interest_told(), "error")
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
