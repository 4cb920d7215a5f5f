"""The people of the desk, for those who invite them, change their roles and close accounts."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ..db import sessions
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..urls import url
from . import accounts
from .forms import InviteForm, PlainForm, RolesForm
from .gate import desk_blueprint, may, me
from .models import Staff
from .roles import ROLES

blueprint = desk_blueprint("people", __name__)
Page = str | Response | tuple[str, int]


@blueprint.get("/staff/")
@may("manage staff", menu=_l("Staff"))
def people() -> str:
    """Everybody who has or had an account."""
    return render_template("staff/people.html", people=accounts.all_staff(), roles=ROLES)


@blueprint.route("/staff/new/", methods=["GET", "POST"])
@may("manage staff")
def new() -> Page:
    """Invite somebody."""
    form = InviteForm()
    if form.validate_on_submit():
        name, roles = form.name.data or "", form.roles.data or []
        try:
            staff = accounts.add_staff(form.email.data or "", name=name, roles=roles)
        except ValueError:
            form.email.errors = [_("This address has an account already.")]
        else:
            return _link(staff)
    return render_template("staff/new.html", form=form), _status()


@blueprint.route("/staff/<int:number>/", methods=["GET", "POST"])
@may("manage staff")
def person(number: int) -> Page:
    """Somebody's roles, a new link for them, and the end of their account."""
    staff = sessions().get(Staff, number) or abort(404)
    form = RolesForm(roles=sorted(staff.role_names))
    if form.validate_on_submit() and _not_me(staff):
        try:
            accounts.give_roles(staff, form.roles.data or [])
        except ValueError:
            flash(_("The last administrator stays."), "error")
        else:
            flash(_("The roles were changed. They take effect at the next sign-in."), "info")
        return redirect(url("people.person", number=number), 303)
    page = render_template("staff/person.html", form=form, plain=PlainForm(), staff=staff)
    return page, _status()


@blueprint.post("/staff/<int:number>/link/")
@may("manage staff")
def link(number: int) -> Page:
    """A new link for somebody who lost the means to sign in, or whose account was closed."""
    staff = sessions().get(Staff, number) or abort(404)
    return _link(staff) if _not_me(staff) else redirect(url("people.people"), 303)


@blueprint.post("/staff/<int:number>/close/")
@may("manage staff")
def close(number: int) -> Response:
    """Close somebody's account."""
    staff = sessions().get(Staff, number) or abort(404)
    if _not_me(staff):
        accounts.close(staff)
        flash(_("The account was closed."), "info")
    return redirect(url("people.people"), 303)


def _not_me(staff: Staff) -> bool:
    if staff.id == me().id:
        flash(_("Somebody else has to change your own account here."), "error")
    return staff.id != me().id


def _link(staff: Staff) -> str:
    address = request.host_url.rstrip("/") + url(
        "invitation.invitation", token=accounts.invitation(staff)
    )
    return render_template("staff/link.html", staff=staff, address=address)


def _status() -> int:
    return 422 if request.method == "POST" else 200
