"""A second plan, small and quite different, rehearses with the same code and in its own language."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.acceptance.cli import CHOIR, rehearsed_here, said, staffelstab
from tests.acceptance.outputs import FORMATS, checked_by_bagit, deliverables, info, links

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("choir")]


@pytest.fixture(scope="module")
def choir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working folder after the choir's half year."""
    return rehearsed_here(CHOIR, tmp_path_factory.mktemp("choir") / "choir", language="en")


def test_two_meetings_and_a_chain_of_three_hand_overs(choir: Path) -> None:
    dossiers = {path for path in deliverables(choir) if path.startswith("sessions/") and "/dossier." in path}
    days = ("2026-01-30", "2026-04-11")
    assert dossiers == {f"sessions/{day}/dossier.{ending}" for day in days for ending in (*FORMATS, "timetable.svg")}
    bags = sorted(choir.glob("batons/*"))
    assert [checked_by_bagit(bag) for bag in bags] == [0, 0, 0]
    assert [info(bag).get("Predecessor") for bag in bags] == [None, bags[0].name, bags[1].name]
    assert staffelstab("verify", choir).returncode == 0


def test_its_report_is_english_and_leads_to_papers_that_exist(choir: Path) -> None:
    page = (choir / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "<h2>What happened when</h2>" in page
    assert [link for link in links(choir / "index.html") if not (choir / unquote(link)).exists()] == []
    assert said(choir).splitlines()[-1].startswith("3 hand-overs, ")
