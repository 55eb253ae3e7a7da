"""Uses what a recipe added, as a coordinator would: `python -m tests.recipes.exercises kind` within a copy that followed it.

What came of it is printed as JSON, by language. The plan is of a club that asks its members in March 2027.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

from staffelstab.documents.rendering.render import FORMATS
from staffelstab.service import compile_dossier as compiling
from staffelstab.service import correspondence, survey
from staffelstab.service.phase_run import Run, open_run
from staffelstab.workspace import create, inbox_folders

PLAN = """
id = "gardens"
title = "Water for the gardens"
organisation = "Allotment Club"
language = "{language}"
timezone = "Europe/Berlin"
country = "DE"
state = "SN"
coordinator = "secretary"
sessions = []

[resolution]
body = "board"
date = 2027-03-12
text = "The board asks the members."

[[offices]]
id = "secretary"
name = "Secretary"
body = "board"

[[bodies]]
id = "board"
name = "Board"
seats = [{{ id = "secretary" }}]

[[phases]]
number = 1
name = "Asking"
kind = "{kind}"
start = 2027-03-13
end = 2027-03-21
gate = "deadline"

[[calls]]
id = "all"
name = "What do you need?"
phase = 1
opens = 2027-03-13
deadline = 2027-03-21
audience = ["board"]
"""
BEFORE, DURING, AFTER = (dt.datetime(2027, 3, day, 7, tzinfo=dt.UTC) for day in (14, 20, 22))
PAPERS = {"de": "Von: Secretary\n\nA second tap.\n", "en": "From: Secretary\n\nA second tap.\n"}

Answer = dict[str, object]


def write_plan(place: Path, language: str, kind: str = "call") -> Path:
    """The club's plan in a folder of its own."""
    place.mkdir()
    (place / "plan.toml").write_text(PLAN.format(language=language, kind=kind), encoding="utf-8")
    return place


def begun(language: str, kind: str = "call") -> Path:
    """A working folder of the club's plan."""
    place = write_plan(Path(f"plan-{language}"), language, kind)
    return create(place, Path(f"folder-{language}"), now=BEFORE - dt.timedelta(days=1), seed="test").root


def put(file: Path, text: str, moment: dt.datetime) -> None:
    """A file, changed last at a moment."""
    file.write_text(text, encoding="utf-8")
    os.utime(file, (moment.timestamp(), moment.timestamp()))


def phase_run(root: Path, now: dt.datetime) -> Run:
    """A run of the one phase."""
    run = open_run(root, now)
    return Run(run.workspace, run.plan, run.now, run.plan.phase(1))


def kind(language: str) -> Answer:
    """The new kind runs through the daily pass: with nothing, with a paper, and at its end."""
    from flows.daily_pass import daily_pass
    from tasks.artifacts import collected
    from tasks.begin import working_in

    root = begun(language, "retrospect")
    compiling.DRAFTS = compiling.REPORTS = ("md",)
    dossier = root / "reports/1-retrospect/dossier.md"
    with collected() as shown, working_in(root):
        daily_pass.fn(BEFORE)
        silent = dossier.read_text(encoding="utf-8")
        put(
            root / "inbox" / inbox_folders(language)["papers"] / "a.txt",
            PAPERS[language],
            DURING - dt.timedelta(hours=1),
        )
        daily_pass.fn(DURING)
        heard = dossier.read_text(encoding="utf-8")
        daily_pass.fn(AFTER)
    overviews = [item.markdown for item in shown if item.run.phase]
    batons = sorted(path.name for path in (root / "batons").iterdir() if path.is_dir())
    return {"silent": silent, "heard": heard, "overview": overviews[-1], "batons": batons}


def source(language: str) -> Answer:
    """Two letters lie in the scanner's folder, one of which does not say when it came."""
    root = begun(language)
    (root / "scans").mkdir()
    put(root / "scans/2027-03-15T0800Z Birkenweg.txt", "A second tap.", BEFORE)
    put(root / "scans/someday.txt", "A third tap.", BEFORE)
    run = phase_run(root, AFTER)
    survey.take_in(run)
    papers = survey.gather_case(run).papers
    return {paper.statements[-1].text: [paper.arrived.isoformat(), paper.doubtful] for paper in papers}


def output(language: str) -> Answer:
    """The report of the phase in the new format."""
    compiling.REPORTS = tuple(FORMATS)[-1:]
    run = phase_run(begun(language), BEFORE)
    case = survey.gather_case(run)
    folder = compiling.compile_dossier(run, case, survey.survey_of(run, case)).folder
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def letter(language: str) -> Answer:
    """The letters in the outbox after the end."""
    root = begun(language)
    put(root / "inbox" / "a.txt", PAPERS[language], DURING)
    run = phase_run(root, AFTER)
    survey.take_in(run)
    correspondence.post(run, survey.gather_case(run))
    mail = message_from_bytes((root / "outbox/2027-03-22-thanks-end.eml").read_bytes(), policy=policy.default)
    body = mail.get_body()
    return {"subject": mail["Subject"], "to": mail["To"], "text": body.get_content() if body else ""}


EXERCISES: dict[str, Callable[[str], Answer]] = {"kind": kind, "source": source, "output": output, "letter": letter}

if __name__ == "__main__":
    print(json.dumps({language: EXERCISES[sys.argv[1]](language) for language in ("de", "en")}))  # noqa: T201 -- its answer
