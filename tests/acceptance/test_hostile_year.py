"""A whole year with hostile papers: every family of them in every folder, every pass and every form, and all papers come out.

What a year holds is the example's; `hostile_papers.py` makes what comes besides. `STAFFELSTAB_HOSTILE` names a folder whose files
are put down in every folder of the inbox as well.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from commands.main import main
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.reader_pool import kept_readers
from staffelstab.errors import RecordError
from staffelstab.files import write
from staffelstab.publishing.dossier.left_out import ROWS
from staffelstab.service.decide import notes_file
from staffelstab.service.phase_run import open_run
from staffelstab.simulation.event_list import event_list
from staffelstab.simulation.faults import Scenario
from staffelstab.simulation.inputs import Verdict, deliveries, verdicts
from staffelstab.simulation.simulate import simulate
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.case.gather import gather
from staffelstab.submissions.records.record_kinds import RECORDS
from staffelstab.timetable.plan.load import load_plan
from staffelstab.workspace import find, inbox_folders
from tests.acceptance.hostile_papers import OF_TEXTS, files, odd_names, put_no_files, sheets, texts
from tests.acceptance.outputs import FORMATS
from tests.year import PARTY, DirectExecutor

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),
    pytest.mark.attack("C4", "H2", "injection"),
    pytest.mark.xdist_group("hostile year"),
]

PLAN = load_plan(PARTY)
FOLDERS = inbox_folders(PLAN.language)
PUT_DOWN = dt.datetime(2017, 12, 20, 18, tzinfo=PLAN.zone)
AFTER = "2019-10-01T07:00"
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NARROW = Limits(text_seconds=1, cpu_seconds=3)


def put_down() -> dict[str, dict[bytes, bytes]]:
    """What is put down in each kind of folder, by name."""
    more = os.environ.get("STAFFELSTAB_HOSTILE")
    own = {path.name: path.read_bytes() for path in sorted(Path(more).iterdir())} if more else {}
    fitting = {kind.name: sheets(PLAN, kind) for kind in RECORDS.values()}
    written = {kind: texts() for kind in ("papers", "interviews")}
    found = {kind: files() | own | fitting.get(kind, {}) | written.get(kind, {}) for kind in FOLDERS}
    return {kind: odd_names() | {name.encode(): data for name, data in made.items()} for kind, made in found.items()}


@dataclass(frozen=True)
class HostileYear(DirectExecutor):
    """The example's passes and forms, with hostile papers, points and reasons; what went on is kept for the tests."""

    root: Path = Path()
    papers: Mapping[str, Mapping[bytes, bytes]] = field(default_factory=put_down)
    no_files: dict[str, Mapping[str, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def daily_pass(self, workspace: str, now: dt.datetime) -> None:
        if now > PUT_DOWN and not self.no_files:
            self._put_down()
        super().daily_pass(workspace, now)

    def decision(self, workspace: str, verdict: Verdict, now: dt.datetime) -> None:
        """Points nobody can read are refused with a sentence; after that they are points that mean harm."""
        run = open_run(self.root, now)
        points = notes_file(run, verdict.session)
        for unreadable in (bytes(range(256)) * 64, b"x " * 3_000_000):
            write(points, unreadable)
            with pytest.raises(RecordError) as refused:
                super().decision(workspace, verdict, now)
            self.refused.append(refused.value.text(PLAN.language))
        write(points, "\n".join((*verdict.notes, *OF_TEXTS.values())).encode())
        super().decision(workspace, verdict, now)

    def _put_down(self) -> None:
        moment = PUT_DOWN.timestamp()
        outside = self.root.parent / "outside"
        outside.mkdir()
        for kind, papers in self.papers.items():
            folder = self.root / "inbox" / FOLDERS[kind]
            for name, content in papers.items():
                path = folder / os.fsdecode(name)
                path.write_bytes(content)
                os.utime(path, (moment, moment))
            self.no_files[kind] = put_no_files(folder, outside)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> HostileYear:
    """The year, played to its end: no pass and no form has failed."""
    played = HostileYear(root=tmp_path_factory.mktemp("hostile") / "akte")
    arriving = deliveries(PLAN, PARTY)
    with kept_readers(NARROW):
        piece = Scenario(PLAN, arriving, event_list(PLAN, arriving, verdicts(PLAN, PARTY)))
        for _ in simulate(piece, PARTY, played.root, played):
            pass
    return played


@pytest.fixture(scope="module")
def case(year: HostileYear) -> Case:
    """Everything that is known in the end."""
    with find(year.root).open(read_only=True) as ledger:
        return gather(ledger, PLAN, dt.datetime.fromisoformat(AFTER).astimezone(PLAN.zone))


def test_every_session_has_its_dossier_in_every_format(year: HostileYear) -> None:
    workspace = find(year.root)
    folders = [workspace.session(PLAN, session) for session in PLAN.sessions]
    folders += [workspace.report(phase) for phase in PLAN.phases if PLAN.session_of(phase) is None]
    found = {folder.name: {path.suffix[1:] for path in folder.glob("dossier.*")} - {"svg", "csv"} for folder in folders}
    assert found == {folder.name: set(FORMATS) for folder in folders}
    with workspace.open(read_only=True) as ledger:
        frozen = {entry.subject: entry for entry in ledger.entries("frozen")}
        assert frozen.keys() == {session.id for session in PLAN.sessions}
        assert [name for name, entry in frozen.items() if entry.facts["late"]] == []
        assert [entry.facts["number"] for entry in ledger.entries("handed_over")] == [p.number for p in PLAN.phases]


def test_every_file_is_kept_and_read_or_has_a_reason(year: HostileYear) -> None:
    with find(year.root).open(read_only=True) as ledger:
        arrived, received, read = (ledger.entries(kind) for kind in ("arrived", "received", "read"))
        names = ledger.contents(entry.object for entry in arrived if entry.object)
        originals = ledger.contents(entry.object for entry in received if entry.object)
    of_paper = {entry.subject: originals[entry.object] for entry in received if entry.object}
    kept = [(names[entry.object].decode(), of_paper[entry.subject]) for entry in arrived if entry.object]
    for kind, papers in year.papers.items():
        there = [content for name, content in kept if name.startswith(f"{FOLDERS[kind]}/")]
        assert [name for name, content in papers.items() if content not in there] == []
    status = {entry.subject: entry.facts for entry in read}
    assert status.keys() == of_paper.keys()
    assert [facts for facts in status.values() if facts["status"] != "read" and not facts["reason"]] == []


def test_whatever_was_not_read_or_not_taken_is_named_with_its_reason(year: HostileYear, case: Case) -> None:
    told = json.loads((year.root / ".open/papers.json").read_bytes())["sentences"]
    for kind in year.papers:
        for name in ("bombe.docx", "endlos.pdf", "verschlossen.zip", "kaputt.pdf", "leer.pdf", "tief.eml"):
            [sentence] = [line for line in told if f"„{FOLDERS[kind]}/{name}“" in line]
            assert len(sentence.split("“): ")[1]) > 20, sentence
    lying = json.loads((year.root / ".open/inbox.json").read_bytes())["things"]
    there = {item["name"]: item["reason"] for item in lying}
    assert there == {
        f"{FOLDERS[kind]}/{name}": reason for kind, found in year.no_files.items() for name, reason in found.items()
    }
    assert {(item.source, item.reason) for item in case.skipped} == {
        (kind, reason) for kind, found in year.no_files.items() for reason in found.values()
    }


def test_every_paper_stands_in_the_register(year: HostileYear, case: Case) -> None:
    with (year.root / "batons/0-call/data/tables/register.csv").open(encoding="utf-8-sig", newline="") as file:
        register = {row["ref"]: (row["status"], row["reason"]) for row in csv.DictReader(file)}
    hostile = [paper for paper in (*case.papers, *case.set_aside) if paper.arrived == PUT_DOWN]
    assert len(hostile) == len(year.papers["papers"])
    assert {paper.ref: (paper.status, paper.reason) for paper in hostile}.items() <= register.items()


def test_every_sheet_and_row_that_was_not_taken_is_named(year: HostileYear, case: Case) -> None:
    """By the name of its file for the coordinator; in a dossier as many as one reads, and how many more there are."""
    told = json.loads((year.root / ".open/papers.json").read_bytes())["sentences"]
    named = {re.sub(r",? \(„.*", "", line, flags=re.S) for line in told}
    assert {row.sheet for row in case.rejected if row.row == 0} <= named
    rows = Counter(row.sheet for row in case.rejected if row.row)
    first = [row for row in case.rejected if row.row and rows[row.sheet] <= ROWS]
    assert len(first) > 50
    assert {f"{row.sheet}, Zeile {row.row}" for row in first} <= named
    dossiers = [path.read_text(encoding="utf-8") for path in year.root.glob("[rs]e*s/*/dossier.md")]
    telling = [text for text in dossiers if re.search(r"^> - Blatt ", text, re.M)]
    assert len(telling) == len(PLAN.phases) - 1, "the call takes no sheets"
    assert all(text.count("\n> - Blatt ") >= 40 and "weitere gleicher Art." in text for text in telling)


def test_what_people_get_neither_steers_nor_runs_nor_calculates(year: HostileYear) -> None:
    places = ("sessions", "reports", "batons", "outbox", "publication", "calendar", ".open")
    texts = {".md", ".html", ".csv", ".json", ".ics", ".eml", ".svg", ".txt"}
    made = [path for place in places for path in (year.root / place).rglob("*") if path.suffix in texts]
    made = [path for path in made if path.name != "notizen.txt"]
    assert len(made) > 100
    for path in made:
        text = path.read_bytes().decode().replace("\r\n", "\n")
        assert STEERS.search(text) is None, path
        if path.suffix in {".html", ".svg"}:
            assert not re.search(r"<script|<[^>]*\bon(load|error)\s*=|src=\W?http|href=\W?javascript", text, re.I), path
        if path.suffix == ".csv":
            csv.field_size_limit(1 << 24)
            cells = [cell for row in csv.reader(text.removeprefix("\ufeff").splitlines()) for cell in row]
            assert [cell for cell in cells if re.match(r"\s*[=@+-]\D", cell)] == [], path
        if path.suffix == ".eml":
            head = text.split("\n\n", 1)[0]
            assert not re.search(r"^(bcc|cc):", head, re.I | re.M), path


def test_points_that_cannot_be_read_are_refused_with_a_sentence(year: HostileYear) -> None:
    assert len(year.refused) == 2 * len(PLAN.sessions)
    assert all("notizen.txt" in sentence for sentence in year.refused)


def test_the_folder_is_sound_and_says_what_is_to_be_done(year: HostileYear, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["verify"], ["verify", "--json"], ["status"], ["status", "--json"]):
        later = ["--now", AFTER] if words[0] == "status" else []
        assert main([words[0], str(year.root), *words[1:], *later]) == 0
        said = capsys.readouterr().out
        assert STEERS.search(said) is None
    assert json.loads(said)["todo"]
