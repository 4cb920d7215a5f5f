"""One's own account: how one signs in."""

from __future__ import annotations

from flask import render_template

from ..i18n import lazy_gettext as _l
from .forms import PlainForm
from .gate import OWN, desk_blueprint, may

blueprint = desk_blueprint("account", __name__)


@blueprint.get("/account/")
@may(OWN, menu=_l("Your account"))
def account() -> str:
    """What there is to sign in with, and how to change it."""
    return render_template("staff/account.html", form=PlainForm())
