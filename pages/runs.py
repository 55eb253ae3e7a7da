"""What pages want to know of the runs, and the one thing they ask for; who answers is handed to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from staffelstab.timetable.plan.model import Phase, Plan


@dataclass(frozen=True, slots=True)
class RunShown:
    """A run: its name, state (a word of Prefect's), what it says of itself, since when, and where Prefect's interface shows it.

    `word` is the name it gave to the state it came to, in the plan's language.
    """

    name: str
    state: str
    sentence: str
    since: dt.datetime | None
    address: str
    word: str = ""


class Runs(Protocol):
    """Whoever knows the runs of plans. None means: no answer."""

    def under_way(self, plan: Plan) -> tuple[RunShown, ...] | None:
        """The runs that are under way."""

    def went_wrong(self, plan: Plan, now: dt.datetime) -> tuple[RunShown, ...] | None:
        """The last runs that did not come to their end."""

    def of_phase(self, plan: Plan, phase: Phase) -> tuple[RunShown, ...] | None:
        """The last runs of a phase, the newest first."""

    def to_come(self, plan: Plan) -> tuple[RunShown, ...] | None:
        """The next runs that are scheduled, the first first."""

    def ask_for_pass(self, plan: Plan, reason: str) -> bool:
        """Ask for a daily pass, once for each reason; whether that was taken up."""
