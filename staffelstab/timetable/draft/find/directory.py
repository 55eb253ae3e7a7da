"""Everybody who acts as the plan file lists them: with what was found about them by then, and what a person must add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from staffelstab.timetable.draft.find.coordination import Coordination
from staffelstab.timetable.draft.find.succession import Succession
from staffelstab.timetable.draft.find.who_acts import Actor, Actors
from staffelstab.timetable.draft.plan_entries import Body, Group, Office, Role
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.strength import strength_of


@dataclass(frozen=True, slots=True)
class Directory:
    """Offices, bodies, groups and roles in the order found."""

    offices: tuple[Office, ...]
    bodies: tuple[Body, ...]
    groups: tuple[Group, ...]
    roles: tuple[Role, ...]


def directory(
    document: Document,
    actors: Actors,
    coordination: Coordination,
    succession: Succession | None,
    perspectives: Mapping[str, str],
) -> Directory:
    """Everybody known; `perspectives` are by actor."""
    lister = _Lister(document, coordination, succession, perspectives)
    return Directory(
        offices=tuple(lister.office(actor) for actor in actors.of("office")),
        bodies=tuple(lister.body(actor) for actor in actors.of("body")),
        groups=tuple(lister.group(actor) for actor in actors.of("group")),
        roles=tuple(_role(actor) for actor in actors.of("role")),
    )


@dataclass(frozen=True, slots=True)
class _Lister:
    """What was found about actors beyond their names."""

    document: Document
    coordination: Coordination
    succession: Succession | None
    perspectives: Mapping[str, str]

    def office(self, actor: Actor) -> Office:
        """An office: who coordinates until when, who follows, who acts until the vacancy is filled."""
        handing_over = self.succession if self._coordinates(actor) else None
        vacant = self._is_vacant(actor)
        return Office(
            id=actor.id,
            name=actor.name,
            filled=When(status="unknown", note=self.document.say("note.filled")) if vacant else None,
            deputy=self.coordination.coordinator if vacant else "",
            strength=strength_of(actor.quote),
            until=handing_over.until if handing_over else None,
            successor=handing_over.successor if handing_over else "",
            perspective=self.perspectives.get(actor.id, ""),
            quote=self._quote(actor),
            note=self.document.say("note.vacant") if vacant else "",
            questions=self._questions(actor),
        )

    def body(self, actor: Actor) -> Body:
        """A body, whose seats are asked for."""
        return Body(
            id=actor.id,
            name=actor.name,
            perspective=self.perspectives.get(actor.id, ""),
            quote=self._quote(actor),
            questions=(*self._questions(actor), self.document.ask("seats", body=actor.name)),
        )

    def group(self, actor: Actor) -> Group:
        """A group, whose units are asked for."""
        return Group(
            id=actor.id,
            name=actor.name,
            perspective=self.perspectives.get(actor.id, ""),
            quote=self._quote(actor),
            questions=(*self._questions(actor), self.document.ask("units", group=actor.name)),
        )

    def _coordinates(self, actor: Actor) -> bool:
        return actor.id == self.coordination.coordinator

    def _is_vacant(self, actor: Actor) -> bool:
        return self.succession is not None and actor.id == self.succession.successor

    def _quote(self, actor: Actor) -> str:
        """Of whoever coordinates the sentence that says so, of all others the one in which they were first met."""
        return (self.coordination.quote if self._coordinates(actor) else "") or actor.quote

    def _questions(self, actor: Actor) -> tuple[str, ...]:
        """Whether they coordinate, by when and by whom a vacancy is filled, and when the coordination ends."""
        questions = [*self.coordination.questions] if self._coordinates(actor) else []
        if self._is_vacant(actor):
            questions += [
                self.document.ask("filled", office=actor.name),
                self.document.ask("appointed", office=actor.name),
            ]
        if self._coordinates(actor) and self.succession:
            questions += self.succession.questions
        return tuple(questions)


def _role(actor: Actor) -> Role:
    return Role(id=actor.id, name=actor.name, short=actor.name if actor.name.isupper() else "", quote=actor.quote)
