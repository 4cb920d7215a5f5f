"""A flood of junk is one line at the desk, slows nobody down, and tells nothing in public."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from lamppost import db
from lamppost.apart.models import Contact
from lamppost.cases.alike import MOST_SINGLE
from lamppost.cases.deeds import AFTER_END
from lamppost.cases.models import MODERATIONS, VISIBILITIES, Case, Step
from lamppost.cases.queries import PAGE
from lamppost.cases.shown import shown
from lamppost.cases.visible import ANYBODY, PUBLIC, Seen, seen
from lamppost.staff.audit import entries

from ..cases.test_readable import by_chance
from ..conftest import TODAY
from ..writers import junk, put_new
from .conftest import case_of

QUEUE = "/en/desk/cases/"
LONG_AGO = TODAY - timedelta(days=60)


@pytest.fixture
def config(config):
    """Settings of a site that sends e-mail, so that it asks for an address."""
    return replace(config, smtp="smtp://127.0.0.1:25", mail_from="lamppost@city.example",
                   live_url="https://live.example")  # fmt: skip


@pytest.fixture
def flood(desk):
    """A function that puts many new concerns into the database, past the form."""

    def put(number, words=junk, on=TODAY, language="en"):
        return put_new(desk, number, words, on=on, language=language)

    return put


def listed(page):
    """The references in the queue, in their order."""
    return re.findall(r'briefs__title"><a href="[^"]*/cases/([^/"]+)/', page)


def public(desk):
    """What anybody may know, as the file of it would say."""
    with desk.app_context():
        db.sessions().expire_all()
        return json.loads(json.dumps(shown(desk.extensions["published"].content.settings.promise)))


def test_two_thousand_junk_posts_are_one_line_and_go_with_one_deed(desk, sign_in, send, flood):
    sent = send(worry="It films our door at night.")
    flood(2000)
    client = sign_in("case_officer")
    page = client.get(QUEUE)
    assert len(page.data) < 200_000
    assert listed(page.text) == [sent.reference]
    (group,) = set(re.findall(r'href="(/en/desk/cases/alike/[^"]+/)"', page.text))
    assert "2,000 that are alike" in page.text
    opened = client.get(group).text
    assert len(listed(opened)) == PAGE
    assert client.get(f"{group}?page=40").status_code == 200
    with desk.app_context():
        before = len(entries())
    assert client.post(f"{group}junk/").status_code == 303
    with desk.app_context():
        (entry,) = entries()[: len(entries()) - before]
        assert (entry.deed, "(2000)" in entry.what) == ("junk alike", True)
        assert case_of(sent).state == "received"
        gone = db.sessions().query(Case).filter_by(outcome="spam").first()
        assert [step.move for step in gone.steps] == ["submit", "junk"]
    after = client.get(QUEUE)
    assert listed(after.text) == [sent.reference]
    assert "alike" not in after.text
    done = client.get(f"{QUEUE}?done=1")
    assert len(done.data) < 200_000
    assert "2,000 in all." in done.text


def test_the_first_page_and_the_moderators_see_the_flood_as_one_line_too(sign_in, send, flood):
    sent = send()
    flood(300)
    home = sign_in("case_officer").get("/en/desk/").text
    assert "Concerns to answer (2)" in home
    assert "300 that are alike" in home
    moderator = sign_in("moderator").get("/en/desk/").text
    assert "to be published or withheld (1)" in moderator
    assert sent.reference in moderator


def test_they_do_not_count_in_public_until_somebody_has_looked(desk, sign_in, flood):
    flood(40, on=LONG_AGO, language="tl")
    before = public(desk)
    assert before["owed"] == []
    assert before["tallies"]["concern"]["language"] == {}
    client = sign_in("case_officer")
    (group,) = set(re.findall(r'href="(/en/desk/cases/alike/[^"]+/)"', client.get(QUEUE).text))
    client.post(f"{group}acknowledge/")
    after = public(desk)
    assert len(after["owed"]) == 40
    assert after["tallies"]["concern"]["language"] == {"tl": 40}


def groups_in(page):
    """The addresses of what is alike, as the queue has them."""
    return re.findall(r'href="(/en/desk/cases/alike/[^"]+/)"', page)


@pytest.mark.parametrize("moves", [("acknowledge",), ("start",), ("acknowledge", "start")])
def test_what_was_moved_on_by_one_deed_can_still_be_put_away_by_one(
    desk, sign_in, send, flood, moves
):
    sent = send(worry="It films our door at night.")
    flood(40, on=LONG_AGO)
    client = sign_in("case_officer")
    for move in moves:
        (group,) = groups_in(client.get(QUEUE).text)
        client.post(f"{group}{move}/")
    page = client.get(QUEUE).text
    assert listed(page)[0] == sent.reference, "what may be junk stands last"
    assert len(listed(page)) == 41
    (group,) = groups_in(page)
    opened = client.get(group).text
    assert (f"{group}junk/" in opened, f"{group}acknowledge/" in opened) == (True, False)
    assert client.post(f"{group}acknowledge/").status_code == 404
    client.post(f"{group}junk/")
    assert listed(client.get(QUEUE).text) == [sent.reference]
    assert len(public(desk)["owed"]) == 1
    with desk.app_context():
        gone = db.sessions().query(Case).filter_by(outcome="spam").first()
        assert [step.move for step in gone.steps] == ["submit", *moves, "junk"]
        assert gone.version == len(gone.steps)


def test_what_somebody_has_taken_on_or_said_something_to_is_in_no_group(sign_in, flood):
    answered, claimed, single = sorted(flood(MOST_SINGLE + 3))[:3]
    client = sign_in("case_officer")
    client.post(f"{groups_in(client.get(QUEUE).text)[0]}start/")
    said = {"message": "We looked.", "outcome": "explained_no_change", "seen": 2}
    client.post(f"{QUEUE}{answered}/moves/answer/", data=said)
    client.post(f"{QUEUE}{claimed}/claim/", data={"seen": 2})
    assert "21 that are alike" in client.get(QUEUE).text
    client.post(f"{QUEUE}{single}/moves/junk/", data={"seen": 2})
    assert groups_in(client.get(QUEUE).text) == []


def test_what_was_not_moved_on_by_the_same_person_on_the_same_day_is_in_no_group(
    desk, sign_in, flood
):
    flood(MOST_SINGLE + 1)
    client = sign_in("case_officer")
    client.post(f"{groups_in(client.get(QUEUE).text)[0]}acknowledge/")
    assert len(groups_in(client.get(QUEUE).text)) == 1
    with desk.app_context():
        step = db.sessions().query(Step).filter_by(move="acknowledge").first()
        step.on -= timedelta(days=1)
        db.sessions().commit()
    assert groups_in(client.get(QUEUE).text) == []


def test_a_few_that_are_alike_stand_by_themselves_and_last(sign_in, send, flood):
    sent = send(worry="It films our door at night.")
    flood(MOST_SINGLE, on=LONG_AGO)
    page = sign_in("case_officer").get(QUEUE).text
    assert listed(page)[0] == sent.reference
    assert len(listed(page)) == MOST_SINGLE + 1
    assert "that are alike" not in page


def test_many_links_and_one_word_over_and_over_stand_last(sign_in, send, flood):
    words = ("www.a.example www.b.example www.c.example", "Win money " * 9)
    sent = send()
    odd = flood(2, words.__getitem__, on=LONG_AGO)
    assert listed(sign_in("case_officer").get(QUEUE).text) == [sent.reference, *sorted(odd)]


def test_the_queue_has_pages_that_keep_what_was_chosen(sign_in, flood):
    flood(PAGE + 5, lambda n: f"My worry is {'so ' * n}great")
    client = sign_in("case_officer")
    first = client.get(f"{QUEUE}?kind=concern").text
    second = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    assert second == f"{QUEUE}?kind=concern&page=2"
    found = [*listed(first), *listed(client.get(second).text)]
    assert (len(listed(first)), len(set(found))) == (PAGE, PAGE + 5)
    for odd in ("0", "-1", "x", "٣", "9" * 30):
        assert client.get(f"{QUEUE}?page={odd}").status_code == 200


def test_what_waits_for_long_can_be_shown_alone(sign_in, send, flood):
    sent = send()
    (old,) = flood(1, on=LONG_AGO)
    client = sign_in("case_officer")
    assert set(listed(client.get(QUEUE).text)) == {old, sent.reference}
    assert listed(client.get(f"{QUEUE}?days=30").text) == [old]
    assert listed(client.get(f"{QUEUE}?days=90").text) == []
    assert listed(client.get(f"{QUEUE}?phase=long_overdue").text) == [old]


def test_disputes_and_replies_stand_first_and_are_marked(sign_in, send, act, resident, flood):
    disputed, replied = send(), send(worry="It hums.")
    (old,) = flood(1, on=LONG_AGO)
    for sent, move in ((disputed, "answer"), (replied, "ask")):
        act("case_officer", sent, "moves/start")
        said = {"message": "We looked.", "outcome": "explained_no_change"}
        act("case_officer", sent, f"moves/{move}", **said)
    for sent, move in ((disputed, "dispute"), (replied, "reply")):
        answer = resident.post(f"/en/receipts/{sent.receipt}/{move}/", data={"message": "No."})
        assert answer.status_code == 303
    page = sign_in("case_officer").get(QUEUE).text
    assert listed(page)[2:] == [old]
    assert set(listed(page)[:2]) == {disputed.reference, replied.reference}
    assert "Disputed by its writer" in page
    assert "Its writer has replied" in page
    act("case_officer", disputed, "moves/start")
    assert "Disputed by its writer" not in sign_in("case_officer").get(QUEUE).text


def test_who_may_not_work_on_them_cannot_put_them_away(sign_in, flood):
    flood(30)
    page = sign_in("moderator").get(QUEUE).text
    (group,) = set(re.findall(r'href="(/en/desk/cases/alike/[^"]+/)"', page))
    assert f'action="{group}' not in sign_in("moderator").get(group).text
    assert sign_in("moderator").post(f"{group}junk/").status_code == 403
    assert sign_in("case_officer").post(f"{group}answer/").status_code == 404
    assert sign_in("case_officer").post(f"{group}nothing/").status_code == 404


def test_what_was_kept_apart_goes_when_they_are_put_away(desk, sign_in, send, flood):
    sent = send(worry="The best price in town!", **{"contact.email": "a@b.example"})
    flood(30)
    (group,) = set(re.findall(r'href="(/en/desk/cases/alike/[^"]+/)"',
                              sign_in("case_officer").get(QUEUE).text))  # fmt: skip
    sign_in("case_officer").post(f"{group}junk/")
    with desk.app_context():
        assert case_of(sent).outcome == "spam"
        days = {contact.delete_after for contact in db.sessions().query(Contact)}
        assert days == {TODAY + AFTER_END}


def test_junk_that_is_not_read_for_the_public_is_seen_through_no_door():
    for wish, moderation, door in product(("nothing", *VISIBILITIES[1:]), MODERATIONS, PUBLIC):
        if moderation != "withheld":
            case = Case(kind="concern", state="closed", outcome="spam", wish=wish,
                        visibility="private", moderation=moderation)  # fmt: skip
            assert seen(ANYBODY, case, door) == Seen.NOTHING


def test_who_sends_and_takes_back_over_and_over_changes_no_figure(desk, send, resident, act):
    looked_at = send("km")
    act("case_officer", looked_at, "moves/start")
    before = public(desk)["tallies"]["concern"]
    for sent in (send("tl"), send("tl")):
        resident.post(f"/tl/receipts/{sent.receipt}/withdraw/")
    assert public(desk)["tallies"]["concern"] == before
    resident.post(f"/km/receipts/{looked_at.receipt}/withdraw/")
    after = public(desk)["tallies"]["concern"]
    assert (after["language"], after["outcome"]) == ({"km": 1}, {"withdrawn": 1})


def test_junk_of_letters_by_chance_is_one_line_too(desk, sign_in, send, flood):
    sent = send(worry="It films our door at night.")
    flood(60, lambda n: f"{by_chance(n)}. {by_chance(n + 1000)}!")
    page = sign_in("case_officer").get(QUEUE).text
    assert listed(page) == [sent.reference]
    assert "60 that are alike" in page
    assert public(desk)["tallies"]["concern"]["language"] == {"en": 1}
