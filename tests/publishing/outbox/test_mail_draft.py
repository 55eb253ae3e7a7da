"""A letter as a mail: read again by a mail program's parser, the same twice, and closed to header injection (case 13)."""

from __future__ import annotations

import base64
import datetime as dt
import email
import hashlib
import re
from dataclasses import replace
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.errors import RenderError
from staffelstab.publishing.outbox.closing_letters import resubmission_letters
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.letter_names import is_file_of, safe
from staffelstab.publishing.outbox.mail_draft import as_eml, file_name
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.actors import Actor
from tests.conftest import at
from tests.publishing.outbox.cases import example, whole_case
from tests.publishing.outbox.test_due_letters import letters

STAMP = at("2018-01-08 07:00:00")
LETTER = Letter(
    "call:call-1", "call", dt.date(2017, 12, 15), (Actor("a", "Landesvorstand", "body"),), "Aufruf", "Grüße\n"
)


def parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


GROUP = re.compile(r'(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<phrase>[^":;,]+?)) ?: ;(?:,\s+|$)')


def groups(data: bytes, header: str) -> list[str]:
    """The names of a header's empty groups. Python's parser must find as many; it wrongly keeps a space between encoded words."""
    raw = email.message_from_bytes(data, policy=policy.compat32)[header]
    found = list(GROUP.finditer(raw))
    assert "".join(match[0] for match in found) == raw
    names = [
        str(make_header(decode_header(match["phrase"])))
        if match["phrase"]
        else re.sub(r"\\(.)", r"\1", match["quoted"])
        for match in found
    ]
    parser = parsed(data)[header]
    assert [group.addresses for group in parser.groups] == [()] * len(names)
    assert ["".join(group.display_name.split()) for group in parser.groups] == ["".join(name.split()) for name in names]
    return names


def test_a_letter_to_twelve_groups_comes_back_whole() -> None:
    letter = letters("2017-12-15 20:00:00")["distribution:resolution"]
    data = as_eml(letter, example(), STAMP)
    message = parsed(data)
    assert groups(data, "To") == [actor.name for actor in letter.to]
    assert groups(data, "From") == ["Wahlkampfmanager"]
    assert {
        name: message[name]
        for name in ("Subject", "Date", "Message-ID", "Auto-Submitted", "X-Unsent", "Content-Language")
    } == {
        "Subject": letter.subject,
        "Date": "Mon, 08 Jan 2018 07:00:00 +0100",
        "Message-ID": "<distribution-resolution@mitgliederarbeit-2018.staffelstab>",
        "Auto-Submitted": "auto-generated",
        "X-Unsent": "1",
        "Content-Language": "de",
    }
    assert message.get_content().replace("\r\n", "\n") == letter.body
    assert [message.defects, message["To"].defects, message["From"].defects] == [[], (), ()]
    assert max(map(len, data.split(b"\r\n"))) <= 78


def test_the_successor_signs_after_the_hand_over() -> None:
    letter = letters("2019-06-14 08:00:00")["resubmission:2019-06-14"]
    assert groups(as_eml(letter, example(), STAMP), "From") == ["Mitarbeiter*in für Mitgliederbetreuung"]


def test_attachments_travel_along_and_the_bytes_stay_the_same() -> None:
    letter = replace(LETTER, attachments=("sessions/2018-01-19/dossier.pdf", "calendar/timetable.ics"))
    files = {"sessions/2018-01-19/dossier.pdf": b"%PDF-\x00\xff", "calendar/timetable.ics": b"BEGIN:VCALENDAR\r\n"}
    data = as_eml(letter, example(), STAMP, files)
    assert data == as_eml(letter, example(), STAMP, files)
    found = {part.get_filename(): part.get_payload(decode=True) for part in parsed(data).iter_attachments()}
    assert found == {"dossier.pdf": b"%PDF-\x00\xff", "timetable.ics": b"BEGIN:VCALENDAR\r\n"}


