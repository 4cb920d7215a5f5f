"""Charts, key figures, pictures' words and new sources of a draft, through their forms."""

from __future__ import annotations

import io
import re

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from lamppost.record import Record

PITCH = "pitch-long-beach-2023"
FILE = f"content/briefs/{PITCH}/brief.yaml"
CHART = "charts/ideas-and-pilots/"
A_CHART = {
    "title.en": "Kiosks by year", "title.es": "Kioscos por año", "kind": "columns",
    "table.series.0.name.en": "Kiosks", "table.labels.0.en": "2022", "table.labels.1.en": "2023",
    "table.series.0.values.0": "3", "table.series.0.values.1": "4.5", "source": "S22",
}  # fmt: skip


@pytest.fixture
def renewed(sign_in) -> str:
    """A new version of a published brief that has a chart and key figures."""
    return sign_in("author").post(f"/en/desk/briefs/published/{PITCH}/new-version/").location


@pytest.fixture
def edit(sign_in, fill):
    """A function that changes a form of a draft as one does in a browser."""

    def edited(address: str, changes: dict[str, object], *roles: str):
        client = sign_in(*(roles or ("author",)))
        page = client.get(address)
        assert page.status_code == 200, address
        return client.post(address, data=fill(page.text, changes))

    return edited


@pytest.fixture
def published(moved):
    """A function that publishes a draft by two people."""

    def publish(draft: str):
        assert moved(draft, "submit", "author").status_code == 303
        return moved(draft, "publish", "reviewer", note="New figures")

    return publish


def raw(kept, file: str = FILE):
    return Record(kept).mapping(file)


def test_forms_sent_back_untouched_leave_every_byte(renewed, edit, published, kept):
    folder = kept / FILE.removesuffix("brief.yaml")
    before = {p: p.read_bytes() for p in [*folder.iterdir(), kept / "content/sources.yaml"]}
    for part in ("key-figures/", CHART):
        assert edit(renewed + part, {}).status_code == 303
    assert published(renewed).status_code == 303
    assert {p: p.read_bytes() for p in before} == before


def test_a_number_is_corrected_in_chart_and_key_figure(renewed, edit, published, kept, desk):
    changes = {"table.series.0.values.1": "3", "table.labels.1.km": "ផ្សេង"}
    assert edit(renewed + CHART, changes).status_code == 303
    page = edit(renewed + "key-figures/", {"key_figures.1.value": "3"})
    assert page.status_code == 303, page.text
    before = (kept / FILE).read_text("utf-8")
    assert published(renewed).status_code == 303
    after = (kept / FILE).read_text("utf-8")
    went = set(before.splitlines()) - set(after.splitlines())
    assert len(went) == 3, went
    assert raw(kept)["charts"][0]["series"][0]["values"] == [120, 3]
    assert ">3<" in re.sub(r"\s", "", desk.test_client().get(f"/km/briefs/{PITCH}/").text)


def test_a_chart_is_made_row_by_row_and_seen_before_it_is_published(
    renewed, fill, sign_in, send, published, kept
):
    author = sign_in("author")
    address = renewed + "charts/new/"
    page = author.post(
        address, data=fill(author.get(address).text, {"add": "table.labels", "title.en": "Kept"})
    )
    assert "Kept</textarea>" in page.text
    assert 'name="table.labels.1.km"' in page.text
    made = author.post(address, data=fill(page.text, A_CHART))
    assert made.status_code == 303, made.text
    text = Record(kept).article(f"content/briefs/{PITCH}/en.md")[1]
    draft = {"title": "T", "summary": "S", "made": "human"}
    body = f"{text.strip()}\n\n![](chart:kiosks-by-year)"
    send(author, f"{renewed}texts/en/", body=body, **draft)
    preview = author.get(f"{renewed}preview/").text
    assert "Kiosks by year" in preview
    assert "4.5" in preview
    assert "es.md" in author.post(f"{renewed}moves/submit/").text
    for code in ("es", "km", "tl"):
        text = Record(kept).article(f"content/briefs/{PITCH}/{code}.md")[1]
        body = f"{text.strip()}\n\n![](chart:kiosks-by-year)"
        send(author, f"{renewed}texts/{code}/", body=body, follows="y", **draft)
    assert "Translate all that the chart" in author.get(f"{renewed}texts/es/").text
    assert published(renewed).status_code == 303
    chart = raw(kept)["charts"][1]
    assert chart["id"] == "kiosks-by-year"
    assert chart["labels"] == [{"en": "2022"}, {"en": "2023"}]
    assert chart["series"] == [{"name": {"en": "Kiosks"}, "values": [3, 4.5]}]


