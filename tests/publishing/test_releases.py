"""Releases: what is kept, what is public, what would change."""

from __future__ import annotations

import pytest

from lamppost.publishing.releases import KEPT, Difference, Releases
from lamppost.trees import write_new


@pytest.fixture
def releases(tmp_path):
    made = Releases(tmp_path / "public")
    freeze(made, {"index.html": "door", "en/index.html": "home"})
    return made


def freeze(releases: Releases, files: dict[str, str]) -> None:
    """Write files as a freeze does: under new inodes."""
    for name, words in files.items():
        write_new(releases.frozen / name, words.encode())


def public(releases: Releases, name: str) -> str:
    return (releases.current_link / name).read_text()


def test_nothing_is_public_before_the_first_release(releases):
    assert (releases.current(), releases.prepared(), releases.all()) == (None, None, [])


def test_a_release_waits_until_it_is_published(releases):
    made = releases.add("abc")
    assert (releases.prepared(), releases.current()) == (made, None)
    done = releases.publish(made.id, "Reviewer")
    assert (releases.prepared(), releases.current()) == (None, done)
    assert (done.by, done.save) == ("Reviewer", "abc")
    assert public(releases, "en/index.html") == "home"


def test_a_release_keeps_what_it_had_when_more_is_frozen(releases):
    releases.publish(releases.add("a").id, "")
    freeze(releases, {"en/index.html": "new home"})
    assert public(releases, "en/index.html") == "home"


def test_what_would_change_is_told_by_file(releases):
    first = releases.add("a")
    assert releases.difference(first) == Difference(("en/index.html", "index.html"), (), ())
    releases.publish(first.id, "")
    assert not releases.difference(first)
    freeze(releases, {"en/index.html": "new home", "km/index.html": "home", "index.html": "door"})
    (releases.frozen / "index.html").unlink()
    made = releases.add("b")
    expected = Difference(("km/index.html",), ("en/index.html",), ("index.html",))
    assert releases.difference(made) == expected


def test_a_file_that_was_written_again_with_the_same_words_is_no_change(releases):
    releases.publish(releases.add("a").id, "")
    freeze(releases, {"en/index.html": "home"})
    assert not releases.difference(releases.add("b"))


def test_a_new_release_takes_the_place_of_one_that_waited(releases):
    first, second = releases.add("a"), releases.add("b")
    assert releases.all() == [second]
    assert not releases.site(first).exists()


def test_the_last_five_that_were_public_are_kept_and_any_can_be_public_again(releases):
    made = []
    for number in range(KEPT + 2):
        freeze(releases, {"en/index.html": f"home {number}"})
        made.append(releases.publish(releases.add(str(number)).id, ""))
        assert public(releases, "en/index.html") == f"home {number}"
    kept = {release.id for release in releases.all()}
    assert kept == {release.id for release in made[-KEPT:]}
    releases.publish(made[-KEPT].id, "Reviewer")
    assert public(releases, "en/index.html") == "home 2"
    assert {release.id for release in releases.all()} == kept


def test_a_release_that_is_not_there_cannot_be_published(releases):
    releases.publish(releases.add("a").id, "")
    with pytest.raises(KeyError):
        releases.publish("../../elsewhere", "")
    assert public(releases, "en/index.html") == "home"


def test_a_release_that_holds_what_was_withdrawn_comes_back_no_more(releases):
    freeze(releases, {"en/concerns/X/index.html": "words"})
    old = releases.publish(releases.add("a").id, "")
    new = releases.publish(releases.add("b").id, "")
    assert releases.forget("en/concerns/X/index.html")
    assert releases.holds_withdrawn
    assert [release.id for release in releases.all()] == [new.id]
    with pytest.raises(KeyError):
        releases.publish(old.id, "")
    releases.publish(releases.add("c").id, "")
    assert not releases.holds_withdrawn
    assert len(list((releases.folder / "releases").iterdir())) == 1


def test_nor_does_the_one_that_was_public_when_it_was_withdrawn(releases):
    freeze(releases, {"en/concerns/X/index.html": "words"})
    public_then = releases.publish(releases.add("a").id, "")
    releases.forget("en/concerns/X/index.html")
    releases.publish(public_then.id, "")  # once more the same: it still holds the words
    assert releases.holds_withdrawn
    freeze(releases, {"en/concerns/X/index.html": "withdrawn"})
    new = releases.publish(releases.add("b").id, "")
    assert not releases.holds_withdrawn
    assert [release.id for release in releases.all()] == [new.id]
    assert not releases.site(public_then).exists()
