"""What tests of GeoReport share: a site that has it on, one key, and concerns that were sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lamppost.config import Config

from ..concerns.conftest import act, published, send, texts
from ..writers import clock, resident

__all__ = ["act", "clock", "published", "resident", "send", "texts"]

KEY = "a-key-that-nobody-guesses"
POSTED = {
    "api_key": KEY,
    "service_code": "how_it_is_used",
    "description": "It looks into my window.",
    "attribute[may_publish]": "summary",
    "attribute[technology]": "police-plate-readers",
}


@pytest.fixture
def config(config: Config) -> Config:
    """Settings that let other software in; the site sends e-mail, so it asks for an address."""
    mail = {"smtp": "smtp://127.0.0.1:25", "mail_from": "lamppost@city.example"}
    live = "https://live.example"
    return replace(config, open311="on", open311_keys=("x" * 20, KEY), live_url=live, **mail)


@pytest.fixture
def post(resident: FlaskClient) -> Callable[..., TestResponse]:
    """A function that sends a concern as other software does; None leaves a field out."""

    def posted(language: str = "en", ending: str = "json", **fields: Any) -> TestResponse:
        data = {name: value for name, value in (POSTED | fields).items() if value is not None}
        return resident.post(f"/{language}/open311/v2/requests.{ending}", data=data)

    return posted
