"""Whole passes: a working folder with changed files in every place the product reads, from the first pass to a hand-over.

Whatever lies there, a pass ends; what it refuses is in a file of the coordinator's own, is said in a sentence, and once that
file is put right the next pass goes on. Nothing that was put in is forgotten, the papers lie there on the day, and the folder
verifies.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import random
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from commands import status
from staffelstab.documents.extraction.file_names import is_system_file
from staffelstab.documents.rendering.characters import harmless
from staffelstab.errors import PlanError, StaffelstabError
from staffelstab.language import Language
from staffelstab.ledger.entries import Surveyed
from staffelstab.service.decide import notes_file, record_decision
from staffelstab.service.inspection import inspect
from staffelstab.service.phase_run import open_run
from staffelstab.submissions.case.gather import gather
from staffelstab.submissions.case.left_lying import read_left_lying
from staffelstab.submissions.records.record_kinds import RECORDS
from staffelstab.submissions.sources.arrival import encoded as as_bytes
from staffelstab.submissions.sources.arrival import shown
from staffelstab.timetable.plan.load import load_plan
from staffelstab.workspace import Workspace, create, inbox_folders
from tests.conftest import at
from tests.fuzzing.bases import Sample
from tests.fuzzing.case import Bench, promise
from tests.fuzzing.changes import ODD_TEXTS, encoded, text_changed
from tests.fuzzing.families import calendars, codebook, containers, mail, sheets, texts
from tests.fuzzing.families.kept import BORN, MET, laid
from tests.fuzzing.organisation import CODEBOOK, PLAN
from tests.fuzzing.toml_changes import toml_changed
from tests.year import DirectExecutor

FIRST, FREEZING, AFTER, LAST = (at(f"{day} 07:00") for day in ("2027-03-10", "2027-03-24", "2027-03-25", "2027-04-13"))
FORMATS = ("md", "html", "pdf", "docx", "odt")
_FEW_PRINT_DRAFTS, _FEW_GO_ON = 0.03, 0.4
_NAMES = (
    "a.txt", "a.docx", "ä.txt", "a\u0308.txt", "\u202etxt.exe", "a\nb.txt", "-rf.txt", " .txt", "a" * 200 + ".txt",
    "a\udcff.txt", ".versteckt", "~$a.docx", "a.part", ".DS_Store", "Thumbs.db", "COM1.txt", "{{7*7}}.txt",
    "=1+1.csv", "a|b.txt", "<b>.html", "a`b`.md", "..a.txt", "\x1b[2Ja.txt", "字.pdf",
)  # fmt: skip
_MAKERS = (mail.made, mail.made, texts.made, texts.made, texts.made, containers.made, calendars.made, sheets.made)
_OWN_FILES = ("analysis.codebook.error.", "steps.notes_unreadable", "plan.")


def trial(chance: random.Random, bench: Bench) -> str:
    """The organisation's folder through three passes and a decision."""
    place = laid(bench.place / "plan")
    changed_plan = chance.random() < 0.25 and _another_plan(chance, place)
    bench = Bench(bench.bases.small(), bench.reader, bench.place)
    workspace = create(place, bench.place / "akte", now=BORN, seed="fuzzing")
    passes = _Passes(workspace, DirectExecutor(printed=chance.random() < _FEW_PRINT_DRAFTS))
    put = set(_fill(chance, bench, workspace, chance.choice((2, 6, 14))))
    _spoil_own_files(chance, workspace)
    passes.run(FIRST)
    put |= set(_fill(chance, bench, workspace, 4))
    _change_some(chance, workspace, put)
    passes.run(FREEZING)
    if not changed_plan:
        _decide(chance, workspace)
        _papers_lie_there(workspace)
    passes.run(AFTER)
    if chance.random() < _FEW_GO_ON:
        passes.run(LAST)
    _nothing_is_forgotten(workspace, put)
    _folder_is_sound(workspace)
    return f"{'another plan' if changed_plan else 'the plan'}, {'refused first' if passes.refused else 'never refused'}"


# -- what is put in ----------------------------------------------------------------------------------------------------


