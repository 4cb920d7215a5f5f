"""The map in a browser: whole without a script; with one it is moved and brought closer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

PLACE = "/en/places/district-1/"
LOOPS = "/en/technologies/signal-loops/"
PHONE = {"width": 360, "height": 740}
SIZES = """marks => marks.map(mark => {
  const box = mark.querySelector(".map__target").getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2, box.width];
})"""


def marks(page: Page) -> Locator:
    return page.locator(".map__mark")


def shared(page: Page) -> Locator:
    """The marks that several devices share."""
    return page.locator(".map__mark[href^='#']")


def awake(page: Page) -> None:
    """Turn to the map and wait until what moves it is there."""
    picture = page.locator(".map__picture")
    picture.scroll_into_view_if_needed()
    picture.hover(position={"x": 2, "y": 2})
    expect(picture).to_have_attribute("tabindex", "-1")


def told(page: Page) -> Locator:
    return page.locator(".map__told")


# --- without a script ---------------------------------------------------------------------------


def test_without_a_script_a_mark_leads_to_its_device(visit, host):
    page = visit(PLACE, java_script_enabled=False)
    mark = page.locator(".map__mark:not([href^='#'])").first
    address = mark.get_attribute("href")
    mark.click()
    page.wait_for_url(host.url + str(address))


def test_without_a_script_a_shared_mark_leads_to_the_first_of_its_devices_in_the_list(visit, host):
    page = visit(PLACE, java_script_enabled=False)
    mark = shared(page).first
    anchor = str(mark.get_attribute("href"))
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(host.url + PLACE + anchor)
    item = (
        page.locator(f".devices__item:target#\\3{anchor[1]} {anchor[2:]}")
        if (anchor[1].isdigit())
        else page.locator(f".devices__item:target{anchor}")
    )
    expect(item).to_be_in_viewport()
    assert page.locator("a", has_text=str(item.locator("a").inner_text())).count()


def test_without_a_script_no_button_promises_what_it_cannot_do(visit):
    page = visit(PLACE, java_script_enabled=False)
    expect(page.locator(".map__tools")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_marks_are_as_large_and_as_far_apart_as_fingers_need(width, visit):
    page = visit(PLACE, viewport={"width": width, "height": 740})
    found = page.evaluate(f"({SIZES})([...document.querySelectorAll('.map__mark')])")
    assert len(found) > 5
    for n, (x, y, size) in enumerate(found):
        assert size >= 24
        assert all((x - a) ** 2 + (y - b) ** 2 >= 24**2 - 0.1 for a, b, _ in found[:n])


@pytest.mark.parametrize(
    "media",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"forced_colors": "active", "color_scheme": "dark"},
        {"media": "print"},
    ],
    ids=lambda media: ", ".join(media.values()),
)
def test_marks_are_told_apart_from_the_ground_in_every_colour_scheme(media, visit):
    page = visit(LOOPS, viewport=PHONE)
    page.emulate_media(**media)
    ground, drawn, many = page.evaluate(
        """() => ["background-color", "stroke", "stroke"].map((name, n) => {
          const part = [".map__picture", ".map__mark.shape--active", ".map__many"][n];
          return getComputedStyle(document.querySelector(part)).getPropertyValue(name);
        })"""
    )
    assert contrast(drawn, ground) >= 4.5
    assert contrast(many, ground) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours of CSS, as WCAG measures it; a clear ground is white paper."""
    bright = []
    for colour in (one, other):
        red, green, blue, *alpha = (float(n) for n in re.findall(r"[\d.]+", colour))
        parts = [255.0] * 3 if alpha == [0] else [red, green, blue]
        linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in parts]
        bright.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(bright) + 0.05) / (min(bright) + 0.05)


def test_a_status_is_told_without_colour(live):
    signs = (
        live("/en/patterns/")
        .locator(".status .shape")
        .evaluate_all(
            """signs => Object.fromEntries(signs.map(sign => [sign.classList[1], [
          sign.innerHTML, getComputedStyle(sign).strokeDasharray,
          getComputedStyle(sign).fill === getComputedStyle(sign).stroke].join()]))"""
        )
    )
    assert signs.pop("shape--ended") == signs["shape--removed"]
    assert len(signs) == 8
    assert len(set(signs.values())) == len(signs)


def test_a_status_is_drawn_alike_on_the_map_in_its_key_and_beside_its_word(visit):
    page = visit("/en/technologies/traffic-cameras/")
    drawn = """all => all.map(one => [one.closest("[class*='shape--']").classList[1],
      (one.href ? document.querySelector(one.href.baseVal) : one).getAttribute("d")])"""
    parts = (".map__marks", ".map__legend", ".devices__facts")
    signs = [dict(page.locator(f"{p} .shape__sign").evaluate_all(drawn)) for p in parts]
    assert signs[0].items() <= signs[1].items()
    assert signs[1] == signs[2]
    assert len(signs[1]) > 1


# --- with it ------------------------------------------------------------------------------------


def test_nothing_is_fetched_for_the_map_before_somebody_turns_to_it(visit, host):
    before = len(host.sent)
    page = visit(PLACE)
    expect(page.locator(".map__tools")).to_be_visible()
    assert [one.path for one in host.sent[before:] if one.path.endswith("/map.js")] == []
    awake(page)
    assert [one.path for one in host.sent[before:] if one.path.endswith("/map.js")]


def test_the_marks_of_the_script_are_those_of_the_server(visit):
    page = visit(PLACE)
    drawn = "marks => marks.map(m => [m.getAttribute('href'), m.getAttribute('transform')].join())"
    before = marks(page).evaluate_all(drawn)
    awake(page)
    page.get_by_role("button", name="The whole map").click()
    expect(told(page)).not_to_be_empty()
    assert [re.sub(r"\.0\b", "", one) for one in marks(page).evaluate_all(drawn)] == [
        re.sub(r"\.0\b", "", one) for one in before
    ]


