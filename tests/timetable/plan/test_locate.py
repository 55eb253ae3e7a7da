"""Where in a file something stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.timetable.plan.locate import index, line_of

TEXT = """\
title = "A"

[resolution]
date = 2018-01-01
[resolution.vote]
yes = 3

[[phases]]
number = 0
[[phases]]
number = 1
seats = [
  { id = "a" },
  { id = "b" },
]
units = [
  { id = "c" },
]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("$.title", 1),
        ("$.resolution", 3),
        ("$.resolution.date", 4),
        ("$.resolution.vote.yes", 6),
        ("$.resolution.vote.no", 5),
        ("$.phases[0].number", 9),
        ("$.phases[1]", 10),
        ("$.phases[1].kind", 10),
        ("$.phases[1].seats[1].id", 14),
        ("$.phases[1].units[0]", 17),
        ("$.phases[1].units[7].name", 16),
        ("$.phases[2].number", 8),
        ("$", None),
    ],
)
def test_the_line_of_a_path_or_of_what_is_nearest(path: str, line: int | None) -> None:
    assert line_of(TEXT, path) == line


ODD = r"""
# a comment = [ {
resolution.text = '''
[[phases]]
number = 7
'''
resolution . "date" = 2018-01-01  # another

["reso\u006cution".vote]
quote = ~~~
yes = 1
\~~~ no = 2 ~~~
"yes" = 3
[[groups]]
id = "a"
units = [ { id = "b" },
  { id = "c", name = "x = ]}" }, # one
  # between
  { region.name = "d" }
]
[[groups.more]]
id = "e"
[groups.more.region]
name = "f"
[[groups]]
units = [[1,
  2], []]
[[groups.more]]
id = "g"
""".lstrip().replace("~~~", '"""')


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("$.resolution", 2),
        ("$.resolution.text", 2),
        ("$.resolution.date", 6),
        ("$.resolution.vote", 8),
        ("$.resolution.vote.quote", 9),
        ("$.resolution.vote.yes", 12),
        ("$.phases", None),
        ("$.groups[0].units[0].id", 15),
        ("$.groups[0].units[1]", 16),
        ("$.groups[0].units[1].id", 16),
        ("$.groups[0].units[1].name", 16),
        ("$.groups[0].units[2].region.name", 18),
        ("$.groups[1]", 24),
        ("$.groups[1].units[0][1]", 26),
        ("$.groups[1].units[1]", 26),
    ],
)
def test_however_it_is_written(path: str, line: int | None) -> None:
    assert tomllib.loads(ODD)
    assert line_of(ODD, path) == line


def test_tables_of_a_table_that_is_repeated_belong_to_its_latest() -> None:
    text = '[[groups]]\n[[groups.units]]\nid = "a"\n[[groups]]\n[[groups.units]]\n[[groups.units]]\nid = "b"\n'
    assert line_of(text, "$.groups[0].units[0].id") == 3
    assert line_of(text, "$.groups[1].units[1].id") == 7


@pytest.mark.parametrize(
    "text", ["[", "[[", '"', "a", "a=", "=", "a=[", "}", "[[[[", "\0", "'''", 'a="""\n', '["\\q"]', "a={="]
)
def test_of_what_is_no_toml_it_makes_what_it_can(text: str) -> None:
    assert line_of(text, "$.b") is None


def test_it_is_not_slow_where_much_is_open() -> None:
    assert line_of("a = " + "[" * 100_000, "$.a[0][0]") == 1


WORDS = st.sampled_from(["a", "b", "c", "ä ö", "d.e", ""])
VALUES = st.recursive(
    st.integers(0, 9) | st.text("\n\"'\\[]{}=,# ab", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, VALUES, max_size=5))
def test_every_place_of_any_file_is_known(values: dict[str, object]) -> None:
    text = tomlkit.dumps(values)
    places = index(text)
    assert [path for path in paths(tomllib.loads(text)) if path not in places] == []


def paths(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every path within a value."""
    if path:
        yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from paths(inner, (*path, str(key)))