def test_every_enclosure_says_what_it_is() -> None:
    names = ("dossier.pdf", "calendar/timetable.ics", "dossier.odt", "beschluss.unbekannt")
    data = as_eml(replace(LETTER, attachments=names), example(), STAMP, dict.fromkeys(names, b"x"))

    assert [part.get_content_type() for part in parsed(data).iter_attachments()] == [
        "application/pdf",
        "text/calendar",
        "application/vnd.oasis.opendocument.text",
        "application/octet-stream",
    ]


def test_lines_that_fit_into_a_mail_are_left_as_they_are_and_longer_ones_are_encoded() -> None:
    """RFC 5322 allows 998 octets to a line; we stop at 900."""
    encodings = [
        parsed(as_eml(replace(LETTER, body=f"kurz\n{'ä' * length}\n"), example(), STAMP))["Content-Transfer-Encoding"]
        for length in (450, 451)
    ]
    assert encodings == ["8bit", "quoted-printable"]


def test_a_letter_to_nobody_says_so_instead_of_having_no_line_for_it() -> None:
    assert header(as_eml(replace(LETTER, to=()), example(), STAMP), "To") == "undisclosed-recipients: ;"


BOUNDARY = re.compile(rb'^Content-Type: multipart/[a-z]+; boundary="?([A-Za-z0-9-]+)"?\r$', re.MULTILINE)
"""The header as simple readers look for it: one line, one plain parameter."""


def naive_parts(data: bytes) -> list[bytes]:
    """The bodies of a mail's parts as a reader without RFC 2231 finds them, decoded."""
    (boundary,) = BOUNDARY.findall(data.partition(b"\r\n\r\n")[0] + b"\r")
    assert len(boundary) < 60
    first, *parts, last = re.split(rb"\r\n--" + boundary + rb"(?:--)?\r\n", data)
    assert (b"Content-Type: multipart/mixed" in first, last) == (True, b"")
    found = []
    for part in parts:
        head, _, body = part.partition(b"\r\n\r\n")
        found.append(base64.b64decode(body) if b"Content-Transfer-Encoding: base64" in head else body)
    return found


def test_parsers_old_and_simple_find_every_part() -> None:
    """Debian's munpack read no part of a mail whose boundary was so long that RFC 2231 split it."""
    letter = replace(LETTER, attachments=("sessions/2018-01-19/dossier.pdf", "calendar/timetable.ics"))
    files = {
        "sessions/2018-01-19/dossier.pdf": bytes(range(256)) * 40,
        "calendar/timetable.ics": b"BEGIN:VCALENDAR\r\n",
    }
    data = as_eml(letter, example(), STAMP, files)

    old = email.message_from_bytes(data, policy=policy.compat32)
    text, *enclosed = [part.get_payload(decode=True) for part in old.walk() if not part.is_multipart()]
    assert (old.get_boundary(), old.defects) == (BOUNDARY.findall(data)[0].decode(), [])
    assert (text, enclosed) == ("Grüße\r\n".encode(), list(files.values()))
    body, *others = naive_parts(data)
    assert (body.rstrip(), others) == ("Grüße".encode(), list(files.values()))


def test_no_letter_can_contain_its_own_boundary() -> None:
    """Whoever knows a letter's key cannot write the line that would end its text: the boundary depends on the text."""
    letter = replace(LETTER, attachments=("a.ics",))
    known = BOUNDARY.findall(as_eml(letter, example(), STAMP, {"a.ics": b"x"}))[0].decode()
    forged = as_eml(replace(letter, body=f"Hallo\n\n--{known}--\n\nVerborgen\n"), example(), STAMP, {"a.ics": b"x"})

    text, *enclosed = parsed(forged).walk()
    assert len(enclosed) == 2
    assert "Verborgen" in enclosed[0].get_content()
    assert text.is_multipart()