def _another_plan(chance: random.Random, place: Path) -> bool:
    """A changed plan that is a plan still; the organisation's own if none of a few is."""
    for _ in range(8):
        (place / "plan.toml").write_bytes(toml_changed(chance, PLAN).encode("utf-8", "surrogatepass"))
        with contextlib.suppress(PlanError):
            load_plan(place)
            return True
    (place / "plan.toml").write_text(PLAN, encoding="utf-8")
    return False


def _fill(chance: random.Random, bench: Bench, workspace: Workspace, n: int) -> Iterable[Path]:
    """Changed files in the folders of the inbox, under names as strange, and what is no file at all."""
    plan = workspace.adopted()
    folders = inbox_folders(plan.language)
    for _ in range(n):
        yield _put(
            chance, workspace.inbox / _folder(chance, folders["papers"]), chance.choice(_MAKERS)(chance, bench.bases)
        )
    for kind in chance.sample(sorted(RECORDS), min(n, len(RECORDS))):
        yield _put(chance, workspace.inbox / folders[kind], _sheet(chance, bench, workspace, kind))
    if chance.random() < 0.3:
        yield from _no_files(chance, workspace.inbox)


def _folder(chance: random.Random, papers: str) -> str:
    return papers if chance.random() < 0.8 else chance.choice((".", "unbekannt", f"{papers}/a/b/c", f"{papers}/.x"))


def _sheet(chance: random.Random, bench: Bench, workspace: Workspace, kind: str) -> Sample:
    if chance.random() < 0.75:
        return sheets.filled(chance, workspace.adopted(), RECORDS[kind])
    return chance.choice((sheets.made, texts.made))(chance, bench.bases)


def _put(chance: random.Random, folder: Path, sample: Sample) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    name = chance.choice(_NAMES) if chance.random() < 0.4 else _plain(sample.name)
    path = folder / name
    while os.path.lexists(path):
        path = path.with_name(f"{chance.randrange(10**6)}{name}"[:120])
    path.write_bytes(sample.data)
    _dated(chance, path)
    return path


def _plain(name: str) -> str:
    return name.replace("/", "_").replace("\0", "_")[:80] or "x"


def _dated(chance: random.Random, path: Path) -> None:
    moments = [at(f"2027-03-{day:02} 12:00").timestamp() for day in (2, 5, 9, 9, 9)]
    seconds = chance.choice([*moments, 0, -(2**31), 2**31, -62_135_596_800, 253_402_300_799, 2**40])
    with contextlib.suppress(OSError, OverflowError):
        os.utime(path, (seconds, seconds))


def _no_files(chance: random.Random, inbox: Path) -> Iterable[Path]:
    pipe, link = inbox / f"rohr{chance.randrange(10**6)}", inbox / f"verweis{chance.randrange(10**6)}.txt"
    os.mkfifo(pipe)
    link.symlink_to(chance.choice(("/etc/passwd", "/dev/zero", ".", "nirgends")))
    yield from (pipe, link)


def _spoil_own_files(chance: random.Random, workspace: Workspace) -> None:
    """What the coordinator edits, and what status reads."""
    if chance.random() < 0.3:
        (workspace.root / "codebook.toml").write_bytes(codebook.changed(chance))
    if chance.random() < 0.1:
        (workspace.root / "resolution.txt").write_bytes(encoded(chance, text_changed(chance, "Beschluss\n" * 20)))
    if chance.random() < 0.2:
        for name in ("inbox.json", "papers.json", "phase-1.json"):
            path = workspace.root / ".open" / name
            path.parent.mkdir(exist_ok=True, mode=0o700)
            path.write_bytes(
                chance.choice((b"[" * 100_000, b"{}", b"\xff", b'{"things": 3}', b"null", b'{"blocks": 1}'))
            )
    if chance.random() < 0.15:
        changed = toml_changed(chance, workspace.plan_file.read_text(encoding="utf-8")).encode("utf-8", "surrogatepass")
        before = workspace.plan_file.read_bytes()
        workspace.plan_file.write_bytes(changed)
        with contextlib.suppress(PlanError):
            workspace.adopted()
            workspace.plan_file.write_bytes(before)  # another plan would be another story


def _change_some(chance: random.Random, workspace: Workspace, put: Iterable[Path]) -> None:
    """Of what was taken some is exchanged, some taken away: neither is forgotten."""
    for path in chance.sample(sorted(put, key=os.fsencode), 2):
        if path.is_symlink() or not path.is_file():
            continue
        path.write_bytes(chance.choice(ODD_TEXTS).encode())
        os.utime(path, (at("2027-03-15").timestamp(),) * 2)


