"""What every flow and every task has in common: a name the coordinator understands, the plan's language, and redaction.

The procedures in `flows/` are written once and run in two ways. Within a flow run, a step is a Prefect task. Without one (a test, a
rehearsal of the procedure alone) the same step is the function it wraps, and nothing of Prefect takes part.

    @procedure("analysis", called="phase")      a flow whose run is called by `flows.phase`
    @step("gather")                             a task whose run is called by `tasks.gather`

A failure ends a run as Failed with one sentence in the plan's language, and no traceback: ours whole, every other redacted. Who
called the flow or task gets the exception. Nothing is cached, no value is kept by Prefect, and no value is looked into by it:
arguments and results pass as an `Opaque`, which also spares Prefect from walking through everything that was ever received.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from inspect import signature
from typing import Any, Generic, ParamSpec, TypeVar, cast

import prefect.runtime.flow_run
import prefect.runtime.task_run
from prefect import Flow, State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext, TaskRunContext
from prefect.states import Completed, Failed

from staffelstab.errors import StaffelstabError
from staffelstab.language import ORIGINAL, Language
from staffelstab.service.named_session import with_day
from staffelstab.service.phase_run import Run
from staffelstab.temporary import temporary_inside
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import find
from tasks.begin import folder_of_runs
from tasks.moment import moment
from tasks.redaction import redacted

P = ParamSpec("P")
R = TypeVar("R")


def within_a_flow_run() -> bool:
    """Whether Prefect is to record the next step; a task's own steps are part of it and not recorded apart."""
    return FlowRunContext.get() is not None and TaskRunContext.get() is None


# -- tasks -------------------------------------------------------------------------------------------------------------


class Opaque(Generic[R]):
    """A value that Prefect hands on without looking into it."""

    __slots__ = ("value",)

    def __init__(self, value: R) -> None:
        self.value = value


@dataclass(frozen=True, slots=True)
class _Call:
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    @property
    def run(self) -> Run | None:
        """The run the step works for: the first argument that is one."""
        return next((value for value in (*self.args, *self.kwargs.values()) if isinstance(value, Run)), None)

    @property
    def words(self) -> Language:
        return Language(self.run.plan.language if self.run else ORIGINAL)


def step(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a task whose runs are called by the catalogue's `tasks.<name>` in the plan's language."""

    def made(function: Callable[P, R]) -> Callable[P, R]:
        recorded = task(name=name, task_run_name=_task_name(name), cache_policy=NO_CACHE, persist_result=False)(
            _guarded_step(function)
        )

        @wraps(function)
        def called(*args: P.args, **kwargs: P.kwargs) -> R:
            if not within_a_flow_run():
                return function(*args, **kwargs)
            result: Opaque[R] = recorded(Opaque(_Call(args, kwargs)), return_state=True).result()
            return result.value

        return called

    return made


def _guarded_step(function: Callable[..., R]) -> Callable[[Opaque[_Call]], Opaque[R]]:
    def guarded(call: Opaque[_Call]) -> Opaque[R]:
        try:
            return Opaque(function(*call.value.args, **call.value.kwargs))
        except Exception as error:  # noqa: BLE001 -- the one place where every failure of a task becomes a sentence
            return cast(Opaque[R], failed(error, call.value.words.code))  # a state that is returned is the run's own

    return guarded


def _task_name(name: str) -> Callable[[], str]:
    def task_name() -> str:
        call: _Call = prefect.runtime.task_run.parameters["call"].value
        return call.words.say(f"tasks.{name}")

    return task_name


# -- flows -------------------------------------------------------------------------------------------------------------


def procedure(name: str, *, called: str = "") -> Callable[[Callable[P, R]], Flow[P, R]]:
    """Make a function that works in the run's folder a flow; its runs are called by `flows.<called>`."""

    def made(function: Callable[P, R]) -> Flow[P, R]:
        @wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            with temporary_inside(folder_of_runs()):
                if FlowRunContext.get() is None:
                    return function(*args, **kwargs)
                try:
                    return cast(R, ended(function(*args, **kwargs)))
                except Exception as error:  # noqa: BLE001 -- the one place where every failure of a flow becomes a sentence
                    return cast(R, failed(error, _language()))

        guarded.__signature__ = signature(function, eval_str=True)  # type: ignore[attr-defined]  # Prefect looks up names here
        settings = flow(name=name, flow_run_name=_flow_name(called or name.replace("-", "_")), persist_result=False)
        return cast("Flow[P, R]", settings(guarded))

    return made


def attempt(procedure: Flow[P, R], *args: P.args, **kwargs: P.kwargs) -> R | StaffelstabError:
    """What a procedure called by another comes to; its failure as a value, so that the caller can go on with the rest."""
    if not within_a_flow_run():
        try:
            return procedure.fn(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 -- as Prefect does with the failure of a flow within another
            return redacted(error)
    result = named(procedure, _language())(*args, **kwargs, return_state=True).result(raise_on_failure=False)
    return redacted(result) if isinstance(result, Exception) else result


def tried(step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | StaffelstabError:
    """What a step comes to; its failure as a value, so that the procedure can go on with the rest."""
    try:
        return step(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 -- told by whoever called, when everything else is done
        return redacted(error)


def directly(procedure: Flow[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a procedure without Prefect, as a person does at the command line. Raises StaffelstabError, of the unforeseen too."""
    try:
        return procedure.fn(*args, **kwargs)
    except StaffelstabError:
        raise
    except Exception as error:
        raise redacted(error) from error


def _flow_name(key: str) -> Callable[[], str]:
    def flow_name() -> str:
        parameters = prefect.runtime.flow_run.parameters
        try:
            workspace = find(folder_of_runs())
            plan = workspace.plan(moment(parameters.get("now"), workspace.adopted().zone))
        except (StaffelstabError, OSError):
            return key  # the run will say why
        return _said(plan, key, parameters)

    return flow_name


def _said(plan: Plan, key: str, parameters: Mapping[str, Any]) -> str:
    words = plan.words
    number = parameters.get("phase")
    return words.say(
        f"flows.{key}",
        day=words.day(moment(parameters.get("now"), plan.zone).astimezone(plan.zone).date()),
        number=number,
        phase=next((item.name for item in plan.phases if item.number == number), ""),
        session=with_day(plan, str(parameters.get("session") or "")),
        item=parameters.get("item"),
    )


def _language() -> str:
    """The language of the plan in the run's working folder; the original one where there is none, for then nobody knows better."""
    try:
        return find(folder_of_runs()).adopted().language
    except (StaffelstabError, OSError):
        return ORIGINAL


def named(procedure: Flow[P, R], language: str) -> Flow[P, R]:
    """The same flow under the name people know it by."""
    return cast("Flow[P, R]", _named(procedure, language))


@cache
def _named(procedure: Flow[..., Any], language: str) -> Flow[..., Any]:
    return procedure.with_options(name=flow_name_in(procedure.name, language))


def flow_name_in(name: str, language: str) -> str:
    """How a flow is called in a language."""
    words, key = Language(language), f"flows.name.{name.replace('-', '_')}"
    return words.say(key) if words.knows(key) else name


# -- how a run ends ----------------------------------------------------------------------------------------------------------


def ended(result: object) -> object:
    """The state of a run that has come to its end, with what it says of itself; the result alone if it says nothing."""
    told = getattr(result, "told", None)
    return Completed(name=told.name, message=told.sentence or None, data=result) if told else result


def failed(error: Exception, language: str) -> State[Any]:
    """The state of a run that failed: its sentence in `language`, and the redacted error for whoever called it."""
    told = redacted(error).in_language(language)
    return Failed(message=str(told), data=told)
