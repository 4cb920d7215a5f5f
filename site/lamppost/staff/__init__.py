"""The people of the desk: their accounts, their roles, and the gate that they pass."""

from __future__ import annotations

from flask import Flask

from ..config import Config


def init_app(app: Flask, config: Config) -> None:
    """Register the desk's own pages and the way in."""
    from . import entrance  # noqa: PLC0415 - the accounts must be importable without signing in

    entrance.init_app(app, config)
