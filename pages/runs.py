"""What pages want to know of the runs, and the one thing they ask for; who answers is handed to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from staffelstab.timetable.plan.model import Plan


@dataclass(frozen=True, slots=True)
class RunShown:
    """A run: its name, state (a word of Prefect's), what it says of itself, since when, and where Prefect's interface shows it."""

    name: str
    state: str
    sentence: str
    since: dt.datetime | None
    address: str


class Runs(Protocol):
    """Whoever knows the runs of plans. None means: no answer."""

    def under_way(self, plan: Plan) -> tuple[RunShown, ...] | None:
        """The runs that are under way."""

    def went_wrong(self, plan: Plan, now: dt.datetime) -> tuple[RunShown, ...] | None:
        """The last runs that did not come to their end."""

    def ask_for_pass(self, plan: Plan, reason: str) -> bool:
        """Ask for a daily pass, once for each reason; whether that was taken up."""
