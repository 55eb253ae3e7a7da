"""In a real browser: the pages work behind the policy, and nobody else is asked."""

from __future__ import annotations

import httpx
import pytest

from deployments.server.process import Server
from tests.conftest import require
from tests.deployments.keyboard import page_of
from tests.deployments.tiny import tiny

pytestmark = [require("chromium"), pytest.mark.usefixtures("live")]


def test_a_run_is_drawn_and_no_foreign_host_is_asked(live: Server) -> None:
    tiny(steps=2)
    with page_of() as page:
        for path in ("", "/dashboard", "/v2/runs"):
            page.open(f"{live.address}{path}", "staffelstab login")
        page.open(live.link(), "Zeitpläne auf diesem Rechner")
        assert "sign-in" not in str(
            page.run("location.href + document.referrer + JSON.stringify(performance.getEntries())")
        )
        page.open(f"{live.address}/v2/dashboard", "Flow Runs")
        page.open(f"{live.address}/v2/runs", "tiny")
        link = page.run("document.querySelector('a[href*=\"/runs/flow-run/\"]').href")
        page.open(str(link), "2 Task runs")
        page.open(f"{live.address}/v2/deployments", "Deployments")
        page.open(f"{live.address}/dashboard", "Flow Runs")
        assert page.foreign == set()
        assert {host for host in page.refused if "amplitude" in host}, "the policy had something to refuse"


def test_a_page_from_elsewhere_learns_nothing(live: Server) -> None:
    asking = f"fetch('{live.address}/api/flow_runs/filter', {{method: 'POST', body: '{{}}'}}).then(r => 'read', e => 'refused')"
    with page_of() as page:
        page.open("data:text/html,<p>elsewhere", "elsewhere")
        assert page.run(asking) == "refused"


def test_a_person_signs_out_by_the_page_that_signed_in(live: Server) -> None:
    with page_of() as page:
        page.open(live.link(), "Zeitpläne auf diesem Rechner")
        kept = str(page.run("localStorage.getItem('prefect-password')"))
        page.open(f"{live.address}/sign-in", "Abmelden")
        page.run("document.getElementById('out-button').click()")
        page.open(f"{live.address}/dashboard", "staffelstab login")
    ended = httpx.get(f"{live.address}/api/admin/version", headers={"Authorization": f"Basic {kept}"})
    assert ended.status_code == 401