def test_a_row_and_a_second_column_come_and_go(renewed, edit, fill, sign_in, published, kept):
    author, address = sign_in("author"), renewed + CHART
    wider = fill(author.get(address).text, {"add": "table.series"})
    page = author.post(address, data=wider).text
    more = {"table.series.1.name.en": "Money", "table.series.1.values.0": "7"}
    assert author.post(address, data=fill(page, more)).status_code == 303
    page = author.get(address).text
    assert 'value="7"' in page
    assert edit(address, {"table.labels.0.gone": "y"}).status_code == 303
    assert edit(address, {"table.series.1.name.gone": "y"}).status_code == 303
    assert published(renewed).status_code == 303
    chart = raw(kept)["charts"][0]
    assert [label["en"] for label in chart["labels"]] == ["Became pilots"]
    assert chart["series"] == [{**chart["series"][0], "values": [2]}]


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"table.series.0.values.1": "many"}, "table.series.0.values.1"),
        ({"table.labels.0.gone": "y", "table.series.0.values.1": "-1"}, "table.series.0.values.1"),
        ({"table.labels.1.en": ""}, "table.labels.1.en"),
        ({"table.series.0.name.en": ""}, "table.series.0.name.en"),
        ({"title.en": "x" * 200}, "title.en"),
        ({"source": ""}, "source"),
        ({"source": "S99999"}, "source"),
        ({"id": "Not an id"}, "id"),
        ({"id": "new"}, "id"),
        ({"kind": "pie"}, "kind"),
        ({"table.labels.0.gone": "y", "table.labels.1.gone": "y"}, "table.series.0.name.en"),
    ],
)
def test_what_could_not_be_drawn_is_told_at_its_place_and_kept(renewed, edit, sign_in, changes, at):
    page = edit(renewed + CHART, changes)
    assert page.status_code == 422
    summary = BeautifulSoup(page.text, "html.parser").find(class_="error-summary")
    assert summary.find("a", href=f"#{at}"), summary
    assert sign_in("author").get(f"{renewed}preview/").status_code == 200


def test_whoever_saves_later_sees_what_the_other_has_saved(renewed, edit, fill, sign_in):
    chief, address = sign_in("administrator"), renewed + "key-figures/"
    page = chief.get(address).text
    assert edit(address, {"key_figures.0.value": "130+"}).status_code == 303
    turned = chief.post(address, data=fill(page, {"key_figures.0.value": "140+"}))
    assert turned.status_code == 422
    assert "Author has changed these meanwhile" in turned.text
    assert "<del>130+</del>" in turned.text
    assert 'value="140+"' in turned.text
    assert chief.post(address, data=fill(turned.text, {})).status_code == 303
    assert 'value="140+"' in sign_in("author").get(address).text


def test_a_translator_changes_translations_alone(renewed, edit, sign_in):
    page = sign_in("translator").get(renewed + CHART).text
    assert 'name="title.es"' in page
    assert 'name="title.en"' not in page
    assert "table.series.0.values.0" not in page
    assert 'name="source"' not in page
    assert edit(renewed + CHART, {"title.es": "Otro"}, "translator").status_code == 303
    assert "Otro</textarea>" in sign_in("author").get(renewed + CHART).text
    translator = sign_in("translator")
    for path in ("charts/new/", "sources/"):
        assert translator.get(renewed + path).status_code == 403
    assert translator.post(renewed + CHART + "remove/").status_code == 403
    assert translator.post(renewed + "pictures/").status_code == 403


def test_a_source_comes_into_the_record_with_the_brief(renewed, edit, published, kept, sign_in):
    new = {"title": "A new report", "publisher": "City of Long Beach", "kind": "city",
           "url": "https://example.org/r", "date": "2026-11-20"}  # fmt: skip
    assert edit(renewed + "sources/", new).status_code == 303
    id_ = re.search(r"source:(S\d+)", sign_in("author").get(renewed + "sources/").text)[1]
    assert edit(renewed + "key-figures/", {"key_figures.0.source": id_}).status_code == 303
    preview = sign_in("author").get(f"{renewed}preview/")
    assert "A new report" in preview.text
    before = (kept / "content/sources.yaml").read_text("utf-8")
    done = published(renewed)
    assert done.status_code == 303, done.text
    after = (kept / "content/sources.yaml").read_text("utf-8")
    assert after.startswith(before.rstrip())
    assert str(raw(kept, "content/sources.yaml")["sources"][id_]["date"]) == "2026-11-20"
    assert raw(kept)["sources"][-1] == raw(kept)["key_figures"][0]["source"] == id_


def test_a_source_that_is_taken_out_again_is_told_where_something_rests_on_it(
    renewed, edit, moved, sign_in
):
    author = sign_in("author")
    assert edit(renewed + "sources/", {"title": "New", "kind": "city"}).status_code == 303
    page = author.get(renewed + "sources/").text
    id_ = re.search(r"source:(S\d+)", page)[1]
    edit(renewed + CHART, {"source": id_})
    author.post(f"{renewed}sources/{id_}/remove/")
    assert author.get(f"{renewed}preview/").status_code == 200
    turned = moved(renewed, "submit", "author")
    assert turned.status_code == 422
    assert "charts[0].source" in turned.text


