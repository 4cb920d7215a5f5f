"""Publishing at the desk: what would change, publishing it, going back."""

from __future__ import annotations

import re
import time

import pytest

from lamppost.publishing.job import Jobs
from lamppost.publishing.releases import Releases
from lamppost.trees import BusyError

PAGE = "/en/desk/publish/"


pytestmark = pytest.mark.usefixtures("kept_small")


@pytest.fixture
def client(sign_in):
    """The desk's client, with somebody who may publish."""
    return sign_in("reviewer")


@pytest.fixture
def public(desk):
    return Releases(desk.extensions["config"].public)


@pytest.fixture
def wait(desk):
    """A function that waits until nothing is at work; says how it ended."""
    jobs = Jobs(desk.extensions["config"].public)

    def waited() -> str:
        for _ in range(1200):
            if not jobs.is_at_work():
                return jobs.last().ended
            time.sleep(0.1)
        raise TimeoutError(jobs.last())

    return waited


def deed(client, address):
    answer = client.post(address)
    assert answer.status_code == 303, answer.status
    return answer


def test_a_release_is_prepared_shown_published_and_taken_back(desk, client, public, wait):
    assert "Nothing has been published from here yet." in client.get(PAGE).text
    deed(client, PAGE + "prepare/")
    assert wait() == "done"
    page = client.get(PAGE).text
    assert "files are new." in page
    assert public.current() is None
    deed(client, re.search(r'action="([^"]*releases[^"]*)"', page)[1])
    assert wait() == "done"
    first = public.current()
    assert first.by == "Reviewer"
    assert "<title>" in (public.current_link / "en/index.html").read_text()

    settings = desk.extensions["config"].record / "content/site.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("name: Lamppost", "name: Lantern"), "utf-8"
    )
    deed(client, PAGE + "prepare/")
    assert wait() == "done"
    page = client.get(PAGE).text
    assert "/en/" in page
    assert "files are changed." in page
    deed(client, re.search(r'action="([^"]*releases[^"]*)"', page)[1])
    assert wait() == "done"
    assert "Lantern" in (public.current_link / "en/index.html").read_text()

    deed(client, f"{PAGE}releases/{first.id}/")
    assert wait() == "done"
    assert "Lantern" not in (public.current_link / "en/index.html").read_text()
    assert public.current().id == first.id


def test_a_record_with_a_mistake_is_told_and_nothing_becomes_public(desk, client, public, wait):
    (desk.extensions["config"].record / "content/site.yaml").write_text("name: [", "utf-8")
    deed(client, PAGE + "prepare/")
    assert wait() == "failed"
    assert "content/site.yaml" in client.get(PAGE).text
    assert public.all() == []


def test_a_release_that_is_not_there_is_not_found(client):
    assert client.post(PAGE + "releases/20200101T0000Z/").status_code == 404


def test_two_publications_do_not_work_at_once(desk, client):
    jobs = Jobs(desk.extensions["config"].public)
    with jobs.at_work("freeze"):
        page = client.get(PAGE).text
        assert "The pages are being made." in page
        assert 'action="' not in page.partition("<main")[2]
        answer = client.post(PAGE + "prepare/", follow_redirects=True)
        assert "Another publication is at work." in answer.text
        with pytest.raises(BusyError), Jobs(jobs.folder).at_work("freeze"):
            pass


def test_a_publication_whose_process_is_gone_is_told(desk, client):
    jobs = Jobs(desk.extensions["config"].public)
    with jobs.at_work("freeze") as progress:
        told = progress._told.read_bytes()  # noqa: SLF001
    progress._told.write_bytes(told)  # noqa: SLF001
    assert jobs.last().ended == "stopped"
    assert "was stopped before its end" in client.get(PAGE).text
