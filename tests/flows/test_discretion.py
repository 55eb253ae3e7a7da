"""An unforeseen mistake may quote a paper in its message; Prefect learns only where it happened."""

from __future__ import annotations

from pathlib import Path

import pytest
from prefect import flow

from deployments.server import rehearsal_server
from staffelstab.errors import RecordError, StaffelstabError
from tasks.discretion import Discretion
from tasks.step import step

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("flows")]

SENTENCE = "Der Leuchtturmwärter zählt heimlich siebzehn Kanarienvögel."


@step("gather")
def stumble(text: str) -> float:
    """Do what goes wrong with a text."""
    return float(text)


@flow(name="stumbling", persist_result=False)
def stumbling(number: int) -> float:
    """Stumble over a text that no parameter of the flow holds."""
    return stumble(SENTENCE * number)


def test_a_mistake_is_told_by_kind_and_place_alone(tmp_path: Path) -> None:
    with rehearsal_server(tmp_path / "prefect"), pytest.raises(StaffelstabError) as raised:
        stumbling(1)
    line = stumble.fn.__wrapped__.__code__.co_firstlineno + 3  # type: ignore[attr-defined]  # functools.wraps sets it
    assert raised.value.text("de").startswith(
        f"Etwas Unvorhergesehenes ist geschehen (ValueError, tests/flows/test_discretion.py:{line}); dieser Lauf ist"
    )
    assert isinstance(raised.value.__cause__, ValueError)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "prefect").rglob("*") if path.is_file()}
    words = [word.encode() for word in ("Leuchtturm", "Kanarienv", "heimlich")]
    assert [name for name, data in kept.items() if any(word in data for word in words)] == []
    assert b"Etwas Unvorhergesehenes" in kept["prefect.db"]


def test_our_own_sentences_pass_unchanged() -> None:
    error = RecordError("steps.unknown_phase", phase=9)
    with pytest.raises(RecordError) as raised, Discretion():
        raise error
    assert raised.value is error


def test_an_interruption_passes_unchanged() -> None:
    with pytest.raises(KeyboardInterrupt), Discretion():
        raise KeyboardInterrupt
