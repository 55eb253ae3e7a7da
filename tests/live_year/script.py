"""What happens in the year: the example's papers and decisions at their times, the canaries, and what goes wrong."""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from staffelstab.files import write
from staffelstab.simulation.inputs import Delivery, Verdict, deliveries, verdicts
from staffelstab.timetable.agenda.planned_runs import PlannedRun, daily_passes, planned_runs
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import find
from tests.conftest import at
from tests.year import PARTY

NAME, SENTENCE = "Wilhelmine Kanarienvogel", "Der gelbe Kanarienvogel singt um halb vier im Treppenhaus"
ADDRESS, FILE = "kanarienvogel@example.org", "kanarienvogel-im-treppenhaus"
NOTE, REASON = "Der Zeisig im Protokoll bleibt ungenannt", "Der Stieglitz im Saal hat am Freitag Dienst"
CANARIES = (NAME, SENTENCE, ADDRESS, FILE, NOTE, REASON, "Kanarienvogel", "Zeisig", "Stieglitz")
"""In no text of the product; people's names of the resolution are searched for as well."""

BEGINS, ENDS = at("2017-12-15 06:30"), at("2019-09-21 12:00")
MOVED, MOVED_TO = "lv-2018-06-29", dt.date(2018, 6, 28)
LATE_SESSION, ENTERED = "lv-2018-04-13", at("2018-04-17 18:00")
ANSWER = at("2018-06-05 18:00")
MOVE = at("2018-06-11 18:00")


@dataclass(frozen=True)
class Command:
    """What somebody enters at a moment; `{root}` is the working folder."""

    at: dt.datetime
    words: tuple[str, ...]

    def of(self, root: Path) -> list[str]:
        """The command's words for a working folder."""
        return [word.replace("{root}", str(root)) for word in self.words]


@dataclass(frozen=True)
class Off:
    """Nothing runs from `at` until a moment."""

    at: dt.datetime
    until: dt.datetime


@dataclass(frozen=True)
class Kill:
    """Who is killed (SIGKILL): between two runs at `at`, or, with `writing`, in the run of that moment as soon as it writes."""

    at: dt.datetime
    whom: Literal["runner", "server", "run"]
    writing: bool = False


Fault = Off | Kill


@dataclass(frozen=True)
class Script:
    """The year: what comes in, what is entered when (`commands` without, `late` with the disturbances), and what goes wrong."""

    place: Path
    deliveries: tuple[Delivery, ...]
    commands: tuple[Command, ...]
    late: tuple[Command, ...]
    faults: tuple[Fault, ...]


def script(place: Path, seed: int) -> Script:
    """The example with canaries, copied to `place`; `seed` chooses the quiet day on which the runner is killed between two runs."""
    _with_canaries(place)
    plan = load_plan(place)
    decided = [_moved(verdict, plan) for verdict in verdicts(plan, place)]
    entered = [*(_record(verdict, verdict.at) for verdict in decided), *_dates()]
    late = [
        _record(verdict, ENTERED if verdict.session.id == LATE_SESSION else verdict.at) for verdict in decided
    ] + _dates()
    return Script(place, deliveries(plan, place), _sorted(entered), _sorted(late), _faults(random.Random(seed)))


def _faults(chance: random.Random) -> tuple[Fault, ...]:
    quiet = at(f"2018-07-{chance.randrange(5, 20):02} 11:00")
    return (
        Kill(at("2018-03-02 06:30"), "runner", writing=True),
        Kill(at("2018-03-12 07:00"), "run", writing=True),
        Kill(at("2018-03-20 15:00"), "server"),
        Off(at("2018-05-03 12:00"), at("2018-05-12 12:00")),
        Kill(quiet, "runner"),
        *_winter(),
    )


