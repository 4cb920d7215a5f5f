"""The whole sample month, on a site on which nothing has happened yet."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from ..config import Config
from ..db import Base, sessions
from ..history import saves
from ..staff.models import Staff
from .stage import Stage
from .stories import everything


class NotFreshError(Exception):
    """Something has happened here: samples among what is real could never be told apart."""


def perform(app: Flask) -> list[Staff]:
    """Let the month happen, in a request's context; the accounts that staff it.

    Raises :class:`NotFreshError`.
    """
    if not _is_fresh(app.extensions["config"]):
        raise NotFreshError
    stage = Stage(app)
    try:
        stage.hire()
        stage.play(everything(stage))
    finally:
        del app.extensions["clock"]
    return list(stage.staff.values())


def _is_fresh(config: Config) -> bool:
    """Whether no table has a row, and the record one save alone."""
    counts = (
        sessions().scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    )
    return not any(counts) and len(list(saves(config.record))) == 1
