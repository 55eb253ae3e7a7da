"""The table of pages: a row is a page's name, its address below the plan's, and what answers there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from pages import (
    archive,
    date,
    date_form,
    dates,
    outbox,
    phase,
    release,
    searching,
    session,
    session_form,
    sessions,
    settings,
    submission,
    submission_form,
    submissions,
    today,
    trace,
    unassigned,
)
from pages.visit import Visit

Answer = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `name` is that of its entry in the menu, `show` answers when it is looked at, `posts` when a form is sent."""

    name: str
    path: str
    show: Answer
    posts: Answer | None = None


PAGES = (
    Page("today", "/", today.show, today.ask_for_pass),
    Page("phase", "/phases/{phase}", phase.show),
    Page("phase", "/phases/{phase}/unassigned", unassigned.show),
    Page("outbox", "/outbox", outbox.show),
    Page("outbox", "/outbox/{letter}", outbox.show_letter, outbox.enter),
    Page("outbox", "/outbox/{letter}/release", release.show, release.enter),
    Page("outbox", "/outbox/{letter}/release/print", release.letters_to_print),
    Page("outbox", "/outbox/{letter}/{part}", outbox.download),
    Page("archive", "/archive", archive.show, searching.ask),
    Page("archive", "/archive/search/{number}", searching.answer, searching.ask),
    Page("archive", "/archive/trace", trace.show),
    Page("archive", "/archive/papers/{ref}", trace.paper),
    Page("archive", "/archive/records/{ref:path}", trace.record),
    Page("archive", "/archive/sheets/{sheet}", trace.sheet),
    Page("archive", "/archive/files/{path:path}", archive.download),
    Page("settings", "/settings", settings.show, settings.act),
    Page("settings", "/settings/sheets/{file}", settings.template),
    Page("sessions", "/sessions", sessions.show),
    Page("sessions", "/sessions/{session}", session.show, session_form.post),
    Page("sessions", "/sessions/{session}/{file}", session.download),
    Page("submissions", "/submissions", submissions.show),
    Page("submissions", "/submissions/{ref}", submission.show, submission_form.post),
    Page("submissions", "/submissions/{ref}/original", submission.download),
    Page("dates", "/dates", dates.show),
    Page("dates", "/dates/{item}", date.show, date_form.post),
    Page("dates", "/dates/{item}/{folder}/{file}", date.motion),
    Page("dates", "/calendar/{file}", dates.calendar),
)
