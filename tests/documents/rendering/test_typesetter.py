"""typst and pandoc run in processes of their own: bounded in time and memory, kept while they work, replaced when they are lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from staffelstab.documents.rendering import pandoc, typesetter
from staffelstab.documents.rendering.typesetter import Limits, typeset
from staffelstab.errors import RenderError
from tests.conftest import ROOT
from tests.documents.rendering.sample import STAMP

HOW = {"format": "pdf", "timestamp": 1}
SMALL = Limits(seconds=3, memory=1 << 30)


def made(source: str, limits: Limits = SMALL) -> bytes:
    return typeset({"main.typ": source.encode()}, HOW, "PDF", limits)


def waiting(limits: Limits = SMALL) -> list[int]:
    """The processes that wait for a document."""
    return [process._child.pid for process in typesetter._IDLE if process.limits == limits]


@pytest.mark.attack("C4")
def test_one_process_makes_one_document_after_the_other() -> None:
    assert made("eins").startswith(b"%PDF")
    first = waiting()
    assert made("zwei").startswith(b"%PDF")
    assert waiting() == first
    assert len(first) == 1


@pytest.mark.attack("C4")
def test_a_process_that_is_gone_is_replaced_and_the_document_made() -> None:
    made("eins")
    [gone] = waiting()
    os.kill(gone, signal.SIGKILL)
    assert made("zwei").startswith(b"%PDF")
    assert waiting() != [gone]


@pytest.mark.attack("C4")
@pytest.mark.parametrize(
    "source",
    ['#let a = "x"; #for i in range(40) { a = a + a }', "#for i in range(100000000) [x ]"],
    ids=["a text", "a document"],
)
def test_what_takes_more_memory_than_a_document_may_have_ends_the_process_and_not_us(source: str) -> None:
    with pytest.raises(RenderError, match="typst: memory"):
        made(source)
    assert made("danach").startswith(b"%PDF")


@pytest.mark.attack("C4")
def test_what_takes_more_time_than_a_document_may_have_is_stopped() -> None:
    with pytest.raises(RenderError, match="typst: time"):
        made("#for i in range(100000) { for j in range(100000) { let x = i * j } }", Limits(seconds=1, memory=1 << 30))


@pytest.mark.attack("C4")
def test_no_file_of_the_machine_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("geheim")
    for path in ("/etc/hostname", str(tmp_path / "x.txt"), "x.txt"):
        with pytest.raises(RenderError):
            made(f'#read("{path}")')


@pytest.mark.attack("C4")
@pytest.mark.parametrize(("name", "limit"), [("SECONDS", 1), ("HEAP", "40m")])
def test_pandoc_is_stopped_when_it_takes_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, limit: object
) -> None:
    monkeypatch.setattr(pandoc, name, limit)
    with pytest.raises(RenderError, match=r"pandoc: (time|memory)"):
        pandoc.read("*a* [b](c) \n\n" * 300_000, {"title": "x"}, tmp_path, STAMP)


def test_who_prints_nothing_starts_no_process_and_who_prints_leaves_none() -> None:
    """A process that ends takes its typesetter along; one that never asked for a document has none."""
    code = (
        "from staffelstab.documents.rendering import typesetter, render\n"
        "assert typesetter._IDLE == []\n"
        "made = typesetter.typeset({'main.typ': b'x'}, {'format': 'pdf'}, 'PDF')\n"
        "print(typesetter._IDLE[0]._child.pid)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)
