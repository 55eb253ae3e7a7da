"""`staffelstab outbox`: which letters wait, what each says and to whom, letting them go, and what became of each."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from commands import arguments as given
from staffelstab.errors import RecordError
from staffelstab.files import write_new
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.people.holdings import office_name
from staffelstab.service.clock import refuse_doubtful_clock
from staffelstab.service.phase_run import Run
from staffelstab.service.sent_letters import Kept

FOUND = 1
KINDS = ("list", "show", "release", "withdraw", "send", "print", "log")


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """list | show LETTER | release LETTER [--by OFFICE] | withdraw LETTER | send | print LETTER [--out FILE] | log."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar=words.say("cli.outbox.kind"))
    made = {name: kinds.add_parser(name, help=words.say(f"cli.outbox.{name}")) for name in KINDS}
    for name in ("show", "release", "withdraw", "print"):
        made[name].add_argument(
            "letter", metavar=words.say("cli.record.head.letter"), help=words.say("cli.outbox.letter")
        )
    office = words.say("cli.record.head.actor")
    made["release"].add_argument("--by", default="", metavar=office, help=words.say("cli.outbox.by"))
    made["print"].add_argument(
        "--out", type=Path, metavar=words.say("cli.people.head.file"), help=words.say("cli.outbox.out")
    )
    for sub in made.values():
        given.workspace(sub, words)
        given.now(sub, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Each of them."""
    at = given.run_of(options)
    if options.kind in ("release", "withdraw", "send"):
        refuse_doubtful_clock(at)
    match options.kind:
        case "show":
            lines = _shown(at, options.letter)
        case "release":
            lines = _released(at, options.letter, options.by)
        case "withdraw":
            lines = _withdrawn(at, options.letter)
        case "send":
            return _send(at)
        case "print":
            lines = _printed(at, options.letter, options.out)
        case "log":
            lines = _log(at)
        case _:
            lines = _listed(at)
    print("\n".join(lines))
    return 0


def _letters(run: Run) -> tuple[Kept, ...]:
    from staffelstab.service.sent_letters import letters

    with run.workspace.open(read_only=True) as ledger:
        return letters(run, ledger)


def _listed(run: Run) -> Iterator[str]:
    from staffelstab.publishing.outbox.stored_letters import heading_of
    from staffelstab.service.sending import released

    words, known = run.plan.words, released(run)
    lying = [letter for letter in _letters(run) if letter.state == "lying"]
    for letter in lying:
        heading = heading_of(letter.path) if letter.path else None
        yield words.say("mailing.line", letter=letter.name, subject=heading.subject if heading else letter.occasion)
        if letter.key in known and known[letter.key].is_open:
            yield f"  {_counted(words, Counter(item.state for item in known[letter.key].deliveries))}"
    if not lying:
        yield words.say("mailing.none")


def _counted(words: Language, states: Counter[str]) -> str:
    if not states:
        return words.say("mailing.released_waits")
    return words.listed(words.say(f"mailing.count.{state}", n=n) for state, n in sorted(states.items()))


def _shown(run: Run, letter: str) -> Iterator[str]:
    from staffelstab.service.sending import preview

    words, found = run.plan.words, preview(run, letter)
    yield words.say("mailing.subject", subject=found.words.heading.subject)
    yield ""
    yield found.words.text
    for enclosure in found.words.enclosures:
        yield words.say("mailing.enclosure", name=enclosure.name, size=len(enclosure.data))
    for person in found.people:
        offices = words.listed(office_name(run.plan, office.id) for office in person.offices)
        yield words.say(f"mailing.to.{person.contact.by}", name=person.contact.name, offices=offices)
    for missing in found.unreached:
        yield words.say(f"people.why.{missing.why}", office=missing.office.name)


def _released(run: Run, letter: str, by: str) -> Iterator[str]:
    from staffelstab.service.sending import release

    words = run.plan.words
    meant = [item for item in _letters(run) if item.state == "lying" and letter in (item.key, item.name, item.occasion)]
    if not meant:
        raise RecordError("steps.unknown_letter", letter=letter)
    for item in meant:
        found = release(run, item.key, by)
        ways = Counter(person.contact.by for person in found.people)
        yield words.say("mailing.released", letter=item.name, mail=ways["mail"], post=ways["post"])
        for missing in found.unreached:
            yield "  " + words.say(f"people.why.{missing.why}", office=missing.office.name)
    yield words.say("mailing.next")


def _withdrawn(run: Run, letter: str) -> Iterator[str]:
    from staffelstab.service.sending import take_back

    found = take_back(run, letter)
    gone = sum(item.state in ("sent", "posted", "unknown") for item in found.deliveries)
    yield run.plan.words.say("mailing.withdrawn" if gone else "mailing.withdrawn_nothing", n=gone)


def _send(run: Run) -> int:
    from staffelstab.service.sending import send

    words, done = run.plan.words, send(run)
    for result, n in sorted(done.results.items()):
        print(words.say(f"mailing.did.{result}", n=n))
    if done.problem:
        raise done.problem
    if not done.results:
        print(words.say("mailing.nothing_due"))
    return FOUND if set(done.results) - {"sent"} else 0


def _printed(run: Run, letter: str, out: Path | None) -> Iterator[str]:
    from staffelstab.service.sending import print_run

    file = out or Path(f"{letter}.pdf")
    data = print_run(run, letter)
    try:
        write_new(file, data)
    except FileExistsError:
        raise RecordError("people.error.exists", file=legible_name(str(file))) from None
    yield run.plan.words.say("mailing.printed", file=legible_name(str(file)))


def _log(run: Run) -> Iterator[str]:
    """Every delivery: when it was tried last, to whom, about what, what became of it."""
    from staffelstab.service.role_lists import people_of
    from staffelstab.service.sending import released

    words, names = run.plan.words, {item.person: item.contact.name for item in people_of(run) if item.contact}
    for item in released(run).values():
        for one in item.deliveries:
            at = (
                words.say("mailing.at", at=one.last.astimezone(run.plan.zone))
                if one.last
                else words.say("mailing.not_yet")
            )
            name = names.get(one.person, one.person)
            yield words.say(f"mailing.log.{one.state}", at=at, name=name, letter=item.letter, code=one.code)
