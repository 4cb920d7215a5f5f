"""A form of the record on its way: shown, looked at, brought up to date, saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from ..config import Config
from ..fields import Problem
from ..history import FileChange, Save
from ..i18n import gettext as _
from ..i18n import said
from ..i18n import told as problem_told
from ..published import content, look_again
from ..record import YamlError
from ..registry.changes import Change, changes
from ..saves import Files, RefusedError, SaveError, StaleError, problems_with, save_files
from ..staff import audit
from ..staff.gate import me
from .drafts import MOST_NOTE, NEW_ID, NOTE, Conflict, Draft, Place

Page = str | Response | tuple[str, int]
UNTOLD = {"csrf_token", "do", "add", "seen"}
"""What is sent with a form and is not part of what was typed."""


@dataclass(frozen=True)
class Editing:
    """A form for a place in the record, between where one comes from and where one goes.

    ``title`` says what is edited, ``section`` which part of it, if it has several; ``back`` is the
    address and the words of the page that leads here, ``after`` where a save leads. ``whole`` says
    whether more than translations may be changed.
    """

    place: Place
    title: Any
    section: Any
    back: tuple[str, Any]
    after: str
    whole: bool = True

    def answer(self) -> Page:
        """What to show: the form, what would change, two changes of one thing; or a save."""
        return self._at(self.place)

    def _at(self, place: Place) -> Page:
        sent = request.form if request.method == "POST" else None
        try:
            draft = Draft(_config(), content(), place, whole=self.whole, sent=sent)
            if sent is None or "add" in sent or sent.get("do") == "edit":
                return self._form(draft)
            return self._taken(draft)
        except (ValueError, YamlError) as error:
            fault = _("The file of this entry cannot be read: %(found)s", found=said(error.args[0]))
            return self._conflicts([], sent, fault=fault)

    def _taken(self, draft: Draft) -> Page:
        if draft.is_gone:
            told = _("Somebody has taken this entry out of the record meanwhile.")
            return self._form(draft, [told])
        conflicts = draft.catch_up(_choices())
        if conflicts:
            return self._conflicts(conflicts, request.form, seen=draft.seen)
        is_noted = _has_note(draft)
        if draft.id_fault:
            draft.form.form[NEW_ID].errors = [draft.id_fault]
            return self._form(draft)
        files = draft.files()
        if not files:
            return self._form(draft, [_("Nothing has been changed yet.")])
        if is_noted and request.form.get("do") == "save" and not draft.caught_up:
            return self._saved(draft, files)
        return self._looked_at(draft, files, problems_with(_config(), files))

    def _looked_at(self, draft: Draft, files: Files, problems: list[Problem]) -> Page:
        """What would change, or the form with what is wrong."""
        others = draft.tell(problems, files)
        if others or draft.form.form.errors:
            told = [
                _("The record would not be right: %(found)s", found=problem_told(one))
                for one in others
            ]
            return self._form(draft, told)
        return self._preview(draft, files)

    def _saved(self, draft: Draft, files: Files) -> Page:
        (name,) = files
        note = " ".join(draft.form.form[NOTE].data.split())
        seen = {name: draft.seen} if draft.data is not None else {}
        try:
            save_files(_config(), files, seen=seen, note=note, author=(me().name, me().email))
        except StaleError:  # in this very moment: what was typed is put on top of that
            return self._at(draft.opened)
        except RefusedError as error:
            return self._looked_at(draft, files, error.problems)
        except SaveError as error:
            return self._form(draft, [_("Nothing was saved: %(found)s", found=said(error.args[0]))])
        look_again()
        if draft.place.kind.deed == "change settings":
            audit.log("change settings", f"{name}: {note}")
        flash(_("Saved."))
        return redirect(self.after, 303)

    # --- pages ----------------------------------------------------------------------------------

    def _form(self, draft: Draft, faults: list[str] | None = None) -> Page:
        page = render_template(
            "entries/edit.html", draft=draft, place=draft.place, form=draft.form,
            title=self.title, section=self.section, back=self.back, faults=faults or [], note=NOTE,
            english=draft.english() if draft.place.is_translation else None,
        )  # fmt: skip
        return (page, 422) if faults or draft.form.form.errors else page

    def _preview(self, draft: Draft, files: Files) -> Page:
        return render_template(
            "entries/preview.html", draft=draft, title=self.title, section=self.section,
            differences=draft.form.differences(), said=draft.form.form[NOTE].data,
            told=_told(draft, files), registry=content().registry,
            pairs=[pair for pair in draft.form.pairs() if pair[0] not in UNTOLD],
        )  # fmt: skip

    def _conflicts(
        self, conflicts: list[Conflict], sent: MultiDict[str, str] | None, *, fault: str = "",
        seen: str = "",
    ) -> Page:  # fmt: skip
        """What has to be chosen before it goes on, with all that was typed."""
        asked = {f"choose.{conflict.path}" for conflict in conflicts} | UNTOLD
        sent = MultiDict() if sent is None else sent
        pairs = [pair for pair in sent.items(multi=True) if pair[0] not in asked]
        page = render_template(
            "entries/conflicts.html", title=self.title, conflicts=conflicts, fault=fault,
            pairs=[*pairs, ("seen", seen or sent.get("seen", ""))],
        )  # fmt: skip
        return page, 409


def _has_note(draft: Draft) -> bool:
    """Whether there is a public note; that there is none is told beside it."""
    field = draft.form.form[NOTE]
    note = " ".join((field.data or "").split())
    if not note or len(note) > MOST_NOTE:
        field.errors = [_("Write what changes, and why. People will read it.")]
    return not field.errors


def _told(draft: Draft, files: Files) -> list[Change]:
    """The change as the page “What changed” will tell it."""
    found = tuple(FileChange(name, draft.data, data) for name, data in files.items())
    save = Save("", datetime.now(UTC), draft.form.form[NOTE].data, found)
    return changes([save], content().settings.time_zone)


def _choices() -> dict[str, str]:
    return {
        name.removeprefix("choose."): chosen
        for name, chosen in request.form.items()
        if name.startswith("choose.")
    }


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
