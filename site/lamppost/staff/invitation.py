"""Where the link of an invitation leads: who it is for, and the first way to sign in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask_security import login_user, logout_user
from werkzeug.wrappers import Response

from ..i18n import gettext as _
from ..urls import url
from .accounts import accept, invited
from .forms import InvitationForm

blueprint = Blueprint("invitation", __name__)


@blueprint.route(
    "/<language:language>/desk/invitation/<token>/", methods=["GET", "POST"], endpoint="invitation"
)
def invitation(token: str) -> str | Response | tuple[str, int]:
    """The link of an invitation."""
    staff = invited(token)
    if not staff:
        return render_template("staff/used.html"), 404
    form = InvitationForm()
    if form.way.data == "passkey":
        del form.password, form.again
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        return render_template("staff/invitation.html", form=form, staff=staff), status
    by_password = form.way.data != "passkey"
    logout_user()
    accept(staff, form.password.data or "" if by_password else "")
    login_user(staff, authn_via=["invitation"])
    if not by_password:
        return redirect(url("security.wan_register"), 303)
    if staff.needs_second_factor:
        flash(_("Your role needs a second step at sign-in. Set it up here first."), "info")
        return redirect(url("security.two_factor_setup"), 303)
    return redirect(url("staff.desk"), 303)
