"""What a scheduled run stumbles over may quote a paper: nothing of it reaches Prefect, a log or the window `serve` runs in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from deployments.server.process import home_of
from tests.conftest import at, require
from tests.deployments.club import Club, failures, runs, serving
from tests.flows.test_redaction import SENTENCE, WORDS, kept, messages

pytestmark = [pytest.mark.slow, pytest.mark.server, require("cc"), pytest.mark.xdist_group("mistakes")]

FAULT = '''
"""A mistake of ours in every process: `{function}` stumbles over a text while the file `{sentence}` holds one."""

from pathlib import Path

from staffelstab.service import {module}

right = {module}.{function}


def wrong(*args, **kwargs):
    text = Path("{sentence}").read_text(encoding="utf-8")
    return float(text) if text else right(*args, **kwargs)


{module}.{function} = wrong
'''
FAILED = ("Failed", "Tageslauf · 14. März 2027")
WITHIN_A_STEP, BESIDE_THE_STEPS = ("survey", "take_in"), ("pass_work", "due")


@pytest.fixture
def stumbles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[tuple[str, str]], Path]:
    """Puts a mistake into every process started from now on; the file whose text it quotes, empty as yet."""

    def put(place: tuple[str, str]) -> Path:
        module, function = place
        sentence, folder = tmp_path / "sentence", tmp_path / "fault"
        sentence.write_bytes(b"")
        folder.mkdir()
        fault = FAULT.format(module=module, function=function, sentence=sentence)
        (folder / "sitecustomize.py").write_text(fault, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(folder))
        return sentence

    return put


@pytest.mark.timeout(600)
@pytest.mark.parametrize("place", [WITHIN_A_STEP, BESIDE_THE_STEPS])
def test_nothing_of_what_a_scheduled_run_stumbles_over_is_told(
    club: Club, stumbles: Callable[[tuple[str, str]], Path], place: tuple[str, str]
) -> None:
    sentence = stumbles(place)
    with serving(club, "Europe/Berlin") as person:
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
