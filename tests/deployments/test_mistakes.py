"""What a scheduled run stumbles over may quote a paper: nothing of it reaches Prefect, a log or the window `serve` runs in."""

from __future__ import annotations

import datetime as dt
import shutil
from functools import partial
from pathlib import Path

import pytest

from deployments.server.process import home_of
from tests.conftest import ROOT, at, require
from tests.deployments.club import Club, failures, runs, serving
from tests.deployments.person import Person
from tests.flows.test_redaction import SENTENCE, WORDS, kept, messages

pytestmark = [pytest.mark.slow, pytest.mark.server, require("cc"), pytest.mark.xdist_group("mistakes")]

FAULT = """

_right = {function}


def {function}(*args, **kwargs):
    from pathlib import Path

    text = Path("{sentence}").read_text(encoding="utf-8")
    return float(text) if text else _right(*args, **kwargs)
"""
"""A mistake of ours: `{function}` stumbles over a text while the file `{sentence}` holds one."""
MISTAKES = {14: ("survey", "take_in"), 15: ("pass_work", "due")}
"""The day in March on which a mistake is made: within a step, beside the steps."""


def stumbling(tmp_path: Path) -> tuple[Path, dict[int, Path]]:
    """A copy of the product with mistakes in it, and by day the files whose text they quote, empty as yet."""
    product = tmp_path / "product"
    for name in ("commands", "deployments", "flows", "pages", "staffelstab", "tasks", "templates"):
        shutil.copytree(ROOT / name, product / name, ignore=shutil.ignore_patterns("__pycache__"))
    sentences = {day: tmp_path / f"sentence-{day}" for day in MISTAKES}
    for day, (module, function) in MISTAKES.items():
        sentences[day].write_bytes(b"")
        with (product / f"staffelstab/service/{module}.py").open("a", encoding="utf-8") as code:
            code.write(FAULT.format(function=function, sentence=sentences[day]))
    return product, sentences


@pytest.mark.timeout(600)
def test_nothing_of_what_a_scheduled_run_stumbles_over_is_told(club: Club, tmp_path: Path) -> None:
    """Within a step one morning, beside the steps the next; the third goes well."""
    product, sentences = stumbling(tmp_path)
    with serving(club, "Europe/Berlin", product=product) as person:
        for day, sentence in sentences.items():
            sentence.write_text(SENTENCE, encoding="utf-8")
            club.clock.turn_to(at(f"2027-03-{day} 06:59:58"))
            failed = ("Failed", f"Tageslauf · {day}. März 2027")
            club.wait_for("the morning's failure", partial(has_failed, person, failed))
            sentence.write_bytes(b"")
        told = {str(run.name): str(run.state.message) for run in runs(person) if run.state and run.state.is_failed()}
        club.morning_of(dt.date(2027, 3, 16))

    home = home_of(club.root)
    assert len(told) >= len(MISTAKES)
    assert {message.partition(",")[0] for message in told.values()} == {
        "Etwas Unvorhergesehenes ist geschehen (ValueError"
    }
    assert messages(home).items() >= told.items()
    assert len(kept(home)) > 1
    assert [name for name, data in (kept(home) | kept(club.root)).items() if any(word in data for word in WORDS)] == []
    [said] = club.said
    assert [word for word in WORDS if word.decode() in said] == []
    assert "Traceback" not in said


def has_failed(person: Person, run: tuple[str, str]) -> bool:
    return run in failures(person)
