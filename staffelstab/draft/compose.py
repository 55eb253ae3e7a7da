"""The draft as a whole: each rule in its turn, and what a plan needs beyond what the text says."""

from __future__ import annotations

import datetime as dt

from staffelstab.draft import calls, duties, happenings, hearings, meetings, papers, phases, undated
from staffelstab.draft.actors import Actors
from staffelstab.draft.ballot import ballot_in, vote_in
from staffelstab.draft.guess import state_of
from staffelstab.draft.item import Draft, Entry, Fields
from staffelstab.draft.layout import Layout
from staffelstab.draft.leftover import Leftover, leftovers
from staffelstab.draft.names import bodies, is_office, slug
from staffelstab.draft.sheet import Sheet, read_sheet
from staffelstab.draft.stages import read_stages
from staffelstab.draft.words.duties import RESPONSIBLE
from staffelstab.draft.words.sheet import UNANIMOUS
from staffelstab.draft.work import Work
from staffelstab.language import Language
from staffelstab.plan.actors import folded
from staffelstab.reading.lists import items

SOURCE = "resolution.txt"
_PLACES = {"de": ("Europe/Berlin", "DE"), "en": ("Europe/London", "GB")}
_TEXTS = ("text", "grounds", "publicity", "further_measures", "finances", "coordinated_with")


def draft_of(text: str, language: str) -> tuple[Draft | None, list[Leftover]]:
    """The draft of a resolution's text, and the sentences it makes nothing of; no draft where no phases were found."""
    first = Layout(text)
    stages, _ = read_stages(first)
    sheet = read_sheet(first, stages[0].start if stages else len(text))
    layout = Layout(text, sheet.day.first if sheet.day else None)
    stages, headings = read_stages(layout)
    work = Work(layout, Language(language), sheet, stages, Actors(text))
    work.used += headings + sheet.used
    work.headings += headings
    if not stages:
        return None, leftovers(work)
    _fill(work)
    return _draft(work), leftovers(work)


def _fill(work: Work) -> None:
    phases.enter_phases(work)
    _signatures(work)
    work.coordinator, asked = duties.find_coordinator(work)
    work.actors.entry(work.coordinator).questions += asked
    chosen, more = meetings.one_each(meetings.find_meetings(work), work)
    for meeting in chosen:
        meetings.enter_dated(work, meeting)
    hearings.find_hearings(work)
    calls.find_calls(work)
    events = happenings.find_events(work)
    dated = work.of("sessions")
    for meeting in undated.find_undated(work, {int(entry.fields["phase"]) for entry in dated}):
        undated.enter_undated(work, meeting, events, undated.common_weekday(dated))
    for meeting in more:
        _second(work, meeting)
    calls.find_announced(work)
    happenings.find_limits(work)
    happenings.find_breaks(work)
    happenings.find_return(work, work.coordinator)
    duties.find_successor(work, work.coordinator)
    duties.find_reports(work)
    duties.find_perspectives(work)
    duties.find_sides(work)
    duties.find_answers(work)
    duties.find_materials(work)
    duties.link_perspectives(work)
    calls.late_audiences(work)
    papers.set_papers(work)
    phases.set_gates(work)


def _second(work: Work, meeting: meetings.Meeting) -> None:
    """A phase is treated at one session; what is to be shown at another day stays as an event, and is asked for."""
    if any(entry.fields["quote"] == meeting.piece.text for entry in work.of("sessions")):
        return
    body = str(work.actors.entry(meeting.body).fields["name"])
    fields: Fields = {
        "id": f"{work.say('name.session_id', date=str(meeting.date))}-2",
        "name": work.say("name.session", body=body),
        "date": {"date": meeting.date, "added": "year"} if meeting.added else meeting.date,
        "quote": meeting.piece.text,
    }
    if not any(entry.id == fields["id"] for entry in work.entries):
        work.add(Entry("events", fields, [work.ask("second_session", number=meeting.stage.number)]), meeting.piece)


def _signatures(work: Work) -> None:
    """The resolving body, and the offices that sign and answer for the resolution."""
    work.actors.body(work.sheet.body or work.say("name.body"), work.sheet.quote)
    for name in ("responsible", "certified"):
        if found := work.sheet.fields.get(name):
            work.actors.signed(found.value, found.quote)
    if consulted := work.sheet.fields.get("coordinated_with"):
        for name in items(consulted.value):
            if is_office(name) and not bodies(name):
                work.actors.signed(name, consulted.quote)


def _draft(work: Work) -> Draft:
    entries = [*_sheet(work), *_recipients(work)]
    entries += [entry for table in ("perspectives",) for entry in work.of(table)]
    entries += [entry for table in ("offices", "bodies", "groups", "roles") for entry in work.actors.of(table)]
    for entry in work.actors.of("bodies"):
        entry.questions.append(work.ask("seats", body=str(entry.fields["name"])))
    for entry in work.actors.of("groups"):
        entry.questions.append(work.ask("units", group=str(entry.fields["name"])))
    entries += sorted((entry for entry in work.entries if entry.table != "perspectives"), key=_order)
    _verbatim(work, entries)
    head, questions = _head(work)
    return Draft(head, entries, questions)


def _order(entry: Entry) -> tuple[str, dt.date]:
    when = entry.fields.get("date") if entry.table in {"events", "sessions"} else None
    day = when.get("date") if isinstance(when, dict) else when
    return entry.table, day if isinstance(day, dt.date) else dt.date.max


