"""The table of pages: a row is a page's name, its address below the plan's, and what answers there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from pages import today
from pages.visit import Visit

Answer = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `name` is that of its entry in the menu, `show` answers when it is looked at, `posts` when a form is sent."""

    name: str
    path: str
    show: Answer
    posts: Answer | None = None


PAGES = (Page("today", "/", today.show, today.ask_for_pass),)