def test_an_id_that_the_record_has_given_to_another_source_stops_the_brief(
    renewed, edit, moved, kept, sign_in
):
    assert edit(renewed + "sources/", {"title": "Ours", "kind": "city"}).status_code == 303
    page = sign_in("author").get(renewed + "sources/").text
    id_ = re.search(r"source:(S\d+)", page)[1]
    path = kept / "content/sources.yaml"
    path.write_text(path.read_text("utf-8") + f"  {id_}: {{title: Theirs, kind: city}}\n", "utf-8")
    turned = moved(renewed, "submit", "author")
    assert turned.status_code == 422
    assert f"sources.{id_}" in turned.text


@pytest.mark.parametrize(
    ("new", "at"),
    [
        ({"kind": "city"}, "title"),
        ({"title": "A", "kind": ""}, "kind"),
        ({"title": "A", "kind": "city", "url": "javascript:alert(1)"}, "url"),
        ({"title": "A", "kind": "city", "date": "yesterday"}, "date"),
    ],
)
def test_a_source_without_what_it_needs_is_told(renewed, edit, new, at):
    page = edit(renewed + "sources/", new)
    assert page.status_code == 422
    assert f'href="#{at}"' in page.text


@pytest.fixture
def pictured(renewed, sign_in, send, published) -> str:
    """A new version of a brief that was published with a picture."""
    author = sign_in("author")
    data = io.BytesIO()
    Image.new("RGB", (40, 30)).save(data, "PNG")
    data.seek(0)
    sent = {"file": (data, "a.png"), "name": "walk", "alt_en": "A walk"}
    assert send(author, f"{renewed}pictures/", **sent).status_code == 303
    for code in ("en", "es", "km", "tl"):
        page = BeautifulSoup(author.get(f"{renewed}texts/{code}/").text, "html.parser")
        words = {n: page.find(attrs={"name": n}) for n in ("title", "summary", "body")}
        body = f"{words['body'].text.strip()}\n\n![](picture:walk)"
        told = {"title": words["title"]["value"], "summary": words["summary"].text.strip()}
        send(author, f"{renewed}texts/{code}/", **told, body=body, made="human", follows="y")
    assert published(renewed).status_code == 303
    return author.post(f"/en/desk/briefs/published/{PITCH}/new-version/").location


def test_the_words_of_a_published_picture_are_changed(pictured, edit, published, kept):
    address = f"{pictured}pictures/walk.jpg/words/"
    assert edit(address, {"alt.en": ""}).status_code == 422
    changes = {"alt.km": "ការដើរ", "caption.en": "On foot"}
    assert edit(address, changes).status_code == 303
    assert published(pictured).status_code == 303
    (picture,) = raw(kept)["pictures"]
    assert picture["alt"] == {"en": "A walk", "km": "ការដើរ"}
    assert picture["caption"] == {"en": "On foot"}


def test_a_published_picture_can_be_taken_out(pictured, sign_in, moved):
    author = sign_in("author")
    author.post(f"{pictured}pictures/walk.jpg/remove/")
    assert "picture:walk" in moved(pictured, "submit", "author").text
    assert "walk.jpg" not in author.get(f"{pictured}pictures/").text


def test_the_words_of_a_new_picture_are_changed(renewed, edit, sign_in, send):
    data = io.BytesIO()
    Image.new("RGB", (40, 30)).save(data, "PNG")
    data.seek(0)
    sent = {"file": (data, "a.png"), "name": "walk", "alt_en": "A walk"}
    send(sign_in("author"), f"{renewed}pictures/", **sent)
    address = f"{renewed}pictures/walk.jpg/words/"
    assert edit(address, {"alt.en": "A long walk"}).status_code == 303
    assert 'alt="A long walk"' in sign_in("author").get(f"{renewed}pictures/").text


def test_a_fact_that_is_taken_out_is_gone_from_the_file(renewed, sign_in, send, published, kept):
    author = sign_in("author")
    page = author.get(f"{renewed}facts/").text
    assert raw(kept)["part_of"]
    soup = BeautifulSoup(page, "html.parser")
    held = {"kind": "community_brief", "year": "2023", "grade": "stated",
            "contact": "technology-and-innovation", "sources": ["S22", "S25"]}  # fmt: skip
    assert soup.find(attrs={"name": "part_of"})
    assert send(author, f"{renewed}facts/", **held, part_of="").status_code == 303
    assert published(renewed).status_code == 303
    assert "part_of" not in raw(kept)


def test_nothing_is_written_while_it_is_reviewed(renewed, sign_in, fill, moved):
    author = sign_in("author")
    pages = {part: author.get(renewed + part).text for part in ("key-figures/", CHART, "sources/")}
    moved(renewed, "submit", "author")
    for part, page in pages.items():
        turned = author.post(renewed + part, data=fill(page, {}))
        assert turned.status_code == 422, part
        assert "not being written now" in turned.text
    author.post(f"{renewed}{CHART}remove/")
    assert "ideas-and-pilots" in author.get(f"{renewed}charts/").text
