"""The hand-off of what stands in tables and lists: where devices are, and forms of a word."""

from __future__ import annotations

import pytest

from lamppost.content import read_content
from lamppost.texts.handoff import take_in
from lamppost.texts.units import RefusedError

CARS = "content/registry/devices/police-plate-readers.csv"
WIFI = "content/registry/devices/public-wifi.csv"
GLOSSARY = "content/glossary.yaml"
PATROL = "En patrullas de policía, sin lugar fijo"


@pytest.mark.parametrize("ending", [".po", ".xlf"])
def test_new_words_of_a_location_land_in_each_row_that_has_them(
    handed, config, changed, small, ending
):
    rows = (small / CARS).read_text("utf-8").count(PATROL)
    assert rows
    quote = '"' if ending == ".xlf" else r"\""
    put = f"Sin {quote}lugar{quote}, en patrullas"
    done = take_in(config, handed((PATROL, put), ending=ending))
    assert (done.changed, done.files) == (1, [CARS])
    old, new = changed()[CARS]
    assert len(old) == len(new) == rows
    put = '"Sin ""lugar"", en patrullas"'
    assert new == [line.replace(f'"{PATROL}"', put) for line in old]
    devices = read_content(config).registry.devices.values()
    assert sum(d.location_es == 'Sin "lugar", en patrullas' for d in devices) == rows


def test_a_location_that_is_not_translated_yet_gets_its_cell(handed, config, changed, broken):
    broken(CARS, f'"{PATROL}"', "")
    missing = 'msgid "On patrol cars, no fixed place"\nmsgstr ""'
    take_in(config, handed((missing, missing.replace('""', '"En patrullas"'))))
    old, new = changed()[CARS]
    assert [line.count("En patrullas,") for line in new] == [1]
    assert len(old) == 1


def test_a_table_without_the_column_gets_it(handed, config, small):
    path = small / WIFI
    lines = ["code,technology,status,location,sample", '7H2MJ4Q,public-wifi,active,"Pier, end",yes']
    code = path.read_text("utf-8").splitlines()[1].split(",")[0]
    lines[1] = lines[1].replace("7H2MJ4Q", code)
    path.write_bytes("\r\n".join([*lines, ""]).encode())
    missing = 'msgid "Pier, end"\nmsgstr ""'
    take_in(config, handed((missing, missing.replace('""', '"Muelle, al final"'))))
    assert path.read_bytes().decode().split("\r\n") == [
        f"{lines[0]},location_es", f'{lines[1]},"Muelle, al final"', ""
    ]  # fmt: skip


def test_where_two_streets_cross_is_no_text(handed, small):
    assert "Pacific Ave & 10th St" in (small / CARS.replace(
        "police-plate-readers", "traffic-cameras")).read_text("utf-8")  # fmt: skip
    assert 'msgid "Pacific Ave & 10th St"' not in handed().read_text("utf-8")


def test_a_location_on_two_lines_is_refused(handed, config, state):
    path = handed((PATROL, r"En patrullas\nsin lugar"))
    before = state()
    with pytest.raises(RefusedError, match="a line break where one line is expected"):
        take_in(config, path)
    assert state() == before


@pytest.mark.parametrize("ending", [".po", ".xlf"])
def test_forms_of_a_word_come_back_as_a_list(handed, config, changed, ending):
    swap = ("ciudad inteligente; ciudades inteligentes", "ciudad lista;  ciudades: listas; urbe")
    done = take_in(config, handed(swap, ending=ending))
    assert (done.changed, done.files) == (1, [GLOSSARY])
    assert changed() == {
        GLOSSARY: (
            ["      es: [ciudad inteligente, ciudades inteligentes]"],
            ['      es: [ciudad lista, "ciudades: listas", urbe]'],
        )
    }
    forms = read_content(config).terms["smart-city"].forms["es"]
    assert forms == ("ciudad lista", "ciudades: listas", "urbe")


def test_forms_that_are_missing_are_put_behind_the_others(handed, config, changed, broken):
    broken(GLOSSARY, "      es: [ciudad inteligente, ciudades inteligentes]\n", "")
    missing = 'msgid "smart city; smart cities"\nmsgstr ""'
    take_in(config, handed((missing, missing.replace('""', '"ciudad lista"'))))
    assert changed() == {
        GLOSSARY: (
            ["      es: [ciudad inteligente, ciudades inteligentes]"],
            ["      es: [ciudad lista]"],
        )
    }