def _decide(chance: random.Random, workspace: Workspace) -> None:
    run = open_run(workspace.root, MET)
    path = notes_file(run, run.plan.session("vorstand-maerz"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(chance, text_changed(chance, "- Erst die Zeiten.\n- Dann das Geld.\n")))
    try:
        record_decision(run, "vorstand-maerz", "discussed")
    except StaffelstabError as error:
        promise(error.key == "steps.notes_unreadable", f"a decision was refused: {error.key}")
        path.unlink()
        record_decision(run, "vorstand-maerz", "discussed")


# -- what is promised --------------------------------------------------------------------------------------------------


class _Passes:
    """Passes one after the other; one that is refused for a file of the coordinator's is repeated when that was put right."""

    def __init__(self, workspace: Workspace, executor: DirectExecutor) -> None:
        self._workspace, self._executor = workspace, executor
        self._plan = (workspace.root.parent / "plan" / "plan.toml").read_bytes()
        self.refused = False

    def run(self, now: dt.datetime) -> None:
        """A pass that ends, the second time at the latest."""
        try:
            self._executor.daily_pass(str(self._workspace.root), now)
        except StaffelstabError as error:
            _is_foreseen(error)
            promise(error.key.startswith(_OWN_FILES), f"a pass was refused: {error.key}")
            self.refused = True
            self._workspace.plan_file.write_bytes(self._plan)
            (self._workspace.root / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
            self._executor.daily_pass(str(self._workspace.root), now + dt.timedelta(hours=1))


def _is_foreseen(error: StaffelstabError) -> None:
    if error.key == "tasks.unforeseen":
        raise error.__cause__ or error
    promise(0 < len(error.text("de")) < 20_000, "a refusal is empty or endless")


def _nothing_is_forgotten(workspace: Workspace, put: Iterable[Path]) -> None:
    """Whatever was put into the inbox has arrived, or is named among what was not taken, or was left by an operating system."""
    lying = read_left_lying(workspace.root)
    named = {item.name for item in lying.things}
    with workspace.open(read_only=True) as ledger:
        arrived = {str(entry.facts["place"]) for entry in ledger.entries("arrived")}
        received, read = ({entry.subject for entry in ledger.entries(kind)} for kind in ("received", "read"))
        for path in put:
            place = path.relative_to(workspace.inbox).as_posix()
            above = {shown(str(folder)) for folder in Path(place).parents}
            is_known = ledger.fingerprint(as_bytes(place)) in arrived or shown(place) in named or bool(above & named)
            promise(is_known or is_system_file(path.name), "something that was put in is forgotten")
    promise(received == read, "a paper was received and never read")


def _papers_lie_there(workspace: Workspace) -> None:
    """The session's papers in every format, with everything that lies there, and no sign that a terminal or editor obeys."""
    folder = workspace.sessions / "2027-03-24"
    missing = [form for form in FORMATS if not (folder / f"dossier.{form}").is_file()]
    promise(not missing, f"the papers lack {', '.join(missing)}")
    text = (folder / "dossier.md").read_text(encoding="utf-8")
    promise(harmless(text) == text, "a sign in the papers that is obeyed, not read")
    run = open_run(workspace.root, FREEZING)
    with workspace.open(read_only=True) as ledger:
        case = gather(ledger, run.plan, FREEZING)
        unprinted = [Surveyed.of(entry).unprinted.formats for entry in ledger.entries("surveyed")]
    promise(not any(unprinted), "a format could not be printed")
    absent = [paper.ref for paper in case.papers if not paper.newer and paper.ref not in text]
    promise(not absent, f"{len(absent)} papers are not in the papers")


def _folder_is_sound(workspace: Workspace) -> None:
    plan = workspace.adopted()
    damage = inspect(workspace, plan).damage
    promise(not damage, f"verify finds {len(damage)} damages")
    with contextlib.redirect_stdout(io.StringIO()) as out:
        status.run(Namespace(workspace=workspace.root, now=LAST, json=False, language=None), Language(plan.language))
    promise(out.getvalue().strip(), "status says nothing")
    left = [path for path in (workspace.root / ".tmp").rglob("*") if path.is_file()]
    promise(not left, "temporary files are left")
