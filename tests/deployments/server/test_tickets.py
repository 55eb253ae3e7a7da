"""A ticket works once and for ten minutes; a session ends by itself, by signing out, and with its server."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from deployments.server.tickets import (
    KEY_FILE,
    MOST_COOKIES,
    SESSION_SECONDS,
    TICKET_SECONDS,
    Session,
    Sessions,
    basic,
    cookies_in,
    credential_in,
    kept_key,
    link_of,
    ticket,
)
from staffelstab.errors import StaffelstabError

KEY, OTHER = bytes(32), bytes(31) + b"\1"
NOW = 1_800_000_000.0
pytestmark = pytest.mark.attack("C1")


class Clock:
    """Seconds that a test moves on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(KEY, clock)


def signed_in(sessions: Sessions) -> Session:
    session = sessions.sign_in(ticket(KEY, NOW))
    assert session is not None
    return session


def test_pages_open_for_their_own_cookie_only(sessions: Sessions, clock: Clock) -> None:
    one, other = signed_in(sessions), signed_in(sessions)
    assert sessions.opens(one.place, one.cookie)
    assert not sessions.opens(one.place, other.cookie)
    assert not sessions.opens(one.place, "")
    assert not sessions.opens("", "")
    assert not sessions.opens("unknown", one.cookie)
    sessions.leave(one.place)
    sessions.leave("unknown")
    assert not sessions.opens(one.place, one.cookie)
    assert not sessions.knows(one.credential)
    assert sessions.opens(other.place, other.cookie)
    clock.now += SESSION_SECONDS
    assert not sessions.opens(other.place, other.cookie)


def test_a_session_that_signs_out_of_prefect_has_no_pages_left(sessions: Sessions) -> None:
    session = signed_in(sessions)
    sessions.sign_out(session.credential)
    assert not sessions.opens(session.place, session.cookie)


def test_a_cookie_is_read_among_others() -> None:
    assert cookies_in([(b"cookie", b"a=b; staffelstab=abc"), (b"cookie", b"c=d")]) == ("abc",)
    assert cookies_in([(b"cookie", b"staffelstabs=abc"), (b"accept", b"staffelstab=abc")]) == ()


def test_a_cookie_that_another_port_has_set_locks_nobody_out(sessions: Sessions) -> None:
    session = signed_in(sessions)
    said = f"staffelstab=foreign; staffelstab={session.cookie}".encode()
    assert sessions.opens(session.place, *cookies_in([(b"cookie", said)]))
    assert not sessions.opens(session.place, *cookies_in([(b"cookie", b"staffelstab=a; staffelstab=b")]))
    assert len(cookies_in([(b"cookie", b"staffelstab=a; " * 1000)])) == MOST_COOKIES


def test_a_ticket_works_once(sessions: Sessions) -> None:
    given = ticket(KEY, NOW)
    session = sessions.sign_in(given)
    assert session is not None
    assert sessions.knows(session.credential)
    assert sessions.opens(session.place, session.cookie)
    assert sessions.sign_in(given) is None


def test_every_session_has_a_credential_of_its_own(sessions: Sessions) -> None:
    assert sessions.sign_in(ticket(KEY, NOW)) != sessions.sign_in(ticket(KEY, NOW))


def test_a_ticket_ends_after_ten_minutes(sessions: Sessions, clock: Clock) -> None:
    early, late = ticket(KEY, NOW), ticket(KEY, NOW)
    clock.now += TICKET_SECONDS - 1
    assert sessions.sign_in(early)
    clock.now += 1
    assert sessions.sign_in(late) is None


def test_a_used_ticket_stays_used_until_its_end(sessions: Sessions, clock: Clock) -> None:
    given = ticket(KEY, NOW)
    sessions.sign_in(given)
    clock.now += TICKET_SECONDS - 1
    sessions.sign_in(ticket(KEY, clock.now))
    assert sessions.sign_in(given) is None


def test_a_forged_ticket_opens_nothing(sessions: Sessions) -> None:
    forged = ["", "x", "é", "AAAA", "=" * 72, "A" * 76, ticket(OTHER, NOW), ticket(KEY, NOW)[:-4]]
    assert [given for given in forged if sessions.sign_in(given)] == []


def test_one_flipped_bit_anywhere_makes_a_ticket_worthless(sessions: Sessions) -> None:
    given = ticket(KEY, NOW)
    for place, sign in enumerate(given.rstrip("=")[:-1]):
        assert sessions.sign_in(f"{given[:place]}{'A' if sign != 'A' else 'B'}{given[place + 1 :]}") is None
    assert sessions.sign_in(given)


def test_a_session_ends_after_twelve_hours(sessions: Sessions, clock: Clock) -> None:
    credential = signed_in(sessions).credential
    clock.now += SESSION_SECONDS - 1
    assert sessions.knows(credential)
    clock.now += 1
    assert not sessions.knows(credential)


def test_a_session_ends_by_signing_out_and_with_its_server(sessions: Sessions, clock: Clock) -> None:
    one, other = (signed_in(sessions).credential for _ in range(2))
    sessions.sign_out(one)
    sessions.sign_out("staffelstab:unknown")
    assert (sessions.knows(one), sessions.knows(other)) == (False, True)
    assert not Sessions(KEY, clock).knows(other)


def test_a_credential_travels_as_the_header_has_it() -> None:
    assert credential_in(basic("staffelstab:x:y")) == "staffelstab:x:y"
    assert [credential_in(header) for header in ("", "Basic", "Basic é", "Basic !!!", "Bearer eDp5", "Basic /w==")] == [
        "" if header == "Basic" else None
        for header in ("", "Basic", "Basic é", "Basic !!!", "Bearer eDp5", "Basic /w==")
    ]


def test_the_key_is_for_its_owner_alone_and_gone_with_the_server(tmp_path: Path) -> None:
    assert link_of(tmp_path, NOW) is None
    (tmp_path / KEY_FILE).write_text("left over by a server that was killed")
    (tmp_path / KEY_FILE).chmod(0o644)
    assert link_of(tmp_path, NOW) is None
    with kept_key(tmp_path, "http://127.0.0.1:4200", KEY):
        assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
        link = str(link_of(tmp_path, NOW))
        assert link.startswith("http://127.0.0.1:4200/sign-in#")
        assert Sessions(KEY, lambda: NOW).sign_in(link.partition("#")[2])
        with pytest.raises(StaffelstabError, match="already_open"), kept_key(tmp_path, "http://127.0.0.1:4300", OTHER):
            raise AssertionError("a second server of the same folder")
        assert str(link_of(tmp_path, NOW)).startswith("http://127.0.0.1:4200/sign-in#")
    assert not (tmp_path / KEY_FILE).exists()


def test_a_key_that_a_killed_server_left_gives_no_link(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text(json.dumps({"address": "http://127.0.0.1:4200", "key": KEY.hex()}))
    assert link_of(tmp_path, NOW) is None


def test_signing_out_everywhere_leaves_nobody_signed_in(sessions: Sessions) -> None:
    one, other = signed_in(sessions), signed_in(sessions)
    sessions.end_all()
    for session in (one, other):
        assert not sessions.opens(session.place, session.cookie)
        assert not sessions.knows(session.credential)
    again = signed_in(sessions)
    assert sessions.opens(again.place, again.cookie)