@pytest.mark.parametrize("name", ["Landesvorstand", "Büro", "Vorstand (erweitert), Beisitz", "x" * 200, '"quoted"'])
def test_an_empty_group_is_what_the_standard_calls_one(name: str) -> None:
    """RFC 5322, 3.4: group = display-name ":" [group-list] ";"."""
    data = as_eml(replace(LETTER, to=(Actor("a", name, "body"),)), example(), STAMP)
    raw = email.message_from_bytes(data, policy=policy.compat32)["To"]
    unfolded = re.sub(r"\r?\n[ \t]", " ", raw)

    assert re.fullmatch(
        r'(?:[\w!#$%&*+/=?^`{|}~\' -]+|"(?:[^"\\]|\\.)*"|(?:=\?utf-8\?[bq]\?[^?\s]+\?= ?)+):\s?;', unfolded
    )
    assert [len(group.addresses) for group in parsed(data)["To"].groups] == [0]
    assert parsed(data)["To"].defects == ()


def header(data: bytes, name: str) -> str:
    """A header as it stands in the mail, its lines joined."""
    head = data.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n ", " ")
    [value] = [line.partition(": ")[2] for line in head.split("\r\n") if line.startswith(f"{name}: ")]
    return value


@pytest.mark.parametrize(
    ("text", "subject", "to"),
    [
        ("Aufruf", "Aufruf", "Aufruf: ;"),
        ("x" * 60, "x" * 60, f"{'x' * 60}: ;"),
        ("Vorstand (erweitert)", "Vorstand (erweitert)", '"Vorstand (erweitert)": ;'),
        ("word " * 20 + "end", "word " * 20 + "end", None),
        ("x" * 61, None, None),
        ("=?utf-8?q?x?=", None, None),
        ("Grüße", None, None),
    ],
)
def test_what_can_be_read_in_the_file_stays_readable_and_only_the_rest_is_encoded(
    text: str, subject: str | None, to: str | None
) -> None:
    """Encoded are other letters, what looks encoded, words too long to fold, and names of groups longer than a line."""
    data = as_eml(replace(LETTER, subject=text, to=(Actor("a", text, "body"),)), example(), STAMP)

    for name, plain in (("Subject", subject), ("To", to)):
        value = header(data, name)
        assert (value == plain) if plain else value.startswith("=?utf-8?"), name
    assert (parsed(data)["Subject"], groups(data, "To")) == (text, [text])


def test_of_a_letter_whose_enclosures_have_changed_nothing_is_taken_for_the_old_one() -> None:
    """The line that parts a mail is drawn from the enclosures, too; of one that lies nowhere the letter only tells."""
    letter = replace(LETTER, attachments=("a.ics", "lost.pdf"))

    first, second = (as_eml(letter, example(), STAMP, {"a.ics": data}) for data in (b"x", b"y"))

    assert BOUNDARY.findall(first) != BOUNDARY.findall(second)
    assert [part.get_filename() for part in parsed(first).iter_attachments()] == ["a.ics"]


@pytest.mark.parametrize(
    "bad", ["Aufruf\r\nBcc: x@example.org", "Aufruf\nX: 1", "a\rb", "a\x00b", "a\u2028b", "a\u202eb", " ", ""]
)
def test_a_line_break_or_control_character_is_refused_in_plain_german(bad: str) -> None:
    to_bad = replace(LETTER, to=(Actor("a", bad, "body"),))
    for letter in (replace(LETTER, subject=bad), to_bad):
        with pytest.raises(RenderError) as caught:
            as_eml(letter, example(), STAMP)
        assert "des Briefes call-call-1 steht ein Zeilenumbruch" in caught.value.text("de")
        assert "Der Brief wurde nicht geschrieben, alle anderen sind unberührt." in caught.value.text("de")
        assert "example.org" not in caught.value.text("de") + str(caught.value)


def test_a_coordinating_office_with_a_hostile_name_is_refused_too() -> None:
    plan = example()
    offices = tuple(msgspec.structs.replace(office, name="X\r\nBcc: a@b.example") for office in plan.offices)
    with pytest.raises(RenderError):
        as_eml(LETTER, msgspec.structs.replace(plan, offices=offices), STAMP)


