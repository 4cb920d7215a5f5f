"""Letters by chance are told from languages, also from those that the site does not speak."""

from __future__ import annotations

import random
from string import ascii_lowercase

import pytest

from lamppost.cases.readable import is_readable

WRITTEN = (
    "It looks into my window at night and i dont like it",
    "there is a camra on ocean blvd pointing at my aprtment pls remove",
    "Esa cámara mira mi ventana todo el día, no me gusta nada",
    "Nakatutok ang kamera sa bintana namin gabi-gabi, pakialis po",
    "Kuv pom lub koob yees duab saum txoj kev thiab kuv ntshai",
    "Waxaan ka welwelsanahay kamaradda jidka agteeda",
    "E le fiafia i le mea pueata i luma o lo'u fale",
    "Máy quay này nhìn vào cửa sổ nhà tôi suốt đêm",
    "Die Kamera schaut den ganzen Tag in mein Fenster",
    "កាមេរ៉ានេះមើលចូលបង្អួចផ្ទះខ្ញុំ",
    "摄像头整夜对着我的窗户", "8387P2C", "???", "",
)  # fmt: skip


def by_chance(number: int, words: int = 12) -> str:
    draw = random.Random(number)  # noqa: S311 - junk, and no secret
    lengths = (draw.randint(3, 10) for _ in range(words))
    return " ".join("".join(draw.choices(ascii_lowercase, k=length)) for length in lengths)


@pytest.mark.parametrize("words", WRITTEN)
def test_what_somebody_has_written_is_readable_in_any_language(words):
    assert is_readable(words)


def test_letters_by_chance_and_rows_of_the_keyboard_are_not():
    assert not is_readable("lkjhgfdsa poiuytrewq mnbvcxz")
    unread = [is_readable(by_chance(number)) for number in range(1000)]
    assert sum(unread) < 10
