"""Where in a file something stands."""

from __future__ import annotations

import pytest

from staffelstab.plan.locate import line_of

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
        ("$.phases[2].number", None),
        ("$", None),
    ],
)
def test_the_line_of_a_path_or_of_what_is_nearest(path: str, line: int | None) -> None:
    assert line_of(TEXT, path) == line
