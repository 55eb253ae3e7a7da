"""The outbox: what lies there, each letter whole, and that one was sent is an entry that can be taken back; nothing is lost."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from commands.main import main
from staffelstab.errors import RecordError
from staffelstab.publishing.artifacts.todo import KINDS, todo
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.publishing.outbox.stored_letters import letter_in
from staffelstab.publishing.outbox.writing import WIDTH, unwrapped, wrapped
from staffelstab.service.decide import record_decision
from staffelstab.service.sent_letters import letters, mark_sent
from staffelstab.workspace import SEED, find
from tests.pages.conftest import Pages, pages_of
from tests.pages.reading import hidden
from tests.service.small_folder import folder, run_at
from tests.year import DirectExecutor

MORNING = "2018-01-19 07:00"
PAPER = "papers-lv-2018-01-19"


def text(page: str) -> str:
    """What one reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in whose outbox letters lie: the call, a reminder, a paper with enclosures."""
    root = folder(tmp_path_factory.mktemp("outbox") / "akte")
    for moment in ("2018-01-07 07:00", "2018-01-17 07:00", MORNING):
        DirectExecutor(printed=moment != MORNING).daily_pass(str(root), run_at(root, moment).now)
    return root


@pytest.fixture
def pages(drafted: Path, tmp_path: Path) -> Pages:
    """The pages of a copy of it."""
    return pages_of(Path(shutil.copytree(drafted, tmp_path / "akte")), MORNING)


def lying(pages: Pages) -> int:
    """How many letters `staffelstab status` says to be waiting."""
    run = run_at(pages.root, MORNING)
    with run.workspace.open(read_only=True) as ledger:
        found = todo(run.plan, run.now, ledger.entries(*KINDS), look(run.workspace))
    said = next((item.text for item in found if item.key == "letters"), "liegt 0")
    return int(re.findall(r"\b(\d+) Brief|liegt (0)", said)[0][0] or 0)


def press(pages: Pages) -> str:
    """What is shown after the button on the letter's page was pressed."""
    return pages.send(f"outbox/{PAPER}", **hidden(pages.open(f"outbox/{PAPER}")))


def entered(pages: Pages) -> int:
    """How often somebody has entered of a letter that it was sent, or that it was not."""
    with find(pages.root).open(read_only=True) as ledger:
        return len(ledger.entries("sent"))


def test_letters_are_shown_by_occasion_with_whom_and_since_when(pages: Pages) -> None:
    said = text(pages.open("outbox"))
    assert f"{lying(pages)} Briefe warten hier darauf, verschickt zu werden" in said
    assert "Aufrufe Call for Papers: Beiträge bitte bis 14. Januar 2018 An: Landesvorstand" in said
    assert "liegt hier seit dem 17. Januar 2018, seit 2 Tagen" in said
    assert "Fraktionsvorstand der Fraktion DIE LINKE im Sächsischen Landtag und 6 weitere" in said


def test_a_letter_is_read_whole_and_its_enclosures_are_saved(pages: Pages) -> None:
    said = text(pages.open(f"outbox/{PAPER}"))
    assert "An Landesvorstand Von Wahlkampfmanager" in said
    assert "für die nächste Beratung liegt die Vorlage bei." in said
    paper = pages.browser.get(f"/{pages.plan}/outbox/{PAPER}/1")
    assert paper.headers["content-disposition"] == 'attachment; filename="dossier.pdf"'
    assert paper.content == (pages.root / "sessions/2018-01-19/dossier.pdf").read_bytes()
    mail = pages.browser.get(f"/{pages.plan}/outbox/{PAPER}/mail")
    assert mail.content == next((pages.root / "outbox").glob(f"*-{PAPER}.eml")).read_bytes()
    for part in ("0", "9", "x", "²", "../../ledger.db", "mail.eml"):
        assert pages.browser.get(f"/{pages.plan}/outbox/{PAPER}/{part}").status_code == 404
    assert pages.browser.get(f"/{pages.plan}/outbox/nothing").status_code == 404


