"""What goes wrong on purpose: each sabotage changes what comes in, or when anything runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from staffelstab.plan.model import Plan
from staffelstab.rehearsal.inputs import Delivery
from staffelstab.rehearsal.script import Scene
from staffelstab.rehearsal.silence import silenced
from staffelstab.workspace import inbox_folders

STANDSTILL = dt.timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Play:
    """A script with its deliveries."""

    plan: Plan
    deliveries: tuple[Delivery, ...]
    scenes: tuple[Scene, ...]

    @property
    def end(self) -> dt.datetime:
        """After the last scene; the plan's first day if nothing is played."""
        last = self.scenes[-1].at if self.scenes else self.plan.starts(self.plan.resolution.date)
        return last + dt.timedelta(days=1)


def late(play: Play) -> Play:
    """Every third paper of the first call arrives two days after its deadline."""
    call = play.plan.calls[0]
    papers = _papers(play, lambda item: item.at < play.plan.ends(call.deadline.day))
    moved = {id(item) for item in papers[::3]}
    at = play.plan.ends(call.deadline.day) + dt.timedelta(days=2)
    changed = (replace(item, at=at) if id(item) in moved else item for item in play.deliveries)
    return replace(play, deliveries=tuple(sorted(changed, key=lambda item: (item.at, item.path))))


def unreadable(play: Play) -> Play:
    """The first paper that is not plain text is cut off in the middle."""
    papers = _papers(play, lambda item: not item.path.endswith((".txt", ".md")))
    broken = papers[0] if papers else None
    changed = (
        replace(item, content=item.content[: len(item.content) // 2]) if item is broken else item
        for item in play.deliveries
    )
    return replace(play, deliveries=tuple(changed))


def silent(play: Play) -> Play:
    """Half of the associations never answer."""
    return replace(play, deliveries=tuple(silenced(play.plan, play.deliveries)))


def standstill(play: Play) -> Play:
    """Nothing runs for nine days around the first freeze of papers; afterwards everything is caught up with."""
    first = min(play.plan.sessions, key=lambda session: session.papers_due.day)
    start = play.plan.starts(first.papers_due.day)
    end = start + STANDSTILL
    kept = [
        replace(scene, at=end + dt.timedelta(hours=7)) if scene.kind == "session" and start <= scene.at < end else scene
        for scene in play.scenes
        if scene.kind == "session" or not start <= scene.at < end
    ]
    morning = Scene(end + dt.timedelta(hours=8), "pass")
    return replace(play, scenes=tuple(sorted([*kept, morning], key=lambda scene: (scene.at, scene.kind))))


def killed(play: Play) -> Play:
    """The pass that freezes the first dossier is killed in the middle, and run again."""
    first = min(play.plan.sessions, key=lambda session: session.papers_due.day)
    day = first.papers_due.day
    return replace(
        play,
        scenes=tuple(
            replace(scene, kill=True) if scene.kind == "pass" and scene.at.date() == day else scene
            for scene in play.scenes
        ),
    )


SABOTAGE: Mapping[str, Callable[[Play], Play]] = {
    "late": late,
    "unreadable": unreadable,
    "silent": silent,
    "standstill": standstill,
    "killed": killed,
}


def _papers(play: Play, wanted: Callable[[Delivery], bool]) -> list[Delivery]:
    folder = inbox_folders(play.plan.language)["papers"]
    return [item for item in play.deliveries if item.path.startswith(f"{folder}/") and wanted(item)]
