"""The working folder of one plan: the plan itself, its ledger, the inbox, and what was made from them.

WORK/
  plan.toml      the plan, with the files it names beside it (resolution, codebook)
  ledger.db      the ledger, unless it lies on a server
  ledger.url     where that is; for its owner's eyes only, because a password may be in it
  inbox/         drop folder, one subfolder per kind of input
  sessions/      one folder per session: the dossier in five formats
      reports/       the same for phases that no session treats
  batons/        one bag per phase handed over
  calendar/      .ics files
  amendments/    drafts of resolutions that move a date
  outbox/        letters and mails, ready to be sent; whoever has sent one says so, or takes it out
      sent/          those of which somebody has said that they were sent
  publication/   what may be shown to everybody
  set-aside/     what no longer holds after a backup was restored or the clock was corrected
  .tmp/          temporary files of the processes at work here; gone with them
  .open/         in words, for `staffelstab status`: what each phase found open when it was last run, and what was not taken or
                 not wholly read
  .heads         numbers and hashes of the ledger's last entries, kept outside of it (and once more outside of the folder)
  .backup        when the folder was backed up last, and where to
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from staffelstab.errors import LedgerError, PlanError, StaffelstabError
from staffelstab.files import BESIDE, PRIVATE_FOLDER, NotPrivateError, make_private, read_inside, read_private, write
from staffelstab.language import Language
from staffelstab.ledger.sqlite_file import BUSY_TIMEOUT, is_url
from staffelstab.ledger.values import CLOCK_TOLERANCE
from staffelstab.timetable.plan.change import Change, RecordedChange
from staffelstab.timetable.plan.holidays import holiday
from staffelstab.timetable.plan.load import PLAN, find_plan, load_plan
from staffelstab.timetable.plan.model import Phase, Plan, Session

if TYPE_CHECKING:
    from staffelstab.ledger.entropy import Entropy
    from staffelstab.ledger.heads import HeadsFile
    from staffelstab.ledger.store import Ledger
    from staffelstab.ledger.values import Entry
    from staffelstab.submissions.sources.arrival import Source

SEED = ".rehearsal"
ADDRESS = "ledger.url"
LONGEST_ADDRESS = 2000
PASS_LASTS = dt.timedelta(days=1)
"""No pass lasts longer; so far behind the newest entry may be what it writes, by the moment it began."""


class Workspace(msgspec.Struct, frozen=True):
    """Where everything of one plan lies.

    `ledger_url` is set where the ledger is not the file beside the plan; `seed` only in a rehearsal, where ids must repeat. `lag`:
    how far an entry's time may lie before the journal's latest; see `in_a_pass`. `patience`: seconds to wait for other writers.
    """

    root: Path
    ledger_url: str = ""
    seed: str = ""
    lag: dt.timedelta = CLOCK_TOLERANCE
    patience: float = BUSY_TIMEOUT

    @property
    def entropy(self) -> Entropy:
        """Where ids and salts come from: the system, or in a rehearsal the seed."""
        from staffelstab.ledger.entropy import LIVE, Entropy

        return Entropy.seeded(self.seed) if self.seed else LIVE

    @property
    def rehearsal(self) -> bool:
        """Whether nothing here is for real."""
        return bool(self.seed)

    @property
    def in_a_pass(self) -> Workspace:
        """The folder for a pass that has begun: it judges by the moment it began, whatever others enter meanwhile."""
        return msgspec.structs.replace(self, lag=PASS_LASTS)

    def open(self, *, read_only: bool = False) -> Ledger:
        """The ledger, as a context manager; for writing only if it still holds every head that was noted. Raises LedgerError."""
        from staffelstab.ledger.store import Ledger

        return Ledger.open(
            self.ledger,
            entropy=self.entropy,
            read_only=read_only,
            patience=self.patience,
            heads=self.heads,
            lag=self.lag,
        )

    @property
    def heads(self) -> HeadsFile:
        """What is known of the ledger outside of it; of a rehearsal, which may be played again, only in its folder."""
        from staffelstab.ledger.heads import HeadsFile, kept_elsewhere

        return HeadsFile(self.root / ".heads", None if self.rehearsal else kept_elsewhere(self.root))

    @property
    def plan_file(self) -> Path:
        """The plan."""
        return self.root / PLAN

    @property
    def ledger(self) -> Path | str:
        """The ledger: a path, or the URL of a server."""
        return self.ledger_url or self.root / "ledger.db"

    @property
    def inbox(self) -> Path:
        """The drop folder."""
        return self.root / "inbox"

    def sources(self, plan: Plan) -> tuple[Source, ...]:
        """Where papers come in: the drop folder."""
        from staffelstab.submissions.sources.arrival import Source

        kinds = {folder: kind for kind, folder in inbox_folders(plan.language).items()}
        return (Source("folder", str(self.inbox), kinds, played=self.rehearsal),)

    @property
    def batons(self) -> Path:
        """The bags, one per phase."""
        return self.root / "batons"

    @property
    def outbox(self) -> Path:
        """Letters and mails."""
        return self.root / "outbox"

    @property
    def sent(self) -> Path:
        """Letters of which somebody has said that they were sent."""
        return self.outbox / "sent"

    @property
    def calendar(self) -> Path:
        """Calendar files."""
        return self.root / "calendar"

    @property
    def amendments(self) -> Path:
        """Drafts of resolutions that amend the timetable, one folder each, and the reasons for them."""
        return self.root / "amendments"

    @property
    def set_aside(self) -> Path:
        """What no longer holds, as it lay."""
        return self.root / "set-aside"

    @property
    def publication(self) -> Path:
        """What may be shown to everybody."""
        return self.root / "publication"

    @property
    def sessions(self) -> Path:
        """A folder for each session."""
        return self.root / "sessions"

    def session(self, plan: Plan, session: Session) -> Path:
        """The folder of one session's dossier: its day."""
        return self.sessions / plan.day_of(session)

    def report(self, phase: Phase) -> Path:
        """The folder for the report of a phase that no session treats."""
        return self.root / "reports" / f"{phase.number}-{phase.kind}"

    def adopted(self) -> Plan:
        """The plan as the file in the folder has it, without what the ledger says. Raises PlanError."""
        return load_plan(self.root)

    def plan(self, now: dt.datetime) -> Plan:
        """The plan in the folder as it holds at `now`: with every date confirmed or amended until then.

        Raises PlanError, also if the file no longer has something that was confirmed or amended.
        """
        try:
            return load_plan(self.root, (recorded.change for recorded in self.changes(now)))
        except KeyError as error:
            raise PlanError("workspace.lost", item=str(error.args[0])) from None

    def changes(self, now: dt.datetime) -> tuple[RecordedChange, ...]:
        """What the ledger says was confirmed or amended until `now`, in that order. Raises LedgerError."""
        from staffelstab.ledger.quick_read import quick_read

        return tuple(change_of(entry) for entry in quick_read(self.ledger, "confirmed", "amended", until=now))

    def codebook(self, plan: Plan) -> Path | None:
        """The plan's own codebook, if it names one that is there."""
        there = plan.codebook and read_inside(self.root, plan.codebook, BESIDE) is not None
        return self.root / plan.codebook if there else None


