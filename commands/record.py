"""`staffelstab record`: what a session decided, who a paper came from, that one no longer counts, that a letter was sent."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from commands import arguments as given
from staffelstab.language import Language
from staffelstab.service.clock import refuse_doubtful_clock
from staffelstab.service.decide import OUTCOMES, Recorded, record_decision, sender, told
from staffelstab.service.named_session import with_day
from staffelstab.service.sent_letters import mark_sent
from staffelstab.service.withdraw import withdraw
from staffelstab.timetable.plan.model import Count, Plan


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """decision SESSION OUTCOME … | sender PAPER OFFICE | withdrawal REF --reason TEXT --by OFFICE [--undo] | sent LETTER …."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar=words.say("cli.record.kind"))
    decision = kinds.add_parser("decision", help=words.say("cli.record.decision"))
    decision.add_argument("session", metavar=words.say("cli.record.head.session"), help=words.say("cli.record.session"))
    decision.add_argument(
        "outcome",
        choices=OUTCOMES,
        metavar=words.say("cli.record.head.outcome"),
        help=words.say("cli.record.outcome"),
    )
    for name in ("yes", "no", "abstentions"):
        decision.add_argument(f"--{name}", type=int, metavar="N", help=words.say(f"cli.record.{name}"))
    decision.add_argument("--note", action="append", default=None, metavar="TEXT", help=words.say("cli.record.note"))
    decision.add_argument("--correct", action="store_true", help=words.say("cli.record.correct"))
    known = kinds.add_parser("sender", help=words.say("cli.record.sender"))
    known.add_argument("paper", metavar=words.say("cli.record.head.paper"), help=words.say("cli.record.paper"))
    known.add_argument("actor", metavar=words.say("cli.record.head.actor"), help=words.say("cli.record.actor"))
    taken = kinds.add_parser("withdrawal", help=words.say("cli.record.withdrawal"))
    taken.add_argument("ref", metavar=words.say("cli.record.head.ref"), help=words.say("cli.record.ref"))
    taken.add_argument("--reason", required=True, metavar="TEXT", help=words.say("cli.record.reason"))
    office = words.say("cli.record.head.actor")
    taken.add_argument("--by", required=True, metavar=office, help=words.say("cli.record.by"))
    taken.add_argument("--undo", action="store_true", help=words.say("cli.record.undo"))
    sent = kinds.add_parser("sent", help=words.say("cli.record.sent"))
    sent.add_argument("letter", metavar=words.say("cli.record.head.letter"), help=words.say("cli.record.letter"))
    sent.add_argument("--by", default="", metavar=office, help=words.say("cli.record.sent_by"))
    sent.add_argument("--undo", action="store_true", help=words.say("cli.record.sent_undo"))
    for sub in (decision, known, taken, sent):
        given.workspace(sub, words)
        given.now(sub, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Check it whole, then write it down."""
    at = given.run_of(options)
    refuse_doubtful_clock(at)
    if options.kind == "sender":
        sender(at, options.paper, options.actor)
        print(at.plan.words.say("cli.record.sender_done", paper=options.paper))
        return 0
    if options.kind == "withdrawal":
        withdraw(at, options.ref, options.by, options.reason, undo=options.undo)
        print(at.plan.words.say("cli.record.undone" if options.undo else "cli.record.withdrawn", ref=options.ref))
        return 0
    if options.kind == "sent":
        letter = mark_sent(at, options.letter.removesuffix(".eml"), options.by, undo=options.undo)
        print(
            at.plan.words.say("cli.record.sent_undone" if options.undo else "cli.record.sent_done", letter=letter.name)
        )
        return 0
    vote = Count(yes=options.yes, no=options.no, abstentions=options.abstentions)
    done = record_decision(
        at, options.session, options.outcome, vote=vote, notes=options.note, correction=options.correct
    )
    print(" ".join(_answer(at.plan, options.session, done)))
    return 0


def _answer(plan: Plan, session: str, done: Recorded) -> Iterator[str]:
    """What was entered; of a correction also what stood there before, and what became of it."""
    words = plan.words
    if done.former is None:
        yield words.say("cli.record.decision_done", session=with_day(plan, session))
        return
    yield words.say(
        "cli.record.corrected", session=with_day(plan, session), what=told(plan, done.former), at=done.former.at
    )
    if done.carried:
        yield words.say("cli.record.carried", n=done.carried)
    if done.handed_over:
        yield words.say("cli.record.handed_over")
