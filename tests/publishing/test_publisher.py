"""What is published is what may still be read when it is published."""

from __future__ import annotations

import pytest

from lamppost import nightly
from lamppost.publishing import publisher
from lamppost.publishing.releases import Releases

PAGE = "en/concerns/X/index.html"


@pytest.fixture
def freezes(monkeypatch):
    """What each freeze does; without more, it writes a page without words."""
    done = []

    def freeze(_config, folder, progress):  # noqa: ARG001 - as the real one is called
        (folder / PAGE).parent.mkdir(parents=True, exist_ok=True)
        (folder / PAGE).write_text(done.pop()() if done else "withdrawn", "utf-8")

    monkeypatch.setattr(publisher, "freeze", freeze)
    return done


def test_what_is_taken_back_while_it_is_frozen_is_in_no_release(desk, freezes):
    config = desk.extensions["config"]
    releases = Releases(config.public)

    def taken_back():
        releases.forget(PAGE)
        return "words"

    freezes.append(taken_back)
    release = publisher.prepare(config)
    assert (releases.site(release) / PAGE).read_text("utf-8") == "withdrawn"


def test_what_was_taken_back_is_published_anew_in_the_night(desk, freezes, monkeypatch):
    config, begun = desk.extensions["config"], []
    monkeypatch.setattr(nightly, "publish_now", begun.append)
    with desk.app_context():
        nightly.a_night()
        assert begun == []
        freezes.append(lambda: "words")
        publisher.publish(config, publisher.prepare(config).id, "")
        Releases(config.public).forget(PAGE)
        nightly.a_night()
    assert begun == [config]