def test_an_owner_left_empty_in_the_plan_is_refused_by_the_same_sentence() -> None:
    """The plan's reader takes an empty owner; the reminder that should go to it says what to put right."""
    plan = example()
    assert plan.resubmission is not None
    plan = msgspec.structs.replace(plan, resubmission=msgspec.structs.replace(plan.resubmission, owners=("",)))

    [letter] = resubmission_letters(Case(plan, at("2019-06-14 07:00")))

    assert letter.to == (Actor("", "", "office"),)
    with pytest.raises(RenderError, match=r"outbox\.error\.header"):
        as_eml(letter, plan, STAMP)


def test_a_stamp_without_a_zone_is_refused() -> None:
    with pytest.raises(RenderError) as refused:
        as_eml(LETTER, example(), STAMP.replace(tzinfo=None))
    assert refused.value.text("de").startswith("Dem Datum des Briefes fehlt die Zeitzone.")


PRINTABLE = st.text(
    st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs")) | st.sampled_from("äöüß„“–🙂"),
    min_size=1,
    max_size=200,
)


@given(PRINTABLE, st.lists(PRINTABLE, min_size=1, max_size=4))
def test_any_printable_subject_and_names_come_back_and_no_header_is_added(subject: str, names: list[str]) -> None:
    subject, names = " ".join(subject.split()) or "x", [" ".join(name.split()) or "x" for name in names]
    letter = replace(LETTER, subject=subject, to=tuple(Actor("a", name, "office") for name in names))
    data = as_eml(letter, example(), STAMP)
    message = parsed(data)
    assert message["Subject"] == subject
    assert groups(data, "To") == names
    assert message.keys() == [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Content-Language",
        "X-Unsent",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    ]


def test_a_line_too_long_for_mail_is_wrapped_by_the_encoding() -> None:
    data = as_eml(replace(LETTER, body=f"{'ä' * 2000}\n"), example(), STAMP)
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert parsed(data).get_content().strip() == "ä" * 2000


def test_file_names_say_the_day_and_the_key_and_never_meet() -> None:
    keys = (
        "reminder:call-1:2018-01-07",
        "answer:B07",
        "call:a/b",
        "call:a b",
        "call:../../etc",
        "call:ä",
        "call:" + "x" * 300,
    )
    names = [file_name(replace(LETTER, key=key)) for key in keys]
    assert names[:2] == ["2017-12-15-reminder-call-1-2018-01-07.eml", "2017-12-15-answer-B07.eml"]
    assert len(set(names)) == len(names)
    assert [name for name in names if "/" in name or not name.isascii() or len(name) > 130] == []


def piece(key: str) -> str:
    """What a name ends with where something of its key was lost."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("reminder:call-1:2018-01-07", "reminder-call-1-2018-01-07"),
        ("call:a b", f"call-a-b-{piece('call:a b')}"),
        ("call:größe/ä", f"call-gr-e--{piece('call:größe/ä')}"),
        ("x" * 100, "x" * 100),
        ("x" * 101, f"{'x' * 80}-{piece('x' * 101)}"),
        ("..hidden.", "hidden"),
        ("...", "-"),
    ],
)
def test_a_key_in_plain_letters_is_kept_and_any_other_stays_unmistakable(key: str, name: str) -> None:
    assert safe(key) == name
    assert file_name(replace(LETTER, key=key)) == f"2017-12-15-{name}.eml"


def test_a_file_is_known_by_its_key_whatever_day_the_letter_was_for() -> None:
    names = [
        "2018-01-08-answer-B07.eml",
        "2018-02-09-answer-B07.eml",
        "2018-01-08-answer-B08.eml",
        "kopie-von-answer-B07.eml",
        "answer-B07.eml",
        "2018-01-08-answer-B07.eml.txt",
        "Entwurf-vom-2018-01-08-answer-B07.eml",
    ]
    assert [name for name in names if is_file_of(name, "answer:B07")] == names[:2]


def test_the_letters_of_a_day_have_different_names_and_message_ids() -> None:
    found = list(letters("2018-08-25 07:00:00").values())
    ids = {parsed(as_eml(letter, example(), whole_case("2018-08-25").now))["Message-ID"] for letter in found}
    assert len(ids) == len({file_name(letter) for letter in found}) == len(found)
