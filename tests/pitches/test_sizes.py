"""How much can be sent at once is said before, and by the form and the server alike."""

from __future__ import annotations

from lamppost.crowd import Crowd


def test_how_large_files_may_be_is_said_where_they_are_asked_for(begin, resident):
    page = resident.get(begin().replace("/check/", "/4/")).text
    assert page.count("all that you send at once at most 18 MB") == 2


def test_the_server_names_the_limit_that_the_form_has(desk):
    page = b"".join(Crowd(desk).refuse({"PATH_INFO": "/en/"}, lambda *_told: None))
    assert b"At most 18 MB can be sent at once." in page
