"""What is kept on the shelf is given again only while it is made of the same."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from lamppost.shelf import Shelf


@pytest.fixture
def made() -> list[bytes]:
    """What had to be made, in order."""
    return []


def part(shelf: Shelf, made: list[bytes], made_of: bytes, name: str = "one") -> bytes:
    def make() -> bytes:
        made.append(made_of)
        return b"made of " + made_of

    return shelf.part(name, made_of, make)


def test_a_part_is_made_once_while_it_is_made_of_the_same(tmp_path: Path, made):
    for _ in range(3):
        assert part(Shelf(tmp_path / "parts", "code"), made, b"a") == b"made of a"
    assert made == [b"a"]


def test_a_part_is_made_again_when_what_it_is_made_of_changes(tmp_path: Path, made):
    shelf = Shelf(tmp_path / "parts", "code")
    assert [part(shelf, made, of) for of in (b"a", b"b", b"a")] == [
        b"made of a", b"made of b", b"made of a"
    ]  # fmt: skip
    assert made == [b"a", b"b", b"a"]


def test_a_part_is_made_again_by_other_code(tmp_path: Path, made):
    part(Shelf(tmp_path / "parts", "code"), made, b"a")
    part(Shelf(tmp_path / "parts", "other code"), made, b"a")
    assert made == [b"a", b"a"]


def test_a_shelf_that_begins_afresh_trusts_nothing(tmp_path: Path, made):
    part(Shelf(tmp_path / "parts", "code"), made, b"a")
    part(Shelf(tmp_path / "parts", "code", afresh=True), made, b"a")
    assert made == [b"a", b"a"]


def test_parts_do_not_get_into_each_others_way(tmp_path: Path, made):
    shelf = Shelf(tmp_path / "parts", "code")
    part(shelf, made, b"a", "one")
    part(shelf, made, b"b", "two")
    assert part(shelf, made, b"a", "one") == b"made of a"
    assert made == [b"a", b"b"]


def test_without_a_folder_nothing_is_kept(made):
    assert part(Shelf(), made, b"a") == part(Shelf(), made, b"a") == b"made of a"
    assert made == [b"a", b"a"]


def test_a_part_that_was_half_written_is_made_again(tmp_path: Path, made):
    shelf = Shelf(tmp_path / "parts", "code")
    part(shelf, made, b"a")
    [kept] = (tmp_path / "parts").iterdir()
    kept.write_bytes(kept.read_bytes()[:10])
    assert part(shelf, made, b"a") == b"made of a"
    assert made == [b"a", b"a"]


def make_a_lot(folder: Path, worker: int) -> bool:
    shelf = Shelf(folder, "code")
    parts = [shelf.part("one", bytes([n]), lambda n=n: bytes([n]) * 50_000) for n in range(15)]
    return worker >= 0 and parts == [bytes([n]) * 50_000 for n in range(15)]


def test_workers_that_make_the_same_part_at_once_do_no_harm(tmp_path: Path):
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(3, mp_context=context) as workers:
        assert all(workers.map(make_a_lot, [tmp_path / "parts"] * 3, range(3)))
    assert [path.name for path in (tmp_path / "parts").iterdir()] == ["one"]
