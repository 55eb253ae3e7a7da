"""The other files that people edit or keep: notes, reasons, a resolution, the lists of a rehearsal, what status reads."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import random
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from commands import status
from staffelstab.errors import StaffelstabError
from staffelstab.language import LANGUAGES, Language
from staffelstab.service.decide import notes_file, record_decision
from staffelstab.service.phase_run import open_run
from staffelstab.service.reasons import reason_file, reason_for
from staffelstab.simulation.inputs import deliveries, verdicts
from staffelstab.submissions.case.gather import gather
from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.draft.guess import language_of
from staffelstab.timetable.draft.resolution_text import LONGEST, clean, receive
from staffelstab.timetable.draft.write import questions_in, toml_of
from staffelstab.timetable.lint.rules import lint
from staffelstab.timetable.plan.change import Change
from staffelstab.timetable.plan.load import load_plan, plan_from
from staffelstab.timetable.reading.source import Source
from staffelstab.watch.matters import Matter
from staffelstab.watch.memory import recall
from staffelstab.watch.whom_to_tell import read_settings
from staffelstab.workspace import create, find
from tests.conftest import ROOT, at
from tests.fuzzing.case import Bench, promise
from tests.fuzzing.changes import ODD_TEXTS, bytes_changed, encoded, text_changed
from tests.fuzzing.organisation import CODEBOOK, PLAN, RESOLUTION
from tests.fuzzing.toml_changes import toml_changed

BORN, MET = at("2027-03-01"), at("2027-03-24 21:30")


def trial(chance: random.Random, bench: Bench) -> str:
    """One of the files, changed, and what reads it."""
    what = chance.choice(_FILES)
    try:
        what(chance, bench)
    except StaffelstabError as error:
        promise(error.key != "tasks.unforeseen", "an unforeseen failure behind a sentence")
        promise(all(0 < len(error.text(language)) < 20_000 for language in LANGUAGES), "a refusal is empty or endless")
        return f"{what.__name__.strip('_')}: refused"
    return f"{what.__name__.strip('_')}: taken"


def laid(place: Path) -> Path:
    """The organisation's plan with everything beside it."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "plan.toml").write_text(PLAN, encoding="utf-8")
    (place / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    (place / "resolution.txt").write_text(RESOLUTION, encoding="utf-8")
    return place


def _folder(bench: Bench) -> Path:
    return create(laid(bench.place / "plan"), bench.place / "akte", now=BORN, seed="fuzzing").root


def _text(chance: random.Random, text: str) -> bytes:
    data = encoded(chance, text_changed(chance, text))
    return bytes_changed(chance, data, 4) if chance.random() < 0.2 else data


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _notes(chance: random.Random, bench: Bench) -> None:
    run = open_run(_folder(bench), MET)
    session = run.plan.session("vorstand-maerz")
    _put(notes_file(run, session), _text(chance, "- Erst die Zeiten.\n- Dann das Geld.\n" * 3))
    record_decision(run, session.id, "discussed")
    with run.workspace.open(read_only=True) as ledger:
        [decision] = gather(ledger, run.plan, MET).decisions
        promise(ledger.verify() == [], "a decision's notes damaged the journal")
    promise(all(note.strip() for note in decision.notes), "a point of the discussion that says nothing")


def _reason(chance: random.Random, bench: Bench) -> None:
    run = open_run(_folder(bench), MET)
    move = Change("mv", "amended", dt.date(2027, 5, 1))
    _put(reason_file(run, move.item, dt.date(2027, 5, 1)), _text(chance, "Der Saal ist nicht frei.\n"))
    promise(reason_for(run, move, None), "a reason that says nothing")


_LYING = {"name": "a.txt", "reason": "link", "since": "2027-03-02T00:00:00+01:00", "waits": False}
_OPEN = {
    "inbox.json": {"things": [_LYING], "system": 0, "more": 0},
    "papers.json": {"papers": 1, "sentences": ["B01: x"]},
    "1-call.json": {"blocks": ["x"], "questions": ["y"]},
}
_BACKUP = {"made": "2027-03-02T00:00:00+01:00", "file": "a.tar", "place": "/media/a", "entry": 3, "encrypted": False}
_JSON = (
    "[" * 100_000,
    '{"a":' * 50_000,
    "1" * 6_000,
    "NaN",
    "1e999",
    '"\\ud800"',
    "null",
    "[]",
    "{}",
    "true",
    '"x"',
    "-1",
    '{"things": {}}',
)


def _open(chance: random.Random, bench: Bench) -> None:
    root = _folder(bench)
    for name, said in _OPEN.items():
        text = json.dumps(said)
        if chance.random() < 0.6:
            at_colon = text.find(":", chance.randrange(len(text))) + 1
            text = chance.choice(
                (chance.choice(_JSON), text[:at_colon] + chance.choice(_JSON) + "}", text_changed(chance, text))
            )
        _put(root / ".open" / name, encoded(chance, text))
    if chance.random() < 0.4:
        _put(root / ".backup", encoded(chance, chance.choice((*_JSON, text_changed(chance, json.dumps(_BACKUP))))))
    if chance.random() < 0.3:
        (root / "outbox" / chance.choice(("a\udcff.eml", "\u202ea.eml", "x" * 200 + ".eml", "-.eml"))).write_bytes(b"x")
    for as_json in (False, True):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            status.run(Namespace(workspace=root, now=MET, json=as_json, language=None), Language("de"))
        promise(out.getvalue().strip(), "status says nothing")


_ALARMS = """to = ["json://127.0.0.1/x", "mailto://user@example.org"]
quiet = ["21:00", "07:00"]
heartbeat = "https://beat.example.org/x"
"""
_TOLD = '{"attempts": {"late": {"told": false, "failed": 3, "again": "2027-03-10T07:00:00Z"}}, "beat": 7}'


def _alarms(chance: random.Random, bench: Bench) -> None:
    """Whom alarms are told, and what was told already."""
    text = toml_changed(chance, _ALARMS) if chance.random() < 0.7 else text_changed(chance, _ALARMS)
    path = bench.place / "alarms.toml"
    _put(
        path,
        bytes_changed(chance, text.encode("utf-8", "surrogatepass"), 2)
        if chance.random() < 0.2
        else encoded(chance, text),
    )
    path.chmod(0o600)
    _put(
        bench.place / ".open" / "told.json",
        encoded(chance, chance.choice((*_JSON, _TOLD, text_changed(chance, _TOLD)))),
    )
    due = recall(bench.place).due([Matter("late", "x"), Matter("other", "y")], MET)
    promise(Matter("other", "y") in due, "a matter nobody was told is not told")
    if settings := read_settings(bench.place):
        settings.is_quiet(MET)


def _seed(chance: random.Random, bench: Bench) -> None:
    root = _folder(bench)
    _put(root / ".rehearsal", _text(chance, "fuzzing"))
    with find(root).open() as ledger:
        ledger.append("note", at=MET, key="note:1")
        promise(ledger.verify() == [], "a seed damaged the journal")


def _arrivals(chance: random.Random, bench: Bench) -> None:
    place = laid(bench.place / "plan")
    _put(place / "inbox" / "beitraege" / "a.txt", b"Von: Birkenweg\n\nWasser.\n")
    rows = ["Datei;Eingang", "beitraege/a.txt;2027-03-05T12:00", "beitraege/a.txt;2027-03-06"]
    text = "\n".join(rows)
    if chance.random() < 0.5:
        path = chance.choice(("../plan.toml", "beitraege/a.txt", "", "/etc/passwd", *ODD_TEXTS))
        text += f"\n{path};{chance.choice(ODD_TEXTS)}\n"
    _put(place / "arrivals.csv", _text(chance, text))
    for item in deliveries(load_plan(place), place):
        promise(item.content.startswith(b"Von"), "a file from elsewhere was delivered")


def _decisions(chance: random.Random, bench: Bench) -> None:
    place = laid(bench.place / "plan")
    path = ROOT / "examples" / chance.choice(("choir-statute", "mitgliederarbeit-2018")) / "decisions.toml"
    own = (
        path.read_text(encoding="utf-8")
        .replace("lv-2018-01-19", "vorstand-maerz")
        .replace("committee-january", "vorstand-maerz")
    )
    data = toml_changed(chance, own).encode("utf-8", "surrogatepass")
    _put(place / "decisions.toml", bytes_changed(chance, data, 3) if chance.random() < 0.1 else data)
    plan = load_plan(place)
    promise(len(verdicts(plan, place)) == len(plan.sessions), "a session without a verdict")


def _resolution(chance: random.Random, bench: Bench) -> None:
    """The text beside the plan: what the plan quotes of it, and what is drafted from it."""
    text = (
        RESOLUTION
        if chance.random() < 0.5
        else (ROOT / "examples/mitgliederarbeit-2018/resolution.txt").read_text(encoding="utf-8")
    )
    changed = clean(text_changed(chance, text))[:LONGEST]
    lint(plan_from(PLAN), Source(changed))
    language = language_of(changed)
    draft, _ = draft_of(changed, language)
    if draft is not None:
        written = toml_of(draft, language)
        questions_in(written, language)
        with contextlib.suppress(StaffelstabError):
            plan_from(written)


def _resolution_file(chance: random.Random, bench: Bench) -> None:
    sample = bench.bases.one(chance, "docx", "odt", "pdf", "txt", "md", "rtf", "html")
    path = bench.place / "beschluss.x"
    path.write_bytes(bytes_changed(chance, sample.data))
    text = receive(path).text
    draft_of(text, language_of(text))


_FILES: tuple[Callable[[random.Random, Bench], None], ...] = (
    _notes, _reason, _open, _open, _seed, _alarms, _arrivals, _decisions, _resolution, _resolution, _resolution_file,
)  # fmt: skip
