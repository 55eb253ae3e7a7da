"""The first start, question by question: from the file of a resolution to a working folder, with the commands' own code.

Every answer is checked before the next question, and every question says what happens. Whoever stops, by Ctrl-C too, leaves whole
things behind or nothing: a draft is there with its text, a working folder is there with its ledger, or neither is.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from commands import check, draft
from deployments import wall_clock
from staffelstab.errors import PlanError, StaffelstabError
from staffelstab.isolation import stood_in
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.draft.guess import language_of
from staffelstab.timetable.draft.resolution_text import receive
from staffelstab.timetable.plan.load import PLAN, load_plan
from staffelstab.workspace import create, ledger_address, working_folder

DONE, INTERRUPTED = 0, 130

_Answer = TypeVar("_Answer")


class Stopped(Exception):  # noqa: N818 -- no error: somebody does not want to go on now
    """The person stops here; what has been made stays."""


def is_at_a_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def first_start(place: Path, words: Language) -> Path | int:
    """Lead to a working folder and return it; the exit code if the person stops before there is one."""
    plans: list[Path] = []
    try:
        return _led(place, words, plans)
    except Stopped:
        code = DONE
    except (KeyboardInterrupt, EOFError):
        print(f"\n{words.say('cli.first.interrupted')}")
        code = INTERRUPTED
    for plan in plans:
        root = plan.parent / words.say("cli.first.folder_name")
        _say(words, "later", plan=str(plan), folder=str(root))
    return code


def _led(place: Path, words: Language, plans: list[Path]) -> Path:
    """The questions; a plan that is there is noted in `plans`."""
    if (there := _working_folder_in(place)) and _yes("near", words, folder=str(there)):
        return there
    _say(words, "intro")
    plan = place if (place / PLAN).is_file() else _plan(words)
    plans.append(plan)
    _settle(plan, words)
    return _ask("folder", words, lambda given: _working_folder(plan, given), preset="folder_name")


def _working_folder_in(place: Path) -> Path | None:
    """The one working folder that lies right below, if there is exactly one."""
    try:
        found = [below for below in sorted(place.iterdir()) if below.is_dir() and working_folder(below)]
    except (StaffelstabError, OSError):
        return None
    return found[0] if len(found) == 1 else None


# -- the plan ----------------------------------------------------------------------------------------------------------


def _plan(words: Language) -> Path:
    """The folder of a plan: one there is already, or that of a draft."""
    given = _ask("resolution", words, _resolution)
    if given.name == PLAN:
        return given.parent
    folder = _ask("plan_folder", words, _new_folder, preset="plan_name")
    with _whole(folder):
        options = {"resolution": given, "out": folder / PLAN, "language": None, "force": False, "json": False}
        draft.run(argparse.Namespace(**options), words)
    return folder


def _resolution(given: str) -> Path:
    """A file in which phases can be found, or a plan. Raises StaffelstabError."""
    path = _path(given)
    if (path / PLAN).is_file():
        path /= PLAN
    if not path.is_file():
        raise StaffelstabError("cli.first.no_file", file=str(path))
    if path.name == PLAN:
        return path
    text = receive(path).text
    language = language_of(text)
    if draft_of(text, language)[0] is None:
        raise StaffelstabError("draft.said.nothing")
    return path


def _settle(plan: Path, words: Language) -> None:
    """Check the plan until it can be used and the person wants to go on with it. Raises Stopped."""
    while True:
        _say(words, "checking", plan=str(plan))
        check.run(argparse.Namespace(plan=plan, strict=False, json=False, now=None), words)
        try:
            load_plan(plan)
            usable = True
        except PlanError:
            usable = False
        question = "usable" if usable else "unusable"
        answer = _ask(question, words, lambda given: _chosen(given, words), file=str(plan / PLAN))
        if answer == "stop":
            raise Stopped
        if usable and answer == "on":
            return


def _chosen(given: str, words: Language) -> str:
    """Enter goes on; otherwise a word for checking again or for stopping. Raises StaffelstabError."""
    for choice in ("on", "again", "stop"):
        listed = words.entry(f"cli.first.choice.{choice}")
        if isinstance(listed, list) and given.casefold() in listed:
            return choice
    raise StaffelstabError("cli.first.not_understood")


# -- the working folder ------------------------------------------------------------------------------------------------


def _working_folder(plan: Path, given: str) -> Path:
    root = _new_folder(given)
    with _whole(root):
        workspace = create(plan, root, now=wall_clock.now(), ledger_url=ledger_address())
    words = load_plan(root).words
    _say(words, "made", folder=str(workspace.root), inbox=str(workspace.inbox))
    return workspace.root


def _new_folder(given: str) -> Path:
    """A folder that is to be made, where one can be made. Raises StaffelstabError."""
    path = _path(given)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StaffelstabError("cli.first.taken", folder=str(path))
    if not path.parent.is_dir():
        raise StaffelstabError("cli.first.no_parent", folder=str(path.parent))
    return path


@contextmanager
def _whole(folder: Path) -> Iterator[None]:
    """What the block makes in a new folder is there after it, or nothing of it is, whatever interrupts it."""
    before = folder.exists()
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if before:
            folder.mkdir(exist_ok=True)
        raise


# -- asking ------------------------------------------------------------------------------------------------------------


def _ask(question: str, words: Language, take: Callable[[str], _Answer], *, preset: str = "", **facts: str) -> _Answer:
    """What the person answers, as `take` understands it; asked again, with the reason, for as long as it does not."""
    usual = words.say(f"cli.first.{preset}") if preset else ""
    _say(words, question, **facts, **({"usual": usual} if usual else {}))
    while True:
        print("> ", end="", flush=True)
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            line = "\n"
        if not line:
            raise EOFError
        try:
            return take(line.strip() or usual)
        except StaffelstabError as error:
            print(error.text(words.code))
        except OSError as error:
            print(
                words.say(
                    "cli.disk", place=legible_name(str(error.filename or line.strip())), reason=error.strerror or ""
                )
            )


def _yes(question: str, words: Language, **facts: str) -> bool:
    return _ask(question, words, lambda given: _chosen(given, words), **facts) != "stop"


def _say(words: Language, key: str, **facts: str) -> None:
    print()
    print(words.say(f"cli.first.{key}", **{name: legible_name(fact) for name, fact in facts.items()}), flush=True)


def _path(given: str) -> Path:
    """A path as people type it, or as a file manager puts it there. Raises StaffelstabError if there is none."""
    text = given.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    if not text or not text.isprintable():
        raise StaffelstabError("cli.first.not_understood")
    try:
        return stood_in() / Path(text).expanduser()
    except RuntimeError:  # the home of somebody who is not there
        raise StaffelstabError("cli.first.not_understood") from None
