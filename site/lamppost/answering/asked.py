"""What anything that is asked must tell, so that the pages of answering can ask it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cache
from typing import Any

from flask import current_app

from ..questions.answers import Answers
from ..questions.kinds import Sections
from ..questions.models import Sent
from ..registry.models import Technology
from ..text import Text
from ..urls import url


@cache
def _template(own: str, page: str) -> str:
    names = (f"{own}/{page}.html", f"answering/{page}.html")
    return str(current_app.jinja_env.select_template(names).name)


class Asked(ABC):
    """A form, as the pages of answering see it.

    ``key`` is what a draft remembers, ``blueprint`` the name of the blueprint that asks it and
    ``where`` the values in its addresses. Its own templates stand in the folder ``templates``; one
    that is not there is the common one in ``answering/``.
    """

    blueprint = ""
    templates = ""
    case: Any = None
    """What is being changed by these answers, if it is not new."""

    def __init__(self, key: str, title: Text, sections: Sections, minutes: int) -> None:
        self.key, self.title, self.sections, self.minutes = key, title, sections, minutes
        self.where: dict[str, Any] = {}

    def view(self, name: str, **values: Any) -> str:
        """The address of a page of answering."""
        return url(f"{self.blueprint}.{name}", **self.where, **values)

    def template_of(self, page: str) -> str:
        """The template of a page: the form's own, else the common one."""
        return _template(self.templates, page)

    def known(self) -> Sent:
        """The answers that the way here has given."""
        return {}

    @property
    @abstractmethod
    def card(self) -> Technology:
        """What is done with the answers."""

    @property
    @abstractmethod
    def home(self) -> str:
        """The address of the page that tells of it, where one is led when it is not open."""

    @property
    def is_open(self) -> bool:
        """Whether it can be answered today."""
        return True

    @abstractmethod
    def send(self, receipt: str, answers: Answers, language: str) -> None:
        """Take the answers of a draft in, once; what was sent already stays as it is."""

    @property
    def too_late(self) -> str:
        """Why the answers cannot be sent any more, if they cannot; what was typed stays."""
        return ""

    def away(self, _answers: Answers) -> str:
        """Where the answers lead instead of on, if anywhere; then they are not sent."""
        return ""

    def leads_on(self, _receipt: str) -> str:
        """Where a receipt leads instead of to the page that says it has arrived, if anywhere."""
        return ""

    def remarks(self, _answers: Answers) -> list[str]:
        """What its writer may want to look at again before it is sent; it stops nothing."""
        return []

    def alike(self, _answers: Answers) -> list[Any]:
        """What others have sent that is like it, for its template; it stops nothing either."""
        return []

    def alike_beside(self, _answers: Answers, _number: int) -> list[Any]:
        """The same, as far as it is told beside a section already."""
        return []

    def shown(self) -> dict[str, Any]:
        """What the templates of this form need besides."""
        return {}
