"""GeoReport v2: services, service requests, and a concern that is sent with a key."""

from __future__ import annotations

from hmac import compare_digest

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from ..answering.definitions import Form
from ..answering.pace import pace
from ..answering.world import world_of
from ..cases.deeds import case_of
from ..cases.references import reference_from
from ..concerns.receiving import FORM, kinds
from ..config import Config
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..published import content
from ..staff.clock import now as moment
from . import posting, repeats, requests, services
from .wire import FORMATS, RefusedError, answer, errors

blueprint = Blueprint("open311", __name__)
AT = "/<language:language>/open311/v2"
ENDING = "<any(json, xml):ending>"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
MOST_BYTES = 100_000


@blueprint.before_request
def limit() -> None:
    """No concern is longer."""
    request.max_content_length = MOST_BYTES


@blueprint.errorhandler(RefusedError)
def refused(error: RefusedError) -> Response:
    """Why something is not done, in the form that was asked for."""
    return answer((request.view_args or {})["ending"], "errors", errors(error), error.status)


@blueprint.errorhandler(HTTPException)
@blueprint.errorhandler(RequestEntityTooLarge)
def unreadable(error: HTTPException) -> Response:
    """What Flask itself refuses; of what is too large the site would else show a page."""
    return refused(
        RefusedError(_("This cannot be read. It may be too long."), code=error.code or 400)
    )


@blueprint.get(f"/open311/discovery.{ENDING}")
def discovery(ending: str) -> Response:
    """Where the endpoints are, one a language."""
    now, form = content(), _form()
    office = now.registry.organizations[form.contact]
    name, reach = speech().plain(office.name), office.mailbox or office.phone or office.url
    changeset = max((change.day for change in now.changes), default=now.as_of).isoformat()
    return answer(ending, "discovery", {
        "changeset": changeset,
        "contact": f"{name}, {reach}",
        "key_service": f"Keys are given by {name}, {reach}",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{_host()}/{code}/open311/v2",
                "changeset": changeset,
                "type": "production",
                "formats": [*reversed(FORMATS.values())],
            }
            for code in languages()
        ],
    })  # fmt: skip


@blueprint.get(f"{AT}/services.{ENDING}")
def service_list(ending: str) -> Response:
    """What can be reported."""
    return answer(ending, "services", services.services(_form()))


@blueprint.get(f"{AT}/services/<code>.{ENDING}")
def service(code: str, ending: str) -> Response:
    """What is asked with one service."""
    form = _form()
    if code not in kinds(form):
        raise RefusedError(_("There is no such service."), status=404)
    told = services.definition(form, code, world_of(content()))
    return answer(ending, "service_definition", told)


@blueprint.get(f"{AT}/requests.{ENDING}")
def request_list(ending: str) -> Response:
    """The concerns that anybody may read, as far as they are asked for."""
    now, form = content(), _form()
    cases = requests.chosen(request.args, now)
    return answer(ending, "service_requests", [requests.told(case, now, form) for case in cases])


@blueprint.get(f"{AT}/requests/<reference>.{ENDING}")
def service_request(reference: str, ending: str) -> Response:
    """One concern; one that is not public is as unknown as one that never was."""
    now = content()
    case = now.cases.one(requests.KIND, reference_from(reference))
    if case is None or case.gone:
        raise RefusedError(_("There is no such concern that anybody may read."), status=404)
    return answer(ending, "service_requests", [requests.told(case, now, _form())])


@blueprint.route(f"{AT}/<path:rest>.{ENDING}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def nothing(rest: str, ending: str) -> Response:  # noqa: ARG001 - whatever it is
    """What is not there is told in the form that was asked for."""
    raise RefusedError(_("There is no such address, or not for this method."), status=404)


@blueprint.post(f"{AT}/requests.{ENDING}")
def post(ending: str) -> Response:
    """Take a concern in, from whoever has a key.

    A key counts in the body alone: addresses stand in the logs of every proxy on the way.
    """
    if not _has_key(request.form.get("api_key", "")):
        raise RefusedError(
            _("This needs an api_key, and this one is missing or wrong."), status=403
        )
    sent, now = request.form.to_dict(flat=False), content()
    receipts = repeats.receipts_of(_config(), sent)
    again = next((one for one in receipts if case_of(one, now.as_of)), "")
    if not again and not pace().lets(request.remote_addr or "", moment().date()):
        told = _("Very many have started from your network today. Try again tomorrow.")
        raise RefusedError(told, code=429)
    home = f"{_host()}/{speech().code}/receipts/"
    told_back = posting.post(sent, _form(), now, home, again or receipts[0])
    response = answer(ending, "service_requests", [told_back])
    response.headers["Cache-Control"] = "no-store"
    return response


def _has_key(given: str) -> bool:
    keys = _config().open311_keys
    # Each is compared, so that the time it takes tells nothing.
    return sum(compare_digest(given.encode(), key.encode()) for key in keys) > 0


def _form() -> Form:
    form = content().forms.get(FORM)
    if form is None:
        raise RefusedError(_("There is no such service."), status=404)
    return form


def _host() -> str:
    return _config().live_url or request.url_root.rstrip("/")


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
