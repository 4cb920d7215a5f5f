"""When too many come: an honest page at once, in one's language, with all that was typed."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from werkzeug.test import Client, EnvironBuilder

from lamppost import create_app
from lamppost.config import PROJECT, Config
from lamppost.crowd import MOST_WAITING, MOST_WITH_DRAFT, RETRY_SECONDS, Crowd
from lamppost.security import HEADERS

ANSWER = "/km/surveys/page-clarity/answer/7Q4K-2DDJ-X0XT-8BZM/1/"


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """The live app."""
    return create_app(Config(instance=tmp_path_factory.mktemp("crowd"), record=PROJECT))


@pytest.fixture
def client(live):
    """Somebody who comes when too many wait."""
    return Client(Crowd(live).turn_away)


def test_who_has_begun_is_turned_away_long_after_newcomers(live):
    crowd = Crowd(live)
    newcomer = "/km/surveys/page-clarity/answer/"
    assert crowd.lets(newcomer, MOST_WAITING)
    assert not crowd.lets(newcomer, MOST_WAITING + 1)
    assert crowd.lets(ANSWER, MOST_WAITING + 1)
    assert not crowd.lets(ANSWER, MOST_WITH_DRAFT + 1)


@pytest.mark.parametrize(
    ("path", "lang", "words"),
    [("/en/", "en", "Too many people"), ("/es/surveys/", "es", "demasiadas personas"),
     (ANSWER, "km", "មនុស្សច្រើនពេក"), ("/tl/", "tl", "Napakaraming tao"),
     ("/", "en", "Too many people"), ("/xx/<script>", "en", "Too many people")],
)  # fmt: skip
def test_it_is_told_in_the_language_of_the_address_and_when_to_come_again(
    path, lang, words, client
):
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == str(RETRY_SECONDS)
    assert answer.headers["Cache-Control"] == "no-store"
    assert HEADERS.items() <= dict(answer.headers).items()
    assert f'<html lang="{lang}"' in answer.text
    assert words in answer.text
    assert "<script>" not in answer.text.partition("<main")[2]


def test_all_that_was_typed_comes_back_to_be_sent_again(client):
    typed = {"mark": "a.b", "more": '"><script>alert(1)</script>\r\nខ្មែរ', "none": "", "go": "next"}
    page = client.post(f"{ANSWER}?mark=a", data=typed).text
    assert f'<form method="post" action="{ANSWER}?mark=a">' in page
    assert "<script>alert" not in page
    names = re.findall(r'<input type="hidden" name="(\w+)"', page.partition("<form")[2])
    assert set(names) == set(typed)
    assert "ខ្មែរ" in page


@pytest.mark.parametrize(
    ("length", "kind"),
    [("9000000", "application/x-www-form-urlencoded"), ("10", "multipart/form-data; boundary=a"),
     ("x", "application/x-www-form-urlencoded"), ("10", "text/plain")],
)  # fmt: skip
def test_who_sent_what_cannot_be_kept_is_told_so(length, kind, live):
    environ = EnvironBuilder(path="/en/tell/", method="POST", content_type=kind).get_environ()
    environ["CONTENT_LENGTH"] = length
    environ["wsgi.input"] = BytesIO(b"a=b")
    told: list[str] = []
    turned_away = Crowd(live).turn_away(environ, lambda status, _headers: told.append(status))
    body = b"".join(turned_away)
    assert told == ["503 Service Unavailable"]
    assert b"Go back in your browser" in body


def test_the_way_to_try_again_leads_to_no_other_host(client):
    assert 'href="//' not in client.get("//example.org/").text.partition("<main")[2]
