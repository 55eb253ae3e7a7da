"""What every task has in common: a name the coordinator understands, nothing cached, nothing of its values kept by Prefect."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import prefect.runtime.task_run
from prefect import Task, task
from prefect.cache_policies import NO_CACHE

from staffelstab.language import Language
from staffelstab.steps.run import Run
from tasks.discretion import Discretion

P = ParamSpec("P")
R = TypeVar("R")


def step(name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Make a function a task whose runs are called by the catalogue's `tasks.<name>` in the plan's language.

    Where the catalogue has `tasks.<name>_<kind>`, the runs of that kind of phase are called so.
    """

    def run_name() -> str:
        found = next((value for value in prefect.runtime.task_run.parameters.values() if isinstance(value, Run)), None)
        words = Language(found.plan.language if found else "de")
        special = f"tasks.{name}_{found.phase.kind}" if found and found.phase else ""
        return words.say(special if special and words.knows(special) else f"tasks.{name}")

    def made(function: Callable[P, R]) -> Task[P, R]:
        settings = task(name=name, task_run_name=run_name, cache_policy=NO_CACHE, persist_result=False)
        return settings(Discretion()(function))

    return made