def change_of(entry: Entry) -> RecordedChange:
    """What an entry "confirmed" or "amended" of the journal says; its reason is a content of the ledger."""
    facts = entry.facts
    date, former = (dt.date.fromisoformat(str(day)) if day else None for day in (facts["date"], facts.get("from")))
    return RecordedChange(
        change=Change(entry.subject, "confirmed" if entry.kind == "confirmed" else "amended", date),
        at=entry.at,
        by=str(facts["by"]),
        authorised=bool(facts.get("authorised")),
        former=former,
        group=str(facts.get("group", entry.key)),
        told=tuple(str(actor) for actor in facts.get("told", ())),
        seq=entry.seq,
    )


def inbox_folders(language: str) -> dict[str, str]:
    """The inbox's subfolders by kind of input, in the plan's language."""
    from staffelstab.submissions.records.record_kinds import RECORDS

    words = Language(language)
    return {kind: words.say(f"records.folders.{kind}") for kind in ("papers", *RECORDS)}


def create(place: Path, root: Path, *, now: dt.datetime, seed: str = "", ledger_url: str = "") -> Workspace:
    """A new working folder for the plan in `place`. Raises PlanError, or StaffelstabError if there is one already."""
    from staffelstab.ledger.store import Ledger

    plan = load_plan(place)
    holiday(plan, plan.resolution.date)  # an unknown country is better known now than on the night of the first pass
    workspace = Workspace(root, ledger_url, seed)
    if workspace.plan_file.exists():
        raise StaffelstabError("workspace.exists", folder=root.name)
    source = find_plan(place)
    make_private(root)
    root.chmod(PRIVATE_FOLDER)  # one that was there already, for everybody to read perhaps
    for name in ("inbox", "sessions", "batons", "calendar", "outbox", "publication"):
        make_private(root / name)
    for folder in inbox_folders(plan.language).values():
        make_private(workspace.inbox / folder)
    for name in filter(None, (plan.source, plan.codebook)):
        if (beside := read_inside(source.parent, name, BESIDE)) is not None:
            write(root / name, beside)
    if seed:
        write(root / SEED, seed.encode())
    with Ledger.create(workspace.ledger, plan=plan.id, entropy=workspace.entropy, now=now) as ledger:
        workspace.heads.replace([ledger.newest()])  # another folder may have lain here
    if ledger_url:
        write(root / ADDRESS, f"{ledger_url}\n".encode())
    # The plan comes last: a folder with a plan is a whole working folder.
    write(workspace.plan_file, source.read_bytes())
    return workspace


