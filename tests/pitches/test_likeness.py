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
