"""The Jinja environment of pages: that of all product templates, with what every page needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pages.navigation import navigation
from staffelstab.documents.rendering.templates import environment
from staffelstab.language import Language

if TYPE_CHECKING:
    from pages.visit import Visit


def page(visit: Visit, template: str, facts: Mapping[str, object]) -> str:
    """A page of a plan as HTML."""
    said = visit.asked.get("said", "")
    known = said if visit.words.knows(f"pages.said.{said}") else ""
    return (
        environment(visit.plan.language)
        .get_template(f"pages/{template}.html.j2")
        .render(
            visit=visit,
            plan=visit.plan,
            words=visit.words,
            now=visit.now,
            frozen=visit.site.frozen is not None,
            navigation=navigation(visit.page),
            said=known,
            **facts,
        )
    )


def plain_page(language: str, home: str, title: str, sentences: tuple[str, ...]) -> str:
    """A page that belongs to no plan: a title and some sentences."""
    return (
        environment(language)
        .get_template("pages/plain.html.j2")
        .render(words=Language(language), home=home, title=title, sentences=sentences)
    )