def ledger_address() -> str:
    """The URL of the server on which a new folder's ledger is to lie, if there is one: STAFFELSTAB_LEDGER."""
    return os.environ.get("STAFFELSTAB_LEDGER", "")


def _of_environment(root: Path) -> str:
    """The server that the environment names, for a folder that has no ledger of its own."""
    return "" if (root / "ledger.db").exists() else ledger_address()


def _ledger_url(root: Path) -> str:
    """The URL of the folder's ledger; "" if it is the file in it. Raises LedgerError for an address that others may read."""
    try:
        kept = read_private(root / ADDRESS, LONGEST_ADDRESS)
        address = kept.decode().strip() if kept is not None else _of_environment(root)
    except NotPrivateError:
        raise LedgerError("ledger.address.mode", file=ADDRESS) from None
    except (OSError, ValueError):
        raise LedgerError("ledger.address.unusable", file=ADDRESS) from None
    if kept is not None and not (is_url(address) and address.isprintable()):
        raise LedgerError("ledger.address.unusable", file=ADDRESS)
    return address


def find(root: Path) -> Workspace:
    """The working folder at `root`; a rehearsal's ledger always lies in its folder. Raises StaffelstabError if it is none."""
    if not (root / PLAN).is_file() or not (root / "inbox").is_dir():
        raise StaffelstabError("workspace.none", folder=str(root))
    seed = seed_of(root)
    return Workspace(root, seed=seed) if seed else Workspace(root, _ledger_url(root))


def seed_of(root: Path) -> str:
    """The seed of a rehearsal; "" where nothing is rehearsed. Whatever became of its file, it says that nothing is for real."""
    if not (root / SEED).is_file():
        return ""
    return (root / SEED).read_text(encoding="utf-8", errors="backslashreplace") or SEED


def working_folder(place: Path) -> Workspace | None:
    """The working folder that `place` is, or whose plan file it is; None for any other plan, be there papers beside it or not.

    Raises StaffelstabError if the folder has lost its plan.
    """
    if not place.is_dir() and place.name != PLAN:
        return None
    folder = place if place.is_dir() else place.parent
    return find(folder) if all((folder / name).is_dir() for name in ("inbox", "batons")) else None