def test_that_a_letter_was_sent_is_entered_and_its_draft_kept_and_both_can_be_undone(pages: Pages) -> None:
    before, draft = lying(pages), next((pages.root / "outbox").glob(f"*-{PAPER}.eml"))
    bytes_before = draft.read_bytes()
    assert "Eingetragen: Der Brief ist verschickt." in text(press(pages))
    assert lying(pages) == before - 1
    assert (pages.root / "outbox/sent" / draft.name).read_bytes() == bytes_before
    assert "verschickt; eingetragen am 19. Januar 2018, 07:00 Uhr im Namen von: Wahlkampfmanager" in text(
        pages.open(f"outbox/{PAPER}")
    )
    assert "Der Brief ist doch nicht verschickt" in text(press(pages))
    assert lying(pages) == before
    assert draft.read_bytes() == bytes_before
    with find(pages.root).open(read_only=True) as ledger:
        assert [(entry.subject, entry.facts["undone"]) for entry in ledger.entries("sent")] == [
            ("papers:lv-2018-01-19", False),
            ("papers:lv-2018-01-19", True),
        ]
        assert ledger.verify() == []


def test_pressed_twice_it_is_one_entry(pages: Pages) -> None:
    for after in (1, 2):
        sent = hidden(pages.open(f"outbox/{PAPER}"))
        for _ in range(2):
            assert 'role="alert"' not in pages.send(f"outbox/{PAPER}", **sent)
        assert entered(pages) == after


@pytest.mark.attack("C5")
def test_nothing_is_entered_of_a_letter_while_the_clock_is_in_doubt(pages: Pages) -> None:
    (pages.root / SEED).unlink()  # of a rehearsal no clock is in doubt
    late = pages_of(pages.root, "2018-04-19 09:00")
    said = press(late)
    assert "Die Uhr steht auf 19. April 2018, 09:00 Uhr" in text(said)
    assert "Ist verschickt" in text(said), "the letter is still there, to be entered once the clock is known"
    assert entered(pages) == 0
    assert next((pages.root / "outbox").glob(f"*-{PAPER}.eml")).is_file()


def test_what_somebody_entered_meanwhile_is_looked_at_first(pages: Pages) -> None:
    sent = hidden(pages.open(f"outbox/{PAPER}"))
    record_decision(run_at(pages.root, "2018-01-19 21:00"), "lv-2018-01-19", "noted")
    later = pages_of(pages.root, "2018-01-19 21:30")
    assert "Inzwischen ist etwas eingetragen worden" in text(later.send(f"outbox/{PAPER}", **sent))
    assert entered(pages) == 0
    assert "Eingetragen: Der Brief ist verschickt." in text(press(later))


def test_a_letter_that_was_sent_is_not_drafted_again(pages: Pages) -> None:
    press(pages)
    DirectExecutor().daily_pass(str(pages.root), run_at(pages.root, "2018-01-20 07:00").now)
    assert not list((pages.root / "outbox").glob(f"*-{PAPER}.eml"))


def test_a_crash_between_entry_and_move_leaves_a_letter_that_still_waits(pages: Pages) -> None:
    before = lying(pages)
    press(pages)
    moved = next((pages.root / "outbox/sent").glob("*.eml"))
    moved.rename(pages.root / "outbox" / moved.name)
    assert lying(pages) == before
    assert "liegt im Postausgang" in text(pages.open(f"outbox/{PAPER}"))
    press(pages)
    assert moved.is_file()
    with find(pages.root).open(read_only=True) as ledger:
        assert len(ledger.entries("sent")) == 1


def test_a_draft_is_never_written_over(pages: Pages) -> None:
    draft = next((pages.root / "outbox").glob(f"*-{PAPER}.eml"))
    other = pages.root / "outbox/sent" / draft.name
    other.parent.mkdir()
    other.write_bytes(b"From: somebody\r\n\r\nAnother one")
    press(pages)
    assert draft.is_file()
    assert other.read_bytes().endswith(b"Another one")


def test_one_that_was_taken_out_by_hand_is_told_as_such(pages: Pages) -> None:
    next((pages.root / "outbox").glob(f"*-{PAPER}.eml")).unlink()
    said = text(pages.open("outbox"))
    assert "aus dem Ordner herausgenommen; entworfen am 17. Januar 2018" in said
    assert "Der Wortlaut ist nicht mehr hier" in text(pages.open(f"outbox/{PAPER}"))
    assert pages.browser.get(f"/{pages.plan}/outbox/{PAPER}/mail").status_code == 404


