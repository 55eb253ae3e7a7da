"""The port of a working folder's interface: the same as the last time, or the next free one."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from deployments.server.ports import PORT, TRIED, candidates, remember_port, remembered_port


def test_the_first_time_it_is_the_usual_one_or_one_after_it(tmp_path: Path) -> None:
    assert list(candidates(tmp_path)) == list(range(PORT, PORT + TRIED))


def test_the_next_time_it_is_the_same_again(tmp_path: Path) -> None:
    remember_port(tmp_path, 4207)
    assert list(islice(candidates(tmp_path), 3)) == [4207, PORT, PORT + 1]
    assert list(candidates(tmp_path)).count(4207) == 1


@pytest.mark.parametrize("said", ["", "x", "0", "70000", "-1"])
def test_what_is_no_port_is_forgotten(tmp_path: Path, said: str) -> None:
    (tmp_path / "port").write_text(said)
    assert remembered_port(tmp_path) is None
