"""Publishing on the command line."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from lamppost.cli import main
from lamppost.publishing.releases import Releases

pytestmark = pytest.mark.usefixtures("kept_small")


@pytest.fixture
def run(desk, monkeypatch, tmp_path):
    """A function that runs ``lamppost publish``."""
    for name, value in desk.extensions["config"].as_environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LAMPPOST_PUBLISH_TO", f"file://{tmp_path / 'www'}")
    return lambda *words: CliRunner().invoke(main, ["publish", *words])


def test_every_night_what_has_changed_is_published_and_sent(run, desk, tmp_path):
    first = run("now", "--by", "the schedule")
    assert (first.exit_code, "is public." in first.output) == (0, True), first.output
    assert "Lamppost" in (tmp_path / "www/en/index.html").read_text("utf-8")
    assert run("now").output == "Nothing has changed.\n"
    settings = desk.extensions["config"].record / "content/site.yaml"
    words = settings.read_text("utf-8").replace("name: Lamppost", "name: Lantern")
    settings.write_text(words, "utf-8")
    assert "is public." in run("now").output
    assert "Lantern" in (tmp_path / "www/en/index.html").read_text("utf-8")
    listed = run("list").output.splitlines()
    assert [line[0] for line in listed] == ["*", " "]
    assert listed[1].endswith("the schedule")


def test_a_target_that_cannot_be_reached_is_told_and_the_rest_is_done(run, desk, monkeypatch):
    monkeypatch.setenv("LAMPPOST_PUBLISH_TO", "file:///proc/nowhere")
    done = run("now")
    assert done.exit_code == 1
    assert "is public here, but was not sent" in done.output
    assert Releases(desk.extensions["config"].public).current()


def test_a_record_with_mistakes_is_not_published(run, desk):
    (desk.extensions["config"].record / "content/site.yaml").write_text("name: [", "utf-8")
    done = run("now")
    assert done.exit_code == 1
    assert "content/site.yaml" in done.output
    assert "The public site stays as it was." in done.output


def test_a_release_that_is_not_there_is_told(run):
    done = run("release", "20200101T0000Z")
    assert (done.exit_code, "there is no release" in done.output) == (1, True)