def test_what_nobody_knows_is_refused_and_nothing_entered(pages: Pages) -> None:
    run = run_at(pages.root, MORNING)
    for letter, by, undo in (("nothing", "", False), (PAPER, "nobody", False), (PAPER, "", True)):
        with pytest.raises(RecordError):
            mark_sent(run, letter, by, undo=undo)
    with run.workspace.open(read_only=True) as ledger:
        assert ledger.entries("sent") == []
        assert all(letter.state == "lying" for letter in letters(run, ledger))


MIXED = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
HOSTILE = (
    b"",
    b"Subject: =?utf-8?q?=E2=80=AEevil?=\r\nTo: <script>alert(1)</script>\r\n\r\n<b>\x00\x07</b>",
    b"From: :;\r\nTo: ;;;:,<,>\r\nSubject: " + b"a" * 200_000 + b"\r\n\r\nx",
    MIXED + b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe\r\n--x--",
    b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n@@@@",
    MIXED
    + b"\r\nA\r\n--x\r\n"
    + b'Content-Disposition: attachment; filename="../../a\r\n b.html"\r\n\r\n<script>\r\n--x--',
    MIXED + b"Content-Type: message/rfc822\r\n\r\n--x\r\n" * 500,
)


@pytest.mark.parametrize("mail", HOSTILE)
def test_whatever_somebody_makes_of_a_draft_the_pages_stand(pages: Pages, mail: bytes) -> None:
    draft = next((pages.root / "outbox").glob(f"*-{PAPER}.eml"))
    draft.write_bytes(mail)
    for path in ("outbox", f"outbox/{PAPER}"):
        page = pages.open(path)
        assert "<script>" not in page
        assert "\u202e" not in page
    enclosed = pages.browser.get(f"/{pages.plan}/outbox/{PAPER}/1")
    assert enclosed.status_code in (200, 404)
    assert "sandbox" in enclosed.headers["content-security-policy"] or enclosed.status_code == 404


def test_a_link_in_the_outbox_is_not_followed(pages: Pages, tmp_path: Path) -> None:
    draft = next((pages.root / "outbox").glob(f"*-{PAPER}.eml"))
    draft.unlink()
    secret = tmp_path / "secret.eml"
    secret.write_bytes(b"Subject: geheim\r\n\r\ngeheim")
    draft.symlink_to(secret)
    assert "geheim" not in pages.open("outbox") + pages.open(f"outbox/{PAPER}")
    assert pages.browser.get(f"/{pages.plan}/outbox/{PAPER}/mail").status_code == 404


def test_a_letter_reads_as_it_was_before_its_lines_were_broken(drafted: Path) -> None:
    for path in sorted((drafted / "outbox").glob("*.eml")):
        whole = letter_in(path)
        assert whole is not None
        assert wrapped(unwrapped(whole.text)) == whole.text.rstrip() + "\n"
        assert max(map(len, unwrapped(whole.text).split("\n"))) > WIDTH


def test_a_line_that_begins_with_a_label_stays_a_line() -> None:
    full = "Beiträge bitte an: das Büro " + "x" * (WIDTH - 40)
    assert unwrapped(f"{full}\nEinsendeschluss: 14. Januar\n") == f"{full}\nEinsendeschluss: 14. Januar\n"
    assert unwrapped(f"{full}\neinsendeschlussartig lang") == f"{full} einsendeschlussartig lang"


def test_the_command_enters_the_same(pages: Pages, capsys: pytest.CaptureFixture[str]) -> None:
    file = next((pages.root / "outbox").glob(f"*-{PAPER}.eml")).name
    asked = ["record", "sent", file, str(pages.root), "--by", "Wahlkampfmanager", "--now", MORNING]
    assert main(asked) == 0
    assert f"Eingetragen: {PAPER} ist verschickt." in capsys.readouterr().out
    assert "verschickt; eingetragen am 19. Januar 2018" in text(pages.open(f"outbox/{PAPER}"))
    assert main([*asked, "--undo"]) == 0
    assert main([*asked, "--undo"]) == 3
    assert "hat niemand eingetragen" in capsys.readouterr().err
