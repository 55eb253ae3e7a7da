"""`staffelstab draft`: from the text of a resolution to a draft plan, its questions and what was not understood."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from commands import arguments as given
from staffelstab.draft.compose import SOURCE, draft_of
from staffelstab.draft.guess import language_of
from staffelstab.draft.item import Draft
from staffelstab.draft.leftover import Leftover
from staffelstab.draft.receive import DraftError, receive
from staffelstab.draft.summary import counts, report
from staffelstab.draft.write import toml_of
from staffelstab.errors import PlanError
from staffelstab.language import LANGUAGES, Language
from staffelstab.plan.load import plan_from

SCHEMA = "plan.schema.json"


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """RESOLUTION --out --language --force --json."""
    head = words.say("draft.option.head")
    parser.add_argument("resolution", type=Path, metavar=head, help=words.say("draft.option.resolution"))
    parser.add_argument("--out", type=Path, metavar="PLAN", help=words.say("draft.option.out"))
    parser.add_argument("--language", choices=LANGUAGES, metavar="de|en", help=words.say("draft.option.language"))
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
        _answer(options, {"usable": False, "problem": said.say("draft.said.nothing")}, None, left, said)
        return 1
    plan = _schema(options.out) + toml_of(draft, said.code)
    problem = _problem(plan, options.out)
    if options.out:
        _write(options, plan, text)
    elif not options.json:
        print(plan, end="")
    _answer(options, {"usable": not problem, "problem": problem, "plan": plan}, draft, left, said)
    return 1 if problem else 0


def _schema(out: Path | None) -> str:
    """Editors complete and check the file where its schema lies beside it."""
    return f"#:schema {SCHEMA}\n" if out and (out.parent / SCHEMA).is_file() else ""


def _problem(plan: str, out: Path | None) -> str:
    try:
        plan_from(plan, out.name if out else "plan.toml")
    except PlanError as error:
        return error.text("de")
    return ""


def _write(options: argparse.Namespace, plan: str, text: str) -> None:
    """Plan and text side by side; nothing of either is written if one of them would overwrite something else."""
    files = {options.out: plan, options.out.parent / SOURCE: text}
    for place, content in files.items():
        if place.exists() and not options.force and not _same(place, content):
            raise DraftError("draft.error.exists", file=str(place))
    for place, content in files.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8", newline="\n")


def _same(place: Path, content: str) -> bool:
    return place.is_file() and place.read_bytes() == content.encode()


def _answer(
    options: argparse.Namespace, facts: dict[str, object], draft: Draft | None, left: list[Leftover], words: Language
) -> None:
    """What was found, what is asked, what was not understood; for programs on the terminal, for people beside the plan."""
    if options.json:
        facts |= {
            "out": str(options.out) if options.out else None,
            "language": words.code,
            "found": counts(draft) if draft else {},
            "questions": draft.asked if draft else [],
            "not_understood": [{"line": item.line, "why": item.why, "text": item.text} for item in left],
        }
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    place = (str(options.out), str(options.out.parent / SOURCE)) if options.out else None
    print(report(draft, left, words, place, str(facts["problem"])), file=sys.stdout if options.out else sys.stderr)
