"""The form for dates: a typed flow, validated whole; the reason lies in a file and never reaches Prefect (F08)."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from deployments.server.process import rehearsal_server
from flows.amendment import amendment
from staffelstab.errors import RecordError
from staffelstab.workspace import find
from tests.conftest import at, within
from tests.prepared_server import prepared
from tests.service.small_folder import changes, folder

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("amendment")]

SENTENCE = "Die Leuchtturmwärterin hat an diesem Tag ihre siebzehn Kanarienvögel zu zählen."
NOW = at("2018-01-20 10:00")


def test_a_date_is_moved_and_another_confirmed_by_a_form_that_learns_no_reason(tmp_path: Path) -> None:
    root, home = folder(tmp_path / "akte"), tmp_path / "prefect"
    with rehearsal_server(prepared(home)):
        with pytest.raises(RecordError) as refused:
            within(root, amendment, "lv-2018-03-09", dt.date(2018, 3, 16), "landesvorstand", now=NOW)
        with pytest.raises(RecordError) as not_theirs:
            within(root, amendment, "lv-2018-03-09", dt.date(2018, 3, 16), "bautzen", now=NOW)
        reason = root / "amendments/begruendung-lv-2018-03-09-2018-03-16.txt"
        reason.parent.mkdir()
        reason.write_text(SENTENCE, encoding="utf-8")
        within(root, amendment, "lv-2018-03-09", dt.date(2018, 3, 16), "landesvorstand", now=NOW)
        within(root, amendment, "lv-2018-08-17", dt.date(2018, 8, 17), "landesvorstand", now=NOW)

    assert str(refused.value).startswith("Ein beschlossener Termin wird nicht ohne Begründung verlegt.")
    assert not_theirs.value.key == "amend.error.not_theirs_resolved"
    assert [(entry.kind, entry.subject) for entry in changes(root)] == [
        ("amended", "lv-2018-03-09"),
        ("confirmed", "lv-2018-08-17"),
    ]
    assert find(root).plan(at("2018-01-21")).session("lv-2018-03-09").date.date == dt.date(2018, 3, 16)
    kept = {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    words = [word.encode() for word in ("Leuchtturm", "Kanarienv", json.dumps("Kanarienvögel")[1:-1])]
    assert [name for name, data in kept.items() if any(word in data for word in words)] == []
    with closing(sqlite3.connect(home / "prefect.db")) as database:
        names = database.execute("SELECT name, state_type FROM flow_run ORDER BY created").fetchall()
    assert names == [
        ("Termin bestätigen oder verlegen · lv-2018-03-09", "FAILED"),
        ("Termin bestätigen oder verlegen · lv-2018-03-09", "FAILED"),
        ("Termin bestätigen oder verlegen · lv-2018-03-09", "COMPLETED"),
        ("Termin bestätigen oder verlegen · lv-2018-08-17", "COMPLETED"),
    ]