def _winter() -> list[Off]:
    """From November 2018 nothing but the resubmission is to come: the folder is opened once a month, and around its two days."""
    begins = ["2018-10-30", *(f"{m}-02" for m in ("2018-12", "2019-01", "2019-02", "2019-03", "2019-04", "2019-05"))]
    ends = [*(f"{m}-01" for m in ("2018-12", "2019-01", "2019-02", "2019-03", "2019-04", "2019-05")), "2019-05-31"]
    pairs = [*zip(begins, ends, strict=True), ("2019-06-01", "2019-06-13"), ("2019-06-16", "2019-07-15")]
    pairs += [("2019-07-16", "2019-08-15"), ("2019-08-16", "2019-09-14"), ("2019-09-15", "2019-09-19")]
    return [Off(at(f"{begin} 12:00"), at(f"{end} 18:00")) for begin, end in pairs]


def _dates() -> list[Command]:
    """The proposed day of the session in August is confirmed; that of June is moved while everything runs."""
    move = ("move", "{root}", MOVED, str(MOVED_TO), "--apply", "--by", "landesvorstand", "--reason", REASON)
    return [
        Command(ANSWER, ("confirm", "lv-2018-08-17", "{root}", "--date", "2018-08-17", "--by", "landesvorstand")),
        Command(MOVE, move),
    ]


def _moved(verdict: Verdict, plan: Plan) -> Verdict:
    """The session that is moved decides on its new day."""
    if verdict.session.id != MOVED:
        return verdict
    return replace(verdict, at=dt.datetime.combine(MOVED_TO, verdict.at.timetz(), plan.zone))


def _record(verdict: Verdict, when: dt.datetime) -> Command:
    """The outcome as somebody enters it, with one point more."""
    vote = {"yes": verdict.vote.yes, "no": verdict.vote.no, "abstentions": verdict.vote.abstentions}
    counts = [word for name, n in vote.items() if n is not None for word in (f"--{name}", str(n))]
    notes = [word for note in (*verdict.notes, f"{NOTE}.") for word in ("--note", note)]
    return Command(when, ("record", "decision", verdict.session.id, verdict.outcome, "{root}", *counts, *notes))


def _sorted(commands: list[Command]) -> tuple[Command, ...]:
    return tuple(sorted(commands, key=lambda command: command.at))


def _with_canaries(place: Path) -> None:
    """The example, copied; sentence, name and address in a text, a mail, a sheet, and a paper more whose very file name is one."""
    shutil.copytree(PARTY, place)
    inbox = place / "inbox"
    for path in sorted(inbox.glob("beitraege/*.txt")) + sorted(inbox.glob("gespraeche/*.txt")):
        content = path.read_bytes()  # in one of several encodings
        if b"\0" not in content:
            path.write_bytes(content + f"\n\n{SENTENCE}, sagt {NAME}.\n".encode("ascii"))
    for path in sorted(inbox.glob("beitraege/*.eml")):
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        told = text.replace("From: ", f"X-Absender: {NAME} <{ADDRESS}>\nFrom: ", 1)
        path.write_bytes(told.encode("utf-8", "surrogateescape"))
    paper = f"beitraege/{FILE}.txt"
    (inbox / paper).write_text(f"Von: {NAME} <{ADDRESS}>\n\n{SENTENCE}.\n", encoding="utf-8")
    with (place / "arrivals.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerow([paper, "2018-05-12 09:00:00"])


# -- moments -----------------------------------------------------------------------------------------------------------


def next_runs(plan: Plan, after: dt.datetime) -> tuple[PlannedRun, ...]:
    """The runs of the next scheduled moment after another: those of the plan, and each morning's daily pass."""
    day = after.astimezone(plan.zone).date()
    runs = [run for run in (*planned_runs(plan), *daily_passes(plan, day, 2)) if run.at > after]
    first = min(run.at for run in runs)
    return tuple(run for run in runs if run.at == first)


def deliver(root: Path, delivery: Delivery) -> None:
    """Put a file into the inbox, with its time."""
    path = find(root).inbox / delivery.path
    write(path, delivery.content)
    os.utime(path, (delivery.at.timestamp(), delivery.at.timestamp()))
