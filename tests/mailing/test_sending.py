"""Letters that were released reach each person once, whatever the mail server does; what nobody can know is asked, not guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from staffelstab.errors import RecordError
from staffelstab.people.contact import Contact
from staffelstab.publishing.outbox.deliveries import GAPS
from staffelstab.service.sending import conclude, is_anything_due, preview, release, released, send, take_back
from staffelstab.service.sent_letters import Kept, letters, mark_sent
from staffelstab.workspace import create, find
from tests.conftest import at
from tests.mailing.conftest import CALLED, hold, on, post
from tests.mailing.mail_server import MailServer, mail_server
from tests.service.small_folder import run_at
from tests.year import PARTY

CALL = "call:call-1"
Through = Callable[[MailServer], None]


def person(name: str) -> Contact:
    return Contact(name.title(), mail=f"{name}@example.org")


def states(root: Path, moment: str = CALLED, letter: str = CALL) -> Counter[str]:
    return Counter(item.state for item in released(on(root, moment))[letter].deliveries)


def journal(root: Path, kind: str) -> int:
    with find(root).open(read_only=True) as ledger:
        assert ledger.verify() == []
        return len(ledger.entries(kind))


def test_each_person_gets_one_mail_of_their_own(root: Path, through: Through) -> None:
    hold(
        root, [("lv-beisitz-01", person("eins")), ("lv-beisitz-02", person("zwei")), ("lv-beisitz-03", person("eins"))]
    )
    post(root)
    meant = preview(on(root, CALLED), CALL)
    assert [(item.contact.name, len(item.offices)) for item in meant.people] == [("Eins", 2), ("Zwei", 1)]
    assert "unknown" in {item.why for item in meant.unreached}
    with mail_server() as server:
        through(server)
        assert send(on(root, CALLED)).results == {}, "nothing leaves before somebody has released it"
        release(on(root, CALLED), CALL)
        assert send(on(root, CALLED)).results == {"sent": 2}
        assert send(on(root, CALLED)).results == {}, "nobody gets it twice"
        assert sorted(address for address, _ in server.taken) == ["eins@example.org", "zwei@example.org"]
        [mail] = server.mails("eins@example.org")
    assert str(mail["to"]) == "Eins <eins@example.org>"
    assert str(mail["from"]).endswith("<koordination@example.org>")
    assert "zwei" not in str(mail)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["timetable.ics"]
    assert "14. Januar 2018" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # there is one
    [kept] = [item for item in _letters(root) if item.key == CALL]
    assert kept.state == "sent"


def _letters(root: Path, moment: str = CALLED) -> tuple[Kept, ...]:
    run = on(root, moment)
    with run.workspace.open(read_only=True) as ledger:
        return letters(run, ledger)


def test_what_a_server_defers_comes_later_under_the_same_id(root: Path, through: Through) -> None:
    hold(
        root,
        [("lv-beisitz-01", person("greylisted")), ("lv-beisitz-02", person("full")), ("lv-beisitz-03", person("zwei"))],
    )
    post(root)
    with mail_server() as server:
        through(server)
        release(on(root, CALLED), CALL)
        assert send(on(root, CALLED)).results == {"later": 2, "sent": 1}
        assert send(on(root, "2017-12-20 07:10")).results == {}, "not before its time"
        server.answers.clear()
        assert send(on(root, "2017-12-20 07:20")).results == {"sent": 2}
        assert len(server.taken) == 3


def test_a_server_that_never_takes_it_is_asked_a_few_days_and_then_a_person_is(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("greylisted"))])
    post(root)
    now = at(CALLED)
    with mail_server() as server:
        through(server)
        release(on(root, CALLED), CALL)
        for gap in GAPS:
            assert send(on(root, f"{now:%Y-%m-%d %H:%M}")).results == {"later": 1}
            now += gap
        assert send(on(root, f"{now:%Y-%m-%d %H:%M}")).results == {"later": 1}
        assert states(root, f"{now:%Y-%m-%d %H:%M}") == {"refused": 1}
    assert (now - at(CALLED)).days >= 4


def test_what_is_refused_for_good_is_not_tried_again(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("gone")), ("lv-beisitz-02", person("zwei"))])
    post(root)
    with mail_server() as server:
        through(server)
        release(on(root, CALLED), CALL)
        assert send(on(root, CALLED)).results == {"refused": 1, "sent": 1}
        server.answers.clear()
        assert send(on(root, "2017-12-25 07:00")).results == {}
        refused = next(item for item in released(on(root, CALLED))[CALL].deliveries if item.state == "refused")
        assert refused.code == 550
        conclude(on(root, "2017-12-25 08:00"), CALL, refused.person, "later")
        assert send(on(root, "2017-12-25 08:30")).results == {"sent": 1}, "somebody has mended the address"


@pytest.mark.parametrize("kept", [True, False])
def test_a_line_that_is_cut_after_the_last_word_is_asked_about(root: Path, through: Through, kept: bool) -> None:
    hold(root, [("lv-beisitz-01", person("cut")), ("lv-beisitz-02", person("zwei"))])
    post(root)
    with mail_server(MailServer(cut={"cut"}, keeps_what_it_cuts=kept)) as server:
        through(server)
        release(on(root, CALLED), CALL)
        first = send(on(root, CALLED)).results
        assert first == {"unknown": 1}, "after the line has broken nothing more was tried on it"
        assert send(on(root, "2017-12-20 09:00")).results == {"sent": 1}
        assert states(root, "2017-12-20 09:00") == Counter(unknown=1, sent=1)
        assert send(on(root, "2017-12-30 09:00")).results == {}, "nobody guesses"
        unknown = next(item for item in released(on(root, CALLED))[CALL].deliveries if item.state == "unknown")
        server.cut.clear()
        conclude(on(root, "2017-12-30 10:00"), CALL, unknown.person, "sent" if kept else "later")
        assert send(on(root, "2017-12-30 10:00")).results == ({} if kept else {"sent": 1})
        assert [address for address, _ in server.taken].count("cut@example.org") == 1


def test_a_server_that_is_away_is_a_sentence_and_everything_stays_due(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("eins"))])
    post(root)
    release(on(root, CALLED), CALL)
    with mail_server() as server:
        through(server)
    done = send(on(root, CALLED))
    assert done.problem is not None
    assert done.problem.key == "mailing.error.unreachable"
    assert states(root) == {"to_send": 1}
    with mail_server(server, server.port):
        assert send(on(root, CALLED)).results == {"sent": 1}
    assert len(server.taken) == 1


def test_a_crash_between_attempt_and_answer_leaves_a_question(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("eins"))])
    post(root)
    release(on(root, CALLED), CALL)
    run = on(root, CALLED)
    with mail_server() as server:
        through(server)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("staffelstab.service.sending._note", _dies)
            with pytest.raises(KeyboardInterrupt):
                send(run)
        assert states(root) == {"unknown": 1}
        assert send(on(root, "2017-12-21 07:00")).results == {}
        assert len(server.taken) == 1


def _dies(*_: object) -> None:
    raise KeyboardInterrupt


def test_who_wants_post_gets_it_by_post(root: Path, through: Through) -> None:
    paper = Contact("Karl Klein", post=("Weg 1", "09111 Chemnitz"), way="post")
    hold(root, [("lv-beisitz-01", paper), ("lv-beisitz-02", person("zwei"))])
    post(root)
    with mail_server() as server:
        through(server)
        release(on(root, CALLED), CALL)
        assert send(on(root, CALLED)).results == {"sent": 1}
    [waiting] = [item for item in released(on(root, CALLED))[CALL].deliveries if item.state == "to_post"]
    assert next(item for item in _letters(root) if item.key == CALL).state == "lying"
    conclude(on(root, "2017-12-21 15:00"), CALL, waiting.person, "posted")
    send(on(root, "2017-12-21 15:01"))
    assert states(root, "2017-12-22 07:00") == Counter(sent=1, posted=1)


def test_an_office_that_changes_hands_is_written_to_as_it_is_held_on_the_day(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("eins"))])
    post(root)
    release(on(root, CALLED), CALL)
    hold(root, [("lv-beisitz-01", None), ("lv-beisitz-02", person("zwei"))], "2017-12-20 08:00")
    with mail_server() as server:
        through(server)
        send(on(root, "2017-12-20 09:00"))
        assert [address for address, _ in server.taken] == ["zwei@example.org"], "the first office is vacant by now"


def test_what_has_not_left_can_be_kept_back(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("greylisted")), ("lv-beisitz-02", person("zwei"))])
    post(root)
    with mail_server() as server:
        through(server)
        release(on(root, CALLED), CALL)
        send(on(root, CALLED))
        take_back(on(root, "2017-12-20 07:05"), CALL)
        server.answers.clear()
        assert send(on(root, "2017-12-21 07:00")).results == {}
        assert states(root, "2017-12-21 07:00") == Counter(sent=1, withdrawn=1)


def test_nothing_leaves_a_rehearsal(tmp_path: Path) -> None:
    root = create(PARTY, tmp_path / "probe", now=at("2017-12-15 20:00"), seed="probe").root
    hold(root, [("lv-beisitz-01", person("eins"))])
    post(root)
    with pytest.raises(RecordError, match="rehearsal"):
        release(run_at(root, CALLED), CALL)


def test_no_name_and_no_address_stands_in_the_journal(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", Contact("Erika Zaunkönig", mail="zaunkoenig@example.org", post=("Drosselweg 7",)))])
    post(root)
    with mail_server() as server:
        through(server)
        release(on(root, CALLED), CALL)
        send(on(root, CALLED))
    with find(root).open(read_only=True) as ledger:
        told = " ".join(f"{entry.key} {entry.subject} {entry.facts}" for entry in ledger.entries())
    for word in ("Zaunkönig", "zaunkoenig", "example.org", "Drosselweg"):
        assert word not in told


def test_a_pass_and_a_command_at_once_send_it_once(root: Path, through: Through) -> None:
    """The pass began earlier and looks later: what was entered meanwhile, it sees."""
    hold(root, [("lv-beisitz-01", person("eins")), ("lv-beisitz-02", person("zwei"))])
    post(root)
    release(on(root, CALLED), CALL)
    began = on(root, "2017-12-20 07:02")
    with mail_server() as server:
        through(server)
        assert send(on(root, "2017-12-20 07:05")).results == {"sent": 2}
        assert send(replace(began, workspace=began.workspace.in_a_pass)).results == {}
        assert len(server.taken) == 2


def test_what_is_kept_back_while_a_pass_is_under_way_does_not_leave(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("eins")), ("lv-beisitz-02", person("zwei"))])
    post(root)
    release(on(root, CALLED), CALL)
    began = on(root, "2017-12-20 07:02")
    take_back(on(root, "2017-12-20 07:03"), CALL)
    with mail_server() as server:
        through(server)
        assert send(replace(began, workspace=began.workspace.in_a_pass)).results == {}
        assert server.taken == []


def test_kept_back_in_the_middle_of_a_round_the_rest_stays(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("eins")), ("lv-beisitz-02", person("zwei"))])
    post(root)
    release(on(root, CALLED), CALL)
    with mail_server() as server:
        through(server)
        server.meanwhile = lambda: take_back(on(root, "2017-12-20 07:01"), CALL)
        assert send(on(root, CALLED)).results == {"sent": 1}
    assert states(root, "2017-12-20 07:02") == Counter(sent=1, withdrawn=1)


def test_released_again_it_reaches_those_who_have_not_got_it(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("greylisted")), ("lv-beisitz-02", person("zwei"))])
    post(root)
    with mail_server() as server:
        through(server)
        release(on(root, CALLED), CALL)
        assert send(on(root, CALLED)).results == {"later": 1, "sent": 1}
        take_back(on(root, "2017-12-20 08:00"), CALL)
        server.answers.clear()
        release(on(root, "2017-12-20 09:00"), CALL)
        assert send(on(root, "2017-12-20 09:01")).results == {"sent": 1}
        assert sorted(address for address, _ in server.taken) == ["greylisted@example.org", "zwei@example.org"]


def test_what_somebody_has_sent_by_hand_does_not_leave_again(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("eins"))])
    post(root)
    release(on(root, CALLED), CALL)
    mark_sent(on(root, "2017-12-20 07:30"), CALL)
    with mail_server() as server:
        through(server)
        assert send(on(root, "2017-12-20 08:00")).results == {}
        with pytest.raises(RecordError, match="sent_by_hand"):
            release(on(root, "2017-12-20 08:00"), "call:call-1")


def test_a_person_without_an_address_is_told_as_such_and_can_be_written_to_later(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("eins")), ("lv-beisitz-02", person("zwei"))])
    post(root)
    release(on(root, CALLED), CALL)
    with mail_server() as server:
        through(server)
        server.answers["eins"] = "451 later"
        send(on(root, CALLED))
        hold(root, [("lv-beisitz-01", Contact("Eins", post=("Weg 1", "01067 Dresden")))], "2017-12-20 07:10")
        assert send(on(root, "2017-12-20 07:30")).results == {"no_address": 1}
        server.answers.clear()
        hold(root, [("lv-beisitz-01", person("eins"))], "2017-12-20 08:00")
        [one] = [item for item in released(on(root, "2017-12-20 08:00"))[CALL].deliveries if item.state == "no_address"]
        conclude(on(root, "2017-12-20 08:10"), CALL, one.person, "later")
        assert send(on(root, "2017-12-20 08:11")).results == {"sent": 1}


def test_after_the_last_deferral_a_person_can_have_it_tried_again(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("greylisted"))])
    post(root)
    now = at(CALLED)
    with mail_server() as server:
        through(server)
        release(on(root, CALLED), CALL)
        for gap in (*GAPS, GAPS[-1]):
            send(on(root, f"{now:%Y-%m-%d %H:%M}"))
            now += gap
        [one] = released(on(root, f"{now:%Y-%m-%d %H:%M}"))[CALL].deliveries
        assert one.state == "refused"
        conclude(on(root, f"{now:%Y-%m-%d %H:%M}"), CALL, one.person, "later")
        assert send(on(root, f"{now:%Y-%m-%d %H:%M}")).results == {"later": 1}
        server.answers.clear()
        now += GAPS[0]
        assert send(on(root, f"{now:%Y-%m-%d %H:%M}")).results == {"sent": 1}


def test_a_letter_that_reaches_nobody_is_not_released(root: Path) -> None:
    post(root)
    with pytest.raises(RecordError, match="nobody"):
        release(on(root, CALLED), CALL)


def test_who_becomes_reachable_later_is_not_written_to_by_surprise(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("eins"))])
    post(root)
    release(on(root, CALLED), CALL)
    with mail_server() as server:
        through(server)
        send(on(root, CALLED))
        hold(root, [("lv-beisitz-02", person("zwei"))], "2018-01-03 07:00")
        assert send(on(root, "2018-01-04 07:00")).results == {}


def test_an_answer_that_says_neither_yes_nor_no_is_asked_about(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("eins"))])
    post(root)
    release(on(root, CALLED), CALL)
    with mail_server() as server:
        through(server)
        server.said = "hello"
        assert send(on(root, CALLED)).results == {"unknown": 1}
        assert send(on(root, "2017-12-21 07:00")).results == {}


def test_an_older_ledger_put_back_makes_open_deliveries_a_question(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("greylisted")), ("lv-beisitz-02", person("zwei"))])
    post(root)
    with mail_server() as server:
        through(server)
        release(on(root, CALLED), CALL)
        send(on(root, CALLED))
        run = on(root, "2017-12-21 07:00")
        with run.workspace.open() as ledger:
            ledger.append("restored", at=run.now, office=run.office)
        server.answers.clear()
        assert send(on(root, "2017-12-22 07:00")).results == {}
        assert states(root, "2017-12-22 07:00") == Counter(sent=1, unknown=1)


def test_between_the_passes_what_is_due_is_looked_after_for_an_hour(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", person("greylisted"))])
    post(root)
    release(on(root, CALLED), CALL)
    assert not is_anything_due(on(root, "2017-12-20 07:06")), "there is no mail server"
    with mail_server() as server:
        through(server)
        minutes = {"07:04": False, "07:05": True, "08:00": True, "08:01": False}
        assert {time: is_anything_due(on(root, f"2017-12-20 {time}")) for time in minutes} == minutes
        send(on(root, "2017-12-20 07:10"))
        minutes = {"07:20": False, "07:25": True, "08:25": True, "08:26": False}
        assert {time: is_anything_due(on(root, f"2017-12-20 {time}")) for time in minutes} == minutes
        server.answers.clear()
        assert send(on(root, "2017-12-20 07:30")).results == {"sent": 1}
        assert not is_anything_due(on(root, "2017-12-20 07:31"))


def test_a_letter_for_more_than_a_hundred_reaches_all_of_them(
    root: Path, through: Through, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said of a limit of two, which the thirty members of the board exceed."""
    monkeypatch.setattr("staffelstab.service.correspondence.MOST", 2)
    hold(root, [(f"lv-beisitz-0{n}", person(f"person{n}")) for n in range(1, 6)])
    post(root, "2018-01-08 07:00")
    reminder = next(item.key for item in _letters(root, "2018-01-08 07:00") if item.occasion == "reminder")
    release(on(root, "2018-01-08 07:00"), reminder)
    with mail_server() as server:
        through(server)
        assert send(on(root, "2018-01-08 07:10")).results == {"sent": 5}


def test_one_address_that_no_mail_can_bear_holds_up_no_other(root: Path, through: Through) -> None:
    hold(root, [("lv-beisitz-01", Contact("Eins", mail="eins.@example.org")), ("lv-beisitz-02", person("zwei"))])
    post(root)
    release(on(root, CALLED), CALL)
    with mail_server() as server:
        through(server)
        assert send(on(root, CALLED)).results == {"no_address": 1, "sent": 1}


def test_two_people_with_one_mailbox_are_two_people(root: Path, through: Through) -> None:
    family = [
        ("lv-beisitz-01", Contact("Anna Alt", mail="alt@example.org")),
        ("lv-beisitz-02", Contact("Bert Alt", mail="alt@example.org")),
    ]
    hold(root, family)
    post(root)
    release(on(root, CALLED), CALL)
    with mail_server() as server:
        through(server)
        assert send(on(root, CALLED)).results == {"sent": 2}
        assert sorted(str(mail["to"]) for mail in server.mails("alt@example.org")) == [
            "Anna Alt <alt@example.org>",
            "Bert Alt <alt@example.org>",
        ]
