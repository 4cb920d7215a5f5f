"""What is done with results at the desk: prepared, approved by two people, released as a file."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete

from ..config import Config
from ..content import Content
from ..db import sessions
from ..i18n import gettext as _
from ..published import look_again
from ..record import yaml_value
from ..saves import digest, file_now, save_files
from ..staff import audit
from ..staff.models import Staff
from ..surveys.definitions import Survey
from ..surveys.detached import settle
from ..surveys.models import DetachedAnswer
from ..texts.rewrite import rewritten
from .checker import leaks, tables
from .compose import NotYetError, compose, is_over
from .load import done_name, release_name
from .models import Approval, Prepared
from .queries import gathered
from .release import as_file, seal
from .themes import themed

APPROVALS = 2
"""How many people approve a release; the one who has prepared it is none of them."""


class NotReleasedError(Exception):
    """Nothing was done; the message says why, in the language of whoever tried."""


def prepared_of(survey: Survey, content: Content) -> Prepared | None:
    """The release that waits for approval; one that has become a file meanwhile waits no more."""
    found = sessions().get(Prepared, survey.id)
    results = content.results.get(survey.id)
    following = len(results.releases) + 1 if results else 1
    return found if found and found.held["number"] == following else None


def holds_themes(survey: Survey, question: str, content: Content) -> bool:
    """Whether a release, or what is prepared for one, tells the themes of a question."""
    results, prepared = content.results.get(survey.id), prepared_of(survey, content)
    payloads = [release.payload for release in results.releases] if results else []
    if prepared:
        payloads.append(prepared.held)
    told = (tables(payload).get(question) for payload in payloads)
    return any(table is not None and table["kind"] == "themes" for table in told)


def _before(survey: Survey, content: Content) -> dict[str, Any] | None:
    results = content.results.get(survey.id)
    return results.latest.payload if results else None


def composed(survey: Survey, content: Content) -> dict[str, Any]:
    """What the next release would hold now. Raises :class:`NotReleasedError`."""
    before = _before(survey, content)
    if is_over(survey, content.as_of):
        settle(survey.id)  # of one that ended on its last day nobody has told the database
    try:
        return compose(
            survey, content, gathered(survey.id), themed(survey), today=content.as_of, before=before
        )
    except NotYetError as error:
        raise NotReleasedError(_why(error)) from None


def _why(error: NotYetError) -> str:
    if error.reason == "few_new":
        return _(
            "There can be results while a survey is open, or once more, only from 50 new "
            "responses on."
        )
    return _("Nobody has answered this survey yet.")


def prepare(survey: Survey, content: Content, by: Staff) -> None:
    """Keep what the next release would hold now, in place of what was prepared before.

    Raises :class:`NotReleasedError`.
    """
    payload = composed(survey, content)
    session = sessions()
    if old := session.get(Prepared, survey.id):
        session.delete(old)
        session.flush()
    session.add(
        Prepared(
            survey=survey.id,
            payload=json.dumps(payload, ensure_ascii=False),
            sha256=seal(payload),
            prepared_by=by.id,
        )
    )
    audit.log("prepare results", survey.id)


def discard(prepared: Prepared) -> None:
    """Throw away what was prepared."""
    survey = prepared.survey
    sessions().delete(prepared)
    audit.log("discard results", survey)


def why_not(prepared: Prepared, by: Staff, *, four_eyes: bool) -> str:
    """What stands against an approval by somebody, in words; empty where nothing does."""
    if by.id in {approval.staff_id for approval in prepared.approvals}:
        return _("You have approved this. Somebody else has to approve it too.")
    if four_eyes and by.id == prepared.prepared_by:
        return _("You have prepared this. Two others have to approve it.")
    return ""


def approve(
    prepared: Prepared, sha256: str, *, content: Content, config: Config, by: Staff
) -> bool:
    """Approve what was prepared; the second approval releases it. Whether it did.

    ``sha256`` is the seal of what was seen. Raises :class:`NotReleasedError`, and
    :class:`~lamppost.saves.SaveError` where the file cannot be saved.
    """
    survey = content.surveys[prepared.survey]
    if fault := why_not(prepared, by, four_eyes=content.settings.four_eyes):
        raise NotReleasedError(fault)
    if not sha256 == prepared.sha256 == seal(prepared.held):
        raise NotReleasedError(_("It was prepared anew meanwhile. Look at it once more."))
    if found := leaks(prepared.held, _before(survey, content)):
        raise NotReleasedError(_("It would give somebody away: %(found)s", found=str(found[0])))
    if len(prepared.approvals) + 1 < APPROVALS:
        prepared.approvals.append(Approval(staff_id=by.id))
        audit.log("approve results", survey.id)
        return False
    _release(prepared, config, by)
    return True


def _release(prepared: Prepared, config: Config, by: Staff) -> None:
    survey, payload = prepared.survey, prepared.held
    name = release_name(survey, payload["number"])
    note = f"Released the results of the survey {survey}"
    save_files(config, {name: as_file(payload)}, seen={}, note=note, author=(by.name, by.email))
    session = sessions()
    if payload["detached_dropped"]:
        session.execute(delete(DetachedAnswer).where(DetachedAnswer.survey == survey))
    session.delete(prepared)
    audit.log("release results", survey)
    look_again()


def tell_done(
    survey: Survey, said: dict[str, str], technology: str, *, content: Content, config: Config,
    by: Staff,
) -> None:  # fmt: skip
    """Add to what was done with the results. Raises :class:`~lamppost.saves.SaveError`."""
    name = done_name(survey.id)
    over = file_now(config, name)
    held: Any = yaml_value(over.decode()) if over else {}
    one: dict[str, Any] = {"day": content.as_of, "text": said}
    if technology:
        one["technology"] = technology
    top = {**held, "done": [*held.get("done", ()), one]}
    data = rewritten(over.decode() if over else "done: []\n", top).encode()
    seen = {name: digest(over)} if over is not None else {}
    save_files(config, {name: data}, seen=seen, note=said["en"], author=(by.name, by.email))
    audit.log("tell results done", survey.id)
    look_again()
