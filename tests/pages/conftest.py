"""A folder of the example as it stood on a day, and its pages, asked as a browser asks."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp

from pages.application import application
from pages.runs import RunShown
from pages.site import Site
from staffelstab.timetable.plan.model import Phase, Plan
from tests.conftest import at
from tests.service.small_folder import folder
from tests.year import PARTY, DirectExecutor, year

__all__ = ["year"]


@dataclass
class KnownRuns:
    """Runs as a test says; the real ones are asked in tests/deployments. `asked` holds the reasons for which a pass was asked."""

    running: tuple[RunShown, ...] | None = ()
    wrong: tuple[RunShown, ...] | None = ()
    phase: tuple[RunShown, ...] | None = ()
    coming: tuple[RunShown, ...] | None = ()
    there: bool = True
    asked: list[str] = field(default_factory=list)

    def under_way(self, plan: Plan) -> tuple[RunShown, ...] | None:
        return self.running

    def went_wrong(self, plan: Plan, now: dt.datetime) -> tuple[RunShown, ...] | None:
        return self.wrong

    def of_phase(self, plan: Plan, phase: Phase) -> tuple[RunShown, ...] | None:
        return self.phase

    def to_come(self, plan: Plan) -> tuple[RunShown, ...] | None:
        return self.coming

    def ask_for_pass(self, plan: Plan, reason: str) -> bool:
        self.asked.append(reason)
        return self.there


@dataclass(frozen=True)
class Browser:
    """Asks the pages as a browser does, each time anew, and follows where it is sent."""

    app: ASGIApp

    def get(self, address: str) -> httpx.Response:
        return self._asked("GET", address)

    def post(self, address: str, *, data: dict[str, str] | None = None, content: bytes | None = None) -> httpx.Response:
        return self._asked("POST", address, data=data, content=content)

    def _asked(self, method: str, address: str, **sent: object) -> httpx.Response:
        async def asked() -> httpx.Response:
            way = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=way, base_url="http://127.0.0.1", follow_redirects=True) as client:
                return await client.request(method, address, **sent)  # type: ignore[arg-type]  # as the two above have it

        return asyncio.run(asked())


@dataclass
class Pages:
    """The pages of a folder at the moment `now`."""

    root: Path
    plan: str
    runs: KnownRuns
    browser: Browser
    now: dt.datetime

    def passed(self, moment: str) -> None:
        """A pass at a moment, which is the present from then on."""
        self.now = at(moment)
        DirectExecutor().daily_pass(str(self.root), self.now)

    def open(self, path: str = "") -> str:
        """A page that is there."""
        answer = self.browser.get(f"/{self.plan}/{path}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, path: str, **fields: str) -> str:
        """What is shown after a form was sent, redirections followed."""
        answer = self.browser.post(f"/{self.plan}/{path}", data=fields)
        return answer.text


Visited = Callable[..., Pages]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], Path]:
    """A folder of a plan after a pass at a moment, made once: whoever looks at it looks at a copy."""

    @cache
    def prepare(moment: str, place: Path) -> Path:
        root = folder(tmp_path_factory.mktemp("pages") / "akte", place)
        DirectExecutor().daily_pass(str(root), at(moment))
        return root

    return prepare


@pytest.fixture
def visited(tmp_path: Path, prepared: Callable[[str, Path], Path]) -> Visited:
    """The pages of a fresh folder of the example (or of `place`) after a pass at a moment."""

    def visit(moment: str, *, place: Path = PARTY, passed: bool = True, runs: KnownRuns | None = None) -> Pages:
        root = tmp_path / "akte"
        if passed:
            shutil.copytree(prepared(moment, place), root)
        else:
            folder(root, place)
        return pages_of(root, moment, runs=runs)

    return visit


def pages_of(root: Path, moment: str, *, runs: KnownRuns | None = None) -> Pages:
    """The pages of a working folder at a moment."""
    known = runs or KnownRuns()
    made: list[Pages] = []
    site = Site((root,), None, lambda: made[0].now, known, patience=0.3)
    made.append(Pages(root, next(iter(site.plans())), known, Browser(application(site)), at(moment)))
    return made[0]