def _verbatim(work: Work, entries: list[Entry]) -> None:
    """Quotes as the text has them, emphasis included."""
    exact = {piece.text: work.layout.quote(piece.start, piece.end) for piece in work.layout.pieces}
    for entry in entries:
        if quote := entry.fields.pop("quote", ""):
            note = entry.fields.pop("note", "")
            entry.fields |= {"quote": exact.get(quote, quote)} | ({"note": note} if note else {})


def _head(work: Work) -> tuple[Fields, list[str]]:
    sheet, text = work.sheet, work.layout.source.text
    zone, country = _PLACES[work.words.code]
    state = state_of(text) if work.words.code == "de" else ""
    title = sheet.title or work.say("name.title")
    organisation = sheet.organisation or sheet.body or work.say("name.organisation")
    head: Fields = {
        "id": f"{slug(title, from_end=True)}-{work.resolved_on.year}",
        "title": title,
        "organisation": organisation,
        "language": work.words.code,
        "timezone": zone,
        "country": country,
        "state": state,
        "source": SOURCE,
        "coordinator": work.coordinator,
    }
    asked = [] if sheet.title else [work.ask("title")]
    asked += [] if sheet.organisation else [work.ask("organisation")]
    asked.append(
        work.ask("place", zone=zone, country=country)
        if country != "DE"
        else work.ask("state" if state else "no_state", state=state)
    )
    if not work.of("sessions"):
        head["sessions"] = []
    return head, asked


def _sheet(work: Work) -> list[Entry]:
    sheet = work.sheet
    body = work.actors.body(sheet.body or work.say("name.body"))
    fields: Fields = {"body": body, "date": work.resolved_on}
    fields |= {name: sheet.fields[name].value for name in _TEXTS if name in sheet.fields}
    fields["quote"] = sheet.quote
    asked = [] if sheet.body else [work.ask("body")]
    asked += [] if sheet.day else [work.ask("resolved_on", day=work.resolved_on)]
    asked += [] if "text" in sheet.fields else [work.ask("text")]
    return [Entry("resolution", fields, asked), *_vote(work), *_certified(work, sheet), *_responsible(work, sheet)]


def _vote(work: Work) -> list[Entry]:
    found = work.sheet.fields.get("vote")
    vote = vote_in(found.value) if found else {}
    if (
        not vote
        and (said := vote_in(work.sheet.quote))
        and (set(said) - {"result"} or UNANIMOUS.search(work.sheet.quote))
    ):
        return [Entry("resolution.vote", {"result": "adopted"} | said | {"quote": work.sheet.quote})]
    if not found or not vote:
        return [_told_vote(work)]
    asked = [] if "result" in vote or {"yes", "no"} <= set(vote) else [work.ask("vote")]
    result = {"result": vote.get("result") or ("rejected" if vote.get("no", 0) > vote.get("yes", 0) else "adopted")}
    return [Entry("resolution.vote", result | vote | {"quote": found.quote.split(":", 1)[-1].strip()}, asked)]


def _told_vote(work: Work) -> Entry:
    """The vote as the sentence that resolves tells it, or another one before the phases."""
    text = work.sheet.fields.get("text")
    head = work.layout.between(0, work.stages[0].start)
    for sentence in (text.value if text else "", *(piece.text for piece in head)):
        if said := ballot_in(sentence):
            resolves = text is not None and sentence == text.value
            fields: Fields = (
                {"result": "adopted"} | vote_in(said if resolves else f"{said} {sentence}") | {"quote": said}
            )
            return Entry("resolution.vote", fields)
    return Entry("resolution.vote", {"result": "adopted"}, [work.ask("vote")])


def _certified(work: Work, sheet: Sheet) -> list[Entry]:
    found = sheet.fields.get("certified")
    if not found:
        return []
    days = [item for item in work.layout.mentions(found.value) if item.grain == "day"]
    before = found.value[: days[0].start] if days else ""
    place = before.split(",")[0].strip()
    office = work.actors.signed(found.value[days[0].end :] if days else found.value, found.quote)
    fields: Fields = {"place": place} if place and len(place.split()) <= 4 else {}
    fields |= {"date": days[0].first} if days else {}
    fields |= {"office": office} if office else {}
    return [Entry("resolution.certified", fields | {"quote": found.quote}, [] if office else [work.ask("certified")])]


def _responsible(work: Work, sheet: Sheet) -> list[Entry]:
    found = sheet.fields.get("responsible")
    if not found:
        said = str(work.actors.entry(work.coordinator).fields.get("quote", ""))
        if RESPONSIBLE.match(said):
            return [Entry("resolution.responsible", {"office": work.coordinator, "quote": said})]
        return [Entry("resolution.responsible", {"office": work.coordinator}, [work.ask("responsible")])]
    office = work.actors.signed(found.value, found.quote)
    asked = [] if office else [work.ask("responsible")]
    return [Entry("resolution.responsible", {"office": office or work.coordinator, "quote": found.quote}, asked)]


def _recipients(work: Work) -> list[Entry]:
    found = work.sheet.fields.get("recipients")
    if not found:
        return []
    said = work.strength(found.quote) | {"quote": found.quote}
    return [Entry("recipients", {"name": name} | _means(work, name) | said) for name in items(found.value)]


def _means(work: Work, name: str) -> Fields:
    """Whom a group on the distribution list stands for, where the draft knows an actor of that very name."""
    for table, field in (("bodies", "body"), ("groups", "group"), ("offices", "office")):
        for entry in work.actors.of(table):
            known = folded(str(entry.fields["name"]))
            if folded(name) in {
                known,
                f"{known}smitglieder",
                f"mitglieder des {known}s",
                f"{known} members",
                f"members of the {known}",
            }:
                return {field: entry.id}
    return {}
