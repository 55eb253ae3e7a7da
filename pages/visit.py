"""One visit to one page of one plan: what is shown of it, which addresses it names, and how it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import HTMLResponse, RedirectResponse, Response

from pages.forms import Fields
from pages.rendering import page
from pages.site import Site
from staffelstab.language import Language
from staffelstab.ledger.store import Ledger
from staffelstab.service.kept_cases import CASES
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.model import Plan


@dataclass(frozen=True)
class Visit:
    """A visit to the page called `page`. `place` is where this session's pages of this plan are; no "/" at its end.

    `given` are the parts of the address, `asked` what stands behind its "?", `fields` what a form sent.
    """

    site: Site
    run: Run
    page: str
    place: str
    home: str
    given: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    fields: Fields = field(default_factory=Fields)

    @property
    def plan(self) -> Plan:
        """The plan as it holds now."""
        return self.run.plan

    @property
    def words(self) -> Language:
        """The plan's language."""
        return self.run.plan.words

    @property
    def now(self) -> dt.datetime:
        """The moment shown, in the plan's zone."""
        return self.run.now

    def case(self, ledger: Ledger) -> Case:
        """Everything known now, gathered anew only where something came to it. Raises LedgerError."""
        return CASES.case(self.run, ledger)

    def link(self, path: str = "") -> str:
        """The address of another page of this plan: "sessions/lv-2018-01-19"."""
        return f"{self.place}/{path}"

    def shown(self, template: str, /, *, status: int = 200, **facts: object) -> Response:
        """The page as `templates/pages/<template>.html.j2` has it."""
        return HTMLResponse(page(self, template, facts), status)

    def go(self, path: str, said: str = "") -> Response:
        """To another page, which then says `said`, a key below `pages.said`: what was entered is not sent again."""
        return RedirectResponse(self.link(f"{path}?said={said}" if said else path), 303)
