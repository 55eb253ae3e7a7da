"""Names of flow runs in the plan's language: what, and on which day of the plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import prefect.runtime.flow_run

from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.plan.load import load_plan
from tasks.phase import moment


def run_name(key: str) -> Callable[[], str]:
    """A flow run's name by the catalogue's `flows.<key>`; plain when the plan cannot be read, for the run will say why."""

    def name() -> str:
        parameters = prefect.runtime.flow_run.parameters
        try:
            plan = load_plan(Path(str(parameters["workspace"])))
        except (StaffelstabError, OSError):
            return key
        words = Language(plan.language)
        day = words.day(moment(parameters.get("now")).astimezone(plan.zone).date())
        number = parameters.get("phase")
        phase = next((item.name for item in plan.phases if item.number == number), "")
        return words.say(
            f"flows.{key}",
            day=day,
            number=number,
            phase=phase,
            session=parameters.get("session"),
            item=parameters.get("item"),
        )

    return name
