"""`staffelstab draft`: from the text of a resolution to a draft plan, its questions and what was not understood."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from commands import arguments as given
from commands.for_programs import for_programs
from staffelstab.errors import PlanError
from staffelstab.language import LANGUAGES, Language
from staffelstab.timetable.draft.compose import SOURCE, draft_of
from staffelstab.timetable.draft.guess import language_of
from staffelstab.timetable.draft.resolution_text import DraftError, clean, receive
from staffelstab.timetable.draft.summary import Outcome, counts, report
from staffelstab.timetable.draft.write import questions_in, toml_of
from staffelstab.timetable.plan.load import plan_from

SCHEMA = "plan.schema.json"


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """RESOLUTION --out --language --force --json."""
    head = words.say("draft.option.head")
    parser.add_argument("resolution", type=Path, metavar=head, help=words.say("draft.option.resolution"))
    parser.add_argument("--out", type=Path, metavar="PLAN", help=words.say("draft.option.out"))
    parser.add_argument(
        "--language", choices=LANGUAGES, metavar="|".join(LANGUAGES), help=words.say("draft.option.language")
    )
    parser.add_argument("--force", action="store_true", help=words.say("draft.option.force"))
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Draft; 1 if there are no phases, or if the draft cannot be used as a plan yet."""
    received = receive(options.resolution)
    text = received.text
    options.language = options.language or language_of(text)
    said = Language(options.language)
    for notice in received.notices:
        print(said.say(f"intake.notice.{notice}"), file=sys.stderr)
    draft, left = draft_of(text, said.code)
    if draft is None:
        _answer(options, Outcome(None, [], left, said.say("draft.said.nothing")), said)
        return 1
    plan = _schema(options.out) + toml_of(draft, said.code)
    if options.out:
        _write(options, plan, text)
    elif not options.json:
        print(plan, end="")
    files = (str(options.out), str(options.out.parent / SOURCE)) if options.out else None
    outcome = Outcome(draft, questions_in(plan, said.code), left, _problem(plan, options), files)
    _answer(options, outcome, said, plan)
    return 1 if outcome.problem else 0


def _schema(out: Path | None) -> str:
    """Editors complete and check the file where its schema lies beside it."""
    return f"#:schema {SCHEMA}\n" if out and (out.parent / SCHEMA).is_file() else ""


def _problem(plan: str, options: argparse.Namespace) -> str:
    try:
        plan_from(plan, options.out.name if options.out else "plan.toml")
    except PlanError as error:
        return error.text(options.language)
    return ""


def _write(options: argparse.Namespace, plan: str, text: str) -> None:
    """Plan and text side by side; nothing of either is written if one of them would overwrite something else."""
    source = options.out.parent / SOURCE
    if options.out.name == SOURCE:
        raise DraftError("draft.error.name", file=SOURCE)
    files = {options.out: plan} | ({} if _holds(source, text) else {source: text})
    for place, content in files.items():
        if place.exists() and not options.force and not _holds(place, content):
            raise DraftError("draft.error.exists", file=str(place))
    for place, content in files.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8", newline="\n")


def _holds(place: Path, content: str) -> bool:
    """Whether a file says this already, blank lines at its ends aside."""
    return place.is_file() and clean(place.read_text(encoding="utf-8", errors="replace")) == clean(content)


def _answer(options: argparse.Namespace, outcome: Outcome, words: Language, plan: str = "") -> None:
    """What was found, what is asked, what was not understood; for programs on the terminal, for people beside the plan."""
    if options.json:
        print(for_programs(_facts(outcome, words, plan)))
    else:
        print(report(outcome, words), file=sys.stdout if options.out else sys.stderr)


def _facts(outcome: Outcome, words: Language, plan: str) -> dict[str, object]:
    return {
        "usable": outcome.draft is not None and not outcome.problem,
        "problem": outcome.problem,
        "out": outcome.files[0] if outcome.files else None,
        "language": words.code,
        "found": counts(outcome.draft) if outcome.draft else {},
        "questions": [{"line": line, "text": text} for line, text in outcome.questions],
        "not_understood": [{"line": item.line, "why": item.why, "text": item.text} for item in outcome.left],
        "plan": plan,
    }
