"""What a scheduled run stumbles over may quote a paper: nothing of it reaches Prefect, a log or the window `serve` runs in."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from deployments.server.process import home_of
from tests.conftest import ROOT, at, require
from tests.deployments.club import Club, failures, runs, serving
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
FAILED = ("Failed", "Tageslauf · 14. März 2027")
WITHIN_A_STEP, BESIDE_THE_STEPS = ("survey", "take_in"), ("pass_work", "due")


def stumbling(tmp_path: Path, place: tuple[str, str]) -> tuple[Path, Path]:
    """A copy of the product with a mistake in it, and the file whose text it quotes, empty as yet."""
    module, function = place
    sentence, product = tmp_path / "sentence", tmp_path / "product"
    sentence.write_bytes(b"")
    for name in ("commands", "deployments", "flows", "tasks", "staffelstab", "templates"):
        shutil.copytree(ROOT / name, product / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (product / f"staffelstab/service/{module}.py").open("a", encoding="utf-8") as code:
        code.write(FAULT.format(function=function, sentence=sentence))
    return product, sentence


@pytest.mark.timeout(600)
@pytest.mark.parametrize("place", [WITHIN_A_STEP, BESIDE_THE_STEPS])
def test_nothing_of_what_a_scheduled_run_stumbles_over_is_told(
    club: Club, tmp_path: Path, place: tuple[str, str]
) -> None:
    product, sentence = stumbling(tmp_path, place)
    with serving(club, "Europe/Berlin", product=product) as person:
        sentence.write_text(SENTENCE, encoding="utf-8")
        club.clock.turn_to(at("2027-03-14 06:59:58"))
        club.wait_for("the morning's failure", lambda: FAILED in failures(person))
        told = {str(run.name): str(run.state.message) for run in runs(person) if run.state and run.state.is_failed()}
        sentence.write_bytes(b"")
        club.morning_of(dt.date(2027, 3, 15))

    home = home_of(club.root)
    assert {message.partition(",")[0] for message in told.values()} == {
        "Etwas Unvorhergesehenes ist geschehen (ValueError"
    }
    assert messages(home).items() >= told.items()
    assert len(kept(home)) > 1
    assert [name for name, data in (kept(home) | kept(club.root)).items() if any(word in data for word in WORDS)] == []
    [said] = club.said
    assert [word for word in WORDS if word.decode() in said] == []
    assert "Traceback" not in said
