"""What a run says of itself at its end: in words, with what binds, whose it is, and until when (U17)."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from flows.analysis import analysis
from flows.call import call
from flows.daily_pass import daily_pass
from flows.decision import decision
from staffelstab.service.pass_work import StateText
from tasks.begin import working_in
from tests.conftest import at
from tests.service.small_folder import folder
from tests.year import PARTY, DirectExecutor, markdown_drafts


def of_pass(root: Path, moment: str) -> StateText:
    with working_in(root), markdown_drafts():
        told = daily_pass.fn(at(moment)).told
    assert told is not None
    return told


def test_a_phase_that_waits_says_for_what_and_who_is_in_charge(tmp_path: Path) -> None:
    root = folder(tmp_path / "akte", PARTY)
    DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))
    with working_in(root), markdown_drafts():
        told = call.fn(0, at("2018-01-10 08:00")).told
    assert told == StateText("wartet auf die Sitzung", "Zuständig: Wahlkampfmanager, bis 14. Januar 2018.")


def test_binding_gaps_stand_in_the_name_and_are_named(tmp_path: Path) -> None:
    root = folder(tmp_path / "akte", PARTY)
    DirectExecutor().daily_pass(str(root), at("2018-03-05 07:00"))
    with working_in(root), markdown_drafts():
        told = analysis.fn(1, at("2018-03-05 08:00")).told
    assert told is not None
    assert told.name.endswith("Pflichten offen")
    assert told.sentence.startswith(f"{told.name.split()[0]} Pflichten sind offen: ")
    assert told.sentence.endswith("Zuständig: Wahlkampfmanager, bis 9. März 2018.")


def test_a_result_that_nobody_has_entered_is_waited_for_in_words(tmp_path: Path) -> None:
    root = folder(tmp_path / "akte", PARTY)
    DirectExecutor().daily_pass(str(root), at("2018-01-22 07:00"))
    with working_in(root), markdown_drafts():
        before = call.fn(0, at("2018-01-22 08:00")).told
        entered = decision.fn("lv-2018-01-19", "noted", now=at("2018-01-22 09:00")).told
        after = call.fn(0, at("2018-01-22 10:00")).told
    assert before is not None
    assert before.name == "wartet auf das Ergebnis der Sitzung"
    assert entered == StateText("eingetragen")
    assert after is not None
    assert after.name == "übergeben"


def test_a_session_whose_day_nobody_has_settled_is_not_said_to_have_met(tmp_path: Path) -> None:
    place = Path(shutil.copytree(PARTY, tmp_path / "plan"))
    plan = (place / "plan.toml").read_text(encoding="utf-8")
    assumed = 'date = { date = 2018-01-19, status = "assumed", note = "Angenommen." }'
    changed = re.sub(
        r"(id = \"lv-2018-01-19\"\n(?:.*\n)*?)date = 2018-01-19$", rf"\1{assumed}", plan, count=1, flags=re.M
    )
    assert changed != plan
    (place / "plan.toml").write_text(changed, encoding="utf-8")
    root = folder(tmp_path / "akte", place)
    DirectExecutor().daily_pass(str(root), at("2018-01-22 07:00"))
    with working_in(root), markdown_drafts():
        told = call.fn(0, at("2018-01-22 08:00")).told
    assert told is not None
    assert told.name == "1 Pflicht offen", "which day it is has to be settled; that the session has met nobody knows"


def test_a_pass_says_whether_anything_is_to_be_done(tmp_path: Path) -> None:
    root = folder(tmp_path / "akte", PARTY)
    told = of_pass(root, "2018-01-22 07:00")
    assert told.name == "es ist etwas zu tun"
    assert "Ergebnis der Sitzung vom 19. Januar 2018 eintragen." in told.sentence
    for letter in (root / "outbox").glob("*.eml"):
        letter.unlink()
    with working_in(root):
        decision.fn("lv-2018-01-19", "noted", now=at("2018-01-22 09:00"))
    of_pass(root, "2018-01-22 10:00")
    for letter in (root / "outbox").glob("*.eml"):
        letter.unlink()
    calm = of_pass(root, "2018-01-23 07:00")
    assert calm.sentence, "what comes next is told on a calm day too"