def test_closer_opens_the_marks_that_devices_share(visit):
    page = visit(LOOPS)
    before = shared(page).evaluate_all("marks => marks.map(m => m.textContent)")
    page.get_by_role("button", name="Closer").click()
    expect(told(page)).to_contain_text("In view:")
    page.get_by_role("button", name="Closer").click()
    expect(told(page)).not_to_contain_text("25 of 25")
    after = marks(page).evaluate_all("marks => marks.map(m => m.textContent)")
    assert set(after) - set(before)
    page.get_by_role("button", name="The whole map").click()
    expect(told(page)).to_contain_text("25 of 25")
    assert shared(page).evaluate_all("marks => marks.map(m => m.textContent)") == before


def test_every_button_tells_what_is_in_view(visit):
    page = visit(PLACE)
    buttons = page.locator(".map__buttons").get_by_role("button")
    names = [str(one.get_attribute("aria-label")) for one in buttons.all()]
    assert names == ["Closer", "Farther", "The whole map", "West", "North", "South", "East"]
    page.get_by_role("button", name="Closer").click()
    expect(told(page)).to_have_attribute("role", "status")
    expect(told(page)).to_contain_text(re.compile(r"In view: \d+ of \d+ devices. The bar is .* m"))
    seen = {str(told(page).inner_text())}
    for name in ("West", "North", "East", "South"):
        grid = page.locator(".map__grid").get_attribute("d")
        page.get_by_role("button", name=name).click()
        expect(page.locator(".map__grid")).not_to_have_attribute("d", str(grid))
        seen.add(str(told(page).inner_text()))
    assert len(seen) > 1


def test_the_keys_of_a_focused_mark_bring_it_closer_and_keep_it_focused(visit):
    page = visit(PLACE)
    awake(page)
    mark = shared(page).first
    anchor = mark.get_attribute("href")
    mark.focus()
    page.keyboard.press("+")
    expect(told(page)).to_contain_text("In view:")
    code = page.evaluate("document.activeElement.getAttribute('href').match(/\\w+(?=.?$)/)[0]")
    assert f"#{code}" == anchor
    page.keyboard.press("+")
    page.keyboard.press("0")
    expect(page.locator(":focus")).to_have_attribute("href", str(anchor))


def test_arrows_scroll_the_page_until_the_map_is_closer(visit):
    page = visit(PLACE, viewport=PHONE)
    awake(page)
    marks(page).first.focus()
    top = page.evaluate("scrollY")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(f"scrollY > {top}")
    page.keyboard.press("+")
    expect(page.locator(".map__picture--near")).to_be_visible()
    grid = str(page.locator(".map__grid").get_attribute("d"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(".map__grid")).not_to_have_attribute("d", grid)


def test_the_wheel_scrolls_the_page_and_with_ctrl_brings_the_map_closer(visit):
    page = visit(PLACE, viewport=PHONE)
    awake(page)
    top = page.evaluate("scrollY")
    page.mouse.wheel(0, 40)
    page.wait_for_function(f"scrollY > {top}")
    expect(told(page)).to_be_empty()
    page.locator(".map__picture").hover(position={"x": 150, "y": 100})
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(page.locator(".map__picture--near")).to_be_visible()


def test_a_drag_moves_the_map_and_follows_no_link(visit):
    page = visit(PLACE)
    awake(page)
    page.get_by_role("button", name="Closer").click()
    expect(page.locator(".map__picture--near")).to_be_visible()
    mark = marks(page).first
    before = str(mark.get_attribute("transform"))
    box = mark.bounding_box() or {}
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 15, y + 10, steps=3)
    page.mouse.up()
    assert page.url.endswith(PLACE)
    expect(mark).not_to_have_attribute("transform", before)


def test_two_fingers_bring_the_map_closer(visit):
    page = visit(PLACE, viewport=PHONE, has_touch=True)
    awake(page)
    box = page.locator(".map__picture").bounding_box() or {}
    x, y = box["x"] + 150, box["y"] + 100
    touch = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 20), ("touchMove", 40), ("touchMove", 80)):
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator(".map__picture--near")).to_be_visible()


def test_a_device_is_lit_on_the_map_and_in_the_list(visit):
    page = visit(PLACE, viewport={"width": 1280, "height": 800})
    awake(page)
    item = page.locator(".devices__item[data-spot]").first
    item.hover()
    expect(page.locator(".map__mark--lit")).to_have_count(1)
    mark = page.locator(".map__mark:not([href^='#'])").first
    mark.focus()
    lit = page.locator(".devices__item--lit")
    expect(lit).to_have_count(1)
    expect(lit.get_by_role("link")).to_have_attribute("href", str(mark.get_attribute("href")))


def test_the_map_speaks_the_language_of_the_page(visit):
    page = visit("/km/places/district-1/")
    page.locator(".map__button").first.click()
    expect(told(page)).not_to_be_empty()
    assert "{" not in told(page).inner_text()
    for name in marks(page).locator("title").all_text_contents():
        assert "{" not in name
        assert "%(" not in name


def test_the_buttons_move_nothing_on_the_page(visit):
    page = visit(PLACE, viewport=PHONE)
    list_top = "document.querySelector('.devices__list').getBoundingClientRect().top + scrollY"
    before = page.evaluate(list_top)
    awake(page)
    page.get_by_role("button", name="Closer").click()
    expect(told(page)).not_to_be_empty()
    assert page.evaluate(list_top) == pytest.approx(before, abs=1)
