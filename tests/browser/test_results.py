"""A closed survey whose results are released at the desk: the small group is found nowhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import checks
from lamppost import db
from lamppost.answering.world import world_of
from lamppost.config import PROJECT
from lamppost.i18n import languages
from lamppost.questions.answers import Answers
from lamppost.surveys.responses import keep

SURVEY = "technology-and-privacy"
SIGNS = {"yes": 60, "no": 30, "not_sure": 4}
HERE = f"desk/surveys/{SURVEY}/results/"
NOT_HERE = {"weight", "help"}
"""What a live host would send is not seen here, and the desk has a menu of its own."""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The shipped record, in which the survey is closed."""
    root = tmp_path / "record"
    (root / "surveys").parent.mkdir()
    for folder in ("content", "surveys"):
        (root / folder).symlink_to(PROJECT / folder)
    return root


@pytest.fixture
def answered(desk, sign_in) -> None:
    """Planted answers, of which four are a small group, to a survey that was closed after them."""
    with desk.test_request_context("/"):
        content = desk.extensions["published"].content
        survey = content.surveys[SURVEY]
        for key, count in SIGNS.items():
            for _ in range(count):
                answers = Answers(
                    survey.sections, {"seen_sign": [key], "more": ["A text"]}, world_of(content)
                )
                keep(survey, answers, "en", mode="web", today=content.as_of)
        db.sessions().commit()
    closed = sign_in("reviewer").post(
        f"/en/desk/surveys/{SURVEY}/moves/close/", data={"note": "It is over"}
    )
    assert closed.status_code == 303


def seal_of(client) -> str:
    page = client.get(f"/en/{HERE}preview/").text
    return page.partition('name="sha256" value="')[2].partition('"')[0]


@pytest.fixture
def page_at(desk_host, sign_in, chromium):
    """A function that opens a page for a reviewer in a browser."""
    cookie = sign_in("reviewer").get_cookie("__Host-desk", domain="localhost")
    context = chromium.new_context()
    context.add_init_script(checks.SCRIPT)
    context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": f"https://{desk_host}", "secure": True}]
    )
    page = context.new_page()

    def opened(path: str):
        checks.put_on(page, next(iter(checks.LOOKS.values())))
        answer = page.goto(f"http://{desk_host}{path}")
        assert answer.status == 200, path
        return page

    yield opened
    context.close()


@pytest.mark.usefixtures("answered")
def test_the_small_group_is_hidden_everywhere_after_the_release(sign_in, page_at):
    moderator, decider = sign_in("moderator"), sign_in("decider")
    assert moderator.post(f"/en/{HERE}prepare/").status_code == 303
    names = {f"name-{code}": "Signs" for code in languages()}
    assert moderator.post(f"/en/{HERE}texts/more/themes/", data=names).status_code == 303
    found = []
    for language in ("en", "km"):
        page = page_at(f"/{language}/{HERE}preview/")
        assert rows(page) == [["60", "63 %"], [""], [""], ["35", ""]]
        for path in ("texts/more/", "texts/more/themes/theme-1/"):
            page = page_at(f"/{language}/{HERE}{path}")
            found += [(language, *one) for one in checks.found_in(page, but_alike=language != "en")]
        page = page_at(f"/{language}/{HERE}preview/")
        found += [(language, *one) for one in checks.found_in(page, but_alike=language != "en")]
    page.click("form.press button")
    assert decider.post(
        f"/en/{HERE}approve/", data={"sha256": seal_of(decider)}
    ).status_code == 303  # fmt: skip
    for language in languages():
        page = page_at(f"/{language}/surveys/{SURVEY}/results/")
        assert rows(page) == [["60", "63 %"], [""], [""], ["35", ""]]
        assert page.locator("#seen_sign .chart__bar").count() == 1
        csv = decider.get(f"/{language}/surveys/{SURVEY}/results/1.csv").text
        mine = [line for line in csv.splitlines() if ",seen_sign," in line]
        assert [line.rsplit(",", 4)[1] for line in mine] == ["60", "", "", "35"]
        searched = decider.get(f"/{language}/search/pages.json").text
        assert "not_sure" not in searched
    stored = decider.get(f"/surveys/{SURVEY}/results/1.json").json["release"]
    table = next(one for one in stored["questions"] if one["key"] == "seen_sign")
    assert [cell["count"] for cell in table["cells"]] == [60, None, None]
    assert '"count": 4' not in json.dumps(stored)
    assert [one for one in found if one[2] not in NOT_HERE] == []


def rows(page) -> list[list[str]]:
    """The numbers of the question about signs, as a reader sees them; nothing where hidden."""
    return page.evaluate(
        """() => [...document.querySelectorAll("#seen_sign tbody tr")].map(
           (row) => [...row.querySelectorAll("td")].map((cell) => cell.querySelector(".gap-word")
             ? "" : cell.innerText.replace(/\\u00a0/g, " ")))"""
    )
