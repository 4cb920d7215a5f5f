"""By what a pitch is weighed. The criteria are ours until a city has its own."""

from __future__ import annotations

from ..i18n import lazy_gettext as _l

CRITERIA = {
    "need": _l("It meets a real need"),
    "principles": _l("It fits the guiding principles"),
    "fairness": _l("It is fair to everybody, and harms nobody"),
    "privacy": _l("It keeps people's data safe, or needs none"),
    "means": _l("The City has the means to try it"),
    "proof": _l("There is proof that it works"),
}
FEWEST = 3
"""Criteria by which a pitch is weighed at least."""

POINTS = range(1, 6)
EVALUATORS = 2
"""People who have to weigh a pitch at least before it is decided."""
