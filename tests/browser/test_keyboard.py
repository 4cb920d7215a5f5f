"""Every page by keyboard alone (WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11)."""

from __future__ import annotations

import pytest

WALK = [
    "/",
    "/technologies/police-plate-readers/",
    *(
        pytest.param(path, marks=pytest.mark.drill)
        for path in ("/technologies/", "/devices/28JJQQ8/", "/search/")
    ),
]
NOW = """() => {
  const e = document.activeElement;
  const box = e.getClientRects()[0];  // a link may go over two lines
  const style = getComputedStyle(e);
  const at = document.elementFromPoint(
    Math.min(Math.max(box.left + Math.min(box.width, 20) / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.top + Math.min(box.height, 20) / 2, 0), innerHeight - 1));
  return {
    name: e.tagName,
    place: [...document.querySelectorAll("*")].indexOf(e),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    covered: !(at === e || e.contains(at) || at.contains(e)),
  };
}"""


REACHED = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) || e.matches(".skip")).length"""


@pytest.mark.parametrize(
    ("language", "width"), [pytest.param("en", 1280, marks=pytest.mark.drill), ("km", 360)]
)
@pytest.mark.parametrize("path", WALK)
def test_tab_leads_through_a_page_in_its_order_and_shows_where_it_is(path, language, width, visit):
    page = visit(
        f"/{language}{path}", viewport={"width": width, "height": 740}, reduced_motion="reduce"
    )
    expected = page.evaluate(REACHED)
    places = []
    for _ in range(expected + 5):
        page.keyboard.press("Tab")
        now = page.evaluate(NOW)
        if now["name"] in ("BODY", "HTML"):
            break
        places.append(now["place"])
        assert now["outlined"], now
        assert now["seen"], now
        assert not now["covered"], now
    assert places == sorted(set(places))
    assert len(places) == expected


def test_the_first_stop_skips_to_the_main_content(visit):
    page = visit("/es/technologies/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
