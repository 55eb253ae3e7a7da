"""What is asked of the year when it is over, each answer a line; what is not as it should be, a fault."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from deployments.server.process import home_of
from staffelstab.timetable.agenda.planned_runs import DAILY
from staffelstab.workspace import find
from tests.conftest import BERLIN
from tests.live_year.compared import Window, bags, compare, journal, texts
from tests.live_year.leaks import Search, sentences_of
from tests.live_year.prefect_file import PrefectFile, PrefectRun
from tests.live_year.script import CANARIES, ENTERED, LATE_SESSION, Kill, Script
from tests.live_year.served import Fired

PEOPLE = ("Alex Jahns", "Thomas Dudzak", "Jahns", "Dudzak")
"""Who is named in the resolution."""
KNOWN = "Tageslauf"
"""What Prefect certainly holds: a search that does not find it finds nothing."""
SOON = dt.timedelta(minutes=15)


@dataclass
class Checks:
    """The answers, and what is wrong."""

    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def say(self, line: str, wrong: Sequence[str] = ()) -> None:
        """An answer, and the faults it names."""
        self.lines.append(f"{'FAULT' if wrong else 'ok   '} {line}")
        self.lines += [f"        {item}" for item in wrong[:30]]
        self.faults += wrong


@dataclass(frozen=True)
class Lived:
    """What was seen while the year was lived.

    What came while the runner was there, who was killed in which run, when nothing ran, what was said at the terminal, what should
    not have been seen, how soon the schedules followed a moved date, what `verify` said at the end, and when that was.
    """

    fired: Sequence[Fired]
    killed: Mapping[tuple[dt.datetime, str], str]
    off: Sequence[tuple[dt.datetime, dt.datetime]]
    spoken: Sequence[str]
    faults: Sequence[str]
    followed: Sequence[float]
    verified: str
    end: dt.datetime
    seed: int


def each_once(checks: Checks, year: Lived, prefect: PrefectFile) -> None:
    """Every scheduled moment fired once, in order; nothing that the plan did not hold; what was lost is told as such."""
    runs = [run for run in prefect.runs() if run.scheduled and run.due]
    times = Counter((run.due, run.slug) for run in runs)
    states = {(run.due, run.slug): run for run in runs}
    wanted = {(item.at.astimezone(dt.UTC), item.slug): item for item in year.fired}
    killed = {(moment.astimezone(dt.UTC), slug): whom for (moment, slug), whom in year.killed.items()}
    wrong = [f"{at:%Y-%m-%d %H:%M} {slug} fired {n} times" for (at, slug), n in times.items() if n > 1]
    wrong += [f"{item.at} {item.slug}: {states.get(key)}" for key, item in wanted.items() if not _came(states.get(key))]
    own = Counter("morning" if slug == DAILY else "date" for _, slug in wanted)
    checks.say(
        f"{own['morning']} mornings and {own['date']} dates of the plan fired once each, and came to their end", wrong
    )
    ends = Counter(states[key].state if key in states else "nothing" for key in killed)
    checks.say(
        f"{len(killed)} runs of dates were killed: {dict(ends)}", [str(key) for key in killed if key not in states]
    )
    others = [run for key, run in states.items() if key not in wanted and key not in killed and not _to_come(run)]
    lost = [run for run in others if _lost(year, run) and run.state == "CANCELLED"]
    checks.say(
        f"{len(lost)} were missed while nothing ran, and say so", [str(run) for run in others if run not in lost]
    )
    done = sorted((run for key, run in states.items() if key in wanted and run.started), key=_start)
    for kind, seconds in took(year.fired).items():
        checks.say(
            f"{kind}: {len(seconds)} runs, half of them within {median(seconds):.1f} s, the longest {max(seconds):.1f} s"
        )
    order = [run.due for run in done if run.due]
    checks.say("in the order of their moments", [] if order == sorted(order) else ["started in another order"])
    late = [run for run in done if run.due and run.started and run.started - run.due > SOON]
    checks.say("none began more than a quarter of an hour late", [str(run) for run in late])
    hours = {run.due.astimezone(BERLIN).strftime("%H:%M %z") for run in done if run.slug == DAILY and run.due}
    checks.say(f"mornings at {', '.join(sorted(hours))}", [] if len(hours) <= 2 else ["at other hours"])


def took(fired: Sequence[Fired]) -> dict[str, list[float]]:
    """For how many seconds of real time one waited for each run."""
    kinds: dict[str, list[float]] = {}
    for item in fired:
        kinds.setdefault("mornings" if item.slug == DAILY else "dates of the plan", []).append(item.seconds)
    return kinds


def _came(run: PrefectRun | None) -> bool:
    return run is not None and run.state == "COMPLETED"


def _to_come(run: PrefectRun) -> bool:
    return run.state == "SCHEDULED"


def _start(run: PrefectRun) -> dt.datetime:
    assert run.started
    return run.started


def _lost(year: Lived, run: PrefectRun) -> bool:
    return run.due is not None and any(begin <= run.due <= end + SOON for begin, end in year.off)


def none_open(checks: Checks, prefect: PrefectFile, now: dt.datetime) -> None:
    """No run is left as if it were under way."""
    runs = prefect.runs()
    states = Counter(run.state for run in runs)
    checks.say(f"{len(runs)} runs: {dict(states)}; none left open", [str(run) for run in prefect.due(now)])
    checks.say("no run failed", [str(run) for run in runs if run.state == "FAILED"])
    crashed = [run for run in runs if run.state == "CRASHED"]
    checks.say(f"{len(crashed)} say that they were killed: {', '.join(run.name for run in crashed)}")


def windows(script: Script, off: Sequence[tuple[dt.datetime, dt.datetime]]) -> Iterator[Window]:
    """Why something may be later than in the undisturbed year, and until when."""
    for begin, end in off:
        # What came shortly before the end is taken in by the pass at opening, and not only on the next morning.
        yield Window(begin, end + dt.timedelta(days=1), end + SOON, f"nothing ran until {end:%d.%m. %H:%M}")
    decided = next(item.at for item in script.commands if LATE_SESSION in item.words)
    yield Window(
        decided, ENTERED + dt.timedelta(days=1), ENTERED + dt.timedelta(days=1), "outcome entered four days late"
    )
    for kill in script.faults:
        if isinstance(kill, Kill):
            # What was due is done by the pass at opening, or by the next morning's; what would have been is done earlier by it.
            day = kill.at + dt.timedelta(days=1, hours=1)
            yield Window(kill.at - SOON, day, day, f"{kill.whom} killed at {kill.at:%d.%m. %H:%M}")


def same_journal(checks: Checks, calm: Path, root: Path, script: Script, year: Lived) -> None:
    """The journal equals that of the undisturbed year but for the recorded delays."""
    undisturbed = {key: item for key, item in journal(calm).items() if item.at <= year.end}
    found = compare(undisturbed, journal(root), windows(script, year.off))
    checks.say(f"{found.same} entries say the same; {len(found.delayed)} came later:")
    checks.lines += [f"        {line}" for line in found.delayed]
    checks.say(f"{len(found.changed)} say something else because they came later:")
    checks.lines += [f"        {line}" for line in found.changed]
    checks.say("every difference has a known reason", found.unexplained)
    checks.lines += [f"      | {line}" for line in found.lines]
    same, unlike, others = bags(calm, root, found.phases)
    checks.say(f"{same} files of the bags handed over are equal, {len(unlike)} follow from what came later", others)
    checks.lines += [f"        {name}" for name in unlike]


def sound(checks: Checks, root: Path, year: Lived) -> None:
    """The chain is whole; each paper was frozen, decided, handed over once; the outage is told."""
    with find(root).open(read_only=True) as ledger:
        damage = [item.text("en") for item in ledger.verify()]
        entries = ledger.entries()
    kinds = Counter(entry.kind for entry in entries)
    checks.say(f"verify: sound, {len(entries)} entries {dict(kinds)}", damage)
    times = [entry.at for entry in entries]
    checks.say("times never run backwards", [] if times == sorted(times) else ["they do"])
    for kind in ("frozen", "handed_over", "decided"):
        twice = Counter((entry.subject, entry.phase) for entry in entries if entry.kind == kind)
        checks.say(f"{kind}: {len(twice)}, each once", [str(key) for key, n in twice.items() if n > 1])
    missed = [(entry.at, entry.facts["missed"]) for entry in entries if entry.kind == "pass" and entry.facts["missed"]]
    for at, items in missed:
        checks.say(f"missed, told on {at.astimezone(BERLIN):%Y-%m-%d %H:%M}: {', '.join(items)}")
    passes = {entry.at for entry in entries if entry.kind == "pass"}
    near = [item for item in year.fired if item.slug == DAILY and not _near(item.at, passes)]
    checks.say("each morning's pass is in the journal", [str(item) for item in near])


def _near(moment: dt.datetime, passes: set[dt.datetime]) -> bool:
    return moment in passes or any(moment <= at <= moment + SOON for at in passes)


def nothing_leaked(checks: Checks, root: Path, year: Lived) -> None:
    """No canary, no name, no submitted sentence in anything that Prefect keeps or that was said on the terminal."""
    home = home_of(root)
    known = Search((KNOWN,))
    known.file(home / "prefect.db", "prefect.db")
    checks.say(
        f"the search finds what is there ({KNOWN!r}: {len(known.found)} times)", [] if known.found else ["it does not"]
    )
    plan = " ".join((root / "plan.toml").read_text(encoding="utf-8").split())
    submitted = frozenset(sentence for sentence in sentences_of(texts(root)) if sentence not in plan)
    search = Search((*CANARIES, *PEOPLE), submitted)
    search.folder(home)
    search.folder(root.parent / "home")
    search.text("".join(year.spoken), "what was said on the terminal")
    sizes = f"{search.files} files, {search.size / 1e6:.0f} MB, {search.texts} texts"
    sought = f"{len(search.marks)} canaries and names, {len(search.sentences)} sentences"
    checks.say(f"{sought}: nowhere in {sizes}", sorted(set(search.found)))
