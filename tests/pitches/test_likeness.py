"""Pitches that say nearly the same: told to who writes, and to who takes the first look."""

from __future__ import annotations

HEAT = "Count who waits at each bus stop in the heat"


def test_the_first_look_shows_what_is_alike_whether_public_or_not(
    send, publish, act, sign_in, desk, case_of
):
    public, private, other = send(), send(), send(title="Lost pets", summary="Find dogs.")
    publish(public, summary_en=HEAT)
    receipt = send()
    with desk.app_context():
        names = [case_of(one).reference for one in (public, private, other, receipt)]
    there = f"/en/desk/cases/{names[3]}/"
    for state in ("submitted", "screening"):
        page = sign_in("case_officer").get(there).text
        like = page.partition("Pitches that say something like it")[2].partition("</ul>")[0]
        assert [name in like for name in names] == [True, True, False, False], state
        assert like.count("not public") == 1
        act("case_officer", receipt, "moves/screen")
    assert "say something like it" not in sign_in("decider").get(there).text


def test_who_writes_is_told_of_what_is_alike_once_the_idea_is_told(
    send, publish, begin, resident, desk, case_of
):
    pitched = send()
    publish(pitched, summary_en=HEAT)
    desk.extensions["published"].look()
    with desk.app_context():
        reference = case_of(pitched).reference
    check = begin(title="Shade", summary="Count who waits at a stop in the heat.")
    assert "something like this" not in resident.get(check.replace("/check/", "/1/")).text
    for page in ("/2/", "/check/"):
        told = resident.get(check.replace("/check/", page)).text
        assert "something like this" in told
        assert f"{reference}</span></a>: <bdi>{HEAT}</bdi>" in told
        assert f'/en/pitches/{reference}/support/">Support it instead</a>' in told
    other = begin(title="Lost pets", summary="Find them.").replace("/check/", "/2/")
    assert "something like this" not in resident.get(other).text
